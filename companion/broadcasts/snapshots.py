"""The snapshot: all that is true for one phone, sent on every connect and whenever it asks."""

from typing import Any

from companion import clock, database
from companion.assets import build
from companion.broadcasts import acts, phones, remote, wire
from companion.models.guest import Guest, in_room, people
from companion.models.poll import votes_of
from companion.models.room import Room
from companion.models.screen import Screen
from companion.rules.refused import Refused
from companion.sockets import socketio

Fact = dict[str, Any]


def snapshot(caller: phones.Caller, now: float, known: frozenset[str] = frozenset()) -> Fact:
    """`known`: cards whose html this phone still holds."""
    with database.reading() as session:
        room = session.get(Room, caller.room_id)
        if room is None:
            raise Refused("ended", "This evening is over.")
        told = _of_everyone(room, caller, now, known)
        if caller.host_id is not None:
            told |= _of_hosts(room, caller, now)
        return told


def push_snapshot(caller: phones.Caller, now: float) -> None:
    """To one phone, unasked."""
    socketio.emit("snapshot", snapshot(caller, now), to=caller.sid)


def _of_everyone(room: Room, caller: phones.Caller, now: float, known: frozenset[str]) -> Fact:
    session, lang = room.session, caller.lang
    guest = session.get(Guest, caller.guest_id) if caller.guest_id else None
    screen = session.get(Screen, caller.screen_id) if caller.screen_id else None
    told: Fact = {"now": now, "clock_epoch": clock.epoch(), "build": build(), "revision": room.revision}
    if screen is not None and screen.admitted_at is None:
        return told | {"you": wire.screen_itself(screen)}
    warned = bool(guest and guest.warnings)
    ended = room.part == "ended"
    return told | {
        "room": wire.room(room, lang),
        "you": _you(caller, guest, screen),
        "playback": wire.playback(room),
        "playback_revision": room.playback_revision,
        "cards": [] if ended else _cards(room, lang, known, warned, now),
        "scenes": wire.scenes_known(room, lang, now),
        "votes": votes_of(session, guest.guest_id) if guest else {},
        "results": wire.results(room, lang, now),
        "tallies": wire.live_tallies(room, now),
        "people": people(in_room(session, room.room_id), now),
        "quiet": wire.quiet(room, now),
        "silence_until": room.silence_until,
        "wait_until": room.wait_until,
        "recap_url": f"/recap/{room.recap_id}" if ended else None,
    }


def _cards(room: Room, lang: str, known: frozenset[str], warned: bool, now: float) -> list[Fact]:
    """What this phone may hold. After the film went back, what lies ahead is sent again in time."""
    mine = [(cue, row) for cue, row in wire.held(room) if warned or cue.kind != "warning"]
    ahead = {cue.id for cue, row in mine if wire.is_ahead(room, row, now)}
    phones.withhold(room.room_id, ahead)
    return [wire.card(room, cue, row, lang, cue.id in known) for cue, row in mine if cue.id not in ahead]


def _you(caller: phones.Caller, guest: Guest | None, screen: Screen | None) -> Fact:
    is_host = caller.host_id is not None
    if screen is not None:
        return wire.screen_itself(screen)
    if guest is not None:
        return wire.guest_themselves(guest, caller.seen_it, is_host)
    return {
        "role": "host",
        "guest_id": None,
        "lang": caller.lang,
        "is_host": is_host,
        "seen_it": caller.seen_it,
    }


def _of_hosts(room: Room, caller: phones.Caller, now: float) -> Fact:
    lang, seen_it = caller.lang, caller.seen_it
    return {
        "alignment": remote.alignment(room, now, seen_it),
        "queue": remote.queue(room, now, lang, seen_it),
        "checkpoint": remote.checkpoint(room, now, lang, seen_it),
        "moments": remote.moments(room, now, lang, seen_it),
        "to_reveal": remote.to_reveal(room),
        "acts": acts.acts(room, lang),
        "tallies": remote.tallies(room),
        "people": remote.people_list(room, now),
    }
