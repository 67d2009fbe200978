"""A room on the server under test, and everybody who might want something of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from companion import clock, database, migrations
from companion.app import create_app
from companion.commands import bundled
from companion.config import Settings
from companion.models.room import open_room
from companion.models.sheet import sheet_named
from companion.sockets import socketio


@contextmanager
def served(folder: Path) -> Iterator[Flask]:
    """The whole app on a database of its own, with the bundled films."""
    settings = Settings(data_dir=folder, concurrency="threading")
    made = create_app(settings)
    migrations.upgrade(database.opened().writing)
    bundled.bring_in(settings)
    yield made
    database.close()


class Room:
    """A room and everybody who might want something of it."""

    def __init__(self, app: Flask) -> None:
        self.app = app

        def make(session: Any) -> tuple[str, str, str]:
            sheet = sheet_named(session, "three-minutes")
            room, secret = open_room(session, sheet.revision(sheet.published), clock.now(), code_digits=6)
            return room.code, room.room_id, secret

        self.code, self.room_id, self.secret = database.write(make)

    def visitor(self) -> FlaskClient:
        return self.app.test_client()

    def guest(self) -> FlaskClient:
        browser = self.visitor()
        assert browser.post(f"/api/rooms/{self.code}/guests", json={"name": "Ana"}).status_code == 201
        return browser

    def host(self) -> FlaskClient:
        browser = self.visitor()
        came = browser.post(f"/api/rooms/{self.code}/hosts", json={"host_token": self.secret})
        assert came.status_code < 300, came.text
        return browser


class Phone:
    """A socket of the test client, with its acknowledgements."""

    def __init__(self, app: Flask, **auth: Any) -> None:
        self.client = socketio.test_client(app, auth=auth)

    def asks(self, command: str, fields: dict[str, Any]) -> dict[str, Any]:
        return self.client.emit(command, fields, callback=True)
