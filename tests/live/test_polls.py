"""Votes, closing, results, the host's own questions."""

import pytest


@pytest.fixture
def film(evening, host):
    host.do("start")
    evening.later(21)
    return evening


def result(phone, cue_id):
    return next((fact for fact in phone.heard("result_shown") if fact["cue_id"] == cue_id), None)


def test_a_vote_counts_and_may_be_changed_and_withdrawn(film, host, guest):
    assert guest.do("vote", cue_id="first-smell", option_id="rain")["option_id"] == "rain"
    guest.do("vote", cue_id="first-smell", option_id="velvet")
    film.later(1)
    assert host.heard("tally_changed")[-1]["counts"]["velvet"] == 1
    guest.do("vote", cue_id="first-smell", option_id=None)
    film.later(1)
    assert host.heard("tally_changed")[-1]["voters"] == 0
    assert guest.snapshot()["votes"] == {}


def test_the_same_vote_sent_twice_counts_once_and_a_late_repeat_changes_nothing(film, guest):
    guest.do("vote", cue_id="first-smell", option_id="rain", op_id="first")
    guest.do("vote", cue_id="first-smell", option_id="velvet", op_id="second")
    assert guest.do("vote", cue_id="first-smell", option_id="rain", op_id="first")["option_id"] == "velvet"
    assert guest.snapshot()["votes"] == {"first-smell": "velvet"}


def test_two_tabs_of_one_guest_have_one_vote(film, host, guest):
    tab = film.comes_back(guest)
    guest.do("vote", cue_id="first-smell", option_id="rain")
    tab.do("vote", cue_id="first-smell", option_id="polish")
    film.later(1)
    assert host.heard("tally_changed")[-1]["voters"] == 1


@pytest.mark.parametrize(
    ("cue_id", "option_id", "code"),
    [
        ("first-smell", "roses", "unknown_option"),
        ("nothing", "rain", "unknown_cue"),
        ("eleven-keys", "rain", "unknown_cue"),
        ("how-many-keys", "nine", "unknown_cue"),
        ("your-seat", "aisle", "closed"),
    ],
)
def test_a_vote_for_nothing_is_refused(film, guest, cue_id, option_id, code):
    film.later(4)
    assert guest.refused("vote", cue_id=cue_id, option_id=option_id) == code


def test_a_host_without_a_seat_has_no_vote(film, host):
    assert host.refused("vote", cue_id="first-smell", option_id="rain") == "not_guest"


def test_live_counts_reach_the_room_and_others_only_hosts(film, host, guest, other_guest):
    guest.do("vote", cue_id="first-smell", option_id="rain")
    assert other_guest.heard("tally_changed")[-1]["counts"]["rain"] == 1
    assert other_guest.snapshot()["tallies"]["first-smell"]["voters"] == 1
    film.later(40)
    other_guest.forget()
    guest.do("vote", cue_id="how-many-keys", option_id="nine")
    assert other_guest.heard("tally_changed") == []
    assert host.heard("tally_changed")[-1]["cue_id"] == "how-many-keys"
    assert "how-many-keys" not in other_guest.snapshot()["tallies"]


def test_tallies_are_told_at_most_twice_a_second(film, host, guest, other_guest):
    for phone, option in ((guest, "rain"), (other_guest, "rain"), (guest, "velvet"), (other_guest, "polish")):
        phone.do("vote", cue_id="first-smell", option_id=option)
    assert len(host.heard("tally_changed")) == 1
    film.later(1)
    told = host.heard("tally_changed")
    assert len(told) == 2 and told[-1]["counts"] == {"popcorn": 0, "velvet": 1, "polish": 1, "rain": 0}


def test_voting_goes_on_for_two_seconds_after_the_close_and_then_the_result_is_made_once(
    film, guest, other_guest
):
    film.later(15.5)
    closed = guest.heard("poll_closed")[-1]
    assert (closed["cue_id"], closed["still_to_come"], closed["of"]) == ("first-smell", 2, 2)
    guest.do("vote", cue_id="first-smell", option_id="rain")
    assert result(guest, "first-smell") is None
    film.later(2)
    told = result(guest, "first-smell")
    assert told["counts"]["rain"] == 1 and told["shown_at"] > film.now - 1 and told["at_position"] == 36
    assert other_guest.refused("vote", cue_id="first-smell", option_id="rain") == "closed"
    film.later(60)
    assert len([f for f in guest.heard("result_shown") if f["cue_id"] == "first-smell"]) == 1


def test_a_result_waits_for_a_guest_who_is_behind(film, guest, other_guest):
    other_guest.do("set_delay", seconds=8)
    film.later(15 + 7)
    assert result(guest, "first-smell") is None
    other_guest.do("vote", cue_id="first-smell", option_id="polish")
    film.later(4)
    assert result(guest, "first-smell")["counts"]["polish"] == 1


