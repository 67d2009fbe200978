"""One row per cue and room once anything happened to it: the primary key is the law "once" (ROOM 9)."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from companion.models.base import Base
from companion.rules.facts import CueRecord

RECORDED = tuple(field.name for field in fields(CueRecord))


class RoomCue(Base):
    """The columns of a CueRecord, and beside them what only the room keeps.

    `revision`, `closed_revision` and `result_revision` are the room's when the card on the phones, its
    closing and its result last changed;
    `asked` is the cue document of a question the host made up; `hands` the raised hands a host counted.
    """

    __tablename__ = "room_cues"

    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"), primary_key=True)
    cue_id: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[float | None]
    end: Mapped[float | None]
    told_start: Mapped[float | None]
    told_end: Mapped[float | None]
    told_until: Mapped[float | None]
    told_pushed: Mapped[bool | None]
    released_at: Mapped[float | None]
    shown_at: Mapped[float | None]
    opened_at: Mapped[float | None]
    closed_at: Mapped[float | None]
    closes_at: Mapped[float | None]
    result_at: Mapped[float | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    counted: Mapped[bool] = mapped_column(default=False)
    revealed: Mapped[bool] = mapped_column(default=False)
    jumped: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)
    skipped: Mapped[bool] = mapped_column(default=False)
    taken_away: Mapped[bool] = mapped_column(default=False)

    revision: Mapped[int] = mapped_column(default=0)
    closed_revision: Mapped[int] = mapped_column(default=0)
    result_revision: Mapped[int] = mapped_column(default=0)
    sheet_revision: Mapped[int] = mapped_column(default=0)
    asked: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    hands: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    @property
    def record(self) -> CueRecord:
        return CueRecord(**{name: getattr(self, name) for name in RECORDED})

    @record.setter
    def record(self, record: CueRecord) -> None:
        for name, value in asdict(record).items():
            setattr(self, name, value)
