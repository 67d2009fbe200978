"""What bad input gets, at every command: refused, the field named, nothing changed, the phone still there."""

import msgspec
import pytest

from companion import database, limits, roles
from companion.sockets.calls import COMMANDS

OF_NO_FIELD = [[{}]]


@pytest.fixture
def phone(evening, host, guest, monkeypatch):
    """Somebody who may send the command, as fast as a test does."""
    monkeypatch.setattr(limits.Bucket, "take", lambda bucket: True)
    return lambda name: host if "host" in roles.COMMANDS[name] else guest


def refusal(phone, name, fields):
    ack = phone.socket.emit(name, fields, callback=True)
    assert not ack["ok"] and ack["refused"]["sentence"] and phone.is_in, ack
    return ack["refused"]["code"], ack["refused"].get("field")


@pytest.mark.parametrize("name", sorted(roles.COMMANDS))
def test_every_field_that_is_missing_extra_or_mistyped_is_named(app, evening, phone, name):
    sender, before = phone(name), phone(name).snapshot()["revision"]
    fields = msgspec.structs.fields(COMMANDS[name].shape)
    assert refusal(sender, name, {"surprise": 1}) == ("bad_field", "surprise")
    required = [field.name for field in fields if field.required]
    if required:
        assert refusal(sender, name, {}) == ("bad_field", required[0])
    for field in fields:
        assert refusal(sender, name, {field.name: OF_NO_FIELD}) == ("bad_field", field.name)
    assert sender.snapshot()["revision"] == before


@pytest.mark.parametrize(
    ("name", "fields", "field"),
    [
        ("vote", {"cue_id": "x" * 81, "option_id": None}, "cue_id"),
        ("vote", {"cue_id": "your-seat", "option_id": "x" * 81}, "option_id"),
        ("react", {"counts": {"x" * 17: 1}, "position": 0}, "counts"),
        ("react", {"counts": {"🔑": 31}, "position": 0}, "counts"),
        ("react", {"counts": {"🔑": 1}, "position": 1e9}, "position"),
        ("rename", {"name": "x" * 10_001}, "name"),
        ("set_delay", {"seconds": 1e9}, "seconds"),
        ("ask", {"question": "x" * 401, "options": ["a", "b"]}, "question"),
        ("ask", {"question": "Pizza?", "options": ["a"]}, "options"),
        ("ask", {"question": "Pizza?", "options": list("abcdefg")}, "options"),
        ("hands", {"cue_id": "your-seat", "option_id": "front", "count": 1001}, "count"),
        ("mark", {"scene_id": "stairs", "answer": "maybe"}, "answer"),
        ("start", {"countdown": 31}, "countdown"),
        ("seek", {"position": 1e12, "base_revision": 1}, "position"),
    ],
)
def test_what_is_too_large_is_named_as_well(evening, phone, name, fields, field):
    assert refusal(phone(name), name, {**fields, "op_id": "a"}) == ("bad_field", field)


@pytest.mark.parametrize("rate", [0.49, 2.01, -1, 0, 1e308])
def test_a_speed_no_player_has_is_refused(evening, host, rate):
    assert host.refused("set_rate", rate=rate) == "bad_field"


@pytest.mark.parametrize(
    ("name", "fields", "field"),
    [
        ("mark", {"scene_id": "nowhere"}, "scene_id"),
        ("set_alignment", {"rate": 1.1}, "rate"),
        ("set_runtime", {"seconds": 5}, "seconds"),
        ("set_rate", {"rate": 9}, "rate"),
        ("set_delay", {"seconds": 1801}, "seconds"),
        ("rename", {"name": "\u202e"}, "name"),
        ("set_room", {"name": "x" * 81}, "name"),
        ("ask", {"question": " ", "options": ["a", "b"]}, "question"),
        ("ask", {"question": "Pizza?", "options": ["a", "a"]}, "options"),
        ("ask", {"question": "Pizza?", "options": ["a", "x" * 81]}, "options"),
        ("remove_guest", {"guest_id": "nobody"}, "guest_id"),
        ("take_revision", {"revision": 99}, "revision"),
        ("admit_screen", {"letters": "BCDF"}, "letters"),
        ("react", {"counts": {"🐙": 1}, "position": 0}, "counts"),
    ],
)
def test_what_the_room_knows_to_be_wrong_is_named_too(evening, host, phone, name, fields, field):
    host.do("start")
    assert refusal(phone(name), name, {**fields, "op_id": "a"}) == ("bad_field", field)


def test_a_fault_of_ours_in_one_command_is_told_to_whoever_sent_it_and_noticed_by_nobody_else(
    evening, host, guest, other_guest
):
    """A pace that no rule knows stands for whatever nobody thought of."""
    with database.reading() as session:
        kept = evening.room()(session).pace
    database.write(lambda session: setattr(evening.room()(session), "pace", "furious"))
    assert host.refused("start") == "failed"
    assert guest.do("rename", name="Ana Lee")["name"] == "Ana Lee" and other_guest.is_in
    database.write(lambda session: setattr(evening.room()(session), "pace", kept))
    host.do("start")
    assert guest.heard("part_changed")[-1]["part"] == "film"
