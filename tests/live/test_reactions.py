"""Reactions: kept against the film, felt by the room, silent in quiet scenes."""

import pytest
from sqlalchemy import select

from companion import database
from companion.models.reaction import Reaction


@pytest.fixture
def film(evening, host):
    host.do("start")
    evening.later(12)
    return evening


def kept():
    with database.reading() as session:
        return [(row.bin, row.emoji, row.count) for row in session.scalars(select(Reaction))]


def test_taps_are_kept_in_bins_of_five_seconds_and_told_as_the_rooms_pulse(film, guest, other_guest):
    guest.do("react", counts={"💛": 2, "😮": 1}, position=11.9)
    other_guest.do("react", counts={"💛": 1}, position=10.0)
    assert sorted(kept()) == [(2, "💛", 1), (2, "💛", 2), (2, "😮", 1)]
    film.turn()
    assert guest.heard("pulse") == [{"position": pytest.approx(12), "counts": {"💛": 3, "😮": 1}}]


def test_a_batch_sent_twice_counts_once(film, guest):
    for _ in range(2):
        guest.do("react", counts={"💛": 2}, position=11, op_id="batch")
    assert kept() == [(2, "💛", 2)]


def test_a_reaction_the_notes_do_not_offer_is_refused(film, guest):
    assert guest.refused("react", counts={"🍕": 1}, position=3) == "bad_field"
    assert guest.refused("react", counts={"💛": 0}, position=3) == "bad_field"
    assert guest.refused("react", counts={"💛": 99}, position=3) == "bad_field"


def test_nobody_reacts_to_what_has_not_happened(film, guest):
    guest.do("react", counts={"💛": 1}, position=170)
    assert kept() == [(3, "💛", 1)]


def test_a_quiet_scene_has_no_pulse_but_keeps_what_was_felt(film, host, guest):
    host.do("nudge", seconds=98)
    guest.do("react", counts={"💛": 1}, position=109)
    film.turn()
    assert guest.heard("pulse") == []
    assert kept() == [(21, "💛", 1)]
