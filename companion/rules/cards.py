"""What a phone shows, as a function of its own position and nothing else (ROOM.md 11)."""

from collections.abc import Collection, Sequence
from math import inf
from typing import Any

Card = dict[str, Any]
Stretch = Sequence[Any]


def so_far(cards: Sequence[Card], position: float) -> list[Card]:
    """Cards as they came by, oldest first: what has no place in the film, then what the film has reached."""
    reached = [card for card in cards if _has_come(card, position) and card["kind"] != "warning"]
    return sorted(reached, key=lambda card: _came_at(card, -1.0))


def current(
    cards: Sequence[Card],
    position: float,
    results: Collection[str] = (),
    part: str = "film",
    quiet: Collection[Stretch] = (),
) -> Card | None:
    """The open poll, else the latest card in its window.

    `results`: cue ids whose result is out; `part`: the room's; `quiet`: [from, to or None) in film positions.
    A card a host fired (`shown_at`, no window) stays until it is `over` or a quiet scene begins after it; a
    later card of the film lies over it while its window lasts.
    """
    fired = max((card for card in cards if _is_fired(card)), key=lambda card: card["shown_at"], default=None)
    shown = [card for card in cards if part == "film" and _in_window(card, position)]
    if fired and not fired.get("closed") and not (part == "film" and has_faded(fired, position, quiet)):
        shown.insert(0, fired)
    open_polls = [card for card in shown if is_open_here(card, position, results)]
    return max(open_polls or shown, key=lambda card: _came_at(card, 0.0), default=None)


def is_open_here(card: Card, position: float, results: Collection[str] = ()) -> bool:
    """May this phone still vote: until its own film reaches the poll's end, or the votes are counted."""
    is_over = card.get("counted") or card["cue_id"] in results
    if card["kind"] not in ("poll", "quiz") or is_over or not _has_come(card, position):
        return False
    if card["start"] is None:
        return not card.get("closed")
    return bool(position < card["end"])


def is_quiet(quiet: Collection[Stretch], position: float) -> bool:
    """Here no result, dot, buzz or pulse comes up by itself (ROOM.md 14)."""
    return any(begins <= position < (inf if ends is None else ends) for begins, ends in quiet)


def has_faded(card: Card, position: float, quiet: Collection[Stretch]) -> bool:
    """Fired before a quiet scene that has begun since."""
    shown = card.get("shown_position")
    return shown is not None and any(shown < begins <= position for begins, _ in quiet)


def warnings_at(cards: Sequence[Card], position: float) -> list[Card]:
    """Content warnings in force, for whoever asked for them."""
    return [card for card in cards if card["kind"] == "warning" and _holds(card, position)]


def _is_fired(card: Card) -> bool:
    return card["start"] is None and card.get("shown_at") is not None and not card.get("over")


def _has_come(card: Card, position: float) -> bool:
    if card["start"] is None:
        return True
    unasked = card["kind"] in ("poll", "quiz") and not card["pushed"]
    return bool(card["start"] <= position) and not unasked


def _in_window(card: Card, position: float) -> bool:
    return (
        card["kind"] != "warning" and card["start"] is not None and card["pushed"] and _holds(card, position)
    )


def _holds(card: Card, position: float) -> bool:
    until = card.get("until")
    return bool(card["start"] <= position < (card["end"] if until is None else until))


def _came_at(card: Card, otherwise: float) -> float:
    came = card["start"] if card["start"] is not None else card.get("shown_position")
    return otherwise if came is None else float(came)
