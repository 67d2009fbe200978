"""Devices that go from hand to hand, wiped in between: to open one anew costs more than most of what a test does with it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
PLAIN = {"locale": "en-GB", "has_touch": False}
KEPT = 6
"""As many wait for the next person; each is a process of its own."""


class Lends(Protocol):
    """Whoever has a page for a person."""

    def lent(
        self, size: dict[str, int] = PHONE, *, is_new: bool = False, **options: Any
    ) -> AbstractContextManager[Page]: ...


class Devices:
    """Lends pages, each in a browser context of its own; what comes back is lent again once nothing of its person is left on it.

    A page with scripts, clocks, routes or media of a test's own can never be made plain again: ask `is_new` for one, and it is
    closed afterwards. What is asked of the context (a language, touch, less motion) goes by keyword.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.waiting: list[tuple[dict[str, Any], Page]] = []

    @contextmanager
    def lent(self, size: dict[str, int] = PHONE, *, is_new: bool = False, **options: Any) -> Iterator[Page]:
        wanted = PLAIN | options
        page = (None if is_new else self.taken(wanted)) or self.made(wanted)
        page.set_viewport_size(size)  # type: ignore[arg-type]
        try:
            yield page
        finally:
            if is_new or not wiped(page):
                page.context.close()
            else:
                self.waiting.append((wanted, page))
            while len(self.waiting) > KEPT:
                self.waiting.pop(0)[1].context.close()

    def taken(self, wanted: dict[str, Any]) -> Page | None:
        for place, (options, page) in enumerate(self.waiting):
            if options == wanted:
                del self.waiting[place]
                return page
        return None

    def made(self, wanted: dict[str, Any]) -> Page:
        context = self.browser.new_context(**wanted)
        context.set_default_timeout(10_000)
        return context.new_page()


def wiped(page: Page) -> bool:
    """Nothing of the last person is left: no cookie, nothing kept, no other tab, nobody who listens. False where that failed.

    It rests on a page of the same origin, so that the browser keeps the process that already knows our scripts.
    """
    if page.is_closed():
        return False
    for other in page.context.pages:
        if other is not page:
            other.close()
    address = urlsplit(page.url)
    for event in ("console", "dialog", "pageerror", "request", "response", "websocket"):
        page._impl_obj.remove_all_listeners(event)  # no public way ends what somebody else listens to
    page.context.set_offline(False)
    page.set_default_timeout(10_000)
    with suppress(Error):
        if address.scheme == "http":
            origin = f"http://{address.netloc}"
            page.goto(f"{origin}/healthz", timeout=3_000)
            asked = page.context.new_cdp_session(page)
            asked.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
            asked.detach()
        page.context.clear_cookies()
        return True
    return False
