"""The first page: type a code, go back to a room, host a night, write notes."""

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from companion import database
from companion.config import settings
from companion.identity import STRANGER
from companion.languages import gettext as _
from companion.models.codes import digits_of
from companion.models.guest import guest_of
from companion.models.room import room_at
from companion.rules.cue_sheet import words_in
from companion.web.rates import guesses

blueprint = Blueprint("welcome", __name__)
LINK = re.compile(r"/[jr]/([\d\s-]{4,24})")
ROOMS_AT_MOST = 3


@blueprint.app_template_filter("grouped")
def grouped(code: str) -> str:
    """Digits as they are read aloud: "482 917"."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3))


@blueprint.app_template_filter("film_clock")
def film_clock(seconds: float) -> str:
    """Seconds into the film as "0:41:07"; Latin digits in every language."""
    whole = max(0, int(seconds + 1e-6))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


@blueprint.get("/")
def first() -> str:
    return page()


@blueprint.post("/")
@guesses(404)
def typed() -> ResponseReturnValue:
    given = request.form.get("code", "")[:400]
    code = code_in(given)
    if code and is_open(code):
        return redirect(f"/j/{code}", 303)
    return page(typed=given, sentence=_(STRANGER[1])), 404


def code_in(given: str) -> str | None:
    """The code somebody typed or pasted: any script's digits, or a whole link."""
    link = LINK.search(given)
    return digits_of(link[1] if link else given.strip())


def is_open(code: str) -> bool:
    """Whether the door page has anything to say; an ended room still tells its guests."""
    with database.reading() as session:
        return room_at(session, code) is not None


def page(**said: Any) -> str:
    with database.reading() as session:
        rooms = my_rooms(session)
    demo = "/demo" if settings.demo == "on" else None
    return render_template("welcome.html", length=settings.code_length, rooms=rooms, demo=demo, **said)


def my_rooms(session: Session) -> list[dict[str, Any]]:
    """Rooms this browser is a guest in and that still go on, the newest first."""
    found = []
    for name, token in request.cookies.items():
        is_guest = name.removeprefix("__Host-").startswith("guest-")
        guest = guest_of(session, token) if is_guest else None
        if guest and guest.room.part != "ended":
            room, sheet = guest.room, guest.room.sheet
            title = room.name or words_in(sheet.film.title, guest.lang, sheet.languages)[1]
            found.append((guest.joined_at, {"name": title, "code": room.code, "seat": guest.seat}))
    return [room for _at, room in sorted(found, key=lambda pair: -pair[0])][:ROOMS_AT_MOST]
