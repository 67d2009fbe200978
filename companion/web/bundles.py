"""All that a page needs in two files: its modules joined to one script, its style sheets to one sheet.

There is no build: static/ runs as it stands, too. It is joined, and scripts minified, when a page first asks.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

IMPORT = re.compile(r'^import (?:(?P<names>\{[^}]*\}|\* as \w+) from )?"(?P<path>\.[^"]+)"$', re.MULTILINE)
LATER = re.compile(r'\bimport\("(?P<path>\.[^"]+)"\)')
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
RENAMED = re.compile(r"(\w+) as (\w+)")
EXPORTED = re.compile(r"^export \{([^}]*)\}$", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


def minified(script: str) -> str:
    """The same program in fewer bytes."""
    try:
        import minify  # not sooner: it brings threads of its own, and a process with threads has no children
    except ImportError:  # no wheel for this kind of machine (pyproject.toml): scripts travel as written
        return script
    # Newer words shorten a script by little, and televisions do not know them.
    minify.config({"js-version": 2018})
    return str(minify.string("text/javascript", script))


def joined(root: Path, path: str) -> bytes | None:
    """`js/pages/x.js` with all it imports, or `css/a+b+c.css`; None when there is no such thing."""
    if re.fullmatch(r"js/pages/\w+\.js", path) and (root / path).is_file():
        return joined_script(root, path)
    names = re.fullmatch(r"css/([a-z0-9_+]+)\.css", path)
    sheets = [root / "css" / f"{name}.css" for name in names[1].split("+")] if names else []
    if not sheets or not all(sheet.is_file() for sheet in sheets):
        return None
    # Only comments go. The minifiers tried save half a kilobyte more and change what it says (`flex: 1 1 0`
    # became `flex: 1`, `.a :is(.b)` became `.a:is(.b)`), until the television's code filled the screen.
    return COMMENT.sub("", "\n".join(sheet.read_text("utf-8") for sheet in sheets)).encode()


def joined_script(root: Path, page: str) -> bytes:
    """The page's modules in the order they run, each in its own scope; vendored ones stay imports."""
    order: dict[str, None] = {}
    _visit(root, PurePosixPath(page), order, ())
    numbers = {name: f"m{number}" for number, name in enumerate(order)}
    up = "../" * len(PurePosixPath(page).parts)
    vendors = [f'import * as {numbers[name]} from "{up}{name}"' for name in order if _is_vendored(name)]
    ours = [_wrapped(root, name, numbers, up) for name in order if not _is_vendored(name) and name != page]
    last = _bare((root / page).read_text("utf-8"), page, numbers, up)
    return minified("\n".join([*vendors, *ours, last])).encode()


def _visit(root: Path, name: PurePosixPath, order: dict[str, None], above: tuple[str, ...]) -> None:
    key = str(name)
    if key in above:
        raise ValueError(f"{key} imports itself by way of {' → '.join(above)}")
    if key in order:
        return
    if not _is_vendored(key):
        for path in _imported(root, name):
            _visit(root, path, order, (*above, key))
    order[key] = None


def _imported(root: Path, name: PurePosixPath) -> Iterator[PurePosixPath]:
    for found in IMPORT.finditer((root / name).read_text("utf-8")):
        yield _beside(name, found["path"])


def _wrapped(root: Path, name: str, numbers: dict[str, str], up: str) -> str:
    code = (root / name).read_text("utf-8")
    listed = ",".join(EXPORTED.findall(code)).replace(" ", "")
    exports = ",".join([*EXPORT.findall(code), *filter(None, listed.split(","))])
    return f"const {numbers[name]}=(()=>{{{_bare(code, name, numbers, up)}\nreturn{{{exports}}}}})()"


def _bare(code: str, name: str, numbers: dict[str, str], up: str) -> str:
    """A module's code with its imports bound to the modules before it, and nothing exported."""

    def beside(found: re.Match[str], path: str) -> str:
        return str(_beside(PurePosixPath(name), found[path]))

    code = IMPORT.sub(lambda found: _bound(found, numbers[beside(found, "path")]), code)
    code = LATER.sub(lambda found: f'import("{up}{beside(found, "path")}")', code)
    return EXPORTED.sub("", EXPORT.sub("", code)).strip()


def _bound(found: re.Match[str], module: str) -> str:
    names = found["names"]
    if not names:
        return ""
    if names.startswith("*"):
        return f"const {names.removeprefix('* as ')}={module};"
    renamed = RENAMED.sub(r"\1:\2", names)
    return f"const {renamed}={module};"


def _beside(name: PurePosixPath, target: str) -> PurePosixPath:
    parts: list[str] = list(name.parent.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)


def _is_vendored(name: str) -> bool:
    return name.startswith("vendor/")
