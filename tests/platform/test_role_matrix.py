"""Every command by everybody who might try it. A new command fails here until somebody has said who may send it."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from companion import clock, database
from companion.models.base import Base
from companion.models.guest import guest_of
from companion.models.hosting import host_of
from companion.sockets.calls import COMMANDS
from tests.platform.rooms import Phone, Room, served

HOST = {"host", "cohost", "unspoiled"}
GUEST = {"guest", "cohost"}
INSIDE = {"guest", "host", "cohost", "unspoiled", "screen"}
PEOPLE = [*sorted(INSIDE), "removed", "stranger"]

MATRIX: dict[str, tuple[set[str], dict[str, Any]]] = {
    # who may; fields that would work, were it theirs to send
    "time": (INSIDE, {"t1": 1.0}),
    "snapshot": (INSIDE, {}),
    "vote": (GUEST, {"cue_id": "your-seat", "option_id": "front"}),
    "react": (GUEST, {"counts": {"🔦": 1}, "position": 1.0}),
    "set_delay": (GUEST, {"seconds": 5.0}),
    "rename": (GUEST, {"name": "Mallory"}),
    "set_language": (GUEST, {"lang": "ko"}),
    "set_warnings": (GUEST, {"on": True}),
    "flag": (GUEST, {"cue_id": "your-seat", "reason": "wrong"}),
    "pause": (HOST | GUEST, {}),
    "start": (HOST, {}),
    "play": (HOST, {}),
    "seek": (HOST, {"position": 30.0, "base_revision": 1}),
    "nudge": (HOST, {"seconds": 1.0}),
    "set_rate": (HOST, {"rate": 1.5}),
    "mark": (HOST, {"scene_id": "stairs"}),
    "set_alignment": (HOST, {"rate": 1.0}),
    "set_runtime": (HOST, {"seconds": 200.0}),
    "not_there_yet": (HOST, {}),
    "undo": (HOST, {}),
    "film_over": (HOST, {}),
    "next": (HOST, {}),
    "end": (HOST, {}),
    "show_now": (HOST, {"cue_id": "eleven-keys"}),
    "skip": (HOST, {"cue_id": "eleven-keys"}),
    "take_away": (HOST, {"cue_id": "your-seat"}),
    "hold": (HOST, {"cue_id": None, "on": True}),
    "black": (HOST, {"on": True}),
    "show_code": (HOST, {"on": True}),
    "set_pace": (HOST, {"pace": "talkative"}),
    "ask": (HOST, {"question": "Now?", "options": ["Yes", "No"]}),
    "close_poll": (HOST, {"cue_id": "your-seat"}),
    "more_time": (HOST | GUEST, {"cue_id": "your-seat"}),
    "reveal": (HOST, {"cue_id": "your-seat"}),
    "hands": (HOST, {"cue_id": "your-seat", "option_id": "front", "count": 3}),
    "lock": (HOST, {"on": True}),
    "new_code": (HOST, {}),
    "set_room": (HOST, {"guests_may_pause": False}),
    "take_revision": (HOST, {"revision": 1}),
    "rename_guest": (HOST, {"guest_id": "{guest}", "name": "Mallory"}),
    "promote": (HOST, {"guest_id": "{guest}"}),
    "remove_guest": (HOST, {"guest_id": "{guest}"}),
    "renew_hosts": (HOST, {}),
    "set_seen_it": (HOST, {"seen_it": True}),
    "admit_screen": (HOST, {"letters": "{letters}"}),
    "delete_room": (HOST, {}),
}
REFUSED = {
    "removed": {"removed", "not in"},
    "stranger": {"not in"},
}  # a removed guest's line is cut soon after
ops = itertools.count(1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with served(Path(tmp_path_factory.mktemp("matrix"))) as made:
        yield made


class Cast:
    """One room; everybody is on the line, each with a socket of their own."""

    def __init__(self, app: Flask) -> None:
        self.app, self.room = app, Room(app)
        code, room = self.room.code, self.room
        joined = [
            room.visitor().post(f"/api/rooms/{code}/guests", json={"name": name}).json
            for name in ("Ana", "Bo", "Rem")
        ]
        self.guest_id = joined[0]["guest_id"]
        unseen = database.write(
            lambda session: host_of(session, room.secret).room.new_host(1.0, seen_it=False)[1]
        )
        shown = room.visitor().get(f"/tv/{code}").headers["Set-Cookie"]
        television = shown.split("=", 1)[1].split(";")[0]
        self.keys = {
            "guest": {"code": code, "role": "guest", "token": joined[0]["guest_token"]},
            "cohost": {"code": code, "role": "guest", "token": joined[1]["guest_token"]},
            "removed": {"code": code, "role": "guest", "token": joined[2]["guest_token"]},
            "host": {"code": code, "role": "host", "token": room.secret},
            "unspoiled": {"code": code, "role": "host", "token": unseen},
            "screen": {"code": code, "role": "screen", "token": television},
            "stranger": {"code": code, "role": "guest"},
        }
        self.lines = {person: Phone(app, **key) for person, key in self.keys.items()}
        self.lines["host"].asks("promote", {"guest_id": joined[1]["guest_id"], "op_id": "p"})
        waiting = room.visitor()
        self.lines["host"].asks("lock", {"on": True, "op_id": "l"})
        self.letters = waiting.get(f"/tv/{code}").text.split('tv__letters">')[1][:4]
        database.write(
            lambda session: setattr(guest_of(session, joined[2]["guest_token"]), "removed_at", clock.now())
        )

    def says(self, person: str, name: str, fields: dict[str, Any]) -> str:
        """What this person is answered: "ok", the refusal's code, or "not in"."""
        phone = self.lines[person]
        if not phone.client.is_connected():
            return "not in"
        answer = phone.asks(name, fields)
        if not answer["ok"] and answer["refused"]["code"] == "too_fast":
            self.lines[person] = Phone(self.app, **self.keys[person])
            return self.says(person, name, fields)
        return "ok" if answer["ok"] else answer["refused"]["code"]

    def fields(self, name: str) -> dict[str, Any]:
        filled = {
            key: value.format(guest=self.guest_id, letters=self.letters) if isinstance(value, str) else value
            for key, value in MATRIX[name][1].items()
        }
        return filled if name in ("time", "snapshot") else {**filled, "op_id": f"op-{next(ops)}"}

    @property
    def kept(self) -> dict[str, list[Any]]:
        """Every row of this room, in every table; when somebody was last heard is no change."""
        tables = [table for table in Base.metadata.tables.values() if "room_id" in table.c]
        with database.reading() as session:
            return {
                table.name: session.execute(
                    select(*[column for column in table.c if column.name != "last_heard_at"])
                    .where(table.c.room_id == self.room.room_id)
                    .order_by(*table.primary_key)
                ).all()
                for table in tables
            }

    def leave(self) -> None:
        for phone in self.lines.values():
            if phone.client.is_connected():
                phone.client.disconnect()


