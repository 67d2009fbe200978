"""JSON on the wire: strict, fast, and the same for both layers of Socket.IO."""

from typing import Any

import msgspec


class Json:
    """What python-socketio asks of a json module. msgspec refuses NaN, infinities and nesting bombs."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return msgspec.json.encode(value, enc_hook=str).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        try:
            return msgspec.json.decode(text)
        except (msgspec.MsgspecError, RecursionError) as wrong:
            raise ValueError("not JSON") from wrong
