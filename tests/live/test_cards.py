"""What the clock releases, and what hosts do with it."""

import pytest


def released(phone) -> list[str]:
    return [card["cue_id"] for fact in phone.heard("cards_released") for card in fact["cards"]]


@pytest.fixture
def film(evening, host):
    host.do("start")
    return evening


def test_a_card_leaves_five_seconds_early_and_not_before(film, guest):
    film.later(14.9)
    assert "first-smell" not in guest.bytes()
    film.later(0.6)
    card = guest.cards()["first-smell"]
    assert (card["start"], card["end"], card["pushed"]) == (20, 36, True)
    assert 'data-cue-id="first-smell"' in card["html"]


def test_a_faster_player_gets_its_cards_five_seconds_of_its_own_time_early(film, host, guest):
    host.do("set_rate", rate=2)
    film.later(4.9, step=0.1)
    assert "first-smell" not in guest.bytes()
    film.later(0.2, step=0.1)
    assert "first-smell" in released(guest)


def test_nothing_is_released_while_the_film_stands_still(film, host, guest):
    film.later(10)
    host.do("pause")
    film.later(60)
    assert "first-smell" not in guest.bytes()


def test_what_is_not_pushed_comes_without_a_word(film, guest):
    film.later(40)
    assert guest.cards()["stopped-clock"]["pushed"] is False


def test_a_card_is_sent_once_and_the_server_is_silent_between_cards(film, guest):
    film.later(45)
    told = released(guest)
    assert len(told) == len(set(told))
    assert {name for name, _ in guest.log} <= {
        "snapshot", "cards_released", "poll_closed", "result_shown", "part_changed", "playback_changed",
    }  # fmt: skip


def test_a_talkative_room_is_pushed_more(film, host, guest):
    host.do("set_pace", pace="talkative")
    film.later(85)
    assert guest.cards()["balcony-dust"]["pushed"] is True
    assert guest.snapshot()["room"]["pace"] == "talkative"


def test_a_held_card_waits_and_then_lies_quietly_under_its_scene(film, host, guest):
    host.do("hold", cue_id="one-thing-at-a-time", on=True)
    film.later(60, step=2)
    assert "one-thing-at-a-time" not in guest.bytes()
    host.do("hold", cue_id="one-thing-at-a-time", on=False)
    card = guest.cards()["one-thing-at-a-time"]
    assert card["jumped"] and not card["pushed"]


def test_holding_everything_stops_releases_until_it_is_let_go(film, host, guest):
    guest.forget()
    host.do("hold", cue_id=None, on=True)
    film.later(30)
    assert released(guest) == []
    host.do("hold", cue_id=None, on=False)
    assert "first-smell" in guest.cards()


def test_a_skipped_card_never_comes_and_can_be_taken_up_again(film, host, guest):
    host.do("skip", cue_id="first-smell")
    film.later(16)
    assert "first-smell" not in released(guest)
    assert next(c for c in host.snapshot()["queue"] if c["cue_id"] == "first-smell")["skipped"]
    host.do("skip", cue_id="first-smell", on=False)
    assert "first-smell" in released(guest)


def test_what_is_out_cannot_be_skipped_but_taken_away(film, host, guest):
    film.later(5)
    assert host.refused("skip", cue_id="eleven-keys") == "closed"
    host.do("take_away", cue_id="eleven-keys")
    assert guest.heard("cards_taken_away")[-1]["cue_ids"] == ["eleven-keys"]
    assert "eleven-keys" not in guest.cards()


def test_a_card_shown_by_hand_appears_at_once_and_does_not_come_again(film, host, guest):
    host.do("pause")
    host.do("show_now", cue_id="seven-splices")
    card = guest.cards()["seven-splices"]
    assert card["shown_at"] == film.now and card["start"] is None
    host.do("play")
    film.later(135, step=1)
    assert released(guest).count("seven-splices") <= 2  # shown, and made way for nothing
    assert guest.cards()["seven-splices"]["start"] is None


def test_a_card_shown_by_hand_makes_way_for_the_next_one(film, host, guest):
    host.do("show_now", cue_id="seven-splices")
    film.later(1)
    host.do("show_now", cue_id="balcony-dust")
    cards = guest.cards()
    assert cards["seven-splices"]["over"] and not cards["balcony-dust"]["over"]
    assert {c["cue_id"]: c["over"] for c in guest.heard("cards_released")[-1]["cards"]} == {
        "seven-splices": True,
        "balcony-dust": False,
    }


def test_what_made_way_does_not_come_back_when_the_next_one_is_taken_away(film, host, guest):
    host.do("show_now", cue_id="seven-splices")
    film.later(1)
    host.do("show_now", cue_id="balcony-dust")
    host.do("take_away", cue_id="balcony-dust")
    assert guest.cards()["seven-splices"]["over"]


