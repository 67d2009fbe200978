"""`companion-times/1`: when the scenes of a film come, learnt from evenings, without a word of the notes."""

from collections.abc import Collection, Mapping, Sequence
from math import sqrt
from statistics import median
from typing import Any

import msgspec

from .refused import Refused
from .sheet_edits import Document, film_scenes, rounded, starts

FORMAT = "companion-times/1"
ONE_EVENING_WITHIN = 5.0
LEAST_WITHIN = 2.0
LEAST_OUTLIER = 10.0
NORMAL = 1.4826
"""Median distance to the median times this is the standard deviation of a normal spread."""


class SceneTime(msgspec.Struct, frozen=True):
    """`at` is seconds into the edition, `within` how far the truth may be, `n` how many evenings say so."""

    at: float
    within: float
    n: int = 1


class Times(msgspec.Struct, frozen=True, rename={"format_": "format"}):
    """The file that travels: 2 kB for a film of forty scenes."""

    film: dict[str, Any]
    edition: dict[str, Any]
    evenings: int
    scenes: dict[str, SceneTime]
    format_: str = FORMAT


class Gathered(msgspec.Struct, frozen=True):
    """What evenings say about one scene beside what the sheet says now. `outliers` were left out."""

    scene_id: str
    now: float
    at: float
    within: float
    n: int
    spread: float
    outliers: tuple[float, ...] = ()


def evening(marks: Mapping[str, float], rate: float = 1.0) -> dict[str, float]:
    """Positions of one room's taps as times of the edition: a copy that runs `rate` times as fast is
    stretched.
    """
    return {scene_id: rounded(position * rate) for scene_id, position in marks.items()}


def gather(document: Document, evenings: Sequence[Mapping[str, float]]) -> list[Gathered]:
    """Per scene of the film the median over the evenings, in sheet order; scenes nobody tapped are
    missing.
    """
    found = []
    for scene in film_scenes(document):
        told = [each[scene["id"]] for each in evenings if scene["id"] in each]
        if told:
            found.append(_gathered(scene, told))
    return sorted(found, key=lambda each: each.now)


def as_file(document: Document, gathered: Sequence[Gathered], evenings: int) -> Times:
    film, edition = document.get("film") or {}, document.get("edition") or {}
    return Times(
        film={key: film[key] for key in ("title", "year", "country", "runtime") if key in film},
        edition={key: edition[key] for key in ("name", "runtime") if key in edition},
        evenings=evenings,
        scenes={each.scene_id: SceneTime(each.at, each.within, each.n) for each in gathered},
    )


def read(value: Any) -> Times:
    """Refused with a sentence when it is no file of times."""
    try:
        found = msgspec.convert(value, Times)
    except (msgspec.ValidationError, RecursionError):
        raise Refused("bad_field", "This is not a file of film times.") from None
    if found.format_ != FORMAT or any(
        each.at < 0 or each.within < 0 or each.n < 1 for each in found.scenes.values()
    ):
        raise Refused("bad_field", "This is not a file of film times.")
    return found


def evenings_of(files: Sequence[Times]) -> list[dict[str, float]]:
    """Several files as evenings again: each scene counts as often as evenings stand behind it (at most
    99).
    """
    found = []
    for times in files:
        most = max((each.n for each in times.scenes.values()), default=0)
        for number in range(min(most, 99)):
            found.append({scene: each.at for scene, each in times.scenes.items() if number < each.n})
    return found


def lay_over(document: Document, gathered: Sequence[Gathered], accepted: Collection[str]) -> Document:
    """The accepted scenes at their times, `tapped`, with their `within`.

    Scenes still guessed lie on straight lines between them, the film's start and its end, as in a room
    (ROOM.md 6); notes go with their scenes.
    """
    taken = {each.scene_id: each for each in gathered if each.scene_id in accepted}
    if not taken:
        return document
    begin = starts(document)
    runtime = float((document.get("edition") or {}).get("runtime") or 0)
    fixed = sorted({(begin[scene_id], each.at) for scene_id, each in taken.items()})
    end = max(runtime, fixed[-1][1])
    places = _rising([(0.0, 0.0), *fixed, (max(end, fixed[-1][0]), end)])

    def laid(scene: dict[str, Any]) -> dict[str, Any]:
        if scene["id"] in taken:
            told = taken[scene["id"]]
            return {**scene, "start": told.at, "timing": "tapped", "within": told.within}
        if scene["id"] not in begin or (scene.get("timing") or "guessed") != "guessed":
            return scene
        return {**scene, "start": rounded(_between(places, begin[scene["id"]]))}

    return {**document, "scenes": [laid(scene) for scene in document["scenes"]]}


def _gathered(scene: Mapping[str, Any], told: Sequence[float]) -> Gathered:
    middle = median(told)
    spread = NORMAL * median([abs(each - middle) for each in told])
    reach = max(LEAST_OUTLIER, 3 * spread)
    kept = [each for each in told if abs(each - middle) <= reach] if len(told) > 2 else list(told)
    middle = median(kept)
    spread = NORMAL * median([abs(each - middle) for each in kept])
    outliers = tuple(sorted(each for each in told if each not in kept))
    within = max(LEAST_WITHIN, ONE_EVENING_WITHIN / sqrt(len(kept)), 2 * spread / sqrt(len(kept)))
    if len(kept) == 2:
        within = max(within, abs(kept[0] - kept[1]) / 2)
    now = float(scene.get("start") or 0)
    return Gathered(scene["id"], now, rounded(middle), _tenth(within), len(kept), _tenth(spread), outliers)


def _tenth(seconds: float) -> float:
    return rounded(int(seconds * 10 + 0.999) / 10)


def _rising(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without the points that would turn time around."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if not kept or (point[0] > kept[-1][0] and point[1] >= kept[-1][1]):
            kept.append(point)
    return kept


def _between(points: Sequence[tuple[float, float]], at: float) -> float:
    after = next((i for i, point in enumerate(points) if point[0] >= at and i), len(points) - 1)
    (a, b), (c, d) = points[after - 1], points[after]
    return b + (min(at, c) - a) * (d - b) / (c - a)
