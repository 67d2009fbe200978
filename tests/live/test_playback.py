"""Play, pause, seek, nudge, speed: one value, told to everyone, in the database's order."""

import pytest


@pytest.fixture
def film(evening, host):
    host.do("start")
    evening.later(10)
    return evening


def test_a_pause_counts_from_the_moment_the_thumb_came_down(film, host, guest):
    ack = host.do("pause", pressed_at=film.now - 0.4)
    assert ack["playback"]["position"] == pytest.approx(9.6)
    assert guest.heard("playback_changed")[-1]["playback"] == ack["playback"]


def test_nobody_presses_longer_ago_than_two_seconds(film, host):
    assert host.do("pause", pressed_at=film.now - 500)["playback"]["position"] == pytest.approx(8.0)


def test_a_second_pause_is_the_same_pause(film, host, guest):
    first = host.do("pause")
    film.later(3)
    guest.forget()
    second = host.do("pause")
    assert second["playback"] == first["playback"] and second["revision"] == first["revision"]
    assert guest.heard("playback_changed") == []


def test_a_repeated_command_has_one_effect_and_the_same_answer(film, host):
    first = host.do("nudge", seconds=5, op_id="once")
    film.later(1)
    assert host.do("nudge", seconds=5, op_id="once") == first


def test_an_op_id_that_meant_something_else_is_refused_by_name(film, host):
    host.do("nudge", seconds=5, op_id="once")
    for command, fields in (("nudge", {"seconds": -5}), ("lock", {"on": True})):
        ack = host.send(command, op_id="once", **fields)
        assert (ack["refused"]["code"], ack["refused"]["field"]) == ("bad_field", "op_id")
    assert not host.snapshot()["room"]["locked"]


def test_any_guest_may_pause_and_everybody_sees_who_it_was(film, host, guest, other_guest):
    guest.do("pause")
    assert other_guest.heard("playback_changed")[-1]["by"] == "Ana"
    host.do("play")
    host.do("set_room", guests_may_pause=False)
    assert guest.refused("pause") == "not_host"
    assert other_guest.heard("room_changed")[-1]["room"]["guests_may_pause"] is False


def test_guests_far_apart_do_not_pause_each_other(app, time):
    from tests.people import Evening

    evening = Evening(app, time, apart=True)
    evening.host().do("start")
    assert evening.guest().refused("pause") == "not_host"


def test_a_guest_cannot_seek(film, guest):
    assert guest.refused("seek", position=3, base_revision=1) == "not_host"


def test_a_seek_against_a_newer_playback_is_refused_with_where_the_film_is(film, host):
    known = host.snapshot()["playback_revision"]
    other = film.host()
    other.do("seek", position=100, base_revision=known)
    ack = host.send("seek", position=20, base_revision=known)
    assert ack["refused"]["code"] == "stale"
    assert ack["refused"]["playback"]["position"] == 100
    assert host.do("seek", position=20, base_revision=ack["refused"]["playback_revision"])["ok"]


def test_two_nudges_add_up(film, host):
    host.do("nudge", seconds=2)
    assert host.do("nudge", seconds=-0.5)["playback"]["position"] == pytest.approx(11.5)


def test_the_position_stays_within_the_film_and_ten_minutes(film, host):
    assert host.do("nudge", seconds=9_000)["playback"]["position"] == 780
    assert host.do("nudge", seconds=-9_000)["playback"]["position"] == 0


def test_the_players_own_speed_carries_the_position_on(film, host):
    assert host.do("set_rate", rate=1.5)["playback"]["position"] == pytest.approx(10)
    film.later(10)
    assert host.do("pause")["playback"]["position"] == pytest.approx(25)
    assert host.refused("set_rate", rate=20) == "bad_field"


def test_we_are_not_there_yet_holds_everything_and_then_goes_back(film, host, guest):
    film.later(20)
    host.do("not_there_yet")
    assert guest.heard("room_changed")[-1]["room"]["hold_all"] is True
    guest.forget()
    film.later(20)
    assert guest.heard("cards_released") == []
    assert host.do("not_there_yet", seconds=30)["playback"]["position"] == pytest.approx(20)
    assert guest.heard("room_changed")[-1]["room"]["hold_all"] is False


def test_a_question_does_not_close_while_we_are_not_there_yet(film, host, guest):
    film.later(24, step=1)
    host.do("not_there_yet")
    film.later(10, step=1)
    assert "first-smell" not in [fact["cue_id"] for fact in guest.heard("poll_closed")]
    host.do("not_there_yet", seconds=18)
    assert not guest.cards()["first-smell"]["closed"]
    guest.do("vote", cue_id="first-smell", option_id="rain")
    film.later(13, step=0.5)
    assert "first-smell" in [fact["cue_id"] for fact in guest.heard("poll_closed")]


def test_letting_everything_go_says_that_we_are_there(film, host, guest):
    host.do("not_there_yet")
    host.do("hold", cue_id=None, on=False)
    assert guest.snapshot()["room"]["hold_all"] is False
    film.later(30, step=1)
    assert "first-smell" in guest.cards()


def test_we_are_not_there_yet_goes_back_to_a_moment_by_its_name(film, host):
    film.later(20)
    moments = host.snapshot()["moments"]
    assert [m["words"] for m in moments] == ["The foyer at midnight", "She unlocks the doors"]
    host.do("not_there_yet")
    assert host.do("not_there_yet", scene_id="foyer")["playback"]["position"] == pytest.approx(18)


def test_we_are_not_there_yet_never_goes_on_to_what_is_still_to_come(film, host):
    film.later(20)
    host.do("not_there_yet")
    assert host.do("not_there_yet", scene_id="street")["playback"]["position"] == pytest.approx(30)


def test_never_mind_lets_everything_go_on(film, host, guest):
    host.do("not_there_yet")
    host.do("not_there_yet", never_mind=True)
    film.later(10)
    assert any(
        card["cue_id"] == "first-smell" for fact in guest.heard("cards_released") for card in fact["cards"]
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"position": "ten", "base_revision": 1},
        {"position": 1},
        {"position": 1, "base_revision": 1, "also": 2},
        {"position": 1e12, "base_revision": 1},
    ],
)
def test_a_message_with_a_wrong_field_is_refused_by_name_and_the_socket_stays(film, host, fields):
    ack = host.send("seek", **fields)
    assert ack["refused"]["code"] == "bad_field" and ack["refused"]["field"]
    assert host.is_in and host.snapshot()


def test_an_unknown_command_is_refused(host):
    assert host.refused("abracadabra") == "unknown_command"
