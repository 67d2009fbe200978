"""An evening by the clock, rule by rule of ROOM.md."""

from dataclasses import replace

import pytest

from companion.rules.alignment import Alignment, Mark
from companion.rules.programme import (
    close,
    fire,
    next_after_film,
    next_due_at,
    quiet_at,
    take_away,
    windows,
)

from .making import BEGINNING, Evening, cue, scene, sheet_of

MEASURED = [scene("a", 0, "measured"), scene("b", 600, "measured"), scene("c", 1800, "measured")]
GUESSED = [
    scene("a"),
    scene("b", 600, within=120),
    scene("c", 1800, within=120),
    scene("d", 3600, within=120),
]


def evening_of(*cues, scenes=MEASURED, **more):
    return Evening(sheet_of(scenes, cues), **more)


def test_a_card_leaves_five_seconds_before_its_start():
    evening = evening_of(cue("x", "b"))
    evening.wait(594.9)
    assert evening.heard_of("released") == []
    evening.wait(0.1)
    assert evening.heard_of("released") == ["x"]
    assert evening.heard[-1][1] == pytest.approx(595.0)


def test_at_double_speed_it_leaves_ten_seconds_of_film_before():
    evening = evening_of(cue("x", "b"))
    evening.set_rate(2.0)
    evening.wait(295)
    assert evening.heard_of("released") == ["x"]
    assert evening.position == pytest.approx(590.0)


def test_a_pause_stops_releases_and_closes():
    evening = evening_of(cue("x", "b"), cue("p", "a", 500, 60, "poll"))
    evening.wait(510)
    evening.pause()
    assert next_due_at(evening.facts, evening.now) is None
    evening.wait(3600)
    assert evening.heard_of("released") == ["p"]
    assert evening.heard_of("closed") == []


def test_a_result_already_on_its_way_comes_while_paused():
    evening = evening_of(cue("p", "a", 100, 60, "poll"))
    evening.wait(160.5)
    evening.pause()
    evening.wait(5)
    assert evening.heard_of("results") == ["p"]
    assert evening.record("p").revealed


def test_votes_count_until_two_seconds_and_the_largest_delay_after_the_close():
    evening = evening_of(cue("p", "a", 100, 60, "poll"), largest_delay=8.0)
    evening.wait(169.9)
    assert evening.heard_of("closed") == ["p"]
    assert evening.heard_of("results") == []
    evening.wait(0.2)
    assert evening.heard_of("results") == ["p"]
    assert evening.record("p").result_at - evening.record("p").closed_at == pytest.approx(10.0)


@pytest.mark.parametrize(("apart", "wait"), [(False, 17.0), (True, 62.0)])
def test_nobody_is_waited_for_longer_than_the_room_allows(apart, wait):
    evening = evening_of(cue("p", "a", 100, 60, "poll"), largest_delay=60.0, apart=apart)
    evening.wait(300)
    assert evening.record("p").result_at - evening.record("p").closed_at == pytest.approx(wait)


def test_a_result_for_the_host_to_reveal_is_made_but_not_shown():
    evening = evening_of(cue("p", "a", 100, 60, "poll", results="host"))
    evening.wait(200)
    assert evening.record("p").counted
    assert not evening.record("p").revealed


def test_seeking_back_leaves_a_closed_poll_closed_and_an_open_one_open():
    evening = evening_of(cue("p", "a", 100, 60, "poll"), cue("q", "a", 200, 60, "poll"))
    evening.wait(220)
    evening.seek(90)
    evening.wait(60)
    assert not evening.record("p").is_open
    assert evening.record("q").is_open
    evening.wait(120)
    assert evening.record("q").closed_at == pytest.approx(evening.now - 10, abs=0.1)
    assert evening.heard_of("released") == ["p", "q"]


def test_a_seek_past_an_open_poll_closes_it_after_the_wait():
    evening = evening_of(cue("p", "a", 100, 60, "poll"))
    evening.wait(110)
    evening.seek(1000)
    evening.wait(2.9)
    assert evening.record("p").is_open
    evening.wait(0.2)
    assert not evening.record("p").is_open


