"""Reactions counted in bins of film time: the room's pulse and where it beat fastest (ROOM.md 23)."""

from collections.abc import Collection, Iterable, Mapping

BIN_SECONDS = 5.0
Row = tuple[int, str, int]


def bin_of(position: float) -> int:
    """The bin n with position in [5n, 5n + 5)."""
    return int(max(0.0, position) // BIN_SECONDS)


def clean_counts(counts: Mapping[str, int], emoji: Collection[str], most: int) -> dict[str, int]:
    """Only what the sheet offers, at least one and at most `most` of each."""
    return {name: min(most, count) for name, count in counts.items() if name in emoji and count > 0}


def by_bin(rows: Iterable[Row]) -> dict[int, dict[str, int]]:
    """Bin to emoji to count, bins ascending, out of rows (bin, emoji, count) of many guests."""
    found: dict[int, dict[str, int]] = {}
    for number, emoji, count in rows:
        counts = found.setdefault(number, {})
        counts[emoji] = counts.get(emoji, 0) + count
    return dict(sorted(found.items()))


def pulse(rows: Iterable[Row], position: float, bins: int = 6) -> dict[str, int]:
    """What the room felt in the last `bins` bins up to `position`."""
    last = bin_of(position)
    felt: dict[str, int] = {}
    for number, counts in by_bin(rows).items():
        if last - bins < number <= last:
            for emoji, count in counts.items():
                felt[emoji] = felt.get(emoji, 0) + count
    return felt


def peaks(rows: Iterable[Row], most: int = 3) -> list[int]:
    """The bins in which the room reacted most, strongest first; of neighbours only the stronger."""
    totals = {number: sum(counts.values()) for number, counts in by_bin(rows).items()}
    found: list[int] = []
    for number in sorted(totals, key=lambda number: (-totals[number], number)):
        if len(found) < most and all(abs(number - other) > 1 for other in found):
            found.append(number)
    return found
