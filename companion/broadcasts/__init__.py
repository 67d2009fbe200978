"""Everything the server says to a room: what is true now, told again to whoever may have missed it."""

from companion.broadcasts.facts import (
    checkpoint_changed,
    people_changed,
    pulse,
    room_deleted,
    screen_admitted,
    tally_changed,
    tell,
)
from companion.broadcasts.snapshots import push_snapshot, snapshot

__all__ = [
    "checkpoint_changed",
    "people_changed",
    "pulse",
    "push_snapshot",
    "room_deleted",
    "screen_admitted",
    "snapshot",
    "tally_changed",
    "tell",
]
