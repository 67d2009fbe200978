"""Where the film is: continuous except where somebody jumped, the same wherever it is asked."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.rules.playback import PRESS_SECONDS, Playback

LIMIT = 8220.0
A_HAIR = 1e-5
NOW = 1_700_000_000.0

spans = st.floats(0, 900)
rates = st.sampled_from([0.5, 0.75, 1.0, 25 / 24, 1.5, 2.0])
presses = st.lists(
    st.tuples(spans, st.sampled_from(["play", "pause", "rate"]), st.floats(-1, 5), rates), max_size=12
)
some = settings(max_examples=150, deadline=None)


@given(presses)
@some
def test_position_is_continuous_but_for_two_seconds_at_a_press(script):
    playback, now = Playback(since=NOW), NOW
    for span, press, lateness, rate in script:
        now += span
        before = playback.position_at(now, LIMIT)
        pressed = playback.pressed(now - lateness, now)
        slip = PRESS_SECONDS * playback.rate
        match press:
            case "play":
                playback = playback.play(pressed, LIMIT)
            case "pause":
                playback = playback.pause(pressed, LIMIT)
            case "rate":
                playback, slip = playback.set_rate(rate, now, LIMIT), 0.0
        assert abs(playback.position_at(now, LIMIT) - before) <= slip + A_HAIR


@given(presses, st.floats(0, 400), st.floats(0, 400))
@some
def test_a_film_moves_at_its_rate_or_not_at_all(script, first, second):
    playback, now = Playback(since=NOW), NOW
    for span, press, _, rate in script:
        now += span
        playback = playback.set_rate(rate, now) if press == "rate" else getattr(playback, press)(now)
    moved = playback.position_at(now + first + second) - playback.position_at(now + first)
    assert moved == pytest.approx(playback.rate * second if playback.is_playing else 0, abs=A_HAIR)


@given(st.floats(-50, 9000), st.floats(-9000, 9000), spans)
@some
def test_a_seek_and_a_nudge_land_inside_the_film(position, by, span):
    sought = Playback(since=NOW, is_playing=True).seek(position, NOW, LIMIT)
    assert 0 <= sought.position_at(NOW + span, LIMIT) <= LIMIT
    assert sought.position_at(NOW, LIMIT) == min(max(0.0, position), LIMIT)
    assert 0 <= sought.nudge(by, NOW + span, LIMIT).position <= LIMIT


@given(st.floats(0, 8000), st.floats(0, 8000), rates)
@some
def test_the_moment_of_a_position_is_when_the_film_is_there(position, target, rate):
    playback = Playback(position, rate, NOW, is_playing=True)
    moment = playback.moment_of(target, LIMIT)
    if target < position:
        assert moment is None
    else:
        assert playback.position_at(moment) == pytest.approx(target, abs=A_HAIR)


def test_a_second_press_is_the_same_press():
    playing = Playback(12.0, 1.0, NOW, is_playing=True)
    assert playing.play(NOW + 5) is playing
    paused = playing.pause(NOW + 5)
    assert paused.pause(NOW + 9) is paused


@pytest.mark.parametrize("wrong", [float("nan"), inf, -inf])
def test_what_is_no_number_is_no_place_and_no_speed(wrong):
    with pytest.raises(ValueError, match="position"):
        Playback().seek(wrong, NOW)
    with pytest.raises(ValueError, match="rate"):
        Playback().set_rate(wrong, NOW)
    assert Playback(since=NOW).pressed(wrong, NOW + 1) == NOW + 1


@pytest.mark.parametrize("rate", [0.0, -1.0])
def test_a_film_does_not_run_backwards(rate):
    with pytest.raises(ValueError, match="rate"):
        Playback().set_rate(rate, NOW)
