"""The columns of a room, and the rows that belong to it: what every verb of a room builds on."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import (
    Composite,
    Mapped,
    Session,
    attribute_keyed_dict,
    composite,
    declared_attr,
    mapped_column,
    object_session,
    relationship,
)

from companion.models.base import Base
from companion.rules.cue_sheet import CueSheet
from companion.rules.playback import Playback

if TYPE_CHECKING:
    from companion.models.fitting import Mark
    from companion.models.guest import Guest
    from companion.models.hosting import RoomHost
    from companion.models.programme import RoomCue
    from companion.models.sheet import Revision


class RoomRow(Base):
    """Instants are server seconds since 1970, positions seconds into the film as this copy's player shows it.

    `revision` counts what a snapshot repairs for everyone; each `*_revision` is its value when that aspect
    last changed, so whoever knows revision n can be told everything newer (ROOM 24). `last_act_at` is when
    somebody last did something or, to ten minutes, when a socket was last open (ROOM 1).
    """

    __abstract__ = True

    room_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    recap_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.revision_id"), index=True)
    edition: Mapped[str] = mapped_column(default="")
    part: Mapped[str] = mapped_column(default="before")
    pace: Mapped[str] = mapped_column(default="calm")
    apart: Mapped[bool] = mapped_column(default=False)
    guests_may_pause: Mapped[bool] = mapped_column(default=True)
    scores: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)
    hold_all: Mapped[bool] = mapped_column(default=False)
    black: Mapped[bool] = mapped_column(default=False)
    code_until: Mapped[float | None]

    position: Mapped[float] = mapped_column(default=0.0)
    rate: Mapped[float] = mapped_column(default=1.0)
    since: Mapped[float]
    is_playing: Mapped[bool] = mapped_column(default=False)
    playback_by: Mapped[str] = mapped_column(default="")
    stretch: Mapped[float] = mapped_column(default=1.0)
    typed_runtime: Mapped[float | None]
    wait_until: Mapped[float | None]
    silence_until: Mapped[float | None]
    not_there_yet: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[int] = mapped_column(default=0)

    revision: Mapped[int] = mapped_column(default=1)
    playback_revision: Mapped[int] = mapped_column(default=1)
    part_revision: Mapped[int] = mapped_column(default=1)
    alignment_revision: Mapped[int] = mapped_column(default=1)
    room_revision: Mapped[int] = mapped_column(default=1)

    next_due_at: Mapped[float | None] = mapped_column(index=True)
    opens_at: Mapped[float | None]
    created_at: Mapped[float]
    started_at: Mapped[float | None]
    film_over_at: Mapped[float | None]
    ended_at: Mapped[float | None] = mapped_column(index=True)
    last_act_at: Mapped[float] = mapped_column(index=True)

    @declared_attr
    def playback(cls) -> Composite[Playback]:
        return composite(Playback, "position", "rate", "since", "is_playing")

    @declared_attr
    def sheet_revision(cls) -> Mapped["Revision"]:
        return relationship(lazy="joined")

    @declared_attr
    def marks(cls) -> Mapped[list["Mark"]]:
        return relationship(cascade="all, delete-orphan", passive_deletes=True, order_by="Mark.position")

    @declared_attr
    def rows(cls) -> Mapped[dict[str, "RoomCue"]]:
        return relationship(
            cascade="all, delete-orphan",
            passive_deletes=True,
            collection_class=attribute_keyed_dict("cue_id"),
        )

    @declared_attr
    def hosts(cls) -> Mapped[list["RoomHost"]]:
        return relationship(back_populates="room", cascade="all, delete-orphan", passive_deletes=True)

    @declared_attr
    def guests(cls) -> Mapped[list["Guest"]]:
        return relationship(
            back_populates="room", cascade="all, delete-orphan", passive_deletes=True, lazy="write_only"
        )

    @classmethod
    def is_taken(cls, session: Session, code: str) -> bool:
        """Whether some room has this number."""
        return session.scalar(select(cls.room_id).where(cls.code == code)) is not None

    @property
    def session(self) -> Session:
        session = object_session(self)
        assert session is not None, "a room acts inside a session only"
        return session

    @property
    def sheet(self) -> CueSheet:
        return self.sheet_revision.cue_sheet(self.edition)

    def changed(self, *aspects: str) -> int:
        """A new revision; `aspects` are playback, part, alignment, room."""
        self.revision += 1
        for aspect in aspects:
            setattr(self, f"{aspect}_revision", self.revision)
        return self.revision
