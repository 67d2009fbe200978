"""One vote, whichever door it comes through."""

from sqlalchemy.orm import Session

from companion.models.guest import Guest
from companion.models.room import Room
from companion.rules.refused import Refused

Stored = tuple[str | None, int | None]


def take_vote(
    session: Session,
    room_id: str,
    guest_id: str | None,
    cue_id: str,
    option_id: str | None,
    op_id: str,
    now: float,
) -> Stored:
    """The vote as it is stored, and the revision before if something was due first.

    Votes share the room's row with each other, but with nothing that closes or counts (PostgreSQL; SQLite has
    one writer anyway): a vote that is acknowledged is in the result.
    """
    room = session.get(Room, room_id, with_for_update={"of": Room, "read": True})
    guest = session.get(Guest, guest_id) if guest_id else None
    if room is None or guest is None:
        raise Refused("not_guest", "Join the room first.")
    if room.is_due(now):
        session.refresh(room, with_for_update={"of": Room})
    since = room.catch_up(now)
    return room.cast(guest, cue_id, option_id, op_id, now), since
