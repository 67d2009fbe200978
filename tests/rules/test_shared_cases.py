"""The cases that Python and JavaScript both satisfy: tests/js/rules reads the same files."""

import json
from dataclasses import asdict, is_dataclass
from math import inf
from pathlib import Path

import msgspec
import pytest

from companion.rules import cards, polls
from companion.rules.alignment import Alignment, Mark, checkpoint_due
from companion.rules.cue_sheet import Cue
from companion.rules.playback import Playback

from .making import document, sheet_of

SHARED = Path(__file__).parent.parent / "shared"
PAST = {"position_at", "moment_of", "pressed"}


def cases_of(name):
    told = json.loads((SHARED / f"{name}.json").read_text(encoding="utf-8"))
    return told, [pytest.param(case, id=case["name"]) for case in told["cases"]]


@pytest.mark.parametrize("case", cases_of("playback")[1])
def test_playback(case):
    found = getattr(Playback(**case["playback"]), case["call"])(*case["args"])
    assert (asdict(found) if is_dataclass(found) else found) == case["gives"]


@pytest.mark.parametrize("case", cases_of("alignment")[1])
def test_alignment(case):
    told = cases_of("alignment")[0]["sheets"][case["sheet"]]
    scenes = [scene | {"watch_for": {"en": "look"}} for scene in told["scenes"]]
    sheet = sheet_of(scenes, runtime=told["edition"]["runtime"])
    marks = tuple(Mark(**mark) for mark in case["marks"])
    alignment = Alignment(sheet, marks, case.get("rate", 1.0), case.get("runtime"))
    found = ask(alignment, case["call"], case["args"])
    gives = -inf if case["gives"] == "-inf" else case["gives"]
    assert found == (pytest.approx(gives) if isinstance(gives, int | float) else gives)


def ask(alignment, call, args):
    match call:
        case "checkpoint_due":
            due = checkpoint_due(alignment, *args)
            return due and due.id
        case "with_mark":
            return sorted(mark.scene_id for mark in alignment.with_mark(Mark(**args[0])).marks)
        case "cue_place" | "gate":
            return getattr(alignment, call)(msgspec.convert(args[0], Cue))
        case "room_runtime" | "end" | "limit":
            return getattr(alignment, call)
    return getattr(alignment, call)(*args)


@pytest.mark.parametrize("case", cases_of("programme")[1])
def test_programme(case):
    hand = cases_of("programme")[0]["hands"][case["cards"]]
    results, position = case.get("results", []), case["position"]
    match case["call"]:
        case "current":
            found = cards.current(hand, position, results, case.get("part", "film"), case.get("quiet", []))
            assert (found and found["cue_id"]) == case["gives"]
        case "is_open_here":
            card = next(card for card in hand if card["cue_id"] == case["card"])
            assert cards.is_open_here(card, position, results) == case["gives"]
        case call:
            assert [card["cue_id"] for card in getattr(cards, call)(hand, position)] == case["gives"]


@pytest.mark.parametrize("case", cases_of("polls")[1])
def test_polls(case):
    found = getattr(polls, case["call"])(*case["args"])
    assert (asdict(found) if is_dataclass(found) else found) == case["gives"]


def test_every_shared_sheet_is_a_sheet():
    for told in cases_of("alignment")[0]["sheets"].values():
        assert document(told["scenes"], runtime=told["edition"]["runtime"])["scenes"]
