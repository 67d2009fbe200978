"""Three-way merge of two edits of one cue sheet document: different cues both stand."""

from typing import Any

from companion.rules.refused import Refused

Document = dict[str, Any]
LISTS = ("scenes", "cues")


def with_cue(document: Document, cue_id: str, cue: dict[str, Any] | None) -> Document:
    """The document with one cue put, changed or (None) taken out."""
    cues = list(document.get("cues", []))
    at = next((i for i, c in enumerate(cues) if c.get("id") == cue_id), len(cues))
    cues[at : at + 1] = [] if cue is None else [cue]
    return {**document, "cues": cues}


def merged(base: Document, theirs: Document, mine: Document, revision: int) -> Document:
    """What both wanted. Raises Refused `stale` with both versions where they wanted different things."""
    out: Document = {}
    for key in [*theirs, *(k for k in mine if k not in theirs)]:
        if key in LISTS:
            out[key] = _merged_list(key, base.get(key, []), theirs.get(key, []), mine.get(key, []), revision)
        else:
            chosen = _chosen(key, base.get(key), theirs.get(key), mine.get(key), revision)
            if chosen is not None:
                out[key] = chosen
    return out


def _merged_list(name: str, base: list[Any], theirs: list[Any], mine: list[Any], revision: int) -> list[Any]:
    before, there, here = _by_id(base), _by_id(theirs), _by_id(mine)
    kept = {
        key: _chosen(key, before.get(key), there.get(key), here.get(key), revision, name)
        for key in [*there, *(k for k in here if k not in there)]
    }
    order = list(there)
    for key, previous in zip(here, [None, *here], strict=False):
        if key not in there:
            order.insert(order.index(previous) + 1 if previous in order else 0, key)
    return [kept[key] for key in order if kept[key] is not None]


def _chosen(key: str, base: Any, theirs: Any, mine: Any, revision: int, name: str = "") -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    raise Refused(
        "stale",
        "Somebody else changed the same note meanwhile. Both versions are here: choose one.",
        at={"list": name or None, "id": key},
        mine=mine,
        theirs=theirs,
        revision=revision,
    )


def _by_id(items: list[Any]) -> dict[str, Any]:
    return {str(item.get("id")): item for item in items}
