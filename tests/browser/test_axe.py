"""axe finds nothing on any page, in English and in Korean: WCAG 2.2 AA and best practice, in every light and width."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect

from companion.web import problems
from tests.browser.axe import faults_in_every_light
from tests.browser.devices import LAPTOP
from tests.browser.party import Party
from tests.browser.studio_people import Author

pytestmark = pytest.mark.browser


@pytest.fixture(params=["en", "ko"])
def lang(request) -> str:
    return request.param


@pytest.fixture
def party(server) -> Iterator[Party]:
    with Party(server.url) as party:
        yield party


@pytest.fixture
def page(device, lang):
    return device(LAPTOP, has_touch=False, locale="ko-KR" if lang == "ko" else "en-GB")


def check(page, *places: str) -> None:
    """Every place in turn; a place without a slash is what the page shows already."""
    found = {}
    for place in places:
        if "/" in place:
            page.goto(place)
        found[place] = faults_in_every_light(page)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_at_every_door(party, page, lang):
    check(
        page,
        *[
            f"{party.url}{path}?lang={lang}"
            for path in ("/", f"/j/{party.code}", "/j/987651", "/nothing", "/host/new")
        ],
    )


@pytest.mark.parametrize("status", [429, 500, 503])
def test_when_something_went_wrong(app: Flask, party, device, lang, status):
    """These pages cannot be asked for, so the server's own words are laid over an address of this server."""
    with app.test_request_context(f"/?lang={lang}"):
        said = problems.problem(status, problems.SENTENCES[status]).get_data(as_text=True)
    page = device(is_new=True)
    page.route("**/broken", lambda route: route.fulfill(status=status, body=said, content_type="text/html"))
    check(page, f"{party.url}/broken")


def test_in_the_room_before_and_after_the_film(party, page, lang):
    party.enters(page, lang=lang)
    check(page, "lobby")
    party.play_at(170)
    party.do("film_over")
    expect(page.locator("body[data-silent]")).to_be_attached()
    check(page, "silence")
    party.do("next")
    expect(page.locator("#stage .card--discussion:not([data-leaving])")).to_be_visible()
    check(page, "after")
    party.do("end")
    expect(page.locator(".after-part__recap")).to_be_visible()
    check(page, "ended", f"{party.url}/r/{party.code}/recap")


def test_in_the_room_during_the_film(party, page, lang):
    party.enters(page, lang=lang)
    for position, kind in ((6, "trivia"), (21, "poll"), (41, "theme"), (53, "quiz")):
        party.rest_at(position)
        expect(page.locator(f"#stage .card--{kind}:not([data-leaving])")).to_be_visible()
        expect(page.locator("#stage .card")).to_have_count(1)
        check(page, kind)
    party.rest_at(15)
    expect(page.locator("#idle")).to_be_visible()
    check(page, "idle")
    for dialog in ("so-far", "settings"):
        page.locator(f"[data-opens={dialog}]").click()
        check(page, dialog)
        page.keyboard.press("Escape")
    page.locator("[data-opens=settings]").click()
    page.locator("#settings [data-opens=code]").click()
    check(page, "code")


def test_with_the_host(party, page, lang):
    page.goto(f"{party.url}/host/{party.code}?lang={lang}#{party.host_token}")
    page.locator("[data-door] button").first.click()
    expect(page.locator(".remote")).to_be_visible()
    check(page, "remote before the film")
    party.rest_at(21)
    expect(page.locator("host-transport")).to_have_attribute("data-state", "paused")
    check(page, "remote during the film", f"{party.url}/host/{party.code}/poster")


def test_on_the_television(party, page, lang):
    page.goto(f"{party.url}/tv/{party.code}?lang={lang}")
    for mode, position in (("lobby", None), ("quiet", 15), ("poll", 21)):
        if position:
            party.rest_at(position)
        if mode != "poll":
            expect(page.locator(f".tv[data-mode={mode}]")).to_be_attached()
        check(page, mode)


def test_in_the_studio(device, server, lang):
    author = Author(device, server, locale="ko-KR" if lang == "ko" else "en-GB").begins(
        text="# 0:00 One\n0:01:00 poll: Who? | He | She\n"
    )
    check(
        author.page,
        "desk",
        *[
            f"{server.url}/studio/{path}"
            for path in ("", "drop", f"{author.slug}/stamp", f"{author.slug}/rehearse")
        ],
    )
