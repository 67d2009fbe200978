"""Forty guests behind one address of a wifi: all come in, vote once each, reload, and keep their place."""

import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import socketio
from playwright.sync_api import expect

from tests.browser.party import Party

pytestmark = pytest.mark.browser
GUESTS, IN_BROWSERS = 40, 3
POLL, OPTIONS = "first-smell", ["popcorn", "velvet", "polish", "rain"]


class Guest:
    """A phone without a screen: the same pages, cookies and socket as a browser's."""

    def __init__(self, party: Party, number: int) -> None:
        self.party, self.number, self.name = party, number, f"Guest {number}"
        self.web = requests.Session()
        self.socket = socketio.Client(reconnection=False, http_session=self.web)

    def joins(self) -> "Guest":
        came = self.web.post(f"{self.party.url}/j/{self.party.code}", data={"name": self.name}, timeout=30)
        assert came.status_code == 200 and f"/r/{self.party.code}" in came.url, came.text[:400]
        return self.connects()

    def connects(self) -> "Guest":
        self.socket.connect(
            self.party.url,
            auth={"code": self.party.code, "role": "guest", "seat": 1},
            transports=["websocket"],
            wait_timeout=30,
        )
        return self

    def votes(self) -> None:
        vote = {"cue_id": POLL, "option_id": self.choice, "op_id": secrets.token_hex(8)}
        assert self.socket.call("vote", vote, timeout=30)["ok"]

    def reloads(self) -> dict:
        self.socket.disconnect()
        page = self.web.get(f"{self.party.url}/r/{self.party.code}", timeout=30)
        assert page.status_code == 200 and self.name in page.text
        self.connects()
        ack = self.socket.call("snapshot", {}, timeout=30)
        assert ack["ok"], ack
        return ack["snapshot"]

    @property
    def choice(self) -> str:
        return OPTIONS[self.number % len(OPTIONS)]


@pytest.fixture
def party(server) -> Iterator[Party]:
    with Party(server.url) as party:
        yield party


def test_forty_guests_from_one_address_keep_their_place(party, device):
    guests = [Guest(party, number) for number in range(IN_BROWSERS, GUESTS)]
    pages = [party.enters(device()) for _ in range(IN_BROWSERS)]
    with ThreadPoolExecutor(8) as together:
        list(together.map(Guest.joins, guests))
        assert len({guest["guest_id"] for guest in party.snapshot()["people"]["list"]}) == GUESTS
        party.rest_at(21)
        for page in pages:
            page.locator(f"#stage [data-option-id={OPTIONS[0]}]").tap()
            expect(page.locator("#stage").get_by_text("Saved.")).to_be_visible()
        list(together.map(Guest.votes, guests))
        snapshots = list(together.map(Guest.reloads, guests))
    for page in pages:
        page.reload()
        expect(page.locator(f"#stage [data-option-id={OPTIONS[0]}] input")).to_be_checked()
        expect(page.locator(".film-position__time")).to_have_text("0:00:21")
    playback = party.snapshot()["playback"]
    for guest, snapshot in zip(guests, snapshots, strict=True):
        assert (snapshot["you"]["name"], snapshot["votes"]) == (guest.name, {POLL: guest.choice})
        assert snapshot["playback"] == playback
        guest.socket.disconnect()
    assert sum(party.votes(POLL).values()) == GUESTS
    people = party.snapshot()["people"]["list"]
    assert len(people) == GUESTS and len({person["guest_id"] for person in people}) == GUESTS
    assert sorted(p["name"] for p in people if re.match("Guest ", p["name"])) == sorted(
        g.name for g in guests
    )
