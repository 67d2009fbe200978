"""Host commands as acts: what was done, by whom, what it answered, and how to take it back (ROOM 27)."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from companion.models.base import Base

UNDOABLE_ACTS = 20
Inverse = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Done:
    """What a verb did: how to take it back (None: it cannot be), and what the acknowledgement adds.

    `secret` is told in the first acknowledgement and kept nowhere.
    """

    inverse: Inverse | None = None
    ack: dict[str, Any] = field(default_factory=dict)
    secret: dict[str, str] = field(default_factory=dict)


class Act(Base):
    """`inverse` is [verb, arguments], or None where nothing can be taken back; `ack` is told again."""

    __tablename__ = "acts"
    __table_args__ = (
        UniqueConstraint("room_id", "op_id"),
        Index("ix_acts_room_act", "room_id", "act"),
    )

    act: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"))
    op_id: Mapped[str]
    verb: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    inverse: Mapped[list[Any] | None]
    ack: Mapped[dict[str, Any]]
    by: Mapped[str]
    at: Mapped[float]
    position: Mapped[float]
    undone: Mapped[bool] = mapped_column(default=False)

    @property
    def can_undo(self) -> bool:
        return self.inverse is not None and not self.undone


def act_of(session: Session, room_id: str, op_id: str) -> Act | None:
    return session.scalar(select(Act).where(Act.room_id == room_id, Act.op_id == op_id))


def times_done(session: Session, room_id: str, verb: str, cue_id: str) -> int:
    """How often this was done to this cue."""
    done = select(Act.arguments).where(Act.room_id == room_id, Act.verb == verb)
    return sum(arguments.get("cue_id") == cue_id for arguments in session.scalars(done))


def last_acts(session: Session, room_id: str, presses: int = UNDOABLE_ACTS) -> list[Act]:
    """The last twenty presses with what has taken any of them back, newest first."""
    here = Act.room_id == room_id
    pressed = (
        select(Act.act).where(here, Act.verb != "undo").order_by(Act.act.desc()).limit(presses).subquery()
    )
    oldest = select(func.coalesce(func.min(pressed.c.act), 0)).scalar_subquery()
    kept = select(Act).where(here, Act.act >= oldest).order_by(Act.act.desc()).limit(3 * presses)
    return list(session.scalars(kept))
