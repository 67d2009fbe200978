"""What plain WebVTT and SRT share: notes as lines of text with two times, and what that leaves out."""

import re
from collections.abc import Callable
from typing import Any

from companion.rules.sheet_edits import rounded, starts, time_of

from . import durations
from .faults import LONGEST_LINE, Fault, Moment, Said, Unreadable, fault, loss

UNTIMED_LENGTH = 4.0
_TAGS = re.compile(
    r"</?(?:i|b|u|s|em|strong|font|c|v|lang|ruby|rt)(?:[.\s][^<>\n]*)?>|<[\d:.]+>|\{\\[^{}\n]*\}", re.I
)
_BOLD = re.compile(r"<b>(.*)</b>", re.I)


def moment(
    line: int, begin: str, end: str, text: list[str], faults: list[Fault], repairs: list[Fault]
) -> Moment | None:
    """One block of a subtitle file. What is wrong with it goes to `faults`, what was mended to `repairs`."""
    if begin.lstrip().startswith("-"):
        faults.append(fault("This note begins before the film does.", line))
        return None
    start, stop = durations.read(begin), durations.read(end)
    if start is None or stop is None:
        faults.append(fault("“%(words)s” is not a time.", line, words=(begin if start is None else end)[:30]))
        return None
    if any(len(each) > LONGEST_LINE for each in text):
        faults.append(fault("A line has more than %(most)s characters.", line, most=LONGEST_LINE))
        return None
    if stop <= start:
        repairs.append(fault("It ended before it began; it is now 4 seconds long.", line))
        stop = start + UNTIMED_LENGTH
    return Moment(line, start, rounded(stop), {})


def raise_any(faults: list[Fault]) -> None:
    if faults:
        raise Unreadable(sorted(faults, key=lambda fault: fault.line or 0))


def words_of(lines: list[str], lang: str, kind: str) -> dict[str, Any]:
    """Kind, title and text of a block; a first line that is bold as a whole is the title."""
    lines = [line.strip() for line in lines if line.strip()]
    bold = _BOLD.fullmatch(lines[0]) if len(lines) > 1 else None
    title = without_tags(bold[1]) if bold else ""
    text = "\n".join(without_tags(line) for line in (lines[1:] if title else lines))
    return {"kind": kind, **({"title": {lang: title}} if title else {}), "text": {lang: text}}


def without_tags(line: str) -> str:
    return _TAGS.sub("", line).strip()


def shown(document: dict[str, Any], lang: str) -> list[tuple[dict[str, Any], float, float, str, list[str]]]:
    """What a player can show, by time: (note, start, end, title, lines). Warnings stay with those who asked
    for them.
    """
    notes = []
    for cue in document["cues"]:
        start = time_of(document, cue)
        if start is None or start < 0 or cue.get("kind") == "warning":
            continue
        text = _in(cue.get("text"), lang, document)
        options = [_in(option.get("text"), lang, document) for option in cue.get("options") or []]
        lines = [line.strip() for line in text.replace("-->", "→").splitlines() if line.strip()]
        lines += [f"{chr(65 + index)}) {words}" for index, words in enumerate(options[:26])]
        title = " ".join(_in(cue.get("title"), lang, document).replace("-->", "→").split())
        if lines or title:
            notes.append(
                (cue, start, rounded(start + max(float(cue.get("duration") or 0), 0.001)), title, lines)
            )
    return sorted(notes, key=lambda note: note[1])


def losses(document: dict[str, Any], lang: str, keeps_ids: bool) -> list[Said]:
    """In the author's words: what these notes lose as subtitles."""
    cues, film = document["cues"], starts(document)
    others = [other for other in document.get("languages") or [] if other != lang]
    counted = [
        (
            loss(
                "notes before and after the film: %(count)s",
                count=_count(cues, lambda c: c.get("scene") not in film),
            )
        ),
        (loss("content warnings, which are only for those who ask: %(count)s", count=_count(cues, _warns))),
        (
            loss(
                "polls and quizzes, which become lines to read: %(count)s",
                count=_count(cues, lambda c: c.get("options")),
            )
        ),
        (loss("sources: %(count)s", count=_count(cues, lambda c: c.get("source") or c.get("confidence")))),
        (loss("rules of when to show a note: %(count)s", count=_count(cues, _is_ruled))),
        (loss("scenes and what belongs to them: %(count)s", count=len(document["scenes"]))),
    ]
    lost = [each for each in counted if each.facts["count"]]
    lost += [loss("texts in other languages: %(names)s", names=", ".join(others))] if others else []
    lost += [] if keeps_ids else [loss("the names by which notes are found again")]
    return [*lost, loss("kinds of notes, the film's details and credits")]


def _count(cues: list[dict[str, Any]], test: Callable[[dict[str, Any]], object]) -> int:
    return sum(bool(test(cue)) for cue in cues)


def _warns(cue: dict[str, Any]) -> bool:
    return cue.get("kind") == "warning"


def _is_ruled(cue: dict[str, Any]) -> bool:
    return bool(cue.get("push") or cue.get("safe_after") or cue.get("anywhere"))


def _in(words: dict[str, str] | None, lang: str, document: dict[str, Any]) -> str:
    """The text in a language, else in the first of the sheet that has it."""
    texts = words or {}
    return next((texts[each] for each in (lang, *(document.get("languages") or [])) if texts.get(each)), "")
