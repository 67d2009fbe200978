"""What an author hears about a sheet: every fault at once, each with its place, whatever the document's shape."""

import json
import time
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.rules.checks import check
from companion.rules.checks.words import reading_time
from companion.rules.cue_sheet import CueSheet
from companion.rules.findings import SheetFaults

from .making import cue, document, scene

SHEETS = Path(__file__).parent.parent.parent / "companion" / "sheets"
SCENES = [scene("a"), scene("b", 1800.0), scene("c", 3600.0, quiet=True), scene("d", 5400.0)]
LONG = "abcdefg " * 20


def found(*cues, scenes=SCENES, **more):
    return check(document(scenes, cues, **more))


def codes(*cues, **more):
    return [finding.code for finding in found(*cues, **more)]


def test_a_sound_sheet_has_no_fault():
    assert found(cue("x", "a", 60), cue("y", "b", 60), cue("q", "d", 60, kind="quiz")) == []


NO_OPTIONS = {"options": []}
SEVEN = {"options": [{"id": f"o{n}", "text": {"en": f"Answer {n}"}} for n in range(7)]}
TWINS = {"options": [{"id": "o1", "text": {"en": "Same "}}, {"id": "o2", "text": {"en": "same"}}]}
SAME_IDS = {"options": [{"id": "o", "text": {"en": "One"}}, {"id": "o", "text": {"en": "Two"}}]}

ERRORS = [
    ("unknown_scene", cue("x", "nowhere"), "scene"),
    ("unknown_scene", cue("x", "b", safe_after="nowhere"), "safe_after"),
    ("safe_after_later", cue("x", "a", 30, safe_after="b"), "safe_after"),
    ("unknown_cue", cue("x", "a", 30, kind="poll", repeats="y"), "repeats"),
    ("unknown_cue", cue("x", "a", 30, kind="poll", repeats="x"), "repeats"),
    ("offset_negative", cue("x", "b", -5), "offset"),
    ("start_beyond_film", cue("x", "d", 1800), "offset"),
    ("too_short", cue("x", "a", 30, duration=1.5), "duration"),
    ("too_short", {k: v for k, v in cue("x", "a", 30).items() if k != "duration"}, "duration"),
    ("options_count", cue("x", "a", 30, kind="poll", **NO_OPTIONS), "options"),
    ("options_count", cue("x", "a", 30, kind="poll", **SEVEN), "options"),
    ("duplicate_options", cue("x", "a", 30, kind="poll", **TWINS), "options"),
    ("duplicate_options", cue("x", "a", 30, kind="poll", **SAME_IDS), "options"),
    ("answer_unknown", cue("x", "a", 30, kind="quiz", answer="maybe"), "answer"),
    ("answer_missing", cue("x", "a", 30, kind="quiz", answer=None), "answer"),
    ("live_quiz", cue("x", "a", 30, kind="quiz", results="live"), "results"),
    ("unsafe_markup", cue("x", "a", 30, text={"en": "<b>Bold</b>"}), "text"),
    ("unsafe_markup", cue("x", "a", 30, text={"en": "<script>alert(1)</script>"}), "text"),
    ("unsafe_markup", cue("x", "a", 30, title={"en": "<img src=x onerror=alert(1)>"}), "title"),
    ("bidi_override", cue("x", "a", 30, text={"en": "right \u202eto left"}), "text"),
    ("control_character", cue("x", "a", 30, text={"en": "a\x00b"}), "text"),
    ("control_character", cue("x", "a", 30, text={"en": "half \ud83d of a smile"}), "text"),
    ("too_long", cue("x", "a", 30, duration=60, text={"en": "x" * 281}), "text"),
    ("no_words", cue("x", "a", 30, text={"en": "  "}), "text"),
    ("unsafe_link", cue("x", "a", 30, source={"label": "L", "url": "javascript:alert(1)"}), "source.url"),
    ("bad_id", cue("ask-1", "a", 30), "id"),
    ("bad_id", cue("two words", "a", 30), "id"),
    ("unknown_word", cue("x", "a", 30, kind="advert"), "kind"),
    ("unknown_word", cue("x", "a", 30, push="loudly"), "push"),
    ("wrong_type", cue("x", "a", "soon"), "offset"),
    ("wrong_type", cue("x", "a", 30, text="plain"), "text"),
    ("wrong_type", cue("x", "a", float("nan")), "offset"),
    ("wrong_type", cue("x", "a", 30, options={"a": 1}), "options"),
    ("missing", {k: v for k, v in cue("x", "a").items() if k != "scene"}, "scene"),
    ("duration_negative", cue("x", "a", duration=-1), "duration"),
]


