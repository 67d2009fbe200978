"""Pasted text in: one note per line, with or without a time, a kind in front, choices behind.

# The bridge                       a scene (with a time in front or behind it, if there is one)
0:12:30 trivia: It was raining.    a note at a time
Look at her hands.                 a note that hangs on the scene above
poll: Who opens it? | He | She     a question with its choices
"""

import re
from typing import Any

from companion.rules.sheet_edits import film_scenes, new_sheet, rounded, scene_at, starts

from . import durations
from .faults import LONGEST_LINE, MOST_NOTES, Fault, Imported, Unreadable, fault, refuse

LENGTHS = {"poll": 40, "quiz": 40, "discussion": 60}
KINDS = ("trivia", "theme", "poll", "quiz", "discussion", "warning")
_TIMED = re.compile(r"[\[(]?(\d[\d:.,hms]*)[\])]?(?:\s*[-–—]\s+|\s+)(\S.*)")
_KIND = re.compile(rf"({'|'.join(KINDS)})\s*:\s*(\S.*)", re.I)
_BULLET = re.compile(r"[-*•]\s+")


def read(text: str, base: dict[str, Any] | None, lang: str, kind: str, repairs: list[Fault]) -> Imported:
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    faults = [
        fault("A line has more than %(most)s characters.", n, most=LONGEST_LINE)
        for n, x in lines
        if len(x) > LONGEST_LINE
    ]
    if faults:
        raise Unreadable(faults)
    if not lines:
        raise refuse("There is no note in this text.")
    if len(lines) > MOST_NOTES:
        raise refuse(
            "This text has %(count)s lines; %(most)s is the most that can be read.",
            count=len(lines),
            most=MOST_NOTES,
        )
    document = base or new_sheet("", 0, "", 0, [lang])
    scenes = [dict(scene) for scene in document["scenes"]]
    pasted = {**document, "scenes": scenes, "cues": []}
    here = next((scene["id"] for scene in scenes if scene.get("part", "film") == "film"), None)
    for _, line in lines:
        here = _take(pasted, line, here, lang, kind)
    return Imported(pasted, "text", repairs, carries_ids=False, says_kinds=False)


def _take(document: dict[str, Any], line: str, here: str | None, lang: str, kind: str) -> str:
    """One line into the document; answers with the scene that the next line hangs on."""
    at, words = _timed(line.lstrip("# ") if line.startswith("#") else _BULLET.sub("", line, count=1))
    if line.startswith("#") and words:
        return _scene(document, at, words, lang)
    if here is None:
        here = _scene(document, 0.0, "", lang)
    cue = _note(words, lang, kind, len(document["cues"]) + 1)
    scene = (scene_at(document, at) if at is not None else here) or here
    offset = rounded(at - starts(document)[scene]) if at is not None else 0
    document["cues"].append({**cue, "scene": scene, **({"offset": offset} if offset else {})})
    return scene


def _timed(line: str) -> tuple[float | None, str]:
    found = _TIMED.fullmatch(line)
    at = durations.read(found[1]) if found and not found[1].isdigit() else None
    return (at, found[2]) if found and at is not None else (None, line)


def _scene(document: dict[str, Any], at: float | None, title: str, lang: str) -> str:
    number = len(document["scenes"]) + 1
    taken = {scene["id"] for scene in document["scenes"]}
    scene_id = next(
        name for name in (f"scene-{n}" for n in range(number, number * 2 + 2)) if name not in taken
    )
    start = at if at is not None else max(starts(document).values(), default=0.0)
    if title and (blank := _blank_scene(document, start)):
        blank["title"] = {lang: title}
        return str(blank["id"])
    scene = {"id": scene_id, "title": {lang: title} if title else {}, "start": start, "timing": "guessed"}
    place = len([s for s in document["scenes"] if s.get("part", "film") != "after"])
    document["scenes"].insert(place, scene)
    return scene_id


def _blank_scene(document: dict[str, Any], start: float) -> dict[str, Any] | None:
    """A scene there without a name or a note, as every new sheet has one: it waits to be named."""
    held = {cue.get("scene") for cue in document["cues"]}
    for scene in film_scenes(document):
        if float(scene.get("start") or 0) == start and not scene.get("title") and scene["id"] not in held:
            return scene
    return None


def _note(words: str, lang: str, kind: str, number: int) -> dict[str, Any]:
    named = _KIND.fullmatch(words)
    if named:
        kind, words = named[1].lower(), named[2]
    question, *choices = [part.strip() for part in words.split("|")] if kind in ("poll", "quiz") else [words]
    cue: dict[str, Any] = {"id": f"note-{number}", "kind": kind, "duration": LENGTHS.get(kind, 20)}
    cue["text"] = {lang: question}
    if choices:
        cue["options"] = [
            {"id": chr(97 + n), "text": {lang: choice}} for n, choice in enumerate(choices[:26])
        ]
    return cue
