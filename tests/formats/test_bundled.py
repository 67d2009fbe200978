"""The notes that come with the program go out and come back, and open in other people's programs."""

import json
from pathlib import Path

import pysubs2
import pytest
import webvtt

from companion.formats.catalogue import EXPORTS, export_sheet, import_file
from companion.formats.laying import lay_in

SHEETS = sorted((Path(__file__).parent.parent.parent / "companion" / "sheets").glob("*.json"))


def document(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_are_bundled_notes():
    assert len(SHEETS) >= 3


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.stem)
@pytest.mark.parametrize("name", ["json", "vtt"])
def test_bundled_notes_come_back_whole(path, name):
    assert import_file(export_sheet(document(path), name).text.encode()).document == document(path)


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.stem)
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_bundled_notes_come_back_from_a_table_with_no_difference_but_the_listed_losses(path, name):
    sheet = document(path)
    out = export_sheet(sheet, name)
    back = import_file(out.text.encode(), f"x.{name}", base=sheet)
    assert lay_in(sheet, back.document) == []
    assert out.losses


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.stem)
def test_bundled_notes_open_as_subtitles_elsewhere(path):
    sheet = document(path)
    for lang in sheet["languages"]:
        srt = pysubs2.SSAFile.from_string(export_sheet(sheet, "srt", lang).text, format_="srt")
        vtt = webvtt.from_string(export_sheet(sheet, "vtt-plain", lang).text)
        assert len(srt) == len(vtt) > 5


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.stem)
@pytest.mark.parametrize("name", [name for name in EXPORTS if name not in ("json", "vtt")])
def test_whoever_takes_out_less_is_told_what_is_missing(path, name):
    assert [str(loss) for loss in export_sheet(document(path), name).losses if str(loss)]
