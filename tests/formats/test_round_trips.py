"""What goes out comes back: import(export(x)) == x for everything a format can carry."""

import json

import pysubs2
import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.formats import durations
from companion.formats.catalogue import export_sheet, import_file
from companion.rules.sheet_edits import rounded, starts, time_of
from tests.formats.sheets import documents, words

pytestmark = pytest.mark.filterwarnings("ignore")
often = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def there_and_back(document, name, lang=None, base=None):
    return import_file(
        export_sheet(document, name, lang).text.encode(), base=base, lang=lang or document["languages"][0]
    ).document


@often
@given(documents())
def test_json_loses_nothing(document):
    assert there_and_back(document, "json") == document


@often
@given(documents())
def test_the_metadata_track_loses_nothing(document):
    assert there_and_back(document, "vtt") == document


@often
@given(documents(), st.sampled_from(["csv", "tsv"]))
def test_a_table_brings_back_every_scene_and_note(document, name):
    back = there_and_back(document, name)
    assert without_defaults(back["scenes"]) == without_defaults(document["scenes"])
    assert without_defaults(back["cues"]) == without_defaults(document["cues"])


def without_defaults(entries):
    return [
        {k: v for k, v in entry.items() if not (k == "offset" and v == 0) and v != {}} for entry in entries
    ]


@often
@given(documents(), st.sampled_from(["vtt-plain", "srt"]))
def test_a_subtitle_file_brings_back_times_titles_and_texts(document, name):
    lang = document["languages"][0]
    sent = shown(document, lang)
    if not sent:
        return
    back = there_and_back(document, name, lang, base=document)
    read = [
        (time_of(back, cue), cue["duration"], cue.get("title", {}).get(lang), cue["text"][lang])
        for cue in back["cues"]
    ]
    assert [r[0] for r in read] == [s[0] for s in sent]
    assert sorted(map(str, read)) == sorted(map(str, (s[:4] for s in sent)))
    if name == "vtt-plain":
        assert sorted(cue["id"] for cue in back["cues"]) == sorted(s[4] for s in sent)


def shown(document, lang):
    """Said again in the test's own words: what a subtitle can carry."""

    def text(cue, field):
        there = cue.get(field) or {}
        return next((there[each] for each in [lang, *document["languages"]] if each in there), None)

    film = starts(document)
    notes = []
    for cue in document["cues"]:
        if cue["scene"] in film and cue["kind"] != "warning":
            choices = [
                f"{'ABCDEF'[n]}) {option['text'][lang]}" for n, option in enumerate(cue.get("options", []))
            ]
            at = rounded(film[cue["scene"]] + cue["offset"])
            notes.append(
                (
                    at,
                    rounded(cue["duration"]),
                    text(cue, "title"),
                    "\n".join([text(cue, "text"), *choices]),
                    cue["id"],
                )
            )
    return sorted(notes, key=lambda note: note[0])


@often
@given(documents())
def test_chapters_bring_back_whole_seconds_and_titles(document):
    film = [scene for scene in document["scenes"] if scene.get("part") is None]
    for n, scene in enumerate(film):
        scene["start"] = n * 60
    lang = document["languages"][0]
    for scene in film:
        scene["title"] = {lang: next(iter(scene["title"].values())).lstrip("|–—:- ") or "x"}
    text = export_sheet(document, "chapters", lang).text
    back = import_file(text.encode(), name="chapters", lang=lang).document
    read = [(scene["start"], scene["title"]) for scene in back["scenes"] if "start" in scene]
    assert read == [(scene["start"], scene["title"]) for scene in film]


@often
@given(documents())
def test_other_programs_open_our_subtitles(document):
    lang = document["languages"][0]
    sent = shown(document, lang)
    srt = pysubs2.SSAFile.from_string(export_sheet(document, "srt", lang).text, format_="srt") if sent else []
    assert [event.start for event in srt] == [round(note[0] * 1000) for note in sent]
    for name in ("vtt", "vtt-plain"):
        opened = webvtt.from_string(export_sheet(document, name, lang).text)
        assert len(opened) == len(sent) if name == "vtt-plain" else len(opened) >= len(sent)
        if name == "vtt-plain":
            assert [round(c.start_in_seconds * 1000) // 1000 for c in opened] == [
                int(note[0]) for note in sent
            ]


