"""SIGTERM, kill -9, a second server: what phones and people notice."""

import subprocess
import sys
import threading
import time

import pytest
import requests

from tests.platform.phones import Closed, Evening, Phone
from tests.servers import ROOT, Server, companion


@pytest.mark.parametrize("way", ["eventlet", "threading"])
def test_a_server_that_is_asked_to_stop_tells_its_phones_and_is_gone_within_five_seconds(way):
    with Server(COMPANION_ASYNC=way) as server:
        evening = Evening(server)
        phones = [evening.guest(f"Ana {n}") for n in range(20)]
        assert server.terminate() < 5
        for phone in phones:
            phone.hears("server_draining")
            heard = []
            with pytest.raises(Closed):
                while True:
                    heard.append(phone.packet(2))
            assert "41" not in heard, "after a Socket.IO disconnect a browser never comes back by itself"
        assert server.process.returncode == 0
        assert "Traceback" not in server.log and "rror" not in server.log, server.log


@pytest.fixture(scope="module")
def running():
    with Server() as started:
        yield started


def test_phones_find_their_place_again_on_the_same_port_after_a_restart():
    with Server() as server:
        evening = Evening(server)
        token = evening.guest_token("Ana")
        before = evening.guest(token=token).hears("snapshot")
        server.restart()
        after = evening.guest(token=token).hears("snapshot")
        assert after["you"]["guest_id"] == before["you"]["guest_id"] and after["you"]["name"] == "Ana"
        assert after["room"]["code"] == before["room"]["code"]
        assert after["clock_epoch"] != before["clock_epoch"]


def test_every_vote_that_was_acknowledged_before_kill_9_is_there_after_it_and_counts_once():
    """Forty guests change their minds as fast as they may; the server dies in the middle."""
    with Server() as server:
        evening = Evening(server)
        tokens = [evening.guest_token(f"Guest {n}") for n in range(40)]
        asked = evening.host().does("ask", question="Which?", options=[*"ABCDEF"])
        assert asked["ok"], asked
        votes = {token: Votes(evening, token, asked["cue_id"]) for token in tokens}
        people = [threading.Thread(target=votes[token].go_on) for token in tokens]
        for person in people:
            person.start()
        while sum(len(each.kept) for each in votes.values()) < 150:
            assert any(person.is_alive() for person in people)
            time.sleep(0.01)
        server.kill9()
        for person in people:
            person.join()
        server.restart()
        stored = [evening.guest(token=token).hears("snapshot")["votes"] for token in tokens]
        for token, held in zip(tokens, stored, strict=True):
            assert held.get(asked["cue_id"]) in votes[token].possible
        tally = evening.host().hears("snapshot")["tallies"][asked["cue_id"]]
        assert (
            tally["voters"]
            == sum(tally["counts"].values())
            == sum(asked["cue_id"] in held for held in stored)
        )


class Votes:
    """One guest's votes: those acknowledged, and those sent since of which nobody knows.

    Of six answers in turn, so that a vote that was lost cannot pass for the one before it or the one after.
    """

    def __init__(self, evening: Evening, token: str, cue_id: str) -> None:
        self.evening, self.token, self.cue_id = evening, token, cue_id
        self.kept: list[str | None] = []
        self.unsure: set[str | None] = set()

    @property
    def possible(self) -> set[str | None]:
        return {*(self.kept[-1:] or [None]), *self.unsure}

    def go_on(self) -> None:
        """Until the server is gone, another answer each time."""
        try:
            phone = self.evening.guest(token=self.token)
            while True:
                option = f"o{1 + len(self.kept) % 6}"
                self.unsure.add(option)
                if phone.does("vote", cue_id=self.cue_id, option_id=option)["ok"]:
                    self.kept.append(option)
                    self.unsure.clear()
        except (Closed, OSError, TimeoutError):
            pass


def test_a_second_server_on_the_same_folder_prints_where_the_first_one_is_and_ends(running):
    second = companion("serve", "--port", "0", data_dir=running.data_dir)
    assert second.returncode == 1
    assert second.stderr.strip().startswith("Error: A server is already running on this data folder:")
    assert running.url in second.stderr
    assert requests.get(f"{running.url}/healthz", timeout=5).ok


def test_a_taken_port_ends_the_start_with_one_sentence(running, tmp_path):
    second = companion("serve", "--host", "127.0.0.1", "--port", str(running.port), data_dir=tmp_path)
    assert second.returncode == 1
    said = f"Error: Cannot listen on 127.0.0.1:{running.port}: Address already in use."
    assert second.stderr.strip() == said


def test_ctrl_c_at_the_terminal_ends_it_as_politely():
    with Server() as server:
        phone = Evening(server).guest()
        server.process.send_signal(2)
        assert server.process.wait(5) == 0
        assert phone.hears("server_draining") is not None


def test_the_package_itself_imports_nothing():
    asked = "import sys, companion; print([m for m in sys.modules if m.startswith(('flask', 'eventlet', 'companion.'))])"
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_a_room_can_be_joined_while_another_phone_is_stuck_in_a_handshake(running):
    stuck, evening = Phone(running), Evening(running)
    assert evening.guest().asks("time", t1=1.0)["ok"]
    assert stuck.opened["maxPayload"] == 16_384
