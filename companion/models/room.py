"""A room: one evening with one film, from the lobby to the recap."""

from dataclasses import asdict, replace
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.models.act import Act, Done, act_of, last_acts
from companion.models.base import new_id, new_token
from companion.models.codes import new_code
from companion.models.hosting import NAME_LENGTH, Hosting
from companion.models.names import clean_words
from companion.models.programme import RoomCue
from companion.models.sheet import Revision
from companion.models.taking_back import TAKE_BACK
from companion.rules import programme
from companion.rules.facts import CueRecord
from companion.rules.playback import Playback
from companion.rules.refused import Refused

COUNTDOWN_AT_MOST = 30.0
PLANNED_AT_MOST = 60 * 86_400.0


class Room(Hosting):
    __tablename__ = "rooms"

    def start(self, now: float, countdown: float = 0.0, by: str = "") -> Done:
        """The film begins and plays, after so many seconds of countdown; lobby questions close."""
        if self.part != "before":
            raise Refused("not_now", "The film has begun already.")
        inverse = self._back_to()
        self.part, self.started_at = "film", now
        since = now + min(countdown, COUNTDOWN_AT_MOST)
        self._play_on(Playback(position=0.0, rate=self.rate, since=since, is_playing=True), by)
        self.changed("part", "playback")
        self.tell_fired_again()
        return Done(inverse)

    def film_over(self, now: float, by: str = "") -> Done:
        """The after begins with silence (ROOM 19)."""
        self._film_runs()
        inverse = self._back_to()
        self._play_on(self.playback.pause(now, self.limit), by)
        self.part, self.film_over_at, self.not_there_yet = "after", now, False
        self.silence_until = now + self.sheet.silence_after
        self.changed("part")
        self.tell_fired_again()
        return Done(inverse)

    def next(self, now: float) -> Done:
        """After the film: the next card for everyone."""
        if self.part != "after":
            raise Refused("not_now", "That comes after the film.")
        if self.silence_until is not None and self.silence_until > now:
            self.silence_until = now
            self.changed("part")
        cue_id = programme.next_after_film(self.facts(now))
        if cue_id is None:
            raise Refused("not_now", "That was the last card.")
        return Done(self.show_now(cue_id, now).inverse, {"cue_id": cue_id})

    def end(self, now: float) -> Done:
        self.part, self.ended_at = "ended", now
        self._play_on(self.playback.pause(now, self.limit), "")
        self.next_due_at = None
        self.changed("part")
        return Done()

    def back_to(
        self, part: str, playback: dict[str, Any], instants: dict[str, float | None], now: float, by: str = ""
    ) -> Done:
        """The part and playback as they were before a press; what people have seen stays seen."""
        inverse = self._back_to()
        began = self.film_over_at if self.part == "after" else self.started_at
        self.part = part
        self._open_what_closed(began or now, now)
        for name, instant in instants.items():
            setattr(self, name, instant)
        self._play_on(Playback(**playback), by)
        self.changed("part", "playback")
        self.tell_fired_again()
        return Done(inverse)

    def _open_what_closed(self, since: float, now: float) -> None:
        """Questions that closed with the part that is taken back, while their result is not made."""
        closed = [row.record for row in self.rows.values() if row.closed_at is not None and not row.counted]
        again = [record for record in closed if (record.closed_at or 0.0) >= since]
        self.keep({record.cue_id: programme.open_again(record) for record in again}, now)

    def take_revision(self, number: int, now: float) -> Done:
        """Newer notes: what has started is kept, the rest is replaced (ROOM 28)."""
        found = self.session.scalar(
            select(Revision).where(
                Revision.sheet_id == self.sheet_revision.sheet_id,
                Revision.number == number,
                Revision.published.is_(True),
            )
        )
        if found is None:
            raise Refused("bad_field", "There is no such version of these notes.", field="revision")
        was = self.sheet_revision.number
        self._pin(found)
        here = self.position_now(now)
        self.jumped(here, here, now)
        return Done(None if was == number else ("take_revision", {"number": was}))

    def undo(self, act: int | None, now: float, by: str = "") -> Done:
        """The inverse of one act, by default of the last that can be taken back; itself an act (ROOM 27)."""
        done = self._undoable(act)
        assert done.inverse is not None
        verb, arguments = done.inverse
        inverse = TAKE_BACK[verb](self, now, by, **arguments).inverse
        done.undone = True
        return Done(inverse, {"undone": {"act": done.act, "verb": done.verb}})

    def record_act(
        self, op_id: str, verb: str, arguments: dict[str, Any], done: Done, by: str, now: float
    ) -> Act:
        act = Act(
            room_id=self.room_id,
            op_id=op_id,
            verb=verb,
            arguments=arguments,
            inverse=list(done.inverse) if done.inverse else None,
            ack={},
            by=by,
            at=now,
            position=self.position_now(now),
            undone=False,
        )
        self.session.add(act)
        self.last_act_at = now
        return act

    def was_done(self, op_id: str) -> Act | None:
        return act_of(self.session, self.room_id, op_id)

    def _pin(self, found: Revision) -> None:
        """Other notes from here on. Cues that have started stay what they were; the rest is forgotten."""
        started = {
            row.cue_id: row
            for row in self.rows.values()
            if row.asked or row.start is not None or row.shown_at is not None or row.opened_at is not None
        }
        sheet = found.cue_sheet(self.edition)
        scenes = {scene.id for scene in sheet.scenes}
        if any(self.cue(cue_id).scene not in scenes for cue_id in started):
            raise Refused("not_now", "The newer notes have lost a scene that was shown already.")
        known = {cue.id for cue in sheet.cues}
        for cue_id in [cue_id for cue_id in self.rows if cue_id not in started]:
            self._begin_anew(self.rows[cue_id], found.number if cue_id in known else None)
        self.marks[:] = [mark for mark in self.marks if mark.scene_id in sheet.scene_order]
        self.sheet_revision, self.revision_id = found, found.revision_id
        self.changed("room", "alignment")

    def _begin_anew(self, row: RoomCue, number: int | None) -> None:
        """A cue that has not started, under newer notes; `number` None: they have it no more."""
        if number is None:
            self.keep({row.cue_id: replace(row.record, taken_away=True)}, self.since)
        else:
            row.record = CueRecord(row.cue_id, held=row.held, skipped=row.skipped)
            row.sheet_revision = number

    def _undoable(self, act: int | None) -> Act:
        acts = [done for done in last_acts(self.session, self.room_id) if done.can_undo]
        wanted = [done for done in acts if (done.act == act if act else done.verb != "undo")]
        if not wanted:
            raise Refused("not_now", "There is nothing here to take back.")
        return wanted[0]

    def _back_to(self) -> tuple[str, dict[str, Any]]:
        playback = asdict(self.playback)
        instants = {name: getattr(self, name) for name in ("silence_until", "started_at", "film_over_at")}
        return "back_to", {"part": self.part, "playback": playback, "instants": instants}


