"""Lobby, film, silence, after, end."""


def test_play_in_the_lobby_begins_the_film_for_everyone(evening, host, guest):
    ack = host.do("play")
    assert ack["part"] == "film" and ack["playback"]["is_playing"]
    assert guest.heard("part_changed")[-1]["part"] == "film"
    assert guest.heard("playback_changed")[-1]["playback"] == ack["playback"]
    evening.later(7)
    assert guest.snapshot()["playback"]["position"] == 0.0


def test_a_countdown_holds_the_film_at_its_first_frame_on_all_phones(evening, host, guest):
    host.do("start", countdown=5)
    assert guest.heard("playback_changed")[-1]["playback"]["since"] == evening.now + 5
    evening.later(6)
    host.do("pause")
    assert abs(guest.snapshot()["playback"]["position"] - 1.0) < 1e-6


def test_the_film_cannot_begin_twice(host):
    host.do("start")
    assert host.refused("start") == "not_now"


def test_reaching_the_end_of_the_film_ends_nothing(evening, host, guest):
    host.do("start")
    evening.later(200, step=5)
    assert guest.snapshot()["room"]["part"] == "film"


def test_after_the_film_there_is_silence_then_one_card_at_a_time(evening, host, guest):
    host.do("start")
    evening.later(5)
    host.do("film_over")
    told = guest.heard("part_changed")[-1]
    assert told["part"] == "after" and told["silence_until"] == evening.now + 6
    assert not guest.snapshot()["playback"]["is_playing"]
    evening.later(7)
    assert host.do("next")["cue_id"] == "what-to-take"
    assert guest.heard("cards_released")[-1]["cards"][0]["shown_at"] is not None
    evening.later(1)
    assert host.do("next")["cue_id"] == "spare-keys"
    cards = guest.cards()
    assert cards["what-to-take"]["over"] and not cards["spare-keys"]["over"]
    assert host.refused("next") == "not_now"


def test_next_waits_for_the_end_of_the_film(host):
    host.do("start")
    assert host.refused("next") == "not_now"


def test_film_commands_are_refused_outside_the_film(host, guest):
    assert host.refused("pause") == "not_in_film"
    assert host.refused("mark", scene_id="stairs") == "not_in_film"
    assert host.refused("nudge", seconds=1) == "not_in_film"
    assert guest.refused("react", counts={"💛": 1}, position=0) == "not_in_film"


def test_an_ended_room_says_where_its_recap_is_and_takes_no_more_commands(evening, host, guest):
    host.do("start")
    host.do("end")
    assert guest.heard("room_ended")[0]["recap_url"].startswith("/recap/")
    assert host.refused("play") == "ended"
    assert guest.snapshot()["cards"] == []


def test_lobby_polls_close_when_the_film_begins_and_show_their_result(evening, host, guest, other_guest):
    guest.do("vote", cue_id="your-seat", option_id="aisle")
    other_guest.do("vote", cue_id="your-seat", option_id="back")
    host.do("start")
    assert guest.heard("poll_closed")[0]["cue_id"] == "your-seat"
    evening.later(3)
    shown = guest.heard("result_shown")[0]
    assert shown["counts"] == {"front": 0, "middle": 0, "aisle": 1, "back": 1} and shown["voters"] == 2


def test_a_deleted_room_is_gone_at_once(evening, host, guest):
    host.do("delete_room")
    assert guest.heard("room_ended")
    assert evening.web.get(f"/api/rooms/{evening.code}").status_code == 404
    assert evening.comes_back(guest).is_in is False
