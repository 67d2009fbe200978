"""An evening that nobody taps, seen in advance: when each card would come, and what authors should know."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from companion.rules.alignment import Alignment
from companion.rules.cue_sheet import Cue, CueSheet
from companion.rules.facts import Facts, Pace
from companion.rules.playback import Playback
from companion.rules.windows import Window, windows

REST = 30.0
BUDGET = 8 * 60.0
"""A calm room is asked to look at its phones once in so many seconds at most (PRODUCT.md 4)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One card of the film in an untapped room. `late` is how many seconds its gate holds it back."""

    cue: Cue
    window: Window
    place: float

    @property
    def late(self) -> float:
        return max(0.0, self.window.start - self.place)

    @property
    def comes_up(self) -> bool:
        return self.window.pushed and not self.window.jumped and self.cue.kind != "warning"


@dataclass(frozen=True, slots=True)
class SceneLoad:
    """How much happens in one scene: `notes` hang on it, `comes_up` of them by themselves."""

    scene_id: str
    start: float
    length: float
    notes: int
    comes_up: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Positions are seconds of the author's own copy."""

    shown: tuple[Shown, ...]
    scenes: tuple[SceneLoad, ...]
    runtime: float

    @property
    def coming_up(self) -> tuple[Shown, ...]:
        return tuple(each for each in self.shown if each.comes_up)

    @property
    def overlaps(self) -> list[tuple[Shown, Shown]]:
        return [(a, b) for a, b in pairwise(self.coming_up) if b.window.start < a.window.end]

    @property
    def short_rests(self) -> list[tuple[Shown, Shown, float]]:
        """Neighbours with less than 30 s between them, and how much there is."""
        rests = [(a, b, b.window.start - a.window.end) for a, b in pairwise(self.coming_up)]
        return [(a, b, rest) for a, b, rest in rests if 0 <= rest < REST]

    @property
    def longest_silence(self) -> tuple[float, float]:
        """The stretch of film in which nothing comes up by itself: where it begins and how long it is."""
        edges = [0.0]
        for each in self.coming_up:
            edges += [each.window.start, each.window.end]
        edges.append(self.runtime)
        silences = [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]
        return max(silences, key=lambda silence: silence[1])

    @property
    def held_back(self) -> tuple[int, float, float]:
        """How many wait for their gate, and by how much: the middle and the most, in seconds."""
        late = [each.late for each in self.shown if each.late > 0 and each.cue.kind != "warning"]
        return len(late), median(late) if late else 0.0, max(late, default=0.0)

    @property
    def silenced(self) -> list[Shown]:
        """Would come up by themselves, but a quiet scene or the pace of the evening leaves them waiting."""
        return [
            each
            for each in self.shown
            if each.window.jumped or (each.window.quiet and not each.window.pushed)
        ]

    @property
    def unasked(self) -> list[Shown]:
        return [each for each in self.shown if each.cue.asks and not each.comes_up]

    @property
    def minutes_between(self) -> float:
        """Minutes of film for each card that comes up by itself; inf when none does."""
        return self.runtime / 60 / len(self.coming_up) if self.coming_up else inf


def rehearse(sheet: CueSheet, pace: Pace = "calm") -> Rehearsal:
    alignment = Alignment(sheet=sheet)
    playback = Playback(position=0.0, rate=1.0, since=0.0, is_playing=True)
    facts = Facts(sheet, alignment, playback, pace=pace, limit=alignment.limit)
    seen = windows(facts)
    cues = [cue for cue in sheet.cues_of("film") if cue.id in seen]
    shown = [Shown(cue, seen[cue.id], alignment.cue_place(cue)) for cue in cues]
    shown.sort(key=lambda each: each.window.start)
    return Rehearsal(tuple(shown), tuple(_loads(sheet, shown)), sheet.edition.runtime)


def _loads(sheet: CueSheet, shown: list[Shown]) -> Iterator[SceneLoad]:
    ends = [*(scene.start for scene in sheet.film_scenes[1:]), max(sheet.edition.runtime, 0.0)]
    for scene, end in zip(sheet.film_scenes, ends, strict=True):
        hung = [each for each in shown if each.cue.scene == scene.id]
        coming = sum(each.comes_up for each in hung)
        yield SceneLoad(scene.id, scene.start, max(0.0, end - scene.start), len(hung), coming)
