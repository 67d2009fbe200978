"""What time it is: wall time anchored once to a clock that nobody can step. Only here is the time asked."""

import fcntl
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady() -> float:
    """Seconds since the machine started; on Linux they count a laptop's sleep as well."""
    return time.clock_gettime(STEADY)


def boot_id() -> str:
    """A name for this run of the machine, or "" where none can be had (then every start anchors afresh)."""
    try:
        if sys.platform == "darwin":
            asked = ["sysctl", "-n", "kern.bootsessionuuid"]
            return subprocess.run(asked, capture_output=True, text=True, timeout=5).stdout.strip()
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (OSError, subprocess.SubprocessError):
        return ""


@dataclass(frozen=True)
class Sources:
    """The raw clocks of the machine. Tests give their own, so that they can step the wall."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = steady
    boot_id: Callable[[], str] = boot_id


def new_epoch() -> str:
    return secrets.token_urlsafe(9)


@dataclass
class Clock:
    """Server time in epoch seconds: an anchor plus the steady clock (SYNC.md, "The phone's clock")."""

    sources: Sources
    anchor: float
    epoch: str = field(default_factory=new_epoch)

    def now(self) -> float:
        return self.anchor + self.sources.steady()


class Kept(TypedDict):
    """What clock.json holds."""

    boot_id: str
    anchor: float


def fresh_anchor(sources: Sources) -> float:
    return sources.wall() - sources.steady()


def kept_anchor(folder: Path, sources: Sources) -> float:
    """The anchor of this boot: the one another start or process kept in `folder`, else a fresh one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    boot = sources.boot_id()
    with open(folder / "clock.json", "a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        kept = read_anchor(file.read())
        if boot and kept and kept["boot_id"] == boot:
            return kept["anchor"]
        anchor = fresh_anchor(sources)
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"boot_id": boot, "anchor": anchor}))
        file.flush()
        os.fsync(file.fileno())
    return anchor


def read_anchor(text: str) -> Kept | None:
    try:
        kept = json.loads(text)
        return {"boot_id": str(kept["boot_id"]), "anchor": float(kept["anchor"])}
    except (ValueError, TypeError, KeyError):
        return None


_clock = Clock(Sources(), fresh_anchor(Sources()))


def init(folder: Path, sources: Sources | None = None) -> None:
    """Begin an epoch at the anchor kept in `folder`, so that a restart or a stepped clock moves no film."""
    sources = sources or Sources()
    _clock.sources, _clock.anchor, _clock.epoch = sources, kept_anchor(folder, sources), new_epoch()


def now() -> float:
    """Seconds since 1970 by this server's clock; it never jumps while the machine is up."""
    return _clock.now()


def epoch() -> str:
    """Of this start of the server: a phone that hears another one drops its clock samples."""
    return _clock.epoch
