"""One host command from door to phones: once per op_id, kept, then told (DESIGN, idea 6)."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from companion import broadcasts, clock, database
from companion.broadcasts import wire
from companion.broadcasts.remote import named
from companion.identity import Caller
from companion.models.act import Done
from companion.models.guest import Guest
from companion.models.room import Room
from companion.rules.refused import Refused

Work = Callable[[Room, float], Done]
Ack = dict[str, Any]


def act(caller: Caller, verb: str, message: msgspec.Struct, work: Work, *, signed: bool = True) -> Ack:
    """Runs `work(room, now)` as this person's act, told with their name if `signed`. A repeated op_id changes
    nothing and hears the same (but no secret); one that meant something else before is refused.
    """

    def change(session: Session) -> tuple[Ack, int, float]:
        now = clock.now()
        room = room_of(session, caller, to_change=True)
        fields = msgspec.to_builtins(message)
        op_id = fields.pop("op_id")
        if known := room.was_done(op_id):
            if (known.verb, known.arguments) != (verb, fields):
                raise Refused("bad_field", "That op_id belongs to another command already.", field="op_id")
            return known.ack, room.revision, now
        if room.part == "ended":
            raise Refused("ended", "This evening is over.")
        since = room.revision
        room.catch_up(now)
        done = work(room, now)
        room.advance(now)
        kept = room.record_act(op_id, verb, fields, done, name_of(session, caller) if signed else "", now)
        if done.inverse is not None and room.revision == since:
            room.changed()
        kept.ack = {**done.ack, **_now_true(room)}
        return {**kept.ack, **done.secret}, since, now

    ack, since, now = database.write(change)
    broadcasts.tell(caller.room_id, since, now)
    return ack


def room_of(session: Session, caller: Caller, to_change: bool = False) -> Room:
    """`to_change`: no other process changes it meanwhile (PostgreSQL; SQLite has one writer anyway)."""
    room = session.get(Room, caller.room_id, with_for_update={"of": Room} if to_change else None)
    if room is None:
        raise Refused("ended", "This evening is over.")
    return room


def name_of(session: Session, caller: Caller) -> str:
    """The guest's name; "" for a host who is no guest."""
    guest = session.get(Guest, caller.guest_id) if caller.guest_id else None
    return guest.name if guest else ""


def meant(room: Room, caller: Caller, key: str) -> str:
    """The cue or scene a remote means; an unspoiled one only knows keys."""
    return named(room, key) if caller.is_host else key


def _now_true(room: Room) -> Ack:
    """What every act's acknowledgement adds, so that a remote is right before the fact arrives."""
    return {
        "part": room.part,
        "playback": wire.playback(room),
        "playback_revision": room.playback_revision,
        "revision": room.revision,
    }
