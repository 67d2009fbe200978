"""Evenings with the bundled film: where its scenes really lie tonight, what the host taps, when each card comes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from companion.rules.alignment import Alignment, Mark
from companion.rules.cue_sheet import CueSheet
from companion.rules.facts import CueRecord, Facts
from companion.rules.playback import Playback
from companion.rules.quiet import quiet_stretches
from companion.rules.windows import Window, windows

AT_THE_START = Playback(0.0, 1.0, 0.0, True)


@dataclass
class Evening:
    """`truth`: scene id to where this copy shows it; `shown`: cue id to what the clock did, one Window each."""

    sheet: CueSheet
    truth: dict[str, float]
    shown: dict[str, Window] = field(default_factory=dict)
    marks: int = 0

    def early(self, gates: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Cards on a phone before the scene that their fact must wait for."""
        for cue_id, window in self.shown.items():
            gate = gates.get(cue_id)
            if gate in self.truth and window.start < self.truth[gate]:
                yield cue_id, gate

    def disturbing(self) -> Iterator[tuple[str, str]]:
        """Pushed cards on screen while a quiet scene really runs."""
        scenes = self.sheet.film_scenes
        for scene, following in zip(scenes, [*scenes[1:], None], strict=True):
            if not scene.quiet:
                continue
            begins, ends = (
                self.truth[scene.id],
                self.truth[following.id] if following else self.sheet.edition.runtime,
            )
            for cue_id, window in self.shown.items():
                on_screen = window.pushed and window.start < ends and window.until > begins
                if on_screen and self.sheet.cue(cue_id).kind != "warning":
                    yield cue_id, scene.id


def untouched(sheet: CueSheet, chance: Random, number: int, pace: str = "calm") -> Iterator[Evening]:
    """Hosts who never tap: every phone shows what the sheet alone says, whatever the film does."""
    alignment = Alignment(sheet)
    shown = windows(Facts(sheet, alignment, AT_THE_START, pace=pace))  # type: ignore[arg-type]
    for _ in range(number):
        truth: dict[str, float] = {}
        for scene in sheet.film_scenes:
            truth[scene.id] = _true_start(alignment, scene.id, truth, chance)
        yield Evening(sheet, truth, shown)


def tapped(sheet: CueSheet, chance: Random, pace: str = "calm") -> Evening:
    """A host who taps some of the moments when they really come, up to 1.5 s late; what follows moves."""
    alignment, evening, records = Alignment(sheet), Evening(sheet, {}), {}
    eager, at = chance.random(), 0.0
    for scene in sheet.film_scenes:
        true = _true_start(alignment, scene.id, evening.truth, chance)
        evening.truth[scene.id] = true
        if scene.checkpoint and chance.random() < eager:
            position = true + chance.uniform(0.25, 1.5)
            _play(evening, alignment, records, pace, at, position)
            alignment, at = alignment.with_mark(Mark.tapped(scene.id, position)), position
            evening.marks += 1
    _play(evening, alignment, records, pace, at, alignment.limit)
    return evening


def _true_start(alignment: Alignment, scene_id: str, truth: dict[str, float], chance: Random) -> float:
    """Anywhere within the scene's uncertainty as the room knows it then; in order, and not after the film's end."""
    middle, doubt = alignment.scene_position(scene_id), alignment.uncertainty(scene_id)
    low = max([middle - doubt, *truth.values()])
    high = max(low, min(middle + doubt, alignment.end))
    return chance.choice((low, high)) if chance.random() < 0.2 else chance.uniform(low, high)


def _play(
    evening: Evening, alignment: Alignment, records: dict[str, CueRecord], pace: str, at: float, until: float
) -> None:
    """From one tap to the next: whatever starts in between is on the phones from then on."""
    facts = Facts(evening.sheet, alignment, AT_THE_START, pace=pace, records=records)  # type: ignore[arg-type]
    for cue_id, window in windows(facts).items():
        if cue_id in evening.shown or window.start > until:
            continue
        start = max(window.start, at)
        evening.shown[cue_id] = replace(window, start=start, until=max(window.until, start))
        records[cue_id] = CueRecord(
            cue_id, start=start, end=max(window.end, start), told_pushed=window.pushed, jumped=window.jumped
        )
    _fade(evening, alignment, at, until)


def _fade(evening: Evening, alignment: Alignment, at: float, until: float) -> None:
    """A card still up when the room learns of a nearer quiet scene fades there."""
    for begins, ends in quiet_stretches(alignment):
        for cue_id, window in evening.shown.items():
            if window.pushed and window.until > max(at, begins) and window.start < begins and ends > at:
                evening.shown[cue_id] = replace(window, until=max(at, begins))
