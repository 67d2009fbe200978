"""Where the scenes of a cue sheet lie on this copy of the film: marks, known speeds, and how sure we are (ROOM.md 5-8)."""

from dataclasses import dataclass, replace
from typing import Literal

from companion.rules.cue_sheet import Cue, CueSheet, Scene

Answer = Literal["now", "already", "skip"]
REACTION_SECONDS = 0.25
KNOWN_RATES = (1.0, 25 / 24, 25 / 23.976, 1.001, 1 / 1.001, 24 / 25, 23.976 / 25)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a host said about a scene at a position; only `now` is a mark that moves things."""

    scene_id: str
    position: float
    answer: Answer = "now"

    @classmethod
    def tapped(cls, scene_id: str, position: float, answer: Answer = "now") -> "Mark":
        """A mark from a tap at `position`: the host's reaction time (0.25 s) is taken off a `now`."""
        ...


@dataclass(frozen=True)
class Alignment:
    """`rate` is one of KNOWN_RATES; `runtime` is what the host typed, None when nothing was typed."""

    sheet: CueSheet
    marks: tuple[Mark, ...] = ()
    rate: float = 1.0
    runtime: float | None = None

    @property
    def room_runtime(self) -> float: ...
    @property
    def limit(self) -> float: ...          # room runtime + 600
    @property
    def end(self) -> float: ...            # no card of the film starts after this position
    def scene_position(self, scene_id: str) -> float: ...
    def cue_place(self, cue: Cue) -> float: ...
    def uncertainty(self, scene_id: str) -> float: ...
    def gate(self, cue: Cue) -> float: ...  # -inf: open
    def with_mark(self, mark: Mark) -> "Alignment": ...
    def without(self, mark: Mark) -> "Alignment": ...
    def shift_at(self, position: float) -> float: ...   # how far this copy differs here, s


def checkpoint_due(alignment: Alignment, position: float) -> Scene | None: ...
