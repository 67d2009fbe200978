"""A guest: someone in a room, known by a token the server gave, never by a socket, an address or a name."""

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from companion.models.base import Base, hashed, new_id, new_token, with_op
from companion.rules.refused import Refused

if TYPE_CHECKING:
    from companion.models.room import Room

HERE, ASLEEP = 40.0, 1800.0
DELAY_FROM, DELAY_TO = -3.0, 1800.0
IN_STEP = 5.0


class Guest(Base):
    __tablename__ = "guests"
    __table_args__ = (Index("ix_guests_room_heard", "room_id", "last_heard_at"),)

    guest_id: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    lang: Mapped[str] = mapped_column(default="en")
    seat: Mapped[int] = mapped_column(default=1)
    watching: Mapped[bool] = mapped_column(default=False)
    delay: Mapped[float] = mapped_column(default=0.0)
    in_ad: Mapped[bool] = mapped_column(default=False)
    warnings: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[float]
    joined_position: Mapped[float] = mapped_column(default=0.0)
    last_heard_at: Mapped[float]
    removed_at: Mapped[float | None]
    ops: Mapped[str] = mapped_column(default="")
    room: Mapped["Room"] = relationship(back_populates="guests")

    def presence(self, now: float) -> str:
        """`here`, `asleep` or `gone` (ROOM 30)."""
        silent = now - self.last_heard_at
        return "here" if silent < HERE else "asleep" if silent < ASLEEP else "gone"

    def once(self, op_id: str) -> bool:
        """Whether this op is new; from now on it is known."""
        if op_id in self.ops.split():
            return False
        self.ops = with_op(self.ops, op_id)
        return True

    def set_delay(self, seconds: float, in_ad: bool | None = None) -> None:
        """A guest's own clock: `seconds` behind the room, −3 s to 30 min (ROOM 17)."""
        if not DELAY_FROM <= seconds <= DELAY_TO:
            raise Refused(
                "bad_field",
                "That is further from the others than we can follow: 30 minutes at most.",
                field="seconds",
            )
        self.delay = seconds
        if in_ad is not None:
            self.in_ad = in_ad


def admit(
    session: Session, room: "Room", name: str, now: float, lang: str, seat: int = 1
) -> tuple[Guest, str]:
    """A new guest and the one time its token is told."""
    token = new_token()
    guest = Guest(
        guest_id=new_id(),
        room_id=room.room_id,
        token_hash=hashed(token),
        name=name,
        lang=lang,
        seat=seat,
        watching=False,
        delay=0.0,
        in_ad=False,
        warnings=False,
        joined_at=now,
        joined_position=room.position_now(now),
        last_heard_at=now,
        removed_at=None,
        ops="",
    )
    session.add(guest)
    return guest, token


def guest_of(session: Session, token: str) -> Guest | None:
    """The guest who holds this token, unless removed."""
    guest = session.scalar(select(Guest).where(Guest.token_hash == hashed(token)))
    return guest if guest and guest.removed_at is None else None


def in_room(session: Session, room_id: str) -> list[Guest]:
    kept = select(Guest).where(Guest.room_id == room_id, Guest.removed_at.is_(None))
    return list(session.scalars(kept.order_by(Guest.joined_at, Guest.guest_id)))


def told_apart(guests: list[Guest]) -> list[str]:
    """Their names, in this order; who is called like somebody before them gets a number: "Ana", "Ana 2"."""
    called: Counter[str] = Counter()
    names = []
    for guest in guests:
        called[guest.name] += 1
        names.append(guest.name if called[guest.name] == 1 else f"{guest.name} {called[guest.name]}")
    return names


def count(session: Session, room_id: str) -> int:
    kept = select(func.count()).where(Guest.room_id == room_id, Guest.removed_at.is_(None))
    return session.scalar(kept) or 0


def largest_delay(session: Session, room_id: str, now: float) -> float:
    """How far behind the furthest connected guest is; never negative (ROOM 20)."""
    kept = select(func.max(Guest.delay)).where(
        Guest.room_id == room_id, Guest.removed_at.is_(None), Guest.last_heard_at > now - HERE
    )
    return max(0.0, session.scalar(kept) or 0.0)


def people(guests: list[Guest], now: float) -> dict[str, int]:
    """Counts for everybody: how many are here, asleep, gone, in step, behind."""
    presences = [guest.presence(now) for guest in guests]
    here = [guest for guest, presence in zip(guests, presences, strict=True) if presence == "here"]
    behind = sum(1 for guest in here if abs(guest.delay) > IN_STEP)
    return {
        **{word: presences.count(word) for word in ("here", "asleep", "gone")},
        "in_step": len(here) - behind,
        "behind": behind,
    }
