"""The columns of a table of notes, and how one value becomes a cell and comes back."""

from collections.abc import Sequence
from typing import Any

from . import durations

# Formula starters of spreadsheets (OWASP, CSV injection), full-width ones too, and the guard itself.
_STARTERS = "=+-@\t\r＝＋－＠'"
TEXTS = ("title", "text", "options", "explanation")
YES_NO = ("anywhere", "quiet", "checkpoint")
SECONDS = ("within", "lead")
NAMES = ("push", "answer", "results", "repeats", "confidence", "safe_after", "timing")
FIELDS = (*NAMES, *YES_NO, *SECONDS)
KNOWN = {"id", "kind", "scene", "part", "start", "offset", "duration", "source", "watch_for", *FIELDS, *TEXTS}
ALIASES = {
    "time": "start",
    "begin": "start",
    "note": "text",
    "language": "lang",
    "url": "source_url",
    "type": "kind",
}


def guarded(text: str) -> str:
    """A quote in front of what a spreadsheet would run."""
    return f"'{text}" if text[:1] and text[0] in _STARTERS else text


def unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _STARTERS else text


def language_columns(languages: Sequence[str]) -> list[str]:
    return [f"{name}_{language}" for language in languages for name in TEXTS]


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def yes(text: str) -> bool | None:
    """None when it is neither."""
    word = text.strip().lower()
    return (
        True
        if word in ("yes", "y", "true", "1", "x", "예")
        else False
        if word in ("no", "n", "false", "0")
        else None
    )


def seconds(text: str) -> float | None:
    found = durations.read(text)
    return int(found) if found is not None and found == int(found) else found


def options_cell(options: Sequence[dict[str, Any]], language: str) -> str:
    """One choice per line, `id: words`."""
    lines = [
        f"{option.get('id')}: {' '.join((option.get('text') or {}).get(language, '').split())}"
        for option in options
    ]
    return (
        "\n".join(line.rstrip() for line in lines)
        if any((o.get("text") or {}).get(language) for o in options)
        else ""
    )


def options_of(cells: dict[str, str]) -> list[dict[str, Any]]:
    """The choices, from the cells of all languages; lines without an id are counted a, b, c."""
    found: dict[str, dict[str, Any]] = {}
    for language, text in cells.items():
        lines = text.split("\n") if "\n" in text else text.split("|")
        for number, line in enumerate(x.strip() for x in lines if x.strip()):
            name, colon, words = line.partition(":")
            known = colon and name and " " not in name and len(name) <= 64
            option_id = name if known else chr(97 + number % 26)
            option = found.setdefault(option_id, {"id": option_id, "text": {}})
            if (words if known else line).strip():
                option["text"][language] = (words if known else line).strip()
    return list(found.values())
