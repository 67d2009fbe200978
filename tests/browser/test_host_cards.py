"""What a host does with cards and polls from the remote, as three phones see it."""

import pytest
from playwright.sync_api import expect

from tests.browser.evening import PHONE, Guest, Host

pytestmark = pytest.mark.browser


def open_item(host, cue_id):
    item = host.page.locator(f"[data-queue] [data-cue-id={cue_id}]")
    if not item.locator("[data-do]").count():
        item.locator("[data-item-open]").click()
    return item


def test_shown_now_on_every_phone_taken_away_and_given_back(host, guest):
    host.start()
    host.pause()
    open_item(host, "one-thing-at-a-time").locator("[data-do=show]").click()
    guest.sees("one-thing-at-a-time")
    expect(host.page.locator("[data-mirror] article")).to_have_attribute("data-cue-id", "one-thing-at-a-time")
    host.page.click("[data-take-away]")
    guest.does_not_see("one-thing-at-a-time")
    host.take_back()
    guest.sees("one-thing-at-a-time")


def test_a_skipped_card_is_struck_out_and_comes_back(host):
    host.start()
    host.pause()
    item = open_item(host, "first-smell")
    item.locator("[data-do=skip]").click()
    host.last_act("skip")
    expect(host.page.locator("[data-queue] [data-cue-id=first-smell][data-skipped]")).to_be_visible()
    host.take_back()
    expect(host.page.locator("[data-queue] [data-cue-id=first-smell]:not([data-skipped])")).to_be_visible()


def test_a_card_saved_for_the_break_is_offered_when_the_film_stands_still(people, host, guest):
    phone = people(Host, PHONE).open_link(host.link)
    host.start()
    host.pause()
    open_item(host, "one-thing-at-a-time").locator("[data-do=hold]").click()
    host.last_act("hold")
    host.go_to("41")
    guest.page.wait_for_timeout(600)
    guest.does_not_see("one-thing-at-a-time")
    saved = host.page.locator("[data-break]")
    expect(saved).to_have_attribute("data-offered", "true")
    expect(
        phone.page.locator("[data-break] [data-cue-id=one-thing-at-a-time] [data-do=show]")
    ).to_be_visible()
    phone.page.click("[data-play]")
    expect(phone.page.locator("[data-break]")).to_be_hidden()
    phone.page.click("[data-play]")
    saved.locator("[data-cue-id=one-thing-at-a-time] [data-do=show]").click()
    guest.sees("one-thing-at-a-time")


def test_everything_is_held_by_one_press_and_comes_again(host, guest):
    host.start()
    host.page.click("[data-hold-all]")
    expect(host.page.locator("[data-hold-all]")).to_have_attribute("aria-pressed", "true")
    host.take_back()
    expect(host.page.locator("[data-hold-all]")).to_have_attribute("aria-pressed", "false")
    host.page.click("[data-hold-all]")
    host.go_to("41")
    guest.page.wait_for_timeout(1500)
    guest.does_not_see("one-thing-at-a-time")


def test_the_pace_of_the_room_and_back(host):
    host.page.locator("night-settings [value=talkative]").check()
    assert host.last_act("set_pace")["room"]["pace"] == "talkative"
    assert host.take_back()["room"]["pace"] == "calm"


def test_an_own_question_is_asked_with_two_presses_counted_and_shown(host, people, guest):
    other = people(Guest).comes_in(host.code, "Bo")
    host.start()
    host.page.get_by_role("button", name="Break?").click()
    host.page.get_by_role("button", name="Ask now").click()
    guest.vote("ask-1", "o1")
    other.vote("ask-1", "o2")
    poll = host.page.locator("[data-poll=ask-1]")
    expect(poll).to_contain_text("2 votes")
    poll.locator("[data-option=o1] [data-hand='1']").click()
    expect(poll.locator("[data-option=o1] .poll-desk__count")).to_have_text("2 (1 ✋)")
    assert "Ana" not in poll.inner_text() and "Bo" not in poll.inner_text()
    poll.locator("[data-close]").click()
    guest.sees_the_result("ask-1")
    expect(host.page.locator("[data-spoken]")).to_have_text("The result: Now 2, In a while 1.")
    count = guest.page.locator("article[data-cue-id=ask-1] [data-option-id=o1] .poll-card__count").first
    expect(count).to_contain_text("2")


