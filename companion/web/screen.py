"""The television: a lobby to join by, darkness during the film, what the room did afterwards."""

import io
from typing import Any

import segno
from flask import Blueprint, Response, abort, make_response, render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from companion import broadcasts, clock, database
from companion.identity import Caller, current_caller, current_host, give_cookie
from companion.languages import current_language
from companion.models.codes import digits_of
from companion.models.guest import in_room, told_apart
from companion.models.room import Room, room_at
from companion.models.screen import open_screen
from companion.rules.cue_sheet import words_in
from companion.rules.recap import recap
from companion.rules.refused import Refused
from companion.web import recap_files
from companion.web.addresses import join_origin, other_origins
from companion.web.night_log import night_of
from companion.web.rates import guesses
from companion.web.screen_modes import Mode, mode_of

blueprint = Blueprint("screen", __name__)
NAMES_AT_MOST = 12
CODE_AT_MOST = 12
limited = guesses(404)


@blueprint.get("/tv/<code>")
@limited
def show(code: str) -> Response:
    """Anyone with the code; a locked room shows four letters that the host lets in."""
    with database.reading() as session:
        room = open_here(session, code)
        room_id = room.room_id
    caller = current_caller(room_id, "screen")
    if caller is None:
        screen, token = database.write(
            lambda session: open_screen(
                session, in_session(session, room_id), clock.now(), current_language()
            )
        )
        caller = Caller(room_id, "screen", screen_id=screen.screen_id, lang=screen.lang)
    else:
        token = ""
    response = make_response(render_template("screen/screen.html", code=code, **now_on(caller)))
    if token:
        give_cookie(response, "screen", room_id, token)
    return response


@blueprint.get("/tv/<code>/now")
@limited
def now_shown(code: str) -> str:
    """What stands there now: the same partial as the first render."""
    with database.reading() as session:
        room_id = open_here(session, code).room_id
    caller = current_caller(room_id, "screen")
    if caller is None:
        raise Refused("unknown_room", "There is no such room, or it is not open. Check the number.")
    return render_template("screen/_now.html", code=code, **now_on(caller))


@blueprint.get("/tv/<code>/qr.svg")
def qr(code: str) -> Response:
    """The way in as a code to scan. It says nothing about whether that room exists."""
    plain = digits_of(code)
    if plain is None or len(plain) > CODE_AT_MOST:
        abort(404)
    return Response(drawn(f"{join_origin()}/j/{plain}"), mimetype="image/svg+xml")


@blueprint.get("/host/<code>/poster")
def poster(code: str) -> str:
    """A page of paper for a hall: how to join, what to expect, and "dim your phone"."""
    if current_host(code) is None:
        raise Refused("not_host", "Only a host may do that.")
    with database.reading() as session:
        room = open_here(session, code)
        facts = lobby_facts(session, room)
    return render_template(
        "screen/poster.html", code=code, qr=Markup(drawn(f"{join_origin()}/j/{code}", "#fff")), **facts
    )


def open_here(session: Session, code: str) -> Room:
    return room_at(session, code) or abort(404)


def in_session(session: Session, room_id: str) -> Room:
    return session.get(Room, room_id) or abort(404)


def now_on(caller: Caller) -> dict[str, Any]:
    """The mode of this television, and the words it needs."""
    now = clock.now()
    told = broadcasts.snapshot(caller, now)
    mode = mode_of(told, now)
    facts: dict[str, Any] = {"mode": mode, "told": told, "you": told["you"]}
    with database.reading() as session:
        room = in_session(session, caller.room_id)
        if mode.name in ("lobby", "after", "code"):
            facts |= lobby_facts(session, room)
        if mode.name == "recap":
            facts |= recap_facts(session, room)
        if mode.card:
            facts |= {"card": card_facts(room, mode, told)}
    return facts


def lobby_facts(session: Session, room: Room) -> dict[str, Any]:
    sheet, lang = room.sheet, current_language()
    guests = in_room(session, room.room_id)
    origin = join_origin()
    note, lobby = sheet.film.content_note, sheet.film.lobby_text
    return {
        "name": room.name,
        "film_title": words_in(sheet.film.title, lang, sheet.languages)[1],
        "year": sheet.film.year,
        "code_spoken": spoken(room.code or ""),
        "address": origin.split("://", 1)[1],
        "join_url": f"{origin}/j/{room.code}",
        "others": [other.split("://", 1)[1] for other in other_origins()],
        "count": len(guests),
        "names": told_apart(guests) if len(guests) <= NAMES_AT_MOST else [],
        "content_note": words_in(note, lang, sheet.languages)[1] if note else "",
        "lobby_text": words_in(lobby, lang, sheet.languages)[1] if lobby else "",
        "opens_at": room.opens_at,
        "locked": room.locked,
    }


def recap_facts(session: Session, room: Room) -> dict[str, Any]:
    told = recap(night_of(session, room, current_language()))
    return {
        "recap": told,
        "line": recap_files.line(told),
        "words": recap_files.words(told),
        "place": recap_files.place_in(told),
    }


def card_facts(room: Room, mode: Mode, told: dict[str, Any]) -> dict[str, Any]:
    """The words of one card, large; of a question, its answers with what the room said once that is out."""
    assert mode.card
    cue = room.cue(mode.card["cue_id"])
    lang = current_language()
    counts = (mode.result or {}).get("counts", {})
    total = sum(counts.values()) or 1

    def say(words: dict[str, str]) -> str:
        return words_in(words, lang, room.sheet.languages)[1] if words else ""

    options = [
        {
            "text": say(option.text),
            "count": counts.get(option.id, 0),
            "share": counts.get(option.id, 0) / total,
            "is_answer": (mode.result or {}).get("answer") == option.id,
        }
        for option in cue.options
    ]
    return {
        "kind": cue.kind,
        "title": say(cue.title),
        "text": say(cue.text),
        "options": options,
        "voters": (mode.result or {}).get("voters", 0),
        "explanation": (mode.result or {}).get("explanation", ""),
        "closed": mode.card["closed"],
    }


def spoken(code: str) -> str:
    """482917 as 482 917: how it is shown and said."""
    return "\u00a0".join(code[i : i + 3] for i in range(0, len(code), 3))


def drawn(link: str, light: str = "#9a9a9a") -> str:
    """Dark on a dim grey tile: an inverted code does not scan, and a white one would light the room."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#000", light=light, xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()
