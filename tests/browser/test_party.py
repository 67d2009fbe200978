"""The whole three-minute party by the printed link: a host, two phones, a television and a late guest, each their own browser."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SHEET = "three-minutes"


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Server]:
    with Server("party", "--no-browser", "--sheet", SHEET, data_dir=tmp_path, PORT="0") as started:
        yield started


class People:
    """Everybody of this evening, in browsers of their own, let in by what the terminal printed."""

    def __init__(self, evening: Server, device) -> None:
        self.url, self.device = evening.url, device
        self.host_link = printed(evening, r"(http://127\.0\.0\.1:\d+/host/\d+#\S+)")
        self.code = printed(evening, r"/j/(\d+)")
        self.errors: list[str] = []

    def opens(self, path: str, *size: dict[str, int], **options: bool):
        page = self.device(*size, **options)
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.errors.append(f"{path}: {error}"))
        page.goto(path if path.startswith("http") else self.url + path)
        return page

    def guest(self, name: str, **options):
        page = self.opens(f"/j/{self.code}?lang=en", **options)
        page.locator("input[name=name]").fill(name)
        page.locator(".join__acts button").first.click()
        page.wait_for_url("**/r/**")
        page.wait_for_selector("html[data-connection=live]")
        return page

    def host(self):
        page = self.opens(self.host_link, {"width": 1280, "height": 800}, has_touch=False)
        page.get_by_role("button", name="Yes").click()
        page.wait_for_selector(".remote:not([hidden])")
        return page


def printed(evening: Server, pattern: str) -> str:
    give_up_at = time.monotonic() + 10
    while time.monotonic() < give_up_at:
        if found := re.search(pattern, evening.log):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"the terminal never showed {pattern}:\n{evening.log}")


def on_stage(page, cue_id: str):
    return page.locator(f'#stage [data-cue-id="{cue_id}"]')


def sees(page, cue_id: str, within: float = 12.0):
    card = on_stage(page, cue_id)
    card.wait_for(state="visible", timeout=within * 1000)
    return card


def position(page) -> float:
    return page.evaluate("document.querySelector('film-position').room.position()")


def goes_to(host, place: str) -> None:
    host.locator("#exact").fill(place)
    host.locator("[data-exact] button").click()
    expect(host.locator("#exact")).to_have_value("")


def votes(page, cue_id: str, option: str) -> None:
    on_stage(page, cue_id).locator(f'[data-option-id="{option}"]').click()
    on_stage(page, cue_id).locator(f'input[value="{option}"]:checked').wait_for()
    on_stage(page, cue_id).locator(".poll-card__left", has_text="Saved.").wait_for()


def test_a_whole_party_runs_by_the_printed_link(evening, device):
    people = People(evening, device)
    assert people.opens("/").get_by_role("link", name="Try it alone").is_visible()
    host = people.host()
    ana, ben = people.guest("Ana"), people.guest("Ben")
    tv = people.opens(f"/tv/{people.code}", {"width": 1280, "height": 720})

    # Lobby: two people are in, a poll stands open until the film starts.
    tv.wait_for_selector('.tv-lobby__in[data-count="2"], .tv-lobby__in[data-count="3"]')
    back, on = (ana.locator(f'[data-page="{by}"]') for by in (-1, 1))
    expect(back).to_have_css("opacity", "0")
    on.click()
    expect(back).to_have_css("opacity", "1")
    sees(ana, "your-seat")
    votes(ana, "your-seat", "aisle")

    # Start on the remote; every phone is in the film at the same place.
    host.locator("[data-play]").click()
    host.locator("[data-start-now]").click()
    for phone in (ana, ben):
        phone.wait_for_selector('[data-part="film"]')
    assert abs(position(ana) - position(ben)) < 0.1

    # A fact, within its window [4, 13).
    for phone in (ana, ben):
        sees(phone, "eleven-keys")
        assert 3.9 <= position(phone) < 13

    # A poll whose votes are shown live [20, 36); a vote is changed; a reload keeps it.
    goes_to(host, "0:19")
    sees(ana, "first-smell")
    votes(ana, "first-smell", "popcorn")
    votes(ana, "first-smell", "rain")
    sees(ben, "first-smell")
    votes(ben, "first-smell", "rain")
    ana.reload()
    ana.wait_for_selector("html[data-connection=live]")
    ana.wait_for_selector('#stage input[value="rain"]:checked')

    # Ben pauses for everyone, and everyone stands at the same place.
    ben.locator("#guest-pause").click()
    host.wait_for_selector('host-transport[data-state="paused"]')
    ana.wait_for_selector(".film-position__paused:not([hidden])")
    assert abs(position(ana) - position(ben)) < 0.001

    # Going back hides what lies ahead again; forward closes the poll, its result comes.
    goes_to(host, "0:02")
    on_stage(ana, "first-smell").wait_for(state="hidden")
    goes_to(host, "0:35")
    host.locator("[data-play]").click()
    host.wait_for_selector('host-transport[data-state="playing"]')
    ana.wait_for_selector(
        '[data-cue-id="first-smell"] [data-option-id="rain"] .poll-card__count:text-is("2")', state="attached"
    )

    # A theme note; a late guest comes in and finds it, and what was so far.
    sees(ana, "one-thing-at-a-time")
    late = people.guest("Late")
    late.locator('[data-opens="so-far"]').click()
    late.locator('so-far [data-cue-id="eleven-keys"]').wait_for(state="visible")
    assert late.locator('[data-cue-id="how-many-keys"]').count() == 0

    # Reactions, counted for the recap.
    ana.locator(".reaction-bar__one").first.click()
    ben.locator(".reaction-bar__one").nth(1).click()

    # The host is asked to tap a moment; what follows moves onto it.
    goes_to(host, "0:41")
    question = host.locator("checkpoint-question")
    question.locator("[data-answer=now]").wait_for()
    tapped_at = host.evaluate("document.querySelector('host-transport').room.position()")
    question.locator("[data-answer=now]").click()
    quiz = sees(ana, "how-many-keys")
    assert position(ana) - tapped_at == pytest.approx(4 - 0.25, abs=1.5)  # 0.25 s is the finger
    votes(ana, "how-many-keys", "eleven")
    late.keyboard.press("Escape")
    votes(late, "how-many-keys", "nine")
    assert quiz.locator(".poll-card__explanation").is_hidden()

    # Somebody paused the disc and forgot: everything is held until it is answered.
    host.locator('[data-open="not-there-yet"]').click()
    host.locator("#not-there-yet [data-back]").first.wait_for()
    host.locator("#not-there-yet [data-close]").click()

    # The quiz closes: answer and explanation come, together.
    goes_to(host, "1:04")
    ana.wait_for_selector(
        '[data-cue-id="how-many-keys"] .poll-card__explanation:not([hidden])',
        state="attached",
        timeout=20_000,
    )

    # The film is over: silence, then cards one at a time, then the recap.
    host.locator("[data-film-over]").click()
    ana.wait_for_selector('[data-part="after"]')
    ana.locator(".after-part__line").wait_for(state="visible")
    host.wait_for_timeout(6500)
    host.locator("[data-next]").click()
    sees(ana, "what-to-take")
    sees(late, "what-to-take")
    host.locator('[data-ask-first="end"]').click()
    host.locator("[data-sure]").click()
    ana.locator(".after-part__recap").wait_for(state="visible")
    ana.locator(".after-part__recap").click()
    ana.wait_for_url("**/recap**")
    told = ana.locator("main").inner_text()
    counts = ana.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.recap__all .split')].map((split) =>
             [split.querySelector('caption').textContent.trim(), [...split.querySelectorAll('.split__count')].map((n) => parseInt(n.textContent))]))"""
    )
    assert [0, 0, 0, 2] in counts.values(), counts
    assert [0, 0, 1, 0] in counts.values(), counts
    assert [1, 1, 0] in counts.values(), counts
    assert "Our moments" in told
    tv.wait_for_selector('[data-mode="recap"]')
    assert not people.errors


