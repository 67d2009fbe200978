"""What time it is, for phones that keep a clock; the newest revision that concerns them rides along."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from companion import clock
from companion.broadcasts import phones
from companion.identity import Caller
from companion.sockets import command


class Time(Struct, forbid_unknown_fields=True, frozen=True):
    """`t1`: when the phone asked, on its own clock; given back untouched."""

    t1: Annotated[float, Meta(ge=-1e15, le=1e15)]


@command("time", Time, looks_up=False)
def tell_time(caller: Caller, message: Time) -> dict[str, Any]:
    """Anyone in the room. Nothing here may wait: no database, no lock, no log (SYNC.md, "Probe")."""
    t2 = clock.now()
    known = phones.concerns if caller.host_id is None else phones.told
    revision = known.get(caller.room_id, 0)
    return {"t1": message.t1, "clock_epoch": clock.epoch(), "revision": revision, "t2": t2, "t3": clock.now()}
