"""A phone as it is on the wire: Engine.IO and Socket.IO spelled out, so that nothing is hidden by a library."""

import itertools
import json
import time
from typing import Any, ClassVar

import requests
import websocket

from tests.servers import Server

PATH = "/socket.io/?EIO=4&transport=websocket"


class Closed(Exception):
    """The server has closed the connection."""


class Phone:
    """One WebSocket. `asks(command, **fields)` waits for the acknowledgement; facts heard meanwhile are kept."""

    all: ClassVar[list["Phone"]] = []

    def __init__(self, server: Server, **choices: Any) -> None:
        address = server.url.replace("http", "ws") + PATH
        choices.setdefault("suppress_origin", "origin" not in choices)
        self.line = websocket.WebSocket()
        try:
            self.line.connect(address, timeout=10, **choices)
        except BaseException:
            self.line.shutdown()
            raise
        Phone.all.append(self)
        self.facts: list[tuple[str, Any]] = []
        self.numbers = itertools.count(1)
        self.opened = json.loads(self.packet()[1:])

    def packet(self, within: float = 10) -> str:
        """The next Engine.IO packet that is not a ping (those are answered)."""
        give_up_at = time.monotonic() + within
        while True:
            self.line.settimeout(max(0.01, give_up_at - time.monotonic()))
            try:
                opcode, frame = self.line.recv_data()
            except websocket.WebSocketTimeoutException:
                raise TimeoutError("the server said nothing") from None
            except (websocket.WebSocketConnectionClosedException, OSError) as gone:
                raise Closed from gone
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                raise Closed
            said = frame.decode()
            if said != "2":
                return said
            self.line.send("3")

    def joins(self, **auth: Any) -> dict[str, Any]:
        """The CONNECT packet; answers with what the server says: {"sid"} or the refusal."""
        self.line.send("40" + json.dumps(auth))
        while True:
            said = self.packet()
            if said.startswith(("40", "44")):
                return json.loads(said[2:])
            self.note(said)

    def asks(self, command: str, *rest: Any, **fields: Any) -> dict[str, Any]:
        number = next(self.numbers)
        self.line.send(f"42{number}" + json.dumps([command, *(rest or (fields,))]))
        expected = f"43{number}["
        while not (said := self.packet()).startswith(expected):
            self.note(said)
        return json.loads(said[len(expected) - 1 :])[0]

    def does(self, command: str, **fields: Any) -> dict[str, Any]:
        """A command with an op_id, as every page sends it."""
        return self.asks(command, op_id=f"op-{time.monotonic_ns()}", **fields)

    def note(self, said: str) -> None:
        if said.startswith("42"):
            name, *rest = json.loads(said[2:])
            self.facts.append((name, rest[0] if rest else None))

    def hears(self, fact: str, within: float = 5) -> Any:
        """The next fact of that name, also one heard already."""
        give_up_at = time.monotonic() + within
        while True:
            for known in self.facts:
                if known[0] == fact:
                    self.facts.remove(known)
                    return known[1]
            self.note(self.packet(max(0.01, give_up_at - time.monotonic())))

    def is_closed_within(self, seconds: float) -> bool:
        give_up_at = time.monotonic() + seconds
        try:
            while time.monotonic() < give_up_at:
                self.note(self.packet(max(0.01, give_up_at - time.monotonic())))
        except Closed:
            return True
        except TimeoutError:
            return False
        return False

    def leaves(self) -> None:
        self.line.shutdown()


class Evening:
    """A room on a server, and people who come to it."""

    def __init__(self, server: Server, sheet: str = "three-minutes") -> None:
        self.server = server
        made = requests.post(f"{server.url}/api/rooms", json={"sheet": sheet}, timeout=10)
        assert made.status_code == 201, made.text
        self.code, self.host_token = made.json()["code"], made.json()["host_token"]

    def guest_token(self, name: str = "Ana") -> str:
        given = requests.post(
            f"{self.server.url}/api/rooms/{self.code}/guests", json={"name": name}, timeout=10
        )
        assert given.status_code == 201, given.text
        return str(given.json()["guest_token"])

    def guest(self, name: str = "Ana", token: str | None = None) -> Phone:
        phone = Phone(self.server)
        answer = phone.joins(code=self.code, role="guest", token=token or self.guest_token(name))
        assert "sid" in answer, answer
        return phone

    def host(self) -> Phone:
        phone = Phone(self.server)
        answer = phone.joins(code=self.code, role="host", token=self.host_token)
        assert "sid" in answer, answer
        return phone