def test_a_party_survives_a_power_cut(evening, device):
    people = People(evening, device)
    host = people.host()
    ana, ben = people.guest("Ana"), people.guest("Ben")
    host.locator("[data-play]").click()
    host.locator("[data-start-now]").click()
    ana.wait_for_selector('[data-part="film"]')
    goes_to(host, "0:19")
    for phone, option in ((ana, "rain"), (ben, "velvet")):
        sees(phone, "first-smell")
        votes(phone, "first-smell", option)
    opened_before = ana.evaluate(
        "document.querySelector('film-position').room.snapshot.cards.filter((c) => c.cue_id === 'first-smell').length"
    )
    before = ana.evaluate("[performance.now(), document.querySelector('film-position').room.position()]")

    evening.kill9()
    ana.wait_for_selector("html[data-connection=lost]", timeout=20_000)
    evening.start()
    for phone in (ana, ben):
        phone.wait_for_selector("html[data-connection=live]", timeout=12_000)
    host.wait_for_selector('[data-connection][data-state="live"]', timeout=12_000)

    ana.wait_for_timeout(1500)
    after = ana.evaluate("[performance.now(), document.querySelector('film-position').room.position()]")
    drift = (after[1] - before[1]) - (after[0] - before[0]) / 1000
    assert abs(drift) <= 0.05, f"the position is {drift * 1000:.0f} ms off after the restart"
    for phone, option in ((ana, "rain"), (ben, "velvet")):
        snapshot = phone.evaluate("document.querySelector('film-position').room.snapshot")
        assert snapshot["votes"]["first-smell"] == option
        assert len([c for c in snapshot["cards"] if c["cue_id"] == "first-smell"]) == opened_before == 1
    assert not people.errors
