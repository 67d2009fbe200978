"""The machine's own WebKitGTK, the nearest relative of a phone's Safari that Debian has: enough of it to be a guest.

Its WebDriver speaks plain HTTP, and its browser wants a display: Xvfb gives it one that nobody sees.
"""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import requests

from tests.browser.tab import Tab
from tests.servers import free_port

BROWSERS = (
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
)
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
STARTS_WITHIN = 60.0
ANSWERS_WITHIN = 60.0


def browser() -> str | None:
    return next((path for path in BROWSERS if Path(path).exists()), None)


class WebKit(Tab):
    """One browser with one tab; it keeps nothing after `close`."""

    def __init__(self, driver: str, program: str, xvfb: str) -> None:
        asked = [xvfb, "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
        self.display = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.display.stdout
        with self.display.stdout as told:
            number = told.readline().decode().strip()
        port = free_port()
        # In a container its own sandbox has nothing to stand on; the pages are ours.
        here = {"DISPLAY": f":{number}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        self.driver = subprocess.Popen(
            [driver, f"--port={port}"],
            env={**os.environ, **here, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = f"http://127.0.0.1:{port}/session"
        options = {"webkitgtk:browserOptions": {"binary": program, "args": ["--automation"]}}
        try:
            opened = self.begin({"capabilities": {"alwaysMatch": options}})
        except BaseException:
            self.end()
            raise
        self.version = opened["capabilities"]["browserVersion"]
        self.url += f"/{opened['sessionId']}"

    def begin(self, wanted: dict[str, Any]) -> dict[str, Any]:
        give_up_at = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                return self.tell("", **wanted)
            except requests.ConnectionError:
                if time.monotonic() > give_up_at:
                    raise
                time.sleep(0.1)

    def tell(self, command: str, **fields: Any) -> Any:
        answer = requests.post(f"{self.url}{command}", json=fields, timeout=ANSWERS_WITHIN).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise AssertionError(f"{command}: {answer['error']}: {answer['message']}")
        return answer

    def goto(self, url: str) -> None:
        self.tell("/url", url=url)

    def reload(self) -> None:
        self.tell("/refresh")

    def viewport(self, width: int, height: int) -> None:
        self.tell("/window/rect", width=width, height=height)

    def ask(self, expression: str) -> Any:
        return self.tell("/execute/sync", script=f"return ({expression})", args=[])

    def click(self, selector: str) -> None:
        """A real press on the middle of the first such element."""
        self.until(f"document.querySelector({selector!r})?.checkVisibility()")
        found = self.tell("/element", using="css selector", value=selector)[ELEMENT]
        self.tell(f"/element/{found}/click")

    def close(self) -> None:
        try:
            requests.delete(self.url, timeout=10)
        finally:
            self.end()

    def end(self) -> None:
        for process in (self.driver, self.display):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
