"""For everyone: what is said aloud and when, focus that stays, and answers told apart without colour."""

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = pytest.mark.browser


@pytest.fixture
def party(server):
    with Party(server.url) as party:
        yield party


@pytest.fixture
def listening(party, device):
    """A page that writes down all that is said aloud."""
    page = device(is_new=True)
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => { globalThis.said = []
             new MutationObserver(() => { const words = document.querySelector("#spoken").textContent; if (words) said.push(words) })
               .observe(document.querySelector("#spoken"), { childList: true }) })"""
    )
    return party.enters(page)


def said(page):
    page.wait_for_timeout(2_000)
    return page.evaluate("() => said")


def test_two_words_are_said_for_each_card_and_no_more(party, listening):
    party.play_at(3)
    expect(listening.locator("#stage .card--trivia:not([data-leaving])")).to_be_visible()
    assert said(listening) == ["A note."]
    party.seek(21)
    [_, poll] = said(listening)
    assert poll.startswith("A poll, ") and poll.endswith(" seconds.")
    listening.locator("[data-opens=so-far]").tap()
    party.seek(41)
    listening.wait_for_function("() => said.at(-1) === 'A note.'")
    assert listening.locator("#so-far[open] #spoken").inner_text() == "A note.", "silenced by the open drawer"
    listening.keyboard.press("Escape")
    expect(listening.locator("main > #spoken")).to_have_text("")


def test_arriving_cards_never_move_the_focus(party, device):
    page = party.enters(device())
    party.play_at(2)
    page.locator("#guest-pause").focus()
    expect(page.locator("#stage .card--trivia:not([data-leaving])")).to_be_visible()
    party.seek(21)
    expect(page.locator("#stage .card--poll:not([data-leaving])")).to_be_visible()
    assert page.evaluate("() => document.activeElement.id") == "guest-pause"


def test_answers_are_told_apart_without_colour(party, device):
    page = party.enters(device(forced_colors="active"))
    party.rest_at(21)
    option = page.locator("#stage .card:not([data-leaving]) .poll-card__option").first
    expect(option).to_be_visible()
    assert option.inner_text().startswith("A")
    plain = option.evaluate("e => getComputedStyle(e).borderTopWidth")
    option.tap()
    expect(page.locator("#stage").get_by_text("Saved.")).to_be_visible()
    assert option.evaluate("e => getComputedStyle(e).borderTopWidth") != plain
    option.locator("xpath=ancestor::poll-card").evaluate("e => { e.dataset.state = 'result' }")
    bar, right = option.locator(".poll-card__bar"), "e => getComputedStyle(e).backgroundColor"
    page.evaluate(
        "() => { document.body.style.cssText = 'background: Highlight; forced-color-adjust: none' }"
    )
    assert bar.evaluate(right) == page.locator("body").evaluate(right)
    assert bar.bounding_box()["height"] < 8, "it lies under the words"


def test_a_card_the_keys_are_on_stays_until_they_leave_it(party, device):
    page = party.enters(device(has_touch=False))
    party.rest_at(6)
    note = page.locator("#stage [data-cue-id=eleven-keys]:not([data-leaving])")
    expect(note).to_be_visible()
    page.locator("#guest-pause, [data-opens=so-far]").first.focus()
    page.keyboard.press("Shift+Tab")
    for _ in range(12):
        if page.evaluate("() => document.activeElement.matches('.card__wrong')"):
            break
        page.keyboard.press("Shift+Tab")
    party.seek(15)
    expect(page.locator("#idle")).to_be_visible()
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    expect(note).to_have_count(0)


def test_not_even_a_card_the_keys_are_on_stays_into_a_quiet_scene(party, device):
    page = party.enters(device(has_touch=False))
    party.rest_at(99)
    party.do("show_now", cue_id="eleven-keys")
    note = page.locator("#stage [data-cue-id=eleven-keys]:not([data-leaving])")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")  # from here on a focus is one of the keys
    note.locator(".card__wrong").focus()
    party.seek(110)
    expect(note).to_have_count(0)


def test_whoever_stands_on_an_answer_when_it_closes_is_not_thrown_out(party, device):
    page = party.enters(device(has_touch=False))
    party.rest_at(15)
    party.do("ask", question="Pizza?", options=["Yes", "No"])
    radio = page.locator("#stage [data-cue-id=ask-1] input[type=radio]").first
    radio.focus()
    page.keyboard.press("ArrowDown")
    party.do("close_poll", cue_id="ask-1")
    expect(page.locator("#stage .poll-card[data-state=result]")).to_be_visible(timeout=25_000)
    assert page.evaluate("() => document.activeElement.type") == "radio"
    assert party.votes("ask-1") == {}


def test_a_phone_buzzes_once_for_a_card_if_its_owner_wants_that_and_never_in_a_quiet_scene(party, device):
    page = device(is_new=True)
    page.add_init_script("globalThis.buzzes = []; navigator.vibrate = (how) => buzzes.push(how)")
    party.enters(page)
    stage = page.locator("#stage .card:not([data-leaving])")

    def buzzes_by_the_card(position, cue_id):
        party.rest_at(position)
        expect(stage).to_have_attribute("data-cue-id", cue_id)
        return page.evaluate("() => buzzes")

    assert buzzes_by_the_card(6, "eleven-keys") == []
    page.get_by_role("link", name="More").tap()
    page.get_by_label("Buzz once").check()
    page.keyboard.press("Escape")
    page.evaluate("() => { buzzes = [] }")  # without the one that showed what it is like
    assert buzzes_by_the_card(21, "first-smell") == [40]
    assert buzzes_by_the_card(42, "one-thing-at-a-time") == [40, 40]
    assert buzzes_by_the_card(6, "eleven-keys") == [40, 40]
    party.seek(110)
    expect(stage).to_have_count(0)
    party.do("show_now", cue_id="balcony-dust")
    expect(stage).to_have_attribute("data-cue-id", "balcony-dust")
    assert page.evaluate("() => buzzes") == [40, 40]


def test_what_the_room_feels_glows_once_a_second_at_most_and_not_for_whoever_asked_for_less_motion(
    party, device
):
    others = party.enters(device())
    calm = party.enters(device(reduced_motion="reduce"))
    calm.evaluate(
        "() => document.querySelector('film-position').room.addEventListener('pulse', () => { globalThis.felt = true })"
    )
    party.play_at(36)
    others.locator(".reaction-bar__one").first.tap()
    expect(others.locator(".reaction-bar__pulse[data-on]")).to_be_attached()
    calm.wait_for_function("() => globalThis.felt")
    assert calm.locator(".reaction-bar__pulse").inner_text().strip() == ""
    twice = "bar => { bar.pulse({ a: 1 }, 0); bar.pulse({ b: 1 }, 0); return bar.querySelector('.reaction-bar__pulse').textContent }"
    others.wait_for_timeout(1_100)
    assert others.locator("reaction-bar").evaluate(twice).split() == ["a", "1"]
