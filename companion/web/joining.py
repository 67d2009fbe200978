"""The door of a room: what it is, who is in, a name if one likes, and a page for every no."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from companion import clock, database
from companion.identity import Caller, asked_seat, current_caller, give_cookie
from companion.languages import N_, current_language
from companion.languages import gettext as _
from companion.models import guest as guests
from companion.models.codes import digits_of
from companion.models.room import Room, room_at
from companion.rules.cue_sheet import words_in
from companion.rules.refused import Refused
from companion.web.entering import a_name, enter, is_full, open_room
from companion.web.in_app import in_app_browser
from companion.web.problems import wants_document
from companion.web.rates import guesses
from companion.web.warnings_told import warnings_told

blueprint = Blueprint("joining", __name__)
HEADINGS = {
    "unknown_room": N_("No such room"),
    "full": N_("Every seat is taken"),
    "removed": N_("You are not in this room any more"),
    "ended": N_("The evening is over"),
}
SENTENCES = {
    "full": N_("You can still come in and watch: you see every card."),
    "ended": N_("This room has closed. What it did is kept for its guests."),
}
STATUS = {"unknown_room": 404, "full": 409, "removed": 403, "ended": 410}
limited = guesses(404)


@blueprint.get("/j/<code>")
@limited
def door(code: str) -> ResponseReturnValue:
    plain = digits_of(code)
    if plain and plain != code:
        return redirect(f"/j/{plain}", 303)
    try:
        return page(code)
    except Refused as refused:
        return problem_page(refused, code)


@blueprint.post("/j/<code>")
@limited
def come_in(code: str) -> ResponseReturnValue:
    try:
        return let_in(code)
    except Refused as refused:
        if refused.code in ("bad_field", "too_large"):
            fault = _(refused.sentence)
            if wants_document():
                return told(422, detail=fault)
            return make_response(page(code, fault=fault), 422)
        if wants_document():
            return told(STATUS.get(refused.code, 404), page=request.full_path)
        return problem_page(refused, code)


@blueprint.get("/j/<code>/name")
@limited
def another_name(code: str) -> Response:
    with database.reading() as session:
        return jsonify({"name": a_name(session, open_room(session, code), current_language())})


def let_in(code: str) -> ResponseReturnValue:
    """A guest who is in already stays who they are; everybody else gets a name and a token."""
    seat, given = asked_seat(), request.form
    if not (inside := caller_in(code, seat)):
        guest, token = enter(
            code,
            given.get("name", ""),
            lang=current_language(),
            seat=seat,
            watching="watch" in given,
            warnings="warnings" in given,
        )
    where = address(code, seat)
    response = make_response(jsonify({"room": where}), 201)
    if not wants_document():
        response = make_response(redirect(where, 303))
    if not inside:
        give_cookie(response, "guest", guest.room_id, token, seat)
    return response


def page(code: str, fault: str = "") -> ResponseReturnValue:
    seat = asked_seat()
    inside = caller_in(code, seat)
    with database.reading() as session:
        room = room_at(session, code) if inside else open_room(session, code)
        if room and room.part == "ended":
            raise Refused("ended", SENTENCES["ended"], recap=f"/recap/{room.recap_id}")
        if inside:
            return redirect(address(code, seat), 303)
        assert room is not None
        if is_full(session, room):
            raise Refused("full", SENTENCES["full"])
        shown = seen_from_outside(session, room)
    name = request.form.get("name", "") if fault else shown.pop("name")
    return render_template("join.html", **{**shown, "name": name}, code=code, seat=seat, fault=fault)


def seen_from_outside(session: Session, room: Room) -> dict[str, Any]:
    lang, sheet, now = current_language(), room.sheet, clock.now()
    title = words_in(sheet.film.title, lang, sheet.languages)[1]
    note = words_in(sheet.film.content_note, lang, sheet.languages)[1] if sheet.film.content_note else ""
    return {
        "film": {"name": room.name or title, "title": title, "year": sheet.film.year, "content_note": note},
        "here": guests.people(guests.in_room(session, room.room_id), now)["here"],
        "part": room.part,
        "position": room.position_now(now),
        "name": a_name(session, room, lang),
        "warnings": warnings_told(sheet, lang),
        "in_app": in_app_browser(request),
        "can_buzz": can_buzz(request.user_agent.string),
    }


def can_buzz(agent: str) -> bool:
    """Whether this looks like a browser that can make its phone buzz; the page's script has the last word."""
    return "Android" in agent and "Chrome/" in agent


def caller_in(code: str, seat: int) -> Caller | None:
    """The guest this browser already is. Refused `removed`."""
    with database.reading() as session:
        room = room_at(session, code)
    return current_caller(room.room_id, "guest", seat) if room else None


def address(code: str, seat: int) -> str:
    return f"/r/{code}" + (f"?seat={seat}" if seat > 1 else "")


def problem_page(refused: Refused, code: str) -> ResponseReturnValue:
    why = refused.code if refused.code in STATUS else "unknown_room"
    shown = render_template(
        "join_problem.html",
        why=why,
        heading=_(HEADINGS[why]),
        sentence=_(refused.sentence),
        code=code,
        recap=refused.facts.get("recap"),
    )
    return shown, STATUS[why]


def told(status: int, **facts: object) -> Response:
    return make_response(jsonify(facts), status)
