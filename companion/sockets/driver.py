"""Below Engine.IO: a bounded queue for each phone, and a hold on its socket so that it can be cut."""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from companion import limits


def prepare(eio: Any) -> None:
    """Give one Engine.IO server our queue and our hold on WebSockets, whatever its concurrency."""
    plain = eio._async
    eio._async = {**plain, "queue": bounded(plain["queue"]), "websocket": holding(plain["websocket"])}


def bounded(queue_class: Any) -> Any:
    """A queue class that calls `overflowed` once it holds more than a phone that reads would leave in it."""

    class Queue(queue_class):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.sizes: deque[tuple[float, int]] = deque()
            self.bytes = 0
            self.overflowed: Callable[[], None] | None = None

        def put(self, packet: Any, *args: Any, **kwargs: Any) -> None:
            size = len(packet.data) if packet is not None and isinstance(packet.data, (str, bytes)) else 2
            too_much = self.sizes and (
                len(self.sizes) >= limits.QUEUE_MESSAGES or self.bytes + size > limits.QUEUE_BYTES
            )
            if too_much and packet is not None and self.overflowed:
                self.overflowed()
                return
            self.sizes.append((time.monotonic(), size))
            self.bytes += size
            super().put(packet, *args, **kwargs)

        def get(self, *args: Any, **kwargs: Any) -> Any:
            packet = super().get(*args, **kwargs)
            if self.sizes:
                self.bytes -= self.sizes.popleft()[1]
            return packet

        def waiting(self) -> float:
            """For how many seconds the oldest message has waited."""
            return time.monotonic() - self.sizes[0][0] if self.sizes else 0.0

    return Queue


def holding(websocket_class: Any) -> Any:
    """A WebSocket class that tells its Engine.IO socket how to be cut off at once, mid-send or not."""

    class WebSocket(websocket_class):  # type: ignore[misc]
        def __init__(self, answer: Any, server: Any, **kwargs: Any) -> None:
            super().__init__(answer, server, **kwargs)
            self.owner = answer.__self__

        def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
            self.owner.raw = raw_socket(environ)
            try:
                return super().__call__(environ, start_response)
            finally:
                self.owner.raw = None

    return WebSocket


def raw_socket(environ: dict[str, Any]) -> Any:
    if "eventlet.input" in environ:
        return environ["eventlet.input"].get_socket()
    return environ.get("werkzeug.socket")