def test_nobody_waits_for_somebody_who_was_taken_out(film, host, guest, other_guest):
    other_guest.do("set_delay", seconds=12)
    host.do("remove_guest", guest_id=other_guest.joined["guest_id"])
    film.later(16.5)
    assert result(guest, "first-smell") is None
    film.later(2)
    assert result(guest, "first-smell")


def test_a_quiz_keeps_its_answer_until_voting_is_over(film, guest):
    film.later(36)
    guest.do("vote", cue_id="how-many-keys", option_id="eleven")
    assert "answer" not in guest.bytes() and "explanation" not in guest.bytes().replace("explanation\\", "")
    film.later(20)
    told = result(guest, "how-many-keys")
    assert told["answer"] == "eleven" and told["explanation"]
    assert guest.snapshot()["results"]["how-many-keys"]["answer"] == "eleven"


def test_a_host_closes_a_poll_early(film, host, guest):
    guest.do("vote", cue_id="first-smell", option_id="rain")
    host.do("close_poll", cue_id="first-smell")
    assert guest.heard("poll_closed")[-1]["cue_id"] == "first-smell"
    film.later(3)
    shown = result(guest, "first-smell")
    assert shown["voters"] == 1
    assert shown["at_position"] < guest.cards()["first-smell"]["end"], (
        "phones need not wait for the end it had"
    )


def test_more_time_keeps_a_poll_open(film, host, guest):
    host.do("more_time", cue_id="first-smell", seconds=15)
    assert guest.heard("cards_released")[-1]["cards"][0]["end"] == 51
    film.later(25)
    assert guest.do("vote", cue_id="first-smell", option_id="rain")["ok"]
    film.later(8)
    assert result(guest, "first-smell")["voters"] == 1


def test_a_guest_who_needs_longer_is_given_twenty_seconds_more_and_stays_unnamed(
    film, host, guest, other_guest
):
    guest.do("more_time", cue_id="first-smell", seconds=600)
    assert other_guest.heard("cards_released")[-1]["cards"][0]["end"] == 56
    newest = host.heard("queue_changed")[-1]["acts"][0]
    assert (newest["sentence"], newest["by"], newest["can_undo"]) == (
        "Somebody asked for more time",
        "",
        False,
    )
    film.later(30)
    guest.do("vote", cue_id="first-smell", option_id="rain")
    film.later(8)
    assert result(guest, "first-smell")["voters"] == 1


def test_two_who_need_longer_at_once_are_given_one_wait(film, guest, other_guest):
    guest.do("more_time", cue_id="first-smell")
    other_guest.do("more_time", cue_id="first-smell")
    assert other_guest.refused("more_time", cue_id="first-smell") == "not_now"
    assert guest.cards()["first-smell"]["end"] == 76


def test_nobody_holds_up_a_room_for_ever(film, host, guest):
    host.do("ask", question="Pizza?", options=["Yes", "No"], seconds=10)
    for _ in range(10):
        guest.do("more_time", cue_id="ask-1")
        film.later(20)
    assert guest.refused("more_time", cue_id="ask-1") == "not_now"
    film.later(14)
    assert result(guest, "ask-1") is not None
    assert guest.refused("more_time", cue_id="ask-1") == "closed"


def test_a_question_without_an_end_needs_no_more_time_and_a_host_still_closes_it(film, host, guest):
    host.do("ask", question="Pizza?", options=["Yes", "No"])
    assert guest.refused("more_time", cue_id="ask-1") == "not_now"
    guest.do("more_time", cue_id="first-smell")
    host.do("close_poll", cue_id="first-smell")
    assert guest.refused("more_time", cue_id="first-smell") == "closed"


def test_a_result_that_waits_for_the_host_is_shown_and_hidden_by_hand(film, host, guest):
    host.do("seek", position=154, base_revision=host.snapshot()["playback_revision"])
    film.later(7)
    guest.do("vote", cue_id="should-it-close-again", option_id="no")
    assert host.refused("reveal", cue_id="should-it-close-again") == "not_now"
    film.later(20)
    assert result(guest, "should-it-close-again") is None
    host.do("reveal", cue_id="should-it-close-again")
    assert result(guest, "should-it-close-again")["counts"]["no"] == 1
    host.do("undo")
    assert guest.heard("result_hidden")[-1]["cue_id"] == "should-it-close-again"
    assert "should-it-close-again" not in guest.snapshot()["results"]


def test_a_host_asks_a_question_of_their_own(film, host, guest, other_guest):
    ack = host.do("ask", question="Pizza?", options=["Yes", "No"], seconds=10)
    assert ack["cue_id"] == "ask-1"
    card = guest.cards()["ask-1"]
    assert "Pizza?" in card["html"] and card["closes_at"] == film.now + 10 and card["start"] is None
    guest.do("vote", cue_id="ask-1", option_id="o1")
    film.later(13)
    assert result(other_guest, "ask-1")["counts"] == {"o1": 1, "o2": 0}
    assert host.do("ask", question="More?", options=["Yes", "No"])["cue_id"] == "ask-2"


