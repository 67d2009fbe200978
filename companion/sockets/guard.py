"""Limits on sockets: how many, how fast, how long unjoined, how far behind; malformed ones are closed."""

import logging
import socket as sockets
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from prometheus_client import Counter as Count
from prometheus_client import Gauge

from companion import limits
from companion.config import Settings
from companion.identity import Caller
from companion.rules.refused import Refused

log = logging.getLogger(__name__)
OPEN = Gauge("companion_sockets_open", "Sockets open at this process.")
CLOSED = Count("companion_sockets_closed_total", "Sockets this server closed, by reason.", ["reason"])
TEXT_PACKETS = ("0", "1", "2", "3")  # connect, disconnect, event, ack; 5 and 6 carry binary


class Open:
    """One Engine.IO socket."""

    __slots__ = ("address", "bucket", "is_joined", "since")

    def __init__(self, address: str) -> None:
        self.address, self.since, self.is_joined = address, time.monotonic(), False
        self.bucket = limits.Bucket(*limits.MESSAGES)


_server: Any = None
_settings: Settings = Settings()
_open: dict[str, Open] = {}
_addresses: Counter[str] = Counter()
_guests: dict[str, list[str]] = {}
_guest_of: dict[str, str] = {}
_sweeping: Any = None


def install(server: Any, settings: Settings) -> None:
    """Stand between Engine.IO and Socket.IO: Engine.IO keeps one handler for each of its three events."""
    global _server, _settings, _sweeping
    _server, _settings, _sweeping = server, settings, None
    for kept in (_open, _addresses, _guests, _guest_of):
        kept.clear()
    eio = server.eio
    inner = dict(eio.handlers)

    def opened(eio_sid: str, environ: dict[str, Any]) -> Any:
        refused = refuse_opening(environ)
        if refused:
            return refused
        start_sweeping()
        _open[eio_sid] = Open(limits.network_of(environ.get("REMOTE_ADDR", "")))
        _addresses[_open[eio_sid].address] += 1
        OPEN.inc()
        eio.sockets[eio_sid].queue.overflowed = lambda: cut(eio_sid, "slow")
        return inner["connect"](eio_sid, environ)

    def said(eio_sid: str, data: Any) -> None:
        if not is_well_formed(eio_sid, data):
            cut(eio_sid, "malformed")
            return
        try:
            inner["message"](eio_sid, data)
        except Exception:
            cut(eio_sid, "malformed")

    def closed(eio_sid: str, reason: str) -> None:
        if known := _open.pop(eio_sid, None):
            OPEN.dec()
            _addresses[known.address] -= 1
            if not _addresses[known.address]:
                del _addresses[known.address]
        inner["disconnect"](eio_sid, reason)

    eio.on("connect", opened)
    eio.on("message", said)
    eio.on("disconnect", closed)


def refuse_opening(environ: dict[str, Any]) -> str | None:
    if len(_open) >= limits.SOCKETS_PER_PROCESS:
        return "This server is full."
    if _addresses[limits.network_of(environ.get("REMOTE_ADDR", ""))] >= _settings.sockets_per_address:
        return "There are too many connections from this network."
    return None


def is_seated(address: str) -> bool:
    """Whether somebody at this network address sits in a room of this process."""
    return _addresses[address] > 0 and any(o.is_joined for o in _open.values() if o.address == address)


def is_well_formed(eio_sid: str, data: Any) -> bool:
    known = _open.get(eio_sid)
    if known and not known.bucket.take():
        _server.sleep(1 / limits.MESSAGES[0])  # this phone waits; the others go on
    return isinstance(data, str) and data[:1] in TEXT_PACKETS and len(data.encode()) <= limits.MESSAGE_BYTES


def admit(sid: str, caller: Caller, sign_out: Callable[[str], None]) -> None:
    """Count a recognised socket. A guest's oldest socket makes room for the newest; a full room refuses."""
    eio_sid = _server.manager.eio_sid_from_sid(sid, "/")
    if eio_sid in _open:
        _open[eio_sid].is_joined = True
    person = caller.guest_id or caller.host_id or caller.screen_id or sid
    of_one = _guests.setdefault(person, [])
    of_one.append(sid)
    _guest_of[sid] = person
    if len(of_one) > limits.SOCKETS_PER_GUEST:
        sign_out(of_one[0])
    if len(of_one) > limits.SOCKETS_PER_GUEST:
        raise Refused("full", "This room is open in too many tabs. Close one of them.")


def release(sid: str) -> None:
    """A socket is nobody's any more; unless its connection ends by itself, the sweep ends it."""
    known = _open.get(_server.manager.eio_sid_from_sid(sid, "/") or "")
    if known and known.is_joined:
        known.is_joined, known.since = False, time.monotonic()
    person = _guest_of.pop(sid, None)
    if person is None:
        return
    of_one = _guests.get(person, [])
    with suppress(ValueError):
        of_one.remove(sid)
    if not of_one:
        _guests.pop(person, None)


def closed_for(reason: str) -> None:
    CLOSED.labels(reason).inc()


def cut(eio_sid: str, reason: str = "asked") -> None:
    """Close one connection below Socket.IO, so that a phone that may come back does. Never waits for it."""
    eio = _server.eio
    found = eio.sockets.get(eio_sid)
    if found is None or found.closing:
        return
    closed_for(reason)
    found.queue.overflowed = None
    raw = getattr(found, "raw", None)
    eio.start_background_task(found.close, wait=False, abort=True)
    if raw is not None:
        with suppress(OSError):
            raw.shutdown(sockets.SHUT_RDWR)


def close_all() -> None:
    """Let every phone go with what was said to it, below Socket.IO."""
    for found in list(_server.eio.sockets.values()):
        _server.start_background_task(found.close, wait=False)


def start_sweeping() -> None:
    global _sweeping
    if _sweeping is None:
        _sweeping = _server.start_background_task(sweep, _server)


def sweep(server: Any) -> None:
    """Once a second: close who never joined and who does not read."""
    while server is _server:
        server.sleep(1)
        now = time.monotonic()
        for eio_sid, known in list(_open.items()):
            found = server.eio.sockets.get(eio_sid)
            if found is None:
                continue
            if not known.is_joined and now - known.since > limits.JOIN_WITHIN:
                cut(eio_sid, "unjoined")
            elif found.upgraded and found.queue.waiting() > limits.QUEUE_SECONDS:
                cut(eio_sid, "slow")
