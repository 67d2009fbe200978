"""Reactions: counted per guest in bins of five seconds of film."""

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from companion.models.base import Base, with_op
from companion.models.guest import Guest

BIN = 5.0


class Reaction(Base):
    __tablename__ = "reactions"
    __table_args__ = (Index("ix_reactions_room_bin", "room_id", "bin"),)

    guest_id: Mapped[str] = mapped_column(ForeignKey("guests.guest_id", ondelete="CASCADE"), primary_key=True)
    bin: Mapped[int] = mapped_column(primary_key=True)
    emoji: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"))
    count: Mapped[int]
    ops: Mapped[str] = mapped_column(default="")


def add(session: Session, guest: Guest, counts: dict[str, int], position: float, op_id: str) -> bool:
    """Counts one batch into the bin of its own film position. False when this batch was counted before."""
    bin_ = int(position // BIN)
    rows = {emoji: session.get(Reaction, (guest.guest_id, bin_, emoji)) for emoji in counts}
    if any(row and op_id in row.ops.split() for row in rows.values()):
        return False
    for emoji, n in counts.items():
        row = rows[emoji]
        if row is None:
            row = Reaction(
                guest_id=guest.guest_id, bin=bin_, emoji=emoji, room_id=guest.room_id, count=0, ops=""
            )
            session.add(row)
        row.count += n
        row.ops = with_op(row.ops, op_id)
    return True


def pulse(session: Session, room_id: str, bin_: int) -> dict[str, int]:
    """What the room felt in one bin."""
    kept = (
        select(Reaction.emoji, func.sum(Reaction.count))
        .where(Reaction.room_id == room_id, Reaction.bin == bin_)
        .group_by(Reaction.emoji)
    )
    return {emoji: int(n) for emoji, n in session.execute(kept)}
