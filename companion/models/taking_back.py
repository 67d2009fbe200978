"""How each inverse that an act may hold is carried out (ROOM 27)."""

from collections.abc import Callable

from companion.models.act import Done

Taken = Callable[..., Done]
TAKE_BACK: dict[str, Taken] = {
    "play": lambda room, now, by: room.play(now, by=by),
    "pause": lambda room, now, by: room.pause(now, by=by),
    "nudge": lambda room, now, by, seconds: room.nudge(seconds, now, by),
    "set_rate": lambda room, now, by, rate: room.set_rate(rate, now, by),
    "never_mind": lambda room, now, by: room.never_mind(),
    "fit_marks": lambda room, now, by, added, removed: room.unmark(added, removed, now),
    "fit_copy": lambda room, now, by, **copy: room.fit_copy(**copy),
    "take_away": lambda room, now, by, cue_id: room.take_away(cue_id, now),
    "give_back": lambda room, now, by, cue_id, is_open: room.give_back(cue_id, is_open, now),
    "skip": lambda room, now, by, cue_id, on: room.skip(cue_id, on, now),
    "hold": lambda room, now, by, cue_id, on: room.hold(cue_id, on, now),
    "open_again": lambda room, now, by, cue_id: room.open_again(cue_id, now),
    "close_poll": lambda room, now, by, cue_id: room.close_poll(cue_id, now),
    "reveal": lambda room, now, by, cue_id, on: room.reveal(cue_id, on, now),
    "set_hands": lambda room, now, by, **hands: room.set_hands(now=now, **hands),
    "set_pace": lambda room, now, by, pace: room.set_pace(pace),
    "promote": lambda room, now, by, guest_id, on: room.promote(guest_id, on, now),
    "remove_guest": lambda room, now, by, guest_id: room.remove_guest(guest_id, now),
    "bring_back": lambda room, now, by, guest_id, as_host: room.bring_back(guest_id, as_host, now),
    "rename_guest": lambda room, now, by, guest_id, name: room.rename_guest(guest_id, name),
    "restore_room": lambda room, now, by, **given: room.restore_room(**given),
    "take_revision": lambda room, now, by, number: room.take_revision(number, now),
    "back_to": lambda room, now, by, **was: room.back_to(now=now, by=by, **was),
}
