"""Votes counted."""

from hypothesis import given
from hypothesis import strategies as st

from companion.rules.polls import is_open, may_have_more, score, shares, tally

guests = st.dictionaries(st.text(max_size=4), st.sampled_from(["a", "b", "c", None]), max_size=30)


def test_voting_is_open_from_the_opening_until_the_count():
    assert not is_open(None, counted=False)
    assert is_open(100.0, counted=False)
    assert not is_open(100.0, counted=True)
    assert not is_open(100.0, counted=False, taken_away=True)


def test_one_point_for_each_right_answer_and_none_for_speed():
    votes = {"ana": {"q1": "yes", "q2": "no"}, "ben": {"q1": "no", "q3": "yes"}, "cem": {}}
    assert score(votes, {"q1": "yes", "q2": "no"}) == {"ana": 2, "ben": 0, "cem": 0}


@given(guests, st.dictionaries(st.sampled_from("abcd"), st.integers(-1, 9)))
def test_every_vote_is_counted_once(votes, hands):
    found = tally(votes, ("a", "b", "c"), hands)
    assert found.voters == sum(option is not None for option in votes.values())
    assert sum(found.counts.values()) == found.voters + sum(found.hands.values())
    assert set(found.counts) == {"a", "b", "c"} >= set(found.hands)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 400), max_size=6))
def test_shares_are_whole_fair_and_together_a_hundred(counts):
    found = shares(counts)
    total = sum(counts.values())
    assert sum(found.values()) == (100 if total else 0)
    for option, count in counts.items():
        assert abs(found[option] - (count * 100 / total if total else 0)) < 1


def test_ten_times_somebody_may_have_more_time_but_not_while_there_is_enough():
    assert may_have_more(left=0.1, asked=0) and may_have_more(left=40, asked=9)
    assert not may_have_more(left=40, asked=10)
    assert not may_have_more(left=40.1, asked=0)
