"""The sheet document as JSON: lossless both ways, with depth and numbers checked before anybody walks it."""

import json
import math
import re
from typing import Any

import msgspec
from msgspec import Struct

from .faults import Exported, Fault, Imported, Unreadable, fault, refuse

DEEPEST = 24
LONGEST_ID = 200
_STRINGS = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_BRACKETS = re.compile(r"[\[{\]}]")


Words = dict[str, str]


class _Choice(Struct):
    id: str | None = None
    text: Words | None = None


class _Scene(Struct):
    id: str
    part: str | None = None
    title: Words | None = None
    start: float | None = None
    within: float | None = None
    watch_for: Words | None = None


class _Cue(Struct):
    id: str
    kind: str | None = None
    scene: str | None = None
    offset: float | None = None
    duration: float | None = None
    title: Words | None = None
    text: Words | None = None
    explanation: Words | None = None
    options: list[_Choice] | None = None
    source: dict[str, str | None] | None = None
    safe_after: str | None = None


class _Edition(Struct):
    starts: dict[str, float] | None = None


class _Draft(Struct):
    """What any step of editing relies on; a published sheet must be a `CueSheet`."""

    scenes: list[_Scene]
    cues: list[_Cue]
    film: dict[str, Any]
    languages: list[str]
    other_editions: list[_Edition] | None = None


def read(text: str, repairs: list[Fault]) -> Imported:
    return Imported(well_formed(parse(text), text), "JSON", repairs)


def write(document: dict[str, Any], lang: str = "") -> Exported:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return Exported(text, ".json", "application/json", [])


def parse(text: str, line: int = 0) -> dict[str, Any]:
    """One JSON object; `line` is where it stands in a bigger file, so that faults name lines of that file."""
    _refuse_depth(text, line)
    try:
        found = json.loads(
            text, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole, object_pairs_hook=_once
        )
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise refuse("This is not JSON: %(reason)s.", line + error.lineno, reason=error.msg.lower()) from None
    except UnicodeEncodeError:
        raise refuse("Half a character (a lone surrogate) is written in this JSON.", line or None) from None
    if not isinstance(found, dict):
        raise refuse("The file must hold one JSON object.", line + 1)
    return found


def well_formed(document: dict[str, Any], text: str = "") -> dict[str, Any]:
    """Enough of a shape to edit: scenes and notes in lists, each with its own id. What else is wrong, the
    checks say.
    """
    if document.get("format") != "companion-sheet/1":
        raise refuse("The field “format” must say “companion-sheet/1”.")
    try:
        msgspec.convert(document, _Draft)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error), document, text) from None
    faults = []
    for name in ("scenes", "cues"):
        seen: set[str] = set()
        for each in document[name]:
            if each["id"] in seen or not 0 < len(each["id"]) <= LONGEST_ID:
                where = _line(text, each["id"])
                faults.append(
                    fault(
                        "Every scene and note needs an id of its own (“%(id)s”).", where, id=each["id"][:40]
                    )
                )
            seen.add(each["id"])
    if faults:
        raise Unreadable(faults)
    return document


def _misshapen(sentence: str, document: dict[str, Any], text: str) -> Unreadable:
    """Msgspec names the place as `$.cues[3].offset`; a person wants the line and the id."""
    told, _, path = sentence.partition(" - at `$.")
    place = re.match(r"(scenes|cues)\[(\d+)\]\.?(.*?)`", path)
    if not place:
        return refuse(
            "This is not a document of notes: %(reason)s.", reason=f"{told} {path.rstrip('`')}".strip()
        )
    entry = document[place[1]][int(place[2])]
    entry_id = entry.get("id") if isinstance(entry, dict) else None
    line = _line(text, entry_id) if isinstance(entry_id, str) else None
    where = {"id": entry_id or int(place[2]) + 1, "field": place[3] or place[1]}
    return refuse("In “%(id)s”, %(field)s: %(reason)s.", line, reason=told.lower(), **where)


def _line(text: str, entry_id: str) -> int | None:
    at = text.find(json.dumps(entry_id, ensure_ascii=False))
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def _refuse_depth(text: str, line: int) -> None:
    depth = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub(lambda found: " " * len(found[0]), text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            where = line + text.count("\n", 0, bracket.start()) + 1
            raise refuse("This is nested more than %(most)s levels deep.", where, most=DEEPEST)


def _no_constant(name: str) -> float:
    raise refuse("%(name)s is not a number that JSON knows.", name=name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise refuse("The number %(digits)s is too large.", digits=digits[:20])
    return value


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise refuse("The number %(digits)s is too large.", digits=digits[:20])
    return int(digits)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise refuse("“%(name)s” is given twice in one object.", name=twice[:80])
    return found
