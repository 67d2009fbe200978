"""People who can act in a room, on the real application; time goes by only when a test says so."""

import shutil
from pathlib import Path

import pytest

from companion import clock, database, migrations
from companion.app import create_app
from companion.broadcasts import phones
from companion.commands import bundled
from companion.config import Settings
from companion.models.room import Room
from tests.people import Evening, Phone, Time

_kept: dict[str, object] = {}


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


@pytest.fixture
def time(tmp_path: Path) -> Time:
    return Time()


@pytest.fixture
def app(made_database: Path, tmp_path: Path, time: Time):
    """The application on a database of its own, under `threading`, its background loop not running."""
    shutil.copy(made_database, tmp_path / "companion.db")
    phones.forget_all()
    Room.running_since = -1e12
    app = create_app(Settings(data_dir=tmp_path, concurrency="threading"))
    clock.init(
        tmp_path / "tests-clock",
        clock.Sources(wall=time.wall, steady=lambda: time.steady, boot_id=time.boot_id),
    )
    yield app
    database.close()
    clock.init(tmp_path / "real-clock")


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
