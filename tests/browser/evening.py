"""People of an evening, each with a browser of their own: a host, guests on phones, the television."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.devices import LAPTOP, PHONE, Devices, Lends


class Person:
    """One device and what went wrong on it."""

    def __init__(self, devices: Lends, url: str, size: dict[str, int], **options: Any) -> None:
        self.url = url
        self.lent = ExitStack()
        self.page: Page = self.lent.enter_context(devices.lent(size, **options))
        self.context: BrowserContext = self.page.context
        self.faults: list[str] = []
        self.frames: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("websocket", lambda socket: socket.on("framereceived", self.heard))

    def heard(self, frame: object) -> None:
        self.frames.append(frame if isinstance(frame, str) else "")

    def leave(self) -> None:
        self.lent.close()


class Host(Person):
    code: str
    link: str

    def open_night(
        self, film: str = "three-minutes", seen_it: bool = True, name: str = "Friday film", **more: str
    ) -> "Host":
        self.page.goto(f"{self.url}/host/new")
        self.page.click(f"[name=sheet][value={film}] + label")
        self.page.click(f"label:has([name=seen_it][value={'yes' if seen_it else 'no'}])")
        self.page.fill("#name", name)
        for field, value in more.items():
            self.page.fill(f"[name={field}]", value)
        with self.page.expect_response(re.compile("/host/new$")) as opened:
            self.page.click(".host-new [type=submit]")
        self.link = self.url + opened.value.headers["location"]
        return self.is_in()

    def has_night(self, film: str = "three-minutes", seen_it: bool = True) -> "Host":
        """A room of their own and the remote in front of them; the form and the link have tests of their own."""
        made = self.page.request.post(
            f"{self.url}/api/rooms", data={"sheet": film, "name": "Friday film"}
        ).json()
        self.link, place = made["host_url"], f"/rooms/{made['code']}/hosts"
        answered = {"host_token": made["host_token"], "seen_it": seen_it}
        assert self.page.request.post(f"{self.url}/api{place}", data=answered).ok
        self.page.goto(f"{self.url}/host/{made['code']}")
        return self.is_in()

    def open_link(self, link: str, seen_it: bool = True) -> "Host":
        self.link = link
        self.page.goto(link)
        self.page.get_by_role("button", name="Yes" if seen_it else re.compile("Not yet")).click()
        return self.is_in()

    def is_in(self) -> "Host":
        expect(self.page.locator(".remote")).to_be_visible()
        expect(self.page.locator("[data-connection]")).to_have_attribute("data-state", "live")
        self.code = self.page.url.rsplit("/", 1)[1].split("#")[0]
        return self

    def start(self) -> None:
        self.page.click("[data-play]")
        self.page.click("[data-start-now]")
        expect(self.page.locator("host-transport")).to_have_attribute("data-state", "playing")

    def pause(self) -> None:
        self.page.click("[data-play]")
        expect(self.page.locator("host-transport")).to_have_attribute("data-state", "paused")

    def go_to(self, place: str) -> None:
        self.page.fill("[name=exact]", place)
        self.page.click("[data-exact] [type=submit]")
        expect(self.page.locator("[name=exact]")).to_have_value("")

    def undo(self) -> None:
        self.page.locator("[data-undo-last]").click()

    def last_act(self, verb: str) -> dict[str, Any]:
        """Waits until the newest act is this one, and gives the room as the remote knows it."""
        self.page.wait_for_function(
            "verb => document.querySelector('host-transport').room.snapshot.acts[0]?.verb === verb", arg=verb
        )
        return self.snapshot

    def take_back(self) -> dict[str, Any]:
        self.undo()
        return self.last_act("undo")

    def see(self, view: str) -> None:
        tab = self.page.locator(f"[data-show-view={view}]")
        if tab.is_visible():
            tab.click()

    @property
    def clock(self) -> int:
        hours, minutes, seconds = map(int, self.page.inner_text("[data-clock]").split(":"))
        return hours * 3600 + minutes * 60 + seconds

    @property
    def said(self):
        return self.page.locator("[data-said]")

    @property
    def snapshot(self) -> dict:
        return self.page.evaluate("document.querySelector('host-transport').room.snapshot")


class Guest(Person):
    def comes_in(self, code: str, name: str) -> "Guest":
        """In the room without the door, which has tests of its own."""
        joined = self.page.request.post(f"{self.url}/api/rooms/{code}/guests", data={"name": name})
        assert joined.ok, joined.text()
        self.page.goto(f"{self.url}/r/{code}")
        self.page.wait_for_selector("html[data-connection=live]")
        return self

    def join(self, code: str, name: str) -> "Guest":
        self.page.goto(f"{self.url}/j/{code}")
        self.page.fill("[name=name]", name)
        self.page.get_by_role("button", name="I’m in").click()
        self.page.wait_for_url(f"**/r/{code}*")
        self.page.wait_for_selector("html[data-connection=live]")
        return self

    def sees(self, cue_id: str) -> None:
        expect(self.card(cue_id)).to_be_visible()

    def does_not_see(self, cue_id: str) -> None:
        expect(self.card(cue_id)).to_have_count(0)

    def card(self, cue_id: str) -> Locator:
        """The card on the stage, not one that still fades away."""
        return self.page.locator(f"#stage article[data-cue-id={cue_id}]:not([data-leaving])")

    def vote(self, cue_id: str, option_id: str) -> None:
        self.card(cue_id).locator(f"[data-option-id={option_id}]").click()

    def sees_the_result(self, cue_id: str) -> None:
        """A question that is over lies in "so far"."""
        self.page.locator("[data-opens=so-far]").click()
        shown = self.page.locator(f"article[data-cue-id={cue_id}] .poll-card[data-state=result]")
        expect(shown.first).to_be_visible(timeout=25_000)

    @property
    def wire(self) -> str:
        """Everything this phone's socket heard."""
        return "\n".join(self.frames)


class Television(Person):
    def show(self, code: str) -> "Television":
        self.page.goto(f"{self.url}/tv/{code}")
        return self

    @property
    def mode(self):
        return self.page.locator(".tv")

    def is_in(self, mode: str) -> None:
        expect(self.page.locator(f".tv[data-mode={mode}]")).to_be_attached()


@contextmanager
def gathering(devices: Devices, url: str) -> Iterator[Callable[..., Any]]:
    """another(Host), another(Guest): each with a device of their own; afterwards nobody's page may have failed."""
    inside: list[Person] = []

    def another(kind: type[Person], size: dict[str, int] | None = None, **options: Any) -> Person:
        person = kind(devices, url, size or (PHONE if kind is Guest else LAPTOP), **options)
        inside.append(person)
        return person

    yield another
    faults = [fault for person in inside for fault in person.faults]
    for person in inside:
        person.leave()
    assert not faults
