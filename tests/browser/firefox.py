"""The machine's own Firefox, driven by WebDriver BiDi: enough of it to be a guest.

Playwright drives only a Firefox of its own; this speaks to any release with a remote agent (102 and newer).
"""

import itertools
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import websocket

from tests.browser.tab import Tab
from tests.servers import free_port

PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "toolkit.startup.max_resumed_crashes": -1,
    "intl.accept_languages": "en",
}
STARTS_WITHIN = 60.0


class Firefox:
    """One browser. `page()` opens a tab; `person()` one with cookies and storage of its own."""

    def __init__(self, program: str) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="companion-firefox-"))
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        self.port = free_port()
        asked = [program, "--headless", "--no-remote", "--remote-debugging-port", str(self.port)]
        self.process = subprocess.Popen(
            [*asked, "--profile", str(self.profile)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.numbers = itertools.count(1)
        self.line = self.connect()
        self.version = self.tell("session.new", capabilities={})["capabilities"]["browserVersion"]

    def connect(self) -> websocket.WebSocket:
        give_up_at = time.monotonic() + STARTS_WITHIN
        while True:
            line = websocket.WebSocket()
            try:
                line.connect(f"ws://127.0.0.1:{self.port}/session", timeout=60, suppress_origin=True)
                return line
            except (OSError, websocket.WebSocketException):
                line.shutdown()
                if time.monotonic() > give_up_at:
                    self.close()
                    raise
                time.sleep(0.2)

    def tell(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.line.recv())
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise AssertionError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def page(self, person: str | None = None) -> "Page":
        choices = {"userContext": person} if person else {}
        return Page(self, self.tell("browsingContext.create", type="tab", **choices)["context"])

    def person(self) -> "Page":
        """A tab of somebody else: no cookie and no storage is shared."""
        return self.page(self.tell("browser.createUserContext")["userContext"])

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        if hasattr(self, "line"):
            self.line.shutdown()
        shutil.rmtree(self.profile, ignore_errors=True)


class Page(Tab):
    """A tab: go somewhere, ask the page something, wait until it is so, touch and type like a person."""

    def __init__(self, browser: Firefox, context: str) -> None:
        self.browser, self.context = browser, context

    def goto(self, url: str) -> None:
        self.browser.tell("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def reload(self) -> None:
        self.browser.tell("browsingContext.reload", context=self.context, wait="complete")

    def viewport(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self.browser.tell("browsingContext.setViewport", context=self.context, viewport=size)

    def ask(self, expression: str) -> Any:
        answer = self.browser.tell(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise AssertionError(f"{expression}: {answer['exceptionDetails']['text']}")
        told = answer["result"].get("value")
        return None if told is None else json.loads(told)

    def click(self, selector: str) -> None:
        """A real pointer on the middle of the first visible element."""
        self.until(f"document.querySelector({json.dumps(selector)})?.checkVisibility()")
        middle = self.ask(
            f"(e => (e.scrollIntoView({{block: 'center'}}), (({{x, y, width, height}}) =>"
            f" [x + width / 2, y + height / 2])(e.getBoundingClientRect())))"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        x, y = (round(n) for n in middle)
        pressed = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.perform({"type": "pointer", "id": "finger", "actions": pressed})

    def type(self, text: str) -> None:
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self.perform({"type": "key", "id": "keys", "actions": keys})

    def perform(self, actions: dict[str, Any]) -> None:
        self.browser.tell("input.performActions", context=self.context, actions=[actions])

    def close(self) -> None:
        self.browser.tell("browsingContext.close", context=self.context)
