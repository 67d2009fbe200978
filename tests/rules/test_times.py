"""From evenings to times: the middle, how far off, what does not fit, and what that does to the notes."""

import json
import statistics

import pytest

from bench.times import film, simulated
from companion.rules import times
from companion.rules.refused import Refused


def test_one_evening_is_taken_as_it_is_give_or_take_five_seconds():
    (row,) = times.gather(film([60]), [{"s0": 63.5}])
    assert (row.now, row.at, row.within, row.n, row.outliers) == (60, 63.5, 5, 1, ())


def test_the_middle_of_many_evenings_leaves_out_the_one_that_fell_asleep():
    (row,) = times.gather(film([60]), [{"s0": at} for at in (61, 62, 63, 64, 300)])
    assert row.at == 62.5 and row.outliers == (300,) and row.n == 4


def test_two_evenings_that_disagree_say_so():
    (row,) = times.gather(film([60]), [{"s0": 50}, {"s0": 90}])
    assert row.at == 70 and row.within >= 20


def test_a_copy_that_runs_faster_is_stretched_to_the_edition():
    assert times.evening({"s0": 96.0}, 25 / 24) == {"s0": 100.0}


def test_the_file_travels_without_a_word_and_comes_back_the_same():
    document = film([60, 600])
    found = times.gather(document, [{"s0": 61, "s1": 590}, {"s0": 63, "s1": 594}])
    import msgspec

    sent = msgspec.json.encode(times.as_file(document, found, 2))
    assert b"Secret" not in sent and len(sent) < 2048
    back = times.read(json.loads(sent))
    again = times.gather(document, times.evenings_of([back]))
    assert [(row.scene_id, row.at, row.n) for row in again] == [
        (row.scene_id, row.at, row.n) for row in found
    ]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"format": "x"},
        {
            "format": "companion-times/1",
            "film": {},
            "edition": {},
            "evenings": 1,
            "scenes": {"a": {"at": -1, "within": 1}},
        },
    ],
)
def test_what_is_no_file_of_times_is_refused(value):
    with pytest.raises(Refused):
        times.read(value)


def test_only_accepted_scenes_become_tapped_and_guessed_ones_between_them_move_along():
    document = film([0, 600, 1200, 1800, 7000])
    document["scenes"][3]["timing"] = "measured"
    found = times.gather(document, [{"s1": 660, "s2": 1500}])
    laid = {scene["id"]: scene for scene in times.lay_over(document, found, {"s1"})["scenes"]}
    assert (laid["s1"]["start"], laid["s1"]["timing"], laid["s1"]["within"]) == (660, "tapped", 5)
    assert laid["s2"]["timing"] == "guessed" and 1200 < laid["s2"]["start"] < 1300
    assert laid["s3"]["start"] == 1800, "what was measured stays"
    assert laid["s0"]["start"] == 0
    assert document["scenes"][1]["start"] == 600


@pytest.mark.parametrize("taps", [8, 24])
def test_evenings_turn_minutes_into_seconds(taps):
    found = {evenings: simulated(evenings, taps) for evenings in (1, 3, 10)}
    off = {evenings: statistics.median(each.after) for evenings, each in found.items()}
    assert all(statistics.mean(each.covered) > 0.85 for each in found.values())
    assert statistics.median(found[1].before) > 60
    assert off[1] < statistics.median(found[1].before) and off[10] < 2
    assert taps == 24 or off[10] < off[3] < off[1]
