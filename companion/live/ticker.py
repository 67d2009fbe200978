"""What happens by the clock alone: due rooms act, phones that missed something are told, old rooms go."""

import logging
import threading
from collections.abc import Callable
from functools import partial
from math import inf
from typing import TypeVar

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from companion import broadcasts, clock, database
from companion.broadcasts import phones, remote, wire
from companion.config import settings
from companion.live import people, polls, reactions
from companion.live.listening import look_again
from companion.models import keeping
from companion.models.room import Room
from companion.sockets import socketio

log = logging.getLogger(__name__)
T = TypeVar("T")
STEP = 0.1
SWEEP_EVERY, HEARD_EVERY, PULSE_EVERY, TIDY_EVERY = 2.0, 15.0, 1.0, 600.0
DUE_AT_MOST = 500
ASK_ANYWAY = 1.0
_bad_until: dict[tuple[str, str], tuple[float, float]] = {}
"""(job, room) that failed: not again before, and how long the wait was."""
_by_the_clock: dict[str, tuple[str | None, list[list[float | None]]]] = {}
"""Per room what the clock alone made true when we last looked: the scene to ask about, the quiet scenes."""
_stop = threading.Event()


def run(app: Flask) -> None:
    """The one loop of this process; started once, ends with it."""
    Room.running_since = clock.now()
    turns = dict.fromkeys((SWEEP_EVERY, HEARD_EVERY, PULSE_EVERY, TIDY_EVERY), 0.0)
    while not _stop.is_set():
        with app.app_context():
            turn(clock.now(), turns)
        socketio.sleep(STEP)


def stop() -> None:
    """No further turn: the server is leaving, and the database with it."""
    _stop.set()


def turn(now: float, turns: dict[float, float]) -> None:
    """One round of the loop; whatever fails, the loop goes on."""
    jobs = [(0.0, tick), (0.0, polls.flush), (SWEEP_EVERY, sweep), (PULSE_EVERY, reactions.flush)]
    for every, job in [*jobs, (HEARD_EVERY, hear), (TIDY_EVERY, tidy)]:
        if every and now < turns[every]:
            continue
        try:
            job(now)
        except Exception:
            log.exception("%s failed", job.__name__)
    for every, at in turns.items():
        if now >= at:
            turns[every] = now + every


def tick(now: float) -> int:
    """Lets every due room act; returns how many did. One bad room is set aside and stops no other."""
    room_ids = _due.rooms(now)
    return sum(bool(kept_apart("tick", room_id, now, partial(act, room_id, now))) for room_id in room_ids)


class Due:
    """The rooms that are due. Asks only when there can be one: a quiet evening costs no battery."""

    def __init__(self) -> None:
        self.until = self.asked_at = 0.0
        self.kept: tuple[object, int] | None = None

    def rooms(self, now: float) -> list[str]:
        """Their ids, the longest due first. What other processes make due is seen within a second."""
        kept = database.kept()
        if kept == self.kept and self.asked_at <= now < min(self.until, self.asked_at + ASK_ANYWAY):
            return []
        soon = select(Room.room_id, Room.next_due_at).where(Room.next_due_at <= now + ASK_ANYWAY)
        with database.reading() as session:
            found = session.execute(soon.order_by(Room.next_due_at).limit(DUE_AT_MOST)).all()
        self.asked_at, self.kept = now, kept
        self.until = min((row.next_due_at for row in found), default=inf)
        return [row.room_id for row in found if row.next_due_at <= now]


_due = Due()


def kept_apart(job: str, room_id: str, now: float, work: Callable[[], T]) -> T | None:
    """What `work` answers. A room for which it fails is set aside for a growing while and stops no other."""
    not_before, waited = _bad_until.get((job, room_id), (0.0, 0.5))
    if now < not_before:
        return None
    try:
        done = work()
    except Exception:
        log.exception("%s: room %s could not go on", job, room_id)
        wait = min(300.0, max(1.0, 2 * waited))
        _bad_until[job, room_id] = (now + wait, wait)
        return None
    _bad_until.pop((job, room_id), None)
    return done


def act(room_id: str, now: float) -> bool:
    """Lets one due room act and tells what it did; False when another process has."""
    since = database.write(partial(advance, room_id=room_id, now=now))
    if since is not None:
        broadcasts.tell(room_id, since, now)
    return since is not None


def advance(session: Session, room_id: str, now: float) -> int | None:
    """The revision before this room's turn; None when another process has taken it."""
    mine = select(Room).where(Room.room_id == room_id, Room.next_due_at <= now)
    room = session.scalar(mine.with_for_update(skip_locked=True, of=Room))
    if room is None:
        return None
    since = room.revision
    room.advance(now)
    return since


def sweep(now: float) -> None:
    """ROOM 26: what other processes did is told to this one's own phones; presence and checkpoints follow."""
    served = phones.served()
    with database.reading() as session:
        known = select(Room.room_id, Room.revision).where(Room.room_id.in_(served))
        revisions = {row.room_id: row.revision for row in session.execute(known)} if served else {}
    for room_id in served:
        kept_apart("sweep", room_id, now, partial(catch_up, room_id, revisions.get(room_id), now))
    for room_id in _by_the_clock.keys() - set(served):
        del _by_the_clock[room_id]
    people.flush(now)


def catch_up(room_id: str, revision: int | None, now: float) -> None:
    """Tells this process's own phones what they missed of a room; `revision`: None when it is gone."""
    told = phones.told.get(room_id)
    if revision is None:
        if told is not None:
            broadcasts.room_deleted(room_id)
        phones.told.pop(room_id, None)
        return
    if told is not None and revision > told:
        broadcasts.tell(room_id, told, now, here_only=True)
        look_again(room_id)
    tell_by_the_clock(room_id, now)
    if phones.withheld(room_id):
        broadcasts.told_again(room_id, now)


def tell_by_the_clock(room_id: str, now: float) -> None:
    """The moment to tap and the quiet scenes come with the film alone (ROOM 7, 14)."""
    with database.reading() as session:
        room = session.get(Room, room_id)
        if room is None:
            return
        asked = remote.checkpoint(room, now, "en", True)
        scene_id, quiet = asked["scene_id"] if asked else None, wire.quiet(room, now)
    before = _by_the_clock.get(room_id, (None, []))
    _by_the_clock[room_id] = (scene_id, quiet)
    if scene_id != before[0] and phones.remotes(room_id):
        broadcasts.checkpoint_changed(room_id, now)
    if quiet != before[1]:
        broadcasts.quiet_changed(room_id, quiet)


def hear(now: float) -> None:
    """Whoever has an open connection is here."""
    people.here(sorted(phones.guests_here()), now)
    people.restless.update(phones.served())


def tidy(now: float) -> None:
    """Rooms nobody comes to end; rooms long ended are forgotten."""
    served = phones.served()

    def end_idle(session: Session) -> list[tuple[str, int]]:
        keeping.keep_alive(session, served, now)
        return keeping.end_idle(session, now)

    ended = database.write(end_idle)
    for room_id, since in ended:
        broadcasts.tell(room_id, since, now)
    database.write(lambda session: keeping.forget(session, now, settings.retention_days))
