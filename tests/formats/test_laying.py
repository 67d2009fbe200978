"""Importing into a sheet that is there: the right notes meet, nothing is taken away."""

import pytest

from companion.formats.catalogue import export_sheet, import_file
from companion.formats.laying import lay_in
from companion.rules.sheet_diff import apply

BASE = {
    "format": "companion-sheet/1",
    "film": {"title": {"en": "A"}, "runtime": 600},
    "edition": {"name": "A", "runtime": 600},
    "languages": ["en", "ko"],
    "scenes": [
        {"id": "one", "title": {"en": "The bridge"}, "start": 0},
        {"id": "two", "title": {"en": "The house"}, "start": 120, "quiet": True},
    ],
    "cues": [
        {
            "id": "a",
            "kind": "trivia",
            "scene": "one",
            "offset": 5,
            "duration": 10,
            "text": {"en": "Look", "ko": "봐요"},
            "source": {"label": "A book"},
        },
        {"id": "b", "kind": "theme", "scene": "two", "offset": 10, "duration": 10, "text": {"en": "Listen"}},
    ],
}


def laid(text, filename, **how):
    read = import_file(text.encode(), filename, base=BASE, **how)
    changes = lay_in(BASE, read.document, read.carries_ids, read.says_kinds)
    document, conflicts = apply(BASE, changes)
    assert conflicts == []
    return document, changes


def test_its_own_export_changes_nothing():
    for name in ("json", "vtt", "csv", "vtt-plain"):
        text = export_sheet(BASE, name).text
        assert (
            lay_in(BASE, import_file(text.encode(), f"x.{name[:4].strip('-')}", base=BASE).document) == []
            or name == "vtt-plain"
        )


def test_a_note_with_the_same_words_is_moved_and_keeps_what_the_file_cannot_carry():
    document, changes = laid("1\n00:00:30,000 --> 00:00:42,000\nLook\n", "a.srt", kind="trivia")
    assert [c.id for c in changes] == ["a"]
    assert document["cues"][0] == {**BASE["cues"][0], "offset": 30, "duration": 12}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1\n00:00:05,000 --> 00:00:15,000\nLook here\n", "a.srt"),
        ("WEBVTT\n\na\n00:05.000 --> 00:15.000\nLook here\n", "a.vtt"),
        ("0:00:05 Look here\n", "a.txt"),
        ("start,end,text\n0:05,0:15,Look here\n", "a.csv"),
    ],
)
def test_a_file_that_says_no_kinds_leaves_them_as_they_are(text, name):
    document, _ = laid(text, name, kind="theme")
    assert (document["cues"][0]["kind"], document["cues"][0]["text"]["en"]) == ("trivia", "Look here")


def test_a_question_is_one_whatever_the_note_was():
    document, _ = laid("0:00:05 poll: Who opens? | He | She\n", "a.txt")
    assert document["cues"][0]["kind"] == "poll"


def test_a_note_at_the_same_time_gets_the_new_words():
    document, _ = laid("1\n00:02:10,000 --> 00:02:20,000\nListen closely\n", "a.srt", kind="theme")
    assert [cue["text"]["en"] for cue in document["cues"]] == ["Look", "Listen closely"]


def test_a_translation_joins_the_language_that_is_there():
    document, _ = laid("1\n00:02:10,000 --> 00:02:20,000\n들어 봐요\n", "a.srt", lang="ko", kind="theme")
    assert document["cues"][1]["text"] == {"en": "Listen", "ko": "들어 봐요"}


def test_what_is_new_is_added_under_a_name_of_its_own():
    document, _ = laid("WEBVTT\n\na\n00:03:00.000 --> 00:03:05.000\nSomething else\n", "a.vtt", kind="theme")
    assert len(document["cues"]) == 2, "the file names note a, so it is note a"
    document, _ = laid("1\n00:03:00,000 --> 00:03:05,000\nSomething else\n", "a.srt")
    assert [cue["id"] for cue in document["cues"]] == ["a", "b", "note-1"]


def test_chapters_retime_the_scenes_of_the_same_name_and_notes_go_along():
    read = import_file(b"0:00 The bridge\n3:00 The house\n4:00 The end\n", base=BASE, name="chapters")
    document, _ = apply(BASE, lay_in(BASE, read.document, read.carries_ids, read.says_kinds))
    assert [(s["id"], s["start"]) for s in document["scenes"]] == [("one", 0), ("two", 180), ("scene-3", 240)]
    assert document["scenes"][1]["quiet"] and document["cues"] == BASE["cues"]


def test_a_file_of_other_scenes_hangs_its_notes_on_the_scenes_they_mean():
    table = "kind,id,start,end,text,title\nscene,x,0:02:00,,,The house\ntheme,c,0:02:30,0:02:40,New,\n"
    document, _ = laid(table, "a.csv")
    assert document["cues"][-1]["scene"] == "two" and document["cues"][-1]["offset"] == 30
