"""Rehearsing in the studio: every card as guests get it, and when an untapped room would show it."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from companion import database
from companion.broadcasts.cards import render_card
from companion.languages import current_language, tell
from companion.rules.cue_sheet import Cue, CueSheet, words_in
from companion.rules.findings import SheetFaults
from companion.rules.refused import Refused
from companion.rules.rehearsal import Rehearsal, rehearse
from companion.web.studio_door import own_sheet

blueprint = Blueprint("studio_rehearsal", __name__, url_prefix="/api/studio")
PACES = ("calm", "talkative", "silent")


@blueprint.get("/<slug>/rehearsal")
def rehearsal(slug: str) -> Response:
    """`?pace=`: how talkative the room is. Cards have the wire's shape, for the phone's own rules."""
    pace: Any = request.args.get("pace", "calm")
    if pace not in PACES:
        raise Refused("bad_field", "There is no such pace.")
    with database.reading() as session:
        sheet_row = own_sheet(session, slug)
        revision = sheet_row.revision(sheet_row.latest)
        document = revision.document
    try:
        sheet = CueSheet.read(document)
    except SheetFaults as faults:
        sentence = tell(faults.findings[0].said)
        raise Refused("bad_field", sentence, findings=len(faults.findings)) from None
    seen = rehearse(sheet, pace)
    key = f"studio-{revision.revision_id}-{revision.at}"
    return jsonify(
        {
            "languages": sheet.languages,
            "runtime": sheet.edition.runtime,
            "cards": [card | {"html": drawn(key, sheet, cue)} for cue, card in cards(sheet, seen)],
            "scenes": scenes(sheet, seen),
            "told": told(seen),
        }
    )


def cards(sheet: CueSheet, seen: Rehearsal) -> list[tuple[Cue, dict[str, Any]]]:
    """Every card in the order of the evening; outside the film without a window."""
    outside = {part: [(cue, plain(cue, part)) for cue in sheet.cues_of(part)] for part in ("before", "after")}
    film = [
        (
            each.cue,
            plain(each.cue, "film")
            | {
                "start": each.window.start,
                "end": each.window.until,
                "pushed": each.comes_up,
                "late": each.late,
            },
        )
        for each in seen.shown
    ]
    return [*outside["before"], *film, *outside["after"]]


def plain(cue: Cue, part: str) -> dict[str, Any]:
    return {
        "cue_id": cue.id,
        "kind": cue.kind,
        "part": part,
        "scene_id": cue.scene,
        "start": None,
        "end": None,
        "pushed": part != "film",
        "late": 0,
    }


def drawn(key: str, sheet: CueSheet, cue: Cue) -> dict[str, str]:
    return {lang: render_card(key, sheet, cue, lang) for lang in sheet.languages}


def scenes(sheet: CueSheet, seen: Rehearsal) -> list[dict[str, Any]]:
    lang = current_language()
    quiet = {scene.id for scene in sheet.film_scenes if scene.quiet}
    return [
        {
            "scene_id": load.scene_id,
            "title": words_in(sheet.scene(load.scene_id).title, lang, sheet.languages)[1],
            "start": load.start,
            "length": load.length,
            "notes": load.notes,
            "comes_up": load.comes_up,
            "quiet": load.scene_id in quiet,
        }
        for load in seen.scenes
    ]


def told(seen: Rehearsal) -> dict[str, Any]:
    held, middle, most = seen.held_back
    where, silence = seen.longest_silence
    return {
        "cards": len(seen.shown),
        "comes_up": len(seen.coming_up),
        "held_back": held,
        "held_middle": middle,
        "held_most": most,
        "unasked": [each.cue.id for each in seen.unasked],
        "silenced": [each.cue.id for each in seen.silenced],
        "silence_from": where,
        "silence": silence,
        "overlaps": [[a.cue.id, b.cue.id] for a, b in seen.overlaps],
        "short_rests": [[a.cue.id, b.cue.id, rest] for a, b, rest in seen.short_rests],
    }
