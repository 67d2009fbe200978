"""The room on a phone: cards at their scene, votes, what was so far, and coming back from wherever it was."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = pytest.mark.browser
STAGE = "#stage .card:not([data-leaving])"


@pytest.fixture
def party(server):
    with Party(server.url) as party:
        yield party


@pytest.fixture
def phone(party, device):
    return party.enters(device())


def option(page, words, where="#stage"):
    return page.locator(f"{where} .poll-card__option", has_text=words)


def on_stage(page, words):
    return page.locator("#stage").get_by_text(words)


def chosen(page, words):
    return option(page, words).locator("input").is_checked()


def test_cards_stand_at_their_scene_and_nowhere_else(party, phone):
    party.rest_at(6)
    expect(phone.locator(STAGE)).to_have_attribute("data-cue-id", "eleven-keys")
    expect(phone.locator(".film-position__time")).to_have_text("0:00:06")
    party.seek(15)
    expect(phone.locator(STAGE)).to_have_count(0)
    idle = phone.get_by_text("Eyes on the film.")
    expect(idle).to_be_visible()
    phone.evaluate(
        "() => document.querySelector('#stage .card-stack__cards').insertAdjacentHTML('beforeend', '<article class=card data-leaving>')"
    )
    expect(idle).to_be_hidden()
    party.seek(6)
    expect(phone.locator(STAGE)).to_have_count(1)


def test_one_tap_votes_another_changes_and_it_can_be_taken_back(party, phone):
    party.rest_at(21)
    option(phone, "Popcorn").tap()
    expect(on_stage(phone, "Saved.")).to_be_visible()
    assert party.votes("first-smell") == {"popcorn": 1}
    option(phone, "Rain on coats").tap()
    expect(option(phone, "Rain on coats").locator(".poll-card__count")).to_have_text("1")
    assert party.votes("first-smell") == {"rain": 1}
    phone.locator("#stage").get_by_role("button", name="Take it back").tap()
    expect(on_stage(phone, "Saved.")).to_be_hidden()
    assert party.votes("first-smell") == {}
    assert not chosen(phone, "Rain on coats")


def test_moving_through_the_options_by_keys_never_votes_the_button_does(party, phone):
    party.rest_at(21)
    option(phone, "Popcorn").locator("input").focus()
    for _ in range(2):
        phone.keyboard.press("ArrowDown")
    assert chosen(phone, "Floor polish")
    assert party.votes("first-smell") == {}
    phone.keyboard.press("Tab")
    party.do("play")  # the room goes on being drawn while the choice is not yet a vote
    expect(on_stage(phone, "left.")).to_be_visible()
    assert chosen(phone, "Floor polish")
    assert party.votes("first-smell") == {}
    phone.locator("#stage").get_by_role("button", name="Vote", exact=True).press("Enter")
    expect(on_stage(phone, "Saved.")).to_be_visible()
    assert party.votes("first-smell") == {"polish": 1}


def test_whoever_needs_longer_asks_for_more_time_and_everybody_has_it(party, device):
    slow, other = (party.enters(device()) for _ in range(2))
    party.play_at(21)
    option(other, "Popcorn").tap()
    expect(on_stage(other, re.compile("^Saved. [12]0 seconds left"))).to_be_visible()
    expect(other.locator("#stage").get_by_role("button", name="More time")).to_be_hidden()
    slow.locator("#stage").get_by_role("button", name="More time").tap()
    expect(on_stage(slow, re.compile("^[34]0 seconds left"))).to_be_visible()
    expect(on_stage(other, re.compile("^Saved. [34]0 seconds left"))).to_be_visible()
    slow.wait_for_function("() => document.querySelector('#spoken').textContent.endsWith('0 seconds left.')")


def test_nothing_of_a_result_is_on_the_phone_before_its_moment(party, phone):
    party.rest_at(53)
    option(phone, "Eleven").tap()
    expect(on_stage(phone, "Saved.")).to_be_visible()
    stage = phone.locator("#stage").inner_text()
    assert "right" not in stage and "left over" not in phone.content()
    assert option(phone, "Eleven").locator(".poll-card__count").inner_text() == ""


def test_the_result_comes_with_the_own_answer_the_right_one_and_why(party, phone):
    party.do("set_pace", pace="calm")
    party.play_at(53)
    option(phone, "Nine").tap()
    party.seek(67)
    expect(on_stage(phone, "Eleven keys for nine doors. Two are left over.")).to_be_visible(timeout=25_000)
    expect(option(phone, "Nine")).to_contain_text("yours")
    expect(option(phone, "Eleven")).to_contain_text("✓ right")
    expect(option(phone, "Nine").locator(".poll-card__count")).to_have_text("1")
    assert option(phone, "Nine").locator("input").is_disabled()


def test_what_was_missed_is_new_until_it_was_looked_at(party, phone):
    party.rest_at(44)
    expect(phone.locator("#so-far-count")).to_contain_text("new")
    phone.get_by_role("link", name="So far").tap()
    drawer = phone.locator("#so-far")
    expect(drawer.get_by_text("new since you looked")).to_be_visible()
    expect(drawer.get_by_role("heading", name="The foyer at midnight").first).to_be_visible()
    scenes = drawer.locator(".so-far__title").all_inner_texts()
    assert scenes.index("The foyer at midnight") < scenes.index("She unlocks the doors")
    phone.get_by_role("button", name="Close").first.tap()
    expect(phone.locator("#so-far-count")).not_to_contain_text("new")


def test_an_open_question_lies_on_top_of_everything_that_was(party, phone):
    party.rest_at(21)
    expect(phone.locator(STAGE)).to_have_attribute("data-cue-id", "first-smell")
    phone.get_by_role("link", name="So far").tap()
    top = phone.locator("#so-far .so-far__scene").first
    expect(top.locator(".so-far__title")).to_have_text("Open now")
    expect(top.locator(".card")).to_have_attribute("data-cue-id", "first-smell")
    option(phone, "Popcorn", "#so-far").tap()
    expect(top.get_by_text("Saved.")).to_be_visible()


def test_a_late_guest_finds_the_present_and_nothing_pops(party, device):
    party.rest_at(40)
    page = party.enters(device())
    expect(page.locator(STAGE)).to_have_attribute("data-cue-id", "one-thing-at-a-time")
    assert page.locator("[data-new]:not(#so-far-count), [data-arriving]").count() == 0
    page.wait_for_timeout(2500)
    assert page.locator("#spoken").inner_text() == ""


def test_a_reload_keeps_name_vote_and_place(party, phone):
    party.rest_at(21)
    option(phone, "Old velvet").tap()
    expect(on_stage(phone, "Saved.")).to_be_visible()
    name = phone.locator("#my-name").input_value()
    phone.reload()
    phone.wait_for_selector("html[data-connection=live]")
    assert chosen(phone, "Old velvet")
    assert phone.locator("#my-name").input_value() == name
    expect(phone.locator(".film-position__time")).to_have_text("0:00:21")


def test_a_vote_tapped_without_connection_is_marked_kept_and_sent_once(party, phone):
    party.rest_at(21)
    phone.context.set_offline(True)
    phone.wait_for_function("() => document.documentElement.dataset.connection !== 'live'", timeout=60_000)
    option(phone, "Popcorn").tap()
    expect(on_stage(phone, "Not sent yet.")).to_be_visible()
    assert party.votes("first-smell") == {}
    phone.locator("reaction-bar").evaluate("bar => bar.count('💛')")
    expect(phone.locator(".reaction-bar__one[data-unsent]")).to_have_attribute("data-emoji", "💛")
    expect(phone.locator("connection-dot[data-state=lost]")).to_have_count(1, timeout=5_000)
    expect(phone.get_by_text("No connection.")).to_be_visible(timeout=25_000)
    phone.context.set_offline(False)
    expect(on_stage(phone, "Saved.")).to_be_visible(timeout=25_000)
    assert party.votes("first-smell") == {"popcorn": 1}
    expect(phone.get_by_text("No connection.")).to_be_hidden()
    expect(phone.locator(".reaction-bar__one[data-unsent]")).to_have_count(0)
    phone.wait_for_timeout(2_200)  # twice as long as the room needs to feel it: once, not again and again
    assert [pulse["counts"] for pulse in party.pulses] == [{"💛": 1}]


def test_a_vote_that_waited_too_long_is_told_when_it_no_longer_counts(party, phone):
    party.rest_at(15)
    party.do("ask", question="Pizza?", options=["Yes", "No"])
    expect(phone.locator(STAGE)).to_have_attribute("data-cue-id", "ask-1")
    party.do("close_poll", cue_id="ask-1")
    expect(phone.locator("#stage .poll-card[data-state=result]")).to_be_visible(timeout=25_000)
    phone.evaluate(
        """code => localStorage.setItem(`companion-${code}-guest-1`, JSON.stringify([{ command: "vote", kept_at: Date.now() / 1000,
             fields: { cue_id: "ask-1", option_id: "o1", op_id: "kept" } }]))""",
        party.code,
    )
    phone.reload()
    expect(phone.locator("#news")).to_contain_text("Your vote came too late and was not counted.")
    assert phone.evaluate("code => localStorage.getItem(`companion-${code}-guest-1`)", party.code) is None
    assert party.votes("ask-1") == {}


def test_a_second_tab_takes_over_and_the_first_can_take_it_back(party, phone):
    second = phone.context.new_page()
    second.goto(phone.url)
    expect(phone.get_by_role("heading", name="Going on in another tab")).to_be_visible()
    expect(phone.get_by_role("link", name="Join as someone else here").last).to_be_visible()
    phone.get_by_role("button", name="Go on here").tap()
    expect(phone.get_by_role("heading", name="Going on in another tab")).to_be_hidden()
    expect(second.get_by_role("heading", name="Going on in another tab")).to_be_visible()


def test_reactions_are_gathered_for_a_second_and_counted(party, phone):
    party.play_at(36)
    sent = []
    phone.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    phone.reload()
    phone.wait_for_selector("html[data-connection=live]")
    for _ in range(3):
        phone.get_by_role("button", name="Love").tap()
    phone.wait_for_timeout(1600)
    reacts = [frame for frame in sent if '"react"' in str(frame)]
    assert len(reacts) == 1
    assert '"💛":3' in str(reacts[0])


def test_a_guest_may_pause_for_all_where_the_room_allows_it(party, phone):
    party.play_at(30)
    phone.get_by_role("button", name="Pause for all").tap()
    expect(phone.get_by_text("paused", exact=True)).to_be_visible()
    assert party.snapshot()["playback"]["is_playing"] is False
    party.do("play")
    party.do("set_room", guests_may_pause=False)
    expect(phone.get_by_role("button", name="Pause for all")).to_be_hidden()


def test_something_wrong_is_said_in_one_line(party, phone):
    party.rest_at(6)
    expect(phone.locator(STAGE)).to_have_count(1)
    phone.locator("#stage .card:not([data-leaving])").get_by_role(
        "button", name="Something’s wrong here"
    ).tap()
    phone.get_by_label("One line, if you like").fill("She carries twelve.")
    phone.get_by_role("button", name="Say so").tap()
    expect(phone.get_by_text("Thank you.")).to_be_visible()


def test_the_code_is_shown_for_latecomers(party, phone):
    phone.get_by_role("link", name="More").tap()
    phone.get_by_role("link", name="Show the code").tap()
    expect(phone.locator("#code .room-code__code")).to_have_text(f"{party.code[:3]} {party.code[3:]}")
    expect(phone.get_by_role("img", name="QR code")).to_be_visible()


def test_a_warning_reaches_only_who_asked_for_it(party, device):
    asked, other = (party.enters(device()) for _ in range(2))
    asked.get_by_role("link", name="More").tap()
    asked.get_by_label("Tell me shortly before something hard to watch").check()
    asked.keyboard.press("Escape")
    party.rest_at(95)
    expect(asked.locator("#warnings .card")).to_contain_text("The torch goes out soon.")
    assert other.locator("#warnings .card").count() == 0


def test_after_the_film_silence_then_one_card_at_a_time(party, phone):
    party.rest_at(170)
    party.do("film_over")
    expect(phone.get_by_text("Stay with it for a moment.")).to_be_visible()
    assert phone.locator(".room__hands button:visible, .room__hands a:visible").count() == 0
    party.do("next")
    expect(phone.locator(STAGE)).to_have_attribute("data-cue-id", "what-to-take")
    party.do("next")
    expect(phone.locator(STAGE)).to_have_attribute("data-cue-id", "spare-keys")
    party.do("end")
    expect(phone.get_by_text("The evening is over.")).to_be_visible()
    expect(phone.get_by_role("link", name="See what the evening was")).to_be_visible()


def test_a_removed_guest_is_told(party, phone):
    [person] = party.snapshot()["people"]["list"]
    party.do("remove_guest", guest_id=person["guest_id"])
    expect(phone.get_by_role("heading", name="You are not in this room any more")).to_be_visible()
