"""Every act and its inverse: what a host did by mistake is gone with one press."""

import pytest

from companion import database

FILM = 30.0


def undone(evening, host, command, **fields):
    """Does something and takes it back; the room before, between and after, as a host sees it."""
    before = state(evening, host)
    host.do(command, **fields)
    between = state(evening, host)
    host.do("undo")
    return before, between, state(evening, host)


def state(evening, host):
    told = host.snapshot()
    with database.reading() as session:
        room = evening.room()(session)
        flags = {
            row.cue_id: (row.held, row.skipped, row.taken_away, row.hands, row.closed_at)
            for row in room.rows.values()
        }
        kept = {
            "position": round(room.position_now(evening.now), 6),
            "playback": (room.rate, room.is_playing),
            "room": (
                room.part,
                room.pace,
                room.hold_all,
                room.not_there_yet,
                room.locked,
                room.scores,
                room.guests_may_pause,
                room.name,
                room.black,
                room.code_until,
            ),
            "fit": (room.stretch, room.typed_runtime, room.alignment.marks),
            "cards": {cue_id: flag for cue_id, flag in flags.items() if any(flag)},
            "hosts": sorted(h.guest_id or "" for h in room.hosts),
        }
    return kept | {"people": [(p["guest_id"], p["name"], p["is_host"]) for p in told["people"]["list"]]}


@pytest.fixture
def film(evening, host):
    host.do("start")
    evening.later(FILM, step=3)
    return evening


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("pause", {}),
        ("nudge", {"seconds": 2}),
        ("set_rate", {"rate": 1.25}),
        ("mark", {"scene_id": "stairs"}),
        ("mark", {"scene_id": "stairs", "answer": "already"}),
        ("set_alignment", {"rate": 25 / 24}),
        ("set_runtime", {"seconds": 190}),
        ("not_there_yet", {}),
        ("not_there_yet", {"seconds": 10}),
        ("skip", {"cue_id": "how-many-keys"}),
        ("hold", {"cue_id": "how-many-keys", "on": True}),
        ("hold", {"cue_id": None, "on": True}),
        ("take_away", {"cue_id": "stopped-clock"}),
        ("close_poll", {"cue_id": "first-smell"}),
        ("hands", {"cue_id": "first-smell", "option_id": "rain", "count": 4}),
        ("set_pace", {"pace": "silent"}),
        ("black", {"on": True}),
        ("show_code", {"on": True}),
        ("lock", {"on": True}),
        ("set_room", {"guests_may_pause": False, "name": "Tonight"}),
        ("set_room", {"scores": True}),
        ("film_over", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value) or "plain",
)
def test_undo_takes_back(film, host, guest, command, fields):
    if command == "set_room" and "scores" in fields:
        with database.reading() as session:
            if not film.room()(session).sheet.score:
                assert host.refused(command, **fields) == "bad_field"
                return
    before, between, after = undone(film, host, command, **fields)
    assert between != before
    assert after == before


@pytest.mark.parametrize("command", ["promote", "remove_guest"])
def test_undo_takes_back_what_was_done_to_a_person(film, host, guest, command):
    before, between, after = undone(film, host, command, guest_id=guest.joined["guest_id"])
    assert between != before and after == before


def test_taking_somebody_out_twice_and_one_undo_lets_nobody_in(film, host, guest):
    who = {"guest_id": guest.joined["guest_id"]}
    host.do("remove_guest", **who)
    host.do("pause")
    host.do("remove_guest", **who)
    assert host.do("undo")["undone"]["verb"] == "pause"
    assert not film.comes_back(guest).is_in


def test_undo_of_a_new_name_gives_the_old_one_back(film, host, guest):
    before, between, after = undone(
        film, host, "rename_guest", guest_id=guest.joined["guest_id"], name="Anna"
    )
    assert between["people"] != before["people"] and after == before


def test_undo_of_a_seek_goes_back_by_as_much_even_a_minute_later(film, host):
    host.do("seek", position=100, base_revision=host.snapshot()["playback_revision"])
    film.later(60, step=5)
    assert host.do("undo")["playback"]["position"] == pytest.approx(90)


def test_undo_of_a_pause_plays_and_of_play_pauses(film, host):
    host.do("pause")
    assert host.do("undo")["playback"]["is_playing"] is True
    host.do("pause")
    host.do("play")
    assert host.do("undo")["playback"]["is_playing"] is False


def test_undo_of_the_start_is_the_lobby_again(evening, host, guest):
    host.do("start")
    evening.later(3)
    assert host.do("undo")["part"] == "before"
    assert guest.snapshot()["playback"] == {
        "position": 0,
        "rate": 1,
        "since": pytest.approx(evening.now - 3),
        "is_playing": False,
    }
    assert host.do("start")["part"] == "film"


def test_undo_of_a_card_shown_by_hand_takes_it_away(film, host, guest):
    host.do("show_now", cue_id="seven-splices")
    host.do("undo")
    assert guest.heard("cards_taken_away")[-1]["cue_ids"] == ["seven-splices"]
    host.do("ask", question="Pizza?", options=["Yes", "No"])
    host.do("undo")
    assert "ask-1" not in guest.cards()


def test_undo_of_what_came_next_after_the_film_offers_it_again(film, host, guest):
    host.do("film_over")
    first = host.do("next")["cue_id"]
    host.do("undo")
    assert first not in guest.cards()


