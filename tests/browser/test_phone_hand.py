"""One hand: what is used during the film lies low, is big enough, and six answers need no scrolling."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = pytest.mark.browser
SIX = ["The cook", "The twin", "Nobody at all", "The neighbour", "The driver", "The cat"]
LONG = {
    "en": [
        "Because she has walked past it every night for forty years and nobody asked",
        "The projectionist, who has been dead since the spring of 1971",
        "Neither of them; the keys were never there",
        "I would have to see it once more to say",
    ],
    "ko": [
        "사십 년 동안 매일 밤 그 앞을 지나쳤는데 아무도 묻지 않았기 때문에요",
        "1971년 봄에 세상을 떠난 영사 기사",
        "둘 다 아니에요. 열쇠는 처음부터 없었어요",
        "한 번 더 봐야 알 것 같아요",
    ],
}
TARGETS = """() => [...document.querySelectorAll(".reaction-bar__one, .room__door, .poll-card__option, .host-strip__one, .own-clock__one, .poll-card__withdraw, .poll-card__more")]
  .filter((e) => e.checkVisibility()).map((e) => { const b = e.getBoundingClientRect(); return { said: e.textContent.trim().slice(0, 20), x: b.x, y: b.y, w: b.width, h: b.height } })"""
SCROLLS = "() => document.documentElement.scrollHeight - innerHeight"
BROKEN = """() => [...document.querySelectorAll("#stage .poll-card__words")].flatMap(({ firstChild }) =>
  [...firstChild.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
    const range = document.createRange()
    range.setStart(firstChild, index)
    range.setEnd(firstChild, index + word.length)
    return range.getClientRects().length > 1
  }).map(([word]) => word))"""
SMALL = [(320, 480), (320, 568), (360, 640)]
DOORS = """() => [...document.querySelectorAll(".room__door")].filter((e) => e.checkVisibility()).map((e) => {
  const { left, right, top, bottom } = e.getBoundingClientRect()
  return e.contains(document.elementFromPoint((left + right) / 2, top + 2)) && e.contains(document.elementFromPoint((left + right) / 2, bottom - 2)) })"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def party(server):
    with Party(server.url) as party:
        yield party


def phone(party, device, width, height, **options):
    page = device({"width": width, "height": height}, **options)
    return party.enters(page)


def asks_six(party, page):
    party.rest_at(15)
    party.do("ask", question="Who took the key from the kitchen?", options=SIX)
    expect(page.locator("#stage .poll-card__option")).to_have_count(6)
    page.wait_for_timeout(500)


def touching(targets):
    """Pairs nearer than 8 px to one another."""
    found = []
    for n, a in enumerate(targets):
        for b in targets[n + 1 :]:
            across = max(a["x"], b["x"]) - min(a["x"] + a["w"], b["x"] + b["w"])
            down = max(a["y"], b["y"]) - min(a["y"] + a["h"], b["y"] + b["h"])
            if max(across, down) < 7.5:
                found.append((a["said"], b["said"]))
    return found


def test_everything_used_during_the_film_is_48_px_and_8_px_apart(party, device):
    page = phone(party, device, 390, 844)
    party.play_at(15)
    expect(page.get_by_role("button", name="Pause for all")).to_be_visible()
    large_enough_and_apart(page)
    party.seek(21)
    expect(page.locator("#stage .poll-card__option")).to_have_count(4)
    large_enough_and_apart(page)


def large_enough_and_apart(page):
    for width, height in [(360, 640), (390, 844), (320, 480), (640, 360)]:
        page.set_viewport_size({"width": width, "height": height})
        found = page.evaluate(TARGETS)
        assert len(found) > 3
        assert [t for t in found if t["w"] < 47.5 or t["h"] < 47.5] == [], (width, height)
        assert touching(found) == [], (width, height)


def test_everything_used_during_the_film_lies_in_the_lower_sixty_percent(party, device):
    page = phone(party, device, 390, 844)
    party.play_at(15)
    expect(page.get_by_role("button", name="Pause for all")).to_be_visible()
    assert min(target["y"] for target in page.evaluate(TARGETS)) >= 844 * 0.4


