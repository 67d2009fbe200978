"""Cards in a room: what the clock releases, what a host fires, holds, skips and takes away (ROOM 9–19)."""

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import ClassVar

from msgspec import convert

from companion.models.act import Done
from companion.models.fitting import Fitting
from companion.models.guest import largest_delay
from companion.models.programme import RoomCue
from companion.rules import programme
from companion.rules.cue_sheet import Cue
from companion.rules.facts import CueRecord, Facts
from companion.rules.refused import Refused

SHOWN_AT_LEAST = 20.0
CARD = {
    "told_start",
    "told_end",
    "told_until",
    "told_pushed",
    "released_at",
    "shown_at",
    "closes_at",
    "jumped",
    "taken_away",
}
CLOSED = {"closed_at"}
QUEUE = {"held", "skipped"}


class Showing(Fitting):
    __abstract__ = True

    running_since: ClassVar[float] = -inf
    """When this server started: a poll that was open at a crash is not closed at once (ROOM 25)."""

    @property
    def asked_cues(self) -> dict[str, Cue]:
        """What this room's hosts asked themselves, by cue id."""
        return {cue_id: convert(row.asked, Cue) for cue_id, row in self.rows.items() if row.asked}

    @property
    def older_cues(self) -> dict[str, Cue]:
        """Cues that started before newer notes were taken, as they were then (ROOM 28)."""
        number = self.sheet_revision.number
        older = {row.cue_id: row.sheet_revision for row in self.rows.values() if row.sheet_revision != number}
        if not older:
            return {}
        sheets = {n: self.sheet_revision.sheet.revision(n).cue_sheet(self.edition) for n in {*older.values()}}
        found = {cue_id: sheets[n].cue(cue_id) for cue_id, n in older.items()}
        return {cue_id: cue for cue_id, cue in found.items() if cue is not None}

    def row_of(self, cue_id: str) -> RoomCue | None:
        """One cue's row; a vote needs no other, so it fetches no other."""
        if "rows" in self.__dict__:
            return self.rows.get(cue_id)
        return self.session.get(RoomCue, (self.room_id, cue_id))

    def cue(self, cue_id: str) -> Cue:
        row = self.row_of(cue_id)
        if row is not None and (row.asked or row.sheet_revision != self.sheet_revision.number):
            found = self.asked_cues.get(cue_id) or self.older_cues.get(cue_id)
        else:
            found = self.sheet.cue(cue_id)
        if found is None:
            raise Refused("unknown_cue", "This room has no such card.")
        return found

    def record(self, cue_id: str) -> CueRecord:
        self.cue(cue_id)
        row = self.row_of(cue_id)
        return row.record if row else CueRecord(cue_id)

    def record_out(self, cue_id: str) -> CueRecord:
        """Of a card that guests may know; another one is for them as if there were none (ROOM 10)."""
        record = self.record(cue_id)
        if record.released_at is None:
            raise Refused("unknown_cue", "This room has no such card.")
        return record

    def facts(self, now: float) -> Facts:
        records = {cue_id: row.record for cue_id, row in self.rows.items()}
        asking = any(r.opened_at is not None and not r.counted for r in records.values())
        return Facts(
            sheet=self.sheet,
            alignment=self.alignment,
            playback=self.playback,
            part=self.part,  # type: ignore[arg-type]
            pace=self.pace,  # type: ignore[arg-type]
            apart=self.apart,
            records=records,
            limit=self.limit,
            hold_all=self.hold_all,
            not_there_yet=self.not_there_yet,
            wait_until=self.wait_until,
            silence_until=self.silence_until,
            largest_delay=largest_delay(self.session, self.room_id, now) if asking else 0.0,
            running_since=self.running_since,
            asked={**self.older_cues, **self.asked_cues},
        )

    def advance(self, now: float) -> None:
        """Everything that was due by `now` is done, late or not; then the next instant is known (ROOM 25)."""
        step = programme.advance(self.facts(now), now)
        self.keep(step.records, now)
        self.wait_until, self.next_due_at = step.wait_until, step.next_due_at

    def is_due(self, now: float) -> bool:
        return self.next_due_at is not None and self.next_due_at <= now

    def catch_up(self, now: float) -> int | None:
        """Acts if anything is due; then the revision before, so that phones can be told."""
        if not self.is_due(now):
            return None
        since = self.revision
        self.advance(now)
        return since

    def jumped(self, from_position: float, to_position: float, now: float) -> None:
        """The film is suddenly elsewhere; what lies behind is `advance`'s business (ROOM 13)."""
        self.keep(programme.jumped(self.facts(now), from_position, to_position), now)
        self.wait_until = programme.wait_after(from_position, to_position, now) or self.wait_until

    def keep(self, records: Mapping[str, CueRecord], now: float) -> None:
        """Stores what the rules decided. Only what a phone or a remote can see makes a new revision."""
        changes = {cue_id: self._seen_changes(cue_id, record) for cue_id, record in records.items()}
        if any(changes.values()):
            self.changed()
        if any("shown_at" in seen for seen in changes.values()):
            self.tell_fired_again()
        for cue_id, record in records.items():
            row = self._row(cue_id)
            made = record.counted and not row.counted
            row.record = replace(record, result=row.result)
            if changes[cue_id] & CARD:
                row.revision = self.revision
            if changes[cue_id] & CLOSED:
                row.closed_revision = self.revision
            if "taken_away" in changes[cue_id] and row.counted:
                row.result_revision = self.revision
            if made:
                self.count_votes(row, now)

    def tell_fired_again(self) -> None:
        """Cards fired by hand make way for the next one and for the next part: phones hear of it."""
        for row in self.rows.values():
            if row.shown_at is not None:
                row.revision = self.revision

    def count_votes(self, row: RoomCue, now: float) -> None:
        raise NotImplementedError

    def show_now(self, cue_id: str, now: float) -> Done:
        """At once and for everyone, whatever the clock says; a question closes its author's seconds later."""
        cue = self.cue(cue_id)
        closes_at = now + max(cue.duration, SHOWN_AT_LEAST) if cue.asks and self.part == "film" else None
        self.keep(programme.fire(self.facts(now), cue_id, now, closes_at), now)
        return Done(("take_away", {"cue_id": cue_id}))

    def take_away(self, cue_id: str, now: float) -> Done:
        was = self.record(cue_id)
        self.keep(programme.take_away(self.facts(now), cue_id, now), now)
        inverse = ("give_back", {"cue_id": cue_id, "is_open": was.is_open})
        return Done(None if was.taken_away else inverse)

    def give_back(self, cue_id: str, is_open: bool, now: float) -> Done:
        """A question that was open is asked on, unless its result is made."""
        record = replace(self.record(cue_id), taken_away=False)
        if is_open and not record.counted:
            record = programme.open_again(record)
        self.keep({cue_id: record}, now)
        return Done(("take_away", {"cue_id": cue_id}))

    def skip(self, cue_id: str, on: bool, now: float) -> Done:
        """Passed over when its moment comes; refused once it is out."""
        record = self.record(cue_id)
        if on and record.released_at is not None:
            raise Refused("closed", "This card is out already. Take it away instead.")
        self.keep({cue_id: replace(record, skipped=on)}, now)
        return Done(("skip", {"cue_id": cue_id, "on": not on}) if on != record.skipped else None)

    def hold(self, cue_id: str | None, on: bool, now: float) -> Done:
        """One card, or everything, waits until the hold is lifted; what was passed goes quietly to so far.

        Letting everything go also says that we are there.
        """
        if cue_id is None:
            was = self.hold_all or self.not_there_yet
            self.hold_all, self.not_there_yet = on, self.not_there_yet and on
            self.changed("room")
        else:
            was = self.record(cue_id).held
            self.keep({cue_id: replace(self.record(cue_id), held=on)}, now)
        return Done(("hold", {"cue_id": cue_id, "on": not on}) if on != was else None)

    def set_pace(self, pace: str) -> Done:
        was, self.pace = self.pace, pace
        self.changed("room")
        return Done(("set_pace", {"pace": was}) if pace != was else None)

    def _row(self, cue_id: str) -> RoomCue:
        if cue_id not in self.rows:
            row = RoomCue(room_id=self.room_id, cue_id=cue_id, sheet_revision=self.sheet_revision.number)
            row.record = CueRecord(cue_id)
            row.revision = row.closed_revision = row.result_revision = 0
            self.rows[cue_id] = row
        return self.rows[cue_id]

    def _seen_changes(self, cue_id: str, record: CueRecord) -> set[str]:
        """Which fields that a phone or a remote can see are different in this record."""
        was = self.rows[cue_id].record if cue_id in self.rows else CueRecord(cue_id)
        seen = CARD | CLOSED | QUEUE if record.released_at is not None else CLOSED | QUEUE
        return {name for name in seen if getattr(was, name) != getattr(record, name)}