def test_a_seek_back_and_forth_asks_no_poll_twice_and_opens_none_that_was_jumped_over(film, host, guest):
    film.later(25)
    guest.do("vote", cue_id="first-smell", option_id="rain")
    film.later(15)
    now = host.snapshot()["playback_revision"]
    host.do("seek", position=2, base_revision=now)
    film.later(30)
    assert len([f for f in guest.heard("result_shown") if f["cue_id"] == "first-smell"]) == 1
    assert guest.refused("vote", cue_id="first-smell", option_id="popcorn") == "closed"
    assert guest.snapshot()["votes"] == {"first-smell": "rain"}


def test_a_quiz_that_was_jumped_over_is_not_asked_and_not_listed(film, host, guest):
    host.do("seek", position=110, base_revision=host.snapshot()["playback_revision"])
    film.later(10)
    assert "how-many-keys" not in guest.bytes()
    assert guest.refused("vote", cue_id="how-many-keys", option_id="nine") == "unknown_cue"


def test_a_jump_of_more_than_a_minute_waits_three_seconds(film, host, guest):
    host.do("seek", position=130, base_revision=host.snapshot()["playback_revision"])
    guest.forget()
    film.later(2.5)
    assert released(guest) == []
    film.later(1)
    assert "seven-splices" in released(guest)


def test_warnings_reach_only_those_who_asked(film, guest, other_guest):
    guest.do("set_warnings", on=True)
    film.later(106)
    assert "darkness-ahead" in released(guest)
    assert "darkness-ahead" not in other_guest.bytes()


def test_a_warning_that_is_taken_away_is_news_only_to_those_who_asked(film, host, guest, other_guest):
    guest.do("set_warnings", on=True)
    film.later(90, step=1)
    host.do("take_away", cue_id="darkness-ahead")
    assert guest.heard("cards_taken_away")[-1]["cue_ids"] == ["darkness-ahead"]
    assert "darkness-ahead" not in other_guest.bytes()


def test_a_phone_that_holds_cards_gets_them_without_their_words(film, guest):
    film.later(10)
    told = guest.do("snapshot", known=["eleven-keys"])["snapshot"]
    card = next(card for card in told["cards"] if card["cue_id"] == "eleven-keys")
    assert card["html"] == "" and card["start"] == 4


def test_a_newcomer_after_a_seek_back_gets_later_cards_only_when_the_film_is_there_again(film, host, guest):
    film.later(35)
    host.do("seek", position=3, base_revision=host.snapshot()["playback_revision"])
    late = film.guest("Late")
    assert set(late.cards()) == {"made-of-cards", "your-seat", "eleven-keys"}
    for _ in range(5):
        film.later(1)
        film.sweep()
    assert "first-smell" not in late.bytes()
    for _ in range(10):
        film.later(1)
        film.sweep()
    assert "first-smell" in released(late)
    assert "stopped-clock" not in late.bytes()


def test_a_flag_on_a_card_is_kept_for_whoever_wrote_it(film, guest):
    from companion import database
    from companion.models.flag import flags_of

    film.later(10)
    guest.do("flag", cue_id="eleven-keys", reason="There are twelve")
    guest.do("flag", cue_id="eleven-keys", reason="There are twelve, really")
    assert guest.refused("flag", cue_id="seven-splices", reason="?") == "unknown_cue"
    with database.reading() as session:
        flags = flags_of(session, guest.snapshot()["room"]["id"])
    assert [(flag.cue_id, flag.reason) for flag in flags] == [("eleven-keys", "There are twelve, really")]


def test_phones_know_a_quiet_scene_when_it_begins_and_not_much_earlier(film, host, guest):
    film.later(95, step=1)
    film.sweep()
    assert guest.heard("quiet_changed") == [] and guest.snapshot()["quiet"] == []
    film.later(4, step=1)
    film.sweep()
    film.sweep()
    (told,) = guest.heard("quiet_changed")
    begins, ends = told["quiet"][0]
    assert begins <= 105 and ends >= 125 and begins - 99 <= 5
    assert guest.snapshot()["quiet"] == told["quiet"] == film.guest().snapshot()["quiet"]
    host.do("film_over")
    assert guest.snapshot()["quiet"] == []


def test_a_jump_into_a_quiet_scene_brings_it_before_the_film_is_there(film, host, guest):
    film.later(10)
    guest.forget()
    host.do("seek", position=110, base_revision=host.snapshot()["playback_revision"])
    names = [name for name, _ in guest.listen()]
    assert names.index("quiet_changed") < names.index("playback_changed")
    [told] = guest.heard("quiet_changed")
    assert told["quiet"][0][0] <= 105
    guest.forget()
    host.do("seek", position=10, base_revision=host.snapshot()["playback_revision"])
    assert guest.heard("quiet_changed") == [], "what lies ahead is no news"
