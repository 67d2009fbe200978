"""Votes from guests, and what a host does with a question."""

import threading

from sqlalchemy.orm import Session

from companion import broadcasts, clock, database
from companion.identity import Caller
from companion.live import messages
from companion.live.acts import Ack, act, meant, room_of
from companion.models.guest import Guest
from companion.models.polling import WAITED
from companion.models.voting import take_vote
from companion.rules.refused import Refused
from companion.sockets import command

TALLY_EVERY = 0.5
_said: dict[tuple[str, str], float] = {}
_waiting: set[tuple[str, str]] = set()
_lock = threading.Lock()


@command("vote", messages.Vote)
def vote(caller: Caller, message: messages.Vote) -> Ack:
    """Guest. Acknowledged means committed."""
    now = clock.now()
    asked = (message.cue_id, message.option_id, message.op_id)
    stored, since = database.write(
        lambda session: take_vote(session, caller.room_id, caller.guest_id, *asked, now)
    )
    if since is not None:
        broadcasts.tell(caller.room_id, since, now)
    tell_tally(caller.room_id, message.cue_id, now)
    return {"cue_id": message.cue_id, "option_id": stored}


@command("close_poll", messages.ClosePoll)
def close_poll(caller: Caller, message: messages.ClosePoll) -> Ack:
    """Host."""
    return act(
        caller,
        "close_poll",
        message,
        lambda room, now: room.close_poll(meant(room, caller, message.cue_id), now),
    )


@command("more_time", messages.MoreTime)
def more_time(caller: Caller, message: messages.MoreTime) -> Ack:
    """Host; a guest who needs longer, without a name: whoever reads slowly is nobody's business."""
    if not caller.is_host:
        return act(
            caller, WAITED, message, lambda room, now: room.wait_for_guest(message.cue_id, now), signed=False
        )
    return act(
        caller,
        "more_time",
        message,
        lambda room, now: room.more_time(meant(room, caller, message.cue_id), message.seconds, now),
    )


@command("reveal", messages.Reveal)
def reveal(caller: Caller, message: messages.Reveal) -> Ack:
    """Host."""
    return act(
        caller,
        "reveal",
        message,
        lambda room, now: room.reveal(meant(room, caller, message.cue_id), message.on, now),
    )


@command("ask", messages.Ask)
def ask(caller: Caller, message: messages.Ask) -> Ack:
    """Host."""
    return act(
        caller,
        "ask",
        message,
        lambda room, now: room.ask(
            message.question, message.options, message.results, message.seconds, caller.lang, now
        ),
    )


@command("hands", messages.Hands)
def hands(caller: Caller, message: messages.Hands) -> Ack:
    """Host."""
    ack = act(
        caller,
        "hands",
        message,
        lambda room, now: room.set_hands(
            meant(room, caller, message.cue_id), message.option_id, message.count, now
        ),
    )
    with database.reading() as session:
        room = room_of(session, caller)
        cue_id = meant(room, caller, message.cue_id)
        tally = room.tally(cue_id)
    tell_tally(caller.room_id, cue_id, clock.now())
    return {**ack, "tally": tally}


def guest_of(session: Session, caller: Caller) -> Guest:
    guest = session.get(Guest, caller.guest_id) if caller.guest_id else None
    if guest is None:
        raise Refused("not_guest", "Join the room first.")
    return guest


def tell_tally(room_id: str, cue_id: str, now: float) -> None:
    """At most twice a second per poll; what is held back is told by `flush`."""
    with _lock:
        if now - _said.get((room_id, cue_id), 0.0) < TALLY_EVERY:
            _waiting.add((room_id, cue_id))
            return
        _said[room_id, cue_id] = now
    broadcasts.tally_changed(room_id, cue_id, now)


def flush(now: float) -> None:
    """Tells the tallies that were held back."""
    with _lock:
        waiting = list(_waiting)
        _waiting.clear()
        for key in [key for key, at in _said.items() if now - at > 60]:
            del _said[key]
    for room_id, cue_id in waiting:
        tell_tally(room_id, cue_id, now)
