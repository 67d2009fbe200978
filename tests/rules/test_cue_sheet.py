"""The document format, read and described."""

import json
from pathlib import Path

import jsonschema
import pytest

from companion.rules.cue_sheet import CueSheet, schema, words_in
from companion.rules.findings import SheetFaults
from companion.rules.recognise import KNOWN_RATES, explain_runtime, recognise_runtime

from .making import cue, document, scene, sheet_of

SHEETS = Path(__file__).parent.parent.parent / "companion" / "sheets"
SCENES = [scene("later", 900.0), scene("first"), scene("lobby", part="before"), scene("talk", part="after")]


def test_scenes_and_cards_come_in_the_films_order():
    cues = [cue("z", "later", 10), cue("y", "first", 1000), cue("x", "first", 10), cue("w", "lobby")]
    sheet = sheet_of(SCENES, cues)
    assert [s.id for s in sheet.film_scenes] == ["first", "later"]
    assert [c.id for c in sheet.cues_of("film")] == ["x", "z", "y"]
    assert [c.id for c in sheet.cues_of("before")] == ["w"]
    assert sheet.part_of(sheet.cue("w")) == "before"
    assert sheet.cue("nobody") is None


def test_unknown_fields_are_let_be():
    sheet = sheet_of([scene("a", mood="blue")], [cue("x", "a", colour={"deep": [1]})], future=True)
    assert sheet.cue("x").scene == "a"


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("shape", document([scene("a")]) | {"format": "companion-sheet/2"}),
        ("shape", document([scene("a")], [cue("x", "a", kind="advert")])),
        ("shape", document([scene("a", -1.0)])),
        ("duplicate_id", document([scene("a"), scene("a", 5.0)])),
        ("duplicate_id", document([scene("a")], [cue("x", "a"), cue("x", "a")])),
        ("unknown_scene", document([scene("a")], [cue("x", "b")])),
        ("unknown_scene", document([scene("a")], [cue("x", "a", safe_after="b")])),
        ("not_a_time", document([scene("a")], [cue("x", "a", float("nan"))])),
        ("not_a_time", document([scene("a", float("inf"))])),
    ],
)
def test_a_sheet_no_rule_can_rely_on_is_not_read(code, broken):
    with pytest.raises(SheetFaults) as refused:
        CueSheet.read(broken)
    assert code in [finding.code for finding in refused.value.findings]


def test_another_release_moves_its_scenes_and_those_between():
    scenes = [scene("a"), scene("b", 600.0), scene("c", 1200.0), scene("d", 6000.0)]
    other = {"id": "long", "name": "Director's cut", "runtime": 7800, "starts": {"b": 700, "d": 6500}}
    sheet = sheet_of(scenes, [cue("x", "b", 30)], other_editions=[other]).in_edition("long")
    starts = {s.id: s.start for s in sheet.film_scenes}
    assert starts["a"] == 0 and starts["b"] == 700 and starts["d"] == 6500
    assert starts["c"] == pytest.approx(700 + 600 * 5800 / 5400)
    assert (sheet.edition.runtime, sheet.edition.name) == (7800, "Director's cut")
    assert sheet.place_in_sheet(sheet.cue("x")) == 730


@pytest.mark.parametrize(
    ("lang", "found"),
    [
        ("ko", ("ko", "안녕")),
        ("ko-KR", ("ko", "안녕")),
        ("fr", ("en", "Hello")),
        ("de", ("de", "Hallo")),
    ],
)
def test_words_fall_back_in_the_sheets_order(lang, found):
    words = {"de": "Hallo", "ko": "안녕", "en": "Hello"}
    assert words_in(words, lang, ("en", "ko")) == found


def test_words_of_none_of_the_sheets_languages_are_better_than_none():
    assert words_in({"pl": "Cześć"}, "fr", ("en", "ko")) == ("pl", "Cześć")
    assert words_in({"en": ""}, "en", ("en",)) == ("en", "")


def test_the_schema_is_2020_12_and_takes_what_we_take():
    found = schema()
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    taken = jsonschema.Draft202012Validator(found)
    for path in SHEETS.glob("*.json"):
        taken.validate(json.loads(path.read_text(encoding="utf-8")))
    taken.validate(document(SCENES, [cue("x", "first"), cue("q", "later", kind="quiz")]))


@pytest.mark.parametrize(
    "broken",
    [
        document(SCENES) | {"format": "other"},
        document(SCENES) | {"languages": []},
        document([scene("a", -1.0)]),
        document(SCENES, [cue("x", "first", kind="advert")]),
        document(SCENES, [cue("two words", "first")]),
        {key: value for key, value in document(SCENES).items() if key != "edition"},
    ],
)
def test_the_schema_refuses_what_we_refuse(broken):
    assert not jsonschema.Draft202012Validator(schema()).is_valid(broken)
    with pytest.raises(SheetFaults):
        CueSheet.read(broken)


OTHERS = [
    {"title": "7. Koğuştaki Mucize", "country": "Turkey", "year": 2019, "runtime": 7920},
    {"title": {"en": "Miracle in Cell No. 7"}, "country": "Philippines", "year": 2019, "runtime": 7140},
]


def film_of(**more):
    told = document([scene("a")], runtime=7620.0, **more)
    told["film"]["not_to_be_confused_with"] = OTHERS
    return CueSheet.read(told)


@pytest.mark.parametrize(
    ("typed", "kind", "rate"),
    [
        (7620.0, "same", 1.0),
        (7645.0, "same", 1.0),
        (7680.0, "same", 1.0),
        (7315.0, "speed", 25 / 24),
        (7320.0, "speed", 25 / 24),
        (7308.0, "speed", 25 / 23.976),
        (7355.0, "speed", 25 / 24),
        (7378.0, "other_cut", None),
        (7945.0, "speed", 23.976 / 25),
        (7920.0, "other_film", None),
        (7800.0, "other_cut", None),
        (7140.0, "other_film", None),
        (7500.0, "other_cut", None),
        (6000.0, "other_cut", None),
    ],
)
def test_a_typed_length_says_what_copy_it_is(typed, kind, rate):
    found = explain_runtime(film_of(), typed)
    assert (found.kind, found.rate) == (kind, rate)


def test_pal_is_told_in_a_sentence():
    rate, told = recognise_runtime(7620.0, 7315.0)
    assert rate == 25 / 24
    assert told == "Your copy is 4 % fast: 2:01:55 instead of 2:07:00."


def test_the_turkish_film_is_recognised_by_its_length():
    found = explain_runtime(film_of(), 7920.0)
    assert found.kind == "other_film"
    assert found.film == "7. Koğuştaki Mucize (Turkey, 2019)"


def test_another_release_in_the_sheet_is_offered():
    found = explain_runtime(
        film_of(other_editions=[{"id": "long", "name": "Long", "runtime": 8400, "starts": {}}]), 8410
    )
    assert (found.kind, found.edition) == ("other_edition", "long")


def test_a_tenth_of_a_percent_shows_only_on_a_precise_sheet():
    precise = film_of()
    assert explain_runtime(precise, 7620.0 / 1.001).kind == "same"
    assert recognise_runtime(7620.0, 7620.0 / 1.001, within=2.0)[0] == 1.001


def test_every_known_speed_is_recognised_on_a_precise_sheet():
    for rate in KNOWN_RATES:
        assert recognise_runtime(7620.0, round(7620.0 / rate, 1), within=2.0)[0] == rate
