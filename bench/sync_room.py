"""A real server with a film that plays, its host, and scripted phones in Node on wrong clocks."""

import json
import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import requests
import socketio

from bench.links import ROOT, Link
from tests.servers import Server, companion

PHONE = ROOT / "bench" / "sync_phone.mjs"
FILM = {
    "format": "companion-sheet/1",
    "film": {
        "title": {"en": "A long dark corridor"},
        "year": 2026,
        "country": "Nowhere",
        "runtime": 7200,
        "runtime_within": 5,
    },
    "edition": {"name": "All of it", "runtime": 7200, "within": 2},
    "languages": ["en"],
    "scenes": [
        {"id": "corridor", "part": "film", "start": 0, "timing": "measured", "title": {"en": "The corridor"}}
    ],
    "cues": [
        {
            "id": "door",
            "kind": "trivia",
            "scene": "corridor",
            "offset": 7000,
            "duration": 20,
            "text": {"en": "A door."},
            "source": {"label": "Invented"},
        }
    ],
    "reactions": [{"emoji": "🔦", "name": {"en": "Torch"}}],
    "credits": {
        "author": "The Companion authors",
        "licence": "CC BY 4.0",
        "sources": [{"label": "Invented"}],
    },
}


class Room:
    """One room of the server and its host, who speaks Socket.IO from this process."""

    def __init__(self, url: str) -> None:
        self.url = url
        made = requests.post(f"{url}/api/rooms", json={"sheet": "corridor"}, timeout=10).json()
        self.code, self.host_token = made["code"], made["host_token"]
        self.host = socketio.Client(reconnection=False)
        self.connect()
        self.acts = 0

    def connect(self) -> None:
        auth = {"code": self.code, "role": "host", "token": self.host_token}
        self.host.connect(self.url, auth=auth, transports=["websocket"], wait_timeout=10)

    def ask(self, command: str, **fields: Any) -> dict[str, Any]:
        self.acts += 1
        ack = self.host.call(
            command, {**fields, "op_id": f"{command}-{self.acts}-{time.monotonic()}"}, timeout=10
        )
        assert ack["ok"], ack
        return dict(ack)

    def guest_token(self) -> str:
        made = requests.post(f"{self.url}/api/rooms/{self.code}/guests", json={}, timeout=10)
        return str(made.json()["guest_token"])


class Evening:
    """Server, room and truth. A context manager; the port stays the same over a restart."""

    def __enter__(self) -> "Evening":
        self.folder = Path(tempfile.mkdtemp(prefix="companion-bench-"))
        sheet = self.folder / "corridor.json"
        sheet.write_text(json.dumps(FILM), encoding="utf-8")
        done = companion("sheet", "import", str(sheet), data_dir=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        self.server = Server(data_dir=self.folder, COMPANION_HOST="0.0.0.0").start()
        self.room = Room(self.server.url)
        return self

    def __exit__(self, *_: object) -> None:
        if self.room.host.connected:
            self.room.host.disconnect()
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def anchor(self) -> float:
        """What added to this machine's monotonic clock makes the server's time: the truth phones seek."""
        kept = json.loads((self.folder / "clock.json").read_text())["anchor"]
        slept = time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
        return float(kept) + slept

    def phones(
        self, kinds: Iterable[tuple[str, Link, float, int]], network: Any, room: Room | None = None
    ) -> Any:
        """Scripted phones inside the network: (name, link, ppm, seed) each, its clock off by up to a day."""
        room = room or self.room
        made = [
            {
                "name": name,
                "ppm": ppm,
                "seed": seed * 7919 + index,
                "offset": random.Random(f"{seed} {name}").uniform(0, 86_400),
                "origin": network.origin(link, self.server.port),
                "code": room.code,
                "token": room.guest_token(),
            }
            for index, (name, link, ppm, seed) in enumerate(kinds)
        ]
        return Phones(self.folder, made, self.anchor, network.run)


class Phones:
    """One Node process full of phones. `ask` waits for its answer; `begin` and `answer` are its halves."""

    def __init__(self, folder: Path, made: list[dict[str, Any]], anchor: float, run: Any) -> None:
        told = folder / f"phones-{time.monotonic_ns()}.json"
        told.write_text(json.dumps({"phones": made, "anchor": anchor, "apart": 0.15}))
        self.process = subprocess.Popen(
            run("node", "--experimental-websocket", "--no-warnings", str(PHONE), str(told)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def begin(self, ask: str, **how: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"ask": ask, **how}) + "\n")
        self.process.stdin.flush()

    def answer(self, within: float = 60.0) -> dict[str, Any]:
        assert self.process.stdout
        late = threading.Timer(within, self.process.kill)
        late.start()
        try:
            line = self.process.stdout.readline()
        finally:
            late.cancel()
        assert line, "the phones ended or did not answer in time"
        return dict(json.loads(line))

    def ask(self, ask: str, within: float = 60.0, **how: Any) -> dict[str, Any]:
        self.begin(ask, **how)
        return self.answer(within)

    def leave(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.communicate(timeout=10)
