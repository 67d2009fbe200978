"""Files that are too big, too deep, broken or sly: refused or mended by rule, in time, naming line and reason."""

import json
import random
import time

import pytest

from companion.formats.catalogue import FORMATS, export_sheet, import_file
from companion.formats.faults import LARGEST, Unreadable
from tests.formats.test_round_trips import SMALL


def refusal(raw, *args, **kwargs):
    with pytest.raises(Unreadable) as caught:
        import_file(raw if isinstance(raw, bytes) else raw.encode(), *args, **kwargs)
    return [str(fault) for fault in caught.value.faults]


def srt(*blocks):
    return "".join(f"{n}\n{times}\n{text}\n\n" for n, (times, text) in enumerate(blocks, 1))


@pytest.mark.parametrize("bomb", ["[" * 200_000, '{"a":' * 200_000, "[[],[" * 200_000])
def test_deep_json_is_refused_before_it_is_parsed(bomb):
    began = time.process_time()
    assert "levels deep" in refusal(bomb)[0]
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{\n"format": "companion-sheet/1",\n"film": ,\n}', "Line 3: This is not JSON"),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": 1e999}', "too large"),
        ('{"a": ' + "9" * 5000 + "}", "too large"),
        ('{"a": 1, "a": 2}', "given twice"),
        ('{"a": "\\ud800"}', "surrogate"),
        ("[1]", "one JSON object"),
        ("{}", "companion-sheet/1"),
    ],
)
def test_bad_json_is_refused_by_its_reason(text, words):
    assert words in refusal(text)[0]


def test_a_number_that_is_none_is_named_with_its_line_and_note():
    broken = json.loads(json.dumps(SMALL))
    broken["cues"][0]["offset"] = "soon"
    text = json.dumps(broken, indent=1)
    line = text[: text.index('"a"')].count("\n") + 1
    assert refusal(text)[0].startswith(f"Line {line}: In “a”, offset:")


def test_two_notes_of_one_name_are_refused():
    twice = {**SMALL, "cues": SMALL["cues"] * 2}
    assert "an id of its own (“a”)" in refusal(json.dumps(twice))[0]


def test_every_broken_line_of_a_subtitle_file_is_named():
    text = srt(
        ("00:00:01,000 --> 00:00:02,000", "good"),
        ("00:61:00,000 --> 00:62:00,000", "bad"),
        ("-00:00:01,000 --> 00:00:03,000", "early"),
        ("00:00:05 -> 0 --> ", "odd"),
    )
    said = refusal(text, "a.srt")
    assert [s.split(":")[0] for s in said] == ["Line 6", "Line 10", "Line 14"]
    assert "begins before the film" in said[1]


def test_one_bad_line_refuses_the_whole_file_and_leaves_the_sheet_alone():
    before = json.dumps(SMALL)
    refusal(
        srt(("00:00:01,000 --> 00:00:02,000", "good"), ("00:99:00,000 --> 00:62:00,000", "bad")),
        "a.srt",
        base=SMALL,
    )
    assert json.dumps(SMALL) == before


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "＝1+1", "'quoted"])
def test_a_spreadsheet_never_runs_a_note(cell):
    document = {**SMALL, "cues": [{**SMALL["cues"][0], "text": {"en": cell}, "source": {"label": cell}}]}
    text = export_sheet(document, "csv").text
    assert f"'{cell}" in text
    assert import_file(text.encode(), "a.csv").document["cues"][0]["text"]["en"] == cell


def test_a_table_with_unknown_kinds_scenes_times_and_names_tells_them_all():
    table = "kind,id,scene,start,end,text\nstory,a,,1,2,x\ntheme,b,nowhere,1,2,x\ntheme,c,,later,,x\ntheme,c,,5,4,x\ntheme,d,,-3,4,x\n"
    said = refusal(table, "a.csv")
    assert [s.split(":")[0] for s in said] == ["Line 2", "Line 3", "Line 4", "Line 5", "Line 5", "Line 6"]


def test_a_table_from_a_european_spreadsheet_with_umlaut_columns_is_read_by_its_semicolons():
    read = import_file(b"Time;Note\n0:01:00;Look, there\n", "a.csv", lang="de")
    assert (read.document["cues"][0]["offset"], read.document["cues"][0]["text"]) == (
        60,
        {"de": "Look, there"},
    )


def test_chapters_that_run_backwards_are_refused_by_line():
    assert refusal("0:00 A\n5:00 B\n4:00 C\n", name="chapters") == [
        "Line 3: This scene does not begin later than the one before."
    ]


def test_latin_text_is_not_taken_for_korean():
    assert (
        "Line 3"
        in refusal("1\n00:00:01,000 --> 00:00:02,000\ncafé à la crème\n".encode("latin-1"), "a.srt")[0]
    )


