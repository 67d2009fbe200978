"""Guests about themselves: delay, name, language, warnings, flags; and who is here."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from companion import broadcasts, clock, database
from companion.identity import Caller
from companion.languages import known
from companion.live import messages
from companion.live.acts import Ack, room_of
from companion.live.listening import look_again
from companion.live.polls import guest_of
from companion.models.flag import raise_flag
from companion.models.guest import Guest
from companion.models.names import clean_name, clean_words
from companion.sockets import command

REASON_LENGTH = 140
restless: set[str] = set()
"""Rooms whose people changed since `flush` last told."""


@command("set_delay", messages.SetDelay)
def set_delay(caller: Caller, message: messages.SetDelay) -> Ack:
    """Guest."""
    return change(caller, message.op_id, lambda guest: guest.set_delay(message.seconds, message.in_ad))


@command("rename", messages.Rename)
def rename(caller: Caller, message: messages.Rename) -> Ack:
    """Guest."""
    name = clean_name(message.name)
    return change(caller, message.op_id, lambda guest: setattr(guest, "name", name))


@command("set_language", messages.SetLanguage)
def set_language(caller: Caller, message: messages.SetLanguage) -> Ack:
    """Guest."""
    lang = known(message.lang)
    ack = change(caller, message.op_id, lambda guest: setattr(guest, "lang", lang))
    look_again(caller.room_id, caller.guest_id)
    return ack


@command("set_warnings", messages.SetWarnings)
def set_warnings(caller: Caller, message: messages.SetWarnings) -> Ack:
    """Guest. Nobody else hears of it (ROOM 16)."""
    ack = change(caller, message.op_id, lambda guest: setattr(guest, "warnings", message.on), is_private=True)
    look_again(caller.room_id, caller.guest_id)
    return ack


@command("flag", messages.Flag)
def flag(caller: Caller, message: messages.Flag) -> Ack:
    """Guest: something is wrong on a card that is out."""

    def work(session: Session) -> None:
        room, guest = room_of(session, caller), guest_of(session, caller)
        room.record_out(message.cue_id)
        reason = clean_words(message.reason, REASON_LENGTH, "reason") if message.reason.strip() else ""
        raise_flag(session, guest, message.cue_id, reason, clock.now())

    database.write(work)
    return {}


def change(caller: Caller, op_id: str, work: Callable[[Guest], object], is_private: bool = False) -> Ack:
    """Runs `work` on the guest once per op_id; answers with what is true now."""

    def once(session: Session) -> dict[str, Any]:
        guest = guest_of(session, caller)
        if guest.once(op_id):
            work(guest)
        told = ("name", "delay", "in_ad", "lang", "warnings")
        return {name: getattr(guest, name) for name in told}

    ack = database.write(once)
    if not is_private:
        restless.add(caller.room_id)
    return ack


def heard(caller: Caller) -> None:
    """A guest's phone is here now."""
    restless.add(caller.room_id)
    if caller.guest_id:
        here([caller.guest_id], clock.now())


def unheard(caller: Caller) -> None:
    restless.add(caller.room_id)


def here(guest_ids: list[str], now: float) -> None:
    """Keeps when these guests were last heard, all in one statement."""
    if guest_ids:
        kept = update(Guest).where(Guest.guest_id.in_(guest_ids)).values(last_heard_at=now)
        database.write(lambda session: session.execute(kept) and None)


def flush(now: float) -> None:
    """Tells rooms whose people changed, all tabs of a second in one message."""
    rooms = set(restless)
    restless.difference_update(rooms)
    for room_id in rooms:
        broadcasts.people_changed(room_id, now)
