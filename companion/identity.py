"""Who is asking: found through a secret that the server gave, looked up every time, never by an id."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol

from flask import Response, request
from sqlalchemy import String, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from companion import database
from companion.models.base import hashed
from companion.models.guest import Guest
from companion.models.hosting import RoomHost
from companion.models.room import Room
from companion.models.screen import Screen
from companion.rules.refused import Refused

STRANGER = ("not_guest", "There is no such room, or it is not open. Check the number.")
SEATS = range(1, 10)
HOLDERS = ("guest", "host", "screen")
YEAR = 365 * 86_400


@dataclass(frozen=True)
class Credentials:
    """What one socket or request holds: hashes of its secrets, kept instead of the secrets."""

    room_id: str
    role: str
    seat: int = 1
    guest: str = ""
    host: str = ""
    screen: str = ""


@dataclass(frozen=True)
class Caller:
    """Somebody who has been recognised, at this instant."""

    room_id: str
    role: str
    sid: str = ""
    guest_id: str | None = None
    host_id: str | None = None
    screen_id: str | None = None
    lang: str = "en"
    seat: int = 1
    seen_it: bool = True

    @property
    def is_host(self) -> bool:
        return self.host_id is not None

    @property
    def roles(self) -> frozenset[str]:
        held = {"guest": self.guest_id, "host": self.host_id, "screen": self.screen_id}
        return frozenset(name for name, held_id in held.items() if held_id)


class Asked(Protocol):
    code: str
    role: str
    seat: int
    token: str | None


def cookie_name(role: str, room_id: str, seat: int = 1, *, secure: bool | None = None) -> str:
    """`guest-<room>`, `guest-<room>-2`, `host-<room>`, `screen-<room>`; `__Host-` in front on https."""
    if secure is None:
        secure = request.is_secure
    name = f"{role}-{room_id}" + (f"-{seat}" if role == "guest" and seat > 1 else "")
    return f"__Host-{name}" if secure else name


def give_cookie(response: Response, role: str, room_id: str, token: str, seat: int = 1) -> None:
    """Lax for guests, who arrive by links; Strict for who may change things."""
    response.set_cookie(
        cookie_name(role, room_id, seat),
        token,
        max_age=YEAR,
        path="/",
        httponly=True,
        secure=request.is_secure,
        samesite="Lax" if role == "guest" else "Strict",
    )


def take_cookie(response: Response, role: str, room_id: str, seat: int = 1) -> None:
    response.delete_cookie(
        cookie_name(role, room_id, seat), path="/", secure=request.is_secure, httponly=True
    )


def asked_seat() -> int:
    """The seat a page asks for with ?seat=2: one browser may hold several guests."""
    given = request.args.get("seat", "1")
    return int(given) if given.isascii() and given.isdigit() and int(given) in SEATS else 1


def credentials(asked: Asked, cookie_header: str) -> Credentials:
    """What a connecting socket holds. Programs give a token; pages have cookies. Refused for a stranger."""
    if asked.role not in HOLDERS or asked.seat not in SEATS:
        raise Refused("bad_field", "A socket joins as guest, host or screen.", field="role")
    with database.reading() as session:
        if asked.token:
            return from_token(session, asked)
        return from_cookies(session, asked, cookies_in(cookie_header))


def cookies_in(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def from_token(session: Session, asked: Asked) -> Credentials:
    kind: Any = {"guest": Guest, "host": RoomHost, "screen": Screen}[asked.role]
    secret = hashed(asked.token or "")
    room_id = session.scalar(select(kind.room_id).where(kind.token_hash == secret))
    if room_id is None:
        raise Refused(*STRANGER)
    return Credentials(room_id, asked.role, asked.seat, **{asked.role: secret})


def from_cookies(session: Session, asked: Asked, cookies: dict[str, str]) -> Credentials:
    room_id = session.scalar(select(Room.room_id).where(Room.code == asked.code)) if asked.code else None
    if room_id is None:
        raise Refused(*STRANGER)
    return held(room_id, asked.role, asked.seat, cookies)


def held(room_id: str, role: str, seat: int, cookies: dict[str, str]) -> Credentials:
    """A browser's guest at one seat, and the host and screen it is beside that."""

    def secret(kind: str) -> str:
        names = (cookie_name(kind, room_id, seat, secure=secure) for secure in (True, False))
        token = next((cookies[name] for name in names if name in cookies), "")
        return hashed(token) if token else ""

    host = secret("host") if seat == 1 and role != "screen" else ""
    screen = secret("screen") if role == "screen" else ""
    return Credentials(room_id, role, seat, secret("guest") if role != "screen" else "", host, screen)


