"""One writer, changes that share a commit, sessions that only read."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError

from companion import database, migrations
from companion.config import Settings
from companion.models.base import Base


@pytest.fixture
def opened(tmp_path):
    database.init(Settings(data_dir=tmp_path))
    database.write(lambda s: s.execute(text("CREATE TABLE kept (word TEXT UNIQUE)")))
    yield tmp_path
    database.close()


def keep(word: str) -> None:
    database.write(lambda session: session.execute(text("INSERT INTO kept VALUES (:word)"), {"word": word}))


def words() -> set[str]:
    with database.reading() as session:
        return set(session.scalars(text("SELECT word FROM kept")))


def test_what_a_change_returns_comes_back_once_it_is_kept(opened):
    assert database.write(lambda session: session.execute(text("SELECT 6 * 7")).scalar_one()) == 42
    keep("one")
    assert words() == {"one"}


def test_a_change_that_fails_takes_nothing_with_it(opened):
    keep("one")

    def half(session):
        session.execute(text("INSERT INTO kept VALUES ('two')"))
        session.execute(text("INSERT INTO kept VALUES ('one')"))

    with pytest.raises(IntegrityError):
        database.write(half)
    keep("three")
    assert words() == {"one", "three"}


def test_changes_of_many_share_commits_and_fail_alone(opened):
    refused = []

    def one(n: int) -> None:
        try:
            keep(str(n % 150))
        except IntegrityError:
            refused.append(n)

    people = [threading.Thread(target=one, args=(n,)) for n in range(300)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(words()) == 150 and len(refused) == 150


def test_order_in_the_queue_is_order_in_the_database(opened):
    for n in range(50):
        keep(f"{n:03}")
    with database.reading() as session:
        kept = list(session.scalars(text("SELECT word FROM kept ORDER BY rowid")))
    assert kept == sorted(kept)


def test_a_reading_session_cannot_write(opened):
    with pytest.raises(OperationalError, match="readonly"), database.reading() as session:
        session.execute(text("INSERT INTO kept VALUES ('x')"))
    assert words() == set()


def test_a_reading_session_sees_one_moment(opened):
    keep("before")
    with database.reading() as session:
        assert list(session.scalars(text("SELECT word FROM kept"))) == ["before"]
        keep("meanwhile")
        assert list(session.scalars(text("SELECT word FROM kept"))) == ["before"]
    assert words() == {"before", "meanwhile"}


def test_a_change_inside_a_change_is_refused_instead_of_waiting_for_ever(opened):
    with pytest.raises(RuntimeError, match="may not wait"):
        database.write(lambda session: keep("inner"))
    assert words() == set()


def test_sqlite_keeps_what_it_has_acknowledged_over_a_power_cut(opened):
    with database.reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL
        assert session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    assert database.write(lambda s: s.execute(text("PRAGMA synchronous")).scalar_one()) == 2


def test_a_damaged_file_is_refused_at_the_start(tmp_path):
    settings = Settings(data_dir=tmp_path)
    database.init(settings)
    database.write(lambda s: s.execute(text("CREATE TABLE kept (word TEXT)")))
    database.write(
        lambda s: s.execute(text("INSERT INTO kept SELECT hex(randomblob(2000)) FROM sqlite_master"))
    )
    for _ in range(6):
        database.write(lambda s: s.execute(text("INSERT INTO kept SELECT word FROM kept")))
    database.close()
    file = tmp_path / "companion.db"
    spoiled = bytearray(file.read_bytes())
    spoiled[5000:12_000] = b"\xff" * 7_000
    file.write_bytes(spoiled)
    with pytest.raises(database.Damaged, match="Put a backup in its place"):
        database.init(settings)


def test_the_migrations_lead_to_the_tables_of_the_models(tmp_path):
    database.init(Settings(data_dir=tmp_path / "grown"))
    migrations.upgrade(database.opened().writing)
    grown = described(database.opened().engine)
    database.close()
    database.init(Settings(data_dir=tmp_path / "made"))
    database.write(lambda session: Base.metadata.create_all(session.connection()))
    made = described(database.opened().engine)
    database.close()
    assert grown.pop("alembic_version", None)
    assert grown == made


def described(engine) -> dict[str, object]:
    seen = inspect(engine)
    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in seen.get_columns(table)},
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(tuple(u["column_names"]) for u in seen.get_unique_constraints(table)),
            "indexes": sorted(
                (i["name"], tuple(i["column_names"]), i["unique"]) for i in seen.get_indexes(table)
            ),
            "refers": sorted(
                (tuple(f["constrained_columns"]), f["referred_table"], str(f["options"]))
                for f in seen.get_foreign_keys(table)
            ),
        }
        for table in seen.get_table_names()
    }


def test_the_upgrade_can_be_run_again_and_again(tmp_path):
    database.init(Settings(data_dir=tmp_path))
    for _ in range(3):
        migrations.upgrade(database.opened().writing)
    assert Path(tmp_path / "companion.db").exists()
    database.close()


def test_the_newest_migration_is_found_as_alembic_finds_it():
    from alembic.script import ScriptDirectory

    assert migrations.newest() == ScriptDirectory.from_config(migrations.configured()).get_current_head()
