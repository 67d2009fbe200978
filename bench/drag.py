"""How often the studio draws while an author drags among five hundred notes: `make bench-drag`.

A real mouse (the browser's own input, not made-up events) drags a note, a note's edge, a scene with its notes
and the whole timeline, zoomed out and in. The time between two frames is what `requestAnimationFrame` tells;
the same is asked of an empty page before and after, for nothing is quicker than the machine.
"""

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.sync import machine
from tests.browser.conftest import CHROMIUM_ARGS, executable
from tests.browser.studio_people import Author
from tests.servers import Server

P95 = 20.0
NOTES, SCENES, RUNTIME = 500, 40, 7200
EMPTY = "<!doctype html><meta charset=utf-8><title>Empty</title>"
FRAMES = """() => { const times = []; let on = true
  const next = (at) => { times.push(at); on && requestAnimationFrame(next) }
  requestAnimationFrame(next)
  window.framesSoFar = () => { on = false; return times } }"""
OK, MISSED, DISCARDED, IMPOSSIBLE = 0, 1, 3, 4


def sheet() -> dict[str, Any]:
    """Two hours, forty scenes, five hundred notes, of which one in twenty comes up by itself."""
    scenes = [
        {
            "id": f"s{n}",
            "title": {"en": f"Scene {n}"},
            "start": n * RUNTIME // SCENES,
            "timing": "tapped",
            "quiet": n % 10 == 9,
        }
        for n in range(SCENES)
    ]
    cues = [
        {
            "id": f"n{n}",
            "kind": "theme",
            "scene": f"s{n * SCENES // NOTES}",
            "offset": (n % 13) * 13 + 1,
            "duration": 9,
            "push": "never" if n % 20 else "always",
            "text": {"en": f"Note number {n}"},
        }
        for n in range(NOTES)
    ]
    return {
        "format": "companion-sheet/1",
        "film": {"title": {"en": "Long"}, "runtime": RUNTIME},
        "edition": {"name": "disc", "runtime": RUNTIME},
        "languages": ["en"],
        "scenes": scenes,
        "cues": cues,
        "credits": {"author": "A", "licence": "CC0"},
    }


def begin_with_five_hundred(author: Author) -> Author:
    author.page.goto(f"{author.server.url}/studio/")
    file = {"name": "long.json", "mimeType": "application/json", "buffer": json.dumps(sheet()).encode()}
    author.page.set_input_files("[data-file]", file)
    return author.at_desk()


def main() -> int:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--seconds", type=float, default=6.0, help="how long each drag takes")
    asked.add_argument("--markdown", help="write the table to this file as well")
    how = asked.parse_args()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("NOT RUN: Playwright is not installed here.")
        return IMPOSSIBLE
    with sync_playwright() as started, Server() as server:
        chromium = started.chromium.launch(
            executable_path=executable("chromium-headless-shell", "chromium", "google-chrome"),
            args=CHROMIUM_ARGS,
        )
        rows = list(measured(chromium, server, how.seconds))
    said = "\n".join([f"{machine()}, load {os.getloadavg()[0]:.1f}, {NOTES} notes", "", *table(rows)])
    print(said)
    if how.markdown:
        Path(how.markdown).write_text(said + "\n", encoding="utf-8")
    if any(share(found, 0.95) > P95 for what, found in rows if what.startswith("an empty page")):
        print(f"DISCARDED: not even an empty page was drawn every {P95:.0f} ms on this machine.")
        return DISCARDED
    return OK if all(share(found, 0.95) <= P95 for _, found in rows) else MISSED


def measured(chromium: Any, server: Server, seconds: float) -> Iterator[tuple[str, list[float]]]:
    """(what is dragged, milliseconds between its frames), an empty page first and last."""
    empty = chromium.new_page()
    empty.set_content(EMPTY)
    yield "an empty page, before", still(empty, seconds)
    author = Author(
        lambda size, **options: chromium.new_page(viewport=size, locale="en-GB", **options), server
    )
    begin_with_five_hundred(author)
    author.page.wait_for_timeout(1500)  # saved, checked and drawn
    for zoom, near in (("the whole film in view", 0), ("four minutes in view", 5)):
        author.chooses("Note number 250")
        for _ in range(near):
            author.page.click("[data-zoom='2']")
        for what in ("note", "edge", "scene", "film") if near else ("note", "scene"):
            yield f"{WORDS[what]}, {zoom}", dragged(author.page, what, seconds)
    assert author.faults == [], author.faults
    empty.bring_to_front()
    yield "an empty page, after", still(empty, seconds)


WORDS = {
    "note": "a note",
    "edge": "a note's right edge",
    "scene": "a scene with its notes",
    "film": "the timeline itself",
}


def still(page: Any, seconds: float) -> list[float]:
    with frames(page) as found:
        page.wait_for_timeout(seconds * 1000)
    return found


def dragged(page: Any, what: str, seconds: float) -> list[float]:
    """A hand that goes to and fro over a third of the surface, as often as the page hears a mouse."""
    box = page.locator("[data-surface]").bounding_box()
    x, y = place_of(page, what)
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    began = time.monotonic()
    with frames(page) as found:
        while (passed := time.monotonic() - began) < seconds:
            page.mouse.move(box["x"] + x + math.sin(passed * 2) * box["width"] / 6, box["y"] + y)
    page.mouse.up()
    assert what == "film" or page.is_enabled("[data-undo]"), f"nothing was dragged ({what})"
    page.keyboard.press("Control+z")
    return found


def place_of(page: Any, what: str) -> tuple[float, float]:
    """In pixels of the surface: ruler, scenes and lanes as lib/studio_lanes.js lays them."""
    place = page.evaluate(
        "id => document.querySelector('studio-timeline').placeOf(id)", "s20" if what == "scene" else "n250"
    )
    if what == "scene":
        return place["x"] + 1, 22 + 12
    if what == "film":
        return place["x"] + 60, 22 + 24 + 3 * 22
    return (place["end"] - 3 if what == "edge" else place["x"] + 2), 22 + 24 + place["lane"] * 22 + 10


@contextmanager
def frames(page: Any) -> Iterator[list[float]]:
    """Filled with the milliseconds between the frames of what happens inside."""
    found: list[float] = []
    page.evaluate(FRAMES)
    yield found
    times = page.evaluate("() => framesSoFar()")
    found += [b - a for a, b in pairwise(times)]


def table(rows: list[tuple[str, list[float]]]) -> Iterator[str]:
    yield "| dragged | frames | p50 | p95 | p99 | most |"
    yield "|---|---|---|---|---|---|"
    for what, found in rows:
        cells = [f"{share(found, part):.1f} ms" for part in (0.5, 0.95, 0.99, 1.0)]
        yield f"| {what} | {len(found)} | {' | '.join(cells)} |"


def share(found: list[float], part: float) -> float:
    ordered = sorted(found)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


if __name__ == "__main__":
    sys.exit(main())