def recognise(held: Credentials, sid: str = "") -> Caller:
    """Who holds these secrets now. Refused `removed`, `not_host` or `not_guest` when they open nothing."""
    given = {"room": held.room_id, "guest": held.guest, "host": held.host, "screen": held.screen}
    with database.reading() as session:
        found = session.connection().execute(WHO, given).first()
    if found is None:
        raise Refused(*STRANGER)
    if found.removed_at is not None:
        raise Refused("removed", "The host has taken you out of this room.")
    if held.role == "host" and found.host_id is None:
        raise Refused("not_host", "Only a host may do that.")
    if getattr(found, f"{held.role}_id") is None:
        raise Refused(*STRANGER)
    return Caller(
        room_id=held.room_id,
        role=held.role,
        sid=sid,
        guest_id=found.guest_id,
        host_id=found.host_id,
        screen_id=found.screen_id,
        lang=found.guest_lang or found.host_lang or found.screen_lang,
        seat=held.seat,
        seen_it=found.seen_it if found.host_id else True,
    )


def who() -> Any:
    """One row: the guest, the host (by an own secret, or as the guest who was made one) and the screen."""
    room, secret = bindparam("room", type_=String), {n: bindparam(n, type_=String) for n in HOLDERS}
    guest = aliased(Guest)
    host, made, screen = aliased(RoomHost), aliased(RoomHost), aliased(Screen)
    return (
        select(
            guest.guest_id,
            guest.removed_at,
            guest.lang.label("guest_lang"),
            func.coalesce(host.host_id, made.host_id).label("host_id"),
            func.coalesce(host.lang, made.lang).label("host_lang"),
            func.coalesce(host.seen_it, made.seen_it).label("seen_it"),
            screen.screen_id,
            screen.lang.label("screen_lang"),
        )
        .select_from(Room)
        .outerjoin(guest, (guest.token_hash == secret["guest"]) & (guest.room_id == room))
        .outerjoin(host, (host.token_hash == secret["host"]) & (host.room_id == room))
        .outerjoin(made, (made.guest_id == guest.guest_id) & (made.room_id == room))
        .outerjoin(screen, (screen.token_hash == secret["screen"]) & (screen.room_id == room))
        .where(Room.room_id == room)
        .limit(1)
    )


WHO = who()


def current_caller(room_id: str, role: str = "guest", seat: int | None = None) -> Caller | None:
    """Who this HTTP request is in that room, None for a stranger. Refused `removed` for who was taken out."""
    seat = asked_seat() if seat is None else seat
    try:
        return recognise(held(room_id, role, seat, dict(request.cookies)))
    except Refused as refused:
        if refused.code == "removed":
            raise
        return None


def room_id_of(code: str) -> str | None:
    with database.reading() as session:
        return session.scalar(select(Room.room_id).where(Room.code == code))


def current_guest(code: str, seat: int | None = None) -> Caller | None:
    """The guest this browser is in the room with that code."""
    room_id = room_id_of(code)
    return current_caller(room_id, "guest", seat) if room_id else None


def current_host(code: str) -> Caller | None:
    """The host this browser is in the room with that code."""
    room_id = room_id_of(code)
    return current_caller(room_id, "host", 1) if room_id else None