def made_by_pysubs2(texts, suffix):
    made = pysubs2.SSAFile()
    made.events = [
        pysubs2.SSAEvent(start=n * 5000, end=n * 5000 + 3000, text=text) for n, text in enumerate(texts)
    ]
    return made.to_string(suffix).encode()


@often
@given(
    st.lists(words.filter(lambda t: not set(t) & set("{}\\<>&")), min_size=1, max_size=5),
    st.sampled_from(["srt", "vtt", "ass"]),
)
def test_subtitles_made_by_pysubs2_come_in(texts, suffix):
    cues = import_file(made_by_pysubs2(texts, suffix), f"a.{suffix}").document["cues"]
    assert [(cue["offset"], cue["duration"]) for cue in cues] == [(n * 5, 3) for n in range(len(texts))]
    assert [cue["text"]["en"] for cue in cues] == texts


@often
@given(st.lists(words.filter(lambda t: not set(t) & set("<>&")), min_size=1, max_size=5))
def test_subtitles_made_by_webvtt_py_come_in(texts):
    made = webvtt.WebVTT()
    for n, text in enumerate(texts):
        made.captions.append(webvtt.Caption(f"00:00:{n * 5:02d}.000", f"00:00:{n * 5 + 3:02d}.000", text))
    cues = import_file(made.content.encode(), "a.vtt").document["cues"]
    assert [(cue["offset"], cue["text"]["en"]) for cue in cues] == [
        (n * 5, text) for n, text in enumerate(texts)
    ]


@given(st.integers(0, 100 * 3600 * 1000))
def test_a_time_written_is_the_time_read(milliseconds):
    assert durations.read(durations.write(milliseconds / 1000)) == milliseconds / 1000


@pytest.mark.parametrize(
    "said",
    [
        "1:02:03",
        "62:03",
        "3723",
        "1h2m3s",
        "1h 2m 3s",
        "１:０２:０３",
        "١:٠٢:٠٣",
        "01:02:03,000",
        " 1:02:03.0 ",
        "3723.0",
    ],
)
def test_one_moment_has_many_spellings(said):
    assert durations.read(said) == 3723


@pytest.mark.parametrize(
    "said",
    ["", "h", "1:2:3:4", "1:60", "1:62:03", "-5", "1e9", "nan", "99999999", "1:02:03x", "m", "12:0a", "٫"],
)
def test_what_is_no_time_is_not_guessed_at(said):
    assert durations.read(said) is None


def test_a_file_in_any_of_the_usual_encodings_says_the_same():
    text = "1\n00:00:01,000 --> 00:00:04,000\n문이 열리면 모두가 조용해진다\n"
    read = [
        import_file(raw, "a.srt", lang="ko").document
        for raw in (
            text.encode(),
            b"\xef\xbb\xbf" + text.encode(),
            text.encode("utf-16"),
            text.encode("utf-16-le"),
            text.encode("utf-16-be"),
            text.encode("cp949"),
            text.replace("\n", "\r\n").encode(),
            text.replace("\n", "\r").encode(),
        )
    ]
    assert all(document == read[0] for document in read)
    assert read[0]["cues"][0]["text"]["ko"].startswith("문이")


def test_moving_a_note_in_a_subtitle_editor_moves_it_in_the_sheet():
    document = json.loads(json.dumps(SMALL))
    text = export_sheet(document, "vtt").text.replace(
        "00:01:05.000 --> 00:01:15.000", "00:02:05.000 --> 00:02:25.500"
    )
    cue = import_file(text.encode()).document["cues"][0]
    assert (cue["scene"], cue["offset"], cue["duration"]) == ("two", 5, 20.5)


SMALL = {
    "format": "companion-sheet/1",
    "film": {"title": {"en": "A"}, "runtime": 600},
    "edition": {"name": "A", "runtime": 600},
    "languages": ["en"],
    "scenes": [{"id": "one", "title": {}, "start": 60}, {"id": "two", "title": {}, "start": 120}],
    "cues": [
        {"id": "a", "kind": "theme", "scene": "one", "offset": 5, "duration": 10, "text": {"en": "Look"}}
    ],
}
