"""Servers for tests, hatched from one process that has imported everything: a start then takes a tenth of the two cores it takes otherwise.

Run as `python -m tests.hatchery` it is that process; `Hatched` is one of its children as whoever asked for it sees it, with what
tests use of a `subprocess.Popen`. A child is `python -m companion` from its first line on: its own environment, folder, log and end.
What is about the start itself (another tree, another clock, `party`, `demo`) is started in the ordinary way by `tests/servers.py`.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, ClassVar

ROOT = Path(__file__).parent.parent
ENV = "COMPANION_ASYNC"


class Hatchery:
    """The process that has everything imported, one for each way of serving; it ends with whoever asked first."""

    running: ClassVar[dict[str, "Hatchery"]] = {}

    def __init__(self, way: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.hatchery"],
            cwd=ROOT,
            env={**os.environ, ENV: way, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.one_at_a_time = threading.Lock()
        atexit.register(self.close)

    @classmethod
    def of(cls, way: str) -> "Hatchery":
        if way not in cls.running:
            cls.running[way] = cls(way)
        return cls.running[way]

    def ask(self, **wanted: Any) -> Any:
        with self.one_at_a_time:
            assert self.process.stdin and self.process.stdout
            self.process.stdin.write(json.dumps(wanted) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


class Hatched:
    """One server. Its parent is the hatchery, which is asked how it ended."""

    def __init__(self, arguments: list[str], env: dict[str, str], log: Path) -> None:
        self.hatchery = Hatchery.of(env.get(ENV, "eventlet"))
        self.pid: int = self.hatchery.ask(arguments=arguments, env=env, log=str(log))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self.hatchery.ask(ended=self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        give_up_at = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > give_up_at:
                raise subprocess.TimeoutExpired("companion", timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def hatch(requests: Any, answers: int) -> None:
    """Answers one line with one line until nobody asks any more; then whatever still runs is ended."""
    running = set()
    for line in requests:
        asked = json.loads(line)
        if "ended" in asked:
            pid, status = os.waitpid(asked["ended"], os.WNOHANG)
            running.discard(pid)
            said = os.waitstatus_to_exitcode(status) if pid else None
        elif (said := os.fork()) == 0:
            os.close(answers)
            begin(**asked)  # and leaves by what `companion` ends with
            return
        else:
            running.add(said)
        os.write(answers, f"{json.dumps(said)}\n".encode())
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def begin(arguments: list[str], env: dict[str, str], log: str) -> None:
    from companion.__main__ import main

    if green := sys.modules.get("eventlet"):
        green.hubs.use_hub()  # a hub of its own: the one that the imports made is one kernel object for all children
    nothing, written = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for here, there in ((nothing, 0), (written, 1), (written, 2)):
        os.dup2(here, there)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["companion", *arguments]
    main()


if __name__ == "__main__":
    import companion.__main__  # first: it makes blocking calls cooperative
    import companion.server  # noqa: F401
    from companion.commands import cli  # noqa: F401

    threads = Path("/proc/self/task")
    assert not threads.exists() or len(list(threads.iterdir())) == 1, "a thread would be lost in every child"
    answers = os.dup(1)
    os.dup2(2, 1)
    hatch(sys.stdin, answers)
