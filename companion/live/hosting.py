"""What hosts do with the room and its people: door, rights, settings, the television."""

from typing import Any

from sqlalchemy.orm import Session

from companion import broadcasts, database
from companion.config import settings
from companion.identity import Caller
from companion.live import messages
from companion.live.acts import Ack, act, room_of
from companion.live.listening import look_again
from companion.live.people import restless
from companion.models.base import hashed
from companion.models.hosting import RoomHost
from companion.rules.refused import Refused
from companion.sockets import command, rekey


@command("lock", messages.Lock)
def lock(caller: Caller, message: messages.Lock) -> Ack:
    """Host."""
    return act(caller, "lock", message, lambda room, now: room.lock(message.on))


@command("new_code", messages.NewCode)
def new_code(caller: Caller, message: messages.NewCode) -> Ack:
    """Host."""
    return act(caller, "new_code", message, lambda room, now: room.new_number(settings.code_length))


@command("set_room", messages.SetRoom)
def set_room(caller: Caller, message: messages.SetRoom) -> Ack:
    """Host."""
    return act(
        caller,
        "set_room",
        message,
        lambda room, now: room.set_room(
            guests_may_pause=message.guests_may_pause, scores=message.scores, name=message.name
        ),
    )


@command("take_revision", messages.TakeRevision)
def take_revision(caller: Caller, message: messages.TakeRevision) -> Ack:
    """Host."""
    return act(caller, "take_revision", message, lambda room, now: room.take_revision(message.revision, now))


@command("rename_guest", messages.RenameGuest)
def rename_guest(caller: Caller, message: messages.RenameGuest) -> Ack:
    """Host."""
    ack = act(
        caller,
        "rename_guest",
        message,
        lambda room, now: room.rename_guest(message.guest_id, message.name),
    )
    return people_after(caller, ack)


@command("promote", messages.Promote)
def promote(caller: Caller, message: messages.Promote) -> Ack:
    """Host."""
    ack = act(caller, "promote", message, lambda room, now: room.promote(message.guest_id, message.on, now))
    return people_after(caller, ack)


@command("remove_guest", messages.RemoveGuest)
def remove_guest(caller: Caller, message: messages.RemoveGuest) -> Ack:
    """Host. Every tab of that guest is signed out at once; on other processes within their sweep."""
    ack = act(caller, "remove_guest", message, lambda room, now: room.remove_guest(message.guest_id, now))
    return people_after(caller, ack)


@command("renew_hosts", messages.RenewHosts)
def renew_hosts(caller: Caller, message: messages.RenewHosts) -> Ack:
    """Host. The others are hosts no more; the new link is told to this one only."""
    ack = act(caller, "renew_hosts", message, lambda room, now: room.renew_hosts(caller.host_id or "", now))
    if "host_token" not in ack:
        raise Refused("not_now", "That link was made already and told once. Make another one.")
    if is_link(caller):
        rekey(caller.sid, host=hashed(ack["host_token"]))
    return people_after(caller, ack)


@command("set_seen_it", messages.SetSeenIt)
def set_seen_it(caller: Caller, message: messages.SetSeenIt) -> Ack:
    """Host, about themselves (ROOM 4)."""

    def work(session: Session) -> None:
        host = session.get(RoomHost, caller.host_id)
        if host is not None:
            host.seen_it = message.seen_it

    database.write(work)
    look_again(caller.room_id)
    return {"seen_it": message.seen_it}


@command("admit_screen", messages.AdmitScreen)
def admit_screen(caller: Caller, message: messages.AdmitScreen) -> Ack:
    """Host."""
    ack = act(caller, "admit_screen", message, lambda room, now: room.let_in(message.letters, now))
    look_again(caller.room_id)
    return ack


@command("delete_room", messages.DeleteRoom)
def delete_room(caller: Caller, message: messages.DeleteRoom) -> dict[str, Any]:
    """Host. Everything about this evening is gone at once."""
    database.write(lambda session: session.delete(room_of(session, caller)))
    broadcasts.room_deleted(caller.room_id)
    return {}


def is_link(caller: Caller) -> bool:
    """Whether this host came with the link's own secret, as programs do."""
    with database.reading() as session:
        host = session.get(RoomHost, caller.host_id)
        return host is not None and host.is_link


def people_after(caller: Caller, ack: Ack) -> Ack:
    restless.add(caller.room_id)
    look_again(caller.room_id)
    return ack
