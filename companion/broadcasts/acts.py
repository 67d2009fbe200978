"""What was done, in words for the remote: the last twenty acts, and which of them can be taken back."""

from typing import Any

from companion.languages import gettext, speaking
from companion.models.act import Act, last_acts
from companion.models.room import Room

Fact = dict[str, Any]


def acts(room: Room, lang: str) -> list[Fact]:
    """Newest first. After the evening nothing is taken back any more."""
    kept = last_acts(room.session, room.room_id)
    others = {act.act: act for act in kept}
    with speaking(lang):
        return [_told(act, others, room.part != "ended") for act in kept]


def _told(act: Act, others: dict[int, Act], may_undo: bool) -> Fact:
    return {
        "act": act.act,
        "verb": act.verb,
        "by": act.by,
        "at": act.at,
        "position": act.position,
        "sentence": _undone(act, others) if act.verb == "undo" else _said(act),
        "undone": act.undone,
        "can_undo": act.can_undo and may_undo,
    }


def _undone(act: Act, others: dict[int, Act]) -> str:
    """What was taken back, as long as it is on the list."""
    taken = others.get(act.ack.get("undone", {}).get("act"))
    if taken is None or taken.verb == "undo":
        return gettext(SENTENCES["undo"])
    return gettext("Taken back: %(what)s", what=_said(taken))


def _said(act: Act) -> str:
    """In a few words, never a card's own: a host who has not seen the film reads this too."""
    one = "_one" if act.verb == "hold" and act.arguments.get("cue_id") else ""
    off = "_off" if act.arguments.get("on") is False or act.arguments.get("never_mind") else ""
    return gettext(SENTENCES.get(f"{act.verb}{one}{off}", "Something was changed"))


SENTENCES = {
    "start": "The film began",
    "film_over": "The film was over",
    "next": "The next card was shown",
    "end": "The evening ended",
    "play": "Played",
    "pause": "Paused",
    "seek": "Moved to another time",
    "nudge": "Moved a little",
    "set_rate": "Changed the speed",
    "mark": "Tapped a moment",
    "set_alignment": "Changed the speed of this copy",
    "set_runtime": "Changed the length of this copy",
    "not_there_yet": "Said “we’re not there yet”",
    "not_there_yet_off": "Went on: we were there",
    "undo": "Took something back",
    "show_now": "Showed a card",
    "skip": "Skipped a card",
    "skip_off": "Brought a skipped card back",
    "take_away": "Took a card away",
    "close_poll": "Closed a question",
    "more_time": "Gave more time",
    "wait_for_guest": "Somebody asked for more time",
    "reveal": "Showed a result",
    "reveal_off": "Hid a result",
    "hold": "Held everything",
    "hold_off": "Let everything come again",
    "hold_one": "Saved a card for the break",
    "hold_one_off": "Let a saved card come",
    "ask": "Asked a question",
    "hands": "Counted raised hands",
    "set_pace": "Changed how much comes by itself",
    "black": "Made everything black",
    "black_off": "Made everything light again",
    "show_code": "Showed the number on the television",
    "show_code_off": "Hid the number on the television",
    "lock": "Locked the door",
    "lock_off": "Unlocked the door",
    "new_code": "Made a new number",
    "promote": "Made somebody host",
    "promote_off": "Made somebody guest again",
    "remove_guest": "Took somebody out of the room",
    "rename_guest": "Renamed somebody",
    "renew_hosts": "Made a new host link",
    "set_room": "Changed the room",
    "take_revision": "Took the newer notes",
    "admit_screen": "Let a television in",
}
