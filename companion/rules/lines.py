"""Straight lines through known points."""

from bisect import bisect_right
from collections.abc import Sequence
from math import inf


def on_the_line(points: Sequence[tuple[float, float]], x: float) -> float:
    """The height at `x` of the line through `points` (ascending, at least one); flat outside them."""
    after = bisect_right(points, (x, inf))
    if after == 0:
        return points[0][1]
    if after == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
