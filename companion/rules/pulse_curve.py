"""The room's reactions against film time: bins, a smoothed line, its peaks, and the line as an SVG path.

Film positions and widths are in seconds. A curve says something only about a room: under three guests or
twenty reactions the caller draws dots.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

REACTION_BIN = 5.0
LEAST_GUESTS = 3
LEAST_REACTIONS = 20
PEAKS_AT_MOST = 5
PEAKS_APART = 180.0
KERNEL = tuple(math.exp(-(step**2) / 2) for step in range(-3, 4))  # Gaussian, sigma one bin


@dataclass(frozen=True)
class Bin:
    """Film time [position, position + width): reactions, and reactions per guest who had joined by then."""

    position: float
    width: float
    count: int
    share: float


def bin_width(runtime: float) -> float:
    """A hundredth of the film, within 15 to 60 s (the bar of the most-replayed graphs)."""
    return min(max(runtime / 100, 15.0), 60.0)


def bins(
    reactions: Iterable[tuple[float, int]],
    joined: Sequence[float],
    runtime: float,
    width: float | None = None,
) -> tuple[Bin, ...]:
    """`reactions` are (position, count); `joined` where each guest came in (0 = before the film)."""
    width = width or bin_width(runtime)
    last = max(0, math.ceil(runtime / width) - 1)
    counts = [0] * (last + 1)
    for position, count in reactions:
        counts[min(max(int(position // width), 0), last)] += count
    arrivals = sorted(joined)
    return tuple(
        Bin(i * width, width, count, count / max(1, bisect_right(arrivals, (i + 1) * width)))
        for i, count in enumerate(counts)
    )


def is_enough_for_a_curve(guests: int, reactions: int) -> bool:
    return guests >= LEAST_GUESTS and reactions >= LEAST_REACTIONS


def smoothed(values: Sequence[float]) -> tuple[float, ...]:
    """Gaussian of one bin, cut and weighed anew at both ends, so that nothing sinks there by itself."""
    half = len(KERNEL) // 2
    out = []
    for i in range(len(values)):
        near = [(KERNEL[k + half], values[i + k]) for k in range(-half, half + 1) if 0 <= i + k < len(values)]
        out.append(sum(w * v for w, v in near) / sum(w for w, _ in near))
    return tuple(out)


def prominence(values: Sequence[float], at: int) -> float:
    """How far one must come down from this peak before a higher one can be climbed."""
    height = values[at]
    left = _valley(values[at::-1], height)
    right = _valley(values[at:], height)
    return height - max(left, right)


def peaks(values: Sequence[float], width: float) -> tuple[int, ...]:
    """Indices of the peaks, most prominent first chosen, three minutes apart, five at most; in film order."""
    tops = [i for i in range(len(values)) if _is_top(values, i)]
    chosen: list[int] = []
    for i in sorted(tops, key=lambda i: (-prominence(values, i), i)):
        if len(chosen) < PEAKS_AT_MOST and all(abs(i - j) * width >= PEAKS_APART for j in chosen):
            chosen.append(i)
    return tuple(sorted(chosen))


def path(points: Sequence[tuple[float, float]]) -> str:
    """A monotone cubic (Fritsch and Carlson, SIAM J. Numer. Anal. 17, 1980): no dip the data has not."""
    if not points:
        return ""
    slopes = _slopes(points)
    parts = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    for (x0, y0), (x1, y1), m0, m1 in zip(points, points[1:], slopes, slopes[1:], strict=False):
        third = (x1 - x0) / 3
        parts.append(
            f"C{_number(x0 + third)} {_number(y0 + m0 * third)}"
            f" {_number(x1 - third)} {_number(y1 - m1 * third)} {_number(x1)} {_number(y1)}"
        )
    return "".join(parts)


def _valley(walk: Sequence[float], height: float) -> float:
    lowest = height
    for value in walk:
        if value > height:
            return lowest
        lowest = min(lowest, value)
    return 0.0


def _is_top(values: Sequence[float], i: int) -> bool:
    before = values[i - 1] if i else 0.0
    after = values[i + 1] if i + 1 < len(values) else 0.0
    return values[i] > 0 and values[i] > before and values[i] >= after


def _slopes(points: Sequence[tuple[float, float]]) -> list[float]:
    if len(points) == 1:
        return [0.0]
    secants = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    inner = [0.0 if a * b <= 0 else 2 * a * b / (a + b) for a, b in pairwise(secants)]
    return [secants[0], *inner, secants[-1]]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
