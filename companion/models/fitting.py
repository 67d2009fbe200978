"""How sheet time maps onto this room's copy of the film: marks, speed and length (ROOM 6–8)."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from companion.models.act import Done
from companion.models.base import Base
from companion.models.room_row import RoomRow
from companion.rules import alignment as rules
from companion.rules.alignment import Alignment
from companion.rules.recognise import explain_runtime
from companion.rules.refused import Refused

RUNTIME_FROM, RUNTIME_TO = 60.0, 43_200.0


class Mark(Base):
    """A host saw this scene happen (`now`), said it had (`already`) or does not want to be asked (`skip`)."""

    __tablename__ = "marks"

    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.room_id", ondelete="CASCADE"), primary_key=True)
    scene_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[float]
    answer: Mapped[rules.Answer] = mapped_column(String(8), default="now")
    at: Mapped[float]

    @property
    def rule(self) -> rules.Mark:
        return rules.Mark(scene_id=self.scene_id, position=self.position, answer=self.answer)


class Fitting(RoomRow):
    __abstract__ = True

    @property
    def alignment(self) -> Alignment:
        marks = tuple(mark.rule for mark in sorted(self.marks, key=lambda mark: mark.position))
        return Alignment(sheet=self.sheet, marks=marks, rate=self.stretch, runtime=self.typed_runtime)

    @property
    def runtime(self) -> float:
        """How long this copy runs: what the host typed, else the edition's length at this copy's speed."""
        return self.alignment.room_runtime

    @property
    def limit(self) -> float:
        return self.alignment.limit

    def position_now(self, now: float) -> float:
        return self.playback.position_at(now, self.limit)

    def place_of(self, scene_id: str) -> float:
        """The position at which this scene begins, as far as the room knows."""
        self._film_scene(scene_id)
        return self.alignment.scene_position(scene_id)

    def fit_mark(self, scene_id: str, answer: rules.Answer, position: float, now: float) -> Done:
        """A new mark; those it contradicts are gone. A tap is worth the host's reaction time less."""
        self._film_scene(scene_id)
        mark = rules.Mark.tapped(scene_id, position, answer)
        return self._keep_marks(self.alignment.with_mark(mark).marks, now)

    def fit_marks(self, added: list[dict[str, Any]], removed: list[dict[str, Any]], now: float) -> Done:
        """Takes back what one act did to the marks; what was said since then stays and wins."""
        fitted = self.alignment
        for mark in added:
            fitted = fitted.without(rules.Mark(**mark))
        for mark in removed:
            fitted = fitted.with_older(rules.Mark(**mark))
        return self._keep_marks(fitted.marks, now)

    def set_stretch(self, rate: float) -> Done:
        """A copy that runs `rate` times as fast as the film the notes were timed on; known ratios only."""
        known = min(rules.KNOWN_RATES, key=lambda known: abs(known - rate))
        if abs(rate - known) > 2e-4:
            raise Refused(
                "bad_field",
                "Films run at their own speed, 4 % fast or slow, or a tenth of a percent off.",
                field="rate",
            )
        return self.fit_copy(known, self.typed_runtime)

    def set_runtime(self, seconds: float | None) -> Done:
        """The length on the host's player. What it tells of, a speed or a release, is set and told."""
        if seconds is None:
            return self.fit_copy(1.0, None)
        if not RUNTIME_FROM <= seconds <= RUNTIME_TO:
            raise Refused("bad_field", "A film is between one minute and twelve hours long.", field="seconds")
        found = explain_runtime(self.sheet_revision.cue_sheet(), seconds)
        edition = "" if found.rate else found.edition or self.edition
        done = self.fit_copy(found.rate or 1.0, seconds, edition)
        return Done(done.inverse, {"recognised": asdict(found)})

    def fit_copy(self, stretch: float, runtime: float | None, edition: str | None = None) -> Done:
        """`edition`: id of the release whose times the notes follow, "" for their own, None to keep it."""
        was = (self.stretch, self.typed_runtime, self.edition)
        self.stretch, self.typed_runtime = stretch, runtime
        self.edition = self.edition if edition is None else edition
        self.changed("alignment", "room")
        inverse = ("fit_copy", dict(zip(("stretch", "runtime", "edition"), was, strict=True)))
        return Done(None if was == (stretch, runtime, self.edition) else inverse)

    def _film_scene(self, scene_id: str) -> None:
        if scene_id not in self.sheet.scene_order:
            raise Refused("bad_field", "These notes know no such moment.", field="scene_id")

    def _keep_marks(self, marks: tuple[rules.Mark, ...], now: float) -> Done:
        before = self.alignment.marks
        added = [asdict(mark) for mark in marks if mark not in before]
        removed = [asdict(mark) for mark in before if mark not in marks]
        kept = {mark.scene_id: mark for mark in self.marks}
        wanted = {mark.scene_id: mark for mark in marks}
        for scene_id in kept.keys() - wanted.keys():
            self.marks.remove(kept[scene_id])
        for scene_id, mark in wanted.items():
            row = kept.get(scene_id)
            if row is None:
                row = Mark(scene_id=scene_id, at=now)
                self.marks.append(row)
            row.position, row.answer = mark.position, mark.answer
        self.changed("alignment")
        return Done(("fit_marks", {"added": added, "removed": removed}))