@pytest.fixture(scope="module")
def cast(app: Flask) -> Iterator[Cast]:
    made = Cast(app)
    yield made
    made.leave()


def test_every_command_stands_here(app: Flask):
    assert set(MATRIX) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_who_may_not_changes_nothing_and_who_may_gets_as_far_as_the_fields(name: str, cast: Cast):
    may, _ = MATRIX[name]
    before = cast.kept
    for person in PEOPLE:
        if person in may:
            assert cast.says(person, name, {"no_such_field": 1}) == "bad_field", person
        elif (person, name) != ("removed", "time"):  # the time of day is no secret, and looks nobody up
            refused = REFUSED.get(person, {"not_host", "not_guest"})
            assert cast.says(person, name, cast.fields(name)) in refused, person
    assert cast.kept == before


OF_SOMEBODY = [
    name for name, (_, fields) in MATRIX.items() if "{" in str(fields.values()).replace("{'🔦'", "")
]


@pytest.mark.parametrize("role", ["host", "guest"])
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_whoever_belongs_to_another_room_reaches_nothing_in_this_one(
    name: str, role: str, cast: Cast, app: Flask
):
    """Not by this room's number, and not by naming its people, cards and televisions from their own room."""
    other = Room(app)
    guest = other.visitor().post(f"/api/rooms/{other.code}/guests", json={"name": "Eve"}).json["guest_token"]
    before = cast.kept
    phone = Phone(app, code=cast.room.code, role=role, token=other.secret if role == "host" else guest)
    answer = phone.asks(name, cast.fields(name))
    assert cast.kept == before
    if name in OF_SOMEBODY:
        assert answer["refused"]["code"] in ("bad_field", "not_host")
    if phone.client.is_connected():
        phone.client.disconnect()


def test_the_fields_would_have_worked(cast: Cast, app: Flask):
    """The same words from whoever may: no refusal above is one because of the words."""
    fresh = Cast(app)
    first = ["lock", "admit_screen", "start", "ask"]
    last = ["film_over", "next", "undo", "new_code", "remove_guest", "end", "delete_room"]
    fitting = [name for name in MATRIX if name not in (*first, *last, "renew_hosts")]
    for name in [*first, *fitting, *last]:
        fields = fresh.fields(name)
        if name == "seek":
            fields["base_revision"] = fresh.lines["host"].asks("snapshot", {})["snapshot"][
                "playback_revision"
            ]
        if name == "undo":
            fresh.says("host", "set_pace", {"pace": "silent", "op_id": "again"})
        answered = fresh.says("host" if "host" in MATRIX[name][0] else "guest", name, fields)
        assert answered in ("ok", "not_now", "closed"), f"{name}: {answered}"
    fresh.leave()
    renewed = Cast(app)
    assert renewed.says("host", "renew_hosts", renewed.fields("renew_hosts")) == "ok"
    renewed.leave()
