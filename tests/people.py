"""People who can act in a room, through the real application and Socket.IO's own test client."""

import itertools
import json
import secrets
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from companion import clock, database, sockets
from companion.live import people, polls, reactions, ticker
from companion.models.room import Room, room_at

FLUSHES: tuple[Callable[[float], Any], ...] = (people.flush, polls.flush, reactions.flush)


class Time:
    """The one thing tests put in the place of something real: the machine's clocks. It moves when told to."""

    def __init__(self) -> None:
        self.steady = 1_000.0

    def wall(self) -> float:
        return 1_800_000_000.0 + self.steady

    def boot_id(self) -> str:
        return "the boot of these tests"


class Phone:
    """One socket of somebody. `log` has every fact it was ever sent, oldest first."""

    def __init__(self, app, auth: dict[str, Any], cookies: dict[str, str] | None = None) -> None:
        headers = {"Origin": "http://localhost"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.socket = sockets.socketio.test_client(app, auth=auth, headers=headers)
        self.log: list[tuple[str, Any]] = []
        self.answers: list[Any] = []

    @property
    def is_in(self) -> bool:
        return self.socket.is_connected()

    def send(self, command: str, **fields: Any) -> dict[str, Any]:
        """The acknowledgement, whatever it says."""
        if command not in ("snapshot", "time"):
            fields.setdefault("op_id", secrets.token_urlsafe(8))
        ack = self.socket.emit(command, fields, callback=True)
        self.listen()
        self.answers.append(ack)
        return ack

    def do(self, command: str, **fields: Any) -> dict[str, Any]:
        """The acknowledgement of something that must be allowed."""
        ack = self.send(command, **fields)
        assert ack["ok"], ack
        return ack

    def refused(self, command: str, **fields: Any) -> str:
        """The code of something that must not be allowed."""
        ack = self.send(command, **fields)
        assert not ack["ok"], ack
        assert ack["refused"]["sentence"]
        return ack["refused"]["code"]

    def listen(self) -> list[tuple[str, Any]]:
        if not self.socket.is_connected():
            return []
        news = [
            (fact["name"], fact["args"][0] if fact["args"] else None) for fact in self.socket.get_received()
        ]
        self.log += news
        return news

    def heard(self, name: str) -> list[Any]:
        """Every fact of this name so far."""
        self.listen()
        return [fact for said, fact in self.log if said == name]

    def forget(self) -> None:
        self.listen()
        self.log.clear()

    def snapshot(self) -> dict[str, Any]:
        return self.do("snapshot")["snapshot"]

    def cards(self) -> dict[str, Any]:
        """The cards the server holds for this phone, by cue id."""
        return {card["cue_id"]: card for card in self.snapshot()["cards"]}

    def bytes(self) -> str:
        """All that ever reached this phone."""
        self.listen()
        return json.dumps([self.log, self.answers], ensure_ascii=False)

    def leave(self) -> None:
        self.socket.disconnect()


class Evening:
    """A room and the people in it. `later` lets time go by, the server acting as it would."""

    def __init__(
        self, app, time: Time, sheet: str = "three-minutes", lang: str = "en", **wanted: Any
    ) -> None:
        self.app, self.time, self.lang = app, time, lang
        self.web = app.test_client()
        made = self.web.post("/api/rooms", json={"sheet": sheet, **wanted}, headers=self.headers())
        assert made.status_code == 201, made.text
        self.made = made.get_json()
        self.code: str = self.made["code"]
        self.host_token: str = self.made["host_token"]
        self.phones: list[Phone] = []
        self.names = itertools.count(1)

    def headers(self, lang: str | None = None) -> dict[str, str]:
        return {"Accept-Language": lang or self.lang}

    @property
    def now(self) -> float:
        return clock.now()

    def host(self, token: str | None = None) -> Phone:
        return self.keep(Phone(self.app, {"role": "host", "token": token or self.host_token}))

    def unspoiled_host(self) -> Phone:
        """A host who has not seen the film, in a browser of their own."""
        browser = self.app.test_client()
        swapped = browser.post(
            f"/api/rooms/{self.code}/hosts", json={"host_token": self.host_token, "seen_it": False}
        )
        assert swapped.status_code == 201, swapped.text
        cookie = browser.get_cookie(f"host-{swapped.get_json()['room_id']}")
        return self.host(cookie.value)

    def guest(self, name: str | None = None, lang: str | None = None, **wanted: Any) -> "Phone":
        browser = self.app.test_client()
        joined = browser.post(
            f"/api/rooms/{self.code}/guests",
            json={"name": name or f"Guest {next(self.names)}", **wanted},
            headers=self.headers(lang),
        )
        assert joined.status_code == 201, joined.text
        phone = Phone(self.app, {"role": "guest", "token": joined.get_json()["guest_token"]})
        phone.joined = joined.get_json()
        phone.web = browser
        return self.keep(phone)

    def comes_back(self, phone: Phone) -> Phone:
        return self.keep(Phone(self.app, {"role": "guest", "token": phone.joined["guest_token"]}))

    def keep(self, phone: Phone) -> Phone:
        self.phones.append(phone)
        return phone

    def later(self, seconds: float, step: float = 0.5) -> None:
        """Time goes by and the server does what is due, `step` seconds at a time."""
        end = self.time.steady + seconds
        while self.time.steady < end - 1e-9:
            self.time.steady = min(end, self.time.steady + step)
            self.turn()

    def turn(self) -> None:
        with self.app.app_context():
            ticker.tick(self.now)
            for flush in FLUSHES:
                flush(self.now)

    def sweep(self) -> None:
        with self.app.app_context():
            ticker.sweep(self.now)

    def hear(self) -> None:
        with self.app.app_context():
            ticker.hear(self.now)

    def room(self):
        """The room as it is stored; call inside `database.reading()`."""
        return lambda session: room_at(session, self.code)

    def close(self) -> None:
        """Everybody goes, and nothing is left for the next test's clock to find."""
        for phone in self.phones:
            if phone.is_in:
                phone.leave()
        with self.app.app_context():
            database.write(
                lambda session: [session.delete(room) for room in session.scalars(select(Room))] and None
            )
