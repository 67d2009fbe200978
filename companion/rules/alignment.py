"""Where the scenes lie on this copy of the film: marks, known speeds, and how sure we are (ROOM.md 5-8)."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from math import inf
from typing import Literal

from companion.rules.cue_sheet import Cue, CueSheet, Scene
from companion.rules.lines import on_the_line
from companion.rules.recognise import KNOWN_RATES as KNOWN_RATES
from companion.rules.recognise import recognise_runtime as recognise_runtime

Answer = Literal["now", "already", "skip"]
Point = tuple[float, float]
REACTION_SECONDS = 0.25
MARKED_WITHIN = 2.0
AFTER_THE_END = 600.0


@dataclass(frozen=True, slots=True)
class Mark:
    """What a host said about a scene: `now` moves things, `already` opens gates, `skip` is an answer."""

    scene_id: str
    position: float
    answer: Answer = "now"

    @classmethod
    def tapped(cls, scene_id: str, position: float, answer: Answer = "now") -> "Mark":
        """A tap while the player showed `position`: a finger comes 0.25 s after the eye."""
        return cls(scene_id, max(0.0, position - (REACTION_SECONDS if answer == "now" else 0.0)), answer)


@dataclass(frozen=True)
class Alignment:
    """`rate`: how many times as fast as the sheet this copy runs; `runtime`: what the host typed."""

    sheet: CueSheet
    marks: tuple[Mark, ...] = ()
    rate: float = 1.0
    runtime: float | None = None

    @property
    def room_runtime(self) -> float:
        return self.sheet.edition.runtime / self.rate if self.runtime is None else self.runtime

    @property
    def limit(self) -> float:
        return self.room_runtime + AFTER_THE_END

    @cached_property
    def end(self) -> float:
        """No card of the film starts after this: the runtime, or what marks and measured scenes prove."""
        proven = [position for _, position in self._tapped]
        if any(scene.timing == "measured" for scene in self.sheet.film_scenes):
            proven.append(self._measured(self.sheet.edition.runtime))
        return min(self.limit, max([self.room_runtime, *proven]))

    def scene_position(self, scene_id: str) -> float:
        return self._positions[self.sheet.scene_order[scene_id]]

    def cue_place(self, cue: Cue) -> float:
        """Where a cue of the film lies before gates and order are asked."""
        scene = self.sheet.scene(cue.scene)
        here = self.scene_position(scene.id)
        return min(self.end, max(here, self._place(scene, scene.start + cue.offset)))

    def uncertainty(self, scene_id: str) -> float:
        """How far the truth may lie from scene_position; what every rule means by `within`."""
        return self._doubts[self.sheet.scene_order[scene_id]]

    def gate(self, cue: Cue) -> float:
        """The position before which a cue must not appear; -inf when it has no gate."""
        order = self.sheet.scene_order
        waits_for = cue.safe_after if cue.safe_after in order else cue.scene
        scene = self.sheet.scene(waits_for)
        if cue.kind == "warning" or order[waits_for] == 0:
            return -inf
        if "measured" in (scene.timing, self.sheet.scene(cue.scene).timing):
            return -inf
        place = order[waits_for]
        return min(self.end, self._opened_at[place], self._positions[place] + self._doubts[place])

    def finished_at(self, scene_id: str) -> float:
        """The position at which a later scene was marked; inf while none was."""
        return self._finished_at[self.sheet.scene_order[scene_id]]

    def shift_at(self, position: float) -> float:
        """How many seconds later than in the sheet this copy shows what it shows here."""
        last = bisect_right(self._positions, position) - 1
        return self._positions[last] - self.sheet.film_scenes[last].start if last >= 0 else 0.0

    def with_mark(self, mark: Mark) -> "Alignment":
        """A newer answer replaces the one about the same scene, and every one it contradicts."""
        mark = replace(mark, position=min(max(0.0, mark.position), self.limit))
        kept = [
            old for old in self.marks if old.scene_id != mark.scene_id and not self._contradict(old, mark)
        ]
        return replace(self, marks=(*kept, mark))

    def with_older(self, mark: Mark) -> "Alignment":
        """Takes up an answer again, unless a newer one speaks of the same scene or against it."""
        newer = any(mark.scene_id == old.scene_id or self._contradict(old, mark) for old in self.marks)
        return self if newer else self.with_mark(mark)

    def without(self, mark: Mark) -> "Alignment":
        return replace(self, marks=tuple(old for old in self.marks if old != mark))

    def before(self, position: float) -> "Alignment":
        """As things stood before anything was said at `position` or later."""
        return replace(self, marks=tuple(mark for mark in self.marks if mark.position < position))

    def answered(self, scene_id: str) -> bool:
        return any(mark.scene_id == scene_id for mark in self.marks)

    def _contradict(self, one: Mark, other: Mark) -> bool:
        """`now` says where a scene begins, `already` that it began no later: not both are true."""
        first, second = sorted((one, other), key=lambda mark: self.sheet.scene_order.get(mark.scene_id, -1))
        if first.answer != "now" or second.answer == "skip":
            return False
        return first.position > second.position

    def _answers(self, *answers: Answer) -> dict[str, float]:
        return {mark.scene_id: mark.position for mark in self.marks if mark.answer in answers}

    @cached_property
    def _tapped(self) -> list[Point]:
        """(sheet time, position) of every mark, in sheet order."""
        marked = self._answers("now")
        return [(scene.start, marked[scene.id]) for scene in self.sheet.film_scenes if scene.id in marked]

    @cached_property
    def _guessed_line(self) -> list[Point]:
        points = dict([(0.0, 0.0), *self._tapped])
        last, position = max(points.items())
        if position < self.room_runtime and last < self.sheet.edition.runtime:
            points[self.sheet.edition.runtime] = self.room_runtime
        return sorted(points.items())

    def _measured(self, sheet_time: float) -> float:
        if not self._tapped:
            return sheet_time / self.rate
        before = [point for point in self._tapped if point[0] <= sheet_time]
        start, position = before[-1] if before else self._tapped[0]
        if position >= self.room_runtime and sheet_time >= start:
            return position
        return max(0.0, position + (sheet_time - start) / self.rate)

    def _place(self, scene: Scene, sheet_time: float) -> float:
        if scene.timing == "measured":
            return self._measured(sheet_time)
        return on_the_line(self._guessed_line, sheet_time)

    @cached_property
    def _positions(self) -> list[float]:
        """Positions of the scenes in sheet order: never decreasing, past no later mark, not past the end."""
        marked = self._earliest_from(self._answers("now"), 0)
        highest, positions = 0.0, []
        for scene, latest in zip(self.sheet.film_scenes, marked, strict=True):
            highest = max(highest, min(self.end, latest, self._place(scene, scene.start)))
            positions.append(highest)
        return positions

    @cached_property
    def _doubts(self) -> list[float]:
        """How far each scene of the film may lie from its position."""
        marked = self._answers("now")
        certain = [0.0, *(start for start, _ in self._tapped)]
        doubts = []
        for scene in self.sheet.film_scenes:
            doubt = scene.spread
            if scene.timing != "measured":
                nearest = min(abs(scene.start - start) for start in certain)
                doubt = min(doubt, MARKED_WITHIN + nearest / 2)
            doubts.append(MARKED_WITHIN if scene.id in marked else doubt)
        return doubts

    @cached_property
    def _opened_at(self) -> list[float]:
        """Per scene, the earliest position at which it or a later one was said to have happened."""
        return self._earliest_from(self._answers("now", "already"), 0)

    @cached_property
    def _finished_at(self) -> list[float]:
        return self._earliest_from(self._answers("now"), 1)

    def _earliest_from(self, said: dict[str, float], ahead: int) -> list[float]:
        earliest, found = inf, []
        for scene in reversed(self.sheet.film_scenes):
            found.append(earliest if ahead else min(earliest, said.get(scene.id, inf)))
            earliest = min(earliest, said.get(scene.id, inf))
        return found[::-1]


def checkpoint_due(alignment: Alignment, position: float) -> Scene | None:
    """The one question for the host now: from its scene - `within` until the next one's position."""
    asked = [scene for scene in alignment.sheet.film_scenes if scene.checkpoint]
    for scene, following in zip_longest(asked, asked[1:]):
        over = alignment.scene_position(following.id) if following else inf
        opens = alignment.scene_position(scene.id) - alignment.uncertainty(scene.id)
        passed = alignment.finished_at(scene.id) <= position
        if opens <= position < over and not passed and not alignment.answered(scene.id):
            return scene
    return None
