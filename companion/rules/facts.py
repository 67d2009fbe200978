"""The facts of a room from which everything else follows, and what has happened to each of its cues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, Literal

from companion.rules.alignment import Alignment
from companion.rules.cue_sheet import Cue, CueSheet
from companion.rules.playback import Playback

RoomPart = Literal["before", "film", "after", "ended"]
Pace = Literal["calm", "talkative", "silent"]
PUSHED_BY: dict[str, frozenset[str]] = {
    "calm": frozenset({"always"}),
    "talkative": frozenset({"always", "talkative"}),
    "silent": frozenset(),
}


@dataclass(frozen=True, slots=True)
class CueRecord:
    """What has happened to one cue in one room (ROOM.md 9); one row of the store.

    `start`, `end`: film positions, fixed once start was reached or the cue was jumped over. `told_*`: what
    phones last heard, so that a move is sent again; `told_until` is where the card fades, at its end or where
    a quiet scene begins. `released_at`, `shown_at` (a host fired it), `opened_at`, `closed_at`, `closes_at`
    (wall clock of `ask`), `result_at`: server instants. `counted`: voting is over and the result is made,
    once; `result` is for the model to write. `revealed`: the result may be seen.
    """

    cue_id: str
    start: float | None = None
    end: float | None = None
    told_start: float | None = None
    told_end: float | None = None
    told_until: float | None = None
    told_pushed: bool | None = None
    released_at: float | None = None
    shown_at: float | None = None
    opened_at: float | None = None
    closed_at: float | None = None
    closes_at: float | None = None
    result_at: float | None = None
    result: Any = None
    counted: bool = False
    revealed: bool = False
    jumped: bool = False
    held: bool = False
    skipped: bool = False
    taken_away: bool = False

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides what a room shows.

    `hold_all` keeps back what is not out yet; `not_there_yet`: the film is not where we think, so nothing is
    released, begins or closes by its position (ROOM.md 29). `asked`: questions the host made up, by id.
    `running_since`: the instant this server started (ROOM.md 25).
    """

    sheet: CueSheet
    alignment: Alignment
    playback: Playback
    part: RoomPart = "film"
    pace: Pace = "calm"
    apart: bool = False
    records: Mapping[str, CueRecord] = field(default_factory=dict)
    limit: float = inf
    hold_all: bool = False
    not_there_yet: bool = False
    wait_until: float | None = None
    silence_until: float | None = None
    largest_delay: float = 0.0
    running_since: float = -inf
    asked: Mapping[str, Cue] = field(default_factory=dict)

    def cue(self, cue_id: str) -> Cue | None:
        return self.asked.get(cue_id) or self.sheet.cue(cue_id)

    def record(self, cue_id: str) -> CueRecord:
        return self.records.get(cue_id) or CueRecord(cue_id)

    def pushes(self, cue: Cue) -> bool:
        return cue.kind == "warning" or cue.push in PUSHED_BY[self.pace]

    def reach(self, position: float) -> float:
        """When the film gets to `position`: -inf when it is there or past it, inf when it never will."""
        if position <= self.playback.position:
            return -inf
        moment = self.playback.moment_of(position, self.limit)
        return inf if moment is None else moment
