"""Real browsers against a real server. Missing ones are skipped aloud, or fail where COMPANION_REQUIRE_ALL=1."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.browser import webkit as webkits
from tests.browser.devices import PHONE, Devices
from tests.browser.evening import Guest, Host, gathering
from tests.browser.firefox import Firefox
from tests.browser.sleeper import Sleeper
from tests.servers import Server, lan_address

CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def missing(reason: str) -> None:
    """Skip with a reason that cannot be overlooked, or fail where everything is required."""
    if os.environ.get("COMPANION_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def playwright_() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


def executable(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium(playwright_):
    """A headless Chromium of this machine (Playwright's own where the machine has none)."""
    try:
        browser = playwright_.chromium.launch(executable_path=executable(*CHROMIUMS), args=CHROMIUM_ARGS)
    except Exception as error:
        missing(f"no Chromium on this machine: {str(error).splitlines()[0]}")
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def sleeper(playwright_, chromium) -> Iterator[Sleeper]:
    """A phone that can be put to sleep: a Chromium of its own, see tests/browser/sleeper.py."""
    found = executable(*CHROMIUMS) or playwright_.chromium.executable_path
    with Sleeper(playwright_, found, CHROMIUM_ARGS) as phone:
        yield phone


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    """The machine's own Firefox, also an ESR, through WebDriver BiDi: see tests/browser/firefox.py."""
    found = executable("firefox", "firefox-esr")
    if found is None:
        missing("this machine has no Firefox")
    browser = Firefox(str(found))
    yield browser
    browser.close()


@pytest.fixture
def webkit() -> Iterator[webkits.WebKit]:
    """The machine's own WebKitGTK, through WebDriver: see tests/browser/webkit.py."""
    parts = executable("WebKitWebDriver"), webkits.browser(), executable("Xvfb")
    if not all(parts):
        missing("this machine has no WebKitGTK with its driver, or no Xvfb (webkit2gtk-driver, xvfb)")
    browser = webkits.WebKit(*map(str, parts))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests that leave it as it was but for rooms, listening on every address of this machine."""
    with Server(COMPANION_HOST="0.0.0.0") as started:
        yield started


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """For a module whose tests end their server, or change what others find on it: its `server` is this one."""
    with Server(COMPANION_HOST="0.0.0.0") as started:
        yield started


@pytest.fixture
def lan(server: Server) -> str:
    """The server's address as phones on the wifi see it: plain http, so no secure context."""
    found = lan_address()
    if found is None:
        missing("this machine has no address but loopback")
    return server.url_at(str(found))


@pytest.fixture
def context(chromium) -> Iterator[Callable[..., object]]:
    """context(**options) opens a browser nobody had before, for tests that put something of their own into it; a phone unless told."""
    with ExitStack() as opened:

        def another(**options: object) -> object:
            phone = {"viewport": PHONE, "locale": "en-GB", "has_touch": True}
            made = chromium.new_context(**{**phone, **options})
            made.set_default_timeout(10_000)
            opened.callback(made.close)
            return made

        yield another


@pytest.fixture(scope="session")
def devices(chromium) -> Devices:
    return Devices(chromium)


@pytest.fixture
def device(devices: Devices) -> Iterator[Callable[..., Any]]:
    """device(size, **options) lends another person's page, a phone's unless told otherwise, see tests/browser/devices.py."""
    with ExitStack() as lent:

        def another(size: dict[str, int] = PHONE, **options: Any) -> Any:
            return lent.enter_context(devices.lent(size, **{"has_touch": True, **options}))

        yield another


@pytest.fixture
def people(devices: Devices, server: Server) -> Iterator[Callable[..., Any]]:
    """people(Host), people(Guest): another person of the evening, with a browser of their own."""
    with gathering(devices, server.url) as another:
        yield another


@pytest.fixture
def host(people) -> Host:
    """At the remote of a room still in its lobby."""
    return people(Host).has_night()


@pytest.fixture
def guest(people, host: Host) -> Guest:
    return people(Guest).comes_in(host.code, "Ana")
