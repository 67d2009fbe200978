"""Laying a file into a sheet that is there already: what belongs together, and which changes that makes.

Notes belong together by id where the file carries ids, else by the same words, else by the same time.
Nothing is taken away; only fields the file carries change, and a text only in the languages it has.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from companion.rules.sheet_diff import Change
from companion.rules.sheet_edits import free_id, part_of, starts

Entry = dict[str, Any]
Pair = tuple[Entry, Entry | None]
Places = Callable[[Entry], Iterable[Any]]
TICK = 0.1
DEFAULTS = {
    "offset": 0,
    "push": "always",
    "results": "closed",
    "timing": "guessed",
    "anywhere": False,
    "quiet": False,
    "checkpoint": False,
}


def lay_in(
    document: Entry, incoming: Entry, carries_ids: bool = True, says_kinds: bool = True
) -> list[Change]:
    """The changes that bring `incoming` into `document`; preview them, then apply them with
    rules/sheet_diff.py. What a file only supposes, the kind of a note that is here already, changes nothing.
    """
    scenes = _pairs(
        document["scenes"], incoming["scenes"], carries_ids, [(_titles, _titles), (_begins, _begins)]
    )
    names = {new["id"]: old["id"] for new, old in scenes if old}
    here, there = _ticks(document), _ticks(incoming)
    cues = _pairs(document["cues"], incoming["cues"], carries_ids, [(_texts, _texts), (here, there)])
    renamed = [(_renamed(new if says_kinds else _supposed(new, old), names), old) for new, old in cues]
    return [
        *_laid("scene", document["scenes"], scenes, carries_ids),
        *_laid("cue", document["cues"], renamed, carries_ids),
    ]


def _pairs(
    old: Sequence[Entry], new: Sequence[Entry], by_id: bool, ways: Sequence[tuple[Places, Places]]
) -> list[Pair]:
    """Each new entry with the old one it stands for, if any; an old one stands for one new one only."""
    free = {each["id"]: each for each in old}
    found: dict[int, Entry] = {}
    if by_id:
        found = {index: free.pop(each["id"]) for index, each in enumerate(new) if each["id"] in free}
    for here, there in ways:
        where: dict[Any, list[str]] = {}
        for each in old:
            for place in here(each):
                where.setdefault(place, []).append(each["id"])
        for index, each in enumerate(new):
            if index in found:
                continue
            twin = next((id for place in there(each) for id in where.get(place, ()) if id in free), None)
            if twin is not None:
                found[index] = free.pop(twin)
    return [(each, found.get(index)) for index, each in enumerate(new)]


def _texts(cue: Entry) -> list[Any]:
    return [
        (lang, " ".join(words.split())) for lang, words in (cue.get("text") or {}).items() if words.strip()
    ]


def _titles(scene: Entry) -> list[Any]:
    titles = (scene.get("title") or {}).items()
    return [(part_of(scene), lang, " ".join(words.split())) for lang, words in titles if words.strip()]


def _begins(scene: Entry) -> list[Any]:
    return [round(float(scene["start"]), 1)] if part_of(scene) == "film" and "start" in scene else []


def _ticks(document: Entry) -> Places:
    begin = starts(document)

    def ticks(cue: Entry) -> list[Any]:
        start = begin.get(cue.get("scene", ""))
        return [] if start is None else [round((start + float(cue.get("offset") or 0)) / TICK)]

    return ticks


def _supposed(cue: Entry, old: Entry | None) -> Entry:
    """A question is one whatever it was; else the kind stays."""
    return cue if old is None or "options" in cue else {**cue, "kind": old.get("kind", cue["kind"])}


def _renamed(cue: Entry, names: dict[str, str]) -> Entry:
    return {**cue, **{key: names[cue[key]] for key in ("scene", "safe_after") if cue.get(key) in names}}


def _laid(kind: str, existing: Sequence[Entry], pairs: Iterable[Pair], carries_ids: bool) -> list[Change]:
    taken = {each["id"] for each in existing}
    last = existing[-1]["id"] if existing else None
    changes = []
    for new, old in pairs:
        if old is not None:
            after = _over(old, new)
            if after != old:
                changes.append(Change(kind, old["id"], old, after))
            continue
        if not carries_ids and new["id"] in taken:
            new = {**new, "id": free_id(new["id"], taken)}
        changes.append(Change(kind, new["id"], None, new, last))
        last = new["id"]
        taken.add(last)
    return changes


def _over(old: Entry, new: Entry) -> Entry:
    laid = {**old}
    for key, value in new.items():
        if key not in old and DEFAULTS.get(key) == value:
            continue
        both = isinstance(value, dict) and isinstance(old.get(key), dict)
        if key != "id":
            laid[key] = {**old[key], **value} if both else value
    return laid
