"""What evenings make of guessed scene times: `make bench-times`. Simulated; the machine does not matter.

Sheets of 24 scenes whose times are guessed from a book, minutes off (normal, 150 s). Hosts tap scenes as they
recognise them: log-normal, 0.5 to 5 s, 1.2 s in the middle, less the quarter of a second a mark allows for.
One evening in ten has one tap half a minute to three minutes late. Times are gathered and laid over the sheet
by the rules the studio uses.
"""

import math
import random
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from companion.rules import times

RUNTIME = 7620.0
SCENES = 24
SHEETS = 60
GUESSED_OFF = 150.0
EVENINGS = (1, 3, 10)
TAPS = (8, 24)


@dataclass
class Found:
    """Seconds each scene is off, before and after; `covered`: whether the told ±within held."""

    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)


def recognition(chance: random.Random) -> float:
    """Seconds a person takes to know that this is the moment, and to press."""
    return min(5.0, max(0.5, math.exp(chance.gauss(math.log(1.2), 0.5))))


def film(starts: list[float], **more: Any) -> dict[str, Any]:
    scenes = [
        {"id": f"s{n}", "title": {"en": f"Secret {n}"}, "start": start, "timing": "guessed", "within": 300}
        for n, start in enumerate(starts)
    ]
    return {
        "film": {"title": {"en": "A"}, "year": 2013},
        "edition": {"name": "disc", "runtime": RUNTIME},
        "scenes": scenes,
        "cues": [],
        **more,
    }


def simulated(evenings: int, taps: int, seed: int = 7) -> Found:
    """So many evenings with so many taps each, over sixty sheets."""
    chance, found = random.Random(seed), Found()
    for _ in range(SHEETS):
        truth = sorted(chance.uniform(30, RUNTIME - 120) for _ in range(SCENES))
        document = film(sorted(max(0, at + chance.gauss(0, GUESSED_OFF)) for at in truth))
        watched = [evening(truth, taps, chance) for _ in range(evenings)]
        _compare(found, document, truth, watched)
    return found


def evening(truth: list[float], taps: int, chance: random.Random) -> dict[str, float]:
    tapped = chance.sample(range(SCENES), taps)
    marks = {f"s{n}": truth[n] + recognition(chance) - 0.25 for n in tapped}
    if chance.random() < 0.1:
        marks[chance.choice(sorted(marks))] += chance.uniform(30, 200)
    return marks


def _compare(
    found: Found, document: dict[str, Any], truth: list[float], watched: list[dict[str, float]]
) -> None:
    gathered = times.gather(document, watched)
    told = {row.scene_id: row for row in gathered}
    laid = times.lay_over(document, gathered, set(told))["scenes"]
    for was, scene, at in zip(document["scenes"], laid, truth, strict=True):
        found.before.append(abs(was["start"] - at))
        found.after.append(abs(scene["start"] - at))
        if row := told.get(scene["id"]):
            found.covered.append(abs(row.at - at) <= row.within)


def table() -> Iterator[str]:
    yield "| taps an evening | evenings | off in the middle | nine in ten within | ±within holds |"
    yield "|---|---|---|---|---|"
    for taps in TAPS:
        for evenings in EVENINGS:
            found = simulated(evenings, taps)
            if evenings == EVENINGS[0]:
                yield f"| {taps} | none yet | {_said(found.before)} | |"
            yield f"| {taps} | {evenings} | {_said(found.after)} | {statistics.mean(found.covered):.0%} |"


def _said(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.1f} s | {statistics.quantiles(seconds, n=10)[8]:.1f} s"


def main() -> int:
    print(f"{SHEETS} sheets of {SCENES} scenes, guessed to ±{GUESSED_OFF:.0f} s, seed 7\n")
    for line in table():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
