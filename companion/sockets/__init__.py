"""The one socketio object, and how an event becomes a checked call."""

from companion.sockets.calls import command, on_joined, on_left
from companion.sockets.wiring import (
    can_reach_redis,
    cut,
    has_neighbours,
    install,
    last_said,
    recognise_again,
    rekey,
    sign_out,
    socketio,
)

__all__ = [
    "can_reach_redis",
    "command",
    "cut",
    "has_neighbours",
    "install",
    "last_said",
    "on_joined",
    "on_left",
    "recognise_again",
    "rekey",
    "sign_out",
    "socketio",
]
