"""The link itself: packets out of one TUN device go into the other, later and in order, or not at all."""

import heapq
import json
import os
import random
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import Any

REALTIME = 20
KEPT = 200_000
Waiting = tuple[float, int, int, bytes]


@dataclass
class Way:
    """One direction of one TCP connection: what leaves it leaves it in order."""

    base: float
    jitter: float
    loss: float
    chance: random.Random
    last: float = 0.0

    def release(self, now: float) -> float | None:
        if self.chance.random() < self.loss:
            return None
        late = self.chance.expovariate(1 / self.jitter) if self.jitter else 0.0
        self.last = max(self.last, now + self.base + late)
        return self.last


@dataclass
class Forwarder:
    """Reads, holds and writes; measures how late it writes."""

    server: int
    phones: int
    links: dict[str, dict[str, Any]]
    seed: int
    ways: dict[tuple[bool, bytes], Way] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    order: int = 0
    is_cut: bool = False
    is_over: bool = False

    def run(self) -> None:
        while not self.is_over:
            wait = max(0.0, self.waiting[0][0] - time.monotonic()) if self.waiting else 1.0
            asked = sys.stdin.fileno()
            ready, _, _ = select.select([self.server, self.phones, asked], [], [], min(wait, 1.0))
            for file in ready:
                if file == asked:
                    self.answer(sys.stdin.readline().strip())
                else:
                    self.take(file)
            self.deliver()

    def take(self, file: int) -> None:
        is_out = file == self.phones
        for _ in range(64):
            try:
                packet = os.read(file, 65536)
            except BlockingIOError:
                return
            if packet[0] >> 4 != 4 or self.is_cut:
                continue
            way = self.way(is_out, packet)
            release = way.release(time.monotonic()) if way else None
            if release is not None:
                self.order += 1
                heapq.heappush(
                    self.waiting, (release, self.order, self.server if is_out else self.phones, packet)
                )

    def deliver(self) -> None:
        while self.waiting and self.waiting[0][0] <= time.monotonic():
            release, _, file, packet = heapq.heappop(self.waiting)
            try:
                os.write(file, packet)
            except OSError:
                continue
            if len(self.late) < KEPT:
                self.late.append(time.monotonic() - release)

    def way(self, is_out: bool, packet: bytes) -> Way | None:
        """Known by addresses and ports; the same seed draws the same luck for the nth connection."""
        header = (packet[0] & 15) * 4
        key = (is_out, packet[12:20] + packet[header : header + 4])
        if key not in self.ways:
            address = ".".join(str(byte) for byte in (packet[16:20] if is_out else packet[12:16]))
            link = self.links.get(address)
            if link is None:
                return None
            chance = random.Random(f"{self.seed} {link['name']} {is_out} {len(self.ways)}")
            end = "out" if is_out else "back"
            self.ways[key] = Way(link[end], link[f"{end}_jitter"], link["loss"], chance)
        return self.ways[key]

    def answer(self, word: str) -> None:
        if word == "cut":
            self.is_cut = True
        elif word == "mend":
            self.is_cut = False
        elif word == "forget":
            self.late.clear()
        elif word == "":
            self.is_over = True
            return
        print(json.dumps(self.lateness()), flush=True)

    def lateness(self) -> dict[str, float]:
        late = sorted(self.late) or [0.0]
        found = {f"p{share}": late[int(len(late) * share / 100)] for share in (50, 99)}
        return {"packets": len(self.late), **found, "most": late[-1]}


def hurry() -> None:
    """In front of everything else on this machine, where that is allowed: it sleeps nearly always."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(REALTIME))
    except OSError:
        print("links: no real-time priority on this machine", file=sys.stderr)


def main() -> None:
    told = json.loads(sys.argv[1])
    forwarder = Forwarder(told["server"], told["phones"], told["links"], told["seed"])
    signal.signal(signal.SIGTERM, lambda *_: setattr(forwarder, "is_over", True))
    hurry()
    print("{}", flush=True)
    forwarder.run()


if __name__ == "__main__":
    main()
