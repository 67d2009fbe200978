"""Phones side by side: a card appears on all of them at once, whatever their clocks, their wifi and their sleep."""

import json
import time

import pytest

from bench.links import LINKS
from bench.links_proxy import Proxy
from tests.browser.party import Party
from tests.browser.sleeper import Sleep
from tests.browser.timing import apart, film, publish, wrong_clock

pytestmark = pytest.mark.browser
HOUR = 3600.0
WIFI = LINKS[1]
CLOCKS = [(-9 * HOUR, 80), (5 * HOUR, -80), (0, 80), (26 * HOUR, -80), (-HOUR, 25), (300, -25)]
CARDS = 8
TWO_FRAMES = 34.0


@pytest.fixture(scope="module")
def sheet(server):
    return publish(
        server, "metronome", film([*[4 + 2.25 * n for n in range(25)], *range(100, 700, 5)], lasting=2)
    )


@pytest.fixture
def party(server, sheet):
    with Party(server.url, sheet) as made:
        yield made


@pytest.fixture
def wifi(server):
    with Proxy(3, server.port, (WIFI,)) as link:
        yield link


def guest(context, party, link, offset=0.0, ppm=0.0):
    made = wrong_clock(context(), offset, ppm, wall=offset)
    page = party.enters(made.new_page(), link.origin(WIFI))
    page.wait_for_function("() => document.documentElement.dataset.connection === 'live'")
    return page


def arrivals(page):
    return {card["cue_id"]: card for card in page.evaluate("() => arrivals")}


def test_six_phones_with_clocks_hours_apart_show_each_card_together(party, wifi, context):
    pages = [guest(context, party, wifi, offset, ppm) for offset, ppm in CLOCKS]
    party.do("start")
    for page in pages:
        page.wait_for_function("shown => arrivals.length >= shown", arg=CARDS, timeout=90_000)
    found = apart([arrivals(page) for page in pages])
    assert found <= TWO_FRAMES, f"two phones are {found:.1f} ms apart in the middle of their cards"


def test_an_outage_hides_no_card_that_was_already_delivered(party, wifi, context):
    page = guest(context, party, wifi, offset=HOUR, ppm=80)
    beside = guest(context, party, party_itself(party))
    party.do("start")
    page.wait_for_function("() => arrivals.length >= 2", timeout=30_000)
    page.wait_for_timeout(1200)
    before = len(arrivals(page))
    wifi.emulator.ask("cut")
    gone = time.monotonic()
    page.wait_for_function(f"() => arrivals.length > {before}", timeout=8000)
    newest = max(arrivals(page).values(), key=lambda card: card["at"])
    beside.wait_for_function(
        f"() => arrivals.some((card) => card.cue_id === '{newest['cue_id']}')", timeout=2000
    )
    late = newest["at"] - arrivals(beside)[newest["cue_id"]]["at"]
    assert abs(late) < 100, f"{late:.0f} ms after a phone that had no outage"

    page.wait_for_timeout(max(0, 15_000 - (time.monotonic() - gone) * 1000))
    wifi.emulator.ask("mend")
    back = time.monotonic()
    page.evaluate("() => void window.dispatchEvent(new Event('online'))")
    now = party.snapshot()
    due = {card["cue_id"] for card in now["cards"] if card["start"] <= now["playback"]["position"]}
    page.wait_for_function("() => document.documentElement.dataset.connection === 'live'", timeout=5000)
    page.wait_for_function(
        f"() => Number(document.querySelector('#so-far-count').textContent.match(/\\d+/)) >= {len(due) and 1}"
    )
    assert time.monotonic() - back < 5


def party_itself(party):
    class Straight:
        def origin(self, _link):
            return party.url

    return Straight()


def test_a_page_frozen_for_ten_minutes_is_right_at_once_and_shows_one_card_at_most(
    server, party, wifi, sleeper
):
    """Ten minutes of film go by meanwhile; the phone's clock counts nothing of its sleep, and its line was down."""
    party.rest_at(99.0)
    page = guest(lambda: sleeper.context, party, wifi, offset=3 * HOUR, ppm=-80)
    party.do("play")
    page.wait_for_function("() => arrivals.length >= 1", timeout=15_000)
    page.evaluate(COUNTS_NOTHING)
    sleep = Sleep(page)
    sleep.falls()
    wifi.emulator.ask("cut")
    party.seek(99.0 + 600)
    time.sleep(ASLEEP)
    wifi.emulator.ask("mend")
    playback = party.snapshot()["playback"]
    began = (
        playback["since"]
        - playback["position"]
        - anchor(server)
        + time.time()
        - time.clock_gettime(time.CLOCK_BOOTTIME)
    )
    woke = time.perf_counter()
    sleep.wakes()
    page.wait_for_function(SHOWS_THE_FILMS_TIME, arg=began, polling=10, timeout=10_000)
    took = time.perf_counter() - woke
    page.wait_for_timeout(1000)
    assert page.evaluate("() => Math.max(...naps)") > ASLEEP * 1000, "this page never slept"
    faded = page.evaluate("() => arrivals.filter(({ at }) => at - woke < 1500)")
    assert len(faded) <= 1
    assert took <= 1.5, f"{took:.2f} s"


ASLEEP = 12
COUNTS_NOTHING = """() => {
  let fell
  window.naps = []
  document.addEventListener("freeze", () => {
    fell = clocks.truth()
    clocks.moved.slept += 12_000
    arrivals.length = 0
  })
  document.addEventListener("resume", () => { window.woke = clocks.truth(), naps.push(woke - fell) })
}"""
"""The phone's steady clock stands still while the page is frozen."""
SHOWS_THE_FILMS_TIME = """(began) => {
  const shown = document.querySelector(".film-position__time").textContent.split(":").reduce((all, part) => all * 60 + Number(part), 0)
  return Math.abs(shown + 0.5 - (clocks.truth() / 1000 - began)) < 0.6
}"""


def anchor(server) -> float:
    return float(json.loads((server.data_dir / "clock.json").read_text())["anchor"])
