"""Everyone at home with their own copy: the own clock, the ad, and the way back to the others (ROOM 17)."""

import pytest
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = pytest.mark.browser
STAGE = "#stage .card:not([data-leaving])"


@pytest.fixture
def party(server):
    with Party(server.url, apart=True) as party:
        yield party


@pytest.fixture
def phone(party, device):
    return party.enters(device())


def delay(party):
    [person] = party.snapshot()["people"]["list"]
    return person["delay"]


def test_the_first_picture_sets_the_own_clock(party, phone):
    party.play_at(4)
    phone.get_by_role("button", name="Tap when you see the first picture").tap()
    expect(phone.locator(".own-clock__said")).to_contain_text("behind")
    assert 4 <= delay(party) <= 9


def test_a_card_waits_for_the_own_film(party, phone):
    party.rest_at(6)
    expect(phone.locator(STAGE)).to_have_count(1)
    phone.get_by_role("link", name="My film").tap()
    phone.get_by_label("What does your player show right now?").fill("0:00:02")
    phone.get_by_role("button", name="Set").tap()
    phone.keyboard.press("Escape")
    expect(phone.locator(".film-position__time")).to_have_text("0:00:02")
    expect(phone.locator(STAGE)).to_have_count(0)
    assert delay(party) == pytest.approx(4, abs=0.6)


def test_an_ad_adds_its_length(party, phone):
    party.play_at(10)
    phone.get_by_role("button", name="Tap when you see the first picture").tap()
    phone.wait_for_timeout(300)
    before = delay(party)
    phone.get_by_role("button", name="Ad, or I paused").tap()
    phone.wait_for_timeout(2_500)
    assert party.snapshot()["people"]["list"][0]["in_ad"] is True
    phone.get_by_role("button", name="It’s back").tap()
    expect(phone.get_by_role("button", name="Ad, or I paused")).to_be_visible()
    assert 2 <= delay(party) - before <= 5
    assert party.snapshot()["people"]["list"][0]["in_ad"] is False


def test_the_way_back_to_the_others(party, phone):
    party.rest_at(30)
    phone.get_by_role("link", name="My film").tap()
    phone.get_by_label("What does your player show right now?").fill("0:00:10")
    phone.get_by_role("button", name="Set").tap()
    expect(phone.get_by_text("To catch up, go to 0:00:30 in your player")).to_be_visible()
    phone.get_by_role("button", name="I’m with the others now").tap()
    expect(phone.locator("[data-gap]")).to_have_text("With the others")
    assert delay(party) == 0


def test_what_cannot_be_a_time_is_told(party, phone):
    party.rest_at(30)
    phone.get_by_role("link", name="My film").tap()
    for typed, told in [("soon", "Type it as your player shows it"), ("9:00:00", "too far from the others")]:
        phone.get_by_label("What does your player show right now?").fill(typed)
        phone.get_by_role("button", name="Set").tap()
        expect(phone.get_by_text(told)).to_be_visible()
        assert delay(party) == 0


def test_in_one_room_nobody_has_a_clock_of_their_own(server, device):
    with Party(server.url) as together:
        page = together.enters(device())
        assert page.locator("own-clock").count() == 0