@pytest.mark.parametrize(("to", "waits"), [(71.0, True), (69.0, False)])
def test_a_jump_of_more_than_a_minute_waits_and_a_shorter_one_does_not(to, waits):
    evening = evening_of(cue("n", "a", to + 1))
    evening.wait(10)
    evening.seek(to)
    evening.wait(2.9)
    assert evening.heard_of("released") == ([] if waits else ["n"])
    evening.wait(0.2)
    assert evening.heard_of("released") == ["n"]


def test_a_note_that_was_jumped_over_goes_quietly_to_so_far_and_a_poll_was_not_asked():
    evening = evening_of(cue("n", "a", 300), cue("p", "a", 400, 60, "poll"), cue("later", "c"))
    evening.wait(10)
    evening.seek(700)
    evening.wait(4)
    note, poll = evening.record("n"), evening.record("p")
    assert evening.heard_of("released") == ["n"]
    assert note.jumped and not note.told_pushed and note.start == 300
    assert poll.jumped and poll.opened_at is None and poll.released_at is None


def test_landing_inside_a_window_shows_that_card():
    evening = evening_of(cue("n", "a", 300, 60), cue("p", "a", 330, 60, "poll"))
    evening.seek(310)
    evening.wait(3.5)
    assert evening.record("n").told_pushed and not evening.record("n").jumped
    evening.seek(340)
    assert evening.record("p").is_open


def test_a_jump_of_more_than_a_minute_waits_three_seconds_and_a_slip_costs_nothing():
    evening = evening_of(cue("p", "a", 300, 60, "poll"), cue("n", "b", 100))
    evening.wait(100)
    evening.seek(900)
    evening.wait(2.5)
    evening.seek(102.5)
    evening.wait(3.1)
    assert evening.heard == []
    evening.wait(250)
    assert evening.heard_of("released") == ["p"]
    assert evening.record("p").opened_at is not None


def test_a_short_jump_waits_for_nothing():
    evening = evening_of(cue("n", "a", 40))
    evening.seek(38)
    assert evening.heard_of("released") == ["n"]


def test_a_poll_jumped_over_by_mistake_is_asked_when_the_film_gets_there_after_all():
    evening = evening_of(cue("p", "a", 300, 60, "poll"))
    evening.seek(1000)
    evening.wait(10)
    assert evening.record("p").jumped
    evening.seek(290)
    evening.wait(20)
    assert evening.record("p").is_open


def test_a_hold_stops_releases_only_and_what_it_missed_goes_to_so_far():
    cues = [cue("p", "a", 100, 60, "poll"), cue("n", "a", 120), cue("m", "a", 200, 60)]
    evening = evening_of(*cues)
    evening.wait(110)
    evening.change(hold_all=True)
    evening.wait(120)
    assert evening.heard_of("released") == ["p"]
    assert evening.heard_of("closed") == ["p"]
    evening.change(hold_all=False)
    assert evening.record("n").jumped
    assert evening.record("m").told_pushed and not evening.record("m").jumped


def test_a_restart_ten_minutes_late_is_one_tick():
    evening = evening_of(cue("n", "a", 100), cue("p", "a", 300, 60, "poll"), cue("m", "b", 90))
    evening.wait(50)
    evening.sleep(600)
    evening.restart()
    assert evening.record("n").jumped and evening.record("p").jumped
    assert evening.record("p").opened_at is None
    assert evening.heard_of("released") == ["n"]


def test_a_poll_open_at_a_crash_closes_twelve_seconds_after_the_start_at_the_earliest():
    evening = evening_of(cue("p", "a", 100, 60, "poll"))
    evening.wait(110)
    evening.sleep(600)
    evening.restart()
    restarted = evening.now
    evening.wait(11.9)
    assert evening.record("p").is_open
    evening.wait(0.2)
    assert evening.record("p").closed_at == pytest.approx(restarted + 12)
    assert evening.heard_of("closed") == ["p"]


