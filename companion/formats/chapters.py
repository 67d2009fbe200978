"""YouTube chapter text in and out: one line per scene, `1:02:03 Title`."""

import re
from itertools import pairwise
from typing import Any

from companion.rules.sheet_edits import film_scenes, new_sheet, part_of

from . import durations
from .faults import LONGEST_LINE, MOST_NOTES, Exported, Fault, Imported, Unreadable, fault, loss, refuse

SHORTEST = 10
FEWEST = 3
_LINE = re.compile(r"[\s(\[•*–-]*(\d[\d:.,]*)[\])]?[\s–—:-]+(\S.*)")


def read(text: str, base: dict[str, Any] | None, lang: str, repairs: list[Fault]) -> Imported:
    """The scenes of the film; the base keeps its notes and whatever lies before and after it."""
    found: list[tuple[int, float, str]] = []
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            faults.append(fault("A line has more than %(most)s characters.", number, most=LONGEST_LINE))
            continue
        match = _LINE.fullmatch(line.rstrip())
        at = durations.read(match[1]) if match and ":" in match[1] else None
        if match is None or at is None:
            repairs.append(fault("Left aside: no time in front, as in “1:02:03 The bridge”.", number))
        elif found and at <= found[-1][1]:
            faults.append(fault("This scene does not begin later than the one before.", number))
        else:
            found.append((number, at, match[2].strip()))
    if faults or not found:
        raise Unreadable(faults or [fault("No line begins with a time, as in “1:02:03 The bridge”.")])
    if len(found) > MOST_NOTES:
        raise refuse(
            "This file has %(count)s scenes; %(most)s is the most that can be read.",
            count=len(found),
            most=MOST_NOTES,
        )
    return Imported(_document(found, base, lang), "YouTube chapters", repairs, carries_ids=False)


def write(document: dict[str, Any], lang: str) -> Exported:
    """Whole seconds; the first line is 0:00, as YouTube wants it."""
    scenes = sorted(film_scenes(document), key=lambda scene: float(scene.get("start") or 0))
    lines = [(int(float(scene.get("start") or 0)), _title(scene, lang, document)) for scene in scenes]
    lost = [
        loss(
            "all %(count)s notes, and of each scene everything but its time and title",
            count=len(document["cues"]),
        )
    ]
    if not lines or lines[0][0] > 0:
        lines.insert(0, (0, "…"))
        lost.append(loss("a line for 0:00 was added: YouTube wants one"))
    if any(float(scene.get("start") or 0) % 1 for scene in scenes):
        lost.append(loss("fractions of a second"))
    if len(lines) < FEWEST or any(b[0] - a[0] < SHORTEST for a, b in pairwise(lines)):
        lost.append(
            loss(
                "YouTube itself takes no fewer than %(fewest)s chapters of %(seconds)s seconds or more",
                fewest=FEWEST,
                seconds=SHORTEST,
            )
        )
    text = "".join(f"{_short(at)} {title}\n" for at, title in lines)
    return Exported(text, ".chapters.txt", "text/plain", lost)


def _short(at: int) -> str:
    whole = durations.write(at)[:-4]
    return whole if at >= 3600 else whole.removeprefix("0:")


def _document(found: list[tuple[int, float, str]], base: dict[str, Any] | None, lang: str) -> dict[str, Any]:
    scenes = [
        {"id": f"scene-{n}", "title": {lang: title}, "start": at, "timing": "tapped"}
        for n, (_, at, title) in enumerate(found, 1)
    ]
    document = base or new_sheet("", 0, "", found[-1][1] + SHORTEST, [lang])
    outside = [scene for scene in document["scenes"] if part_of(scene) != "film"]
    place = len([scene for scene in outside if part_of(scene) == "before"])
    return {**document, "scenes": [*outside[:place], *scenes, *outside[place:]], "cues": []}


def _title(scene: dict[str, Any], lang: str, document: dict[str, Any]) -> str:
    words = scene.get("title") or {}
    title = next(
        (words[each] for each in (lang, *(document.get("languages") or [])) if words.get(each)), scene["id"]
    )
    return " ".join(title.split())
