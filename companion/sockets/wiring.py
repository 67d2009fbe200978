"""How Socket.IO's own events reach our commands: connecting, dispatching, parting."""

import logging
import time
from dataclasses import replace
from typing import Any

import msgspec
from flask import Flask
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError

from companion import identity, limits
from companion.config import Settings
from companion.identity import Caller
from companion.rules.refused import Refused
from companion.sockets import calls, driver, guard, outgoing
from companion.sockets.calls import COMMANDS, Command
from companion.sockets.wire import Json

log = logging.getLogger(__name__)
SILENT = logging.getLogger("companion.sockets.silent")
SILENT.disabled = True

socketio = SocketIO(
    async_handlers=False,  # True reorders one phone's commands
    manage_session=False,
    json=Json,
    cors_allowed_origins=[],  # the gate in front has checked the origin
    max_http_buffer_size=limits.MESSAGE_BYTES,
    ping_interval=25,
    ping_timeout=20,
    http_compression=False,
    logger=SILENT,
    engineio_logger=SILENT,
)


class Auth(msgspec.Struct, forbid_unknown_fields=True):
    """What a page or a program says when it connects."""

    code: str = ""
    role: str = "guest"
    seat: int = 1
    token: str | None = None


class Joined:
    """One recognised socket: how to recognise it again, and what it may still spend."""

    __slots__ = ("buckets", "caller", "credentials")

    def __init__(self, caller: Caller, credentials: identity.Credentials) -> None:
        self.caller, self.credentials = caller, credentials
        self.buckets: dict[str, limits.Bucket] = {"": limits.Bucket(*limits.COMMANDS)}

    def spend(self, asked: Command | None) -> None:
        """Take what this command costs; Refused when the phone is too fast."""
        taken = [self.buckets[""]]
        if asked and asked.rate:
            kind = "host" if asked.rate == limits.HOST_COMMANDS else asked.name
            taken.append(self.buckets.setdefault(kind, limits.Bucket(*asked.rate)))
        if not all([bucket.take() for bucket in taken]):
            raise Refused("too_fast", "That was too fast. Wait a moment and try again.")


_app: Flask | None = None
_joined: dict[str, Joined] = {}
_last_said: dict[str, float] = {}


def install(app: Flask, settings: Settings) -> None:
    """Attach Socket.IO to this app. Everything is registered afresh, so that a test may build two apps."""
    global _app
    _app = app
    _joined.clear()
    _last_said.clear()
    choices: dict[str, Any] = {"client_manager": outgoing.choose(settings)}
    socketio.init_app(app, async_mode=settings.concurrency, **choices)
    driver.prepare(socketio.server.eio, lambda: guard.closed_for("malformed"))
    socketio.server.on("connect", connect)
    socketio.server.on("disconnect", disconnect)
    for asked in COMMANDS.values():
        socketio.server.on(asked.name, dispatcher(asked))
    socketio.server.on("*", unknown)
    guard.install(socketio.server, settings)


def connect(sid: str, *told: Any) -> Any:
    """Recognise a guest, host or screen, or turn it away with a sentence. Never lets another error out."""
    if socketio.server.manager.is_connected(sid, "/"):
        return unknown("connect", sid)  # a phone may name its commands as it likes, also like this
    environ, auth = told
    try:
        asked = calls.convert(auth if isinstance(auth, dict) else {}, Auth)
        cookies = environ.get("HTTP_COOKIE", "") if is_page(environ) else ""
        credentials = identity.credentials(asked, cookies)
        caller = identity.recognise(credentials, sid)
        guard.admit(sid, caller, sign_out)
        _joined[sid] = Joined(caller, credentials)
        assert _app
        with _app.app_context():
            for fn in calls.joined:
                fn(caller)
        return None
    except Refused as refused:
        forget(sid)
        said = calls.refusal(refused)["refused"]
        raise ConnectionRefusedError(said["sentence"], said) from None
    except Exception:
        forget(sid)
        log.exception("connect failed")
        raise ConnectionRefusedError("Something went wrong on the server.", {"code": "failed"}) from None