def test_a_poll_that_phones_opened_while_the_server_was_down_was_asked():
    evening = evening_of(cue("p", "a", 100, 60, "poll"))
    evening.wait(97)
    evening.sleep(300)
    evening.restart()
    poll = evening.record("p")
    assert not poll.jumped and poll.opened_at == pytest.approx(BEGINNING + 100)
    evening.wait(12.1)
    assert evening.heard_of("closed") == ["p"]


def test_a_gate_waits_for_the_mark_and_no_longer_than_its_doubt():
    evening = evening_of(cue("x", "b", duration=30), scenes=GUESSED)
    evening.wait(700)
    assert evening.heard == []
    evening.wait(15)
    assert evening.heard_of("released") == ["x"]
    tapped = evening_of(cue("x", "b", duration=30), scenes=GUESSED)
    tapped.wait(560)
    tapped.mark("b")
    assert tapped.record("x").start == pytest.approx(560.0)


def test_already_happened_opens_the_gate_and_moves_nothing():
    evening = evening_of(cue("x", "b", duration=30), scenes=GUESSED)
    evening.wait(650)
    evening.mark("b", answer="already")
    assert evening.record("x").told_pushed
    assert evening.facts.alignment.scene_position("c") == 1800


def test_a_mark_tells_phones_again_when_a_card_is_to_come():
    evening = evening_of(cue("x", "c", 10, safe_after="a"), scenes=GUESSED)
    evening.wait(1806)
    assert evening.heard_of("released") == ["x"]
    evening.mark("b", 500.0)
    assert evening.heard_of("retimed") == ["x"]
    moved = evening.record("x").told_start
    evening.wait(100)
    assert evening.record("x").start == moved


def test_cards_waiting_at_one_gate_come_one_after_another():
    cues = [cue(f"c{n}", "b", n, 20) for n in range(3)]
    evening = evening_of(*cues, scenes=GUESSED)
    assert [w.start for w in windows(evening.facts).values()] == [720.0, 740.0, 760.0]


def test_when_the_next_scene_is_marked_the_finished_scenes_polls_are_not_asked():
    cues = [cue("n", "b", 5), cue("p", "b", 30, 60, "poll"), cue("own", "c", 0, 60)]
    evening = evening_of(*cues, scenes=GUESSED)
    evening.wait(610)
    evening.mark("c")
    assert evening.record("n").jumped and evening.record("p").jumped
    assert evening.record("own").told_pushed
    evening.wait(100)
    assert evening.heard_of("released") == ["own", "n"] or evening.heard_of("released") == ["n", "own"]


def test_one_marked_anywhere_is_carried_to_the_first_free_moment():
    cues = [cue("carried", "b", 5, anywhere=True), cue("own", "c", 0, 60)]
    evening = evening_of(*cues, scenes=GUESSED)
    evening.wait(610)
    evening.mark("c")
    assert evening.record("own").start == pytest.approx(610.0)
    assert windows(evening.facts)["carried"].start >= 610.0
    evening.wait(200)
    carried = evening.record("carried")
    assert carried.told_pushed and not carried.jumped


def test_a_carried_card_keeps_thirty_seconds_from_the_last_pushed_one():
    cues = [cue("first", "b", 0, 60, safe_after="a"), cue("carried", "b", 1, anywhere=True)]
    evening = evening_of(*cues, scenes=GUESSED)
    evening.wait(610)
    evening.mark("c")
    assert windows(evening.facts)["carried"].start == pytest.approx(660.0 + 30.0)


QUIET = [scene("a", 0, "measured"), scene("b", 600, "measured", quiet=True), scene("c", 900, "measured")]


def test_in_quiet_a_note_goes_to_so_far_a_poll_is_not_asked_and_anywhere_waits():
    cues = [cue("n", "b", 10), cue("p", "b", 30, 60, "poll"), cue("w", "b", 50, anywhere=True)]
    evening = evening_of(*cues, scenes=QUIET)
    evening.wait(890)
    assert evening.heard_of("released") == ["n"]
    assert not evening.record("n").told_pushed
    assert evening.record("p").jumped
    evening.wait(20)
    assert evening.record("w").start == 900.0 and evening.record("w").told_pushed
    assert quiet_at(evening.facts, 700.0) and not quiet_at(evening.facts, 900.0)


