"""How long until a phone that was away is right again: `make bench-resume`.

Right means: connected, the card of now on the screen, the film's time, the guest's own name and vote. While
the phone is away the host moves the film, so that nothing it still shows can pass for right.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.sync import machine
from tests.browser.conftest import CHROMIUM_ARGS, executable
from tests.browser.party import Party
from tests.servers import Server

AT_ONCE, AFTER_A_FREEZE = 1.0, 2.0
ONE_WAIT = 7.5
"""A page that is looked at while the server is away knocks again after 5 s ±50 % at the latest."""
ASLEEP = 5.0
BREATH = 0.5
"""Seconds between two moves of the film: a host may press ten times a second."""
CARDS = {6: ("eleven-keys", "0:00:06"), 41: ("one-thing-at-a-time", "0:00:41")}
VOTED = ("your-seat", "aisle")
RIGHT = """({cue, time, name, voted}) => {
  const card = document.querySelector("#stage .card:not([data-leaving])")
  const { room } = document.querySelector("film-position") ?? {}
  return document.documentElement.dataset.connection === "live" && card?.dataset.cueId === cue
    && document.querySelector(".film-position__time").textContent === time
    && document.querySelector("#my-name").value === name && room.snapshot.votes[voted[0]] === voted[1]
}"""
LOST = "() => document.documentElement.dataset.connection !== 'live'"


@dataclass
class Phone:
    """One guest: their page, their name, and the room they must find again."""

    page: Page
    name: str
    party: Party
    server: Server
    here: int = 6

    def moves_on(self) -> None:
        """The host goes elsewhere in the film."""
        self.here = 41 if self.here == 6 else 6
        time.sleep(BREATH)
        self.party.rest_at(self.here)

    def is_right(self, began: float) -> float:
        """Seconds from `began`, waited for."""
        cue, at = CARDS[self.here]
        wanted = {"cue": cue, "time": at, "name": self.name, "voted": VOTED}
        self.page.wait_for_function(RIGHT, arg=wanted, polling=10, timeout=60_000)
        return time.perf_counter() - began

    def lifecycle(self, state: str) -> None:
        self.page.context.new_cdp_session(self.page).send("Page.setWebLifecycleState", {"state": state})


def reload(phone: Phone) -> float:
    phone.moves_on()
    began = time.perf_counter()
    phone.page.reload(wait_until="commit")
    return phone.is_right(began)


def back_and_forward(phone: Phone) -> float:
    phone.page.goto(f"{phone.server.url}/")
    phone.moves_on()
    began = time.perf_counter()
    phone.page.go_back(wait_until="commit")
    return phone.is_right(began)


def wifi(phone: Phone) -> float:
    phone.page.context.set_offline(True)
    phone.page.wait_for_function(LOST, timeout=60_000)
    phone.moves_on()
    began = time.perf_counter()
    phone.page.context.set_offline(False)
    return phone.is_right(began)


def looks_away(phone: Phone) -> float:
    """Another app in front for a moment: the page frozen, its socket still there."""
    phone.lifecycle("frozen")
    phone.moves_on()
    time.sleep(ASLEEP)
    began = time.perf_counter()
    phone.lifecycle("active")
    return phone.is_right(began)


def sleep(phone: Phone) -> float:
    """The screen locked and the radio off: the page frozen, its line gone."""
    phone.page.context.set_offline(True)
    phone.lifecycle("frozen")
    phone.moves_on()
    time.sleep(ASLEEP)
    began = time.perf_counter()
    phone.page.context.set_offline(False)
    phone.lifecycle("active")
    return phone.is_right(began)


def second_tab(phone: Phone) -> float:
    before, phone.page = phone.page, phone.page.context.new_page()
    phone.moves_on()
    began = time.perf_counter()
    phone.page.goto(before.url, wait_until="commit")
    took = phone.is_right(began)
    before.close()
    return took


def restart(phone: Phone) -> float:
    """The server comes back under a phone that is looked at; nobody can move the film meanwhile."""
    phone.server.kill9()
    phone.page.wait_for_function(LOST, timeout=60_000)
    phone.server.start()
    took = phone.is_right(time.perf_counter())
    phone.party.found_again()
    return took


def restart_while_asleep(phone: Phone) -> float:
    phone.lifecycle("frozen")
    phone.server.restart()
    phone.party.found_again()
    phone.moves_on()
    began = time.perf_counter()
    phone.lifecycle("active")
    return phone.is_right(began)


WAYS: dict[str, tuple[Callable[[Phone], float], float]] = {
    "the page is loaded again": (reload, AT_ONCE),
    "away and back by the browser's own button": (back_and_forward, AT_ONCE),
    "wifi lost and found": (wifi, AT_ONCE),
    f"another app in front for {ASLEEP:.0f} s": (looks_away, AT_ONCE),
    f"asleep for {ASLEEP:.0f} s, the line gone": (sleep, AT_ONCE),
    "opened in a second tab": (second_tab, AT_ONCE),
    "the server restarted meanwhile": (restart_while_asleep, AT_ONCE),
    "the server killed under one's eyes, from when it is back": (restart, ONE_WAIT),
}


def after_a_freeze(chromium: Browser, server: Server, phones: int, seconds: float) -> list[float]:
    """All are frozen together, the film moves on, and they are thawed one after the other."""
    with Party(server.url) as party:
        frozen = [enters(chromium, party, server) for _ in range(phones)]
        begins(party, frozen)
        for phone in frozen:
            phone.lifecycle("frozen")
        party.rest_at(41)
        time.sleep(seconds)
        return [thaws(phone) for phone in frozen]


def thaws(phone: Phone) -> float:
    phone.here = 41
    began = time.perf_counter()
    phone.lifecycle("active")
    took = phone.is_right(began)
    phone.page.context.close()
    return took


def enters(chromium: Browser, party: Party, server: Server) -> Phone:
    page = party.enters(chromium.new_context(viewport={"width": 390, "height": 844}).new_page())
    return Phone(page, page.locator("#my-name").input_value(), party, server)


def begins(party: Party, phones: list[Phone]) -> None:
    """Everybody votes in the lobby; then the film stands at its first card."""
    for phone in phones:
        phone.page.locator('#stage [data-page="1"]').click()
        phone.page.locator(f"#stage [data-option-id={VOTED[1]}]").click()
        phone.page.locator("#stage").get_by_text("Saved.").wait_for()
    party.rest_at(6)
    for phone in phones:
        phone.is_right(0)


@contextmanager
def evening() -> Iterator[tuple[Browser, Server]]:
    with Server() as server, sync_playwright() as started:
        found = executable("chromium-headless-shell", "chromium")
        browser = started.chromium.launch(executable_path=found, args=CHROMIUM_ARGS)
        yield browser, server
        browser.close()


def row(way: str, took: list[float], gate: float) -> str:
    p50, worst = statistics.median(took), max(took)
    return (
        f"| {way} | {len(took)} | {p50:.2f} s | {worst:.2f} s | {gate:g} s | "
        f"{'holds' if worst <= gate else 'misses'} |"
    )


def main() -> int:
    asked: Any = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument(
        "--freeze", type=float, default=600.0, help="seconds; over 45 the server gives up the socket"
    )
    how = asked.parse_args()
    print(
        f"{machine()}\n\n| how a phone was away | times | p50 | worst | gate | |\n|---|---|---|---|---|---|",
        flush=True,
    )
    missed = 0
    with evening() as (chromium, server):
        with Party(server.url) as party:
            phone = enters(chromium, party, server)
            begins(party, [phone])
            for way, (comes_back, gate) in WAYS.items():
                took = [comes_back(phone) for _ in range(how.rounds)]
                print(row(way, took, gate), flush=True)
                missed += max(took) > gate
            phone.page.context.close()
        took = after_a_freeze(chromium, server, how.rounds, how.freeze)
        print(row(f"frozen for {how.freeze:.0f} s", took, AFTER_A_FREEZE), flush=True)
    return int(missed + (max(took) > AFTER_A_FREEZE) > 0)


if __name__ == "__main__":
    sys.exit(main())
