"""A device that goes on to the next person has nothing of the last one left on it."""

import pytest

from tests.browser.devices import Devices

pytestmark = pytest.mark.browser


@pytest.fixture
def devices(chromium):
    """None of the other tests' are among them."""
    return Devices(chromium)


KEEP = """() => new Promise((done) => {
  localStorage.kept = sessionStorage.kept = "mine"
  document.cookie = "kept=mine"
  indexedDB.open("kept").onsuccess = done
}).then(() => true)"""
KEPT = """async () => [document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).map(({ name }) => name), document.visibilityState]"""


def test_a_device_goes_on_with_nothing_left_on_it(devices, server):
    heard = []
    with devices.lent() as page:
        page.goto(server.url)
        page.on("console", lambda said: heard.append(said.text))
        page.context.new_page().goto(server.url)
        page.context.set_offline(True)
        page.evaluate(KEEP)
    with devices.lent({"width": 360, "height": 640}) as again:
        assert again is page, "it was not lent again, so nothing is shown here"
        assert len(again.context.pages) == 1 and again.context.cookies() == []
        again.goto(server.url)
        again.evaluate("console.log('not for the last one')")
        assert again.evaluate("[innerWidth, innerHeight]") == [360, 640]
        assert again.evaluate(KEPT) == ["", 0, 0, [], "visible"]
        assert heard == []


def test_a_device_with_something_of_a_tests_own_is_never_lent_again(devices, server):
    with devices.lent(is_new=True) as page:
        page.goto(server.url)
    assert page.is_closed()
    with devices.lent(is_new=True) as other:
        assert other is not page
