"""The simulated evenings place cards as the ticker would, and keep their promises."""

import random

from bench import evenings
from companion.rules.cue_sheet import CueSheet
from companion.rules.polls import is_open

from .making import BEGINNING, Evening, cue, scene, sheet_of


def film():
    """Two hours of guesses: cards of every push, quiet in the middle, five checkpoints."""
    scenes = [
        scene(
            f"s{n}",
            n * 600.0,
            within=300,
            quiet=n == 6,
            checkpoint=n in (2, 4, 5, 8, 10),
            watch_for={"en": "look"},
        )
        for n in range(12)
    ]
    cues = []
    for n in range(12):
        cues.append(cue(f"note{n}", f"s{n}", 30, anywhere=n % 3 == 0))
        cues.append(cue(f"shelf{n}", f"s{n}", 100, push="never"))
        cues.append(cue(f"poll{n}", f"s{n}", 200, 30, "poll", safe_after=f"s{max(0, n - 2)}"))
    return sheet_of(scenes, cues, 7200.0)


def test_the_promises_hold_over_a_hundred_evenings():
    found = evenings.evenings(film(), 100, seed=11)
    assert evenings.kept(found)
    assert all(counts.said["gated"] > 1000 for counts in found.values())


def test_the_measure_can_fail():
    """Without gates cards would come before their scene, and outside the doubt some do."""
    found = evenings.evenings(film(), 60, seed=11)[0].said
    assert found["ungated"] > found["before their scene"]
    assert found["early outside"] > 0


def test_taps_bring_cards_nearer():
    found = evenings.evenings(film(), 60, seed=5)
    errors = {taps: sum(counts.errors) / len(counts.errors) for taps, counts in found.items()}
    assert errors[8] < errors[0] / 1.5


def test_the_bench_shows_what_the_ticker_shows():
    sheet = film()
    for seed in range(6):
        chance = random.Random(seed)
        truth = evenings.Truth(sheet, chance)
        taps = evenings.taps_of(sheet, truth, 5, chance)
        bench = evenings.Evening(sheet, truth)
        bench.play(taps)
        room = ticked(sheet, taps)
        for cue_id, record in bench.records.items():
            if (cue := sheet.cue(cue_id)) and cue.asks and not record.told_pushed:
                assert not is_open(room.record(cue_id).opened_at, counted=False)
                continue
            told = room.record(cue_id)
            assert told.told_pushed == record.told_pushed, cue_id
            assert abs(told.start - record.start) < 0.01, cue_id


def ticked(sheet: CueSheet, taps):
    room = Evening(sheet)
    for at, scene_id in taps:
        room.wait(BEGINNING + at - room.now)
        room.mark(scene_id, at - 0.25)
    room.wait(9000)
    return room
