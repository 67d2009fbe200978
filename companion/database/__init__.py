"""The database: one engine, one writer that commits in groups, and sessions that only read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from companion.config import Settings
from companion.database.engines import (
    Damaged,
    check,
    leave_the_hub_by,
    off_the_hub,
    postgres_engine,
    sqlite_engine,
)
from companion.database.writer import NotSaved, Writer

__all__ = [
    "Damaged",
    "NotSaved",
    "close",
    "init",
    "kept",
    "leave_the_hub_by",
    "off_the_hub",
    "opened",
    "reading",
    "write",
]
T = TypeVar("T")
READERS = 20


class Database:
    """The engines and the writer of one process."""

    def __init__(self, settings: Settings) -> None:
        url = settings.database
        if settings.uses_sqlite:
            self.writing = sqlite_engine(url, for_writing=True)
            self.engine = sqlite_engine(url, for_writing=False)
            check(self.writing)
        else:
            self.writing = postgres_engine(url, 2)
            self.engine = postgres_engine(url, READERS)
        self.writer = Writer(self.writing)

    def close(self) -> None:
        self.writer.stop()
        self.writing.dispose()
        self.engine.dispose()


_database: Database | None = None


def init(settings: Settings) -> None:
    """Open the database of this process and start its writer; migrations.upgrade makes the tables.

    Raises Damaged when a SQLite file fails its integrity check.
    """
    global _database
    close()
    if settings.uses_sqlite:
        file = Path(settings.database.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _database = Database(settings)


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
    return opened().writer.write(fn)


def kept() -> tuple[object, int]:
    """Another one whenever this process may have changed anything in its database."""
    writer = opened().writer
    return writer, writer.groups


@contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one moment of the database and can change nothing."""
    with Session(opened().engine, expire_on_commit=False) as session:
        if opened().engine.dialect.name != "sqlite":
            session.connection(execution_options={"postgresql_readonly": True})
        yield session
