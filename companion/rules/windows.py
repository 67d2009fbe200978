"""When each cue of the film is to be seen: after its gate, in order, around quiet (ROOM.md 8, 12-14, 16)."""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf

from companion.rules.cue_sheet import Cue
from companion.rules.facts import Facts
from companion.rules.quiet import quiet_around, quiet_stretches

GAP_AFTER_PUSH = 30.0


@dataclass(frozen=True, slots=True)
class Window:
    """[start, end) in film positions, shown until `until` (a quiet scene fades it).

    Not `pushed`: it lies in so far without a word. `jumped`: it counts as jumped over, `quiet`: because of a
    quiet scene. `moved`: its start is not its own place.
    """

    start: float
    end: float
    until: float
    pushed: bool
    quiet: bool = False
    jumped: bool = False
    moved: bool = False


def windows(facts: Facts) -> dict[str, Window]:
    """Every cue of the film that is the clock's business; not what was skipped or fired by hand."""
    return _Plan(facts, {}).windows


class _Plan:
    """Cards on their own place stand first, moved ones find their moment among them."""

    def __init__(self, facts: Facts, before: "dict[float, _Plan]") -> None:
        self.facts = facts
        self.before = before
        self.alignment = facts.alignment
        self.quiet = quiet_stretches(facts.alignment)
        self.pushed: list[tuple[float, float]] = []
        self.previous_end = 0.0

    @cached_property
    def windows(self) -> dict[str, Window]:
        return dict(self._windows())

    def _windows(self) -> Iterator[tuple[str, Window]]:
        found = [(cue, self._on_its_own(cue)) for cue in self.facts.sheet.cues_of("film") if self._runs(cue)]
        stand = [w for cue, w in found if w.pushed and not w.moved and cue.kind != "warning"]
        self.pushed = sorted((window.start, window.end) for window in stand)
        for cue, window in found:
            if window.moved and window.pushed:
                window = self._moved(cue, window)
            if window.pushed and cue.kind != "warning":
                self.previous_end = max(self.previous_end, window.end)
                until = self._fades(window)
                window = window if until == window.end else replace(window, until=until)
            yield cue.id, window

    def _runs(self, cue: Cue) -> bool:
        record = self.facts.records.get(cue.id)
        return record is None or not (record.skipped or record.taken_away or record.shown_at is not None)

    def _on_its_own(self, cue: Cue) -> Window:
        record = self.facts.records.get(cue.id)
        if record and record.start is not None and record.end is not None:
            pushed = bool(record.told_pushed) and not record.jumped
            return Window(record.start, record.end, record.end, pushed, jumped=record.jumped)
        place = self.alignment.cue_place(cue)
        if cue.kind == "warning":
            early = place - cue.lead - self.alignment.uncertainty(cue.scene)
            return Window(max(0.0, early), place + cue.duration, place + cue.duration, pushed=True)
        start = max(place, self.alignment.gate(cue))
        pushes = self.facts.pushes(cue)
        passed = self._passed_at(cue, start)
        if passed < inf and not pushes:
            return _quietly(cue, passed)
        quiet = quiet_around(self.quiet, start) is not None
        moved = start > place or passed < inf or quiet
        end = start + cue.duration
        return Window(start, end, end, pushes, quiet=quiet, moved=moved)

    def _moved(self, cue: Cue, window: Window) -> Window:
        """Not before the pushed card before it has ended; after a later mark, or in quiet, it makes way."""
        start = min(max(window.start, self.previous_end), self.alignment.end)
        passed = self._passed_at(cue, start)
        quiet = quiet_around(self.quiet, start) is not None
        if passed < inf or quiet:
            over = passed if passed < inf else start
            carried = self._free_moment(max(over, self.previous_end)) if cue.anywhere else None
            if carried is None:
                return _quietly(cue, over, quiet=quiet)
            start = carried
        end = start + cue.duration
        insort(self.pushed, (start, end))
        return Window(start, end, end, pushed=True, moved=True)

    def _passed_at(self, cue: Cue, start: float) -> float:
        """Where a later scene was marked while this card still waited; inf when its turn came before.

        How things stood just before that mark tells, when the mark had moved nothing yet.
        """
        marked = self.alignment.finished_at(cue.scene)
        if marked <= start or marked == inf:
            return marked
        if marked not in self.before:
            facts = replace(self.facts, alignment=self.alignment.before(marked))
            self.before[marked] = _Plan(facts, self.before)
        then = self.before[marked]
        if max(then.alignment.cue_place(cue), then.alignment.gate(cue)) >= marked:
            return marked
        return marked if then.windows[cue.id].start >= marked else inf

    def _free_moment(self, start: float) -> float | None:
        """The first that is not quiet and 30 s after the end of the last pushed card; None past the end."""
        moment, before = start, -1.0
        while moment != before:
            before = moment
            for begins, ends in self.pushed:
                if begins <= moment:
                    moment = max(moment, ends + GAP_AFTER_PUSH)
            if stretch := quiet_around(self.quiet, moment):
                moment = stretch[1]
        return moment if moment <= self.alignment.end else None

    def _fades(self, window: Window) -> float:
        starts = [max(a, window.start) for a, b in self.quiet if a < window.end and b > window.start]
        return min([window.end, *starts])


def _quietly(cue: Cue, start: float, quiet: bool = False) -> Window:
    end = start + cue.duration
    return Window(start, end, end, pushed=False, quiet=quiet, jumped=True)
