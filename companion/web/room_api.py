"""Rooms for programs and pages alike: make one, look at its door, come in as guest or host."""

from typing import Annotated, Any, Literal, TypeVar

import msgspec
from flask import Blueprint, Response, jsonify, request
from msgspec import Meta, Struct
from sqlalchemy.orm import Session

from companion import clock, database, limits
from companion.config import settings
from companion.identity import asked_seat, current_caller, give_cookie
from companion.languages import current_language
from companion.models import guest as guests
from companion.models.base import hashed
from companion.models.codes import digits_of
from companion.models.fitting import RUNTIME_FROM, RUNTIME_TO
from companion.models.hosting import RoomHost, host_of
from companion.models.room import Room, open_room, room_at
from companion.models.sheet import Revision, published_sheets, sheet_named
from companion.rules.cue_sheet import words_in
from companion.rules.refused import Refused
from companion.sockets.calls import convert
from companion.web.entering import enter
from companion.web.entering import open_room as open_door
from companion.web.rates import guesses, limiter

blueprint = Blueprint("room_api", __name__, url_prefix="/api")
limited = guesses(403, 404)
T = TypeVar("T")
LOOPBACK = ("127.0.0.1", "::1")
WEAKEST = ("guessed", "tapped", "measured")


class NewRoom(Struct, forbid_unknown_fields=True):
    sheet: Annotated[str, Meta(max_length=120)]
    edition: Annotated[str, Meta(max_length=64)] = ""
    runtime: Annotated[float, Meta(ge=RUNTIME_FROM, le=RUNTIME_TO)] | None = None
    name: Annotated[str, Meta(max_length=400)] = ""
    apart: bool = False
    pace: Literal["calm", "talkative", "silent"] = "calm"
    opens_at: float | None = None


class NewGuest(Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=10_000)] = ""
    watching: bool = False
    warnings: bool = False


class NewHost(Struct, forbid_unknown_fields=True):
    host_token: Annotated[str, Meta(max_length=80)]
    seen_it: bool = True


@blueprint.get("/sheets")
def sheets() -> Response:
    """The published ones; never a card's text."""
    with database.reading() as session:
        return jsonify({"sheets": [seen_from_outside(revision) for revision in published_sheets(session)]})


@blueprint.post("/rooms")
@limiter.limit(limits.ROOMS_MADE, exempt_when=lambda: settings.is_private)
def make_room() -> tuple[Response, int]:
    may_make_rooms()
    wanted = asked(NewRoom)
    now, lang = clock.now(), current_language()

    def make(session: Session) -> tuple[Room, str]:
        pinned = pinned_sheet(session, wanted.sheet)
        if wanted.edition and wanted.edition not in {e.id for e in pinned.cue_sheet().other_editions}:
            raise Refused("bad_field", "These notes know no such release.", field="edition")
        given = {name: getattr(wanted, name) for name in wanted.__struct_fields__ if name != "sheet"}
        return open_room(session, pinned, now, code_digits=settings.code_length, lang=lang, **given)

    room, token = database.write(make)
    here = settings.public_url or request.host_url.rstrip("/")
    urls = {
        "join_url": f"{here}/j/{room.code}",
        "host_url": f"{here}/host/{room.code}#{token}",
        "screen_url": f"{here}/tv/{room.code}",
    }
    return jsonify({"code": room.code, **urls, "host_token": token}), 201


@blueprint.get("/rooms/<code>")
@limited
def look(code: str) -> Response:
    """One and the same 404 for wrong, ended, locked and hidden; who is inside hears which it is."""
    code = digits_of(code) or code
    with database.reading() as session:
        room = room_at(session, code)
        inside = room is not None and is_inside(room.room_id)
        if room is None or not inside:
            room = open_door(session, code)
        here = guests.people(guests.in_room(session, room.room_id), clock.now())["here"]
        sheet, lang = room.sheet, current_language()
        told = {
            "film_title": words_in(sheet.film.title, lang, sheet.languages)[1],
            "year": sheet.film.year,
            "name": room.name,
            "here": here,
        }
        return jsonify(told | ({"part": room.part, "locked": room.locked} if inside else {}))


@blueprint.post("/rooms/<code>/guests")
@limited
def join(code: str) -> tuple[Response, int]:
    wanted, seat = asked(NewGuest), asked_seat()
    guest, token = enter(
        digits_of(code) or code,
        wanted.name,
        lang=current_language(),
        seat=seat,
        watching=wanted.watching,
        warnings=wanted.warnings,
    )
    response = jsonify({"guest_id": guest.guest_id, "name": guest.name, "guest_token": token})
    give_cookie(response, "guest", guest.room_id, token, seat)
    return response, 201


@blueprint.post("/rooms/<code>/hosts")
@limited
def become_host(code: str) -> tuple[Response, int]:
    """Swaps the secret of the host link for a cookie of this browser's own."""
    wanted, lang = asked(NewHost), current_language()
    held = {hashed(value) for value in request.cookies.values()}

    def swap(session: Session) -> tuple[RoomHost, str]:
        room = room_at(session, digits_of(code) or code)
        known = host_of(session, wanted.host_token)
        if room is None or known is None or known.room_id != room.room_id:
            raise Refused("unknown_room", "That link opens no room here.")
        if mine := own_host(room, held):
            mine.seen_it = wanted.seen_it
            return mine, ""
        return room.new_host(clock.now(), seen_it=wanted.seen_it, lang=lang)

    host, token = database.write(swap)
    response = jsonify({"room_id": host.room_id, "seen_it": host.seen_it})
    if token:
        give_cookie(response, "host", host.room_id, token)
    return response, 201


def own_host(room: Room, held: set[str]) -> RoomHost | None:
    """The host this browser is already, by a cookie it holds; opening the link again makes no second one."""
    return next((host for host in room.hosts if not host.is_link and host.token_hash in held), None)


def is_inside(room_id: str) -> bool:
    try:
        return any(current_caller(room_id, role) for role in ("guest", "host", "screen"))
    except Refused:
        return False


def may_make_rooms() -> None:
    if settings.rooms_by == "operator" or (
        settings.rooms_by == "this-machine" and request.remote_addr not in LOOPBACK
    ):
        raise Refused("not_host", "Rooms are made by whoever runs this server.")


def pinned_sheet(session: Session, slug: str) -> Revision:
    sheet = sheet_named(session, slug)
    if sheet is None or sheet.published is None:
        raise Refused("bad_field", "There are no notes by that name here.", field="sheet")
    return sheet.revision(sheet.published)


def seen_from_outside(revision: Revision) -> dict[str, Any]:
    sheet = revision.cue_sheet()
    timings = {scene.timing for scene in sheet.film_scenes}
    return {
        "slug": revision.sheet.slug,
        "film": {"title": sheet.film.title, "year": sheet.film.year, "country": sheet.film.country},
        "runtime": sheet.edition.runtime,
        "editions": [{"id": e.id, "name": e.name, "runtime": e.runtime} for e in sheet.other_editions],
        "languages": sheet.languages,
        "timing": next((word for word in WEAKEST if word in timings), "measured"),
    }


def asked(shape: type[T]) -> T:
    """The request's JSON as `shape`; Refused names the field that is wrong."""
    try:
        given = msgspec.json.decode(request.get_data() or b"{}")
    except (msgspec.DecodeError, RecursionError):
        raise Refused("bad_field", "That is not JSON.") from None
    return convert(given, shape)
