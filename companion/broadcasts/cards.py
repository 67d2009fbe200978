"""Cards as phones get them: rendered once per sheet revision, cue and language."""

from collections import OrderedDict
from functools import partial
from typing import Any

from flask import render_template

from companion.languages import speaking
from companion.rules.cue_sheet import Cue, CueSheet, words_in

KEPT = 4_000
_rendered: OrderedDict[tuple[str, str, str], str] = OrderedDict()


def render_card(key: str, sheet: CueSheet, cue: Cue, lang: str) -> str:
    """The card's HTML; `key` names the sheet revision (and the room, for a question its host made up)."""
    known = _rendered.get((key, cue.id, lang))
    if known is None:
        known = _render(sheet, cue, lang)
        _rendered[key, cue.id, lang] = known
        if len(_rendered) > KEPT:
            _rendered.popitem(last=False)
    return known


def title_of(sheet: CueSheet, cue: Cue, lang: str) -> str:
    return words_in(cue.title or cue.text, lang, sheet.languages)[1]


def say(words: dict[str, str], lang: str, languages: tuple[str, ...]) -> tuple[str, str]:
    return words_in(words, lang, languages) if words else (lang, "")


def _render(sheet: CueSheet, cue: Cue, lang: str) -> str:
    spoken: Any = partial(say, lang=lang, languages=sheet.languages)
    with speaking(lang):
        html = render_template(f"room/cards/_{cue.kind}.html", cue=cue, lang=lang, say=spoken, sheet=sheet)
    return html.strip()
