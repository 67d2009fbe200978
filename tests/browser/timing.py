"""What the tests of time share: phones with wrong clocks, films with a card every few seconds, a server whose machine's clock moves."""

import itertools
import json
import statistics
import time
from pathlib import Path
from typing import Any

from tests.browser.party import Party
from tests.servers import ROOT, Server, companion

WRONG_CLOCK = """([offset, ppm, wall]) => {
  const steady = performance.now.bind(performance), Real = Date
  const moved = { offset, wall, slept: 0 }
  window.clocks = { truth: () => performance.timeOrigin + steady(), moved }
  performance.now = () => moved.offset + (steady() - moved.slept) * (1 + ppm * 1e-6)
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + moved.wall) }
    static now() { return Real.now() + moved.wall }
  }
}"""
"""A phone's clocks, wrong from the first script on: performance.now by `offset` ms and ppm, Date by `wall` ms."""

WATCH_CARDS = """() => {
  window.arrivals = []
  let last = 0, gap = 0
  const frame = (now) => { gap = now - last; last = now; requestAnimationFrame(frame) }
  requestAnimationFrame(frame)
  const isCard = (node) => node instanceof Element && node.matches("#stage .card:not([hidden])")
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) {
      const at = performance.timeOrigin + document.timeline.currentTime
      const waited = Math.max(clocks.truth() - at, document.timeline.currentTime - last, gap)
      if (isCard(node)) arrivals.push({ cue_id: node.dataset.cueId, at, waited })
    }
  }).observe(document, { childList: true, subtree: true })
}"""
"""Every card that comes to stand in front of the guest: the true time of the frame that shows it, in ms, and how long the machine
kept the page from drawing: within that frame, or since the frame before (it asks for every frame there is)."""
KEPT_WAITING = 34.0
"""Milliseconds: beyond this it was the machine, shared by all these phones, that decided when a card was drawn."""


def skews(phones: list[dict[str, dict[str, Any]]]) -> list[float]:
    """Between any two phones that were free to draw, how far apart they showed the same card, milliseconds, in order."""
    found = []
    for cue_id in set().union(*phones):
        arrived = [phone[cue_id] for phone in phones if cue_id in phone]
        drawn = [card["at"] for card in arrived if card["waited"] < KEPT_WAITING]
        found += [abs(one - other) for one, other in itertools.combinations(drawn, 2)]
    return sorted(found)


def apart(phones: list[dict[str, dict[str, Any]]]) -> float:
    """The most that any two phones are apart by the middle of the cards both showed, milliseconds.

    A frame that a busy machine drew late moves no middle; a phone that is wrong about the time moves it whole. How far
    single cards lie apart is a matter of the machine, and of `bench/reveal.py`.
    """
    pairs = itertools.combinations(phones, 2)
    return max(
        abs(statistics.median(one[card]["at"] - other[card]["at"] for card in one.keys() & other.keys()))
        for one, other in pairs
    )


def wrong_clock(context: Any, offset: float = 0.0, ppm: float = 0.0, wall: float = 0.0) -> Any:
    """Every page of this browser context has these clocks; `offset` and `wall` in seconds."""
    context.add_init_script(
        f"({WRONG_CLOCK})({json.dumps([offset * 1000, ppm, wall * 1000])});({WATCH_CARDS})()"
    )
    return context


def film(starts: list[float], runtime: float = 1800.0, lasting: float = 2.5) -> dict[str, Any]:
    """Notes with a measured card at each of these seconds."""
    cues = [
        {
            "id": f"beat-{i}",
            "kind": "trivia",
            "scene": "hall",
            "offset": start,
            "duration": lasting,
            "push": "always",
            "text": {"en": f"Beat {i}."},
            "source": {"label": "Invented"},
        }
        for i, start in enumerate(starts)
    ]
    return {
        "format": "companion-sheet/1",
        "film": {
            "title": {"en": "Metronome"},
            "year": 2026,
            "country": "Nowhere",
            "runtime": runtime,
            "runtime_within": 5,
        },
        "edition": {"name": "All of it", "runtime": runtime, "within": 2},
        "languages": ["en"],
        "scenes": [{"id": "hall", "part": "film", "start": 0, "timing": "measured", "title": {"en": "Hall"}}],
        "cues": cues,
        "reactions": [{"emoji": "🔦", "name": {"en": "Torch"}}],
        "credits": {
            "author": "The Companion authors",
            "licence": "CC BY 4.0",
            "sources": [{"label": "Invented"}],
        },
    }


def publish(server: Server, name: str, document: dict[str, Any]) -> str:
    path = server.data_dir / f"{name}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = companion("sheet", "import", str(path), data_dir=server.data_dir)
    assert done.returncode == 0, done.stdout + done.stderr
    return name


class ShiftedServer(Server):
    """A server on a machine whose clocks the test moves: stepped by hand, or suspended."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = {"wall": 0.0, "slept": 0.0}
        self.file = self.data_dir / "moved.json"
        self.settings |= {
            "PYTHONPATH": str(ROOT / "tests" / "shifted_clock"),
            "SHIFTED_CLOCK": str(self.file),
        }

    def move(self, **by: float) -> None:
        for clock, seconds in by.items():
            self.moved[clock] += seconds
        beside = Path(f"{self.file}.new")
        beside.write_text(json.dumps(self.moved))
        beside.replace(self.file)


PHONE = """async ([module, code]) => {
  const { join } = await import(module)
  window.room = join({ code, role: "guest" })
  await new Promise((settled) => room.addEventListener("change", ({ detail }) => detail.what.has("clock") && settled()))
}"""


class Phone:
    """A browser page with nothing on it but the live modules, to read its position to the millisecond."""

    def __init__(self, context: Any, server: Server, party: Party) -> None:
        self.server, self.party = server, party
        context.request.post(f"{server.url}/api/rooms/{party.code}/guests", data={})
        self.page = context.new_page()
        self.page.goto(f"{server.url}/r/{party.code}")
        static = self.page.locator("link[rel=modulepreload]").first.get_attribute("href").split("vendor/")[0]
        module = f"{static}js/live/room.js"
        self.page.goto(f"{server.url}/healthz")
        self.page.evaluate(PHONE, [module, party.code])

    def error(self, playback: dict[str, Any]) -> float:
        """Seconds that this phone is ahead of the film, by the machine's own clocks; no message is on its way in between."""
        position, wall = self.page.evaluate("[room.position(), clocks.truth() / 1000]")
        boot = wall - (time.time() - time.clock_gettime(time.CLOCK_BOOTTIME))
        moved = getattr(self.server, "moved", {}).get("slept", 0.0)
        now = json.loads((self.server.data_dir / "clock.json").read_text())["anchor"] + boot + moved
        return float(position - (playback["position"] + (now - playback["since"]) * playback["rate"]))

    def right_within(self, seconds: float, playback: dict[str, Any], by: float) -> float:
        """How long until the position is right `by` this much; fails after `seconds`."""
        asked = time.monotonic()
        while abs(wrong := self.error(playback)) > by:
            assert time.monotonic() - asked < seconds, f"still {wrong:+.3f} s wrong"
            time.sleep(0.05)
        return time.monotonic() - asked
