"""How long until a phone that was away is right again: `make bench-resume`.

Right means: connected, the card of now on the screen, the film's time, the guest's own name and vote. While
the phone is away the host moves the film, so that nothing it still shows can pass for right.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.links import LINKS
from bench.links_proxy import Proxy
from bench.sync import machine
from tests.browser.conftest import CHROMIUM_ARGS, executable
from tests.browser.party import Party
from tests.browser.sleeper import Sleep, Sleeper
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
LIVE = "() => document.documentElement.dataset.connection === 'live'"
LOST = "() => document.documentElement.dataset.connection !== 'live'"


@dataclass
class Phone:
    """One guest: their page, their name, and the room they must find again."""

    page: Page
    name: str
    party: Party
    server: Server
    here: int = 6

    def __post_init__(self) -> None:
        self.sleep = Sleep(self.page)

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

    def wakes(self, after: float) -> float:
        """As `is_right`, from a sleep that has lasted for this many seconds."""
        began = time.perf_counter()
        self.sleep.wakes()
        took = self.is_right(began)
        assert self.sleep.lasted() > after, f"this page never slept: {self.sleep.lasted():.2f} s"
        return took

    def sits_in(self, page: Page) -> None:
        self.page, self.sleep = page, Sleep(page)


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
    phone.sleep.falls()
    phone.moves_on()
    time.sleep(ASLEEP)
    return phone.wakes(ASLEEP)


def sleep(phone: Phone) -> float:
    """The screen locked and the radio off: the page frozen, its line gone."""
    phone.page.context.set_offline(True)
    phone.sleep.falls()
    phone.moves_on()
    time.sleep(ASLEEP)
    phone.page.context.set_offline(False)
    return phone.wakes(ASLEEP)


def hidden_on_a_dead_line(phone: Phone) -> float:
    """Behind another app; meanwhile the router forgot the line: it looks open and carries nothing."""
    with Proxy(1, phone.server.port, LINKS[:1]) as line:
        phone.page.goto(f"{line.origin(LINKS[0])}/r/{phone.party.code}")
        phone.is_right(0)
        phone.sleep.hides()
        phone.page.wait_for_function(LIVE, polling=10)
        assert line.emulator
        line.emulator.ask("lose")
        phone.moves_on()
        time.sleep(ASLEEP)
        assert phone.page.evaluate(LIVE), "somebody told it"
        began = time.perf_counter()
        phone.sleep.wakes()
        took = phone.is_right(began)
        phone.page.goto(f"{phone.server.url}/r/{phone.party.code}")
        phone.is_right(0)
    return took


def second_tab(phone: Phone) -> float:
    before = phone.page
    phone.sits_in(before.context.new_page())
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
    phone.sleep.falls()
    slept_from = time.perf_counter()
    phone.server.restart()
    phone.party.found_again()
    phone.moves_on()
    return phone.wakes(time.perf_counter() - slept_from)


WAYS: dict[str, tuple[Callable[[Phone], float], float]] = {
    "the page is loaded again": (reload, AT_ONCE),
    "away and back by the browser's own button": (back_and_forward, AT_ONCE),
    "wifi lost and found": (wifi, AT_ONCE),
    f"another app in front for {ASLEEP:.0f} s": (looks_away, AT_ONCE),
    f"asleep for {ASLEEP:.0f} s, the line gone": (sleep, AT_ONCE),
    "another app in front, the line dead and nobody told": (
        hidden_on_a_dead_line,
        AT_ONCE,
    ),
    "opened in a second tab": (second_tab, AT_ONCE),
    "the server restarted meanwhile": (restart_while_asleep, AT_ONCE),
    "the server killed under one's eyes, from when it is back": (restart, ONE_WAIT),
}


def after_a_freeze(phones: Sleeper, server: Server, wanted: int, seconds: float) -> list[float]:
    """Each in a room of its own; all frozen together, the films moved on, and thawed one after the other."""
    with ExitStack() as parties:
        frozen = [enters(phones, parties.enter_context(Party(server.url)), server) for _ in range(wanted)]
        for phone in frozen:
            begins(phone)
            phone.sleep.falls()
        for phone in frozen:
            phone.moves_on()
        time.sleep(seconds)
        return [phone.wakes(seconds) for phone in frozen]


def enters(phones: Sleeper, party: Party, server: Server) -> Phone:
    page = party.enters(phones.context.new_page())
    return Phone(page, page.locator("#my-name").input_value(), party, server)


def begins(phone: Phone) -> None:
    """They vote in the lobby; then the film stands at its first card."""
    phone.page.locator('#stage [data-page="1"]').click()
    phone.page.locator(f"#stage [data-option-id={VOTED[1]}]").click()
    phone.page.locator("#stage").get_by_text("Saved.").wait_for()
    phone.party.rest_at(6)
    phone.is_right(0)


@contextmanager
def evening() -> Iterator[tuple[Sleeper, Server]]:
    found = str(executable("chromium-headless-shell", "chromium"))
    with Server() as server, sync_playwright() as started, Sleeper(started, found, CHROMIUM_ARGS) as phones:
        yield phones, server


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
    with evening() as (phones, server):
        with Party(server.url) as party:
            phone = enters(phones, party, server)
            begins(phone)
            for way, (comes_back, gate) in WAYS.items():
                took = [comes_back(phone) for _ in range(how.rounds)]
                print(row(way, took, gate), flush=True)
                missed += max(took) > gate
            phone.page.close()
        took = after_a_freeze(phones, server, how.rounds, how.freeze)
        print(row(f"frozen for {how.freeze:.0f} s", took, AFTER_A_FREEZE), flush=True)
    return int(missed + (max(took) > AFTER_A_FREEZE) > 0)


if __name__ == "__main__":
    sys.exit(main())
