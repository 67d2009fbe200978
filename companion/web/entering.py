"""Through the door of a room: who may come in, under which name, and in whose words they are told why not."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from companion import clock, database
from companion.config import settings
from companion.identity import STRANGER
from companion.models.guest import Guest, admit
from companion.models.names import clean_name, friendly_name
from companion.models.room import Room, room_at
from companion.rules.refused import Refused


def open_room(session: Session, code: str) -> Room:
    """The room behind a code for somebody who is not in it: one sentence for wrong, ended, locked."""
    room = room_at(session, code)
    if room is None or room.part == "ended" or room.locked:
        raise Refused("unknown_room", STRANGER[1])
    return room


def is_full(session: Session, room: Room, watching: bool = False) -> bool:
    """As many guests as the setting allows; as many again may come in to watch."""
    kept = select(func.count()).where(
        Guest.room_id == room.room_id, Guest.removed_at.is_(None), Guest.watching.is_(watching)
    )
    return (session.scalar(kept) or 0) >= settings.guests_per_room


def a_name(session: Session, room: Room, lang: str) -> str:
    """A friendly name that nobody here wears."""
    worn = set(session.scalars(select(Guest.name).where(Guest.room_id == room.room_id)))
    return friendly_name(lang, worn)


def enter(
    code: str, typed: str, *, lang: str, seat: int = 1, watching: bool = False, warnings: bool = False
) -> tuple[Guest, str]:
    """A new guest and their token. Refused `unknown_room`, `full` or `bad_field` (the name)."""
    now = clock.now()

    def come_in(session: Session) -> tuple[Guest, str]:
        room = open_room(session, code)
        if is_full(session, room, watching):
            raise Refused("full", "Every seat in this room is taken.")
        named = clean_name(typed) if typed.strip() and not watching else a_name(session, room, lang)
        guest, token = admit(session, room, named, now, lang, seat)
        guest.watching, guest.warnings = watching, warnings
        session.flush()
        return guest, token

    return database.write(come_in)
