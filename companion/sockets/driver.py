"""Below Engine.IO: a bounded queue for each phone, and a hold on its socket so that it can be cut.

Also the place for a shared frame: a WebSocket class whose send passes a prepared frame through, beside a
keeper of phones (outgoing.py) that builds it once.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from engineio.payload import Payload

from companion import limits

Malformed = Callable[[], None]


def prepare(eio: Any, malformed: Malformed) -> None:
    """Give one Engine.IO server our queue and WebSockets; `malformed` is called for each that broke rules."""
    Payload.max_decode_packets = limits.QUEUE_MESSAGES  # beyond it Engine.IO drops all of them without a word
    plain = eio._async
    phones = eventlet_websocket(plain["websocket"]) if eio.async_mode == "eventlet" else plain["websocket"]
    eio._async = {**plain, "queue": bounded(plain["queue"]), "websocket": holding(phones, malformed)}


def bounded(queue_class: Any) -> Any:
    """A queue class that calls `overflowed` once it holds more than a phone that reads would leave in it."""

    class Queue(queue_class):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.sizes: deque[tuple[float, int]] = deque()
            self.bytes = 0
            self.overflowed: Callable[[], None] | None = None

        def put(self, packet: Any, *args: Any, **kwargs: Any) -> None:
            size = len(packet.data) if packet and isinstance(packet.data, str) else 2
            full = len(self.sizes) >= limits.QUEUE_MESSAGES or self.bytes + size > limits.QUEUE_BYTES
            if full and self.sizes and packet and self.overflowed:
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

        def join(self) -> None:
            """Engine.IO waits here for a phone to take the rest before it closes. Some never would."""

        def waiting(self) -> float:
            """For how many seconds the oldest message has waited."""
            return time.monotonic() - self.sizes[0][0] if self.sizes else 0.0

    return Queue


def holding(websocket_class: Any, malformed: Malformed) -> Any:
    """A WebSocket class whose Engine.IO socket knows the connection underneath, and is always closed."""

    class WebSocket(websocket_class):
        def __init__(self, answer: Any, server: Any) -> None:
            self.owner = answer.__self__

            def guarded(connection: Any) -> Any:
                try:
                    return answer(connection)
                except (ValueError, LookupError, TypeError, RecursionError):
                    malformed()  # Engine.IO parses packets outside of its own try
                    return []
                finally:
                    if not self.owner.closed:
                        self.owner.close(wait=False, abort=True)

            own = {} if server.async_mode == "eventlet" else {"max_message_size": limits.MESSAGE_BYTES}
            super().__init__(guarded, server, **own)

        def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
            self.owner.raw = raw_socket(environ)
            return super().__call__(environ, start_response)

    return WebSocket


def raw_socket(environ: dict[str, Any]) -> Any:
    if "eventlet.input" in environ:
        return environ["eventlet.input"].get_socket()
    return environ.get("werkzeug.socket")


def eventlet_websocket(websocket_class: Any) -> Any:
    """The WebSocket of eventlet, with limits it leaves open: fragmented messages and floods of pings."""
    import eventlet
    from eventlet.websocket import RFC6455WebSocket

    class Message(RFC6455WebSocket.Message):
        length = 0

        def push(self, part: bytes, final: bool = False) -> None:
            self.length += len(part)
            if self.length > self.max_frame_length:
                raise ValueError("a fragmented message is too large")
            super().push(part, final)

    class Phone(RFC6455WebSocket):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.Message = Message
            self.bucket = limits.Bucket(*limits.MESSAGES)

        def wait(self) -> Any:
            self.let_others_in()
            return super().wait()

        def _handle_control_frame(self, opcode: int, payload: bytes) -> None:
            self.let_others_in()
            super()._handle_control_frame(opcode, payload)

        def let_others_in(self) -> None:
            """A flood is read no faster than this: recv never yields while there is something to read."""
            if not self.bucket.take():
                eventlet.sleep(1 / limits.MESSAGES[0])

    class Opening(websocket_class):
        def _handle_hybi_request(self, environ: dict[str, Any]) -> Phone:
            plain = super()._handle_hybi_request(environ)
            own = {"protocol": plain.protocol, "max_frame_length": self.max_frame_length}
            return Phone(plain.socket, environ, plain.version, **own)

    return Opening
