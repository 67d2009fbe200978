"""Phones come and go: who they are decides what they hear; the snapshot makes them right."""

from typing import Any

from companion import broadcasts, clock, database
from companion.broadcasts import phones
from companion.identity import Caller
from companion.live import messages, people
from companion.live.listening import listen
from companion.models.room import Room
from companion.sockets import command, on_joined, on_left


@on_joined
def joined(caller: Caller) -> None:
    """Anyone whom the room knows: hears the snapshot at once."""
    known = phones.phone(caller.sid) or phones.add(caller)
    known.caller = caller
    listen(caller)
    with database.reading() as session:
        room = session.get(Room, caller.room_id)
        if room is not None:
            phones.serve(room.room_id, room.revision)
    people.heard(caller)
    broadcasts.push_snapshot(caller, clock.now())


@on_left
def left(caller: Caller) -> None:
    """Anyone; a guest is asleep from here on unless another tab still listens."""
    phones.drop(caller.sid)
    people.unheard(caller)


@command("snapshot", messages.Snapshot)
def snapshot(caller: Caller, message: messages.Snapshot) -> dict[str, Any]:
    """Anyone in the room."""
    return {"snapshot": broadcasts.snapshot(caller, clock.now(), frozenset(message.known))}
