"""Rows not about one clock: how fast a pause arrives, what a restart does, what a steady film costs."""

import time
from typing import Any

from bench.links import LINKS
from bench.sync_room import Evening
from bench.sync_table import PLACE, Report, ms, quantile, seconds, sizes, spread

WIFI = LINKS[1]
PAUSES = 10
ARRIVES = 0.15
EQUAL = 0.001
RIGHT = 0.05
BACK = (6.0, 12.0)
LONGEST_WAIT = 4.0
"""Seconds between a phone's attempts by the time a slow machine has started its server again."""
PER_HOUR = 250


def pause(report: Report, evening: Evening, network: Any, many: int, slack: float) -> None:
    """Ten pauses; each phone says when it stood still, and where."""
    phones = evening.phones(((f"wifi {i}", WIFI, (-1) ** i * 80.0, i) for i in range(many)), network)
    phones.ask("join", within=90)
    phones.ask("told")
    took: list[float] = []
    apart: list[float] = []
    for turn in range(PAUSES):
        evening.room.ask("play")
        time.sleep(0.7 + turn / 9)
        tapped = time.monotonic()
        evening.room.ask("pause")
        time.sleep(1.0)
        told = phones.ask("told")["playbacks"]
        took += [
            next((at for at, playing, _ in events if not playing), tapped + 9.0) - tapped
            for _, events, _ in told
        ]
        places = [place for _, _, place in told]
        apart.append(max(places) - min(places))
    phones.leave()
    evening.room.ask("play")
    report.add(
        f"a pause reaches {many} phones on wifi",
        spread(took),
        f"p95 {ms(ARRIVES * slack)}",
        quantile(took, 0.95) <= ARRIVES * slack,
    )
    report.add("then their positions are apart by", ms(max(apart)), ms(EQUAL), max(apart) <= EQUAL)


def restart(report: Report, evening: Evening, network: Any) -> None:
    """kill -9 in the middle of the film, then the same server again: phones run on, and come back alone."""
    phones = evening.phones(((f"wifi {i}", WIFI, (-1) ** i * 80.0, i) for i in range(20)), network)
    phones.ask("join", within=60)
    phones.ask("told")
    phones.begin("sample", seconds=22, every=0.05)
    time.sleep(3)
    killed = time.monotonic()
    evening.server.kill9()
    evening.server.start()
    down = time.monotonic() - killed
    found = phones.answer(60)
    back = [
        next((at for at, how in events if how == "live" and at > killed), killed + 99) - killed
        for _, events in phones.ask("told")["connections"]
    ]
    phones.leave()
    wrong = sizes([sample for _, samples in found["samples"] for sample in samples], PLACE)
    what = "film position on phones while the server is killed and started again"
    report.add(what, spread(wrong), f"most {ms(RIGHT)}", max(wrong) <= RIGHT)
    soon = max(BACK[0], down + LONGEST_WAIT)
    holds = quantile(back, 0.95) <= soon and max(back) <= BACK[1]
    gate = f"p95 {soon:.1f} s, most {BACK[1]:.0f} s"
    what = f"phones back after the kill (the server was away for {down:.1f} s)"
    report.add(what, seconds(back), gate, holds)


def counts(report: Report, found: list[Any], lasted: float) -> None:
    """What a steady film costs: probes, and messages to the room (bench/sync_phone.mjs hears every fact)."""
    asked = [answers for _, answers, _ in found]
    hour = worst_hour(max(asked), lasted)
    report.add(
        "time probes of one phone",
        f"{max(asked)} in {lasted:.0f} s, at most {hour:.0f} in its first hour",
        f"{PER_HOUR}",
        hour <= PER_HOUR,
    )
    messages = {fact: n for _, _, heard in found for fact, n in heard.items()}
    report.add(
        f"messages to the room in {lasted:.0f} s of steady film", str(messages or 0), "0", not messages
    )


def worst_hour(asked: int, lasted: float) -> float:
    """The first five minutes hold the dense part; afterwards it is spread a minute."""
    left = max(0.0, 3600 - lasted)
    return asked + 10 + 3 * left / 60 if lasted >= 300 else 10 + 60 + 3 * 55