LAUGHS = '<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<tt>&b;</tt>\n'
GOOD = ("00:00:01,000 --> 00:00:02,000", "good")
BAD = {
    "too big": (b"x" * (LARGEST + 1), "a.srt", "larger than 2 MiB"),
    "too deep": (b"[" * 100_000, "a.json", "levels deep"),
    "with entities": (LAUGHS.encode(), "a.ttml", "Line 1: This is an XML or HTML file"),
    "a formula as a time": (b"start,text\n1:00,a\n=1+1,b\n", "a.csv", "Line 3: “=1+1” is not a time"),
    "UTF-16 that breaks off": ("WEBVTT\n".encode("utf-16") + b"\x00", "a.vtt", "breaks off"),
    "neither UTF-8 nor CP949": (
        b"1\n00:00:01,000 --> 00:00:02,000\n\xff\xfa\x80\n",
        "a.srt",
        "Line 3: This is not",
    ),
    "5,001 notes": ((srt(GOOD) * 5_001).encode(), "a.srt", "5000 is the most"),
    "a negative time": (
        srt(GOOD, ("-00:00:01,000 --> 00:00:02,000", "x")).encode(),
        "a.srt",
        "Line 6: This note begins",
    ),
    "a time that is none": (
        srt(GOOD, ("00:00:99,000 --> 00:01:02,000", "x")).encode(),
        "a.srt",
        "Line 6: “00:00:99,000”",
    ),
    "half an arrow": (b"WEBVTT\n\n00:01.000 --> \nx\n", "a.vtt", "Line 3: There is an arrow"),
    "a table without columns": (b"a,b\n1,2\n", "a.csv", "Line 1: The first line must name"),
    "nothing at all": (b"", "a.txt", "no note"),
}


@pytest.mark.parametrize(("raw", "name", "reason"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_taken_says_line_and_reason_at_once_and_touches_nothing(raw, name, reason):
    before, began = json.dumps(SMALL), time.process_time()
    assert reason in refusal(raw, name, base=SMALL)[0]
    assert time.process_time() - began < 2
    assert json.dumps(SMALL) == before


MENDED = {
    "a byte order mark": (b"\xef\xbb\xbf" + srt(GOOD).encode(), None),
    "UTF-16": (srt(GOOD).encode("utf-16"), "Read as UTF-16."),
    "CP949": (srt((GOOD[0], "문이 열리면")).encode("cp949"), "Read as CP949."),
    "bidi tricks": (srt((GOOD[0], "a\u202eb\u2066c")).encode(), "Line 3: Characters that turn the direction"),
    "unsorted": (srt(("00:00:09,000 --> 00:00:10,000", "b"), GOOD).encode(), "sorted"),
    "an end before its beginning": (
        srt(("00:00:09,000 --> 00:00:03,000", "b")).encode(),
        "Line 2: It ended before",
    ),
    "overlapping": (srt(("00:00:01,000 --> 00:00:09,000", "a"), GOOD).encode(), None),
}


@pytest.mark.parametrize(("raw", "rule"), MENDED.values(), ids=MENDED.keys())
def test_what_is_mended_by_rule_is_listed_and_the_rest_is_taken(raw, rule):
    read = import_file(raw, "a.srt", base=SMALL)
    assert read.document["cues"]
    assert [str(repair) for repair in read.repairs if rule and rule in str(repair)] or not (
        rule or read.repairs
    )


def five_thousand(name):
    document = {
        **SMALL,
        "cues": [
            {**SMALL["cues"][0], "id": f"n{n}", "offset": n * 1.5, "text": {"en": f"note {n} 한글 😭"}}
            for n in range(5000)
        ],
    }
    return export_sheet(document, name).text.encode()


@pytest.mark.parametrize("name", ["vtt", "vtt-plain", "srt", "csv", "tsv", "json"])
def test_five_thousand_notes_are_read_within_two_seconds(name):
    raw = five_thousand(name)
    raw = raw if len(raw) <= LARGEST else raw[:LARGEST].rsplit(b"\n\n", 1)[0] + b"\n"
    began = time.process_time()
    read = import_file(raw, f"a.{name.partition('-')[0]}", base=SMALL)
    assert time.process_time() - began < 2
    assert len(read.document["cues"]) >= 4_000


def test_one_note_more_than_five_thousand_is_refused():
    assert (
        "5000 is the most"
        in refusal(five_thousand("srt") + b"\n5001\n09:00:00,000 --> 09:00:01,000\nx\n", "a.srt")[0]
    )


@pytest.mark.parametrize("name", FORMATS)
def test_noise_is_refused_or_read_and_never_breaks_the_importer(name):
    chance = random.Random(7)
    seeds = [five_thousand(n)[:4000] for n in ("json", "vtt", "vtt-plain", "srt", "csv")]
    for _ in range(150):
        raw = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 30)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        try:
            import_file(bytes(raw), name=name, base=SMALL if chance.random() < 0.5 else None)
        except Unreadable as refused:
            assert all(str(fault) for fault in refused.faults)