def test_what_is_shown_fades_where_quiet_begins_and_an_open_poll_stays_open():
    evening = evening_of(cue("n", "a", 590, 30), cue("p", "a", 580, 60, "poll"), scenes=QUIET)
    evening.wait(610)
    assert evening.record("n").told_until == 600.0
    assert evening.record("p").is_open and evening.record("p").told_until == 600.0
    evening.wait(40)
    assert evening.heard_of("results") == ["p"]


def test_quiet_is_as_wide_as_the_doubt_on_a_guessed_sheet():
    scenes = [scene("a"), scene("b", 600, within=120, quiet=True), scene("c", 1800, within=60)]
    evening = evening_of(scenes=scenes)
    assert [quiet_at(evening.facts, p) for p in (479.9, 480.0, 1859.9, 1860.0)] == [False, True, True, False]


def test_warnings_come_early_by_their_lead_and_the_doubt():
    cues = [cue("w", "b", 60, 30, "warning", lead=20), cue("n", "b", 60, 30, safe_after="a")]
    evening = evening_of(*cues, scenes=GUESSED)
    found = windows(evening.facts)
    assert (found["w"].start, found["w"].end) == (660 - 20 - 120, 690)
    assert (found["n"].start, found["n"].moved) == (660, False)


@pytest.mark.parametrize(("pace", "pushed"), [("calm", {"a"}), ("talkative", {"a", "t"}), ("silent", set())])
def test_the_pace_decides_what_is_pushed(pace, pushed):
    cues = [cue("a", "a", 10), cue("t", "a", 60, push="talkative"), cue("n", "a", 120, push="never")]
    evening = evening_of(*cues, pace=pace)
    evening.wait(200)
    assert evening.heard_of("released") == ["a", "t", "n"]
    assert {c for c in "atn" if evening.record(c).told_pushed} == pushed


def test_a_question_that_is_not_pushed_is_not_asked():
    evening = evening_of(cue("p", "a", 10, 30, "poll", push="talkative"))
    evening.wait(200)
    assert evening.heard == []


def test_a_question_on_its_way_when_the_room_falls_silent_is_not_asked():
    evening = evening_of(cue("p", "a", 10, 30, "poll"))
    evening.wait(7)
    evening.change(pace="silent")
    evening.wait(60)
    assert evening.record("p").opened_at is None
    assert evening.heard_of("closed") == []


def test_the_lobbys_cards_are_there_at_once_and_its_polls_close_with_the_start():
    scenes = [scene("lobby", part="before"), *MEASURED]
    cues = [cue("hello", "lobby", kind="theme"), cue("seen", "lobby", kind="poll")]
    evening = evening_of(*cues, scenes=scenes, part="before")
    assert evening.heard_of("released") == ["hello", "seen"]
    evening.wait(3600)
    assert evening.record("seen").is_open
    evening.change(part="film", playback=evening.facts.playback.play(evening.now))
    assert evening.heard_of("closed") == ["seen"]
    evening.wait(3)
    assert evening.heard_of("results") == ["seen"]


def test_film_over_closes_what_is_open_and_releases_nothing_more():
    evening = evening_of(cue("p", "a", 10, 600, "poll"), cue("n", "a", 100))
    evening.wait(50)
    evening.change(part="after")
    evening.wait(500)
    assert evening.heard_of("closed") == ["p"] == evening.heard_of("released")


def test_after_the_film_cards_come_one_at_a_time():
    scenes = [*MEASURED, scene("talk", part="after")]
    cues = [cue("one", "talk", kind="discussion"), cue("two", "talk", kind="poll")]
    evening = evening_of(*cues, scenes=scenes)
    evening.change(part="after")
    evening.wait(300)
    assert evening.heard == []
    shown = []
    while (cue_id := next_after_film(evening.facts)) is not None:
        shown.append(cue_id)
        evening.become(records={**evening.facts.records, **fire(evening.facts, cue_id, evening.now)})
    assert shown == ["one", "two"]
    assert evening.record("two").is_open


