"""How far apart browsers reveal one card: `make bench-reveal`. Headless pages on wifi, with wrong clocks."""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench.links import LINKS, Namespace, NoRights
from bench.links_proxy import Proxy
from bench.sync import machine
from tests.browser.conftest import CHROMIUM_ARGS
from tests.browser.party import Party
from tests.browser.timing import film, publish, skews, wrong_clock
from tests.servers import Server

WIFI = LINKS[1]
P95, MOST = 20.0, 34.0
ENOUGH = 0.3
BEAT = 3
SPARE_THE_MACHINE = """() => {
  const nothing = new CSSStyleSheet()
  nothing.replaceSync("html { display: none }")
  document.adoptedStyleSheets = [nothing]
}"""
"""Each phone paints on a processor of its own. Here twenty share this machine's, and whoever paints first
would keep the others from their frame. So a card enters the page in its frame, unpainted."""
OK, MISSED, DISCARDED, IMPOSSIBLE = 0, 1, 3, 4


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=20)
    asked.add_argument("--cards", type=int, default=20)
    asked.add_argument(
        "--paint", action="store_true", help="let the pages paint as well, all on this machine"
    )
    asked.add_argument("--proxy", action="store_true", help="do not even try for a namespace")
    asked.add_argument("--markdown", help="write the result to this file as well")
    how = asked.parse_args()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    try:
        found, network = run(how)
    except ImportError:
        print("NOT RUN: Playwright is not installed here.")
        return IMPOSSIBLE
    pairs = how.cards * how.pages * (how.pages - 1) // 2
    if len(found) < ENOUGH * pairs:
        print(
            f"DISCARDED: the machine kept its browsers from drawing; {len(found)} of {pairs} pairs were free."
        )
        return DISCARDED
    p50, p95, most = (found[min(len(found) - 1, int(len(found) * share))] for share in (0.5, 0.95, 1))
    holds = p95 <= P95 and most <= MOST
    said = (
        f"any two of {how.pages} pages, {how.cards} cards, {len(found)} of {pairs} pairs free to draw: "
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms (gate {P95:.0f}), most {most:.1f} ms (gate {MOST:.0f})"
    )
    print(("ok   " if holds else "MISS ") + said)
    if how.markdown:
        Path(how.markdown).write_text(f"{machine()}; {network}\n\n{said}\n", encoding="utf-8")
    return OK if holds else MISSED


def run(how: argparse.Namespace) -> tuple[list[float], str]:
    with Server(COMPANION_HOST="0.0.0.0") as server, network_for(server, how.proxy) as network:
        print(f"Network: {network.how}", flush=True)
        sheet = publish(
            server, "metronome", film([*range(6, 6 + BEAT * (how.cards + 1), BEAT)], lasting=BEAT - 0.5)
        )
        with Party(server.url, sheet) as party, browser(network) as chromium:
            origin = network.origin(WIFI, server.port)
            pages = [guest(chromium, party, origin, i, how.paint) for i in range(how.pages)]
            print(f"{len(pages)} pages are in; the film runs.", flush=True)
            party.do("start")
            within = (10 + BEAT * how.cards) * 2000
            pages[0].wait_for_function(f"() => arrivals.length >= {how.cards}", timeout=within)
            pages[0].wait_for_timeout(500)
            seen = [page.evaluate("() => arrivals") for page in pages]
    first = {f"beat-{i}" for i in range(how.cards)}
    return skews(
        [{card["cue_id"]: card for card in of_one if card["cue_id"] in first} for of_one in seen]
    ), network.how


def guest(chromium: Any, party: Party, origin: str, number: int, paints: bool) -> Any:
    chance = random.Random(number)
    phone = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB", "reduced_motion": "reduce"}
    context = chromium.new_context(**phone)
    context.set_default_timeout(60_000)
    wrong_clock(context, offset=chance.uniform(-86_400, 86_400), ppm=chance.choice((-80, -25, 25, 80)))
    page = party.enters(context.new_page(), origin)
    if not paints:
        page.evaluate(SPARE_THE_MACHINE)
    return page


@contextmanager
def network_for(server: Server, only_proxy: bool) -> Iterator[Any]:
    try:
        if only_proxy:
            raise NoRights("not asked for")
        with Namespace(1, (WIFI,)) as network:
            yield network
    except NoRights as refused:
        print(f"NO NAMESPACE ({refused}): falling back to a proxy on loopback.", flush=True)
        with Proxy(1, server.port, (WIFI,)) as network:
            yield network


@contextmanager
def browser(network: Any) -> Iterator[Any]:
    """Chromium inside the phones' network."""
    from playwright.sync_api import sync_playwright

    found = next(
        (f for n in ("chromium-headless-shell", "chromium", "google-chrome") if (f := shutil.which(n))), None
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        inside = Path(folder) / "chromium"
        words = " ".join(network.run(found or playwright.chromium.executable_path))
        inside.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
        inside.chmod(0o755)
        launched = playwright.chromium.launch(executable_path=inside, args=CHROMIUM_ARGS)
        yield launched
        with suppress(OSError):
            launched.close()


if __name__ == "__main__":
    os.environ.setdefault("NODE_NO_WARNINGS", "1")
    sys.exit(main())
