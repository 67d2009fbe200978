"""Four thousand evenings with a guessed sheet: what a few taps do to cards that come too early.

Scene times are drawn around the guesses (a random walk held at both ends, four minutes off in the middle),
hosts tap some checkpoints a human moment late, and every card is placed by the rules a room uses. Two counts
are split by whether the truth lay within the doubt that sheet and taps allow (ROOM.md 7): inside it no gated
card comes early and nothing is pushed in a quiet scene. Past the end of the film nothing lies, ever.
"""

import argparse
import json
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from math import inf, sqrt
from pathlib import Path
from statistics import quantiles

from companion.rules.alignment import Alignment, Mark, checkpoint_due
from companion.rules.cue_sheet import Cue, CueSheet
from companion.rules.lines import on_the_line
from companion.rules.playback import Playback
from companion.rules.programme import CueRecord, Facts, Window, windows

SHEET = Path(__file__).parent.parent / "companion" / "sheets" / "miracle-in-cell-no-7.json"
TAPS = (0, 1, 5, 8)
EVENINGS = 4_000
MIDDLE_SD = 240.0
STEPS = 120


@dataclass
class Counts:
    """What happened over many evenings, to be added up."""

    errors: list[float] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Counts") -> None:
        self.errors += other.errors
        self.said += other.said


class Truth:
    """Where the scenes of one evening's copy really lie."""

    def __init__(self, sheet: CueSheet, chance: random.Random) -> None:
        self.runtime = sheet.edition.runtime
        walk = self._walk(chance)
        starts, latest = {}, 0.0
        for scene in sheet.film_scenes:
            guess = scene.start
            off = 0.0 if scene.timing == "measured" else on_the_line(walk, guess)
            latest = min(self.runtime, max(latest, guess + off, 0.0))
            starts[scene.id] = latest
        self.starts = starts
        self.line = sorted(
            dict(
                [*((s.start, starts[s.id]) for s in sheet.film_scenes), (self.runtime, self.runtime)]
            ).items()
        )
        following = [*sheet.film_scenes[1:], None]
        self.quiet = [
            (scene, then, starts[scene.id], starts[then.id] if then else self.runtime)
            for scene, then in zip(sheet.film_scenes, following, strict=True)
            if scene.quiet
        ]

    def _walk(self, chance: random.Random) -> list[tuple[float, float]]:
        """A Brownian bridge over the film: nothing off at both ends, MIDDLE_SD in the middle."""
        step = 2 * MIDDLE_SD / sqrt(STEPS)
        free = [0.0]
        for _ in range(STEPS):
            free.append(free[-1] + chance.gauss(0, step))
        last = free[-1]
        return [(self.runtime * n / STEPS, at - last * n / STEPS) for n, at in enumerate(free)]

    def moment(self, sheet: CueSheet, cue: Cue) -> float:
        return on_the_line(self.line, sheet.place_in_sheet(cue))


class Evening:
    """One evening: cards shown under the alignment of their moment, the rest moved by each tap."""

    def __init__(self, sheet: CueSheet, truth: Truth) -> None:
        self.sheet = sheet
        self.truth = truth
        self.alignment = Alignment(sheet)
        self.records: dict[str, CueRecord] = {}
        self.counts = Counts()

    def play(self, taps: list[tuple[float, str]]) -> Counts:
        before = 0.0
        for at, scene_id in taps:
            self._show(before, at)
            due = checkpoint_due(self.alignment, at)
            self.counts.said["taps"] += 1
            self.counts.said["asked"] += bool(due and due.id == scene_id)
            self.alignment = self.alignment.with_mark(Mark.tapped(scene_id, at))
            before = at
        self._show(before, inf)
        return self.counts

    def _show(self, since: float, until: float) -> None:
        """Every card whose start the film reaches in [since, until), at once where a tap moved it behind."""
        facts = Facts(self.sheet, self.alignment, Playback(), records=self.records)
        for cue_id, window in windows(facts).items():
            if cue_id in self.records or window.start >= until:
                continue
            at = max(since, window.start)
            missed = window.jumped or at >= window.end
            seen = replace(window, pushed=False) if missed else window
            self.records[cue_id] = CueRecord(
                cue_id,
                start=window.start,
                end=window.end,
                told_pushed=seen.pushed,
                released_at=at,
                jumped=missed,
            )
            self._judge(facts.sheet.cue(cue_id), seen, at)

    def _judge(self, cue: Cue | None, window: Window, at: float) -> None:
        assert cue is not None
        said, truth, alignment = self.counts.said, self.truth, self.alignment
        said["beyond the end"] += window.start > truth.runtime
        if cue.kind == "warning" or (cue.asks and not window.pushed):
            return
        said["cards"] += 1
        said["pushed"] += window.pushed
        said["ungated"] += alignment.cue_place(cue) < truth.starts[cue.scene]
        self.counts.errors.append(abs(alignment.cue_place(cue) - truth.moment(self.sheet, cue)))
        said["before their scene"] += at < truth.starts[cue.scene] and not _is_safe_from_start(
            self.sheet, cue
        )
        if alignment.gate(cue) > -inf:
            scene_id = cue.safe_after or cue.scene
            inside = self._is_inside(scene_id)
            said["gated"] += 1
            said["gated outside"] += not inside
            said[f"early {'inside' if inside else 'outside'}"] += at < truth.starts[scene_id]
        if window.pushed:
            self._judge_quiet(window, at)

    def _judge_quiet(self, window: Window, at: float) -> None:
        for scene, following, begins, ends in self.truth.quiet:
            if max(at, begins) < min(window.until, ends):
                inside = self._is_inside(scene.id) and (following is None or self._is_inside(following.id))
                self.counts.said[f"quiet {'inside' if inside else 'outside'}"] += 1

    def _is_inside(self, scene_id: str) -> bool:
        off = abs(self.truth.starts[scene_id] - self.alignment.scene_position(scene_id))
        return off <= self.alignment.uncertainty(scene_id)


