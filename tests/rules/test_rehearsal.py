"""An untapped evening, seen in advance."""

import json
from pathlib import Path

import pytest

from companion.rules.cue_sheet import CueSheet
from companion.rules.rehearsal import rehearse

SHEETS = Path(__file__).parent.parent.parent / "companion" / "sheets"


def sheet(*cues, timing="measured", **scene):
    base = {"kind": "theme", "scene": "one", "duration": 10, "text": {"en": "x"}}
    return CueSheet.read(
        {
            "format": "companion-sheet/1",
            "film": {"title": {"en": "A"}, "runtime": 3600},
            "edition": {"name": "A", "runtime": 3600},
            "languages": ["en"],
            "scenes": [
                {"id": "one", "start": 0, "timing": timing},
                {"id": "two", "start": 1800, "timing": timing, **scene},
            ],
            "cues": [{**base, "id": f"c{n}", **cue} for n, cue in enumerate(cues)],
        }
    )


def test_what_covers_another_and_what_leaves_no_rest_is_named():
    seen = rehearse(sheet({"offset": 100}, {"offset": 105}, {"offset": 125}, {"offset": 600}))
    assert [(a.cue.id, b.cue.id) for a, b in seen.overlaps] == [("c0", "c1")]
    assert [(a.cue.id, b.cue.id, rest) for a, b, rest in seen.short_rests] == [("c1", "c2", 10)]


def test_the_longest_silence_and_the_load_of_each_scene_are_counted():
    seen = rehearse(
        sheet({"offset": 100}, {"scene": "two", "offset": 0}, {"scene": "two", "offset": 60, "push": "never"})
    )
    assert seen.longest_silence == (1810, 1790)
    assert [(load.notes, load.comes_up, load.length) for load in seen.scenes] == [(1, 1, 1800), (2, 1, 1800)]
    assert seen.minutes_between == 30


def test_a_guessed_scene_holds_its_cards_back_until_it_is_safe():
    seen = rehearse(sheet({"scene": "two", "offset": 0}, timing="guessed", within=240))
    assert seen.held_back == (1, 240, 240)
    assert seen.coming_up[0].window.start == 2040


def test_nothing_comes_up_by_itself_in_a_quiet_scene_nor_in_a_silent_room():
    notes = sheet(
        {"scene": "two", "offset": 10},
        {
            "scene": "two",
            "offset": 60,
            "kind": "poll",
            "duration": 40,
            "options": [{"id": "a", "text": {"en": "a"}}, {"id": "b", "text": {"en": "b"}}],
        },
        quiet=True,
    )
    seen = rehearse(notes)
    assert seen.coming_up == () and [each.cue.id for each in seen.unasked] == ["c1"]
    assert rehearse(sheet({"offset": 10}), "silent").coming_up == ()
    assert rehearse(sheet({"offset": 10, "push": "talkative"}), "talkative").coming_up != ()


@pytest.mark.parametrize("path", sorted(SHEETS.glob("*.json")), ids=lambda p: p.stem)
def test_the_bundled_notes_leave_a_calm_room_in_peace(path):
    seen = rehearse(CueSheet.read(json.loads(path.read_text(encoding="utf-8"))))
    assert seen.overlaps == []
    if seen.runtime > 3600:
        assert seen.minutes_between >= 7
