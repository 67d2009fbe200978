"""Time probes: four instants, the room's revision, and nothing that could make a phone wait."""

import pytest
from sqlalchemy import event

from companion import clock, database


@pytest.fixture
def statements(evening):
    """Every statement that reaches the database from now on."""
    said = []
    engines = {database.opened().engine, database.opened().writing}

    def hear(_connection, _cursor, statement, *_):
        said.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield said
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


def test_a_phone_hears_what_it_said_and_the_servers_two_instants(evening, guest):
    answer = guest.do("time", t1=-12.345678)
    assert answer["t1"] == -12.345678
    assert answer["t2"] <= answer["t3"] <= evening.now
    assert answer["t2"] == pytest.approx(evening.now)
    assert answer["clock_epoch"] == clock.epoch() == guest.snapshot()["clock_epoch"]


def test_asking_the_time_touches_no_database(evening, guest, statements):
    for t1 in range(10):
        guest.do("time", t1=t1)
    assert statements == []
    guest.snapshot()
    assert statements, "the listener hears the database at all"


def test_a_probe_tells_the_revision_that_the_rooms_phones_should_have(evening, host, guest):
    before = guest.do("time", t1=0)["revision"]
    assert before == guest.snapshot()["revision"]
    host.do("start")
    assert guest.do("time", t1=0)["revision"] == guest.snapshot()["revision"] > before


def test_a_phone_that_missed_everything_learns_it_from_its_next_probe(evening, host, guest):
    known = guest.snapshot()["revision"]
    host.do("start")
    host.do("pause")
    guest.forget()  # as if all of it were lost on the way
    assert guest.do("time", t1=0)["revision"] > known
    assert guest.snapshot()["playback"]["is_playing"] is False


@pytest.mark.parametrize("t1", ["noon", None, 1e300, [1], True])
def test_a_strange_instant_is_refused_by_name(evening, guest, t1):
    assert guest.refused("time", t1=t1) == "bad_field"
    assert guest.do("time", t1=1.5)["t1"] == 1.5


def test_a_stranger_gets_no_time(evening, app):
    from companion.sockets import socketio

    assert not socketio.test_client(app, auth={"code": evening.code, "role": "guest"}).is_connected()