@pytest.mark.parametrize(("code", "wrong", "field"), ERRORS, ids=lambda v: v if isinstance(v, str) else "")
def test_an_error_names_its_card_and_field(code, wrong, field):
    named = [f for f in found(wrong) if f.code == code]
    assert [(f.severity, f.cue_id, f.field) for f in named] == [("error", wrong["id"], field)]
    assert named[0].sentence.endswith(".")


WARNINGS = [
    ("poll_short", [cue("x", "a", 30, duration=14, kind="poll")], "x"),
    ("end_beyond_film", [cue("x", "d", 1790)], "x"),
    ("source_missing", [cue("x", "a", 30, source=None)], "x"),
    ("low_confidence", [cue("x", "a", 30, confidence="low")], "x"),
    ("long", [cue("x", "a", 30, text={"en": LONG})], "x"),
    ("too_fast", [cue("x", "a", 30, duration=5, text={"en": "abcdefg " * 12})], "x"),
    ("too_fast", [cue("x", "a", 30, duration=5, text={"en": "가" * 40})], "x"),
    ("gap", [cue("x", "a", 30), cue("y", "a", 75)], "y"),
    ("overlap", [cue("x", "a", 30), cue("y", "a", 45)], "y"),
    ("in_quiet_scene", [cue("x", "c", 30)], "x"),
    ("in_quiet_scene", [cue("x", "b", 1900)], "x"),
    ("missing_language", [cue("x", "a", 30, title={"de": "Nur Deutsch"})], "x"),
    ("too_many_pushed", [cue(f"n{n}", "a", 60 * n) for n in range(16)], None),
]