def open_room(
    session: Session,
    pinned: Revision,
    now: float,
    *,
    code_digits: int,
    name: str = "",
    edition: str = "",
    runtime: float | None = None,
    apart: bool = False,
    pace: str = "calm",
    opens_at: float | None = None,
    lang: str = "en",
    seen_it: bool = True,
) -> tuple[Room, str]:
    """A new room in its lobby, and the secret of its host link, told once."""
    if opens_at is not None and not now - 3600 <= opens_at <= now + PLANNED_AT_MOST:
        raise Refused("bad_field", "Plan a night within the next 60 days.", field="opens_at")
    room = Room(
        room_id=new_id(),
        code=new_code(code_digits, partial(Room.is_taken, session)),
        recap_id=new_token(),
        name=clean_words(name, NAME_LENGTH, "name") if name.strip() else "",
        sheet_revision=pinned,
        edition=edition,
        part="before",
        pace=pace,
        apart=apart,
        stretch=1.0,
        position=0.0,
        rate=1.0,
        since=now,
        is_playing=False,
        revision=1,
        asked=0,
        scores=False,
        guests_may_pause=True,
        hold_all=False,
        black=False,
        not_there_yet=False,
        opens_at=opens_at,
        created_at=now,
        last_act_at=now,
    )
    session.add(room)
    if runtime is not None:
        room.set_runtime(runtime)
    _, token = room.new_host(now, is_link=True, lang=lang, seen_it=seen_it)
    room.advance(now)
    session.flush()
    return room, token


def room_at(session: Session, code: str) -> Room | None:
    return session.scalar(select(Room).where(Room.code == code))
