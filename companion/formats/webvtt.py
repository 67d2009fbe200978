"""WebVTT in and out: a metadata track that carries everything, and a plain track any player shows.

The metadata track has the sheet without its notes in a NOTE block and one note as JSON in each cue; the
times before and after the arrow win over the JSON, so that a subtitle editor may move them.
"""

import html
import json
import re
from typing import Any

from companion.rules.sheet_edits import film_scenes, hang, rounded, time_of

from . import durations, subtitles
from .faults import Exported, Fault, Imported, Moment, Unreadable, fault, refuse
from .hanging import imported
from .json_sheet import parse, well_formed

HEAD = "NOTE companion-sheet/1"
_TIMES = re.compile(r"\s*(-?[\d:.,]+)\s+-->\s+(-?[\d:.,]+)(?:[\t ].*)?")
_BLOCKS = ("NOTE", "STYLE", "REGION")
Block = tuple[int, list[str]]


def read(text: str, base: dict[str, Any] | None, lang: str, kind: str, repairs: list[Fault]) -> Imported:
    lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise refuse("A WebVTT file begins with the word WEBVTT.", 1)
    faults: list[Fault] = []
    head: dict[str, Any] | None = None
    moments = []
    for line, block in _blocks(lines):
        if block[0] == HEAD:
            head = well_formed(parse("\n".join(block[1:]), line))
        elif "X-TIMESTAMP-MAP" in block[0]:
            repairs.append(fault("X-TIMESTAMP-MAP was left aside: the times are taken as they stand.", line))
        elif not block[0].startswith(_BLOCKS) and (made := _moment(line, block, lang, kind, faults, repairs)):
            moments.append(made)
    subtitles.raise_any(faults)
    if head is not None:
        return Imported(_whole(head, moments), "WebVTT", repairs)
    return imported(moments, base, lang, "WebVTT", repairs)


def write_metadata(document: dict[str, Any], lang: str) -> Exported:
    timed: dict[str, tuple[float, float, dict[str, Any]]] = {}
    kept = []
    for cue in document["cues"]:
        start, length = time_of(document, cue), float(cue.get("duration") or 0)
        if start is None or start < 0 or length < 0.001 or cue["id"] in timed:
            kept.append(cue)
        else:
            timed[cue["id"]] = (start, rounded(start + length), cue)
            kept.append({"id": cue["id"]})
    blocks = ["WEBVTT companion-sheet/1\n", f"{HEAD}\n{_json({**document, 'cues': kept}, 1)}\n"]
    for start, end, cue in sorted(timed.values(), key=lambda each: each[0]):
        blocks.append(f"{_times(start, end)}\n{_json(cue, None)}\n")
    return Exported("\n".join(blocks), ".vtt", "text/vtt", [])


def write_plain(document: dict[str, Any], lang: str) -> Exported:
    blocks = ["WEBVTT\n"]
    for cue, start, end, title, lines in subtitles.shown(document, lang):
        words = [
            *([f"<b>{html.escape(title, False)}</b>"] if title else []),
            *(html.escape(x, False) for x in lines),
        ]
        blocks.append("\n".join([cue["id"], _times(start, end), *words, ""]))
    return Exported(
        "\n".join(blocks), f".{lang}.vtt", "text/vtt", subtitles.losses(document, lang, keeps_ids=True)
    )


def _blocks(lines: list[str]) -> list[Block]:
    """Runs of lines between empty ones, each with the number of its first line; the header's own lines are
    the first.
    """
    found: list[Block] = []
    fresh = True
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            fresh = True
        elif fresh:
            found.append((number, [line]))
            fresh = False
        else:
            found[-1][1].append(line)
    return found


def _moment(
    line: int, block: list[str], lang: str, kind: str, faults: list[Fault], repairs: list[Fault]
) -> Moment | None:
    at = next((index for index, each in enumerate(block[:2]) if "-->" in each), None)
    if at is None:
        faults.append(fault("This block has no line with two times and an arrow between them.", line))
        return None
    times = _TIMES.fullmatch(block[at])
    if not times:
        faults.append(fault("There is an arrow here, but not two times around it.", line + at))
        return None
    words = block[at + 1 :]
    payload = _payload(words)
    made = subtitles.moment(line + at, times[1], times[2], [] if payload else words, faults, repairs)
    if made is None or not words:
        return None
    made.cue = payload or _unescaped(subtitles.words_of(words, lang, kind))
    if at and not payload:
        made.cue["id"] = block[0].strip()[:80]
    return made


def _payload(lines: list[str]) -> dict[str, Any] | None:
    """The note as JSON, when this cue of the track is one."""
    if not lines or not lines[0].lstrip().startswith("{"):
        return None
    try:
        found = parse("\n".join(lines))
    except Unreadable:
        return None
    return found if isinstance(found.get("id"), str) else None


def _unescaped(cue: dict[str, Any]) -> dict[str, Any]:
    return {
        key: {lang: html.unescape(words) for lang, words in value.items()}
        if isinstance(value, dict)
        else value
        for key, value in cue.items()
    }


def _whole(head: dict[str, Any], moments: list[Moment]) -> dict[str, Any]:
    """The sheet put together again: a note moved in the file is moved, one taken out is gone, a new one is
    added.
    """
    found = {str(moment.cue["id"]): moment for moment in moments if "id" in moment.cue}
    cues = []
    for kept in head.get("cues") or []:
        moment = found.pop(kept["id"], None)
        if len(kept) > 1:
            cues.append(kept)
        elif moment is not None:
            cues.append(_placed(head, moment))
    return {**head, "cues": cues + [_placed(head, moment) for moment in found.values()]}


def _placed(document: dict[str, Any], moment: Moment) -> dict[str, Any]:
    cue, length = moment.cue, rounded(moment.end - moment.start)
    if abs(length - float(cue.get("duration") or 0)) > 0.0011:
        cue = {**cue, "duration": length}
    at = time_of(document, cue)
    moved = at is None or abs(at - moment.start) > 0.0006
    return hang(document, cue, moment.start) if moved and film_scenes(document) else cue


def _times(start: float, end: float) -> str:
    return f"{durations.write(start, hours=2)} --> {durations.write(end, hours=2)}"


def _json(value: dict[str, Any], indent: int | None) -> str:
    """JSON without an empty line, an arrow or an exotic line end in it: those would end the block."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    for sign in "\x7f\u0085\u2028\u2029\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.replace("-->", "--\\u003e")
