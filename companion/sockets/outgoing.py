"""How what we say reaches phones of other processes: through Redis, by one queue, so nobody waits for it."""

import logging
import queue
from typing import Any

import socketio

from companion.config import Settings

log = logging.getLogger(__name__)
KEPT = 2_000
TIMEOUTS = {"socket_timeout": 2, "socket_connect_timeout": 2, "health_check_interval": 15}


def choose(settings: Settings) -> Any:
    """The keeper of who is connected: this process alone, or Redis between several."""
    return RedisPhones(settings.redis_url) if settings.redis_url else socketio.Manager()


class RedisPhones(socketio.RedisManager):
    """Tells this process's phones at once, and the others by a queue that drops its oldest while Redis hangs.

    What is dropped heals: every process compares revisions with the database every two seconds (ROOM 26).
    """

    def __init__(self, url: str) -> None:
        super().__init__(url, channel="companion", redis_options=TIMEOUTS)
        self.leaving: queue.Queue[Any] = queue.Queue()
        self.is_reachable = True

    def initialize(self) -> None:
        super().initialize()
        self.server.start_background_task(self.send)

    def _publish(self, data: Any) -> None:
        if self.leaving.qsize() >= KEPT:
            self.leaving.get_nowait()
        self.leaving.put(data)

    def send(self) -> None:
        while True:
            waiting = self.leaving.get()
            try:
                super()._publish(waiting)
                self.is_reachable = True
            except Exception as error:
                if self.is_reachable:
                    log.error("Redis is not reachable: %s", error)
                self.is_reachable = False


def can_reach(phones: Any) -> bool:
    if not isinstance(phones, RedisPhones):
        return True
    try:
        return bool(phones.redis.ping())
    except Exception:
        return False
