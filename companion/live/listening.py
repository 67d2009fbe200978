"""Which Socket.IO rooms a phone sits in: who somebody is decides what they may hear."""

from companion import broadcasts, clock, database
from companion.broadcasts import phones
from companion.broadcasts.facts import host_room
from companion.identity import Caller
from companion.models.guest import Guest
from companion.models.screen import Screen
from companion.rules.refused import Refused
from companion.sockets import recognise_again, sign_out, socketio


def listen(caller: Caller) -> None:
    """Enters the Socket.IO rooms this caller may hear, and leaves all others."""
    phone = phones.phone(caller.sid)
    if phone is None:
        return
    phone.caller = caller
    wanted = rooms_of(caller)
    for name in phone.rooms - wanted:
        socketio.server.leave_room(caller.sid, name)
    for name in wanted - phone.rooms:
        socketio.server.enter_room(caller.sid, name)
    phone.rooms = wanted


def rooms_of(caller: Caller) -> set[str]:
    room_id, lang = caller.room_id, caller.lang
    with database.reading() as session:
        guest = session.get(Guest, caller.guest_id) if caller.guest_id else None
        screen = session.get(Screen, caller.screen_id) if caller.screen_id else None
    if screen is not None and screen.admitted_at is None:
        return {f"{room_id}:screen:{screen.screen_id}"}
    rooms = {f"{room_id}:{lang}"}
    if guest is not None and guest.warnings:
        rooms.add(f"{room_id}:{lang}:warnings")
    if caller.host_id is not None:
        rooms.add(host_room(room_id, lang, caller.seen_it))
    return rooms


def look_again(room_id: str, guest_id: str | None = None) -> None:
    """Rights may have changed: who is nobody here any more goes, who is somebody else now hears so."""
    for phone in phones.in_room(room_id):
        if guest_id is not None and phone.caller.guest_id != guest_id:
            continue
        try:
            caller = recognise_again(phone.caller.sid)
        except Refused:
            sign_out(phone.caller.sid)
            continue
        if caller is not None and (caller != phone.caller or rooms_of(caller) != phone.rooms):
            listen(caller)
            broadcasts.push_snapshot(caller, clock.now())
