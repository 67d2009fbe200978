"""Phone and server give one answer: hundreds of evenings drawn by chance, put to both."""

import json
import os
import random
import shutil
import subprocess
from dataclasses import asdict
from math import inf
from pathlib import Path

import msgspec
import pytest

from companion.rules.alignment import KNOWN_RATES, Alignment, Mark, checkpoint_due
from companion.rules.cards import current, so_far
from companion.rules.cue_sheet import Cue
from companion.rules.playback import Playback

from .making import cue, scene, sheet_of

ANSWERS = Path(__file__).parent.parent / "js" / "rules" / "answers.js"
SCENES = "abcdef"


def asked_of_phones(questions):
    node = shutil.which("node")
    if node is None and os.environ.get("COMPANION_REQUIRE_ALL"):
        pytest.fail("Node.js is required here and is not installed")
    if node is None:
        pytest.skip("NOT RUN: comparing with the phones' rules needs Node.js 20 or newer")
    told = subprocess.run(
        [node, ANSWERS], input=json.dumps(questions), capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(told.stdout)


def same(ours, theirs):
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, float) and not isinstance(theirs, str) and theirs is not None:
        return abs(ours - theirs) < 1e-6
    return ("-inf" if ours == -inf else ours) == theirs


def test_where_scenes_lie_is_the_same_on_the_phone():
    chance, questions, ours = random.Random(3), [], []

    def ask(call, *args, answer):
        questions.append(["alignment", call, *args])
        ours.append(answer)

    for _ in range(150):
        starts = [0, *sorted(chance.sample(range(1, 5900), 5))]
        scenes = [
            scene(
                name,
                float(start),
                chance.choice(["guessed", "guessed", "tapped", "measured"]),
                within=chance.choice([None, 30, 480]),
                checkpoint=chance.random() < 0.5,
                watch_for={"en": "look"},
            )
            for name, start in zip(SCENES, starts, strict=True)
        ]
        sheet = sheet_of(scenes, runtime=6000.0)
        wire = {"sheet": {"edition": {"runtime": 6000}, "scenes": scenes}, "marks": []}
        fitted = Alignment(sheet, (), chance.choice(KNOWN_RATES), chance.choice([None, 5760.0, 6300.0]))
        wire |= {"rate": fitted.rate, "runtime": fitted.runtime}
        for _ in range(chance.randint(0, 5)):
            said = chance.choice(["now", "now", "already", "skip"])
            mark = Mark(chance.choice(SCENES), round(chance.uniform(0, 6400), 3), said)
            new = fitted.with_mark(mark)
            ask("withMark", wire, asdict(mark), answer=wire | {"marks": [asdict(m) for m in new.marks]})
            fitted, wire = new, ours[-1]
        ask("scenePositions", wire, answer=[fitted.scene_position(name) for name in SCENES])
        ask("endOf", wire, answer=fitted.end)
        one = cue(
            "x", chance.choice(SCENES), chance.randint(0, 300), safe_after=chance.choice([None, "a", "b"])
        )
        for call in ("cue_place", "gate"):
            found = getattr(fitted, call)(msgspec.convert(one, Cue))
            ask(call.replace("_p", "P"), wire, one, answer=found)
        for name in SCENES:
            ask("uncertainty", wire, name, answer=fitted.uncertainty(name))
        for position in (0.0, chance.uniform(0, 6000), chance.uniform(0, 6000)):
            due = checkpoint_due(fitted, position)
            ask("checkpointDue", wire, position, answer=due and next(s for s in scenes if s["id"] == due.id))
    for question, answer, theirs in zip(questions, ours, asked_of_phones(questions), strict=True):
        assert same(answer, theirs), (question, answer, theirs)


def test_where_the_film_is_and_what_is_shown_is_the_same_on_the_phone():
    chance, questions, ours = random.Random(4), [], []
    for _ in range(300):
        playback = Playback(
            round(chance.uniform(0, 8000), 3), chance.choice([0.5, 1.0, 1.5]), 1000.0, chance.random() < 0.7
        )
        now, target = round(chance.uniform(990, 3000), 3), round(chance.uniform(0, 8500), 3)
        questions.append(["playback", "positionAt", asdict(playback), now, 8220])
        ours.append(playback.position_at(now, 8220))
        questions.append(["playback", "momentOf", asdict(playback), target, 8220])
        ours.append(playback.moment_of(target, 8220))
        hand, position, out = drawn_hand(chance), chance.uniform(0, 1000), ["c0", "c3"]
        part = chance.choice(["film", "film", "after"])
        questions.append(["programme", "current", hand, position, out, part])
        ours.append(current(hand, position, out, part))
        questions.append(["programme", "soFar", hand, position])
        ours.append(so_far(hand, position))
    for question, answer, theirs in zip(questions, ours, asked_of_phones(questions), strict=True):
        assert same(answer, theirs), (question, answer, theirs)


def drawn_hand(chance):
    hand = []
    for n in range(chance.randint(0, 9)):
        start = chance.randint(0, 900)
        end = start + chance.randint(5, 120)
        fired = chance.random() < 0.2
        hand.append(
            {
                "cue_id": f"c{n}",
                "kind": chance.choice(["trivia", "poll", "quiz", "warning"]),
                "pushed": chance.random() < 0.7,
                "start": None if fired else start,
                "end": None if fired else end,
                "until": None if fired else chance.choice([end, start + 3]),
                "shown_at": 1000 + n if fired else None,
                "shown_position": start if fired else None,
                "over": fired and chance.random() < 0.5,
                "closed": chance.random() < 0.3,
            }
        )
    return hand
