"""How long rooms are kept: idle ones end, ended ones lose their number and later everything (ROOM 1)."""

from collections.abc import Collection

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from companion.models.guest import Guest
from companion.models.room import PLANNED_AT_MOST, Room

DAY = 86_400.0
IDLE, NUMBER_KEPT = DAY, DAY


def keep_alive(session: Session, room_ids: Collection[str], now: float) -> None:
    """Somebody's phone, remote or television is in these rooms: that counts as an act."""
    session.execute(update(Room).where(Room.room_id.in_(room_ids)).values(last_act_at=now))


def end_idle(session: Session, now: float) -> list[tuple[str, int]]:
    """Ends rooms with neither a socket nor an act for a day; (room_id, revision before) of each.

    A planned room waits until it has been held, at most 60 days and the day it was planned for.
    """
    heard = select(func.max(Guest.last_heard_at)).where(Guest.room_id == Room.room_id).scalar_subquery()
    idle = select(Room).where(
        Room.ended_at.is_(None),
        Room.last_act_at < now - IDLE,
        or_(heard.is_(None), heard < now - IDLE),
        or_(
            Room.opens_at.is_(None),
            Room.started_at.is_not(None),
            and_(Room.opens_at < now - IDLE, Room.created_at < now - PLANNED_AT_MOST),
        ),
    )
    ended = []
    for room in session.scalars(idle):
        ended.append((room.room_id, room.revision))
        room.end(now)
        room.advance(now)
    return ended


def forget(session: Session, now: float, days: int) -> int:
    """Frees the numbers of rooms that ended a day ago; deletes everything of those that ended `days` ago."""
    for room in session.scalars(
        select(Room).where(Room.ended_at < now - NUMBER_KEPT, Room.code.is_not(None))
    ):
        room.code = None
    old = list(session.scalars(select(Room).where(Room.ended_at < now - days * DAY)))
    for room in old:
        session.delete(room)
    return len(old)
