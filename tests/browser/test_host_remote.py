"""The remote in a real browser: every command of the evening by its button, and each taken back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.evening import PHONE, Host, Television

pytestmark = pytest.mark.browser


def test_a_night_is_open_after_four_answers_and_a_stranger_cannot_use_its_remote(people):
    host = people(Host).open_night(film="miracle-in-cell-no-7", length="2:01:55")
    expect(host.page.locator(".remote-bar__name")).to_have_text("Friday film")
    assert host.snapshot["room"]["runtime"] == 7315
    assert "#" not in host.page.url
    stranger = people(Host)
    stranger.page.goto(f"{stranger.url}/host/{host.code}")
    expect(stranger.page.locator("[data-door-words]")).to_contain_text("not yours")
    expect(stranger.page.locator(".remote")).to_be_hidden()
    stranger.page.click("[data-door-guest]")
    expect(stranger.page).to_have_url(f"{stranger.url}/j/{host.code}")


def test_a_typed_length_is_explained_while_one_types(people):
    host = people(Host)
    host.page.goto(f"{host.url}/host/new")
    host.page.click("[name=sheet][value=miracle-in-cell-no-7] + label")
    for length, words in [("2:12:00", "another film"), ("2:07:00", "That fits"), ("soon", "not a length")]:
        host.page.fill("#length", length)
        expect(host.page.locator("#length-answer")).to_contain_text(words)


def test_the_film_starts_pauses_and_each_is_taken_back(host, guest):
    host.start()
    assert host.take_back()["room"]["part"] == "before"
    host.start()
    host.pause()
    host.take_back()
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "playing")


def test_a_countdown_starts_the_film_on_every_phone(host, guest):
    host.page.click("[data-play]")
    expect(host.page.locator("#ready")).to_contain_text("Ana")
    host.page.click("[data-count-down]")
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "playing")
    left = host.page.evaluate(
        "(r => r.snapshot.playback.since - r.clock.now())(document.querySelector('host-transport').room)"
    )
    assert left > 5
    expect(host.page.locator("[data-clock]")).to_have_text("0:00:00")


def test_a_typed_time_moves_the_film_and_undo_moves_it_back(host):
    host.start()
    host.pause()
    before = host.snapshot["playback"]["position"]
    for typed in ("0:01:10", "1:10", "70", "1m10s"):
        host.go_to(typed)
        assert host.last_act("seek")["playback"]["position"] == pytest.approx(70)
        assert host.take_back()["playback"]["position"] == pytest.approx(before)


def test_a_time_that_cannot_be_read_says_how_to_write_one(host):
    host.start()
    host.page.fill("[name=exact]", "a quarter past")
    host.page.click("[data-exact] [type=submit]")
    expect(host.page.locator("[data-exact-fault]")).to_contain_text("1:02:03")


def test_jumps_of_five_and_ten_seconds(host):
    host.start()
    host.pause()
    host.go_to("60")
    host.last_act("seek")
    for by, clock in [(-10, "0:00:50"), (-5, "0:00:45"), (5, "0:00:50"), (10, "0:01:00")]:
        host.page.click(f"[data-by='{by}']")
        expect(host.page.locator("[data-clock]")).to_have_text(clock)


def test_the_line_says_what_letting_go_would_do(host):
    host.start()
    host.pause()
    line = host.page.locator("[data-scrub]")
    line.evaluate("e => { e.value = 100; e.dispatchEvent(new Event('input', { bubbles: true })) }")
    expect(host.page.locator("[data-preview]")).to_contain_text("0:01:40")
    expect(host.page.locator("[data-preview]")).to_contain_text("so far")
    line.evaluate("e => e.dispatchEvent(new Event('change', { bubbles: true }))")
    assert host.last_act("seek")["playback"]["position"] == pytest.approx(100)


def test_a_nudge_is_told_in_peoples_words(host):
    host.start()
    host.pause()
    before = host.snapshot["playback"]["position"]
    host.page.click("[data-nudge='0.5']")
    expect(host.page.locator("[data-nudged]")).to_have_text("The film was 0.5 s ahead of us.")
    host.page.click("[data-nudge='0.1']")
    expect(host.page.locator("[data-nudged]")).to_have_text("The film was 0.6 s ahead of us.")
    assert host.last_act("nudge")["playback"]["position"] == pytest.approx(before + 0.6, abs=0.01)
    assert host.take_back()["playback"]["position"] == pytest.approx(before + 0.5, abs=0.01)


def test_the_speed_of_the_player_and_back(host):
    host.start()
    host.page.select_option("[data-rate]", "1.25")
    assert host.last_act("set_rate")["playback"]["rate"] == 1.25
    assert host.take_back()["playback"]["rate"] == 1


def test_a_tapped_moment_moves_what_follows_and_undo_asks_again(host):
    host.start()
    host.go_to("44")
    question = host.page.locator("checkpoint-question")
    expect(question).to_contain_text("Her shoe touches the first stair")
    expect(host.page.locator("checkpoint-question strong")).to_have_count(1)
    host.page.click("[data-answer=now]")
    marks = host.last_act("mark")["alignment"]["marks"]
    assert [(mark["scene_id"], mark["answer"]) for mark in marks] == [("stairs", "now")]
    expect(question).to_be_hidden()
    assert host.take_back()["alignment"]["marks"] == []
    expect(question).to_be_visible()


def test_already_happened_and_skip_move_nothing(host):
    host.start()
    host.go_to("44")
    for answer in ("already", "skip"):
        host.page.click(f"[data-answer={answer}]")
        snapshot = host.last_act("mark")
        assert [mark["answer"] for mark in snapshot["alignment"]["marks"]] == [answer]
        assert snapshot["alignment"]["shift"] == pytest.approx(0)
        expect(host.page.locator("checkpoint-question")).to_be_hidden()
        host.take_back()
        expect(host.page.locator("checkpoint-question")).to_be_visible()


def test_a_press_counts_from_the_moment_the_finger_came_down(host):
    def held_down(selector):
        """Where the film was when the finger came down; it stays down for most of a second."""
        host.page.locator(selector).hover()
        host.page.mouse.down()
        position = host.page.evaluate("document.querySelector('host-transport').room.position()")
        host.page.wait_for_timeout(800)
        host.page.mouse.up()
        return position

    host.start()
    host.go_to("0:00:41")
    expect(host.page.locator("checkpoint-question")).to_be_visible()
    pressed = held_down("[data-answer=now]")
    marked = host.last_act("mark")["alignment"]["marks"][-1]["position"]
    assert marked == pytest.approx(pressed - 0.25, abs=0.3)
    pressed = held_down("[data-play]")
    assert host.last_act("pause")["playback"]["position"] == pytest.approx(pressed, abs=0.3)


def test_we_are_not_there_yet_holds_goes_back_and_lets_go(host):
    host.start()
    host.go_to("100")
    host.page.click("[data-open=not-there-yet]")
    expect(host.page.locator("#not-there-yet")).to_be_visible()
    host.page.wait_for_function("() => document.querySelector('host-transport').room.snapshot.room.hold_all")
    host.page.click("[data-back='60']")
    host.page.wait_for_function("() => !document.querySelector('host-transport').room.snapshot.room.hold_all")
    assert host.snapshot["playback"]["position"] == pytest.approx(41, abs=3)


def test_never_mind_lets_everything_come_again(host):
    host.start()
    host.page.click("[data-open=not-there-yet]")
    host.page.wait_for_function("() => document.querySelector('host-transport').room.snapshot.room.hold_all")
    host.page.click("#not-there-yet [data-close]")
    host.page.wait_for_function("() => !document.querySelector('host-transport').room.snapshot.room.hold_all")


def test_this_copy_of_the_film_by_its_length_or_its_speed_and_back(people):
    host = people(Host).has_night(film="miracle-in-cell-no-7")
    host.page.fill("film-copy [name=length]", "2:01:55")
    host.page.click("film-copy [type=submit]")
    snapshot = host.last_act("set_runtime")
    assert snapshot["room"]["runtime"] == 7315
    assert snapshot["alignment"]["rate"] == pytest.approx(25 / 24)
    assert host.take_back()["room"]["runtime"] == 7620
    host.page.select_option("[data-copy]", index=1)
    assert host.last_act("set_alignment")["alignment"]["rate"] == pytest.approx(25 / 24)
    assert host.take_back()["alignment"]["rate"] == pytest.approx(1)


def test_the_remote_reloads_and_nothing_in_the_room_changes(host):
    host.start()
    host.pause()
    host.page.wait_for_timeout(2500)  # what was under way when the film stopped has been told by then
    before = host.snapshot
    host.page.reload()
    host.is_in()
    for what in ("playback", "playback_revision", "acts"):
        assert host.snapshot[what] == before[what]
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "paused")


def test_every_key_of_the_film_moves_it_by_what_the_sheet_says(host):
    host.start()
    host.page.keyboard.press(" ")
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "paused")
    host.go_to("60")
    at = host.last_act("seek")["playback"]["position"]
    moves = {
        "ArrowLeft": -5,
        "ArrowRight": 5,
        "j": -10,
        "l": 10,
        "Shift+ArrowLeft": -1,
        "Shift+ArrowRight": 1,
        ",": -0.1,
        ".": 0.1,
    }
    for key, by in moves.items():
        at += by
        host.page.keyboard.press(key)
        host.page.wait_for_function(
            "at => Math.abs(document.querySelector('host-transport').room.snapshot.playback.position - at) < 0.001",
            arg=at,
        )
    host.page.keyboard.press("5")
    expect(host.page.locator("#sure")).to_contain_text("0:01:30")
    host.page.keyboard.press("Escape")
    assert host.snapshot["playback"]["position"] == pytest.approx(at)
    host.page.keyboard.press("5")
    host.page.click("[data-sure]")
    expect(host.page.locator("[data-clock]")).to_have_text("0:01:30")
    host.page.keyboard.press("Control+z")
    expect(host.page.locator("[data-clock]")).to_have_text("0:01:00")


def test_every_key_of_the_cards_does_what_the_sheet_says(host, guest):
    host.start()
    host.page.keyboard.press("n")
    guest.sees("eleven-keys")
    host.last_act("show_now")
    host.page.keyboard.press("x")
    assert host.last_act("skip")
    host.page.keyboard.press("h")
    expect(host.page.locator("[data-hold-all]")).to_have_attribute("aria-pressed", "true")
    host.page.keyboard.press("h")
    host.go_to("44")
    expect(host.page.locator("checkpoint-question")).to_be_visible()
    host.page.keyboard.press("s")
    assert host.last_act("mark")["alignment"]["marks"]
    host.page.keyboard.press("p")
    expect(host.page.locator("[name=question]")).to_be_focused()
    host.page.keyboard.type("Now?")
    for number, text in enumerate(["Yes", "No"]):
        host.page.locator("[name=option]").nth(number).fill(text)
    host.page.select_option("own-poll [name=results]", "host")
    host.page.get_by_role("button", name="Ask now").click()
    guest.vote("ask-1", "o1")
    host.page.locator("[data-poll=ask-1] [data-close]").click()
    expect(host.page.locator("[data-reveal=on]")).to_have_count(0)
    host.page.locator("h1").click()
    expect(host.page.locator("[data-poll=ask-1] [data-reveal=on]")).to_be_visible()
    host.page.keyboard.press("r")
    guest.sees_the_result("ask-1")


def test_the_keys_work_except_while_one_types_and_can_be_switched_off(host):
    host.start()
    host.page.keyboard.press("k")
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "paused")
    host.page.keyboard.press("z")
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "playing")
    host.page.keyboard.press("?")
    expect(host.page.locator("#keys")).to_contain_text("Hold everything")
    expect(host.page.locator("#keys")).not_to_contain_text("this just happened")
    host.page.keyboard.press("Escape")
    host.page.fill("[name=question]", "")
    host.page.locator("[name=question]").type("kk hh")
    expect(host.page.locator("[name=question]")).to_have_value("kk hh")
    host.page.locator("[data-keys-on]").uncheck()
    host.page.locator("body").click(position={"x": 2, "y": 2})
    host.page.keyboard.press("k")
    host.page.wait_for_timeout(300)
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "playing")


def test_one_key_blacks_the_television_and_every_phone_and_one_press_lights_them_again(people, host, guest):
    screen = people(Television).show(host.code)
    guest.page.click("[data-opens=so-far]")
    host.page.keyboard.press("b")
    screen.is_in("black")
    dark = guest.page.locator("dim-layer")
    expect(dark).to_have_attribute("data-state", "dark")
    expect(guest.page.locator("dialog[open]")).to_have_count(0)
    expect(host.page.locator("[data-black]")).to_have_attribute("aria-pressed", "true")
    host.start()
    host.go_to("41")
    guest.page.wait_for_selector("#stage article[data-cue-id=one-thing-at-a-time]")
    expect(dark).to_have_attribute("data-state", "dark")
    host.page.keyboard.press("b")
    screen.is_in("quiet")
    expect(dark).to_have_attribute("data-state", "light")
    host.take_back()
    screen.is_in("black")


def test_the_number_on_the_television_for_who_comes_late(people, host):
    screen = people(Television).show(host.code)
    host.start()
    host.page.keyboard.press("c")
    screen.is_in("code")
    host.page.keyboard.press("c")
    screen.is_in("quiet")


STILL = """() => new Promise((done) => {
  let still = setTimeout(() => done(true), 1_200)
  const again = () => { clearTimeout(still); still = setTimeout(() => done(true), 1_200) }
  new MutationObserver(again)
    .observe(document.querySelector("host-transport"), { subtree: true, childList: true, attributes: true, characterData: true })
  setTimeout(() => done(false), 8_000)
})"""
"""For more than a second, within eight, nothing was written to it: whoever comes or goes is news all the same."""


def test_a_film_that_stands_still_writes_nothing_to_the_remote(host):
    """Every writing has the browser find its styles anew: a host's phone lies there for two hours."""
    assert host.page.evaluate(STILL), "in the lobby"
    host.start()
    host.pause()
    assert host.page.evaluate(STILL), "paused"


