"""Files of other programs come in, and ours open in them: ffmpeg, pysubs2 and webvtt-py themselves, both ways.

The files in made_elsewhere/ are what they wrote on the day named there, for machines without them.
"""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pysubs2
import pytest
import webvtt

from companion.formats.catalogue import export_sheet, import_file
from companion.rules.sheet_edits import time_of

HERE = Path(__file__).parent / "made_elsewhere"
WORDS = [
    "Tom & Jerry <3 — “quoted”\nsecond line",
    "안녕하세요, 다리예요. 😭",
    "مرحبا بالجسر",
    "5 < 6 > 4, half & half",
    "1975",
    "Two — lines\nand a third: «вот»",
]
STARTS = [1.5, 10, 61.04, 600, 3599.96, 3723.25]


def sheet():
    cues = [
        {"id": f"n{n}", "kind": "theme", "scene": "s", "offset": at, "duration": 4.5, "text": {"en": words}}
        for n, (at, words) in enumerate(zip(STARTS, WORDS, strict=True))
    ]
    cues[1]["title"] = {"en": "The title"}
    return {
        "format": "companion-sheet/1",
        "film": {"title": {"en": "A"}, "runtime": 6000},
        "edition": {"name": "d", "runtime": 6000},
        "languages": ["en"],
        "scenes": [{"id": "s", "title": {}, "start": 0}],
        "cues": cues,
    }


def our(name):
    return export_sheet(sheet(), name, "en").text


def read(raw, name, near=0.0015):
    """What comes in, and that nothing but its times had to be taken as they stand."""
    document = import_file(raw if isinstance(raw, bytes) else raw.encode(), name).document
    found = [(time_of(document, cue), cue["duration"]) for cue in document["cues"]]
    assert [start for start, _ in found] == pytest.approx(STARTS, abs=near)
    assert [length for _, length in found] == pytest.approx([4.5] * len(STARTS), abs=2 * near)
    return ["\n".join([*cue.get("title", {}).values(), *cue["text"].values()]) for cue in document["cues"]]


WANTED = [f"The title\n{words}" if n == 1 else words for n, words in enumerate(WORDS)]


@pytest.fixture(scope="module")
def ffmpeg(tmp_path_factory):
    """ffmpeg(text, "srt", "vtt"): what the program makes of a file, or a failed test with its words."""
    program = shutil.which("ffmpeg")
    if program is None:
        reason = "this machine has no ffmpeg"
        pytest.fail(reason) if os.environ.get("COMPANION_REQUIRE_ALL") == "1" else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("ffmpeg")

    def convert(text, before, after, *how):
        source, made = folder / f"in.{before}", folder / f"out.{after}"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        told = subprocess.run(
            [program, "-nostdin", "-v", "warning", "-y", "-i", source, *how, made],
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert told.returncode == 0 and not told.stderr, told.stderr
        return made.read_bytes()

    return convert


@pytest.mark.parametrize(
    ("before", "ours", "after"),
    [
        ("srt", "srt", "vtt"),
        ("vtt", "vtt-plain", "srt"),
        ("srt", "srt", "ass"),
        ("vtt", "vtt-plain", "ass"),
        ("srt", "srt", "srt"),
    ],
)
def test_ffmpeg_opens_our_subtitles_and_what_it_makes_of_them_comes_back(ffmpeg, before, ours, after):
    near = 0.006 if after == "ass" else 0.0015  # ASS counts hundredths of a second
    assert read(ffmpeg(our(ours), before, after), f"a.{after}", near) == WANTED


def test_subtitles_taken_out_of_a_film_file_come_in(ffmpeg):
    film = ffmpeg(our("srt"), "srt", "mkv", "-c:s", "srt")
    assert read(ffmpeg(film, "mkv", "srt", "-map", "0:s:0"), "a.srt") == WANTED


def test_ffmpeg_opens_the_track_with_everything(ffmpeg):
    assert ffmpeg(our("vtt"), "vtt", "srt").count(b"-->") == len(WORDS)


@pytest.mark.parametrize("form", ["srt", "vtt", "ass", "ssa"])
def test_pysubs2_opens_our_subtitles_and_what_it_writes_comes_back(form):
    opened = pysubs2.SSAFile.from_string(our("srt"), format_="srt")
    assert read(opened.to_string(form), f"a.{form}", near=0.006) == WANTED


def test_pysubs2_opens_our_track_at_the_right_times():
    """Its words are not asked for: it reads WebVTT as if it were SRT, names of cues and entities as words."""
    opened = pysubs2.SSAFile.from_string(our("vtt-plain"), format_="vtt")
    assert [event.start / 1000 for event in opened] == STARTS


@pytest.mark.parametrize("form", ["vtt", "srt"])
def test_webvtt_py_opens_our_track_and_what_it_writes_comes_back(form):
    opened = webvtt.from_string(our("vtt-plain"))
    written = io.StringIO()
    opened.write(written, format=form)
    assert read(written.getvalue(), f"a.{form}") == WANTED
    assert len(webvtt.from_string(our("vtt"))) == len(WORDS), "the track with everything opens too"


@pytest.mark.parametrize(
    "path", sorted(set(HERE.iterdir()) - {HERE / "README.md"}), ids=lambda path: path.name
)
def test_files_they_made_come_in(path):
    assert read(path.read_bytes(), path.name, near=0.006) == WANTED
