"""The demo: two phones, the remote and the television of one three-minute evening on one page, all alive."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from companion import clock, database
from companion.config import settings
from companion.identity import current_host, give_cookie
from companion.languages import current_language
from companion.languages import gettext as _
from companion.models.guest import admit
from companion.models.room import open_room, room_at
from companion.models.sheet import published_sheets
from companion.web.film_facts import PRACTICE

blueprint = Blueprint("demo", __name__)
KEPT = "demo"
NAMES = {2: "Ana", 3: "민수"}


@blueprint.get("/demo")
def show() -> AnyResponse:
    only_where_it_is_on()
    code = request.cookies.get(KEPT, "")
    if not is_going_on(code):
        return begin()
    return make_response(render_template("demo/demo.html", code=code, seats=list(NAMES)))


@blueprint.post("/demo")
def begin() -> AnyResponse:
    """A new evening, with this browser as its host, its television and both of its guests."""
    only_where_it_is_on()
    lang = current_language()
    code, room_id, tokens = database.write(lambda session: furnished(session, lang))
    response: Response = make_response(redirect("/demo", 303))
    response.set_cookie(KEPT, code, httponly=True, samesite="Lax", secure=request.is_secure)
    give_cookie(response, "host", room_id, tokens[0])
    for seat, token in zip(NAMES, tokens[1:], strict=True):
        give_cookie(response, "guest", room_id, token, seat)
    return response


def furnished(session: Session, lang: str) -> tuple[str, str, list[str]]:
    """Code, id and the secrets of a room with its host and two guests in it."""
    pinned = next((r for r in published_sheets(session) if r.sheet.slug == PRACTICE), None) or abort(404)
    now = clock.now()
    room, _link = open_room(
        session,
        pinned,
        now,
        code_digits=settings.code_length,
        name=_("The demo"),
        pace="talkative",
        lang=lang,
    )
    guests = [admit(session, room, name, now, lang, seat)[1] for seat, name in NAMES.items()]
    host = room.new_host(now, lang=lang)[1]
    return room.code or "", room.room_id, [host, *guests]


def is_going_on(code: str) -> bool:
    with database.reading() as session:
        room = room_at(session, code) if code else None
        running = room is not None and room.part != "ended"
    return running and current_host(code) is not None


def only_where_it_is_on() -> None:
    if settings.demo != "on":
        abort(404)
