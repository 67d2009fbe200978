"""What a host does with what is seen: show, skip, hold, take away, black, how much comes by itself."""

from companion.identity import Caller
from companion.live import messages
from companion.live.acts import Ack, act, meant
from companion.sockets import command


@command("show_now", messages.ShowNow)
def show_now(caller: Caller, message: messages.ShowNow) -> Ack:
    """Host."""
    return act(
        caller,
        "show_now",
        message,
        lambda room, now: room.show_now(meant(room, caller, message.cue_id), now),
    )


@command("skip", messages.Skip)
def skip(caller: Caller, message: messages.Skip) -> Ack:
    """Host."""
    return act(
        caller,
        "skip",
        message,
        lambda room, now: room.skip(meant(room, caller, message.cue_id), message.on, now),
    )


@command("take_away", messages.TakeAway)
def take_away(caller: Caller, message: messages.TakeAway) -> Ack:
    """Host."""
    return act(
        caller,
        "take_away",
        message,
        lambda room, now: room.take_away(meant(room, caller, message.cue_id), now),
    )


@command("hold", messages.Hold)
def hold(caller: Caller, message: messages.Hold) -> Ack:
    """Host."""
    return act(
        caller,
        "hold",
        message,
        lambda room, now: room.hold(
            meant(room, caller, message.cue_id) if message.cue_id else None, message.on, now
        ),
    )


@command("black", messages.Black)
def black(caller: Caller, message: messages.Black) -> Ack:
    """Host."""
    return act(caller, "black", message, lambda room, now: room.blacken(message.on))


@command("show_code", messages.ShowCode)
def show_code(caller: Caller, message: messages.ShowCode) -> Ack:
    """Host."""
    return act(caller, "show_code", message, lambda room, now: room.show_code(message.on, now))


@command("set_pace", messages.SetPace)
def set_pace(caller: Caller, message: messages.SetPace) -> Ack:
    """Host."""
    return act(caller, "set_pace", message, lambda room, now: room.set_pace(message.pace))