def test_the_same_commands_on_a_phone(people, host):
    phone = people(Host, PHONE, is_new=True).open_link(host.link)
    phone.page.emulate_media(forced_colors="active")
    edge = "e => getComputedStyle(e).borderTopStyle"
    assert phone.page.locator("[data-play]").evaluate(edge) != "none", (
        "a key without an edge where colours are the reader’s"
    )
    for view, control in [
        ("film", "[data-play]"),
        ("film", "[data-by='10']"),
        ("next", "[data-queue]"),
        ("polls", "own-poll"),
    ]:
        phone.see(view)
        expect(phone.page.locator(control)).to_be_visible()
    phone.see("people")
    expect(phone.page.locator("[data-lock]")).to_be_visible()
    phone.see("more")
    expect(phone.page.get_by_role("button", name=re.compile("End the evening"))).to_be_visible()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_that_there_is_no_connection_can_be_read_whole_on_the_smallest_phone(people, host):
    phone = people(Host, {"width": 320, "height": 568}).open_link(host.link)
    phone.page.context.set_offline(True)
    said = phone.page.locator("[data-connection][data-state=lost]")
    expect(said).to_be_visible(timeout=15_000)
    assert said.evaluate(
        "e => e.scrollWidth <= e.clientWidth && e.getBoundingClientRect().right <= innerWidth"
    )


def test_at_the_end_of_the_film_the_host_is_offered_to_say_so_on_remote_and_room_page(people, host):
    host.start()
    host.go_to("175")
    over = host.page.get_by_role("button", name="The film is over")
    expect(over).to_have_count(1)
    expect(over).to_have_count(2, timeout=10_000)
    room = host.context.new_page()
    room.goto(f"{host.url}/j/{host.code}")
    room.get_by_role("button", name="I’m in").click()
    expect(room.locator(".host-strip__ask")).to_have_text("Is the film over?")
    room.get_by_role("button", name="It is over").click()
    expect(room.locator("#main")).to_have_attribute("data-part", "after")
    host.last_act("film_over")
    expect(over).to_have_count(0)
