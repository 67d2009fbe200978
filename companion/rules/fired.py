"""Cards that a host shows by hand: at once, for everyone, until the next one (ROOM.md 18, 19)."""

from dataclasses import replace

from companion.rules.facts import CueRecord, Facts
from companion.rules.steps import closed

Records = dict[str, CueRecord]


def fire(facts: Facts, cue_id: str, now: float, closes_at: float | None = None) -> Records:
    """`show_now`, `ask` and `next`. A question opens if it never was open; the fired one before it closes.

    `start` keeps where in the film it was shown; there is no end.
    """
    cue = facts.cue(cue_id)
    record = facts.record(cue_id)
    here = facts.playback.position_at(now, facts.limit) if facts.part == "film" else None
    shown = replace(
        record,
        shown_at=now,
        released_at=now if record.released_at is None else record.released_at,
        start=here,
        end=None,
        told_pushed=True,
        closes_at=closes_at,
        jumped=False,
        held=False,
        skipped=False,
        taken_away=False,
    )
    if cue is not None and cue.asks and record.opened_at is None:
        shown = replace(shown, opened_at=now)
    before = [
        r for r in facts.records.values() if r.shown_at is not None and r.is_open and r.cue_id != cue_id
    ]
    return {other.cue_id: closed(facts, other, now) for other in before} | {cue_id: shown}


def take_away(facts: Facts, cue_id: str, now: float) -> Records:
    """Off every phone. Voting is over; what was said is kept, and not shown."""
    record = replace(facts.record(cue_id), taken_away=True)
    return {cue_id: closed(facts, record, now) if record.is_open else record}


def close(facts: Facts, cue_id: str, now: float) -> Records:
    """The host ends voting early; nothing when it is over or never began."""
    record = facts.record(cue_id)
    return {cue_id: closed(facts, record, now)} if record.is_open else {}


def open_again(record: CueRecord) -> CueRecord:
    """A close is taken back: whatever else closes this question still does."""
    return replace(record, closed_at=None, result_at=None)


def next_after_film(facts: Facts) -> str | None:
    """What `next` shows after the film: the first card of that part, as written, that was not shown yet."""
    for cue in facts.sheet.cues_of("after"):
        record = facts.record(cue.id)
        if record.shown_at is None and not (record.skipped or record.taken_away or record.held):
            return cue.id
    return None
