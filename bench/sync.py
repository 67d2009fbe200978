"""How well phones agree on the time: `make bench-sync`. Real server and sockets, bad links, wrong clocks."""

import argparse
import itertools
import os
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from bench import sync_stages
from bench.links import LINKS, Namespace, NoRights
from bench.links_proxy import Proxy
from bench.sync_room import Evening, Phones, Room
from bench.sync_table import Report, clock_rows, ms, settled_rows

PPM = (-80.0, -25.0, 25.0, 80.0)
LOAD = 20
SLEPT = 600.0
ATTEMPTS = 2
LONGEST_WAIT = 0.02
OK, MISSED, DISCARDED = 0, 1, 3


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=600.0)
    asked.add_argument("--short", action="store_true", help="two links, one seed, wide gates, under a minute")
    asked.add_argument("--proxy", action="store_true", help="do not even try for a namespace")
    asked.add_argument("--markdown", help="write the table to this file as well")
    how = asked.parse_args()
    if how.short:
        how.seeds, how.seconds = 1, 14.0
    hurry()
    for attempt in range(1, ATTEMPTS + 1):
        report, busy, told = run(how)
        if not busy:
            break
        print(f"DISCARDED (attempt {attempt} of {ATTEMPTS}): {busy}, so this says nothing of clocks.")
    else:
        return DISCARDED
    print(("Every gate holds. " if report.holds else "GATES MISSED. ") + told)
    if how.markdown:
        with open(how.markdown, "w", encoding="utf-8") as file:
            file.write(f"{told}\n\n{report.markdown()}")
    return OK if report.holds else MISSED


def hurry() -> None:
    """Whatever else this machine is busy with, server and phones run when they must (where allowed)."""
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))


def run(how: argparse.Namespace) -> tuple[Report, str, str]:
    """The report, why it is worth nothing if so, and on what it was measured."""
    report = Report()
    with Evening() as evening, network_for(how, evening) as network:
        print(f"Network: {network.how}", flush=True)
        evening.room.ask("start")
        busy = None if how.short else load(evening)
        phones = evening.phones(kinds(how), network)
        waited = measure(report, how, network, phones)
        phones.leave()
        if busy:
            busy.leave()
        late = network.emulator.ask("lateness")
        if late.is_too_late or waited > LONGEST_WAIT:
            return report, f"links late by p99 {ms(late['p99'])}, phones kept waiting p99 {ms(waited)}", ""
        sync_stages.pause(report, evening, network, 20 if how.short else 100, 3.0 if how.short else 1.0)
        if not how.short:
            sync_stages.restart(report, evening, network)
    said = f"links late by p99 {ms(late['p99'])} over {late['packets']:.0f} packets"
    return report, "", f"{machine()}; {network.how}; {said}; phones kept waiting p99 {ms(waited)}"


def network_for(how: argparse.Namespace, evening: Evening) -> Any:
    links = LINKS[:2] if how.short else LINKS
    if not how.proxy:
        try:
            with Namespace(1, links):
                pass
            return Namespace(1, links)
        except NoRights as refused:
            print(
                f"NO NAMESPACE: this machine refused ({refused}). Falling back to a proxy on loopback, "
                "which delays bytes instead of packets.",
                flush=True,
            )
    return Proxy(1, evening.server.port, links)


def kinds(how: argparse.Namespace) -> Iterator[Any]:
    """Seeds vary clocks and luck; every link meets every crystal."""
    links, crystals = (LINKS[:2], (-80.0, 80.0)) if how.short else (LINKS, PPM)
    for seed, ppm, link in itertools.product(range(1, how.seeds + 1), crystals, links):
        yield f"{link.name} {ppm:+.0f} {seed}", link, ppm, seed


def load(evening: Evening) -> Phones:
    """Another room, whose guests react every second, from this same machine."""
    room = Room(evening.server.url)
    room.ask("start")
    busy = evening.phones(((f"busy {i}", LINKS[0], 0.0, i) for i in range(LOAD)), Direct(), room)
    busy.ask("load")
    return busy


class Direct:
    """No link at all."""

    def origin(self, _link: Any, port: int) -> str:
        return f"http://127.0.0.1:{port}"

    def run(self, *command: str) -> list[str]:
        return list(command)


def measure(report: Report, how: argparse.Namespace, network: Any, phones: Phones) -> float:
    """The rows about clocks; and how long this machine kept the phones from looking at theirs."""
    slack = 3.0 if how.short else 1.0
    network.emulator.ask("forget")
    joined = phones.ask("join", within=90)
    began = time.monotonic()
    print(f"Measuring for {how.seconds:.0f} s ...", flush=True)
    found = phones.ask("sample", within=how.seconds + 60, seconds=how.seconds, every=0.5)
    clock_rows(report, by_link(found["samples"]), slack, naive_must_miss=not how.short)
    settled_rows(report, "joining", settling(joined), slack)
    sync_stages.counts(report, found["counts"], time.monotonic() - began)
    settled_rows(
        report, "waking from a sleep of 10 min", settling(phones.ask("wake", within=90, slept=SLEPT)), slack
    )
    return float(found["waited"])


def by_link(samples: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for name, of_one in samples:
        found[name.split()[0]] += of_one
    return dict(found)


def settling(answer: dict[str, Any]) -> dict[str, list[Any]]:
    found = defaultdict(list)
    for name, since, samples in answer["settling"]:
        found[name.split()[0]].append((since, samples))
    return dict(found)


def machine() -> str:
    cores = f"{os.cpu_count()} cores"
    return f"{time.strftime('%Y-%m-%d')}, {platform.system()} {platform.release()}, {cores}"


if __name__ == "__main__":
    sys.exit(main())
