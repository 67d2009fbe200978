"""A party on a real server: a room over HTTP, a host on a real socket, and guests in browsers of their own."""

import secrets
import time
from typing import Any

import requests
import socketio

SHEET = "three-minutes"


class Party:
    """The host's hand without a page: commands are acknowledged or the test fails. A context manager."""

    def __init__(self, url: str, sheet: str = SHEET, **wanted: Any) -> None:
        self.url = url
        asked = {"sheet": sheet, "name": "Friday film", "pace": "talkative", **wanted}
        made = requests.post(f"{url}/api/rooms", json=asked, timeout=10)
        assert made.status_code == 201, made.text
        self.code: str = made.json()["code"]
        self.host_token: str = made.json()["host_token"]
        self.socket = socketio.Client()
        self.pulses: list[dict[str, Any]] = []
        self.socket.on("pulse", self.pulses.append)

    def __enter__(self) -> "Party":
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.disconnect()

    def connect(self) -> None:
        auth = {"code": self.code, "role": "host", "seat": 1, "token": self.host_token}
        self.socket.connect(self.url, auth=auth, transports=["websocket"], wait_timeout=10)

    def found_again(self) -> None:
        """Waits until this host is connected again, after the server was away."""
        give_up_at = time.monotonic() + 60
        while not self.socket.connected:
            assert time.monotonic() < give_up_at
            time.sleep(0.05)

    def do(self, command: str, **fields: Any) -> dict[str, Any]:
        ack = self.socket.call(command, {**fields, "op_id": secrets.token_hex(8)}, timeout=10)
        assert ack["ok"], (command, ack)
        return ack

    def snapshot(self) -> dict[str, Any]:
        return self.socket.call("snapshot", {}, timeout=10)["snapshot"]

    def seek(self, position: float) -> None:
        self.do("seek", position=position, base_revision=self.snapshot()["playback_revision"])

    def play_at(self, position: float) -> None:
        """The film runs from here; `start` where it has not begun."""
        if self.snapshot()["room"]["part"] == "before":
            self.do("start")
        self.seek(position)

    def rest_at(self, position: float) -> None:
        """The film stands still here, so that what is on a phone stays on it."""
        self.play_at(position)
        self.do("pause")

    def votes(self, cue_id: str) -> dict[str, int]:
        tally = self.snapshot()["tallies"].get(cue_id) or self.snapshot()["results"].get(cue_id) or {}
        return {option: count for option, count in tally.get("counts", {}).items() if count}

    def enters(self, page: Any, url: str = "", lang: str = "en", seat: int = 1, **ticked: bool) -> Any:
        """A browser is in; `page` is then the room. Whatever the door decides goes by the printed link and its one button."""
        if url or seat > 1 or ticked:
            self.enters_by_the_door(page, url or self.url, lang, seat, ticked)
        else:
            joined = page.request.post(
                f"{self.url}/api/rooms/{self.code}/guests", data={"name": "Quiet Otter"}
            )
            assert joined.ok, joined.text()
            page.goto(f"{self.url}/r/{self.code}?lang={lang}")
        page.wait_for_selector("html[data-connection=live]")
        return page

    def enters_by_the_door(self, page: Any, url: str, lang: str, seat: int, ticked: dict[str, bool]) -> None:
        extra = f"&seat={seat}" if seat > 1 else ""
        page.goto(f"{url}/j/{self.code}?lang={lang}{extra}")
        for name, on in ticked.items():
            page.locator(f"[data-setting={name}]").set_checked(on)
        page.locator(".join__acts button").first.click()
        page.wait_for_url("**/r/**")