@pytest.mark.parametrize("kept_back", ["held", "skipped", "taken_away"])
def test_after_the_film_a_card_the_host_keeps_back_is_passed_over(kept_back):
    evening = evening_of(
        cue("one", "talk"), cue("two", "talk"), scenes=[*MEASURED, scene("talk", part="after")]
    )
    evening.change(part="after")
    evening.become(records={"one": replace(evening.record("one"), **{kept_back: True})})
    assert next_after_film(evening.facts) == "two"


def test_what_a_host_fires_is_shown_at_once_also_paused_and_the_clock_leaves_it_alone():
    evening = evening_of(cue("n", "b"), cue("p", "a", 300, 60, "poll"))
    evening.pause()
    for cue_id in ("n", "p"):
        evening.become(records={**evening.facts.records, **fire(evening.facts, cue_id, evening.now)})
    assert evening.record("p").is_open
    evening.play()
    evening.wait(700)
    assert evening.heard == []
    assert evening.record("p").is_open


def test_seconds_of_a_question_by_hand_are_wall_clock():
    evening = evening_of(cue("p", "b", 0, 60, "poll"))
    fired = fire(evening.facts, "p", evening.now, closes_at=evening.now + 30)
    evening.become(records={**evening.facts.records, **fired})
    evening.pause()
    evening.wait(29.9)
    assert evening.record("p").is_open
    evening.wait(0.2)
    assert evening.heard_of("closed") == ["p"]


def test_the_next_card_by_hand_closes_the_question_before_it():
    evening = evening_of(cue("p", "b", 0, 60, "poll"), cue("n", "c"))
    for cue_id in ("p", "n"):
        evening.become(records={**evening.facts.records, **fire(evening.facts, cue_id, evening.now)})
    assert not evening.record("p").is_open
    evening.wait(5)
    assert evening.heard_of("results") == ["p"]


def test_a_question_taken_away_is_over_and_its_result_stays_hidden():
    evening = evening_of(cue("p", "a", 100, 60, "poll"))
    evening.wait(110)
    evening.become(records={**evening.facts.records, **take_away(evening.facts, "p", evening.now)})
    evening.wait(200)
    poll = evening.record("p")
    assert poll.counted and not poll.revealed
    assert close(evening.facts, "p", evening.now) == {}


def test_a_host_closes_voting_once():
    evening = evening_of(cue("p", "a", 100, 60, "poll"))
    assert close(evening.facts, "p", evening.now) == {}
    evening.wait(110)
    evening.become(records={**evening.facts.records, **close(evening.facts, "p", evening.now)})
    first = evening.record("p").closed_at
    evening.wait(200)
    assert evening.record("p").closed_at == first
    assert evening.heard_of("results") == ["p"]


def test_a_skipped_card_and_one_taken_away_never_come():
    evening = evening_of(cue("n", "b"), cue("m", "b", 60))
    skipped = {"n": evening.record("n").__class__("n", skipped=True)}
    evening.become(records={**skipped, **take_away(evening.facts, "m", evening.now)})
    evening.wait(1000)
    assert evening.heard == []
    assert windows(evening.facts) == {}


def test_a_mark_taken_back_gives_back_what_only_it_jumped_over():
    cues = [cue("p", "b", 30, 60, "poll")]
    evening = evening_of(*cues, scenes=GUESSED)
    evening.wait(580)
    evening.mark("c")
    assert evening.record("p").jumped
    evening.unmark(evening.facts.alignment.marks[-1])
    assert not evening.record("p").jumped
    evening.wait(160)
    assert evening.record("p").is_open


def test_a_room_whose_film_has_no_cards_has_nothing_due():
    evening = evening_of()
    assert next_due_at(evening.facts, evening.now) is None
    assert Alignment(evening.facts.sheet).with_mark(Mark("b", 9.0)).scene_position("b") == 9.0
