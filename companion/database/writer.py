"""The one writer: changes queue up, those that wait share a commit, each in its own savepoint."""

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from prometheus_client import Counter, Histogram
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from companion import limits

T = TypeVar("T")
log = logging.getLogger(__name__)
COMMIT_SECONDS = Histogram("companion_commit_seconds", "How long commits took, changes included.")
CHANGES = Counter("companion_changes_total", "Changes handed to the writer.")
NOT_SAVED = Counter("companion_changes_not_saved_total", "Changes the database could not keep.")


class NotSaved(Exception):
    """The database could not keep a change (disk full, server gone); it may be tried again."""


class Aborted(Exception):
    """The transaction was lost before its commit: running its changes again can do no harm."""


class Change:
    """One function waiting for the writer, and what became of it."""

    __slots__ = ("done", "error", "fn", "result")

    def __init__(self, fn: Callable[[Session], Any]) -> None:
        self.fn = fn
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self, connection: Connection) -> None:
        """Apply the change inside its own savepoint, so that its failure undoes nobody else's."""
        try:
            with (
                Session(
                    connection, join_transaction_mode="create_savepoint", expire_on_commit=False
                ) as session,
                session.begin(),
            ):
                self.result = self.fn(session)
        except Exception as error:
            self.error = error

    def outcome(self) -> Any:
        self.done.wait()
        if self.error:
            raise self.error
        return self.result


class Writer:
    """The only connection that writes. What queues up while a commit is in flight shares the next one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.waiting: queue.Queue[Change | None] = queue.Queue()
        self.connection: Connection | None = None
        self.groups = 0  # kept or refused, since this process began
        self.thread = threading.Thread(target=self.work, name="writer", daemon=True)
        self.thread.start()

    def write(self, fn: Callable[[Session], T]) -> T:
        if threading.current_thread() is self.thread:
            raise RuntimeError("a change may not wait for another change: call its verbs directly")
        change = Change(fn)
        CHANGES.inc()
        self.waiting.put(change)
        return change.outcome()

    def stop(self) -> None:
        """Commit what has queued, then end."""
        self.waiting.put(None)
        self.thread.join()
        if self.connection:
            self.connection.close()

    def work(self) -> None:
        while group := self.next_group():
            self.keep(group)
            self.groups += 1
            for change in group:
                change.done.set()

    def keep(self, group: list[Change]) -> None:
        """Commit together; when that fails before the commit itself, each alone: one spoils no other."""
        try:
            self.commit(group)
        except Aborted:
            self.forget_connection()
            for change in group:
                self.keep_alone(change)
        except Exception as error:
            self.refuse(group, error)

    def keep_alone(self, change: Change) -> None:
        try:
            change.result = change.error = None
            self.commit([change])
        except Exception as error:
            self.refuse([change], error.__cause__ or error)

    def refuse(self, group: list[Change], error: BaseException) -> None:
        """Say so loudly, and begin afresh with the next change."""
        NOT_SAVED.inc(len(group))
        log.error("not saved: %s", str(error).split("\n")[0])
        for change in group:
            change.result, change.error = None, NotSaved(str(error))
        self.forget_connection()

    def next_group(self) -> list[Change]:
        """Everything that waits now, in order; empty when the writer should end."""
        first = self.waiting.get()
        group = [first] if first else []
        with suppress(queue.Empty):
            while group and len(group) < limits.ROWS_PER_COMMIT:
                following = self.waiting.get_nowait()
                if following is None:
                    self.waiting.put(None)
                    break
                group.append(following)
        return group

    def commit(self, group: list[Change]) -> None:
        if self.connection is None:
            self.connection = self.engine.connect()
        with COMMIT_SECONDS.time(), self.connection.begin():
            for change in group:
                change.run(self.connection)
                if isinstance(change.error, DBAPIError) and not is_own_fault(change.error):
                    raise Aborted from change.error

    def forget_connection(self) -> None:
        if self.connection:
            with suppress(Exception):
                self.connection.invalidate()
            with suppress(Exception):
                self.connection.close()
        self.connection = None


def is_own_fault(error: DBAPIError) -> bool:
    """Whether the statement was wrong (a broken constraint), rather than the disk or the connection."""
    return not error.connection_invalidated and type(error).__name__ in (
        "IntegrityError",
        "ProgrammingError",
        "DataError",
        "InterfaceError",
    )
