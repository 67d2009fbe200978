"""What the television shows, as a function of what a screen may know: quiet unless there is a reason."""

from dataclasses import dataclass
from typing import Any, Literal

from companion.rules import cards
from companion.rules.playback import Playback

Card = dict[str, Any]
Told = dict[str, Any]
Name = Literal[
    "letters", "lobby", "black", "code", "countdown", "quiet", "result", "card", "silence", "after", "recap"
]  # fmt: skip
GLOW = 3.0
FIRED_FOR = 45.0


@dataclass(frozen=True)
class Mode:
    """Seconds: `again_in` until the clock alone may change this, `glow_in` since a card landed (negative)."""

    name: Name
    card: Card | None = None
    result: dict[str, Any] | None = None
    again_in: float | None = None
    glow_in: float | None = None
    left: float | None = None


def mode_of(told: Told, now: float) -> Mode:
    """`told` is the snapshot for a screen (docs/PROTOCOL.md)."""
    if "room" not in told:
        return Mode("letters")
    part = told["room"]["part"]
    if part == "ended":
        return Mode("recap")
    if told["room"]["black"]:
        return Mode("black")
    if part == "before":
        return Mode("lobby")
    code_for = (told["room"]["code_until"] or 0.0) - now
    if code_for > 0:
        return Mode("code", again_in=code_for)
    return in_film(told, now) if part == "film" else after_film(told, now)


def in_film(told: Told, now: float) -> Mode:
    """Nothing while the film plays, unless a host asked for it; a result while it is paused."""
    playback = Playback(**told["playback"])
    if playback.is_playing and playback.since > now:
        return Mode("countdown", left=playback.since - now, again_in=playback.since - now)
    position = playback.position_at(now, told["room"]["limit"])
    fired = fired_card(told, now)
    if fired and cards.has_faded(fired, position, told["quiet"]):
        fired = None
    soon = next_change(told, playback, position, now)
    if fired:
        return mode_for(fired, told, now, min_of(soon, fired["shown_at"] + FIRED_FOR - now))
    last = None if playback.is_playing else last_result(told, position, now)
    if last:
        return mode_for(last, told, now, soon)
    return Mode("quiet", again_in=soon, glow_in=glow_in(told, playback, position))


def after_film(told: Told, now: float) -> Mode:
    """Two minutes of nothing; then what the host brings, one at a time."""
    silence_until = told["silence_until"] or 0.0
    if silence_until > now:
        return Mode("silence", again_in=silence_until - now)
    card = cards.current(told["cards"], 0.0, shown_results(told, now), "after") or last_fired(told)
    if card is None or card["part"] != "after":
        return Mode("after")
    return mode_for(card, told, now, next_result_in(told, now))


def mode_for(card: Card, told: Told, now: float, again_in: float | None) -> Mode:
    result = told["results"].get(card["cue_id"]) if card["cue_id"] in shown_results(told, now) else None
    return Mode("result" if result else "card", card=card, result=result, again_in=again_in)


def fired_card(told: Told, now: float) -> Card | None:
    """What a host fired lately and nobody took away; a question stays while it is open."""
    card = last_fired(told)
    if card is None or card["over"]:
        return None
    is_fresh = now - card["shown_at"] < FIRED_FOR
    is_open = card["kind"] in ("poll", "quiz") and not card["closed"]
    return card if is_fresh or is_open else None


def last_fired(told: Told) -> Card | None:
    fired = [card for card in told["cards"] if card.get("shown_at") is not None]
    return max(fired, key=lambda card: card["shown_at"], default=None)


def last_result(told: Told, position: float, now: float) -> Card | None:
    """The newest question of the film whose result is out and was reached."""
    shown = shown_results(told, now)
    asked = [
        card
        for card in told["cards"]
        if card["cue_id"] in shown and card["part"] == "film" and card["pushed"]
    ]
    reached = [card for card in asked if (card["start"] or 0.0) <= position]
    return max(reached, key=lambda card: told["results"][card["cue_id"]]["shown_at"], default=None)


def shown_results(told: Told, now: float) -> dict[str, Any]:
    """Results whose moment has come."""
    return {key: result for key, result in told["results"].items() if (result.get("shown_at") or 0.0) <= now}


def next_result_in(told: Told, now: float) -> float | None:
    waits = [(result.get("shown_at") or 0.0) - now for result in told["results"].values()]
    return min((wait for wait in waits if wait > 0), default=None)


def next_change(told: Told, playback: Playback, position: float, now: float) -> float | None:
    starts = [
        card["start"] - position for card in told["cards"] if card["start"] is not None and card["pushed"]
    ]
    starts += [begins - position for begins, _ in told["quiet"]]
    coming = [wait / playback.rate for wait in starts if wait > 0] if playback.is_playing else []
    return min_of(min(coming, default=None), next_result_in(told, now))


def glow_in(told: Told, playback: Playback, position: float) -> float | None:
    """The corner dot glows for three seconds when a card lands on the phones."""
    landed = [
        (card["start"] - position) / playback.rate
        for card in told["cards"]
        if card["start"] is not None and card["pushed"] and not card["jumped"]
    ]
    return max((wait for wait in landed if -GLOW < wait <= 0), default=None) if playback.is_playing else None


def min_of(*waits: float | None) -> float | None:
    return min((wait for wait in waits if wait is not None), default=None)
