"""From moments that only know a time to notes that hang on scenes."""

from collections.abc import Sequence
from typing import Any

from companion.rules.sheet_edits import film_scenes, free_id, new_sheet, rounded, starts

from .faults import MOST_NOTES, Fault, Imported, Moment, fault, refuse


def document_of(moments: Sequence[Moment], base: dict[str, Any] | None, lang: str) -> dict[str, Any]:
    """The scenes of the base (or one from the first picture) with the moments hung on them, in order of
    time.
    """
    ordered = sorted(moments, key=lambda moment: moment.start)
    if base is None or not film_scenes(base):
        end = max((moment.end for moment in ordered), default=0.0)
        base = {**new_sheet("", 0, "", rounded(end), [lang]), "scenes": [_opening()]}
    begin = sorted(starts(base).items(), key=lambda each: each[1])
    taken: set[str] = set()
    cues = []
    at = 0
    for moment in ordered:
        while at + 1 < len(begin) and begin[at + 1][1] <= moment.start:
            at += 1
        cues.append(_cue(moment, *begin[at], taken))
    return {**base, "cues": cues}


def imported(
    moments: Sequence[Moment], base: dict[str, Any] | None, lang: str, word: str, repairs: list[Fault]
) -> Imported:
    if not moments:
        raise refuse("There is no note in this file.")
    if len(moments) > MOST_NOTES:
        raise refuse(
            "This file has %(count)s notes; %(most)s is the most that can be read.",
            count=len(moments),
            most=MOST_NOTES,
        )
    starts_read = [moment.start for moment in moments]
    if starts_read != sorted(starts_read):
        repairs = [*repairs, fault("The notes were not in order of time and were sorted.")]
    carries_ids = all("id" in moment.cue for moment in moments)
    return Imported(document_of(moments, base, lang), word, repairs, carries_ids, says_kinds=False)


def _opening() -> dict[str, Any]:
    return {"id": "opening", "title": {}, "start": 0, "timing": "guessed"}


def _cue(moment: Moment, scene: str, start: float, taken: set[str]) -> dict[str, Any]:
    wanted = str(moment.cue.get("id") or f"note-{len(taken) + 1}")
    cue_id = wanted if wanted not in taken else free_id(wanted, taken)
    taken.add(cue_id)
    return {
        **moment.cue,
        "id": cue_id,
        "scene": scene,
        "offset": rounded(moment.start - start),
        "duration": rounded(moment.end - moment.start),
    }
