"""What is due, held, current and so far: the evening's programme as pure functions of the room's facts (ROOM.md 8-25)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, Literal

from companion.rules.alignment import Alignment
from companion.rules.cue_sheet import CueSheet
from companion.rules.playback import Playback

RoomPart = Literal["before", "film", "after", "ended"]
Pace = Literal["calm", "talkative", "silent"]


@dataclass(frozen=True, slots=True)
class CueRecord:
    """What has happened to one cue in one room (ROOM.md 9); one row of the store.

    `start`, `end`: film positions, fixed once start was reached (or the cue was jumped over). `told_*`: what phones were
    last told, so that a move is sent again; `told_until` is where the card fades (the end, or where a quiet scene begins).
    `released_at`, `shown_at` (a host fired it), `opened_at`, `closed_at`, `closes_at` (wall clock of `ask`), `result_at`:
    server instants. `counted`: voting is over and the result was made, once; the model then writes `result`.
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


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides what a room shows. `running_since`: the instant this server started (ROOM.md 25)."""

    sheet: CueSheet
    alignment: Alignment
    playback: Playback
    part: RoomPart = "film"
    pace: Pace = "calm"
    apart: bool = False
    records: Mapping[str, CueRecord] = field(default_factory=dict)
    limit: float = inf
    hold_all: bool = False
    wait_until: float | None = None
    silence_until: float | None = None
    largest_delay: float = 0.0
    running_since: float = -inf


@dataclass(frozen=True, slots=True)
class Window:
    """[start, end) in film positions; shown until `until` (a quiet scene fades it). `jumped`: goes to so far unannounced."""

    start: float
    end: float
    until: float
    pushed: bool
    quiet: bool = False
    jumped: bool = False


@dataclass(frozen=True, slots=True)
class Advance:
    """What the clock changed: `records` holds the changed ones only; the tuples are cue ids in sheet order."""

    records: dict[str, CueRecord]
    released: tuple[str, ...] = ()
    retimed: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    wait_until: float | None = None
    next_due_at: float | None = None


def windows(facts: Facts) -> dict[str, Window]: ...
def advance(facts: Facts, now: float) -> Advance: ...
def next_due_at(facts: Facts, now: float) -> float | None: ...
def jumped(facts: Facts, from_position: float, to_position: float, now: float) -> dict[str, CueRecord]: ...
def wait_after(from_position: float, to_position: float, now: float) -> float | None: ...   # a jump of more than a minute waits 3 s
def quiet_at(facts: Facts, position: float) -> bool: ...       # no pulse, no result, no push here
def fire(facts: Facts, cue_id: str, now: float, closes_at: float | None = None) -> dict[str, CueRecord]: ...  # show_now, ask, next
def take_away(facts: Facts, cue_id: str, now: float) -> dict[str, CueRecord]: ...
def close(facts: Facts, cue_id: str, now: float) -> dict[str, CueRecord]: ...              # close_poll
def next_after_film(facts: Facts) -> str | None: ...           # what `next` fires in the part `after`
def so_far(cards: list[dict[str, Any]], position: float) -> list[dict[str, Any]]: ...
def current(cards: list[dict[str, Any]], position: float, results: Any = ()) -> dict[str, Any] | None: ...
