"""How what we say reaches phones of other processes: through Redis, by one queue, so nobody waits for it."""

import logging
import queue
from collections.abc import Iterator
from typing import Any

import socketio

from companion.config import Settings

log = logging.getLogger(__name__)
KEPT = 2_000
CHANNEL = "companion"
TRY_AGAIN = 1.0
TIMEOUTS = {"socket_timeout": 2, "socket_connect_timeout": 2}


def choose(settings: Settings) -> Any:
    """The keeper of who is connected: this process alone, or Redis between several."""
    return RedisPhones(settings.redis_url) if settings.redis_url else socketio.Manager()


class RedisPhones(socketio.RedisManager):
    """Tells this process's phones at once, and the others by a queue that drops its oldest while Redis hangs.

    What is dropped heals: every process compares revisions with the database every two seconds (ROOM 26).
    """

    def __init__(self, url: str) -> None:
        super().__init__(url, channel=CHANNEL, redis_options=TIMEOUTS)
        self.leaving: queue.Queue[Any] = queue.Queue()
        self.is_reachable = True
        self.speaking = self.client(**TIMEOUTS)

    def client(self, **choices: Any) -> Any:
        return self._get_redis_module().Redis.from_url(self.redis_url, **choices)

    def initialize(self) -> None:
        super().initialize()
        self.server.start_background_task(self.send)

    def _publish(self, data: Any) -> None:
        if self.leaving.qsize() >= KEPT:
            self.leaving.get_nowait()
        self.leaving.put(data)

    def send(self) -> None:
        """Carry the queue to Redis, one after the other, for ever."""
        while True:
            said = self.json.dumps(self.leaving.get())
            try:
                self.speaking.publish(CHANNEL, said)
                self.note(True)
            except Exception as error:
                self.note(False, error)

    def _listen(self) -> Iterator[Any]:
        """What other processes say. A lost Redis is tried again every second, for ever."""
        while True:
            try:
                heard = self.client(socket_connect_timeout=2, socket_keepalive=True, health_check_interval=10)
                listening = heard.pubsub(ignore_subscribe_messages=True)
                listening.subscribe(CHANNEL)
                self.note(True)
                while True:
                    message = listening.get_message(timeout=5.0)
                    if message and message["type"] == "message":
                        yield message["data"]
            except Exception as error:
                self.note(False, error)
            self.server.sleep(TRY_AGAIN)

    def note(self, reachable: bool, error: Exception | None = None) -> None:
        if reachable != self.is_reachable:
            log.error(
                "Redis is reachable again" if reachable else "Redis is not reachable: %s",
                *filter(None, [error]),
            )
        self.is_reachable = reachable


def can_reach(phones: Any) -> bool:
    if not isinstance(phones, RedisPhones):
        return True
    try:
        return bool(phones.speaking.ping())
    except Exception:
        return False
