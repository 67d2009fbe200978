"""Reactions: kept against the film, and told back as the room's pulse, at most once a second."""

import threading
from collections import Counter, defaultdict

from sqlalchemy.orm import Session

from companion import broadcasts, clock, database
from companion.broadcasts import phones
from companion.identity import Caller
from companion.live import messages
from companion.live.acts import Ack, room_of
from companion.live.polls import guest_of
from companion.models import reaction
from companion.models.room import Room
from companion.rules import programme
from companion.rules.reactions import clean_counts
from companion.rules.refused import Refused
from companion.sockets import command

TAPS_AT_MOST = 30
AHEAD_AT_MOST = 5.0
_felt: dict[str, Counter[str]] = defaultdict(Counter)
_lock = threading.Lock()


@command("react", messages.React)
def react(caller: Caller, message: messages.React) -> Ack:
    """Guest."""

    def change(session: Session) -> dict[str, int]:
        room, guest = room_of(session, caller), guest_of(session, caller)
        if room.part != "film":
            raise Refused("not_in_film", "The film is not running here.")
        emoji = [each.emoji for each in room.sheet.reactions]
        counts = clean_counts(message.counts, emoji, TAPS_AT_MOST)
        if not counts:
            raise Refused("bad_field", "This room has no such reaction.", field="counts")
        latest = room.position_now(clock.now()) + AHEAD_AT_MOST
        position = min(max(0.0, message.position), latest)
        return counts if reaction.add(session, guest, counts, position, message.op_id) else {}

    counts = database.write(change)
    with _lock:
        _felt[caller.room_id].update(counts)
    return {}


def flush(now: float) -> None:
    """Tells each room what it felt since the last time; in quiet scenes nothing (ROOM 14)."""
    with _lock:
        felt = {room_id: counts for room_id, counts in _felt.items() if counts}
        _felt.clear()
    for room_id, counts in felt.items():
        with database.reading() as session:
            room = session.get(Room, room_id)
            quiet = room is None or programme.quiet_at(room.facts(now), room.position_now(now))
            position = room.position_now(now) if room else 0.0
        if not quiet:
            broadcasts.pulse(room_id, phones.languages(room_id), position, dict(counts))
