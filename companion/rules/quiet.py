"""The stretches of film in which the clock pushes nothing (ROOM.md 14)."""

from itertools import pairwise
from math import inf

from companion.rules.alignment import Alignment
from companion.rules.cue_sheet import Scene

Stretch = tuple[float, float]


def quiet_stretches(alignment: Alignment) -> list[Stretch]:
    """[from, to) in positions, ascending: each quiet scene as wide as our doubt about where it lies."""
    scenes = alignment.sheet.film_scenes
    found: list[Stretch] = []
    for scene, following in pairwise((*scenes, None)):
        if scene is None or not scene.quiet:
            continue
        begins = max(0.0, alignment.scene_position(scene.id) - _doubt(alignment, scene))
        ends = inf
        if following:
            ends = alignment.scene_position(following.id) + _doubt(alignment, following)
        if found and begins <= found[-1][1]:
            begins, ends = found[-1][0], max(found.pop()[1], ends)
        found.append((begins, ends))
    return found


def quiet_around(stretches: list[Stretch], position: float) -> Stretch | None:
    return next((s for s in stretches if s[0] <= position < s[1]), None)


def is_quiet(alignment: Alignment, position: float) -> bool:
    """Here no card, result, dot, buzz or pulse comes by itself."""
    return quiet_around(quiet_stretches(alignment), position) is not None


def _doubt(alignment: Alignment, scene: Scene) -> float:
    return 0.0 if scene.timing == "measured" else alignment.uncertainty(scene.id)
