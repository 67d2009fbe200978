"""The room's moments as SVG: the line on the page, and a picture to keep. Words come in translated."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from companion.rules import pulse_curve
from companion.rules.recap import Moment, Recap, Split

GROUND, CARD, TEXT, SECONDARY, ACCENT, OUTLINE = (
    "#000000",
    "#141417",
    "#c9c5be",
    "#9a958c",
    "#e0a33a",
    "#6a6a72",
)
SANS = "system-ui, 'Noto Sans', 'Noto Sans KR', 'Segoe UI', sans-serif"
MARGIN = 0.08
SHORT = 900.0
SMALL = 22


@dataclass(frozen=True)
class Words:
    """What the picture says. `facts` is one line under the title."""

    title: str
    film: str
    facts: str
    description: str
    moments: str = ""
    question: str = ""


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def at(self, part: float, height: float) -> tuple[float, float]:
        return self.x + self.width * part, self.y + self.height * (1 - height)


def clock(seconds: float, runtime: float) -> str:
    """h:mm, or m:ss in a film too short for hours."""
    whole = int(seconds)
    if runtime <= SHORT:
        return f"{whole // 60}:{whole % 60:02d}"
    return f"{whole // 3600}:{whole % 3600 // 60:02d}"


def pulse(told: Recap, words: Words, width: int = 720) -> str:
    """The line over film time, for a page: a curve, or low dots where the room is too small for one."""
    height, above = (260, 40) if told.is_curve else (104, 8)
    box = Box(16, above, width - 32, height - above - 44)
    inside = "".join([_line(told, box), _hours(told.night.runtime, box, SMALL)])
    return _svg(width, height, words, inside)


def poster(told: Recap, words: Words, width: int = 1080, height: int = 1920) -> str:
    """A picture to keep: the title, the line, what the room came back to, and the question that split it."""
    tall = height > width
    left, room = width * MARGIN, width * (1 - 2 * MARGIN)
    column = room if tall else room * 0.56
    size = 72 if tall else 60
    parts = [f'<rect width="{width}" height="{height}" fill="{GROUND}"/>']
    y = height * MARGIN + size
    for line in wrapped(words.title, column, size)[:2]:
        parts.append(_text(left, y, line, size, TEXT, weight=600))
        y += size * 1.15
    for line in (words.film, words.facts):
        parts.append(_text(left, y, line, size * 0.5, SECONDARY))
        y += size * 0.75
    box = Box(left, y + size * 0.9, column, height * (0.2 if tall else 0.26))
    parts += [_line(told, box, stroke=5), _hours(told.night.runtime, box, 28)]
    if tall:
        y = box.y + box.height + size * 2.2
        parts.append(_moments(told, words, left, y, column, size * 0.5))
        y += size * (1 + 0.85 * (len(told.moments) + 1))
        parts.append(_question(told.most_split, words, Box(left, y, room, height - y)))
    else:
        beside = left + column + width * 0.05
        parts.append(_moments(told, words, left, box.y + box.height + 110, column, 30))
        parts.append(
            _question(told.most_split, words, Box(beside, height * 0.16, width - beside - left, 600))
        )
    return _svg(width, height, words, "".join(parts))


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines that fit, by a rough width per letter: half the size for Latin, the whole for Hangul and CJK."""
    lines: list[str] = []
    used = math.inf
    for word in text.split():
        wide = _width(word, size)
        if used + size * 0.3 + wide > width:
            lines.append(word)
            used = wide
        else:
            lines[-1] += f" {word}"
            used += size * 0.3 + wide
    return lines


def _width(word: str, size: float) -> float:
    return sum(size if ord(letter) > 0x2E80 else size * 0.54 for letter in word)


def _line(told: Recap, box: Box, stroke: float = 3) -> str:
    base = box.y + box.height
    ground = (
        f'<line x1="{_n(box.x)}" y1="{_n(base)}" x2="{_n(box.x + box.width)}" y2="{_n(base)}"'
        f' stroke="{OUTLINE}" stroke-width="2"/>'
    )
    drawn = _curve(told, box, stroke) if told.is_curve else _dots(told, box)
    return ground + drawn