@pytest.mark.parametrize(("code", "cues", "cue_id"), WARNINGS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_warning_names_its_card(code, cues, cue_id):
    named = [f for f in found(*cues) if f.code == code]
    assert [(f.severity, f.cue_id) for f in named] == [("warning", cue_id)]
    assert {f.severity for f in found(*cues)} == {"warning"}


def test_low_confidence_is_fine_when_it_says_reported():
    assert codes(cue("x", "a", 30, confidence="low", text={"en": "Reportedly in winter."})) == []


def test_content_warnings_are_free_of_gap_density_and_quiet():
    warned = [cue(f"w{n}", "c", n * 3.0, kind="warning", lead=30) for n in range(40)]
    assert found(*warned) == []


def test_the_shelf_is_free_of_pacing():
    shelf = [cue(f"s{n}", "c", n * 3.0, push="never", duration=5) for n in range(40)]
    assert found(*shelf) == []


def test_cards_outside_the_film_need_no_time():
    lobby = scene("lobby", part="before")
    for kind in ("poll", "theme", "discussion"):
        plain = {k: v for k, v in cue("x", "lobby", kind=kind).items() if k not in ("offset", "duration")}
        assert found(plain, scenes=[lobby, *SCENES]) == []


SCENE_ERRORS = [
    ("duplicate_id", scene("a", 10.0), "id"),
    ("start_beyond_film", scene("late", 7200.0), "start"),
    ("start_negative", scene("early", -1.0), "start"),
    ("checkpoint_without_watch_for", scene("seen", 10.0, checkpoint=True), "watch_for"),
    (
        "checkpoint_outside_film",
        scene("seen", part="after", checkpoint=True, watch_for={"en": "x"}),
        "checkpoint",
    ),
    ("unknown_word", scene("odd", 10.0, "exactly"), "timing"),
    ("unsafe_markup", scene("odd", 10.0, watch_for={"en": "<i>look</i>"}), "watch_for"),
]


@pytest.mark.parametrize(
    ("code", "wrong", "field"), SCENE_ERRORS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_an_error_names_its_scene_and_field(code, wrong, field):
    errors = [f for f in found(scenes=[*SCENES, wrong]) if f.severity == "error"]
    assert [(f.code, f.scene_id, f.field) for f in errors] == [(code, wrong["id"], field)]


def test_every_fault_is_found_not_only_the_first():
    wrong = cue("x", "nowhere", -3, duration=1, kind="quiz", answer="maybe", results="live", **TWINS)
    assert set(codes(wrong, cue("x", "a", 30, text="plain"))) >= {
        "duplicate_id",
        "unknown_scene",
        "offset_negative",
        "duplicate_options",
        "answer_unknown",
        "live_quiz",
        "wrong_type",
    }


def test_other_releases_name_scenes_of_the_film():
    other = {"id": "pal", "name": "PAL", "runtime": 6912, "starts": {"b": 1728, "z": 3, "d": 7000}}
    assert codes(other_editions=[other]) == ["unknown_scene", "start_beyond_film"]
    assert codes(other_editions=[other | {"starts": {}}, other | {"starts": {}}]) == ["duplicate_id"]


def test_a_release_nobody_could_choose_or_that_runs_backwards_is_named():
    other = {"id": "pal", "name": " ", "runtime": 7200, "starts": {"b": 3000, "c": 2000, "d": 4000}}
    (nameless, same_length, backwards) = found(other_editions=[other])
    assert [nameless.code, nameless.field] == ["release_nameless", "other_editions.pal.name"]
    assert [same_length.code, same_length.severity] == ["release_same_length", "warning"]
    assert [backwards.code, backwards.scene_id] == ["release_backwards", "c"]


def test_publishing_without_a_licence_is_advised_against():
    assert codes(credits={"author": "Ana"}) == ["licence_missing"]


@pytest.mark.parametrize(
    "absurd", [None, 3, "sheet", [], [[]], {}, {"cues": {}}, {"scenes": None, "cues": [None, 3, [], {}]}]
)
def test_an_absurd_document_is_told_its_faults(absurd):
    assert check(absurd)
    with pytest.raises(SheetFaults):
        CueSheet.read(absurd)


def test_deep_nesting_and_huge_numbers_are_faults_not_accidents():
    deep = leaf = []
    for _ in range(5000):
        leaf.append([])
        leaf = leaf[0]
    for value in (deep, {"en": deep}, 10**400, -(10**400), 1e308, float("inf"), "\ud800"):
        for field in ("text", "offset", "options", "id", "source"):
            assert any(f.severity == "error" for f in found(cue("x", "a", 30) | {field: value}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
SOUND = document(
    SCENES,
    [cue("x", "a", 60), cue("q", "b", 60, kind="quiz")],
    other_editions=[{"id": "pal", "name": "PAL", "runtime": 6912, "starts": {"b": 1728}}],
    reactions=[{"emoji": "😭", "name": {"en": "crying"}}],
)


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


@given(
    st.lists(st.tuples(st.sampled_from([p for p in places(SOUND) if p]), json_values), min_size=1, max_size=4)
)
@settings(max_examples=400, deadline=None)
def test_whatever_stands_wherever_checking_never_fails(changes):
    broken = deepcopy(SOUND)
    for path, value in changes:
        target = broken
        try:
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    findings = check(broken)
    assert all(f.code and f.sentence and f.severity in ("error", "warning") for f in findings)
    try:
        CueSheet.read(broken)
    except SheetFaults:
        assert any(f.severity == "error" for f in findings)


def test_two_thousand_cards_are_checked_in_well_under_a_second():
    cues = [cue(f"c{n}", "abd"[n % 3], n * 0.8, push="always", kind="poll") for n in range(2000)]
    sound, broken = document(SCENES, cues), document(SCENES, [c | {"text": None} for c in cues])
    began = time.process_time()
    assert any(f.code == "overlap" for f in check(sound))
    assert sum(f.code == "wrong_type" for f in check(broken)) == 2000
    assert time.process_time() - began < 1.0


def test_too_many_cards_and_scenes_are_refused():
    assert "too_many_cues" in codes(*[cue(f"c{n}", "a", n) for n in range(2001)])
    assert "too_many_scenes" in codes(scenes=[scene(f"s{n}", n) for n in range(201)])


def test_reading_takes_longer_in_hangul():
    assert reading_time("a" * 26) == pytest.approx(2.0)
    assert reading_time("한" * 14) == pytest.approx(2.0)


@pytest.mark.parametrize("path", sorted(SHEETS.glob("*.json")), ids=lambda path: path.stem)
def test_bundled_sheets_hold_no_error(path):
    errors = [f for f in check(json.loads(path.read_text(encoding="utf-8"))) if f.severity == "error"]
    assert errors == []
