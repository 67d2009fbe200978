"""The room on a phone: the first state comes with the page; it can be read and answered without scripts."""

import io
from dataclasses import replace
from itertools import groupby
from typing import Any

import segno
from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from companion import broadcasts, clock, database
from companion.identity import SEATS, Caller, asked_seat, cookie_name, current_caller
from companion.languages import current_language
from companion.models.codes import digits_of
from companion.models.room import Room, room_at
from companion.rules import cards
from companion.rules.cue_sheet import words_in
from companion.rules.playback import Playback
from companion.rules.refused import Refused
from companion.web.addresses import join_origin
from companion.web.joining import problem_page
from companion.web.rates import guesses
from companion.web.static_files import static_url
from companion.web.votes import vote
from companion.web.warnings_told import warnings_told

blueprint = Blueprint("room", __name__)
Card = dict[str, Any]
STILL_FILMS = ("media/still.webm", "media/still.mp4")


@blueprint.get("/r/<code>")
@guesses(404)
def show(code: str) -> ResponseReturnValue:
    plain = digits_of(code)
    if plain and plain != code:
        return redirect(f"/r/{plain}", 303)
    seat = asked_seat()
    with database.reading() as session:
        room = room_at(session, code)
        if room is None:
            abort(404)
    try:
        caller = current_caller(room.room_id, "guest", seat)
    except Refused as refused:
        return problem_page(refused, code)
    if caller is None:
        return redirect(f"/j/{code}" + (f"?seat={seat}" if seat > 1 else ""), 303)
    return page(caller, code, seat)


@blueprint.post("/r/<code>")
def answer(code: str) -> ResponseReturnValue:
    """A card names no room, because every room shares it: its form comes back to the page it stands on."""
    return vote(code)


@blueprint.get("/r/<code>/recap")
def recap(code: str) -> ResponseReturnValue:
    """A guest's way to what the evening was; strangers find nothing here."""
    with database.reading() as session:
        room = room_at(session, code)
        if room is None or current_caller(room.room_id) is None:
            abort(404)
        return redirect(f"/recap/{room.recap_id}", 303)


def page(caller: Caller, code: str, seat: int) -> str:
    now = clock.now()
    told = broadcasts.snapshot(replace(caller, lang=current_language()), now)
    with database.reading() as session:
        room = session.get(Room, caller.room_id)
        assert room is not None
        outside = from_outside(room)
    where = Playback(**told["playback"]).position_at(now, told["room"]["limit"])
    own = where - told["you"]["delay"]
    so_far = [card for card in cards.so_far(told["cards"], own) if told["room"]["part"] != "before"]
    shown = in_front(told, own, now)
    link = f"{join_origin()}/j/{code}"
    return render_template(
        "room/room.html",
        **told,
        **outside,
        code=code,
        seat=seat,
        position=own,
        shown=shown,
        current=bool(shown),
        asks=any(card["kind"] in ("poll", "quiz") and not card["closed"] for card in shown[:1]),
        so_far=so_far,
        so_far_scenes=by_scene(so_far, told["scenes"]),
        may_pause=may_pause(told),
        next_seat=next_seat(caller.room_id),
        qr=qr(link),
        address=link,
        page={"code": code, "seat": seat, "still": [static_url(film) for film in STILL_FILMS]},
    )


def from_outside(room: Room) -> dict[str, Any]:
    """What the notes say besides their cards."""
    sheet, lang = room.sheet, current_language()
    text, note = sheet.film.lobby_text, sheet.film.content_note
    return {
        "lobby_text": words_in(text, lang, sheet.languages)[1] if text else "",
        "content_note": words_in(note, lang, sheet.languages)[1] if note else "",
        "warnings": warnings_told(sheet, lang),
        "answers": answers(room, lang),
        "light": request.cookies.get("light", "dark"),
    }


def answers(room: Room, lang: str) -> dict[str, dict[str, str]]:
    """What each option of a question that was asked is called; for people whose browser runs no scripts."""
    cues = [*room.sheet.cues, *room.asked_cues.values()]
    return {
        cue.id: {option.id: words_in(option.text, lang, room.sheet.languages)[1] for option in cue.options}
        for cue in cues
        if cue.asks and cue.id in room.rows and room.rows[cue.id].released_at is not None
    }


def in_front(told: dict[str, Any], own: float, now: float) -> list[Card]:
    """The cards this guest sees first: the lobby's stack, the current card, the last one after."""
    part, held = told["room"]["part"], told["cards"]
    if part == "ended" or (part == "after" and (told["silence_until"] or 0) > now):
        return []
    card = cards.current(held, own, told["results"], part, told["quiet"])
    if part == "before":
        stack = [other for other in cards.so_far(held, own) if other["part"] == "before"]
        return stack if card is None or card in stack else [card, *stack]
    return [card] if card else []


def by_scene(so_far: list[Card], titles: dict[str, str]) -> list[dict[str, Any]]:
    """Newest scene on top, newest card on top in it."""
    groups = groupby(reversed(so_far), key=lambda card: card["scene_id"])
    return [{"id": scene, "title": titles.get(scene, ""), "cards": list(held)} for scene, held in groups]


def may_pause(told: dict[str, Any]) -> bool:
    room = told["room"]
    playing = room["part"] == "film" and told["playback"]["is_playing"]
    return bool(playing and room["guests_may_pause"] and not room["apart"] and not told["you"]["is_host"])


def next_seat(room_id: str) -> int:
    """The first seat of this browser that nobody sits in."""
    taken = (seat for seat in SEATS if cookie_name("guest", room_id, seat) in request.cookies)
    return min(set(SEATS) - set(taken), default=max(SEATS))


def qr(link: str) -> str:
    """Black on a dim tile: not every phone reads an inverted code (UX section 1)."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=False, omitsize=True, svgclass="qr", lineclass=None
    )
    return out.getvalue().decode()
