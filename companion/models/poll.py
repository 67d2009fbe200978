"""Votes: one per guest and cue, and the votes of raised hands a host has counted."""

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from companion.models.base import Base, with_op
from companion.models.guest import Guest


class Vote(Base):
    """`option_id` None = withdrawn."""

    __tablename__ = "votes"
    __table_args__ = (Index("ix_votes_room_cue", "room_id", "cue_id"),)

    guest_id: Mapped[str] = mapped_column(ForeignKey("guests.guest_id", ondelete="CASCADE"), primary_key=True)
    cue_id: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"))
    option_id: Mapped[str | None]
    voted_at: Mapped[float]
    ops: Mapped[str] = mapped_column(default="")


def cast(
    session: Session, guest: Guest, cue_id: str, option_id: str | None, op_id: str, now: float
) -> str | None:
    """Keeps this guest's vote and answers with the one that is stored; a repeated op changes nothing."""
    vote = session.get(Vote, (guest.guest_id, cue_id))
    if vote is None:
        vote = Vote(guest_id=guest.guest_id, cue_id=cue_id, room_id=guest.room_id, ops="")
        session.add(vote)
    elif op_id in vote.ops.split():
        return vote.option_id
    vote.option_id, vote.voted_at, vote.ops = option_id, now, with_op(vote.ops, op_id)
    return option_id


def votes_of(session: Session, guest_id: str) -> dict[str, str]:
    kept = select(Vote.cue_id, Vote.option_id).where(Vote.guest_id == guest_id, Vote.option_id.is_not(None))
    return {cue_id: option_id for cue_id, option_id in session.execute(kept) if option_id}


def ballots(session: Session, room_id: str, cue_id: str) -> dict[str, str]:
    """{guest_id: option_id} of one cue."""
    kept = select(Vote.guest_id, Vote.option_id).where(
        Vote.room_id == room_id, Vote.cue_id == cue_id, Vote.option_id.is_not(None)
    )
    return {guest_id: option_id for guest_id, option_id in session.execute(kept) if option_id}
