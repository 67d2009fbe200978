"""In the guest's own language: Korean whole, every word of the page translatable, right to left, and longer by two fifths."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = pytest.mark.browser
WORDS = """() => { const out = []; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) { const e = walk.currentNode.parentElement
    if (!e.closest("script, noscript, .card, bdi, [dir=auto], .emoji, .languages, .door__name")) { const s = walk.currentNode.textContent.trim(); if (/\\p{L}{2}/u.test(s)) out.push(s) } }
  for (const e of document.querySelectorAll(":is([aria-label], [title]):not(.card *)")) { const s = e.getAttribute("aria-label") ?? e.title; if (s) out.push(s) }
  return out }"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def party(server):
    with Party(server.url) as party:
        yield party


def english(page):
    """What stands on the page as it was written in English: pseudo-translated words wear brackets."""
    return [
        words
        for words in page.evaluate(WORDS)
        if not words.startswith("[") and words not in ("Companion", "QR")
    ]


@pytest.mark.parametrize("lang", ["en-XA", "ar-XB"])
def test_every_word_of_the_doors_comes_from_the_catalogue(party, device, lang):
    page = device({"width": 360, "height": 640})
    for path in ("/", f"/j/{party.code}", "/j/987651", "/nothing"):
        page.goto(f"{party.url}{path}?lang={lang}")
        assert english(page) == [], path
        assert page.evaluate(WIDER) <= 0, path
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar-XB" else "ltr")


@pytest.mark.parametrize("lang", ["en-XA", "ar-XB"])
def test_every_word_of_the_room_comes_from_the_catalogue_and_fits(party, device, lang):
    page = party.enters(device({"width": 360, "height": 640}), lang=lang)
    party.play_at(15)
    expect(page.locator("#guest-pause")).to_be_visible()
    assert english(page) == []
    assert page.evaluate(WIDER) <= 0
    party.seek(21)
    page.locator("#stage .poll-card__option").first.tap()
    page.wait_for_timeout(600)
    assert english(page) == []
    assert page.evaluate(WIDER) <= 0
    for dialog in ("settings", "so-far"):
        page.locator(f"[data-opens={dialog}]").tap()
        expect(page.locator(f"#{dialog}")).to_be_visible()
        assert (
            page.evaluate(
                f"() => {{ const d = document.querySelector('#{dialog}'); return d.scrollWidth - d.clientWidth }}"
            )
            <= 0
        )
        page.keyboard.press("Escape")


def test_right_to_left_mirrors_the_page_but_not_the_film(party, device):
    page = party.enters(device(), lang="ar-XB")
    page.goto(f"{party.url}/r/{party.code}?lang=ar-XB")
    page.wait_for_selector("html[data-connection=live]")
    party.rest_at(21)
    option = page.locator("#stage .poll-card__option").first
    expect(option).to_be_visible()
    letter, words = (
        option.locator(".poll-card__letter").bounding_box(),
        option.locator(".poll-card__words").bounding_box(),
    )
    assert letter["x"] > words["x"]
    line, done = (
        page.locator(".film-position__line").bounding_box(),
        page.locator(".film-position__done").bounding_box(),
    )
    assert abs(done["x"] - line["x"]) < 1
    expect(page.locator(".film-position__time")).to_have_text("0:00:21")


def test_a_korean_guest_reads_korean_everywhere(party, device):
    page = party.enters(device(locale="ko-KR"), lang="ko")
    party.play_at(6)
    expect(page.locator("#stage .card:not([data-leaving]) .card__title")).to_have_text("열쇠 열한 개")
    words = [
        said
        for said in page.evaluate(WORDS)
        if re.search("[a-z]{3}", said) and not re.search("[가-힣]", said)
    ]
    assert words == []
    assert (
        page.locator("#stage .card:not([data-leaving]) .card__text").evaluate(
            "e => getComputedStyle(e).wordBreak"
        )
        == "keep-all"
    )
    expect(page.locator(".film-position__time")).to_have_text(re.compile(r"^0:00:\d\d$"))


def test_two_languages_share_one_tally(party, device):
    english_, korean = (party.enters(device(), lang=lang) for lang in ("en", "ko"))
    party.rest_at(21)
    english_.locator("#stage .poll-card__option", has_text="Popcorn").tap()
    korean.locator("#stage .poll-card__option", has_text="팝콘").tap()
    expect(
        korean.locator("#stage .poll-card__option", has_text="팝콘").locator(".poll-card__count")
    ).to_have_text("2")
    assert party.votes("first-smell") == {"popcorn": 2}


def test_the_language_is_changed_in_its_own_name_and_the_cards_follow(party, device):
    page = party.enters(device())
    party.rest_at(6)
    expect(page.locator("#stage .card:not([data-leaving]) .card__title")).to_have_text("Eleven keys")
    page.get_by_role("link", name="More").tap()
    page.get_by_role("link", name="한국어").tap()
    page.wait_for_selector("html[lang=ko][data-connection=live]")
    expect(page.locator("#stage .card:not([data-leaving]) .card__title")).to_have_text("열쇠 열한 개")
    page.wait_for_timeout(1_000)
    assert page.locator("#stage .card:not([data-leaving]) .card__title").inner_text() == "열쇠 열한 개"
    [person] = party.snapshot()["people"]["list"]
    assert person


def test_typing_in_composition_is_never_cut_short(party, device):
    page = device()
    page.goto(party.url)
    page.locator("#code").evaluate(
        """(field, code) => { field.value = code + "x"; field.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true })) }""",
        party.code,
    )
    page.wait_for_timeout(400)
    assert page.url.rstrip("/") == party.url
    assert page.locator("#code").input_value().endswith("x")
