"""Votes counted, once: who may still vote, what the room said, who was right (ROOM.md 20-22)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

SETTLE_SECONDS = 2.0
LONGEST_TOGETHER = 15.0
LONGEST_APART = 90.0
MORE_SECONDS = 20.0
MORE_TIMES = 10
ENOUGH_SECONDS = 40.0


@dataclass(frozen=True, slots=True)
class Tally:
    """`counts` has every option, raised hands included; `voters` are those with a phone."""

    counts: dict[str, int]
    voters: int
    hands: dict[str, int]


def tally(
    votes: Mapping[str, str | None], option_ids: Iterable[str], hands: Mapping[str, int] | None = None
) -> Tally:
    """`votes`: guest to option, None when withdrawn. What is not an option counts for nothing."""
    options = tuple(option_ids)
    cast = [option for option in votes.values() if option in options]
    raised = {option: (hands or {})[option] for option in options if (hands or {}).get(option, 0) > 0}
    counts = {option: cast.count(option) + raised.get(option, 0) for option in options}
    return Tally(counts, len(cast), raised)


def is_open(opened_at: float | None, counted: bool, taken_away: bool = False) -> bool:
    """May a vote still count: from the opening until the result is made, a little after the close."""
    return opened_at is not None and not counted and not taken_away


def still_to_come(votes: Mapping[str, str | None], present: Collection[str]) -> int:
    """How many of those who are here have not voted."""
    return sum(votes.get(guest) is None for guest in set(present))


def wait_for_result(largest_delay: float, apart: bool) -> float:
    """Seconds from the close to the result: 2, and the delay of the guest furthest behind, within reason."""
    longest = LONGEST_APART if apart else LONGEST_TOGETHER
    return SETTLE_SECONDS + min(longest, max(0.0, largest_delay))


def may_have_more(left: float, asked: int) -> bool:
    """May somebody have 20 s more to answer (WCAG 2.2.1)? Ten times a question, whoever asks, and not
    while 40 s are left: two who ask at once are given one wait, and nobody holds up a room for ever.
    """
    return left <= ENOUGH_SECONDS and asked < MORE_TIMES


def shares(counts: Mapping[str, int]) -> dict[str, int]:
    """Whole percents that make 100 together (largest remainder; ties to the option that comes first)."""
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, 0)
    exact = {option: count * 100 / total for option, count in counts.items()}
    whole = {option: int(percent) for option, percent in exact.items()}
    by_remainder = sorted(counts, key=lambda option: whole[option] - exact[option])
    for option in by_remainder[: 100 - sum(whole.values())]:
        whole[option] += 1
    return whole


def score(votes: Mapping[str, Mapping[str, str | None]], answers: Mapping[str, str]) -> dict[str, int]:
    """Guest to points, one for each right answer; `votes` is guest to cue to option. Speed never counts."""
    return {
        guest: sum(cast.get(cue_id) == answer for cue_id, answer in answers.items())
        for guest, cast in votes.items()
    }
