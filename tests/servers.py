"""A real server in its own process, on its own port and data folder, for tests that need the whole thing."""

import atexit
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

from tests.hatchery import Hatched

ROOT = Path(__file__).parent.parent
READY_WITHIN = 90.0


class Server:
    """`python -m companion serve`; a context manager. Settings are given as in the environment.

        with Server(COMPANION_ASYNC="threading") as server:
            requests.get(server.url + "/healthz")

    The port and the data folder stay the same over restarts, so that phones find their way back.
    """

    def __init__(
        self,
        command: str = "serve",
        *arguments: str,
        data_dir: Path | None = None,
        root: Path = ROOT,
        **settings: str,
    ) -> None:
        self.command, self.arguments, self.root = command, arguments, root
        self.owns_folder = data_dir is None
        self.data_dir = data_dir or Path(tempfile.mkdtemp(prefix="companion-"))
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.log_path = self.data_dir / "server.log"
        self.settings = settings
        self.port = int(settings.get("PORT", 0))
        self.process: subprocess.Popen[bytes] | Hatched | None = None

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url_at(self, host: str) -> str:
        return f"http://{host}:{self.port}"

    @property
    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace") if self.log_path.exists() else ""

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def start(self) -> "Server":
        """Start and wait until it is ready; the log is in the error when it is not."""
        Begun.lend(self)
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("COMPANION_", "DATABASE_URL", "REDIS_URL"))
        }
        told = {
            "COMPANION_DATA_DIR": str(self.data_dir),
            "COMPANION_HOST": "127.0.0.1",
            "PYTHONUNBUFFERED": "1",
            **self.settings,
            "PORT": str(self.port),
        }
        started_at = len(self.log)
        self.process = self.hatched(kept | told) if self.is_plain else self.begun(kept | told)
        self.wait_until_ready(started_at)
        return self

    @property
    def is_plain(self) -> bool:
        """A test needs it, and nothing about the start is another one than usual. What is measured starts as people start it."""
        usual = self.command == "serve" and self.root == ROOT and "PYTHONPATH" not in self.settings
        return usual and "PYTEST_VERSION" in os.environ

    def hatched(self, env: dict[str, str]) -> Hatched:
        return Hatched([self.command, *self.arguments], env, self.log_path)

    def begun(self, env: dict[str, str]) -> "subprocess.Popen[bytes]":
        with self.log_path.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "companion", self.command, *self.arguments],
                cwd=self.root,
                env=env,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def wait_until_ready(self, log_from: int = 0) -> None:
        give_up_at = time.monotonic() + READY_WITHIN
        while time.monotonic() < give_up_at:
            if self.process and self.process.poll() is not None:
                break
            if found := re.search(r"Companion is at http://\S+:(\d+)", self.log[log_from:]):
                self.port = int(found[1])
                if self.is_ready():
                    Begun.keep(self)
                    return
            time.sleep(0.05)
        if self.process and self.process.poll() is None:
            self.kill9()
        raise AssertionError(f"the server did not become ready:\n{self.log[-4000:]}")

    def says(self, pattern: str, within: float = 20.0) -> re.Match[str]:
        """The first match in the log, waited for."""
        give_up_at = time.monotonic() + within
        while time.monotonic() < give_up_at:
            if found := re.search(pattern, self.log):
                return found
            time.sleep(0.05)
        raise AssertionError(f"the server never said {pattern}:\n{self.log[-4000:]}")

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def terminate(self, within: float = 10.0) -> float:
        """SIGTERM; how many seconds it took to be gone."""
        assert self.process
        asked_at = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(within)
        return time.monotonic() - asked_at

    def kill9(self) -> None:
        """As a power cut would, as far as a process can tell."""
        assert self.process
        self.process.kill()
        self.process.wait(10)

    def restart(self) -> "Server":
        """Start again on the same port and folder, ending the present process first if it still runs."""
        if self.process and self.process.poll() is None:
            self.terminate()
        return self.start()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            try:
                self.terminate(6)
            except subprocess.TimeoutExpired:
                self.kill9()
        if self.owns_folder:
            shutil.rmtree(self.data_dir, ignore_errors=True)


class Begun:
    """What a first start makes of an empty folder, kept from the first server of this process and lent to the others.

    A folder that a test gives is left alone: a first start is then just that.
    """

    database: Path | None = None

    @classmethod
    def lend(cls, server: Server) -> None:
        here = server.data_dir / "companion.db"
        if cls.database and server.owns_folder and not here.exists():
            shutil.copy(cls.database, here)

    @classmethod
    def keep(cls, server: Server) -> None:
        here = server.data_dir / "companion.db"
        if cls.database or not server.owns_folder or server.command != "serve" or not here.exists():
            return
        made = Path(tempfile.mkdtemp(prefix="companion-begun-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        with closing(sqlite3.connect(here)) as database:
            database.execute("VACUUM INTO ?", [str(made / "companion.db")])
        cls.database = made / "companion.db"


def companion(*arguments: str, data_dir: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end: companion("sheet", "check", "x.json", data_dir=folder)."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("COMPANION_", "DATABASE_URL", "REDIS_URL"))
    }
    return subprocess.run(
        [sys.executable, "-m", "companion", *arguments],
        cwd=ROOT,
        env=kept | {"COMPANION_DATA_DIR": str(data_dir), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def lan_address() -> str | None:
    """An address of this machine that is not loopback, or None; plain http there is no secure context."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # sends nothing: it only asks the routing table
            found = str(asked.getsockname()[0])
        except OSError:
            return None
    return None if found.startswith("127.") else found
