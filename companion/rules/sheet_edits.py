"""Changes to a whole sheet document: shift, stretch onto another copy's times, merge scenes, duplicate.

Each takes a document (the dict as stored) and returns a new one; the old one is never touched. Twin of
static/js/lib/studio_edits.js, both run against tests/shared/sheet_edits.json.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from .refused import Refused

Document = dict[str, Any]
Part = dict[str, Any]
PARTS = ("before", "film", "after")


def part_of(scene: Mapping[str, Any]) -> str:
    return str(scene.get("part") or "film")


def film_scenes(document: Mapping[str, Any]) -> list[Part]:
    return [scene for scene in document["scenes"] if part_of(scene) == "film"]


def starts(document: Mapping[str, Any]) -> dict[str, float]:
    """Seconds at which each scene of the film begins, by id."""
    return {scene["id"]: float(scene.get("start") or 0) for scene in film_scenes(document)}


def time_of(document: Mapping[str, Any], cue: Mapping[str, Any]) -> float | None:
    """Seconds into the film of the author's own copy; None before and after the film."""
    start = starts(document).get(cue.get("scene", ""))
    return None if start is None else rounded(start + float(cue.get("offset") or 0))


def scene_at(document: Mapping[str, Any], at: float) -> str | None:
    """The scene that runs at a time: the last one that has begun, else the first of the film."""
    scenes = sorted(film_scenes(document), key=lambda scene: float(scene.get("start") or 0))
    begun = [scene["id"] for scene in scenes if float(scene.get("start") or 0) <= at]
    return begun[-1] if begun else (scenes[0]["id"] if scenes else None)


def hang(document: Mapping[str, Any], cue: Part, at: float) -> Part:
    """The cue moved to a time: it stays on its scene while that one runs, else it hangs on the scene
    there.
    """
    scene = scene_at(document, at)
    if scene is None:
        raise Refused("no_scenes", "Add a scene of the film first.")
    return {**cue, "scene": scene, "offset": rounded(at - starts(document)[scene])}


def shift_all(document: Document, seconds: float) -> Document:
    """Every scene of the film later (or earlier) by so much; notes go with their scenes. Never before
    zero.
    """
    return shift_scenes(document, starts(document), seconds)


def shift_onward(document: Document, scene_id: str, seconds: float) -> Document:
    """The scene and every later one. A shift back stops where the scene before it begins."""
    begin = starts(document)
    if scene_id not in begin:
        raise Refused("unknown_scene", "This scene is not part of the film.")
    onward = [each for each in begin if begin[each] >= begin[scene_id]]
    floor = max((begin[each] for each in begin if begin[each] < begin[scene_id]), default=0.0)
    return shift_scenes(document, onward, max(seconds, floor - begin[scene_id]))


def shift_scenes(document: Document, scene_ids: Collection[str], seconds: float) -> Document:
    def moved(scene: Part) -> Part:
        if scene["id"] not in scene_ids or part_of(scene) != "film":
            return scene
        return {**scene, "start": rounded(max(0.0, float(scene.get("start") or 0) + seconds))}

    return {**document, "scenes": [moved(scene) for scene in document["scenes"]]}


def shift_cues(document: Document, cue_ids: Collection[str], seconds: float) -> Document:
    """Only these notes; one that leaves its scene hangs on the scene it arrives in."""

    def moved(cue: Part) -> Part:
        at = time_of(document, cue)
        return cue if cue["id"] not in cue_ids or at is None else hang(document, cue, max(0.0, at + seconds))

    return {**document, "cues": [moved(cue) for cue in document["cues"]]}


def resync(document: Document, pairs: Sequence[tuple[float, float]]) -> Document:
    """Lay the times over another copy from what is known of it: (time here, time there), two or more pairs.

    Straight lines between neighbouring pairs, carried on outside them. Notes keep their scene and their
    length.
    """
    there = _map(sorted({(float(a), float(b)) for a, b in pairs}))
    begin = starts(document)
    new = {each: rounded(max(0.0, there(begin[each]))) for each in begin}

    def moved(cue: Part) -> Part:
        if cue.get("scene") not in new or not cue.get("offset"):
            return cue
        at = begin[cue["scene"]] + float(cue["offset"])
        return {**cue, "offset": rounded(there(at) - there(begin[cue["scene"]]))}

    scenes = [
        {**scene, "start": new[scene["id"]]} if scene["id"] in new else scene for scene in document["scenes"]
    ]
    return {**document, "scenes": scenes, "cues": [moved(cue) for cue in document["cues"]]}


