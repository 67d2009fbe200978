"""Hosting: a night in four answers, and the remote it leads to."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request
from sqlalchemy.orm import Session

from companion import clock, database, limits
from companion.config import settings
from companion.identity import asked_seat, current_host, give_cookie
from companion.languages import current_language
from companion.languages import gettext as _
from companion.models.drafts import offered_sheets
from companion.models.room import Room, open_room, room_at
from companion.models.sheet import Revision
from companion.rules.cue_sheet import CueSheet, words_in
from companion.rules.refused import Refused
from companion.web.addresses import join_origin
from companion.web.film_facts import LengthAnswer, explain_length, film_facts, timing
from companion.web.host_words import SPEEDS, backs, copies, paces, ready_questions, views
from companion.web.rates import guesses, limiter
from companion.web.room_api import may_make_rooms

blueprint = Blueprint("host", __name__)


@blueprint.get("/host/new")
def new_night() -> str:
    chosen = {"sheet": request.args.get("film", ""), "pace": "calm", "apart": "no"}
    return night_page(chosen)


@blueprint.post("/host/new")
@limiter.limit(limits.ROOMS_MADE, exempt_when=lambda: settings.is_private)
def open_night() -> Response:
    given = request.form
    try:
        may_make_rooms()
        room, link, mine = open_from(given)
    except Refused as refused:
        return make_response(night_page(given.to_dict(), _(refused.sentence)), 422)
    response = make_response(redirect(f"/host/{room.code}#{link}", 303))
    give_cookie(response, "host", room.room_id, mine)
    return response


@blueprint.get("/host/length")
def length() -> Response:
    """What a length typed under "what length does your player show?" means for these notes."""
    sheet = sheet_for(request.args.get("sheet", ""))
    answer = explain_length(sheet, request.args.get("length", "")[:40])
    return jsonify({"kind": answer.kind, "sentence": answer.sentence})


@blueprint.get("/host/<code>")
@guesses(404)
def remote(code: str) -> str:
    """The remote's page. The room comes through the socket, to a host only; others learn nothing of it."""
    is_host = current_host(code) is not None
    with database.reading() as session:
        room = room_at(session, code) or abort(404)
        name, told = (room.name or film_title(room), timing(room.sheet)) if is_host else ("", "")
    page = {"code": code, "seat": asked_seat(), "host_api": f"/api/rooms/{code}/hosts", "is_host": is_host}
    return render_template(
        "host/remote.html",
        room={"code": code, "code_spoken": grouped(code), "name": name, "timing": told},
        page=page | {"join_origin": join_origin()},
        speeds=SPEEDS,
        copies=copies(),
        paces=paces(),
        backs=backs(),
        templates=ready_questions(),
        views=views(),
    )


def film_title(room: Room) -> str:
    sheet = room.sheet
    return words_in(sheet.film.title, current_language(), sheet.languages)[1]


def grouped(code: str) -> str:
    """482917 as 482 917: how it is shown and said."""
    return "\u00a0".join(code[i : i + 3] for i in range(0, len(code), 3))


def night_page(chosen: Mapping[str, Any], fault: str = "") -> str:
    with database.reading() as session:
        revisions = offered_sheets(session, chosen.get("sheet", ""))
        films = [film_facts(revision.sheet.slug, revision.cue_sheet()) for revision in revisions]
        answer = answer_for(revisions, chosen)
    return render_template(
        "host/new.html",
        films=films,
        chosen=chosen,
        fault=fault,
        answer=answer,
        paces=paces(),
        code_length=settings.code_length,
    )


def answer_for(revisions: list[Revision], chosen: Mapping[str, Any]) -> LengthAnswer | None:
    pinned = next((r for r in revisions if r.sheet.slug == chosen.get("sheet")), None)
    typed = chosen.get("length", "")
    return explain_length(pinned.cue_sheet(), typed) if pinned and typed else None


def open_from(given: Mapping[str, str]) -> tuple[Room, str, str]:
    """A room from the four answers, the secret of its host link and that of this browser's own host.

    Refused with the sentence for the answer that does not fit.
    """
    slug = given.get("sheet", "")
    answer = length_of(sheet_for(slug), given.get("length", "").strip())
    now, lang = clock.now(), current_language()
    opens_at = planned(given.get("opens_at", ""), given.get("utc_offset", ""))
    pace, seen_it = given.get("pace", ""), given.get("seen_it") != "no"

    def make(session: Session) -> tuple[Room, str, str]:
        room, link = open_room(
            session,
            pinned_for(session, slug),
            now,
            code_digits=settings.code_length,
            name=given.get("name", "")[:400],
            edition=answer.edition if answer else "",
            runtime=answer.seconds if answer else None,
            apart=given.get("apart") == "yes",
            pace=pace if pace in dict(paces()) else "calm",
            opens_at=opens_at,
            lang=lang,
        )
        return room, link, room.new_host(now, seen_it=seen_it, lang=lang)[1]

    return database.write(make)


def pinned_for(session: Session, slug: str) -> Revision:
    pinned = next((r for r in offered_sheets(session, slug) if r.sheet.slug == slug), None)
    if pinned is None:
        raise Refused("bad_field", "Choose a film first.")
    return pinned


def sheet_for(slug: str) -> CueSheet:
    with database.reading() as session:
        return pinned_for(session, slug).cue_sheet()


def length_of(sheet: CueSheet, typed: str) -> LengthAnswer | None:
    answer = explain_length(sheet, typed) if typed else None
    if answer and answer.seconds is None:
        raise Refused("bad_field", "That is not a length we can read. Try 2:07:00, 127:00 or 127m.")
    return answer


def planned(typed: str, utc_offset: str) -> float | None:
    """When a planned room opens: local time, with the host's minutes from UTC as their page tells them."""
    if not typed:
        return None
    try:
        local = datetime.fromisoformat(typed).replace(tzinfo=UTC)
        return (local - timedelta(minutes=int(utc_offset or 0))).timestamp()
    except (ValueError, OverflowError):
        raise Refused("bad_field", "That date cannot be read.") from None
