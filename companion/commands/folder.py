"""The data folder belongs to one server at a time; who comes second is told where the first one is."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO


class Taken(Exception):
    """Another server holds the folder; `address` is where it can be reached, as far as it has said."""

    def __init__(self, address: str, pid: object) -> None:
        super().__init__(f"A server is already running on this data folder: {address} (process {pid}).")
        self.address = address


class Folder:
    """The lock on a data folder, held while this object lives."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file: IO[str] = open(path / "lock", "a+", encoding="utf-8")  # noqa: SIM115 held as long as we are
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            known = read(path)
            self.file.close()
            raise Taken(str(known.get("address", "still starting")), known.get("pid", 0)) from None
        self.say("")

    def say(self, address: str) -> None:
        """Leave word of where this server is."""
        self.file.seek(0)
        self.file.truncate()
        json.dump({"pid": os.getpid(), "address": address or "still starting"}, self.file)
        self.file.flush()

    def release(self) -> None:
        self.file.truncate(0)
        self.file.close()


def read(path: Path) -> dict[str, object]:
    try:
        known = json.loads((path / "lock").read_text(encoding="utf-8"))
        return known if isinstance(known, dict) else {}
    except (OSError, ValueError):
        return {}
