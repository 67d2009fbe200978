"""Reactions counted in bins of film time: the room's pulse and where it beat fastest (ROOM.md 23)."""

from collections.abc import Iterable, Mapping

BIN_SECONDS = 5.0


def bin_of(position: float) -> int: ...                                 # the bin [5n, 5n+5) a position lies in
def clean_counts(counts: Mapping[str, int], emoji: Iterable[str], most: int) -> dict[str, int]: ...   # known emoji, 1..most each
def pulse(rows: Iterable[tuple[int, str, int]], position: float, bins: int = 6) -> dict[str, int]: ...  # (bin, emoji, count) rows
def by_bin(rows: Iterable[tuple[int, str, int]]) -> dict[int, dict[str, int]]: ...
def peaks(rows: Iterable[tuple[int, str, int]], most: int = 3) -> list[int]: ...
