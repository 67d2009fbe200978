"""Where the film is, without asking a clock or a database."""

from dataclasses import dataclass, replace
from math import inf, isfinite

PRESS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Playback:
    """The film stood at `position` seconds at the server instant `since`; playing, it moves at `rate`.

    `limit` is the room's runtime + 600 (ROOM.md 5). An instant before `since` counts as `since`, so a film
    that is to start in five seconds stands still until then, also when it is nudged meanwhile.
    """

    position: float = 0.0
    rate: float = 1.0
    since: float = 0.0
    is_playing: bool = False

    def position_at(self, now: float, limit: float = inf) -> float:
        moved = self.rate * max(0.0, now - self.since) if self.is_playing else 0.0
        return _within(self.position + moved, limit)

    def moment_of(self, position: float, limit: float = inf) -> float | None:
        """When `position` is reached, a server instant; None when never (paused, behind, past the limit)."""
        if position < self.position or position > limit or not self.is_playing:
            return None
        return self.since + (position - self.position) / self.rate

    def play(self, now: float, limit: float = inf) -> "Playback":
        return self if self.is_playing else replace(self._at(now, limit), is_playing=True)

    def pause(self, now: float, limit: float = inf) -> "Playback":
        return replace(self._at(now, limit), is_playing=False, since=now) if self.is_playing else self

    def seek(self, position: float, now: float, limit: float = inf) -> "Playback":
        if not isfinite(position):
            raise ValueError("a position is a number of seconds")
        return replace(self, position=_within(position, limit), since=self._from(now))

    def nudge(self, seconds: float, now: float, limit: float = inf) -> "Playback":
        return self.seek(self.position_at(now, limit) + seconds, now, limit)

    def set_rate(self, rate: float, now: float, limit: float = inf) -> "Playback":
        if not (isfinite(rate) and rate > 0):
            raise ValueError("a rate is a number above 0")
        return replace(self._at(now, limit), rate=rate)

    def pressed(self, pressed_at: float | None, now: float) -> float:
        """The instant a press counts from: at most 2 s ago, and not before the last change."""
        if pressed_at is None or not isfinite(pressed_at):
            return now
        return min(now, max(pressed_at, now - PRESS_SECONDS, self.since))

    def _at(self, now: float, limit: float) -> "Playback":
        return replace(self, position=self.position_at(now, limit), since=self._from(now))

    def _from(self, now: float) -> float:
        return max(now, self.since) if self.is_playing else now


def _within(position: float, limit: float) -> float:
    return min(max(0.0, position), limit)
