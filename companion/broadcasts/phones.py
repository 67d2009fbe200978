"""Which phones this process holds: rooms and languages of the sockets connected here."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Protocol


class Caller(Protocol):
    @property
    def room_id(self) -> str: ...
    @property
    def sid(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def guest_id(self) -> str | None: ...
    @property
    def host_id(self) -> str | None: ...
    @property
    def screen_id(self) -> str | None: ...
    @property
    def seen_it(self) -> bool: ...


@dataclass
class Phone:
    """One socket: who it was when it joined, and the Socket.IO rooms it sits in."""

    caller: Caller
    rooms: set[str] = field(default_factory=set)


_phones: dict[str, Phone] = {}
_by_room: dict[str, set[str]] = defaultdict(set)
_withheld: dict[str, set[str]] = {}
told: dict[str, int] = {}
"""The revision up to which this process has told its phones, for every room it serves."""
concerns: dict[str, int] = {}
"""The newest of those revisions of which guests were told anything; the rest was for hosts only."""


def add(caller: Caller) -> Phone:
    _by_room[caller.room_id].add(caller.sid)
    _phones[caller.sid] = Phone(caller)
    return _phones[caller.sid]


def drop(sid: str) -> None:
    phone = _phones.pop(sid, None)
    if phone is None:
        return
    room_id = phone.caller.room_id
    _by_room[room_id].discard(sid)
    if not _by_room[room_id]:
        del _by_room[room_id]
        told.pop(room_id, None)
        concerns.pop(room_id, None)
        _withheld.pop(room_id, None)


def phone(sid: str) -> Phone | None:
    return _phones.get(sid)


def in_room(room_id: str) -> list[Phone]:
    return [_phones[sid] for sid in list(_by_room.get(room_id, ())) if sid in _phones]


def served() -> list[str]:
    """Rooms that have a phone here."""
    return list(_by_room)


def guests_here() -> set[str]:
    return {phone.caller.guest_id for phone in list(_phones.values()) if phone.caller.guest_id}


def languages(room_id: str) -> list[str]:
    return sorted({phone.caller.lang for phone in in_room(room_id)})


def remotes(room_id: str) -> set[tuple[str, bool]]:
    """(language, seen it?) of the hosts here."""
    callers = [phone.caller for phone in in_room(room_id)]
    return {(caller.lang, caller.seen_it) for caller in callers if caller.host_id is not None}


def withhold(room_id: str, cue_ids: set[str]) -> None:
    """Cards that some phone here must not have yet: they are told again when the film gets there."""
    if cue_ids:
        _withheld.setdefault(room_id, set()).update(cue_ids)


def withheld(room_id: str) -> set[str]:
    return _withheld.get(room_id, set())


def release(room_id: str, cue_ids: set[str]) -> None:
    _withheld[room_id] = withheld(room_id) - cue_ids
    if not _withheld[room_id]:
        del _withheld[room_id]


def forget_all() -> None:
    """A new app starts with no phones."""
    _withheld.clear()
    _phones.clear()
    _by_room.clear()
    told.clear()
    concerns.clear()


def serve(room_id: str, revision: int) -> None:
    """A phone of this room is here and hears everything up to `revision` by its snapshot."""
    told.setdefault(room_id, revision)
    concerns.setdefault(room_id, revision)


def note_told(room_id: str, revision: int, guests: bool) -> None:
    if room_id in told:
        told[room_id] = max(told[room_id], revision)
        if guests:
            concerns[room_id] = told[room_id]
