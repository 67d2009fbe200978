"""The database: one engine, one writer that commits in groups, and sessions that only read."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from companion import limits
from companion.config import Settings

T = TypeVar("T")
log = logging.getLogger(__name__)


class NotSaved(Exception):
    """The database could not keep a change (disk full, server gone); it may be tried again."""


class Damaged(Exception):
    """The database file failed its integrity check."""


def at_once(work: Callable[[], Any]) -> Any:
    return work()


off_the_hub: Callable[[Callable[[], Any]], Any] = at_once
"""How a blocking commit runs without holding up other phones; server.py gives eventlet's thread pool."""


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
        self.thread = threading.Thread(target=self.work, name="writer", daemon=True)
        self.thread.start()

    def write(self, fn: Callable[[Session], T]) -> T:
        if threading.current_thread() is self.thread:
            raise RuntimeError("a change may not wait for another change: call its verbs directly")
        change = Change(fn)
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
            try:
                self.commit(group)
            except Exception as error:
                log.error("not saved: %s", error)
                for change in group:
                    change.error = change.error or NotSaved(str(error))
                self.forget_connection()
            for change in group:
                change.done.set()

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
        with self.connection.begin():
            for change in group:
                change.run(self.connection)
                if isinstance(change.error, DBAPIError) and not is_own_fault(change.error):
                    raise change.error

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


def sqlite_engine(url: str, *, for_writing: bool) -> Engine:
    engine = create_engine(url, pool_size=1 if for_writing else 20, max_overflow=0)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, so that savepoints and WAL snapshots hold
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")
        if not for_writing:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA wal_autocheckpoint=0")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if for_writing else "BEGIN")

    if for_writing:

        @event.listens_for(engine, "commit")
        def commit(connection: Connection) -> None:
            raw: Any = connection.connection.dbapi_connection
            off_the_hub(
                raw.commit
            )  # only the fsync leaves the hub; what SQLAlchemy does after it is then nothing

    return engine


class Database:
    """The engines of one process."""

    def __init__(self, settings: Settings) -> None:
        url = settings.database
        if settings.uses_sqlite:
            self.writing = sqlite_engine(url, for_writing=True)
            self.engine = sqlite_engine(url, for_writing=False)
        else:
            self.writing = create_engine(url, pool_pre_ping=True, pool_size=2)
            self.engine = create_engine(url, pool_pre_ping=True, pool_size=20)
        self.writer: Writer | None = None

    def check(self) -> None:
        """Refuse a damaged SQLite file before anybody relies on it."""
        with self.engine.connect() as connection:
            found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        if found != "ok":
            raise Damaged(str(found))

    def close(self) -> None:
        if self.writer:
            self.writer.stop()
        self.writing.dispose()
        self.engine.dispose()


_database: Database | None = None


def init(settings: Settings) -> None:
    """Open the database of this process and start its writer; migrations.upgrade makes the tables."""
    global _database
    close()
    if settings.uses_sqlite and settings.database != "sqlite:///:memory:":
        Path(settings.database.removeprefix("sqlite:///")).parent.mkdir(
            parents=True, exist_ok=True, mode=0o700
        )
    _database = Database(settings)
    if settings.uses_sqlite:
        _database.check()
    _database.writer = Writer(_database.writing)


def opened() -> Database:
    if _database is None:
        raise RuntimeError("database.init(settings) comes first")
    return _database


def close() -> None:
    global _database
    if _database:
        _database.close()
    _database = None


def write(fn: Callable[[Session], T]) -> T:
    """Run `fn(session)` in the writer; it is kept when this returns. Raises what fn raised, or NotSaved.

    Several changes may share one commit, each in its own savepoint. `fn` must not emit, sleep or wait.
    """
    writer = opened().writer
    assert writer
    return writer.write(fn)


@contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one moment of the database and can change nothing."""
    with Session(opened().engine, expire_on_commit=False) as session:
        if opened().engine.dialect.name != "sqlite":
            session.connection(execution_options={"postgresql_readonly": True})
        yield session
