"""The next thing that the clock does to one cue, and the instant at which it is due."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from companion.rules.facts import CueRecord, Facts
from companion.rules.polls import wait_for_result
from companion.rules.windows import Window

LEAD_SECONDS = 5.0
AFTER_A_RESTART = 12.0

What = Literal["released", "retimed", "closed", "results", ""]
Taken = tuple[CueRecord, What]


@dataclass(frozen=True, slots=True)
class Step:
    """Due at a server instant (-inf: already); `take` gives the record afterwards and what the room hears."""

    cue_id: str
    due: float
    take: Callable[[float], Taken]


def next_step(facts: Facts, cue_id: str, window: Window | None) -> Step | None:
    record = facts.record(cue_id)
    if window and record.start is not None and (told := _retime(record, window)):
        return told
    if record.opened_at is not None and not record.counted:
        return _result(facts, record) if record.closed_at is not None else _close(facts, record)
    if record.skipped or record.taken_away or record.shown_at is not None:
        return None
    if window is None:
        return _stack(facts, record)
    return None if record.start is not None else _film(facts, record, window)


def _film(facts: Facts, record: CueRecord, window: Window) -> Step | None:
    """Released 5 s early, told again when it moves, fixed when its start is reached."""
    cue = facts.sheet.cue(record.cue_id)
    assert cue is not None
    starts = _no_sooner(facts, facts.reach(window.start))
    if record.released_at is not None:
        return _retime(record, window) or Step(cue.id, starts, _starting(facts, record, window, cue.asks))
    if cue.asks and window.jumped:
        return Step(cue.id, starts, lambda now: (_fixed(record, window, jumped=True), ""))
    if record.held or facts.hold_all or (cue.asks and not window.pushed):
        return None
    lead = LEAD_SECONDS * facts.playback.rate
    due = _no_sooner(facts, facts.reach(window.start - lead))
    return Step(cue.id, due, _releasing(facts, record, window, cue.asks))


def _releasing(facts: Facts, record: CueRecord, window: Window, asks: bool) -> Callable[[float], Taken]:
    def release(now: float) -> Taken:
        over = facts.playback.position_at(now, facts.limit) >= window.end
        if over and asks:
            return _fixed(record, window, jumped=True), ""
        return replace(_told(record, window), released_at=now), "released"

    return release


def _starting(facts: Facts, record: CueRecord, window: Window, asks: bool) -> Callable[[float], Taken]:
    """A start phones saw by themselves counts, however late the server is; any other is landed on."""

    def start(now: float) -> Taken:
        moment = facts.reach(window.start)
        promised = record.released_at is not None and record.released_at <= moment
        over = facts.playback.position_at(now, facts.limit) >= window.end
        jumped = window.jumped or (over and not promised) or (asks and not window.pushed)
        started = _fixed(record, window, jumped)
        if asks and not jumped:
            started = replace(started, opened_at=moment if promised else now)
        return started, "retimed" if jumped and record.told_pushed else ""

    return start


def _retime(record: CueRecord, window: Window) -> Step | None:
    if record.released_at is None:
        return None
    told = (record.told_start, record.told_end, record.told_until, record.told_pushed)
    if told == (window.start, window.end, window.until, window.pushed):
        return None
    return Step(record.cue_id, -inf, lambda now: (_told(record, window), "retimed"))


def _stack(facts: Facts, record: CueRecord) -> Step | None:
    """The cards of the lobby are there from the beginning, its polls open."""
    cue = facts.sheet.cue(record.cue_id)
    if cue is None or facts.part != "before" or facts.sheet.part_of(cue) != "before":
        return None
    if record.released_at is not None or record.held or facts.hold_all:
        return None

    def release(now: float) -> Taken:
        opened_at = now if cue.asks else None
        return replace(record, released_at=now, opened_at=opened_at, told_pushed=True), "released"

    return Step(record.cue_id, -inf, release)


def _close(facts: Facts, record: CueRecord) -> Step:
    opened_at = record.opened_at or 0.0
    due = _closes(facts, record)
    if opened_at < facts.running_since:
        due = max(due, facts.running_since + AFTER_A_RESTART)

    def close(now: float) -> Taken:
        return closed(facts, record, now if due == -inf else max(opened_at, due)), "closed"

    return Step(record.cue_id, due, close)


def _closes(facts: Facts, record: CueRecord) -> float:
    """At the poll's end in the film, at its time by the wall clock, or with its part of the evening."""
    if facts.part == "ended":
        return -inf
    if record.shown_at is not None:
        return inf if record.closes_at is None else record.closes_at
    cue = facts.cue(record.cue_id)
    if cue is not None and facts.sheet.part_of(cue) != facts.part:
        return -inf
    return inf if record.end is None else _no_sooner(facts, facts.reach(record.end))


def _result(facts: Facts, record: CueRecord) -> Step:
    cue = facts.cue(record.cue_id)
    shows = not record.taken_away and not (cue and cue.results == "host")
    made = replace(record, counted=True, revealed=record.revealed or shows)
    return Step(
        record.cue_id, inf if record.result_at is None else record.result_at, lambda now: (made, "results")
    )


def closed(facts: Facts, record: CueRecord, at: float) -> CueRecord:
    """A poll that closed at `at`; votes still on their way count until the result is made (ROOM.md 20)."""
    return replace(record, closed_at=at, result_at=at + wait_for_result(facts.largest_delay, facts.apart))


def _no_sooner(facts: Facts, instant: float) -> float:
    if facts.not_there_yet:
        return inf
    return instant if facts.wait_until is None else max(instant, facts.wait_until)


def _told(record: CueRecord, window: Window) -> CueRecord:
    return replace(
        record,
        told_start=window.start,
        told_end=window.end,
        told_until=window.until,
        told_pushed=window.pushed,
    )


def _fixed(record: CueRecord, window: Window, jumped: bool) -> CueRecord:
    told = _told(record, replace(window, pushed=window.pushed and not jumped))
    return replace(told, start=window.start, end=window.end, jumped=jumped)
