"""The catalogues, one .po per language, and how what people read is gathered into them."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PACKAGE = HERE.parent
ROOT = PACKAGE if (PACKAGE / "templates").is_dir() and (PACKAGE / "static").is_dir() else PACKAGE.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
    "Refused": (2,),
    "t": None,
    "n": (1, 2),
}
PLACES: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("templates", "jinja2", {"newstyle_gettext": "true", "trimmed": "true"}, "**.html"),
    ("static/js", "javascript", {}, "**.js"),
    ("companion", "python", {}, "**.py"),
)


def gathered() -> Catalog:
    """Everything people read, in English, with where it stands."""
    found = Catalog(project="Companion", version="1", fuzzy=False)
    for folder, method, options, pattern in PLACES:
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder,
            [(pattern, method)],
            {pattern: options},
            KEYWORDS,
            comment_tags=("for translators:",),
            strip_comment_tags=True,
        ):
            found.add(message, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context)
    return found


def gather() -> None:
    """Bring every catalogue up to what people read today; new words stand empty until translated."""
    template = gathered()
    for path in sorted(HERE.glob("*.po")):
        with path.open("rb") as po:
            catalogue = read_po(po, locale=path.stem)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as po:
            write_po(po, catalogue, sort_by_file=True, include_lineno=False, width=110)
        missing = [m.id for m in catalogue if m.id and not m.string]
        print(f"{path.stem}: {len(catalogue)} messages, {len(missing)} without a translation")
