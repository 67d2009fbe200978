"""From evenings to times: what hosts tapped in their rooms, as better times for the scenes."""

from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, make_response
from sqlalchemy.orm import Session

from companion import database
from companion.identity import current_host
from companion.models.drafts import evenings_of, taps_of
from companion.models.room import room_at
from companion.models.sheet import Sheet
from companion.rules import times
from companion.rules.refused import Refused
from companion.rules.sheet_diff import diff
from companion.web.studio_door import asked, own_sheet

blueprint = Blueprint("studio_times", __name__)
MOST_FILES = 100


class Files(msgspec.Struct, forbid_unknown_fields=True):
    """Files of film times that others sent, and the scenes whose times are taken."""

    files: list[Any] = []
    accepted: list[str] = []


@blueprint.post("/api/studio/<slug>/times")
def gathered(slug: str) -> Response:
    """The middle and spread of every scene over this server's evenings and the given files; never a word."""
    given = asked(Files)
    with database.reading() as session:
        sheet = own_sheet(session, slug)
        document = sheet.revision(sheet.latest).document
        evenings, found = from_evenings(session, sheet, document, given)
    return jsonify(
        {
            "evenings": len(evenings),
            "scenes": msgspec.to_builtins(found),
            "file": msgspec.to_builtins(times.as_file(document, found, len(evenings))),
        }
    )


@blueprint.post("/api/studio/<slug>/times/changes")
def changes(slug: str) -> Response:
    """What taking the accepted times would change; the page applies it as one step."""
    given = asked(Files)
    with database.reading() as session:
        sheet = own_sheet(session, slug)
        document = sheet.revision(sheet.latest).document
        _, found = from_evenings(session, sheet, document, given)
    laid = times.lay_over(document, found, given.accepted)
    return jsonify({"changes": msgspec.to_builtins(diff(document, laid))})


@blueprint.get("/api/rooms/<code>/times")
def of_one_room(code: str) -> Response:
    """For its hosts: this evening's taps as a file to send to whoever wrote the notes.

    It names scenes: a host who has not seen the film gets it when the film is over (ROOM 4).
    """
    host = current_host(code)
    if host is None:
        raise Refused("not_host", "Only a host may do that.")
    with database.reading() as session:
        room = room_at(session, code)
        if room is None:
            raise Refused("unknown_room", "There is no such room, or it is not open. Check the number.")
        if not host.seen_it and room.part in ("before", "film"):
            raise Refused("not_now", "These times name scenes. They are yours when the film is over.")
        document = room.sheet_revision.document
        found = times.gather(document, [times.evening(taps_of(room), room.stretch)])
    response = make_response(
        msgspec.json.format(msgspec.json.encode(times.as_file(document, found, 1)), indent=1)
    )
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="film-times.json"'
    return response


def from_evenings(
    session: Session, sheet: Sheet, document: dict[str, Any], given: Files
) -> tuple[list[dict[str, float]], list[times.Gathered]]:
    if len(given.files) > MOST_FILES:
        raise Refused("too_large", "That is too many files at once.")
    files = [times.read(file) for file in given.files]
    here = [times.evening(taps_of(room), room.stretch) for room in evenings_of(session, sheet)]
    evenings = [*here, *times.evenings_of(files)]
    return evenings, times.gather(document, evenings)
