"""A room: one evening with one film, from the lobby to the recap."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.models.act import Act, Done, act_of, last_acts
from companion.models.base import new_id, new_token
from companion.models.codes import new_code
from companion.models.hosting import Hosting
from companion.models.names import clean_words
from companion.models.sheet import Revision
from companion.rules import programme
from companion.rules.playback import Playback
from companion.rules.refused import Refused

NAME_LENGTH = 80
COUNTDOWN_AT_MOST = 30.0


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
        self.part, self.film_over_at = "after", now
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

    def back_to(self, part: str, playback: dict[str, Any], silence_until: float | None, by: str = "") -> Done:
        """The part and playback as they were before a press; what people have seen stays seen."""
        inverse = self._back_to()
        self.part, self.silence_until = part, silence_until
        self._play_on(Playback(**playback), by)
        self.changed("part", "playback")
        self.tell_fired_again()
        return Done(inverse)

    def set_room(self, **given: Any) -> Done:
        """`guests_may_pause`, `scores`, `name`: those that are given."""
        if given.get("name") is not None:
            given["name"] = clean_words(given["name"], NAME_LENGTH)
        if given.get("scores") and not self.sheet.score:
            raise Refused("bad_field", "These notes keep no scores.")
        return self.restore_room(**{key: value for key, value in given.items() if value is not None})

    def restore_room(self, **given: Any) -> Done:
        inverse = {key: getattr(self, key) for key in given}
        for key, value in given.items():
            setattr(self, key, value)
        self.changed("room")
        return Done(("restore_room", inverse))

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
            raise Refused("bad_field", "There is no such version of these notes.")
        was = self.sheet_revision.number
        self.sheet_revision, self.revision_id = found, found.revision_id
        self.changed("room", "alignment")
        return Done(("take_revision", {"number": was}))

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

    def _undoable(self, act: int | None) -> Act:
        acts = [done for done in last_acts(self.session, self.room_id) if done.can_undo]
        wanted = [done for done in acts if (done.act == act if act else done.verb != "undo")]
        if not wanted:
            raise Refused("not_now", "There is nothing here to take back.")
        return wanted[0]

    def _back_to(self) -> tuple[str, dict[str, Any]]:
        playback = asdict(self.playback)
        return "back_to", {"part": self.part, "playback": playback, "silence_until": self.silence_until}


Taken = Callable[..., Done]
TAKE_BACK: dict[str, Taken] = {
    "play": lambda room, now, by: room.play(now, by=by),
    "pause": lambda room, now, by: room.pause(now, by=by),
    "nudge": lambda room, now, by, seconds: room.nudge(seconds, now, by),
    "set_rate": lambda room, now, by, rate: room.set_rate(rate, now, by),
    "never_mind": lambda room, now, by: room.never_mind(),
    "fit_marks": lambda room, now, by, marks: room.unmark(marks, now),
    "fit_copy": lambda room, now, by, stretch, runtime: room.fit_copy(stretch, runtime),
    "take_away": lambda room, now, by, cue_id: room.take_away(cue_id, now),
    "give_back": lambda room, now, by, cue_id: room.give_back(cue_id, now),
    "skip": lambda room, now, by, cue_id, on: room.skip(cue_id, on, now),
    "hold": lambda room, now, by, cue_id, on: room.hold(cue_id, on, now),
    "open_again": lambda room, now, by, cue_id: room.open_again(cue_id, now),
    "close_poll": lambda room, now, by, cue_id: room.close_poll(cue_id, now),
    "reveal": lambda room, now, by, cue_id, on: room.reveal(cue_id, on, now),
    "set_hands": lambda room, now, by, **hands: room.set_hands(now=now, **hands),
    "set_pace": lambda room, now, by, pace: room.set_pace(pace),
    "lock": lambda room, now, by, on: room.lock(on),
    "promote": lambda room, now, by, guest_id, on: room.promote(guest_id, on, now),
    "remove_guest": lambda room, now, by, guest_id: room.remove_guest(guest_id, now),
    "bring_back": lambda room, now, by, guest_id, as_host: room.bring_back(guest_id, as_host, now),
    "rename_guest": lambda room, now, by, guest_id, name: room.rename_guest(guest_id, name),
    "restore_room": lambda room, now, by, **given: room.restore_room(**given),
    "take_revision": lambda room, now, by, number: room.take_revision(number, now),
    "back_to": lambda room, now, by, **was: room.back_to(by=by, **was),
}
"""How each inverse that an act may hold is carried out."""


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
    room = Room(
        room_id=new_id(),
        code=new_code(session, code_digits),
        recap_id=new_token(),
        name=clean_words(name, NAME_LENGTH) if name.strip() else "",
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