def test_a_question_needs_words_and_different_answers(film, host):
    assert host.refused("ask", question="  ", options=["a", "b"]) == "bad_field"
    assert host.refused("ask", question="Same?", options=["a", "a"]) == "bad_field"
    assert host.refused("ask", question="One?", options=["a"]) == "bad_field"


def test_asking_again_with_the_same_op_asks_once(film, host, guest):
    for _ in range(2):
        host.do("ask", question="Pizza?", options=["Yes", "No"], op_id="pizza")
    assert [cue_id for cue_id in guest.cards() if cue_id.startswith("ask-")] == ["ask-1"]


def test_raised_hands_count_and_are_told_apart(film, host, guest):
    guest.do("vote", cue_id="first-smell", option_id="rain")
    tally = host.do("hands", cue_id="first-smell", option_id="rain", count=2)["tally"]
    assert tally == {
        "counts": {"popcorn": 0, "velvet": 0, "polish": 0, "rain": 3},
        "voters": 1,
        "hands": {"rain": 2},
    }
    film.later(20)
    assert result(guest, "first-smell")["hands"] == {"rain": 2}
    assert host.refused("hands", cue_id="first-smell", option_id="rain", count=3) == "closed"


def test_a_late_guest_meets_the_open_poll_with_its_time_left(film):
    late = film.guest("Late")
    card = late.cards()["first-smell"]
    assert not card["closed"] and card["end"] == 36
    assert late.do("vote", cue_id="first-smell", option_id="rain")["ok"]


def test_a_poll_open_in_a_crash_closes_twelve_seconds_after_the_start_at_the_earliest(film, guest):
    from companion.models.room import Room

    film.time.steady += 600
    Room.running_since = film.now
    film.turn()
    guest.do("vote", cue_id="first-smell", option_id="rain")
    film.later(11)
    assert result(guest, "first-smell") is None
    film.later(4)
    assert result(guest, "first-smell")["voters"] == 1


def test_a_vote_by_a_form_without_scripts(film, guest):
    answer = guest.web.post(
        f"/r/{film.code}/votes", data={"cue_id": "first-smell", "option_id": "rain", "op_id": "f"}
    )
    assert answer.status_code == 303
    assert guest.snapshot()["votes"] == {"first-smell": "rain"}


def test_a_stranger_has_no_vote_by_form(film, stranger):
    answer = stranger.post(f"/r/{film.code}/votes", data={"cue_id": "first-smell", "option_id": "rain"})
    assert answer.status_code == 404


def test_a_question_that_closed_and_was_counted_while_the_server_slept_is_told_as_closed(film, host, guest):
    host.do("ask", question="Pizza?", options=["Yes", "No"], seconds=10)
    film.time.steady += 60
    film.turn()
    for fact in ("poll_closed", "result_shown"):
        assert "ask-1" in [told["cue_id"] for told in guest.heard(fact)]


def test_a_result_is_not_told_while_the_film_is_back_before_its_question(film, host, guest):
    film.later(15.5)
    assert guest.cards()["first-smell"]["closed"] and not result(guest, "first-smell")
    host.do("seek", position=5, base_revision=host.snapshot()["playback_revision"])
    late = film.guest("Late")
    film.later(6)
    film.sweep()
    assert "first-smell" not in late.bytes()
    assert "first-smell" not in film.guest("Later still").bytes()
    film.later(10)
    film.sweep()
    assert late.heard("result_shown")[-1]["cue_id"] == "first-smell"


def test_a_question_that_comes_back_after_it_was_counted_brings_its_result(film, host, guest):
    host.do("ask", question="Pizza?", options=["Yes", "No"])
    guest.do("vote", cue_id="ask-1", option_id="o1")
    host.do("take_away", cue_id="ask-1")
    film.later(4)
    assert not result(guest, "ask-1")
    host.do("undo")
    assert result(guest, "ask-1")["counts"]["o1"] == 1 and guest.cards()["ask-1"]["closed"]


def test_a_guest_whose_film_is_a_little_ahead_may_answer_when_they_see_the_question(evening, host, guest):
    guest.do("set_delay", seconds=-3)
    host.do("start")
    evening.later(18)
    assert guest.do("vote", cue_id="first-smell", option_id="rain")["option_id"] == "rain"
    evening.later(21)
    assert result(guest, "first-smell")["counts"]["rain"] == 1


def test_a_question_still_to_come_is_to_guests_as_if_there_were_none(film, guest):
    def said(command, cue_id, **fields):
        return guest.send(command, cue_id=cue_id, **fields)["refused"]

    for option_id in ("nine", "no-such-option", None):
        assert said("vote", "how-many-keys", option_id=option_id) == said("vote", "nothing", option_id="a")
    for command in ("flag", "more_time"):
        assert said(command, "how-many-keys") == said(command, "nothing")
