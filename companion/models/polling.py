"""Polls and quizzes in a room: votes, closing, results made once, raised hands, a host's own questions."""

from dataclasses import replace
from typing import Any

from companion.models import poll
from companion.models.act import Done, times_done
from companion.models.guest import HERE, Guest, in_room
from companion.models.names import clean_words
from companion.models.programme import RoomCue
from companion.models.showing import Showing
from companion.rules import polls, programme
from companion.rules.cue_sheet import Cue
from companion.rules.refused import Refused

RESULT_LEAD = 1.0
QUESTION_LENGTH, OPTION_LENGTH = 280, 80
WAITED = "wait_for_guest"


class Polling(Showing):
    __abstract__ = True

    def cast(self, guest: Guest, cue_id: str, option_id: str | None, op_id: str, now: float) -> str | None:
        """One vote per guest and cue, changeable until voting is over; answers with the stored vote.

        A phone whose own film is a little ahead may answer as soon as the question is out (ROOM 17).
        """
        _row = self.row_of(cue_id)  # a session keeps only what somebody holds: fetched once for what follows
        record, cue = self.record_out(cue_id), self._question(cue_id)
        if option_id is not None and option_id not in {option.id for option in cue.options}:
            raise Refused("unknown_option", "That is not one of the answers.")
        waits = record.opened_at is None and record.start is None
        opens = waits and record.told_pushed and not record.taken_away
        if not (opens or polls.is_open(record.opened_at, record.counted, record.taken_away)):
            raise Refused("closed", "Voting is over. Your answer came too late to count.")
        return poll.cast(self.session, guest, cue_id, option_id, op_id, now)

    def close_poll(self, cue_id: str, now: float) -> Done:
        self._question(cue_id)
        closed = programme.close(self.facts(now), cue_id, now)
        self.keep(closed, now)
        return Done(("open_again", {"cue_id": cue_id}) if closed else None)

    def open_again(self, cue_id: str, now: float) -> Done:
        """Takes a close back while its result is not made; what people have seen is not undone."""
        record = self.record(cue_id)
        if record.counted:
            raise Refused("closed", "The result is out already.")
        self.keep({cue_id: programme.open_again(record)}, now)
        return Done(("close_poll", {"cue_id": cue_id}))

    def more_time(self, cue_id: str, seconds: float, now: float) -> Done:
        """An open question stays open longer: by the wall clock if a host fired it, else on the film's."""
        self._question(cue_id)
        record = self.record(cue_id)
        if not record.is_open:
            raise Refused("closed", "This question is not open.")
        if record.shown_at is not None or record.end is None:
            longer = replace(record, closes_at=max(now, record.closes_at or now) + seconds)
        else:
            end = max(record.end, self.position_now(now)) + seconds * self.rate
            longer = replace(record, end=end, told_end=end, told_until=end)
        self.keep({cue_id: longer}, now)
        return Done()

    def wait_for_guest(self, cue_id: str, now: float) -> Done:
        """Somebody needs longer to answer: 20 s more for everyone, within `polls.may_have_more`."""
        if not self.record_out(cue_id).is_open:
            raise Refused("closed", "This question is not open.")
        left = self._seconds_left(cue_id, now)
        asked = times_done(self.session, self.room_id, WAITED, cue_id)
        if asked >= polls.MORE_TIMES:
            raise Refused("not_now", "This question was kept open ten times. It closes now.")
        if left is None or not polls.may_have_more(left, asked):
            raise Refused("not_now", "There is time to answer.")
        return self.more_time(cue_id, polls.MORE_SECONDS, now)

    def reveal(self, cue_id: str, on: bool, now: float) -> Done:
        """A result that waits for the host is shown, or hidden again."""
        cue, record = self._question(cue_id), self.record(cue_id)
        if cue.results != "host" or not record.counted:
            raise Refused("not_now", "There is no result waiting to be shown.")
        self.keep({cue_id: replace(record, revealed=on)}, now)
        row = self.rows[cue_id]
        row.result = {**(row.result or {}), "shown_at": now + RESULT_LEAD}
        row.result_revision = self.changed()
        return Done(("reveal", {"cue_id": cue_id, "on": not on}) if on != record.revealed else None)

    def ask(
        self, question: str, options: list[str], results: str, seconds: float | None, lang: str, now: float
    ) -> Done:
        """The host's own question, open at once for everyone; its cue id is `ask-<n>`."""
        texts = [clean_words(option, OPTION_LENGTH, "options") for option in options]
        if len(set(texts)) < len(texts):
            raise Refused("bad_field", "Two of the answers are the same.", field="options")
        self.asked += 1
        cue_id = f"ask-{self.asked}"
        self._row(cue_id).asked = {
            "id": cue_id,
            "kind": "poll",
            "scene": self._scene_here(now),
            "text": {lang: clean_words(question, QUESTION_LENGTH, "question")},
            "options": [{"id": f"o{n}", "text": {lang: text}} for n, text in enumerate(texts, 1)],
            "results": results,
        }
        closes_at = None if seconds is None else now + seconds
        self.keep(programme.fire(self.facts(now), cue_id, now, closes_at), now)
        return Done(("take_away", {"cue_id": cue_id}), {"cue_id": cue_id})

    def set_hands(self, cue_id: str, option_id: str, count: int, now: float) -> Done:
        """Raised hands of people without a phone, counted by a host."""
        cue, record = self._question(cue_id), self.record(cue_id)
        if option_id not in {option.id for option in cue.options}:
            raise Refused("unknown_option", "That is not one of the answers.")
        if not polls.is_open(record.opened_at, record.counted, record.taken_away):
            raise Refused("closed", "Voting is over.")
        row = self._row(cue_id)
        before = (row.hands or {}).get(option_id, 0)
        raised = {**(row.hands or {}), option_id: count}
        row.hands = {option: n for option, n in raised.items() if n} or None
        return Done(("set_hands", {"cue_id": cue_id, "option_id": option_id, "count": before}))

    def tally(self, cue_id: str) -> dict[str, Any]:
        """{counts, voters, hands?} as they stand; `counts` include the raised hands that `hands` tells."""
        cue = self._question(cue_id)
        row = self.rows.get(cue_id)
        votes = poll.ballots(self.session, self.room_id, cue_id)
        counted = polls.tally(votes, tuple(o.id for o in cue.options), row.hands if row else None)
        told: dict[str, Any] = {"counts": counted.counts, "voters": counted.voters}
        return told | ({"hands": counted.hands} if any(counted.hands.values()) else {})

    def still_to_come(self, cue_id: str, now: float) -> tuple[int, int]:
        """How many of those who are here have not voted, and how many are here."""
        here = {g.guest_id for g in in_room(self.session, self.room_id) if now - g.last_heard_at < HERE}
        return polls.still_to_come(poll.ballots(self.session, self.room_id, cue_id), here), len(here)

    def count_votes(self, row: RoomCue, now: float) -> None:
        """Voting is over: the result is made, once. Phones show it from where voting ended, early or not."""
        at = None if row.shown_at is not None else row.end
        if at is not None and row.closed_at is not None:
            at = min(at, self.playback.position_at(row.closed_at, self.limit))
        row.result = {**self.tally(row.cue_id), "shown_at": now + RESULT_LEAD, "at_position": at}
        row.result_revision = self.changed()

    def result_is_out(self, row: RoomCue) -> bool:
        return row.counted and (row.revealed or self.cue(row.cue_id).results != "host")

    def open_questions(self) -> list[RoomCue]:
        """Asked, and voting is not over."""
        return [
            row for row in self.rows.values() if polls.is_open(row.opened_at, row.counted, row.taken_away)
        ]

    def _question(self, cue_id: str) -> Cue:
        cue = self.cue(cue_id)
        if not cue.asks:
            raise Refused("unknown_cue", "That card asks nothing.")
        return cue

    def _seconds_left(self, cue_id: str, now: float) -> float | None:
        """Until it closes by itself; None: never."""
        self._question(cue_id)
        record = self.record(cue_id)
        if record.closes_at is not None:
            return record.closes_at - now
        if record.shown_at is not None or record.end is None:
            return None
        return (record.end - self.position_now(now)) / self.rate

    def _scene_here(self, now: float) -> str:
        if self.part != "film":
            part = "before" if self.part == "before" else "after"
            return next((s.id for s in self.sheet.scenes if s.part == part), self.sheet.scenes[0].id)
        here, alignment = self.position_now(now), self.alignment
        begun = [s.id for s in self.sheet.film_scenes if alignment.scene_position(s.id) <= here]
        return begun[-1] if begun else self.sheet.scenes[0].id
