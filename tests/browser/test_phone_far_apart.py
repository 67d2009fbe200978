"""Everyone with their own copy: whoever starts late says so, and nothing comes before their first picture."""

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = pytest.mark.browser
SMALL = {"width": 320, "height": 568}


@pytest.fixture
def party(server):
    with Party(server.url, apart=True) as party:
        yield party


def test_who_starts_late_sees_nothing_before_their_first_picture_and_is_that_far_behind(party, device):
    page = party.enters(device(SMALL))
    party.do("start", countdown=4)
    page.get_by_role("button", name="Ad, or I paused").click()
    expect(page.get_by_role("button", name="Ad, or I paused")).to_be_hidden()
    page.wait_for_timeout(10_500)
    expect(page.locator("#stage .card")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Tap when you see the first picture").click()
    expect(page.get_by_role("button", name="Tap when you see the first picture")).to_be_hidden()
    expect(page.get_by_role("button", name="Ad, or I paused")).to_be_visible()
    expect(page.locator(".own-clock__said")).to_contain_text("behind")
    [guest] = party.snapshot()["people"]["list"]
    assert 5 < guest["delay"] < 30 and not guest["in_ad"]
    expect(page.locator("#stage [data-cue-id=eleven-keys]")).to_be_visible(timeout=8_000)
