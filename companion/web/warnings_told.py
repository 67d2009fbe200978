"""Content warnings read all at once by those who ask, spoiler-light, with about when (ROOM 16)."""

from companion.languages import gettext as _
from companion.languages import ngettext
from companion.rules.cue_sheet import Cue, CueSheet, words_in


def warnings_told(sheet: CueSheet, lang: str) -> list[dict[str, str]]:
    """In the order of the film; `about` is as vague as the notes' times are."""
    starts = {scene.id: scene.start for scene in sheet.scenes}
    found = [cue for cue in sheet.cues if cue.kind == "warning"]
    found.sort(key=lambda cue: starts.get(cue.scene, 0.0) + cue.offset)
    return [told(cue, starts.get(cue.scene, 0.0), sheet, lang) for cue in found]


def told(cue: Cue, start: float, sheet: CueSheet, lang: str) -> dict[str, str]:
    return {"text": words_in(cue.text, lang, sheet.languages)[1], "about": about(start + cue.offset)}


def about(seconds: float) -> str:
    """Rounded to five minutes of film: the notes promise no more."""
    minutes = round(seconds / 300) * 5
    if minutes == 0:
        return _("near the beginning")
    return ngettext("after about %(count)s minute", "after about %(count)s minutes", minutes)
