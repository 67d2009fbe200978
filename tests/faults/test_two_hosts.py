"""Hosts who press at once: their commands are in one order, and every phone ends where the server is."""

import random
import threading

from tests.platform.phones import Evening, Phone
from tests.servers import Server

EACH = 18
"""As many commands as one remote may send at once."""
PRESSES = ("play", "pause", "nudge", "seek", "set_rate", "hold", "undo")


def press(phone: Phone, chance: random.Random, answers: list[dict]) -> None:
    for _ in range(EACH):
        command = chance.choice(PRESSES)
        fields = {
            "nudge": {"seconds": chance.choice((-5.0, 0.5, 30.0))},
            "seek": {"position": chance.uniform(0, 170), "base_revision": newest(answers)},
            "set_rate": {"rate": chance.choice((1.0, 1.25))},
            "hold": {"cue_id": None, "on": chance.random() < 0.5},
        }.get(command, {})
        answers.append(phone.does(command, **fields))


def newest(answers: list[dict]) -> int:
    return max((answer.get("playback_revision", 0) for answer in answers), default=0)


def test_four_remotes_pressed_at_once_have_one_order_and_all_phones_end_equal():
    with Server() as server:
        evening = Evening(server)
        remotes = [evening.host() for _ in range(4)]
        guests = [evening.guest(f"Guest {n}") for n in range(3)]
        assert remotes[0].does("start")["ok"]
        heard: list[list[dict]] = [[] for _ in remotes]
        hands = [
            threading.Thread(target=press, args=(remote, random.Random(n), heard[n]))
            for n, remote in enumerate(remotes)
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

        done = [answer for answers in heard for answer in answers if answer["ok"]]
        refused = {a["refused"]["code"] for answers in heard for a in answers if not a["ok"]}
        assert len(done) > 2 * EACH and not refused & {"failed", "not_saved", "bad_field"}, refused
        one_order = {}
        for answer in done:
            told = (answer["playback"], answer["playback_revision"], answer["part"])
            assert one_order.setdefault(answer["revision"], told) == told, "one revision, two truths"

        truth = remotes[0].asks("snapshot")["snapshot"]
        for guest in guests:
            assert guest.asks("snapshot")["snapshot"]["playback"] == truth["playback"]
            facts = [fact for name, fact in guest.facts if name == "playback_changed"]
            assert [fact["revision"] for fact in facts] == sorted(fact["revision"] for fact in facts)
            assert facts[-1]["playback"] == truth["playback"], "what it was told is enough"
