"""A page whose scripts are older than the server that answers now, as after an update in the middle of a film."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party
from tests.servers import ROOT, Server

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path):
    """A server on a copy of the house, so that its scripts can be changed."""
    for part in ("companion", "templates", "static"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    with Server(root=tmp_path) as server:
        yield server


@pytest.fixture
def party(server):
    with Party(server.url) as party:
        yield party


def updated(server, party, *pages):
    """The server starts anew with other scripts; every page has found its way back to it."""
    for page in pages:
        page.set_default_timeout(30_000)  # a server starts, and every page finds it when its turn comes
        page.evaluate("globalThis.isOld = true")
    party.socket.disconnect()
    with (server.root / "static" / "css" / "tokens.css").open("a") as sheet:
        sheet.write("/* a newer build */\n")
    server.restart()
    party.connect()


def build(page, of="film-position"):
    """The build that answers, as the page knows it, once that is another one than its own."""
    page.wait_for_function(
        f"""() => {{ const build = document.querySelector('{of}').room?.snapshot?.build
            return build && (!globalThis.isOld || !document.querySelector('script[src]').src.includes(build)) }}"""
    )


def test_every_page_loads_the_newer_one_by_itself_but_never_while_it_is_in_use(server, party, device):
    phone = party.enters(device())
    host = device({"width": 1280, "height": 800})
    host.goto(f"{party.url}/host/{party.code}#{party.host_token}")
    host.get_by_role("button", name="Yes").click()
    screen = device({"width": 1280, "height": 720})
    screen.goto(f"{party.url}/tv/{party.code}")
    party.rest_at(21)
    party.do("show_code", on=True)
    expect(phone.locator("#stage [data-cue-id=first-smell] .poll-card")).to_be_visible()
    screen.wait_for_selector(".tv[data-mode=code]")
    updated(server, party, phone, host, screen)
    host.wait_for_function("() => !globalThis.isOld")
    screen.wait_for_function(
        "() => !document.querySelector('script[src]').src.includes(document.querySelector('.tv').dataset.build)"
    )
    assert screen.evaluate("globalThis.isOld"), "it went away while people read the number"
    party.do("show_code", on=False)
    screen.wait_for_function("() => !globalThis.isOld")
    screen.wait_for_selector(".tv[data-mode=quiet]")
    build(phone)
    assert phone.evaluate("globalThis.isOld"), "it went away under somebody's thumb"
    party.seek(15)
    phone.wait_for_function("() => !globalThis.isOld")
    phone.wait_for_selector("html[data-connection=live]")
    expect(phone.locator(".film-position__time")).to_have_text("0:00:15")
    expect(host.locator(".remote")).to_be_visible()
    assert not phone.locator("dialog[open]").count() and not host.locator("dialog[open]").count()


def test_a_page_that_stays_old_says_so_once_and_goes_on(server, party, device):
    phone = party.enters(device(is_new=True))
    address = f"{party.url}/r/{party.code}"
    with phone.expect_response(lambda answer: answer.url.startswith(address)) as kept:
        phone.reload()
    old = kept.value.text()
    phone.route(
        lambda url: url.startswith(address), lambda route: route.fulfill(body=old, content_type="text/html")
    )
    updated(server, party, phone)
    said = phone.get_by_role("dialog", name="This page is older than the room’s computer")
    said.wait_for()
    assert not phone.evaluate("globalThis.isOld"), "it did not even try"
    said.get_by_role("button", name="Go on with this one").click()
    party.rest_at(6)
    expect(phone.locator("#stage .card[data-cue-id=eleven-keys]")).to_be_visible()
    expect(said).to_be_hidden()
