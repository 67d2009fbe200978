"""The film's clock and its fit: start, play, pause, seek, nudge, speed, marks, undo."""

from typing import Any

from companion import clock, database
from companion.broadcasts import remote
from companion.broadcasts.lengths import explain_seconds
from companion.identity import Caller
from companion.languages import speaking
from companion.live import messages
from companion.live.acts import Ack, act, meant, name_of, room_of
from companion.live.listening import look_again
from companion.live.people import restless
from companion.models.act import Done
from companion.models.room import Room
from companion.rules.refused import Refused
from companion.sockets import command


@command("start", messages.Start)
def start(caller: Caller, message: messages.Start) -> Ack:
    """Host."""
    return act(
        caller, "start", message, lambda room, now: room.start(now, message.countdown, by(room, caller))
    )


@command("film_over", messages.FilmOver)
def film_over(caller: Caller, message: messages.FilmOver) -> Ack:
    """Host."""
    return act(caller, "film_over", message, lambda room, now: room.film_over(now, by(room, caller)))


@command("next", messages.Next)
def next_card(caller: Caller, message: messages.Next) -> Ack:
    """Host."""
    return act(caller, "next", message, lambda room, now: room.next(now))


@command("end", messages.End)
def end(caller: Caller, message: messages.End) -> Ack:
    """Host."""
    return act(caller, "end", message, lambda room, now: room.end(now))


@command("play", messages.Play)
def play(caller: Caller, message: messages.Play) -> Ack:
    """Host. In the lobby it is `start`."""

    def work(room: Room, now: float) -> Done:
        if room.part == "before":
            return room.start(now, by=by(room, caller))
        return room.play(now, message.pressed_at, by(room, caller))

    return act(caller, "play", message, work)


@command("pause", messages.Pause)
def pause(caller: Caller, message: messages.Pause) -> Ack:
    """Host; a guest where the room allows it and everybody is in it (ROOM 3)."""

    def work(room: Room, now: float) -> Done:
        if not caller.is_host and (room.apart or not room.guests_may_pause):
            raise Refused("not_host", "Only a host may pause here.")
        return room.pause(now, message.pressed_at, by(room, caller))

    return act(caller, "pause", message, work)


@command("seek", messages.Seek)
def seek(caller: Caller, message: messages.Seek) -> Ack:
    """Host."""

    def work(room: Room, now: float) -> Done:
        return room.seek(message.position, message.base_revision, now, by(room, caller))

    return act(caller, "seek", message, work)


@command("nudge", messages.Nudge)
def nudge(caller: Caller, message: messages.Nudge) -> Ack:
    """Host."""
    return act(caller, "nudge", message, lambda room, now: room.nudge(message.seconds, now, by(room, caller)))


@command("set_rate", messages.SetRate)
def set_rate(caller: Caller, message: messages.SetRate) -> Ack:
    """Host."""
    return act(
        caller, "set_rate", message, lambda room, now: room.set_rate(message.rate, now, by(room, caller))
    )


@command("mark", messages.Mark)
def mark(caller: Caller, message: messages.Mark) -> Ack:
    """Host."""

    def work(room: Room, now: float) -> Done:
        scene_id = meant(room, caller, message.scene_id)
        return room.mark(scene_id, message.answer, now, message.pressed_at)

    return fitted(caller, act(caller, "mark", message, work))


@command("set_alignment", messages.SetAlignment)
def set_alignment(caller: Caller, message: messages.SetAlignment) -> Ack:
    """Host."""
    return fitted(
        caller, act(caller, "set_alignment", message, lambda room, now: room.set_stretch(message.rate))
    )


@command("set_runtime", messages.SetRuntime)
def set_runtime(caller: Caller, message: messages.SetRuntime) -> Ack:
    """Host. The sentence says what the length means, in the host's language."""
    ack = act(caller, "set_runtime", message, lambda room, now: room.set_runtime(message.seconds))
    return fitted(caller, {**ack, **length_told(caller, message.seconds)})


@command("not_there_yet", messages.NotThereYet)
def not_there_yet(caller: Caller, message: messages.NotThereYet) -> Ack:
    """Host."""

    def work(room: Room, now: float) -> Done:
        if message.never_mind:
            return room.never_mind()
        if message.seconds is None and message.scene_id is None:
            return room.hold_on(now)
        scene_id = meant(room, caller, message.scene_id) if message.scene_id else None
        return room.go_back(message.seconds, scene_id, now, by(room, caller))

    return act(caller, "not_there_yet", message, work)


@command("undo", messages.Undo)
def undo(caller: Caller, message: messages.Undo) -> Ack:
    """Host. Who is in, and who is host, may be another now: everybody is looked at again."""
    ack = act(caller, "undo", message, lambda room, now: room.undo(message.act, now, by(room, caller)))
    restless.add(caller.room_id)
    look_again(caller.room_id)
    return ack


def length_told(caller: Caller, seconds: float | None) -> dict[str, str]:
    if seconds is None:
        return {}
    with database.reading() as session, speaking(caller.lang):
        return {
            "sentence": explain_seconds(room_of(session, caller).sheet_revision.cue_sheet(), seconds).sentence
        }


def by(room: Room, caller: Caller) -> str:
    return name_of(room.session, caller)


def fitted(caller: Caller, ack: Ack) -> dict[str, Any]:
    """The acknowledgement with how this copy is fitted now, in the words this host may read."""
    with database.reading() as session:
        room = room_of(session, caller)
        return {**ack, "alignment": remote.alignment(room, clock.now(), caller.seen_it)}
