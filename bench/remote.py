"""How long a host is without the film in hand: from what happened to the first press done and told back.

A real server and real browsers on this machine; the press is "Hold everything", by its own button.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM_ARGS, executable
from tests.browser.devices import Devices
from tests.browser.evening import PHONE, Host
from tests.browser.sleeper import Sleep, Sleeper
from tests.servers import Server

ROUNDS, GATE, ASLEEP = 5, 2.0, 3.0
LIVE = """() => document.querySelector('host-transport')?.room?.connection === 'live'
  && !document.querySelector('.remote').hidden"""
HELD = "was => document.querySelector('host-transport').room.snapshot.room.hold_all !== was"


class SleepyHost(Host):
    sleep: Sleep


def until_in_hand(host: Host) -> None:
    """Returns when a press of this host has been done and told back."""
    host.page.wait_for_function(LIVE, polling=10)
    was = host.snapshot["room"]["hold_all"]
    host.page.click("[data-hold-all]")
    host.page.wait_for_function(HELD, arg=was, polling=10)


def reload(host: Host, _: Server) -> float:
    began = time.perf_counter()
    host.page.reload(wait_until="commit")
    until_in_hand(host)
    return time.perf_counter() - began


def sleep(host: SleepyHost, _: Server) -> float:
    """The line is gone and the page frozen, as on a laptop that was shut."""
    host.context.set_offline(True)
    host.sleep.falls()
    time.sleep(ASLEEP)
    host.context.set_offline(False)
    began = time.perf_counter()
    host.sleep.wakes()
    until_in_hand(host)
    took = time.perf_counter() - began
    assert host.sleep.lasted() >= ASLEEP, "this page never slept"
    return took


def others(host: Host) -> Devices:
    """Where other people's devices come from: the browser this host has as well."""
    assert host.context.browser
    return Devices(host.context.browser)


def another_device(host: Host, _: Server) -> float:
    """A browser that was never here opens the host link and answers its one question."""
    phone = Host(others(host), host.url, PHONE, is_new=True)
    began = time.perf_counter()
    phone.open_link(host.link)
    until_in_hand(phone)
    took = time.perf_counter() - began
    phone.leave()
    return took


def restart(host: Host, server: Server) -> float:
    """From the moment the server is ready again."""
    server.restart()
    began = time.perf_counter()
    until_in_hand(host)
    return time.perf_counter() - began


def two_hosts(host: Host, _: Server) -> float:
    """One presses, the other's remote shows it and is pressed in turn."""
    other = Host(others(host), host.url, PHONE, is_new=True).open_link(host.link)
    was = other.snapshot["room"]["hold_all"]
    began = time.perf_counter()
    host.page.click("[data-hold-all]")
    other.page.wait_for_function(HELD, arg=was, polling=10)
    until_in_hand(other)
    took = time.perf_counter() - began
    other.leave()
    return took


CASES: dict[str, Callable[[SleepyHost, Server], float]] = {
    "the page is loaded again": reload,
    "asleep, and awake again": sleep,
    "another device opens the link": another_device,
    "the server was started again": restart,
    "two hosts, one after the other": two_hosts,
}


@contextmanager
def evening() -> Iterator[tuple[SleepyHost, Server]]:
    with Server() as server, sync_playwright() as started:
        found = executable("chromium-headless-shell", "chromium")
        with Sleeper(started, str(found), CHROMIUM_ARGS) as browser:
            host = SleepyHost(browser, server.url, PHONE)
            host.open_night()
            host.sleep = Sleep(host.page)
            host.start()
            yield host, server


def main() -> int:
    worst = 0.0
    with evening() as (host, server):
        for words, case in CASES.items():
            took = sorted(case(host, server) for _ in range(ROUNDS))
            worst = max(worst, took[-1])
            print(
                f"{words:32} median {statistics.median(took):.2f} s, worst of {ROUNDS} {took[-1]:.2f} s",
                flush=True,
            )
    print(f"control is back within {worst:.2f} s (gate {GATE:.0f} s)")
    return int(worst > GATE)


if __name__ == "__main__":
    sys.exit(main())
