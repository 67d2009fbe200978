"""Reactions in bins of film time."""

from hypothesis import given
from hypothesis import strategies as st

from companion.rules.reactions import bin_of, by_bin, clean_counts, peaks, pulse

rows = st.lists(
    st.tuples(st.integers(0, 1500), st.sampled_from(["😭", "😂", "❤️"]), st.integers(1, 9)), max_size=40
)


def test_a_bin_is_five_seconds_of_film():
    assert [bin_of(p) for p in (-1, 0, 4.999, 5, 7620)] == [0, 0, 0, 1, 1524]


def test_only_the_sheets_reactions_count_and_only_so_many():
    given_counts = {"😭": 3, "💣": 5, "😂": 0, "❤️": -2, "👏": 90}
    assert clean_counts(given_counts, ["😭", "😂", "❤️", "👏"], 20) == {"😭": 3, "👏": 20}


def test_the_pulse_is_of_the_last_half_minute():
    felt = [(0, "😭", 4), (10, "😭", 1), (12, "😂", 2), (15, "😭", 3), (16, "😭", 9)]
    assert pulse(felt, 79.0) == {"😭": 4, "😂": 2}
    assert pulse(felt, 4000.0) == {}


def test_peaks_are_apart_and_strongest_first():
    felt = [(10, "😭", 9), (11, "😭", 8), (40, "😂", 5), (90, "❤️", 7), (200, "😂", 1)]
    assert peaks(felt) == [10, 90, 40]


@given(rows)
def test_no_reaction_is_lost_or_made_up(felt):
    total = sum(sum(counts.values()) for counts in by_bin(felt).values())
    assert total == sum(count for _, _, count in felt)
    assert list(by_bin(felt)) == sorted({number for number, _, _ in felt})
    assert sum(pulse(felt, 7510.0, bins=1503).values()) == total
