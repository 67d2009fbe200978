"""SubRip (.srt) in and out: one language, text and times."""

import html
import re
from typing import Any

from . import durations, subtitles
from .faults import Exported, Fault, Imported, fault, refuse
from .hanging import imported

_ENTITY = re.compile("&(?:amp|lt|gt|quot|apos|nbsp|#39);")
_TIMES = re.compile(r"\s*(-?[\d:.,]+)\s*-->\s*(-?[\d:.,]+)(?:\s.*)?")


def read(text: str, base: dict[str, Any] | None, lang: str, kind: str, repairs: list[Fault]) -> Imported:
    """Numbers may be missing; a comma or a point before the milliseconds; blank lines inside a note are
    closed up.
    """
    lines = text.split("\n")
    timings = [(index, found) for index, line in enumerate(lines) if (found := _timing(line))]
    if not timings:
        raise refuse("No line here has two times with an arrow between them (00:00:01,000 --> 00:00:04,000).")
    faults = _broken(lines)
    moments = []
    for here, (index, found) in enumerate(timings):
        stop = timings[here + 1][0] if here + 1 < len(timings) else len(lines)
        words = _without_number(lines[index + 1 : stop], last=here + 1 == len(timings))
        made = subtitles.moment(index + 1, found[1], found[2], words, faults, repairs)
        if made and any(line.strip() for line in words):
            made.cue = subtitles.words_of([_plain(line) for line in words], lang, kind)
            moments.append(made)
    subtitles.raise_any(faults)
    return imported(moments, base, lang, "SRT", repairs)


def write(document: dict[str, Any], lang: str) -> Exported:
    blocks = []
    for number, (_, start, end, title, lines) in enumerate(subtitles.shown(document, lang), 1):
        times = f"{durations.write(start, ',', 2)} --> {durations.write(end, ',', 2)}"
        blocks.append("\n".join([str(number), times, *([f"<b>{title}</b>"] if title else []), *lines, ""]))
    lost = subtitles.losses(document, lang, keeps_ids=False)
    return Exported("\n".join(blocks), f".{lang}.srt", "application/x-subrip", lost)


def _plain(line: str) -> str:
    """Some programs write WebVTT's entities into SRT as well."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), line)


def _timing(line: str) -> re.Match[str] | None:
    return _TIMES.fullmatch(line) if "-->" in line and len(line) < 200 else None


def _broken(lines: list[str]) -> list[Fault]:
    return [
        fault("There is an arrow here, but not two times around it.", number)
        for number, line in enumerate(lines, 1)
        if "-->" in line and not _timing(line)
    ]


def _without_number(lines: list[str], last: bool) -> list[str]:
    """The lines of one note: the number that belongs to the next one is not among them."""
    words = list(lines)
    while words and not words[-1].strip():
        words.pop()
    if not last and words and words[-1].strip().isdigit() and (len(words) == 1 or not words[-2].strip()):
        words.pop()
    return words
