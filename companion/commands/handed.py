"""Work for the data folder: done by the server that runs on it, or here when none does."""

import json
import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from companion import clock, config, database, migrations
from companion.commands.folder import Folder, Taken
from companion.config import Settings

log = logging.getLogger(__name__)
VERBS: dict[str, Callable[..., Any]] = {}
ANSWER_WITHIN = 60
LONGEST = 8 * 1024 * 1024


class Failed(Exception):
    """The work could not be done; the text is a sentence for the person at the terminal."""


def verb(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Make fn(**words and numbers) something a command may hand to the running server."""
    VERBS[fn.__name__] = fn
    return fn


def do(settings: Settings, fn: Callable[..., Any], **given: Any) -> Any:
    """The answer of fn, from the running server if there is one."""
    if not settings.uses_sqlite:
        return here(settings, fn, given)
    try:
        folder = Folder(settings.data_dir)
    except Taken:
        return there(settings, fn.__name__, given)
    try:
        return here(settings, fn, given)
    finally:
        folder.release()


def here(settings: Settings, fn: Callable[..., Any], given: dict[str, Any]) -> Any:
    config.use(settings)
    clock.init(settings.data_dir)
    database.init(settings)
    try:
        migrations.upgrade(database.opened().writing)
        return fn(**given)
    finally:
        database.close()


def there(settings: Settings, name: str, given: dict[str, Any]) -> Any:
    with socket.socket(socket.AF_UNIX) as line, reachable(settings.data_dir) as path:
        line.settimeout(ANSWER_WITHIN)
        try:
            line.connect(path)
            line.sendall(json.dumps({"verb": name, "given": given}).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer = json.loads(answers.readline(LONGEST))
        except (OSError, ValueError) as wrong:
            raise Failed(f"A server runs on this data folder but does not answer: {wrong}.") from None
    if "failed" in answer:
        raise Failed(answer["failed"])
    return answer["result"]


@contextmanager
def reachable(folder: Path) -> Iterator[str]:
    """The socket's path, short enough for the kernel (108 bytes) however deep the folder lies."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        long = str(folder / "control.sock")
        yield long if len(long.encode()) < 100 else f"/proc/self/fd/{opened}/control.sock"
    finally:
        os.close(opened)


def listen(settings: Settings, start: Callable[..., Any]) -> None:
    """Take work from commands; `start(fn, *args)` runs something in the background."""
    with suppress(FileNotFoundError):
        (settings.data_dir / "control.sock").unlink()
    listener = socket.socket(socket.AF_UNIX)
    with reachable(settings.data_dir) as path:
        before = os.umask(0o177)
        try:
            listener.bind(path)
        finally:
            os.umask(before)
    listener.listen(8)
    start(accept, listener, start)


def accept(listener: socket.socket, start: Callable[..., Any]) -> None:
    while True:
        line, _ = listener.accept()
        start(answer, line)


def answer(line: socket.socket) -> None:
    line.settimeout(ANSWER_WITHIN)
    with line, line.makefile("rb") as asked, suppress(OSError):
        line.sendall(json.dumps(answer_to(asked.readline(LONGEST))).encode() + b"\n")


def answer_to(asked: bytes) -> dict[str, Any]:
    try:
        wanted = json.loads(asked)
        return {"result": VERBS[wanted["verb"]](**wanted["given"])}
    except Failed as failed:
        return {"failed": str(failed)}
    except Exception as error:
        log.exception("a command's work failed")
        return {"failed": f"The server could not do that: {error}"}
