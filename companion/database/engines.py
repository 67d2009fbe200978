"""How SQLite and PostgreSQL are opened: who may write, how durable a commit is, what leaves the hub."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

How = Callable[[Callable[[], Any]], Any]


class Damaged(Exception):
    """The database file failed its integrity check."""

    def __init__(self, found: str) -> None:
        super().__init__(f"The database is damaged ({found}). Put a backup in its place.")


def at_once(work: Callable[[], Any]) -> Any:
    return work()


_how: How = at_once


def leave_the_hub_by(how: How) -> None:
    """How a blocking call runs without holding up the phones; server.py gives eventlet's thread pool."""
    global _how
    _how = how


def off_the_hub(work: Callable[[], Any]) -> Any:
    """Run `work()`, which blocks, beside the phones, and wait for it. It must not emit or use a session."""
    return _how(work)


def sqlite_engine(url: str, *, for_writing: bool) -> Engine:
    engine = create_engine(url, pool_size=2 if for_writing else 20, max_overflow=0)

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
            off_the_hub(raw.commit)  # the fsync leaves the hub; what SQLAlchemy then commits is nothing

    return engine


def postgres_engine(url: str, size: int) -> Engine:
    """psycopg2 waits cooperatively in a patched process; a lost connection is replaced unseen."""
    return create_engine(url, pool_pre_ping=True, pool_size=size, max_overflow=0)


def check(engine: Engine) -> None:
    """Refuse a damaged SQLite file before anybody relies on it."""
    try:
        with engine.connect() as connection:
            found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    except DatabaseError as wrong:
        found = str(wrong.orig)
    if found != "ok":
        raise Damaged(str(found).strip().split("\n")[0])
