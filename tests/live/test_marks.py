"""Moments tapped by hosts, and everything that moves with them."""

import copy

import pytest

from companion import database
from companion.models.sheet import bring_in_all, sheet_named
from tests.people import Evening


@pytest.fixture
def film(evening, host):
    host.do("start")
    return evening


def start_of(phone, cue_id):
    return next((cue["start"] for cue in phone.snapshot()["queue"] if cue["cue_id"] == cue_id), None)


def test_the_remote_asks_one_moment_at_a_time_within_its_uncertainty(film, host):
    assert host.snapshot()["checkpoint"] is None
    film.later(40, step=2)
    film.sweep()
    asked = host.heard("alignment_changed")[-1]["checkpoint"]
    assert asked["scene_id"] == "stairs" and asked["watch_for"] == "Her shoe touches the first stair"
    host.do("mark", scene_id="stairs")
    assert host.heard("queue_changed")[-1]["checkpoint"] is None


def test_a_mark_moves_what_follows_and_is_told_to_phones_that_hold_it(film, host, guest):
    film.later(46, step=1)
    assert guest.cards()["how-many-keys"]["start"] == pytest.approx(51)
    ack = host.do("mark", scene_id="stairs", pressed_at=film.now - 0.1)
    assert ack["alignment"]["marks"] == [
        {"scene_id": "stairs", "position": pytest.approx(45.65), "answer": "now"}
    ]
    assert guest.cards()["how-many-keys"]["start"] == pytest.approx(49.65, abs=0.1)
    moved = guest.heard("cards_released")[-1]["cards"]
    assert [card["cue_id"] for card in moved] == ["how-many-keys"]


def test_a_guest_marks_nothing(film, guest):
    assert guest.refused("mark", scene_id="stairs") == "not_host"


def test_a_moment_that_is_none_is_refused(film, host):
    assert host.refused("mark", scene_id="nowhere") == "bad_field"
    assert host.refused("mark", scene_id="lobby") == "bad_field"


def test_a_skipped_question_is_not_asked_again(film, host):
    film.later(42, step=2)
    host.do("mark", scene_id="stairs", answer="skip")
    assert host.snapshot()["checkpoint"] is None
    assert host.snapshot()["alignment"]["marks"][0]["answer"] == "skip"


def test_already_happened_opens_what_waits_without_moving_anything(film, host, guest):
    film.later(46, step=1)
    before = host.snapshot()["alignment"]["shift"]
    host.do("mark", scene_id="stairs", answer="already")
    assert host.snapshot()["alignment"]["shift"] == before
    assert guest.cards()["how-many-keys"]["start"] == pytest.approx(49)


def test_a_typed_length_tells_the_copys_speed_and_is_told(film, host):
    ack = host.do("set_runtime", seconds=172.8)
    assert ack["recognised"]["kind"] in ("speed", "same", "other_edition")
    assert ack["alignment"]["typed_runtime"] == 172.8
    assert host.snapshot()["room"]["runtime"] == 172.8
    assert host.refused("set_runtime", seconds=3) == "bad_field"


@pytest.fixture
def two_releases(app):
    """The three-minute notes that know a longer release too, with two of its scenes timed."""

    def keep(session):
        document = copy.deepcopy(sheet_named(session, "three-minutes").revision(1).document)
        document["other_editions"] = [
            {"id": "long", "name": "The long one", "runtime": 300, "starts": {"stairs": 95, "dark": 200}}
        ]
        (kept,) = bring_in_all(session, [("two-releases", document)], 2000.0)
        return kept.sheet.slug

    return database.write(keep)


def test_a_typed_length_of_another_release_takes_its_times_and_undo_gives_them_back(app, time, two_releases):
    film = Evening(app, time, sheet=two_releases)
    host = film.host()
    host.do("start")
    before = start_of(host, "how-many-keys")
    ack = host.do("set_runtime", seconds=300)
    assert ack["recognised"]["edition"] == "long" and "The long one" in ack["sentence"]
    assert start_of(host, "how-many-keys") == pytest.approx(before - 45 + 95), "it hangs on the stairs"
    assert host.snapshot()["room"]["runtime"] == 300
    host.do("undo")
    assert start_of(host, "how-many-keys") == before
    host.do("set_runtime", seconds=300)
    host.do("set_runtime", seconds=180)
    assert start_of(host, "how-many-keys") == before, "the notes' own copy again"


def test_a_length_typed_during_the_film_is_explained_in_the_hosts_language(film, host, app, time):
    english = host.do("set_runtime", seconds=172)
    assert english["sentence"].startswith("Your copy is 4 % fast: 0:02:52 instead of 0:03:00")
    assert "sentence" not in host.do("set_runtime", seconds=None)
    korean = Evening(app, time, lang="ko").host().do("set_runtime", seconds=172)
    assert (
        "4 %" in korean["sentence"] and "0:02:52" in korean["sentence"] and "copy" not in korean["sentence"]
    )


def test_another_films_length_typed_during_the_film_is_explained_too(app, time):
    host = Evening(app, time, sheet="miracle-in-cell-no-7").host()
    for seconds, country in ((7920, "Turkey"), (7140, "Philippines")):
        ack = host.do("set_runtime", seconds=seconds)
        assert ack["recognised"]["kind"] == "other_film" and ack["alignment"]["rate"] == 1
        assert country in ack["sentence"] and "These notes are for South Korea, 2013" in ack["sentence"]
    ack = host.do("set_runtime", seconds=7315)
    assert ack["recognised"]["kind"] == "speed" and ack["alignment"]["rate"] == 25 / 24
    host.do("undo")
    assert host.snapshot()["alignment"]["rate"] == 1
    assert host.snapshot()["alignment"]["typed_runtime"] == 7140


def test_only_known_speeds_can_be_chosen(film, host):
    assert host.refused("set_alignment", rate=1.2) == "bad_field"
    ack = host.do("set_alignment", rate=1.0417)
    assert ack["alignment"]["rate"] == pytest.approx(25 / 24)
    assert start_of(host, "who-started-it") == pytest.approx((125 + 12) / (25 / 24))


def test_guests_hear_nothing_of_how_the_copy_is_fitted(film, host, guest):
    host.do("mark", scene_id="foyer")
    assert guest.heard("alignment_changed") == [] and guest.heard("queue_changed") == []
    assert "alignment" not in guest.snapshot() and "queue" not in guest.snapshot()
