"""Votes counted, once: who may still vote, what the room said, who was right (ROOM.md 20-22)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    counts: dict[str, int]
    voters: int
    hands: dict[str, int]


def tally(votes: Mapping[str, str | None], option_ids: tuple[str, ...], hands: Mapping[str, int] | None = None) -> Tally: ...
def is_open(opened_at: float | None, counted: bool, taken_away: bool = False) -> bool: ...   # may a vote still count
def still_to_come(votes: Mapping[str, str | None], present: set[str]) -> int: ...
def wait_for_result(largest_delay: float, apart: bool) -> float: ...   # 2 s + the largest delay (≤ 15 together, 90 apart)
def shares(counts: Mapping[str, int]) -> dict[str, int]: ...           # whole percent, together 100
def score(votes: Mapping[str, Mapping[str, str | None]], answers: Mapping[str, str]) -> dict[str, int]: ...  # guest -> points
