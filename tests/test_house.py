"""The rules of the house: who may import whom, how long a room may be, which words are spoken where."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "companion"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations/versions" not in p.as_posix())
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

KEPT = {"models", "rules"}
ANYTHING = {"app", "commands", "__main__", "server", "migrations"}
MAY_IMPORT: dict[str, set[str]] = {
    "rules": {"rules"},
    "formats": {"rules", "formats"},
    "assets": set(),
    "clock": set(),
    "config": {"rules"},
    "limits": {"config"},
    "database": {"config", "clock", "limits", "database"},
    "sockets": {
        "config",
        "database",
        "limits",
        "identity",
        "roles",
        "languages",
        "rules",
        "clock",
        "sockets",
    },
    "models": {"rules", "models"},
    "languages": {"config", "rules", "translations"},
    "countries": {"languages"},
    "translations": {"translations"},
    "identity": {"config", "database", "models", "rules", "clock"},
    "roles": {"rules"},
    "broadcasts": {
        "assets",
        "sockets",
        "models",
        "rules",
        "languages",
        "countries",
        "clock",
        "database",
        "broadcasts",
    },
    "web": {
        *KEPT,
        "formats",
        "assets",
        "clock",
        "config",
        "database",
        "sockets",
        "identity",
        "limits",
        "roles",
        "languages",
        "countries",
        "broadcasts",
        "web",
    },
    "live": {
        *KEPT,
        "clock",
        "config",
        "database",
        "sockets",
        "identity",
        "limits",
        "roles",
        "languages",
        "broadcasts",
        "live",
    },
}
EVENTLET_MAY_BE_NAMED_IN = {"__main__.py", "server.py"}


def area(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ("companion", *path.relative_to(PACKAGE).parts[:-1])[
                : len(path.relative_to(PACKAGE).parts) + 1 - node.level
            ]
            found |= {
                ".".join([*base, *([node.module] if node.module else []), alias.name]) for alias in node.names
            }
    return found


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "path", [p for p in MODULES if area(p) not in ANYTHING and p.name != "__init__.py"], ids=named
)
def test_imports_point_inward(path):
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("companion.")}
    assert ours <= MAY_IMPORT[area(path)], f"{named(path)} reaches out of its ring"


@pytest.mark.parametrize("path", [p for p in MODULES if area(p) == "rules"], ids=named)
def test_rules_know_no_clock_no_chance_and_no_machine(path):
    forbidden = {
        "time",
        "random",
        "os",
        "datetime",
        "secrets",
        "socket",
        "pathlib",
        "flask",
        "sqlalchemy",
        "threading",
    }
    third_party_allowed = {"msgspec", "companion"}
    names = {name.split(".")[0] for name in imports(path)}
    assert not names & forbidden
    assert not {
        n
        for n in names
        if n in {"regex", "babel", "segno", "pysubs2", "webvtt", "click"} - third_party_allowed
    }


@pytest.mark.parametrize("path", [p for p in MODULES if area(p) == "models"], ids=named)
def test_models_do_not_know_the_web(path):
    assert not {n.split(".")[0] for n in imports(path)} & {"flask", "flask_socketio", "socketio", "werkzeug"}


def test_web_and_live_never_import_each_other():
    for path in MODULES:
        other = {"web": "live", "live": "web"}.get(area(path))
        assert not other or not any(n.startswith(f"companion.{other}") for n in imports(path)), named(path)


def test_the_package_itself_imports_nothing():
    assert imports(PACKAGE / "__init__.py") == set()


def test_eventlet_is_named_only_where_it_is_started():
    for path in MODULES:
        if path.name in EVENTLET_MAY_BE_NAMED_IN or area(path) == "sockets":
            continue
        assert not any(n.split(".")[0] == "eventlet" for n in imports(path)), named(path)


@pytest.mark.parametrize("path", MODULES + SCRIPTS + STYLES, ids=named)
def test_no_room_grows_past_250_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_in_a_sentence_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


BANNED_NAMES = re.compile(r"(^|_)(manager|service|utils|helpers|info)(_|$)|^process_|^do_|_handler$")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_functions_and_classes_are_named_in_our_own_words(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [n.name for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
    assert not [name for name in names if BANNED_NAMES.search(name)]


SCRIPT_IMPORT = re.compile(r"""(?:from|import)\s*\(?["']([^"']+)["']""")
SCRIPT_RINGS = {
    "rules": {"rules"},
    "lib": {"lib"},
    "live": {"live", "rules", "lib"},
    "parts": {"live", "rules", "lib"},
    "pages": {"parts", "live", "rules", "lib"},
}


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_scripts_import_inward_and_parts_never_parts(path):
    ring = path.relative_to(ROOT / "static" / "js").parts[0]
    code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    for target in SCRIPT_IMPORT.findall(code):
        assert target.startswith("."), (
            f"{target}: relative imports only, the content policy allows no import map"
        )
        parts = (path.parent / target).resolve().relative_to(ROOT / "static").parts
        assert parts[0] == "vendor" or parts[1] in SCRIPT_RINGS[ring], f"{named(path)} imports {target}"


@pytest.mark.parametrize("path", [p for p in SCRIPTS if p.parent.name in {"rules", "live", "lib"}], ids=named)
def test_the_inner_scripts_are_type_checked(path):
    assert "// @ts-check" in path.read_text(encoding="utf-8")[:400]


@pytest.mark.parametrize("path", STYLES, ids=named)
def test_style_sheets_live_in_layers(path):
    assert path.name == "tokens.css" or "@layer" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_hold_no_script_style_or_listener_of_their_own(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text), (
        "the content policy refuses inline style and script"
    )
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or "application/json" in tag


HOUSE_WORDS = re.compile(r"\b(cue sheets?|cues?|nudge[ds]?|alignment|snapshot|revisions?)\b", re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_people_never_read_the_words_of_the_house(path):
    text = re.sub(r"{#.*?#}|<!--.*?-->|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.S)
    said = " ".join(re.findall(r"""_\(\s*["'](.+?)["']\s*[),]""", text)) + re.sub(
        r"{[{%].*?[%}]}", " ", text, flags=re.S
    )
    assert not HOUSE_WORDS.findall(said)


def test_locked_versions_carry_hashes_and_no_index_address():
    for lock in ("requirements.lock", "tests/requirements.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text and "index" not in text


def locked(name: str) -> tuple[int, ...]:
    found = re.search(rf"^{name}==([\d.]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)
    assert found, f"{name} is not locked"
    return tuple(int(n) for n in found[1].split("."))


def test_known_holes_are_closed_by_the_locked_versions():
    """CVE-2026-48802, -48804 and -48809 (python-socketio, python-engineio), multipart and path fixes in Werkzeug 3.1.6."""
    assert locked("python-socketio") >= (5, 18)
    assert locked("python-engineio") >= (4, 15)
    assert locked("werkzeug") >= (3, 1, 6)


def test_templates_and_scripts_travel_inside_the_wheel():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"templates": "companion/templates", "static": "companion/static"}


def test_no_tracked_text_names_a_place_of_one_machine():
    for path in [
        *MODULES,
        *SCRIPTS,
        *STYLES,
        *TEMPLATES,
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        ROOT / "Makefile",
    ]:
        assert not re.search(r"/(home|root|work)/[a-z]", path.read_text(encoding="utf-8")), named(path)
