"""A sheet timed to the second, on a copy with logos of its own, at television's speed, with an ad in the middle.

One typed length and two taps fit it: from a tap on, until the copy does something new, every card comes within
a second of its moment.
"""

import random
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import pytest

from companion.rules.alignment import Alignment, Mark
from companion.rules.recognise import explain_runtime

from .making import BEGINNING, Evening, cue, scene, sheet_of

RUNTIME = 7200.0
SEEDS = range(20)
AD = 90.0
TAP_ERROR = 0.5
REACTION = 0.25


@dataclass
class Copy:
    """What one host's player shows: two logos before the film, the film at PAL's speed, an ad in between."""

    logos: float
    ad_at: float
    rate: float = 25 / 24

    @property
    def length(self) -> float:
        """What the player says before the ad comes; whole seconds, as players do."""
        return float(round(self.logos + RUNTIME / self.rate))

    def shows(self, sheet_time: float) -> float:
        """The position at which this copy shows what the sheet has at `sheet_time`."""
        return self.logos + sheet_time / self.rate + (AD if sheet_time >= self.ad_at else 0.0)


def sheet(chance):
    """Two hours, every scene and card timed to the second; warnings and polls among the cards."""
    starts = [0.0, 45.0, *sorted(chance.sample(range(120, 7000, 20), 40))]
    scenes = [scene(f"s{n}", float(start), "measured", within=0.5) for n, start in enumerate(starts)]
    cues = []
    for n in range(len(starts)):
        kind = ("trivia", "theme", "poll")[n % 3]
        cues.append(cue(f"c{n}", f"s{n}", chance.uniform(0, 15), 10, kind, push=("always", "never")[n % 2]))
    edition = {"name": "Disc", "runtime": RUNTIME, "within": 5}
    return sheet_of(
        scenes, [c for c in cues if c["kind"] != "poll" or c["push"] == "always"], edition=edition
    )


@cache
def played(seed, types_length=True, taps=True):
    """(sheet, copy, room, the two taps as (sheet time, where the player was)) after a whole evening."""
    chance = random.Random(seed)
    film = sheet(chance)
    copy = Copy(chance.uniform(8, 58), chance.uniform(1500, 5500))
    room = Evening(film, fitted(film, copy) if types_length else Alignment(film))
    starts = [s.start for s in film.film_scenes]
    pressed = []
    for number in (1, bisect_right(starts, copy.ad_at)):
        at = copy.shows(starts[number]) + REACTION + chance.uniform(-TAP_ERROR, TAP_ERROR)
        pressed.append((starts[number], at))
        if taps:
            room.wait(BEGINNING + at - room.now)
            mark = Mark.tapped(f"s{number}", room.position)
            room.mark(mark.scene_id, mark.position)
    room.wait(9000)
    return film, copy, room, pressed


def fitted(film, copy):
    found = explain_runtime(film, copy.length)
    return Alignment(film, rate=found.rate or 1.0, runtime=copy.length)


def errors(film, copy, room, pressed):
    """Per card that follows a tap: how far from its moment it came.

    A card that had begun when the tap came did not follow it; what the ad moved waits for the second tap.
    """
    first, second = pressed
    found = {}
    for each in film.cues_of("film"):
        at, start = film.place_in_sheet(each), room.record(each.id).start
        if (first[0] <= at < copy.ad_at and start > first[1]) or (at >= second[0] and start > second[1]):
            found[each.id] = abs(start - copy.shows(at))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_with_one_length_and_two_taps_every_card_after_a_tap_is_within_a_second(seed):
    off = errors(*played(seed))
    assert len(off) >= 25
    assert max(off.values()) <= 1.0, off


def test_the_error_of_a_card_is_the_error_of_its_tap_and_no_more():
    worst = max(max(errors(*played(seed)).values()) for seed in SEEDS)
    assert TAP_ERROR / 2 < worst <= TAP_ERROR + 0.01


def test_without_the_typed_length_cards_are_minutes_off():
    """The measure can fail: two taps alone do not know how fast the copy runs."""
    for seed in range(3):
        assert max(errors(*played(seed, types_length=False)).values()) > 20


def test_without_the_taps_cards_are_off_by_logos_and_ad():
    for seed in range(3):
        film, copy, room, pressed = played(seed, taps=False)
        off = errors(film, copy, room, pressed)
        assert min(off.values()) == pytest.approx(copy.logos, abs=0.01)
        assert max(off.values()) == pytest.approx(copy.logos + AD, abs=0.01)


def test_no_card_lies_past_the_end_of_the_longer_copy():
    for seed in SEEDS:
        film, copy, room, _ = played(seed)
        starts = [room.record(each.id).start for each in film.cues_of("film")]
        assert max(starts) <= copy.shows(RUNTIME) + TAP_ERROR


@pytest.mark.parametrize("logos", [0.0, 15.0, 40.0, 58.0])
def test_the_copys_speed_is_recognised_through_its_logos(logos):
    film = sheet(random.Random(1))
    found = explain_runtime(film, Copy(logos, 3000).length)
    assert (found.kind, found.rate) == ("speed", 25 / 24)
