"""The film's clock in a room: play, pause, seek, nudge, speed, and "we're not there yet"."""

from dataclasses import asdict
from typing import Any

from companion.models.act import Done
from companion.models.polling import Polling
from companion.rules.alignment import Answer
from companion.rules.playback import Playback
from companion.rules.refused import Refused

SPEED_FROM, SPEED_TO = 0.5, 2.0


class Playing(Polling):
    __abstract__ = True

    def play(self, now: float, pressed_at: float | None = None, by: str = "") -> Done:
        self._film_runs()
        was = self._play_on(self.playback.play(self.playback.pressed(pressed_at, now), self.limit), by)
        return Done(None if was == self.playback else ("pause", {}))

    def pause(self, now: float, pressed_at: float | None = None, by: str = "") -> Done:
        """A second pause is the same pause: nothing changes (ROOM 24)."""
        self._film_runs()
        was = self._play_on(self.playback.pause(self.playback.pressed(pressed_at, now), self.limit), by)
        return Done(None if was == self.playback else ("play", {}))

    def seek(self, position: float, base_revision: int, now: float, by: str = "") -> Done:
        """Refused as `stale`, with the present playback, when somebody moved the film meanwhile."""
        if base_revision != self.playback_revision:
            raise Refused(
                "stale",
                "Somebody else moved the film just now. This is where it is.",
                playback=asdict(self.playback),
                playback_revision=self.playback_revision,
                revision=self.revision,
            )
        return self._move_to(position, now, by)

    def nudge(self, seconds: float, now: float, by: str = "") -> Done:
        """We are `seconds` further in the film than the room thinks; negative: behind."""
        return self._move_to(self.position_now(now) + seconds, now, by)

    def set_rate(self, rate: float, now: float, by: str = "") -> Done:
        """The player's own speed, 0.5 to 2."""
        if not SPEED_FROM <= rate <= SPEED_TO:
            raise Refused("bad_field", "Players run between half and double speed.", field="rate")
        was = self._play_on(self.playback.set_rate(rate, now, self.limit), by)
        return Done(None if was == self.playback else ("set_rate", {"rate": was.rate}))

    def hold_on(self, now: float) -> Done:
        """We're not there yet: until the host says how far, nothing comes (ROOM 29)."""
        self._film_runs()
        self.not_there_yet = True
        self.changed("room")
        return Done(("never_mind", {}))

    def never_mind(self) -> Done:
        """We were there after all."""
        self.not_there_yet = False
        self.changed("room")
        return Done()

    def go_back(self, seconds: float | None, scene_id: str | None, now: float, by: str = "") -> Done:
        """The answer to `hold_on`: so many seconds back, or to a moment by its scene; the hold is over."""
        self._film_runs()
        here = self.position_now(now)
        back = here - (seconds or 0.0) if scene_id is None else self.place_of(scene_id)
        done = self._move_to(min(here, back), now, by)
        self.never_mind()
        return done

    def mark(self, scene_id: str, answer: Answer, now: float, pressed_at: float | None = None) -> Done:
        """The host saw this moment: what follows moves (ROOM 6, 7)."""
        self._film_runs()
        pressed = self.playback.pressed(pressed_at, now)
        done = self.fit_mark(scene_id, answer, self.playback.position_at(pressed, self.limit), now)
        self._landed(now)
        return done

    def unmark(self, added: list[dict[str, Any]], removed: list[dict[str, Any]], now: float) -> Done:
        done = self.fit_marks(added, removed, now)
        self._landed(now)
        return done

    def _landed(self, now: float) -> None:
        here = self.position_now(now)
        self.jumped(here, here, now)

    def _move_to(self, position: float, now: float, by: str) -> Done:
        self._film_runs()
        before = self.position_now(now)
        self._play_on(self.playback.seek(position, now, self.limit), by)
        here = self.position_now(now)
        self.jumped(before, here, now)
        return Done(None if here == before else ("nudge", {"seconds": before - here}))

    def _play_on(self, playback: Playback, by: str) -> Playback:
        """Takes up a playback and answers with the one before."""
        was = self.playback
        if playback != was:
            self.playback, self.playback_by = playback, by
            self.changed("playback")
        return was

    def _film_runs(self) -> None:
        if self.part != "film":
            raise Refused("not_in_film", "The film is not running here.")
