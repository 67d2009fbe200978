"""Ten thousand evenings: no fact before its scene, no card into a quiet one, however wrong the guessed times are.

COMPANION_EVENINGS=10000 plays as many with taps as without (a minute); by default one in eight.
"""

import os
from random import Random

import msgspec
import pytest

from .bundled import FILM, kept, sheet
from .evenings import tapped, untouched

EVENINGS = 10_000
TAPPED = int(os.environ.get("COMPANION_EVENINGS", "1250"))


def gates_of(name):
    return {cue_id: row["gate"] for cue_id, row in kept("gates")[name].items()}


@pytest.mark.parametrize("name", [FILM, "sintel"])
def test_every_card_has_a_gate_beside_the_tests_and_waits_for_it_on_paper(name):
    film, gates = sheet(name), gates_of(name)
    assert set(gates) == {cue.id for cue in film.cues if cue.kind != "warning"}
    order = film.scene_order
    for cue in film.cues_of("film"):
        gate = gates.get(cue.id)
        if gate in order:
            assert order[cue.safe_after or cue.scene] >= order[gate], cue.id
    before = {scene.id for scene in film.scenes if scene.part == "before"}
    for cue in film.cues_of("before"):
        assert gates[cue.id] in before, cue.id


def test_facts_that_are_safe_before_their_scene_say_so():
    order, gates = sheet(FILM).scene_order, gates_of(FILM)
    pushed = [
        cue for cue in sheet(FILM).cues_of("film") if cue.push == "always" and cue.kind in ("trivia", "theme")
    ]
    for cue in pushed:
        if gates[cue.id] == "b00":
            assert order[cue.safe_after or cue.scene] == 0, cue.id


def test_ten_thousand_untouched_evenings_give_nothing_away_and_disturb_nothing():
    chance, gates = Random(2013), gates_of(FILM)
    for pace in ("calm", "talkative"):
        for evening in untouched(sheet(FILM), chance, EVENINGS // 2, pace):
            assert list(evening.early(gates)) == [], evening.truth
            assert list(evening.disturbing()) == [], evening.truth


def test_evenings_with_taps_give_nothing_away_and_disturb_nothing():
    chance, gates, marks = Random(1997), gates_of(FILM), 0
    for number in range(TAPPED):
        evening = tapped(sheet(FILM), chance, pace=("calm", "talkative")[number % 2])
        assert list(evening.early(gates)) == [], evening.truth
        assert list(evening.disturbing()) == [], evening.truth
        marks += evening.marks
    assert marks > 2 * TAPPED


def test_sintel_gives_nothing_away_within_its_seconds():
    chance, gates = Random(2010), gates_of("sintel")
    for quiet_host in untouched(sheet("sintel"), chance, TAPPED // 10):
        for evening in (quiet_host, tapped(sheet("sintel"), chance)):
            assert list(evening.early(gates)) == [], evening.truth
            assert list(evening.disturbing()) == [], evening.truth


def test_an_evening_without_any_tap_still_has_its_cards():
    evening = next(untouched(sheet(FILM), Random(7), 1))
    assert 12 <= sum(window.pushed for window in evening.shown.values()) <= 16 + 6


def test_nothing_comes_by_itself_near_the_end_even_when_cards_are_carried():
    chance = Random(23)
    for _ in range(300):
        evening = tapped(sheet(FILM), chance)
        late = [
            cue_id
            for cue_id, window in evening.shown.items()
            if window.pushed
            and window.start > evening.truth["b18"]
            and sheet(FILM).cue(cue_id).kind != "warning"
        ]
        assert late == []


def test_the_evenings_would_notice_a_card_without_its_gate():
    careless = replace_gate(sheet(FILM), "no-proof", "b01")
    chance, gates = Random(1), gates_of(FILM)
    found = {cue_id for evening in untouched(careless, chance, 200) for cue_id, _ in evening.early(gates)}
    assert found == {"no-proof"}


def test_the_evenings_would_notice_a_scene_that_forgot_to_be_quiet():
    loud = replace_scene(sheet(FILM), "b05-fall", quiet=False)
    chance, heard = Random(1), set()
    for evening in untouched(loud, chance, 300, pace="talkative"):
        evening.sheet = sheet(FILM)
        heard |= {cue_id for cue_id, _ in evening.disturbing()}
    assert "winter-in-summer" in heard


def replace_gate(film, cue_id, safe_after):
    cues = tuple(
        msgspec.structs.replace(cue, safe_after=safe_after) if cue.id == cue_id else cue for cue in film.cues
    )
    return msgspec.structs.replace(film, cues=cues)


def replace_scene(film, scene_id, **changes):
    scenes = tuple(msgspec.structs.replace(s, **changes) if s.id == scene_id else s for s in film.scenes)
    return msgspec.structs.replace(film, scenes=scenes)
