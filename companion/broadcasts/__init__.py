"""Everything the server says to a room: what is true now, told again to whoever may have missed it."""

from companion.broadcasts.facts import (
    checkpoint_changed,
    people_changed,
    pulse,
    quiet_changed,
    room_deleted,
    tally_changed,
    tell,
    told_again,
)
from companion.broadcasts.snapshots import push_snapshot, snapshot

__all__ = [
    "checkpoint_changed",
    "people_changed",
    "pulse",
    "push_snapshot",
    "quiet_changed",
    "room_deleted",
    "snapshot",
    "tally_changed",
    "tell",
    "told_again",
]
