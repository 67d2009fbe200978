"""The catalogues, one .po per language, and how what people read is gathered into them."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PACKAGE = HERE.parent
ROOT = PACKAGE if (PACKAGE / "templates").is_dir() and (PACKAGE / "static").is_dir() else PACKAGE.parent
SAID_IN_PYTHON = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
    "Refused": (2,),
    "fault": None,
    "refuse": None,
    "loss": None,
    "said": None,
}
SAID_IN_TEMPLATES = {"_": None, "gettext": None, "ngettext": (1, 2)}
SAID_IN_SCRIPTS = {"t": None, "n": (1, 2)}
LISTS_OF_SENTENCES = {"SENTENCES", "STRANGER"}
"""Module constants whose sentences are translated where they are told."""

Place = tuple[str, str, dict[str, str], str, dict[str, Any]]
PLACES: tuple[Place, ...] = (
    ("templates", "jinja2", {"newstyle_gettext": "true", "trimmed": "true"}, "**.html", SAID_IN_TEMPLATES),
    ("static/js", "javascript", {"parse_template_string": "true"}, "**.js", SAID_IN_SCRIPTS),
    ("companion", "python", {}, "**.py", SAID_IN_PYTHON),
)


def gathered() -> Catalog:
    """Everything people read, in English, with where it stands."""
    found = Catalog(project="Companion", version="1", fuzzy=False)
    for folder, method, options, pattern, keywords in PLACES:
        called = extract_from_dir(
            ROOT / folder,
            [(pattern, method)],
            {pattern: options},
            keywords,
            comment_tags=("for translators:",),
            strip_comment_tags=True,
        )
        for name, line, message, comments, context in called:
            if message:
                found.add(
                    message, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context
                )
    for path in sorted(PACKAGE.rglob("*.py")):
        for sentence in listed_sentences(path):
            found.add(sentence, None, [(f"companion/{path.relative_to(PACKAGE).as_posix()}", 1)])
    for each in found:
        each.locations.sort()  # folders are walked in another order on every machine
    return found


def listed_sentences(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text("utf-8")).body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        if any(isinstance(target, ast.Name) and target.id in LISTS_OF_SENTENCES for target in targets):
            for value in ast.walk(node):
                if (
                    isinstance(value, ast.Constant)
                    and isinstance(value.value, str)
                    and value.value[:1].isupper()
                ):
                    yield value.value


def gather() -> None:
    """Bring every catalogue up to what people read today; new words stand empty until translated."""
    template = gathered()
    for path in sorted(HERE.glob("*.po")):
        with path.open("rb") as po:
            catalogue = read_po(po, locale=path.stem)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.project, catalogue.version = "Companion", "1"
        catalogue.copyright_holder = catalogue.msgid_bugs_address = catalogue.language_team = ""
        catalogue.last_translator, catalogue.header_comment = "", f"# What Companion says in {path.stem}."
        with path.open("wb") as po:
            write_po(po, catalogue, sort_by_file=True, include_lineno=False, width=110)
        missing = [m.id for m in catalogue if m.id and not m.string]
        print(f"{path.stem}: {len(catalogue)} messages, {len(missing)} without a translation")