def test_six_answers_fit_a_small_phone_without_scrolling(party, device):
    page = phone(party, device, 360, 640)
    asks_six(party, page)
    assert page.evaluate(SCROLLS) <= 0
    assert page.locator(".reaction-bar").is_hidden()
    for target in page.evaluate(TARGETS):
        assert target["y"] >= 0 and target["y"] + target["h"] <= 640


def test_six_answers_fit_a_hosts_own_small_phone_too(party, device):
    page = device({"width": 360, "height": 640})
    page.goto(f"{party.url}/host/{party.code}#{party.host_token}")
    page.get_by_role("button", name="Yes").tap()
    expect(page.locator(".remote")).to_be_visible()
    party.enters(page)
    asks_six(party, page)
    expect(page.locator(".host-strip")).to_be_visible()
    assert page.evaluate(SCROLLS) <= 0


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_way_to_everything_else_is_whole_and_in_sight_on_small_phones_whatever_is_asked(
    party, device, lang
):
    page = party.enters(device(), lang=lang)

    def doors_are_whole():
        for width, height in SMALL:
            page.set_viewport_size({"width": width, "height": height})
            assert all(page.evaluate(DOORS)), (width, height)
            yield page.evaluate(SCROLLS)

    page.locator('[data-page="1"]').tap()
    list(doors_are_whole())
    party.play_at(21)
    expect(page.get_by_role("button", name=re.compile("for all|모두"))).to_be_visible()
    page.wait_for_timeout(500)
    assert max(doors_are_whole()) <= 0, "the answers do not fit above them"
    party.rest_at(15)
    party.do("ask", question="Who is the torch for, when everybody has gone home?", options=LONG[lang])
    expect(page.locator("#stage [data-cue-id=ask-1] .poll-card__option")).to_have_count(4)
    list(doors_are_whole())
    page.evaluate("() => document.documentElement.style.setProperty('font-size', '200%')")
    list(doors_are_whole())
    last = page.locator("#stage .poll-card__option").last
    last.locator("input").focus()
    assert last.evaluate(
        "e => e.contains(document.elementFromPoint(e.getBoundingClientRect().x + 40, e.getBoundingClientRect().bottom - 4))"
    ), "the keys are on an answer behind the bar"


@pytest.mark.parametrize(
    "size", [(320, 480), (640, 360), (320, 256)], ids=["320x480", "landscape", "400 percent zoom"]
)
def test_on_the_smallest_screens_all_can_be_reached_without_scrolling_sideways(party, device, size):
    page = phone(party, device, *size)
    asks_six(party, page)
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(BROKEN) == []
    last = page.locator("#stage .poll-card__option").last
    last.scroll_into_view_if_needed()
    last.tap()
    expect(page.locator("#stage").get_by_text("Saved.")).to_be_visible()


def test_twice_the_text_size_loses_nothing(party, device):
    page = phone(party, device, 390, 844)
    party.rest_at(6)
    page.evaluate("() => document.documentElement.style.setProperty('font-size', '200%')")
    expect(page.locator("#stage .card:not([data-leaving]) .card__text")).to_be_visible()
    assert page.evaluate(WIDER) <= 0
    clipped = page.evaluate(
        "() => [...document.querySelectorAll('.card :not(.visually-hidden), .room__door')].filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflowX !== 'visible').length"
    )
    assert clipped == 0


def test_fields_are_large_enough_that_no_phone_zooms_into_them(party, device):
    page = phone(party, device, 390, 844)
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('input')].map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 16


def test_a_vote_does_not_move_the_card_under_the_finger(party, device):
    page = phone(party, device, 390, 844)
    party.rest_at(21)
    option = page.locator("#stage .poll-card__option").first
    expect(option).to_be_visible()
    page.wait_for_timeout(500)
    before = option.bounding_box()
    option.tap()
    expect(page.locator("#stage").get_by_text("Saved.")).to_be_visible()
    assert option.bounding_box() == before
