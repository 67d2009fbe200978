"""From evenings to times: the middle, how far off, what does not fit, and what that does to the notes."""

import json
import math
import random
import statistics

import pytest

from companion.rules import times
from companion.rules.refused import Refused

RUNTIME = 7620.0


def film(starts, **more):
    scenes = [
        {"id": f"s{n}", "title": {"en": f"Secret {n}"}, "start": start, "timing": "guessed", "within": 300}
        for n, start in enumerate(starts)
    ]
    return {
        "film": {"title": {"en": "A"}, "year": 2013},
        "edition": {"name": "disc", "runtime": RUNTIME},
        "scenes": scenes,
        "cues": [],
        **more,
    }


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


def delay(chance):
    """Recognition, then the press: log-normal between 0.5 and 5 s, less the 0.25 s a mark allows for."""
    return min(5.0, max(0.5, math.exp(chance.gauss(math.log(1.2), 0.5)))) - 0.25


def simulated(evenings, taps, seed=7):
    """Scene errors before and after so many evenings with so many taps each; a sheet that is minutes off."""
    chance = random.Random(seed)
    before, after, covered = [], [], []
    for _ in range(60):
        truth = sorted(chance.uniform(30, RUNTIME - 120) for _ in range(24))
        guessed = sorted(max(0, at + chance.gauss(0, 150)) for at in truth)
        document = film(guessed)
        watched = []
        for _ in range(evenings):
            tapped = chance.sample(range(24), taps)
            marks = {f"s{n}": truth[n] + delay(chance) for n in tapped}
            if chance.random() < 0.1:
                late = chance.choice(sorted(marks))
                marks[late] += chance.uniform(30, 200)
            watched.append(marks)
        found = times.gather(document, watched)
        laid = times.lay_over(document, found, {row.scene_id for row in found})["scenes"]
        told = {row.scene_id: row for row in found}
        before += [abs(guess - at) for guess, at in zip(guessed, truth, strict=True)]
        after += [abs(scene["start"] - at) for scene, at in zip(laid, truth, strict=True)]
        covered += [
            abs(told[s["id"]].at - at) <= told[s["id"]].within
            for s, at in zip(laid, truth, strict=True)
            if s["id"] in told
        ]
    return statistics.median(before), statistics.median(after), statistics.mean(covered)


def test_evenings_turn_minutes_into_seconds(record_property):
    print()
    medians = {}
    for taps in (8, 24):
        for evenings in (1, 3, 10):
            before, after, covered = simulated(evenings, taps)
            medians[taps, evenings] = after
            print(
                f"{taps} taps an evening, {evenings:2} evenings: {before:5.0f} s → {after:5.1f} s in the middle; ±within holds for {covered:.0%}"
            )
            assert covered > 0.85
    assert before > 60
    assert medians[8, 10] < medians[8, 3] < medians[8, 1] < before
    assert medians[24, 10] < 2 and medians[8, 10] < 5
