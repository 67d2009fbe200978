"""Cards as guests will see them, from notes that are still being written."""

from functools import partial
from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, render_template

from companion import database
from companion.broadcasts.cards import say
from companion.languages import known, speaking
from companion.rules.cue_sheet import Cue
from companion.rules.refused import Refused
from companion.web.studio_door import asked, own_sheet

blueprint = Blueprint("studio_cards", __name__, url_prefix="/api/studio")
MOST_CARDS = 200


class Looking(msgspec.Struct, forbid_unknown_fields=True):
    """Notes to draw, in each of `langs`; `languages` is the sheet's own order for what is missing."""

    cues: list[dict[str, Any]]
    langs: list[str]
    languages: tuple[str, ...] = ("en",)


@blueprint.post("/<slug>/cards")
def cards(slug: str) -> Response:
    given = asked(Looking)
    with database.reading() as session:
        own_sheet(session, slug)
    if len(given.cues) > MOST_CARDS or len(given.langs) > 8:
        raise Refused("too_large", "That is too many cards at once.")
    drawn = [{lang: html_of(cue, lang, given.languages) for lang in given.langs} for cue in given.cues]
    return jsonify({"cards": drawn})


def html_of(cue: dict[str, Any], lang: str, languages: tuple[str, ...]) -> str:
    """The real partial of the phone; "" for a note too unfinished to draw."""
    plain = {key: value for key, value in cue.items() if value is not None}
    try:
        made = msgspec.convert({"scene": "", **plain}, Cue)
    except msgspec.ValidationError:
        return ""
    spoken: Any = partial(say, lang=lang, languages=languages)
    with speaking(known(lang)):
        return render_template(f"room/cards/_{made.kind}.html", cue=made, lang=lang, say=spoken, sheet=None)
