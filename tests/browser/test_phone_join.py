"""In within ten seconds and two taps, back with none."""

import time

import pytest

from tests.browser.party import Party

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def party(server):
    with Party(server.url) as party:
        yield party


def test_scan_to_inside_takes_one_tap_and_less_than_ten_seconds(party, device):
    page = device()
    began = time.monotonic()
    page.goto(f"{party.url}/j/{party.code}")
    page.get_by_role("button", name="I’m in").tap()
    page.wait_for_selector("html[data-connection=live]")
    assert time.monotonic() - began < 10
    assert page.get_by_text("A film made of cards").is_visible()


def test_whoever_was_in_is_in_again_without_a_tap(party, device):
    phone = party.enters(device())
    page = phone.context.new_page()
    page.goto(f"{party.url}/j/{party.code}")
    assert page.url.endswith(f"/r/{party.code}")


@pytest.mark.parametrize(
    "typed", ["{0}", "{1}-{2}", "http://192.168.0.7:8080/j/{0}"], ids=["digits", "hyphen", "link"]
)
def test_a_code_goes_by_itself_when_it_is_long_enough(party, device, typed):
    page = device()
    page.goto(party.url)
    page.locator("#code").fill(typed.format(party.code, party.code[:3], party.code[3:]))
    page.wait_for_url(f"**/j/{party.code}")


def test_a_wrong_code_is_told_once_and_stays_to_be_mended(party, device):
    page = device()
    asked = []
    page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    page.goto(party.url)
    wrong = party.code[:-1] + str((int(party.code[-1]) + 1) % 10)
    page.locator("#code").press_sequentially(wrong)
    page.locator("#code[aria-invalid=true]").wait_for()
    page.wait_for_load_state("networkidle")
    assert len(asked) == 1, "it sent the refused code again"
    assert page.evaluate("document.activeElement.id") == "code"
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type(party.code[-1])
    page.wait_for_url(f"**/j/{party.code}")


def test_where_no_server_answers_the_page_stays_dark_and_says_so(party, device):
    page = device()
    page.goto(party.url)
    page.context.set_offline(True)
    page.locator("#code").press_sequentially(party.code)
    page.get_by_text("The room’s computer does not answer").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Join").tap()
    page.wait_for_url(f"**/j/{party.code}")


def test_a_code_is_grouped_while_it_is_typed_in_any_digits(party, device):
    page = device()
    page.goto(party.url)
    page.locator("#code").press_sequentially("٤٨٢9")
    assert page.locator("#code").input_value() == "482 9"


def test_the_keypad_is_numeric_and_the_field_is_ready(party, device):
    page = device()
    page.goto(party.url)
    field = page.locator("#code")
    assert field.get_attribute("inputmode") == "numeric"
    assert page.evaluate("document.activeElement.id") == "code"


def test_another_name_is_one_tap_away_and_enter_joins(party, device):
    page = device()
    page.goto(f"{party.url}/j/{party.code}")
    name = page.locator("#name")
    first = name.input_value()
    page.get_by_role("button", name="Another name").tap()
    page.wait_for_function("was => document.querySelector('#name').value !== was", arg=first)
    name.fill("민수")
    name.press("Enter")
    page.wait_for_url("**/r/**")
    assert page.locator("#my-name").input_value() == "민수"


def test_a_name_that_is_no_name_is_told_beside_the_field(party, device):
    page = device()
    page.goto(f"{party.url}/j/{party.code}")
    page.locator("#name").fill("x" * 40)
    page.get_by_role("button", name="I’m in").tap()
    page.get_by_text("24 characters at most").wait_for()
    assert page.evaluate("document.activeElement.id") == "name"
    edge = "e => getComputedStyle(e).borderTopColor"
    assert page.locator("#name").evaluate(edge) == page.locator("#join-fault").evaluate(
        "e => getComputedStyle(e).color"
    )


