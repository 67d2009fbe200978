"""The dark: how much light a phone gives off, when it goes dark by itself, and what a touch then does."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.light import light_of
from tests.browser.party import Party

pytestmark = pytest.mark.browser
SIZES = {"small phone": (360, 640), "phone": (390, 844), "laptop": (1280, 800)}
BRIGHTEST = 0.62


@pytest.fixture
def party(server):
    with Party(server.url) as party:
        yield party


def sized(device, size):
    width, height = SIZES[size]
    return device({"width": width, "height": height}, has_touch=width < 600)


def settled(page):
    page.wait_for_timeout(500)
    return light_of(page)


def test_a_phone_stays_within_its_light(party, device):
    pages = {size: party.enters(sized(device, size)) for size in SIZES}

    def lights(shown, wait, most):
        for page in pages.values():
            expect(page.locator(shown)).to_be_visible()
        page.wait_for_timeout(wait)
        for size, page in pages.items():
            light = settled(page)
            assert light.mean <= most and light.brightest <= BRIGHTEST, (size, shown, light)

    party.rest_at(6)
    lights("#stage .card--trivia:not([data-leaving])", 3200, 0.030)
    party.seek(15)
    lights("text=Eyes on the film.", 0, 0.010)
    party.seek(21)
    lights("#stage .card--poll:not([data-leaving])", 3200, 0.040)


@pytest.mark.parametrize("size", SIZES)
def test_what_one_opens_in_the_dark_is_dark_too(party, device, size):
    page = party.enters(sized(device, size))
    party.rest_at(44)
    for opener, dialog in (("So far", "#so-far"), ("More", "#settings")):
        page.get_by_role("link", name=opener).click()
        expect(page.locator(dialog)).to_be_visible()
        light = settled(page)
        assert light.mean <= 0.040 and light.brightest <= BRIGHTEST, (opener, light)
        page.keyboard.press("Escape")


@pytest.mark.parametrize("path", ["/", "/j/{code}", "/j/987651", "/nothing"])
def test_every_door_is_dark(party, device, path):
    page = device()
    page.goto(party.url + path.format(code=party.code))
    light = settled(page)
    assert light.mean <= 0.040 and light.brightest <= BRIGHTEST, light


def test_the_first_paint_is_dark_before_any_style_arrives(party, device):
    page = device(java_script_enabled=False, is_new=True)
    page.route("**/*.css", lambda route: route.abort())
    page.goto(f"{party.url}/nothing")
    corner = light_of(page, clip={"x": 0, "y": 400, "width": 390, "height": 300})
    assert corner.brightest < 0.02


def test_brighter_is_kept_on_the_device_and_painted_at_once(party, device):
    page = party.enters(device())
    party.rest_at(6)
    expect(page.locator("#stage .card--trivia:not([data-leaving])")).to_be_visible()
    page.wait_for_timeout(3200)
    before = settled(page)
    page.get_by_role("link", name="More").tap()
    page.get_by_label("Brighter").check()
    page.keyboard.press("Escape")
    after = settled(page)
    assert after.mean > before.mean * 1.3
    page.reload()
    assert page.locator("html").get_attribute("data-light") == "brighter"


@pytest.fixture
def resting(party, device):
    """A phone in a playing film with nothing on; it goes dark after a second instead of twenty."""
    page = party.enters(device())
    party.do("hold", cue_id=None, on=True)
    page.locator("dim-layer").evaluate("layer => { layer.dataset.after = 1 }")
    party.play_at(80)
    expect(page.get_by_text("Eyes on the film.")).to_be_visible()
    return page


def goes_dark(page):
    expect(page.locator("dim-layer[data-state=dark]")).to_have_count(1)
    page.wait_for_timeout(900)


def wakes(page):
    expect(page.locator("dim-layer[data-state=light]")).to_have_count(1)


def centre(page, selector):
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_after_twenty_seconds_with_nothing_on_only_a_dim_time_is_left(party, device):
    page = party.enters(device())
    party.do("hold", cue_id=None, on=True)
    party.play_at(80)
    page.wait_for_timeout(18_000)
    assert page.locator("dim-layer[data-state=dark]").count() == 0
    page.wait_for_timeout(4_000)
    goes_dark(page)
    light = light_of(page)
    assert light.mean <= 0.003 and light.brightest <= BRIGHTEST, light
    assert page.locator(".dim-layer__time").inner_text() in ("0:01", "0:02")


def test_touching_the_upper_half_only_wakes(resting, party):
    goes_dark(resting)
    resting.touchscreen.tap(195, 100)
    wakes(resting)
    resting.locator(".reaction-bar__one >> nth=0").tap()
    give_up_at = time.monotonic() + 10
    while not party.pulses and time.monotonic() < give_up_at:
        resting.wait_for_timeout(50)
    assert sum(party.pulses[0]["counts"].values()) == 1, "the touch that woke it was counted as well"


def test_touching_the_lower_half_counts_the_first_reaction_and_stays_dark(resting, party):
    goes_dark(resting)
    resting.touchscreen.tap(*centre(resting, ".reaction-bar__one >> nth=5"))
    resting.wait_for_timeout(2_600)
    assert resting.locator("dim-layer[data-state=dark]").count() == 1
    assert party.pulses[-1]["counts"] == {"🔦": 1}
    assert light_of(resting).mean <= 0.003


def test_a_touch_on_the_dark_screen_never_presses_what_lies_below(resting, party):
    goes_dark(resting)
    resting.touchscreen.tap(*centre(resting, "#guest-pause"))
    resting.wait_for_timeout(600)
    assert party.snapshot()["playback"]["is_playing"] is True


def test_a_click_of_assistive_technology_goes_through_the_dark(resting, party):
    goes_dark(resting)
    resting.locator("#guest-pause").evaluate("button => button.click()")
    expect(resting.get_by_text("paused", exact=True)).to_be_visible()
    wakes(resting)


def test_keys_go_through_the_dark_and_keep_it_away_for_a_minute(resting, party):
    goes_dark(resting)
    resting.locator("#guest-pause").focus()
    resting.keyboard.press("Enter")
    expect(resting.get_by_text("paused", exact=True)).to_be_visible()
    party.do("play")
    resting.wait_for_timeout(3_000)
    assert resting.locator("dim-layer[data-state=dark]").count() == 0


def test_a_card_wakes_the_phone_and_keeps_it_awake(resting, party):
    goes_dark(resting)
    party.do("ask", question="Did you see that?", options=["Yes", "No"])
    expect(resting.locator("#stage .card--poll:not([data-leaving])")).to_be_visible()
    wakes(resting)
    resting.wait_for_timeout(2_500)
    assert resting.locator("dim-layer[data-state=dark]").count() == 0


def test_a_pause_brings_the_light_back(resting, party):
    goes_dark(resting)
    party.do("pause")
    wakes(resting)


def test_whoever_reads_in_a_drawer_is_not_left_in_the_dark(resting, party):
    resting.get_by_role("link", name="So far").tap()
    expect(resting.locator("#so-far")).to_be_visible()
    resting.wait_for_timeout(2_000)
    assert resting.locator("dim-layer[data-state=dark]").count() == 0
    resting.locator("#so-far").get_by_role("button", name="Close").first.tap()
    goes_dark(resting)


def test_nothing_moves_for_whoever_asked_for_less_motion(party, device):
    page = party.enters(device(reduced_motion="reduce"))
    party.rest_at(6)
    card = page.locator("#stage .card--trivia[data-cue-id=eleven-keys]")
    expect(card).to_be_visible()
    moves = "card => { card.dataset.arriving = ''; const s = getComputedStyle(card); return [s.animationName, s.animationDuration] }"
    assert card.evaluate(moves) == ["fades-in", "0s"]


def test_a_card_only_ever_fades_in_and_takes_300_to_400_ms(party, device):
    page = party.enters(device())
    styles = page.evaluate(
        """() => { const card = document.querySelector("#stage .card"); card.dataset.arriving = ""; const s = getComputedStyle(card)
             return [s.animationName, parseFloat(s.animationDuration) * 1000] }"""
    )
    assert styles[0] == "fades-in" and 300 <= styles[1] <= 400


def test_the_wake_lock_is_held_where_the_browser_has_one_and_says_so(party, device):
    page = party.enters(device(), awake=True)
    page.get_by_role("link", name="More").tap()
    has_one = page.evaluate(
        "navigator.wakeLock.request('screen').then((lock) => lock.release().then(() => true), () => false)"
    )
    told = "Your screen stays on." if has_one else re.compile("^This browser will not")
    expect(page.locator("[data-awake-said]")).to_have_text(told)
    page.get_by_label("Keep my screen on").uncheck()
    if has_one:
        expect(page.locator("[data-awake-said]")).to_have_text("")