def test_one_act_among_many_can_be_taken_back_and_undo_itself_too(film, host):
    host.do("set_pace", pace="silent")
    host.do("lock", on=True)
    acts = host.snapshot()["acts"]
    assert [act["verb"] for act in acts[:3]] == ["lock", "set_pace", "start"] and acts[1]["can_undo"]
    ack = host.do("undo", act=acts[1]["act"])
    assert ack["undone"]["verb"] == "set_pace"
    told = host.snapshot()
    assert told["room"]["pace"] == "calm" and told["room"]["locked"]
    assert [act["undone"] for act in told["acts"][:3]] == [False, False, True]
    host.do("undo", act=told["acts"][0]["act"])
    assert host.snapshot()["room"]["pace"] == "silent"
    assert host.refused("undo", act=999_999) == "not_now"


def test_presses_are_taken_back_last_first_twenty_deep(film, host):
    host.do("pause")
    before = host.snapshot()["playback"]["position"]
    for seconds in range(1, 20):
        host.do("nudge", seconds=seconds)
    cohost = film.host()
    for seconds in range(19, 0, -1):
        ahead = before + sum(range(1, seconds))
        assert cohost.do("undo")["playback"]["position"] == pytest.approx(ahead)
    assert cohost.do("undo")["undone"]["verb"] == "pause"


def test_every_act_says_who_did_it_and_when(film, host, guest):
    host.do("promote", guest_id=guest.joined["guest_id"])
    film.later(2)
    at = film.now
    guest.do("hold", cue_id=None, on=True)
    newest, before = host.snapshot()["acts"][:2]
    assert (newest["by"], newest["at"], newest["sentence"]) == ("Ana", at, "Held everything")
    assert (before["by"], before["at"], before["sentence"]) == ("", at - 2, "Made somebody host")


def test_each_way_an_act_went_has_its_own_sentence(film, host):
    for command, fields, on, off in [
        ("lock", {}, "Locked the door", "Unlocked the door"),
        ("hold", {"cue_id": None}, "Held everything", "Let everything come again"),
        ("hold", {"cue_id": "how-many-keys"}, "Saved a card for the break", "Let a saved card come"),
        ("black", {}, "Made everything black", "Made everything light again"),
    ]:
        for is_on, sentence in ((True, on), (False, off)):
            host.do(command, **fields, on=is_on)
            assert host.snapshot()["acts"][0]["sentence"] == sentence
        host.do("undo")
        assert host.snapshot()["acts"][0]["sentence"] == f"Taken back: {off}"


def test_after_the_evening_nothing_is_offered_to_be_taken_back(film, host):
    host.do("set_pace", pace="silent")
    host.do("end")
    assert not [act for act in host.snapshot()["acts"] if act["can_undo"]]


def test_what_people_have_seen_is_not_undone(film, host, guest):
    guest.do("vote", cue_id="first-smell", option_id="rain")
    host.do("close_poll", cue_id="first-smell")
    film.later(4)
    assert host.refused("undo") == "closed"
    assert guest.snapshot()["results"]["first-smell"]["counts"]["rain"] == 1


def test_a_guest_takes_nothing_back(film, guest):
    assert guest.refused("undo") == "not_host"


def act_of(host, verb):
    return next(act["act"] for act in host.snapshot()["acts"] if act["verb"] == verb)


def marks_of(host):
    return {mark["scene_id"]: mark["position"] for mark in host.snapshot()["alignment"]["marks"]}


def test_taking_back_an_older_tap_keeps_the_taps_made_since(film, host):
    host.do("mark", scene_id="stairs")
    first = act_of(host, "mark")
    film.later(5)
    host.do("mark", scene_id="screen")
    host.do("undo", act=first)
    assert set(marks_of(host)) == {"screen"}


def test_taking_back_a_tap_brings_the_one_before_unless_a_newer_one_stands(film, host):
    host.do("mark", scene_id="stairs")
    before = marks_of(host)
    film.later(5)
    host.do("mark", scene_id="stairs")
    host.do("undo")
    assert marks_of(host) == before
    host.do("seek", position=20, base_revision=host.snapshot()["playback_revision"])
    host.do("mark", scene_id="screen")
    contradicting = act_of(host, "mark")
    film.later(2)
    host.do("mark", scene_id="stairs")
    newest = marks_of(host)
    host.do("undo", act=contradicting)
    assert marks_of(host) == newest


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("lock", {"on": False}),
        ("hold", {"cue_id": None, "on": False}),
        ("skip", {"cue_id": "how-many-keys", "on": False}),
        ("set_pace", {"pace": "calm"}),
        ("set_rate", {"rate": 1.0}),
        ("set_alignment", {"rate": 1.0}),
        ("set_room", {"guests_may_pause": True}),
        ("nudge", {"seconds": 0}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_press_that_changed_nothing_is_not_what_undo_takes_back(film, host, command, fields):
    host.do("pause")
    host.do(command, **fields)
    assert host.do("undo")["undone"]["verb"] == "pause"


def test_a_question_taken_away_by_mistake_is_asked_on(film, host, guest):
    guest.do("vote", cue_id="first-smell", option_id="rain")
    host.do("take_away", cue_id="first-smell")
    assert guest.refused("vote", cue_id="first-smell", option_id="velvet") == "closed"
    film.later(1)
    host.do("undo")
    guest.do("vote", cue_id="first-smell", option_id="rain")
    assert not guest.cards()["first-smell"]["closed"]
    film.later(10)
    assert guest.snapshot()["results"]["first-smell"]["counts"]["rain"] == 1
