"""Another release of the film, told in the studio and followed by a room whose player shows its length."""

import pytest
import requests
import socketio

from tests.browser.studio_people import Author

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(own_server):
    return own_server


LINES = (
    "# 0:00 The arrival\n0:00:30 trivia: The bridge was built\n# 0:20:00 The house\n0:21:00 theme: The door\n"
)


@pytest.fixture
def author(device, server):
    made = Author(device, server)
    yield made
    assert made.faults == []


def starts(author):
    return [release["starts"] for release in author.stored().get("other_editions", [])]


def test_a_release_is_named_timed_checked_undone_and_followed_by_a_room(author, server):
    author.begins(text=LINES)
    author.opens_dialog("findings").locator(".studio-finding:has-text('licence') [data-open=film]").click()
    film = author.page.locator("#dialog-film[open]")
    film.locator("[data-path='edition.name']").fill("The disc")
    releases = film.locator("studio-releases")
    releases.locator("form [name=name]").fill("The European disc")
    releases.locator("form button").click()
    releases.locator("[data-releases-said]:has-text('the length its player shows')").wait_for()
    releases.locator("form [name=runtime]").fill("1:36:00")
    author.page.keyboard.press("Enter")
    releases.locator("legend:has-text('The European disc')").wait_for()
    author.page.keyboard.press("Enter")  # the keyboard stands on its scene times
    house = releases.locator("[data-scene]").nth(1)
    assert house.get_attribute("placeholder") == "0:19:12", "on the line between the ends"
    house.fill("soon")
    releases.locator("[data-fault]:has-text('not a time')").wait_for()
    house.fill("1:50:00")
    releases.locator("[data-fault]:has-text('already over')").wait_for()
    house.fill("0:18:40")
    releases.locator("summary:has-text('1 of 2')").wait_for()
    author.is_saved()
    assert [list(found.values()) for found in starts(author)] == [[1120]]
    film.locator("[data-path='credits.licence']").fill("CC0")
    film.locator("[data-path='credits.author']").fill("Ana")
    film.locator("[data-away-release]").click()
    film.locator("[data-close]").click()
    author.page.click("[data-undo]")
    author.page.reload()
    author.at_desk().is_saved()
    assert len(starts(author)) == 1, "taken away by mistake, it is back, also after a reload"
    told = typed_in_a_room(author, server, 5760)
    assert told["recognised"]["edition"] == author.stored()["other_editions"][0]["id"]
    assert "The European disc" in told["sentence"]


def typed_in_a_room(author, server, length):
    """What a host hears who types this length."""
    share = author.opens_dialog("share")
    share.locator("[data-publish]").click()
    share.locator("[data-published]:has-text('This version is published')").wait_for()
    made = requests.post(f"{server.url}/api/rooms", json={"sheet": author.slug}, timeout=10).json()
    host = socketio.Client()
    host.connect(
        server.url,
        auth={"code": made["code"], "role": "host", "token": made["host_token"]},
        transports=["polling"],
    )
    told = host.call("set_runtime", {"seconds": length, "op_id": "a"})
    host.disconnect()
    return told
