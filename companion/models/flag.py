"""A guest's "something's wrong here" on a card: for the host after the film, and for the author."""

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from companion.models.base import Base
from companion.models.guest import Guest


class Flag(Base):
    """Outlives its room (guest and room are then forgotten), because the author reads it later."""

    __tablename__ = "flags"
    __table_args__ = (Index("ix_flags_sheet_cue", "sheet_id", "cue_id"),)

    flag_id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.sheet_id", ondelete="CASCADE"))
    revision: Mapped[int]
    cue_id: Mapped[str]
    room_id: Mapped[str | None] = mapped_column(ForeignKey("rooms.room_id", ondelete="SET NULL"), index=True)
    guest_id: Mapped[str | None] = mapped_column(ForeignKey("guests.guest_id", ondelete="SET NULL"))
    reason: Mapped[str]
    at: Mapped[float]
    read_at: Mapped[float | None]


def raise_flag(session: Session, guest: Guest, cue_id: str, reason: str, now: float) -> Flag:
    """One per guest and card: saying it again replaces the reason."""
    kept = select(Flag).where(Flag.guest_id == guest.guest_id, Flag.cue_id == cue_id)
    flag = session.scalar(kept)
    if flag is None:
        pinned = guest.room.sheet_revision
        flag = Flag(
            sheet_id=pinned.sheet_id,
            revision=pinned.number,
            cue_id=cue_id,
            room_id=guest.room_id,
            guest_id=guest.guest_id,
        )
        session.add(flag)
    flag.reason, flag.at, flag.read_at = reason, now, None
    return flag


def flags_of(session: Session, room_id: str) -> list[Flag]:
    return list(session.scalars(select(Flag).where(Flag.room_id == room_id).order_by(Flag.at)))