def taps_of(sheet: CueSheet, truth: Truth, number: int, chance: random.Random) -> list[tuple[float, str]]:
    """Checkpoints spread over the film, each tapped half a second to five seconds after it happened."""
    asked = [scene.id for scene in sheet.film_scenes if scene.checkpoint]
    chosen = [asked[(2 * n + 1) * len(asked) // (2 * number)] for n in range(min(number, len(asked)))]
    return sorted(
        (truth.starts[scene_id] + min(5.0, 0.5 + chance.expovariate(1.0)), scene_id) for scene_id in chosen
    )


def evenings(sheet: CueSheet, number: int, seed: int) -> dict[int, Counts]:
    """`number` evenings, each played with every count of taps."""
    chance = random.Random(seed)
    found = {taps: Counts() for taps in TAPS}
    for _ in range(number):
        truth = Truth(sheet, chance)
        for taps in TAPS:
            found[taps].add(Evening(sheet, truth).play(taps_of(sheet, truth, taps, chance)))
    return found


def _is_safe_from_start(sheet: CueSheet, cue: Cue) -> bool:
    return cue.safe_after is not None and sheet.scene_order[cue.safe_after] == 0


def _batch(sheet_path: str, number: int, seed: int) -> dict[int, Counts]:
    return evenings(CueSheet.read(json.loads(Path(sheet_path).read_text(encoding="utf-8"))), number, seed)


COLUMNS = (
    ("taps", 4),
    ("error p50", 9),
    ("error p90", 9),
    ("before scene", 12),
    ("if ungated", 10),
    ("gated, truth outside", 20),
    ("early in/out", 13),
    ("quiet in/out", 13),
    ("beyond", 6),
    ("pushed", 6),
    ("asked", 6),
)


def _row(taps: int, counts: Counts, number: int) -> list[str]:
    said = counts.said
    deciles = quantiles(counts.errors, n=10)
    asked = f"{said['asked'] / said['taps']:.0%}" if said["taps"] else "–"
    return [
        str(taps),
        f"{deciles[4]:.0f} s",
        f"{deciles[8]:.0f} s",
        f"{said['before their scene'] / said['cards']:.1%}",
        f"{said['ungated'] / said['cards']:.1%}",
        f"{said['gated outside'] / max(1, said['gated']):.1%}",
        f"{said['early inside']} / {said['early outside']}",
        f"{said['quiet inside']} / {said['quiet outside']}",
        str(said["beyond the end"]),
        f"{said['pushed'] / number:.1f}",
        asked,
    ]


def kept(found: dict[int, Counts]) -> bool:
    """The promises: inside the doubt nothing early and nothing in quiet, and nothing past the end at all."""
    broken = ("early inside", "quiet inside", "beyond the end")
    return not any(counts.said[what] for counts in found.values() for what in broken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sheet", nargs="?", default=str(SHEET))
    parser.add_argument("--evenings", type=int, default=EVENINGS)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    shares = (given.evenings // 2, given.evenings - given.evenings // 2)
    with ProcessPoolExecutor(2) as pool:
        found, other = pool.map(_batch, [given.sheet] * 2, shares, (given.seed, given.seed + 1))
    for taps, counts in other.items():
        found[taps].add(counts)
    print(f"{given.evenings} evenings, {Path(given.sheet).name}, seed {given.seed}\n")
    print("  ".join(name.rjust(width) for name, width in COLUMNS))
    for taps, counts in found.items():
        cells = zip(_row(taps, counts, given.evenings), COLUMNS, strict=True)
        print("  ".join(cell.rjust(width) for cell, (_, width) in cells))
    print(
        "\nEvery promise is kept."
        if kept(found)
        else "\nA PROMISE IS BROKEN: in, quiet in and beyond must be 0."
    )
    return 0 if kept(found) else 1


if __name__ == "__main__":
    sys.exit(main())
