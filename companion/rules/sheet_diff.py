"""What differs between two sheet documents, note by note, and how changes of several authors come together.

A change names one note, one scene, one other field of the document or the order of a list, with what was
there before and what is there after (None: absent). Applying compares first: where something else is there
by now, nothing is overwritten and both versions come back. Twin of static/js/lib/studio_changes.js
(tests/shared/sheet_diff.json).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

Document = dict[str, Any]
LISTS = {"cue": "cues", "scene": "scenes"}


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`kind` is cue, scene, field or order; `follows` is the id in front of an added one (None: it is the
    first).
    """

    kind: str
    id: str
    before: Any = None
    after: Any = None
    follows: str | None = None


class Conflict(msgspec.Struct, frozen=True):
    """The same thing changed twice: `mine` was sent, `theirs` is what stands."""

    kind: str
    id: str
    before: Any
    mine: Any
    theirs: Any


def diff(old: Document, new: Document) -> list[Change]:
    """What to do to the old document to get the new one: taken away, changed and added, then moved."""
    changes = []
    for kind, name in LISTS.items():
        changes += _diff_list(kind, old.get(name) or [], new.get(name) or [])
    for key in dict.fromkeys([*old, *new]):
        if key not in LISTS.values() and old.get(key) != new.get(key):
            changes.append(Change("field", key, old.get(key), new.get(key)))
    return changes + _moves(old, new, changes)


def apply(document: Document, changes: Iterable[Change]) -> tuple[Document, list[Conflict]]:
    """The document with every change that fits, and the ones that do not."""
    result = {**document}
    conflicts = []
    for change in changes:
        there = _there(result, change)
        expected = _order(result, change, change.before) if change.kind == "order" else change.before
        wanted = _order(result, change, change.after) if change.kind == "order" else change.after
        if there == wanted:
            continue
        if there != expected:
            conflicts.append(Conflict(change.kind, change.id, change.before, change.after, there))
            continue
        _put(result, change, wanted)
    return result, conflicts


def merge(base: Document, mine: Document, theirs: Document) -> tuple[Document, list[Conflict]]:
    """Three-way: everything of theirs, and of mine what touches other notes."""
    return apply(theirs, diff(base, mine))


def reverse(changes: Sequence[Change]) -> list[Change]:
    """What takes the changes of one diff back: first the order, then each entry behind its old neighbour."""
    moves = [change for change in changes if change.kind == "order"]
    others = [change for change in changes if change.kind != "order"]
    return [Change(c.kind, c.id, c.after, c.before, c.follows) for c in [*reversed(moves), *others]]


def fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """The names of the fields in which two versions of one thing differ, languages of a text apart:
    `text.ko`.
    """
    old, new = before or {}, after or {}
    names = []
    for key in dict.fromkeys([*old, *new]):
        was, is_now = old.get(key), new.get(key)
        if was == is_now:
            continue
        if isinstance(was, dict) and isinstance(is_now, dict):
            names += [
                f"{key}.{part}"
                for part in dict.fromkeys([*was, *is_now])
                if was.get(part) != is_now.get(part)
            ]
        else:
            names.append(key)
    return names


def _diff_list(kind: str, old: list[Document], new: list[Document]) -> list[Change]:
    was, is_now = {each["id"]: each for each in old}, {each["id"]: each for each in new}
    changes = [Change(kind, id, was[id], None, _before(old, id)) for id in was if id not in is_now]
    for id, each in is_now.items():
        if was.get(id) != each:
            changes.append(Change(kind, id, was.get(id), each, None if id in was else _before(new, id)))
    return changes


def _before(entries: list[Document], id: str) -> str | None:
    at = next(index for index, each in enumerate(entries) if each["id"] == id)
    return entries[at - 1]["id"] if at else None


def _moves(old: Document, new: Document, changes: list[Change]) -> list[Change]:
    moved, _ = apply({**old}, changes)
    found = []
    for name in LISTS.values():
        is_now, wanted = _ids(moved, name), _ids(new, name)
        if is_now != wanted:
            found.append(Change("order", name, is_now, wanted))
    return found


def _ids(document: Document, name: str) -> list[str]:
    return [each["id"] for each in document.get(name) or []]


def _there(document: Document, change: Change) -> Any:
    if change.kind == "field":
        return document.get(change.id)
    if change.kind == "order":
        return _ids(document, change.id)
    entries = document.get(LISTS[change.kind]) or []
    return next((each for each in entries if each["id"] == change.id), None)


def _order(document: Document, change: Change, wanted: list[str]) -> list[str]:
    """The wanted order of what is there: strangers stay behind the one they stood behind."""
    there = _ids(document, change.id)
    ordered = [id for id in wanted if id in set(there)]
    known = set(ordered)
    for index, id in enumerate(there):
        if id not in known:
            ordered.insert(ordered.index(there[index - 1]) + 1 if index else 0, id)
    return ordered


def _put(document: Document, change: Change, wanted: Any) -> None:
    if change.kind == "field":
        if wanted is None:
            document.pop(change.id, None)
        else:
            document[change.id] = wanted
        return
    name = LISTS.get(change.kind, change.id)
    entries = list(document.get(name) or [])
    if change.kind == "order":
        by_id = {each["id"]: each for each in entries}
        document[name] = [by_id[id] for id in wanted]
        return
    at = next((index for index, each in enumerate(entries) if each["id"] == change.id), None)
    if at is None:
        ids = [each["id"] for each in entries]
        behind = (
            ids.index(change.follows) + 1 if change.follows in ids else (len(ids) if change.follows else 0)
        )
        entries.insert(behind, wanted)
    else:
        entries[at : at + 1] = [] if wanted is None else [wanted]
    document[name] = entries