def _curve(told: Recap, box: Box, stroke: float) -> str:
    top = max(told.line) or 1.0
    count = max(1, len(told.line) - 1)
    points = [box.at(i / count, value / top) for i, value in enumerate(told.line)]
    path = pulse_curve.path(points)
    base = box.y + box.height
    area = f"{path}L{_n(points[-1][0])} {_n(base)}L{_n(points[0][0])} {_n(base)}Z"
    marks = "".join(_peak(told, moment, box, points) for moment in told.moments)
    return (
        f'<path d="{area}" fill="{ACCENT}" fill-opacity="0.14"/>'
        f'<path d="{path}" fill="none" stroke="{ACCENT}" stroke-width="{stroke:g}" stroke-linejoin="round"/>'
        f"{marks}"
    )


def _peak(told: Recap, moment: Moment, box: Box, points: Sequence[tuple[float, float]]) -> str:
    x, y = points[min(int(moment.position // told.bins[0].width), len(points) - 1)]
    inside = min(max(x, box.x + 26), box.x + box.width - 26)
    label = _text(inside, y - 14, clock(moment.position, told.night.runtime), SMALL, TEXT, "middle")
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="6" fill="{ACCENT}"/>{label}'


def _dots(told: Recap, box: Box) -> str:
    most = max((b.count for b in told.bins), default=0) or 1
    step = box.width / len(told.bins)
    return "".join(
        f'<circle cx="{_n(box.x + step * (i + 0.5))}" cy="{_n(box.y + box.height - 18)}"'
        f' r="{_n(4 + 10 * math.sqrt(b.count / most))}" fill="{ACCENT}" fill-opacity="0.75"/>'
        for i, b in enumerate(told.bins)
        if b.count
    )


def _hours(runtime: float, box: Box, size: float) -> str:
    step = 1800 if runtime > 3600 else 600 if runtime > 900 else 60
    ticks = [i * step for i in range(int(runtime // step) + 1)]
    return "".join(
        _text(
            box.x + box.width * at / runtime,
            box.y + box.height + size * 1.5,
            clock(at, runtime),
            size,
            SECONDARY,
            _anchor(at),
        )
        for at in ticks
        if at < runtime * 0.97
    )


def _anchor(at: float) -> str:
    return "start" if at == 0 else "middle"


def _moments(told: Recap, words: Words, x: float, y: float, width: float, size: float) -> str:
    if not told.moments:
        return ""
    parts = [_text(x, y, words.moments, size, SECONDARY)]
    for i, moment in enumerate(told.moments, start=1):
        said = moment.scene.title if moment.scene else ""
        line = (wrapped(said, width - size * 5.5, size) or [""])[0]
        row = y + i * size * 1.7
        parts.append(
            _text(x, row, f"{clock(moment.position, told.night.runtime)} {moment.emoji}", size, ACCENT)
        )
        parts.append(_text(x + size * 5.5, row, line, size, TEXT))
    return "".join(parts)


def _question(split: Split | None, words: Words, box: Box) -> str:
    if split is None:
        return ""
    size = 40
    y = box.y + size
    parts = [_text(box.x, y, words.question, size * 0.8, SECONDARY)]
    y += size * 1.5
    for line in wrapped(split.question.text, box.width, size)[:3]:
        parts.append(_text(box.x, y, line, size, TEXT))
        y += size * 1.25
    for choice in split.choices[:6]:
        parts.append(
            _bar(choice.text, choice.count + choice.hands, choice.share, Box(box.x, y, box.width, 64))
        )
        y += 80
    return "".join(parts)


def _bar(text: str, count: int, share: float, box: Box) -> str:
    line = (wrapped(text, box.width - 120, 30) or [""])[0]
    place = f'<rect x="{_n(box.x)}" y="{_n(box.y)}" height="{_n(box.height)}" rx="10"'
    return (
        f'{place} width="{_n(box.width)}" fill="{CARD}"/>'
        f'{place} width="{_n(box.width * share)}" fill="{ACCENT}" fill-opacity="0.28"/>'
        + _text(box.x + 20, box.y + 42, line, 30, TEXT)
        + _text(box.x + box.width - 20, box.y + 42, str(count), 30, TEXT, "end")
    )


def _text(
    x: float, y: float, said: str, size: float, fill: str, anchor: str = "start", weight: int = 400
) -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}" text-anchor="{anchor}"'
        f' font-weight="{weight}">{escape(said)}</text>'
    )


def _svg(width: int, height: int, words: Words, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" font-family="{SANS}"><title>{escape(words.title)}</title>'
        f"<desc>{escape(words.description)}</desc>{inside}</svg>"
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
