"""People who can act in a room, on the real application; time goes by only when a test says so."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings as drawing

from companion import clock, config, database, migrations
from companion.app import create_app
from companion.broadcasts import phones
from companion.commands import bundled
from companion.config import Settings
from companion.models.room import Room
from tests.people import Evening, Phone, Time

# Which files begin first: what takes long must not be left to one worker at the end, while the others have nothing to do.
BEGIN = (
    "tests/test_bench_sync.py",
    "tests/browser/test_phone_dark.py",
    "tests/browser/test_axe.py",
    "tests/browser/test_time_reveal.py",
    "tests/browser/test_studio_writing.py",
    "tests/browser/test_host_remote.py",
    "tests/browser/test_host_cards.py",
    "tests/browser/test_phone_room.py",
    "tests/browser/test_party.py",
    "tests/browser/test_studio_desk.py",
    "tests/browser",
    "tests/faults",
    "tests/platform",
)

# No test here is about speed: on a busy machine one slow draw is not a fault.
drawing.register_profile("house", deadline=None)
drawing.load_profile("house")


IN_MEMORY = Path("/dev/shm")
ROOMY = 2 << 30


def write_in_memory() -> None:
    """Databases, browsers' profiles and logs of tests go where writing takes no time, if this machine has such a place.

    TMPDIR wins; a run has never left more than fifty megabytes.
    """
    is_there = "TMPDIR" not in os.environ and os.access(IN_MEMORY, os.W_OK)
    if is_there and shutil.disk_usage(IN_MEMORY).free >= ROOMY:
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


write_in_memory()
gc.disable()  # until everything is collected


def pytest_collection_finish() -> None:
    """What is imported and collected stays: looking for garbage among it over and over costs a tenth of all that tests do."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 1_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        return next((n for n, begin in enumerate(BEGIN) if item.nodeid.startswith(begin)), len(BEGIN))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def made_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and the bundled sheets, made once and copied."""
    folder = tmp_path_factory.mktemp("made")
    settings = Settings(data_dir=folder, concurrency="threading")
    create_app(settings)
    migrations.upgrade(database.opened().writing)
    bundled.bring_in(settings)
    database.close()
    return folder / "companion.db"


class Kept:
    """One application per test process, built again when another test has opened a database of its own."""

    app: Flask | None = None
    opened: object = None
    time = Time()


@pytest.fixture(scope="session")
def open_application(made_database: Path, tmp_path_factory: pytest.TempPathFactory):
    """open_application() is the application on its own database, under `threading`, its background loop not running; and the time."""

    @contextmanager
    def opened() -> Iterator[tuple[Flask, Time]]:
        if Kept.app is None or database._database is not Kept.opened:
            folder = tmp_path_factory.mktemp("app")
            shutil.copy(made_database, folder / "companion.db")
            Kept.app = create_app(Settings(data_dir=folder, concurrency="threading"))
            Kept.opened = database.opened()
        time = Kept.time
        sources = clock.Sources(wall=time.wall, steady=lambda: time.steady, boot_id=time.boot_id)
        clock.init(tmp_path_factory.mktemp("clock"), sources)
        phones.forget_all()
        Room.running_since = -1e12
        given = config.InUse._settings
        yield Kept.app, time
        config.use(given)
        clock.init(tmp_path_factory.mktemp("clock"))

    return opened


@pytest.fixture
def app(open_application):
    with open_application() as (app, _time):
        yield app


@pytest.fixture
def time(app) -> Time:
    return Kept.time


@pytest.fixture
def evening(app, time: Time):
    """A room with the three-minute film, still in its lobby."""
    evening = Evening(app, time)
    yield evening
    evening.close()


@pytest.fixture
def host(evening: Evening) -> Phone:
    return evening.host()


@pytest.fixture
def guest(evening: Evening) -> Phone:
    return evening.guest("Ana")


@pytest.fixture
def other_guest(evening: Evening) -> Phone:
    return evening.guest("Bo")


@pytest.fixture
def stranger(app):
    """A browser that belongs to nobody here."""
    return app.test_client()
