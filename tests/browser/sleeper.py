"""A phone that really sleeps.

Playwright keeps each page it opens in front ("focus emulation"), and Chromium freezes no page in front: asked to, it says yes and does
nothing. So this Chromium is started without Playwright's habits, and a page that slept shows that it did.
"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright

from tests.browser.devices import PHONE

WAKES_WITHIN = 60.0
BEAT = """() => {
  window.beats = [performance.now()]
  window.beating ??= setInterval(() => beats.push(performance.now()), 50)
}"""
LONGEST_SILENCE = "() => Math.max(...beats.slice(1).map((beat, i) => beat - beats[i])) / 1000"


class Sleeper:
    """A Chromium of its own with one guest's cookies; pages of it can be frozen. A context manager."""

    def __init__(
        self, playwright: Playwright, executable: str, args: list[str], size: tuple[int, int] = (390, 844)
    ) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="companion-sleeper-", ignore_cleanup_errors=True)
        window = f"--window-size={size[0]},{size[1]}"
        own = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={self.folder.name}", window]
        # Debian's name for it is a script: a session of its own is ended whole.
        self.process = subprocess.Popen(
            [executable, *args, *own], stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.browser: Browser = playwright.chromium.connect_over_cdp(self.address(), no_defaults=True)

    def __enter__(self) -> "Sleeper":
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.close()
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=20)
        self.outlives_nobody()
        self.folder.cleanup()

    def outlives_nobody(self) -> None:
        """Its helpers may write a moment longer than it runs; what they write would stay."""
        give_up_at = time.monotonic() + 5
        with suppress(ProcessLookupError):
            while time.monotonic() < give_up_at:
                os.killpg(self.process.pid, 0)
                time.sleep(0.02)
            os.killpg(self.process.pid, signal.SIGKILL)

    @property
    def context(self) -> BrowserContext:
        return self.browser.contexts[0]

    @contextmanager
    def lent(self, size: dict[str, int] = PHONE, *, is_new: bool = False, **options: Any) -> Iterator[Page]:
        """A page for a person, as `devices.Devices` lends one; here it is always the same person's, on the screen it began with."""
        page = self.context.new_page()
        yield page
        page.close()

    def address(self) -> str:
        """Where it listens: it writes that down once it does."""
        told = Path(self.folder.name) / "DevToolsActivePort"
        give_up_at = time.monotonic() + WAKES_WITHIN
        while not (told.exists() and (lines := told.read_text().splitlines())):
            assert time.monotonic() < give_up_at and self.process.poll() is None, "Chromium did not start"
            time.sleep(0.02)
        return f"http://127.0.0.1:{lines[0]}"


class Sleep:
    """The screen of one page, locked and unlocked as often as one likes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.looked_at: CDPSession | None = None

    def falls(self) -> None:
        """Hidden and frozen: no timer runs, and Chromium closes the page's sockets, which hears of it when it wakes."""
        self.page.evaluate(BEAT)
        self.hides("frozen")

    def hides(self, state: str = "active") -> None:
        """Behind another app: hidden, and after a moment's freeze running on."""
        if self.looked_at:
            self.looked_at.detach()
        self.looked_at = self.page.context.new_cdp_session(self.page)
        self.looked_at.send("Page.setWebLifecycleState", {"state": "frozen"})
        self.looked_at.send("Page.setWebLifecycleState", {"state": state})

    def wakes(self) -> None:
        """Thawed and shown, for as long as somebody looks."""
        assert self.looked_at, "it was not asleep"
        self.looked_at.send("Page.setWebLifecycleState", {"state": "active"})
        self.looked_at.send("Emulation.setFocusEmulationEnabled", {"enabled": True})

    def lasted(self) -> float:
        """For how long nothing of this page ran, seconds; asked once it is awake."""
        self.page.wait_for_function("() => !document.hidden", polling=10)
        return float(self.page.evaluate(LONGEST_SILENCE))