def is_page(environ: dict[str, Any]) -> bool:
    """Whether one of our own pages opened this. Anything else is a program; its cookies name nobody.

    Browsers send an Origin with a WebSocket, but none with the same-origin GET that polling begins with. That
    one carries a header of ours, which another site could send only after asking, and the gate says no.
    """
    return "HTTP_ORIGIN" in environ or "HTTP_X_COMPANION_PAGE" in environ


def disconnect(sid: str, *_: Any) -> Any:
    """A socket has gone."""
    if socketio.server.manager.is_connected(sid, "/"):
        return unknown("disconnect", sid)
    known = _joined.get(sid)
    forget(sid)
    if known and _app:
        with _app.app_context():
            calls.answered(lambda: part(known.caller), "disconnect", "en")
    return None


def part(caller: Caller) -> None:
    for fn in calls.left:
        fn(caller)


def forget(sid: str) -> None:
    guard.release(sid)
    _joined.pop(sid, None)
    _last_said.pop(sid, None)


def dispatcher(asked: Command) -> Any:
    def dispatch(sid: str, *args: Any) -> dict[str, Any]:
        known = _joined.get(sid)
        lang = known.caller.lang if known else "en"
        return calls.answered(lambda: perform(asked, sid, args), asked.name, lang)

    return dispatch


def perform(asked: Command, sid: str, args: tuple[Any, ...]) -> dict[str, Any] | None:
    """Limit, look up, allow, parse, do: in this order, for every command."""
    known = _joined.get(sid)
    if known is None:
        raise Refused("not_guest", "Join the room first.")
    _last_said[sid] = time.monotonic()
    if not asked.looks_up:
        return asked.answer(known.caller, calls.parse(asked, args))
    spend(known, asked)
    known.caller = look_up(known, sid)
    calls.may(known.caller, asked)
    message = calls.parse(asked, args)
    assert _app
    with _app.app_context():
        return asked.answer(known.caller, message)


def look_up(known: Joined, sid: str) -> Caller:
    """Look the caller up anew; whoever was removed meanwhile hears so and is signed out."""
    try:
        return identity.recognise(known.credentials, sid)
    except Refused:
        socketio.start_background_task(sign_out_soon, sid)
        raise


def sign_out_soon(sid: str) -> None:
    socketio.sleep(0.2)  # after the acknowledgement that says why
    sign_out(sid)


def spend(known: Joined, asked: Command | None) -> None:
    try:
        known.spend(asked)
    except Refused:
        socketio.sleep(0.1)  # holds up this phone's next message only, and lets the others in between
        raise


def unknown(*told: Any) -> dict[str, Any]:
    """Every command that does not exist is refused too, also one called "*" (that comes without its name)."""
    sid = next((word for word in told[:2] if isinstance(word, str) and word in _joined), None)

    def refuse() -> None:
        if sid:
            spend(_joined[sid], None)
        raise Refused("unknown_command", "This server does not know that command.")

    return calls.answered(refuse, "unknown command", "en")


def recognise_again(sid: str) -> Caller | None:
    """Who a joined socket is by now; None when it has gone. Refused when its secrets open nothing now."""
    known = _joined.get(sid)
    if known is not None:
        known.caller = identity.recognise(known.credentials, sid)
    return known.caller if known else None


def rekey(sid: str, host: str) -> None:
    """The hash of a host's new secret, for a socket whose old one was renewed."""
    if sid in _joined:
        _joined[sid].credentials = replace(_joined[sid].credentials, host=host)


def sign_out(sid: str) -> None:
    """Disconnect one socket for good: a browser does not come back by itself after this."""
    socketio.server.disconnect(sid)


def cut(sid: str) -> None:
    """Drop one socket's connection; a phone that may come back will."""
    guard.cut(socketio.server.manager.eio_sid_from_sid(sid, "/") or "")


def last_said(sid: str) -> float | None:
    """When a socket last asked for anything, on the monotonic clock."""
    return _last_said.get(sid)


def has_neighbours() -> bool:
    """Whether other processes hold phones of the same rooms."""
    return isinstance(socketio.server.manager, outgoing.RedisPhones)


def can_reach_redis() -> bool:
    return outgoing.can_reach(socketio.server.manager)