def test_without_a_server_the_page_says_so_and_keeps_what_was_typed(party, device):
    page = device()
    page.goto(f"{party.url}/j/{party.code}")
    page.locator("#name").fill("Ana")
    page.context.set_offline(True)
    page.get_by_role("button", name="I’m in").tap()
    page.get_by_text("Are you on the same wifi?").wait_for()
    assert page.locator("#name").input_value() == "Ana"
    page.context.set_offline(False)
    page.get_by_role("button", name="I’m in").tap()
    page.wait_for_url("**/r/**")


def test_joining_and_voting_need_no_script(party, device):
    page = device(java_script_enabled=False)
    page.goto(party.url)
    page.locator("#code").fill(party.code)
    page.get_by_role("button", name="Join").tap()
    page.get_by_role("button", name="I’m in").tap()
    page.locator(".poll-card__option", has_text="On the aisle").tap()
    page.get_by_role("button", name="Vote").tap()
    page.wait_for_url("**/r/**#your-seat")
    assert page.locator(".told p").inner_text() == "Your answer: On the aisle"
    assert party.votes("your-seat") == {"aisle": 1}
    assert page.locator(".card-stack__pager").is_hidden()
    party.rest_at(5)
    page.reload()
    assert page.locator(".room__hands button:visible").count() == 0, "buttons that do nothing"
    page.get_by_role("link", name="So far").tap()
    drawer = page.locator("#so-far")
    assert drawer.get_by_role("heading", name="Where do you sit").is_visible()
    page.get_by_role("link", name="Close").tap()
    assert drawer.is_hidden()


def test_one_browser_may_hold_somebody_else_as_well(party, device):
    page = party.enters(device())
    page.get_by_role("link", name="More").tap()
    page.get_by_role("link", name="Join as someone else here").tap()
    page.wait_for_url("**/j/**seat=2")
    page.locator("#name").fill("Second")
    page.get_by_role("button", name="I’m in").tap()
    page.wait_for_url("**/r/**seat=2")
    names = {person["name"] for person in party.snapshot()["people"]["list"]}
    assert "Second" in names


def test_the_whole_evening_works_over_plain_http_on_the_wifi(party, device, lan):
    page = device(is_new=True)
    page.goto(lan)
    page.locator("#code").press_sequentially(party.code)
    page.wait_for_url(f"{lan}/j/{party.code}")
    assert page.evaluate("isSecureContext") is False
    page.get_by_role("button", name="I’m in").tap()
    page.wait_for_selector("html[data-connection=live]")
    page.get_by_role("link", name="More").tap()
    page.locator("[data-awake-said]", has_text="Asked for").wait_for()
    name = page.locator("#my-name").input_value()
    page.keyboard.press("Escape")
    party.rest_at(21)
    chosen = page.locator("#stage [data-cue-id=first-smell] .poll-card__option", has_text="Old velvet")
    chosen.tap()
    page.locator("#stage").get_by_text("Saved.").wait_for()
    assert party.votes("first-smell")["velvet"] == 1
    page.goto("about:blank")
    page.goto(f"{lan}/j/{party.code}")
    page.wait_for_selector("html[data-connection=live]")
    assert chosen.locator("input").is_checked() and page.locator("#my-name").input_value() == name


def test_where_websockets_are_blocked_a_phone_comes_in_votes_and_comes_back_all_the_same(party, device):
    page = device(is_new=True)
    page.add_init_script(
        "globalThis.WebSocket = class extends EventTarget { constructor() { super(); setTimeout(() => this.onerror?.({})) } close() {} }"
    )
    party.enters(page)
    page.evaluate("globalThis.isSame = true")
    party.rest_at(21)
    page.locator("#stage .poll-card__option", has_text="Popcorn").tap()
    page.locator("#stage").get_by_text("Saved.").wait_for()
    assert party.votes("first-smell")["popcorn"] == 1
    assert page.evaluate("globalThis.isSame"), "the page was loaded again"
    page.reload()
    page.wait_for_selector("html[data-connection=live]")
    assert page.locator("#stage .poll-card__option", has_text="Popcorn").locator("input").is_checked()
