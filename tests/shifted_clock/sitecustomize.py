"""Loaded by a server's Python when its folder is on PYTHONPATH: the machine's clocks, moved as a file says.

{"wall": seconds, "slept": seconds}: `wall` steps the wall clock; `slept` is how long the machine was suspended, which the boot clock
and the wall clock count and the monotonic clock does not.
"""

import json
import os
import time

FILE = os.environ["SHIFTED_CLOCK"]
plain_time, plain_gettime = time.time, time.clock_gettime


def moved() -> dict[str, float]:
    try:
        with open(FILE, encoding="utf-8") as file:
            return dict(json.load(file))
    except (OSError, ValueError):
        return {}


def shifted_time() -> float:
    by = moved()
    return plain_time() + by.get("wall", 0.0) + by.get("slept", 0.0)


def shifted_gettime(which: int) -> float:
    by = moved()
    if which == time.CLOCK_REALTIME:
        return shifted_time()
    return plain_gettime(which) + (by.get("slept", 0.0) if which == time.CLOCK_BOOTTIME else 0.0)


time.time, time.clock_gettime = shifted_time, shifted_gettime
