"""The evening's programme: what the clock alone changes, and when, as pure functions (ROOM.md 8-25).

Every cue has at most one next step, and every step an instant at which it is due. `advance` takes the steps
that are due, `next_due_at` names the next one: they cannot disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import inf

from companion.rules.cards import current as current
from companion.rules.cards import so_far as so_far
from companion.rules.facts import CueRecord as CueRecord
from companion.rules.facts import Facts as Facts
from companion.rules.fired import close as close
from companion.rules.fired import fire as fire
from companion.rules.fired import next_after_film as next_after_film
from companion.rules.fired import open_again as open_again
from companion.rules.fired import take_away as take_away
from companion.rules.quiet import is_quiet
from companion.rules.steps import Step, next_step
from companion.rules.windows import Window as Window
from companion.rules.windows import windows as windows

LONG_JUMP = 60.0
WAIT_AFTER_JUMP = 3.0


@dataclass(frozen=True, slots=True)
class Advance:
    """What the clock changed. `records` holds the changed ones only; the tuples are cue ids.

    `results`: whose votes are to be counted now. `wait_until`: as in the facts, None once it is over.
    """

    records: dict[str, CueRecord]
    released: tuple[str, ...] = ()
    retimed: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    wait_until: float | None = None
    next_due_at: float | None = None


def advance(facts: Facts, now: float) -> Advance:
    """Everything that was due by `now` is done, late or not; a second time changes nothing."""
    wait_until = facts.wait_until if facts.wait_until is not None and facts.wait_until > now else None
    facts = replace(facts, wait_until=wait_until)
    changed: dict[str, CueRecord] = {}
    said: dict[str, dict[str, None]] = {what: {} for what in ("released", "retimed", "closed", "results", "")}
    steps = list(_steps(facts))
    while due := [step for step in steps if step.due <= now]:
        for step in due:
            changed[step.cue_id], what = step.take(now)
            said[what][step.cue_id] = None
        facts = replace(facts, records={**facts.records, **changed})
        steps = list(_steps(facts))
    moved = tuple(cue_id for cue_id in said["retimed"] if cue_id not in said["released"])
    return Advance(
        changed,
        tuple(said["released"]),
        moved,
        tuple(said["closed"]),
        tuple(said["results"]),
        wait_until,
        _earliest(steps, wait_until),
    )


def next_due_at(facts: Facts, now: float) -> float | None:
    """When the clock alone changes anything again; `now` when something waits already, None when never."""
    due = _earliest(_steps(facts), facts.wait_until)
    return now if due == -inf else due


def jumped(facts: Facts, from_position: float, to_position: float) -> dict[str, CueRecord]:
    """After a seek, a nudge, a mark or its undoing: cues that were only jumped over and lie ahead again.

    Their records forget the jump, so a mistaken seek or tap costs no poll. What lies behind is `advance`'s
    business.
    """
    if to_position > from_position:
        return {}
    over = {record.cue_id: record for record in facts.records.values() if record.jumped}
    again = {cue_id: replace(record, start=None, end=None, jumped=False) for cue_id, record in over.items()}
    ahead = windows(replace(facts, records={**facts.records, **again}))
    return {
        cue_id: record
        for cue_id, record in again.items()
        if cue_id in ahead and ahead[cue_id].start > to_position
    }


def wait_after(from_position: float, to_position: float, now: float) -> float | None:
    """A jump of more than a minute waits 3 s before anything is released or closed: the host may slip."""
    return now + WAIT_AFTER_JUMP if abs(to_position - from_position) > LONG_JUMP else None


def quiet_at(facts: Facts, position: float) -> bool:
    """No pulse, no result, no dot and no buzz here (ROOM.md 14)."""
    return facts.part == "film" and is_quiet(facts.alignment, position)


def _earliest(steps: Iterable[Step], wait_until: float | None) -> float | None:
    due = min((step.due for step in steps), default=inf)
    if wait_until is not None:
        due = min(due, wait_until)
    return None if due == inf else due


def _steps(facts: Facts) -> Iterator[Step]:
    ahead = windows(facts) if facts.part == "film" else {}
    cues = dict.fromkeys([cue.id for cue in facts.sheet.cues] + list(facts.records))
    for cue_id in cues:
        if step := next_step(facts, cue_id, ahead.get(cue_id)):
            yield step
