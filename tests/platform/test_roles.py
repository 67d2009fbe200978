"""Who may do what: every command and every route has its row, and the rows are kept."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion import clock, database, roles
from companion.config import Settings
from companion.sockets import socketio
from companion.sockets.calls import COMMANDS
from tests.platform.rooms import Phone, Room, served


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Iterator[Flask]:
    with served(Path(tmp_path_factory.mktemp("roles"))) as made:
        yield made


@pytest.fixture(scope="module")
def room(app) -> Room:
    return Room(app)


def routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }


def test_every_route_says_who_may_use_it(app):
    assert routes(app) == set(roles.ROUTES)


def test_every_command_says_who_may_send_it(app):
    assert set(COMMANDS) == set(roles.COMMANDS)
    registered = {
        name for name in socketio.server.handlers["/"] if name not in ("connect", "disconnect", "*")
    }
    assert registered == set(COMMANDS)


def test_a_command_without_a_row_cannot_be_registered():
    from companion.live.messages import Pause
    from companion.sockets import command

    with pytest.raises(TypeError, match="no row for fly"):
        command("fly", Pause)


def test_a_shape_that_takes_any_field_or_has_no_op_id_cannot_be_registered():
    import msgspec

    from companion.sockets import command

    class Loose(msgspec.Struct):
        op_id: str

    class Once(msgspec.Struct, forbid_unknown_fields=True):
        position: float

    for shape in (Loose, Once):
        with pytest.raises(TypeError):
            command("seek", shape)


def test_two_apps_in_one_process_both_hear_every_command(tmp_path, app):
    """Handlers that were registered on the first app only would be silent in the second (STACK, trap 8)."""
    handlers = socketio.server.handlers["/"]
    socketio_before, settings = socketio.server, Settings(data_dir=tmp_path, concurrency="threading")
    try:
        from companion import sockets

        sockets.install(Flask("second"), settings)
        assert socketio.server is not socketio_before
        assert set(socketio.server.handlers["/"]) == set(handlers)
    finally:
        sockets.install(app, Settings(concurrency="threading"))


SAMPLE = {
    "code": "{code}",
    "slug": "three-minutes",
    "recap_id": "x" * 22,
    "name": "json",
    "flag_id": "1",
    "number": "1",
}


BODIES = {
    "POST /api/studio/<slug>/edits": {"known": 1},
    "POST /api/studio/<slug>/publish": {"revision": 1},
    "POST /api/studio/<slug>/cards": {"cues": [], "langs": ["en"]},
}


def address(rule: str, room: Room) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: SAMPLE[m[1]].format(code=room.code), rule)


def ask(browser: FlaskClient, row: str, room: Room) -> Any:
    method, rule = row.split(" ")
    return browser.open(
        address(rule, room), method=method, json=BODIES.get(row, {}) if method == "POST" else None
    )


def is_turned_away(answer: Any, room: Room) -> bool:
    """Refused, or shown to the door; what succeeds leads elsewhere than to the door."""
    if answer.status_code == 303:
        return answer.location == f"/j/{room.code}"
    return answer.status_code in (401, 403, 404, 410)


CLOSED = [row for row, who in roles.ROUTES.items() if who != roles.ANYONE and who != roles.OPERATORS]


@pytest.mark.parametrize("row", CLOSED)
def test_a_stranger_gets_nothing_that_is_not_for_anyone(row, room):
    answer = ask(room.visitor(), row, room)
    assert is_turned_away(answer, room), f"{row}: {answer.status_code} {answer.location}"


@pytest.mark.parametrize("row", [row for row, who in roles.ROUTES.items() if who == roles.HOSTS])
def test_a_guest_and_another_rooms_host_get_nothing_that_is_a_hosts(row, room, app):
    for browser in (room.guest(), Room(app).host()):
        assert is_turned_away(ask(browser, row, room), room)
    assert ask(room.host(), row, room).status_code < 400


@pytest.mark.parametrize("row", [row for row, who in roles.ROUTES.items() if who == roles.INSIDE])
def test_a_guest_of_another_room_gets_nothing_from_inside_this_one(row, room, app):
    assert is_turned_away(ask(Room(app).guest(), row, room), room)


def tokens(room: Room) -> dict[str, dict[str, Any]]:
    guest = room.visitor().post(f"/api/rooms/{room.code}/guests", json={"name": "Bo"}).json["guest_token"]
    return {
        "guest": {"code": room.code, "role": "guest", "token": guest},
        "host": {"code": room.code, "role": "host", "token": room.secret},
    }


@pytest.mark.parametrize("person", ["guest", "host"])
@pytest.mark.parametrize("name", sorted(roles.COMMANDS))
def test_each_command_is_refused_to_whom_its_row_does_not_name(name, person, room, app):
    """Whoever may send it is told that a field is wrong; nobody else comes so far."""
    phone = Phone(app, **tokens(room)[person])
    answer = phone.asks(name, {"no_such_field": 1})
    refused = answer["refused"]["code"]
    if person in roles.COMMANDS[name]:
        assert refused == "bad_field", json.dumps(answer)
    else:
        assert refused in ("not_host", "not_guest"), json.dumps(answer)
    phone.client.disconnect()


@pytest.mark.parametrize("name", sorted(set(roles.COMMANDS) - {"time"}))
def test_a_removed_guest_is_refused_every_command_at_once(name, room, app):
    """Except what time it is, which looks nobody up: a removed guest's socket is closed instead."""
    auth = tokens(room)["guest"]
    phone = Phone(app, **auth)
    remove(room, auth["token"])
    assert phone.asks(name, {"op_id": "a"})["refused"]["code"] == "removed"


def remove(room: Room, token: str) -> None:
    from companion.models.guest import guest_of

    database.write(lambda session: setattr(guest_of(session, token), "removed_at", clock.now()))