def merge_scenes(document: Document, first: str, second: str) -> Document:
    """The second scene's notes hang on the first, at the same times; whatever named the second names the
    first.
    """
    by_id = {scene["id"]: scene for scene in document["scenes"]}
    if first == second or first not in by_id or second not in by_id:
        raise Refused("unknown_scene", "Choose two different scenes.")
    if part_of(by_id[first]) != part_of(by_id[second]):
        raise Refused(
            "unlike_parts", "Scenes before, in and after the film cannot be merged with each other."
        )
    begin = starts(document)
    later = begin.get(second, 0.0) - begin.get(first, 0.0)
    if later < 0:
        raise Refused("order", "Choose the earlier scene first.")

    def moved(cue: Part) -> Part:
        if cue.get("safe_after") == second:
            cue = {**cue, "safe_after": first}
        if cue.get("scene") != second:
            return cue
        offset = rounded(float(cue.get("offset") or 0) + later)
        return {**cue, "scene": first, **({"offset": offset} if offset or "offset" in cue else {})}

    scenes = [
        _joined(scene, by_id[second]) if scene["id"] == first else scene for scene in document["scenes"]
    ]
    merged = {
        **document,
        "scenes": [scene for scene in scenes if scene["id"] != second],
        "cues": [moved(cue) for cue in document["cues"]],
    }
    if document.get("other_editions"):
        merged["other_editions"] = [_without(edition, second) for edition in document["other_editions"]]
    return merged


def duplicate(document: Document, cue_ids: Collection[str]) -> Document:
    """A copy right after each of these notes, with a new id: `name-2`, `name-3`, the first that is free."""
    taken = {cue["id"] for cue in document["cues"]}
    cues = []
    for cue in document["cues"]:
        cues.append(cue)
        if cue["id"] in cue_ids:
            cues.append({**cue, "id": free_id(cue["id"], taken)})
            taken.add(cues[-1]["id"])
    return {**document, "cues": cues}


def free_id(wanted: str, taken: Collection[str]) -> str:
    stem, _, number = wanted.rpartition("-")
    stem = stem if stem and number.isascii() and number.isdigit() else wanted
    count = 2
    while f"{stem}-{count}" in taken:
        count += 1
    return f"{stem}-{count}"


def new_sheet(title: str, year: int, country: str, runtime: float, languages: Sequence[str]) -> Document:
    """An empty document with a stack before the film, one scene from its first picture, and one after it."""
    words = {language: title for language in languages[:1]}
    return {
        "format": "companion-sheet/1",
        "film": {"title": words, "year": year, "country": country, "runtime": runtime},
        "edition": {"name": "", "runtime": runtime},
        "languages": list(languages),
        "read_by": dict.fromkeys(languages),
        "scenes": [
            {"id": "before", "part": "before", "title": {}},
            {"id": "opening", "title": {}, "start": 0, "timing": "guessed"},
            {"id": "after", "part": "after", "title": {}},
        ],
        "cues": [],
        "credits": {"author": "", "licence": ""},
    }


def rounded(seconds: float) -> float:
    """To a millisecond, half away from zero, the same in Python and JavaScript."""
    whole = int(abs(seconds) * 1000 + 0.5)
    value = (whole if seconds >= 0 else -whole) / 1000
    return int(value) if value == int(value) else value


def _map(pairs: list[tuple[float, float]]) -> Callable[[float], float]:
    rising = all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
    if len(pairs) < 2 or not rising:
        raise Refused("pairs", "Give two moments or more, each later than the one before in both copies.")

    def there(at: float) -> float:
        after = next((i for i in range(1, len(pairs) - 1) if at < pairs[i][0]), len(pairs) - 1)
        (a, b), (c, d) = pairs[after - 1], pairs[after]
        return b + (at - a) * (d - b) / (c - a)

    return there


def _joined(first: Part, second: Part) -> Part:
    """Caution wins: quiet if either was, and the wider uncertainty."""
    joined = dict(first)
    if second.get("quiet"):
        joined["quiet"] = True
    if second.get("within") is not None and first.get("within") is not None:
        joined["within"] = max(first["within"], second["within"])
    return joined


def _without(edition: Part, scene_id: str) -> Part:
    kept = {scene: at for scene, at in (edition.get("starts") or {}).items() if scene != scene_id}
    return {**edition, "starts": kept} if "starts" in edition else edition
