"""`companion rehearse`: an evening in fast motion on the command line."""

import json
from pathlib import Path

from click.testing import CliRunner

from companion.commands.rehearse import command

SHEETS = Path(__file__).parent.parent.parent / "companion" / "sheets"


def told(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_the_report_names_what_an_untapped_evening_shows():
    run = told(SHEETS / "three-minutes.json", "--speed", "0")
    assert run.exit_code == 0, run.output
    assert "An untapped evening of 0:03:00" in run.output
    assert "come up by themselves" in run.output and "1 question is not asked" in run.output
    assert "begins   notes  come up" in run.output and "keep silent" not in run.output


def test_playing_names_every_card_when_it_comes_and_may_begin_anywhere():
    whole = told(SHEETS / "three-minutes.json", "--speed", "600").output
    half = told(SHEETS / "three-minutes.json", "--speed", "600", "--from", "1:30").output
    come = [line for line in whole.splitlines() if "comes up" in line]
    assert come and come == sorted(come)
    title = json.loads((SHEETS / "three-minutes.json").read_text("utf-8"))["scenes"][1]["title"]["en"]
    assert title in whole.splitlines(), "the scene stands above its cards"
    assert len(half.splitlines()) < len(whole.splitlines())


def test_korean_titles_are_named_when_asked_for():
    assert any(
        "가" <= letter <= "힣"
        for letter in told(SHEETS / "three-minutes.json", "--speed", "600", "--lang", "ko").output
    )


def test_a_file_that_is_no_sheet_says_where_it_is_wrong(tmp_path):
    broken = tmp_path / "x.json"
    broken.write_text('{\n"format": "companion-sheet/1",\n')
    run = told(broken)
    assert run.exit_code == 1 and "Line 3" in run.output
    assert told(SHEETS / "three-minutes.json", "--from", "soon").exit_code == 1
