"""PostgreSQL and Redis servers of our own, in folders that are thrown away; missing ones are skipped aloud."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.servers import free_port


def missing(reason: str) -> None:
    if os.environ.get("COMPANION_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


class Redis:
    """A Redis that can be hung, killed and started again on the same port."""

    def __init__(self) -> None:
        if not shutil.which("redis-server"):
            missing("this machine has no redis-server")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Redis":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        asked = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            said = subprocess.run(["redis-cli", "-p", str(self.port), "ping"], capture_output=True)
            if said.stdout.strip() == b"PONG":
                return
            time.sleep(0.1)
        raise AssertionError("redis-server did not start")

    def hang(self) -> None:
        assert self.process
        self.process.send_signal(19)  # SIGSTOP

    def go_on(self) -> None:
        assert self.process
        self.process.send_signal(18)  # SIGCONT

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait(10)


class Postgres:
    """A PostgreSQL with one empty database."""

    def __init__(self) -> None:
        folders = [*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/bin"), Path("/usr/local/bin")]
        found = next((folder for folder in folders if (folder / "initdb").exists()), None)
        if found is None:
            missing("this machine has no PostgreSQL server")
        self.programs = found
        self.folder = Path(tempfile.mkdtemp(prefix="companion-pg-"))
        self.port = free_port()
        self.url = f"postgres://companion@127.0.0.1:{self.port}/postgres"
        self.owner = self.unprivileged()

    def unprivileged(self) -> dict[str, int]:
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return {}
        user = next((u for u in pwd.getpwall() if u.pw_name in ("postgres", "nobody")), None)
        if user is None:
            missing("PostgreSQL does not run as root, and there is no other user here")
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid}

    def program(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.programs / name), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **self.owner,
        )

    def __enter__(self) -> "Postgres":
        self.program("initdb", "-D", str(self.folder / "data"), "-U", "companion", "-A", "trust", "-N")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.control("stop", "-m", "immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        told = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self.control("start", "-l", str(self.folder / "log"), "-o", told)

    def restart(self) -> None:
        self.control("restart", "-m", "immediate")

    def control(self, *arguments: str) -> None:
        self.program("pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)
