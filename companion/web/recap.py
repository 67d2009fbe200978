"""What a room did, to read and to keep, behind a link that nobody guesses."""

from flask import Blueprint, Response, abort, redirect, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from companion import database
from companion.identity import current_caller
from companion.languages import current_language
from companion.models.room import Room, room_at
from companion.rules.recap import Own, Recap, own, recap, without_spoilers
from companion.rules.refused import Refused
from companion.web import recap_files
from companion.web.night_log import night_of

blueprint = Blueprint("recap", __name__)
FINISHED = ("after", "ended")
TOO_EARLY = Refused("not_now", "The recap comes when the film is over.")


@blueprint.get("/host/<code>/recap")
@blueprint.get("/api/rooms/<code>/recap")
def recap_of(code: str) -> AnyResponse:
    """Members of a room are led to its recap; strangers hear what strangers hear."""
    return redirect(f"/recap/{recap_behind(code)}{seat_asked()}", 303)


@blueprint.get("/api/rooms/<code>/recap.json")
@blueprint.get("/api/rooms/<code>/recap.csv")
def counts_of(code: str) -> Response:
    """What the room did, for its members' programs: counts, never who."""
    return counts(for_keeping(recap_behind(code), is_full=True)[0])


def recap_behind(code: str) -> str:
    with database.reading() as session:
        room = room_at(session, code) or abort(404)
        room_id, recap_id = room.room_id, room.recap_id
    if not any(current_caller(room_id, role) for role in ("guest", "host", "screen")):
        abort(404)
    return recap_id


@blueprint.get("/recap/<recap_id>")
def page(recap_id: str) -> str:
    with database.reading() as session:
        room = room_behind(session, recap_id)
        if room.part not in FINISHED:
            return render_template("recap/too_early.html", code=room.code)
        told = told_of(session, room)
        mine = mine_of(told, room)
        is_host = current_caller(room.room_id, "host") is not None
    return render_template(
        "recap/recap.html",
        told=told,
        mine=mine,
        line=recap_files.line(told),
        place=recap_files.place_in(told),
        words=recap_files.words(told),
        recap_id=recap_id,
        is_host=is_host,
        seat=seat_asked(),
    )


@blueprint.get("/recap/<recap_id>/night.html")
@blueprint.get("/recap/<recap_id>/night-full.html")
def kept_page(recap_id: str) -> Response:
    """One file to keep; without spoilers unless asked for in full."""
    is_full = request.path.endswith("-full.html")
    told, mine, _room = for_keeping(recap_id, is_full)
    return download(recap_files.kept_html(told, mine, is_full), "text/html", "html", told, is_full)


@blueprint.get("/recap/<recap_id>/picture.svg")
@blueprint.get("/recap/<recap_id>/picture-full.svg")
@blueprint.get("/recap/<recap_id>/picture-wide.svg")
@blueprint.get("/recap/<recap_id>/picture-wide-full.svg")
def picture(recap_id: str) -> Response:
    """1080×1920 for phones, 1920×1080 for screens."""
    is_full = request.path.endswith("-full.svg")
    told, _mine, _room = for_keeping(recap_id, is_full)
    drawn = recap_files.picture(told, wide="-wide" in request.path)
    return download(drawn, "image/svg+xml", "svg", told, is_full)


@blueprint.get("/recap/<recap_id>/night.json")
@blueprint.get("/recap/<recap_id>/night.csv")
def log(recap_id: str) -> Response:
    """For hosts: counts, never who."""
    told, _mine, room = for_keeping(recap_id, is_full=True)
    if current_caller(room.room_id, "host") is None:
        raise Refused("not_host", "Only a host may do that.")
    return counts(told)


def counts(told: Recap) -> Response:
    if request.path.endswith(".csv"):
        return download(recap_files.as_csv(told), "text/csv", "csv", told, True)
    return download(recap_files.as_json(told), "application/json", "json", told, True)


def room_behind(session: Session, recap_id: str) -> Room:
    return session.scalar(select(Room).where(Room.recap_id == recap_id)) or abort(404)


def told_of(session: Session, room: Room) -> Recap:
    return recap(night_of(session, room, current_language()))


def mine_of(told: Recap, room: Room) -> Own | None:
    """The asking guest's own part, if a guest of this room asks."""
    caller = current_caller(room.room_id, "guest")
    known = {person.guest_id for person in told.night.people}
    return own(told, caller.guest_id) if caller and caller.guest_id in known else None


def for_keeping(recap_id: str, is_full: bool) -> tuple[Recap, Own | None, Room]:
    with database.reading() as session:
        room = room_behind(session, recap_id)
        if room.part not in FINISHED:
            raise TOO_EARLY
        told = told_of(session, room)
        told = told if is_full else without_spoilers(told)
        return told, mine_of(told, room), room


def download(text: str, kind: str, ending: str, told: Recap, is_full: bool) -> Response:
    """Attached, so that no browser shows it as a page of this site."""
    response = Response(text, mimetype=kind)
    name = "film-night-full" if is_full else "film-night"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def seat_asked() -> str:
    seat = request.args.get("seat", "")
    return f"?seat={seat}" if seat in tuple("23456789") else ""
