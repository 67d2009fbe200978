"""The second-best network: a TCP proxy on loopback that delays what passes. It needs no rights.

It delays bytes, not packets: a loss is a stall of a fifth of a second, as a retransmit would be.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.links import LINKS, Emulator, Link

STALL = 0.2
GRAIN = 0.0002


class Proxy:
    """As bench.links.Namespace, without needing any right: each link is a port of its own on loopback."""

    how = "loopback TCP proxy in user space (bytes delayed, not packets; losses are stalls)"

    def __init__(self, seed: int, server_port: int, links: tuple[Link, ...] = LINKS) -> None:
        told = {"seed": seed, "server": server_port, "links": [asdict(link) for link in links]}
        self.links = links
        self.told = json.dumps(told)
        self.emulator: Emulator | None = None

    def __enter__(self) -> "Proxy":
        self.emulator = Emulator("bench.links_proxy", self.told)
        return self

    def __exit__(self, *_: object) -> None:
        if self.emulator:
            self.emulator.end()

    def origin(self, link: Link, _port: int = 0) -> str:
        assert self.emulator
        return f"http://127.0.0.1:{self.emulator.ready[link.name]}"

    def run(self, *command: str) -> list[str]:
        return list(command)


@dataclass
class Proxying:
    """Every connection of one link, and how late the whole of it is."""

    server: int
    late: list[float] = field(default_factory=list)
    mended: asyncio.Event = field(default_factory=asyncio.Event)
    forgotten: int = 0
    """Connections up to this one are dead and nobody was told: they carry nothing and never end."""
    met: int = 0

    async def listen(self, link: dict[str, Any], seed: int) -> int:
        chance = random.Random(f"{seed} {link['name']}")

        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.server)
            self.met += 1
            await asyncio.gather(
                self.pass_on(reader, far_writer, lateness(link, "out", chance), self.met),
                self.pass_on(far_reader, writer, lateness(link, "back", chance), self.met),
            )

        async def meet_or_not(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self.mended.wait()
            with suppress(OSError):
                await meet(reader, writer)
            writer.close()

        listening = await asyncio.start_server(meet_or_not, "127.0.0.1", 0)
        return int(listening.sockets[0].getsockname()[1])

    async def pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, late: Callable[[], float], n: int
    ) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        writing = asyncio.create_task(self.write(waiting, writer, n))
        last = 0.0
        with suppress(OSError):
            while chunk := await reader.read(65536):
                last = max(last, time.monotonic() + late())
                waiting.put_nowait((last, chunk))
        waiting.put_nowait((last, b""))
        await writing

    async def write(
        self, waiting: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter, n: int
    ) -> None:
        while True:
            release, chunk = await waiting.get()
            if n <= self.forgotten:
                continue
            while (wait := release - time.monotonic()) > GRAIN:
                await asyncio.sleep(wait)
            if self.mended.is_set():
                self.late.append(time.monotonic() - release)
            await self.mended.wait()
            if not chunk:
                break
            with suppress(OSError):
                writer.write(chunk)
        writer.close()

    def answer(self, word: str) -> None:
        if word == "cut":
            self.mended.clear()
        elif word == "mend":
            self.mended.set()
        elif word == "lose":
            self.forgotten = self.met
        elif word == "forget":
            self.late.clear()
        late = sorted(self.late) or [0.0]
        found = {f"p{share}": late[int(len(late) * share / 100)] for share in (50, 99)}
        print(json.dumps({"packets": len(self.late), **found, "most": late[-1]}), flush=True)


def lateness(link: dict[str, Any], end: str, chance: random.Random) -> Callable[[], float]:
    def late() -> float:
        jitter = chance.expovariate(1 / link[f"{end}_jitter"]) if link[f"{end}_jitter"] else 0.0
        stall = STALL if chance.random() < link["loss"] else 0.0
        return float(link[end] + jitter + stall)

    return late


async def main() -> None:
    told = json.loads(sys.argv[1])
    proxying = Proxying(told["server"])
    proxying.mended.set()
    ports = {link["name"]: await proxying.listen(link, told["seed"]) for link in told["links"]}
    print(json.dumps(ports), flush=True)
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, over.set)

    def heard() -> None:
        word = sys.stdin.readline().strip()
        if word:
            proxying.answer(word)
        else:
            over.set()

    loop.add_reader(sys.stdin, heard)
    await over.wait()
    os._exit(0)  # connections still open have nobody left to tell


if __name__ == "__main__":
    asyncio.run(main())