def test_a_result_waits_until_the_host_shows_it_and_can_be_hidden_again(host, guest):
    host.start()
    host.page.fill("[name=question]", "Shall we go on?")
    for number, text in enumerate(["Yes", "No"]):
        host.page.locator("[name=option]").nth(number).fill(text)
    host.page.select_option("own-poll [name=results]", "host")
    host.page.get_by_role("button", name="Ask now").click()
    guest.vote("ask-1", "o1")
    poll = host.page.locator("[data-poll=ask-1]")
    expect(poll).to_contain_text("1 vote")
    poll.locator("[data-close]").click()
    poll.locator("[data-reveal=on]").click()
    guest.sees_the_result("ask-1")
    poll.locator("[data-reveal=off]").click()
    expect(guest.page.locator("article[data-cue-id=ask-1] .poll-card[data-state=result]")).to_have_count(0)


def test_a_closed_question_is_opened_again_by_undo(host, guest):
    host.start()
    host.page.get_by_role("button", name="Louder?").click()
    host.page.get_by_role("button", name="Ask now").click()
    guest.sees("ask-1")
    host.page.locator("[data-poll=ask-1] [data-close]").click()
    host.take_back()
    guest.vote("ask-1", "o3")
    expect(host.page.locator("[data-poll=ask-1]")).to_contain_text("1 vote")


def test_after_the_film_silence_then_one_card_at_a_time(host, guest):
    host.start()
    host.page.click("[data-film-over]")
    expect(host.page.locator("[data-silence]")).to_contain_text("Silence")
    host.page.click("[data-next]")
    guest.sees("what-to-take")
    heard = host.page.locator("[data-spoken]")
    expect(heard).to_have_text("On the phones: To talk about: One thing to take along")
    host.page.click("[data-next]")
    guest.sees("spare-keys")
    host.page.click("[data-next]")
    expect(host.said).to_contain_text("last card")


def test_a_poll_in_the_mirror_is_the_one_on_the_phone_and_so_is_its_result(host, guest):
    host.start()
    host.go_to("21")
    guest.sees("first-smell")
    mirrored = host.page.locator("[data-mirror] article")
    expect(mirrored).to_have_attribute("data-cue-id", "first-smell")
    on_phone = guest.page.locator("#stage article[data-cue-id=first-smell] .poll-card__question").inner_text()
    assert mirrored.locator(".poll-card__question").inner_text() == on_phone
    assert mirrored.evaluate("e => e.inert")
    guest.vote("first-smell", "rain")
    host.pause()
    host.go_to("37")
    for card in (guest.card("first-smell"), mirrored):
        expect(card.locator(".poll-card")).to_have_attribute("data-state", "result", timeout=25_000)
    expect(host.page.locator("[data-take-away]")).to_be_hidden()


ON_TOP = """(e) => {
  const { left, right, top, bottom } = e.getBoundingClientRect()
  return document.elementFromPoint((left + right) / 2, (top + bottom) / 2) === e
}"""
"""In sight without scrolling, with nothing over it."""


def test_on_a_phone_the_big_keys_and_the_films_time_lie_under_the_thumb(people, host):
    phone = people(Host, PHONE).open_link(host.link)
    for selector in ("[data-play]", "[data-undo-last]", "[data-hold-all]"):
        box = phone.page.locator(selector).bounding_box()
        assert box["y"] > PHONE["height"] - 320 and box["height"] >= 48
    host.start()
    host.go_to("21")
    expect(phone.page.locator("[data-mirror] .poll-card")).to_be_visible()
    for width, height, view in [
        (390, 844, "film"),
        (360, 640, "film"),
        (360, 640, "next"),
        (844, 390, "film"),
    ]:
        phone.page.set_viewport_size({"width": width, "height": height})
        phone.see(view)
        assert phone.page.locator("[data-clock]").evaluate(ON_TOP), f"the film’s time, {view} at {width}"


def test_no_key_of_the_dock_is_smaller_than_a_thumb_or_off_a_small_phone(people, host):
    phone = people(Host, PHONE).open_link(host.link)
    host.start()
    host.go_to("44")
    for width, height in [(320, 480), (360, 640), (844, 390)]:
        phone.page.set_viewport_size({"width": width, "height": height})
        expect(phone.page.locator("[data-answer=now]")).to_be_visible()
        keys = phone.page.locator(".transport__dock button:visible").all()
        assert len(keys) > 3
        for key in keys:
            box, which = key.bounding_box(), (width, key.inner_text())
            assert box["height"] >= 48 and box["width"] >= 48, which
            assert (
                box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height
            ), which
