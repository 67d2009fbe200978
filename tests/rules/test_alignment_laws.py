"""Marks, speeds and doubt: the laws of where scenes lie on a copy (ROOM.md 5-8)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.rules.alignment import KNOWN_RATES, Alignment, Mark, checkpoint_due

from .making import cue, scene, sheet_of

RUNTIME = 6000.0
SCENES = ["a", "b", "c", "d", "e", "f"]
A_HAIR = 1e-6
some = settings(max_examples=120, deadline=None)


@st.composite
def sheets(draw, timings=("guessed", "tapped", "measured")):
    later = draw(st.lists(st.integers(1, 5900), min_size=5, max_size=5, unique=True))
    scenes = [
        scene(
            name,
            float(start),
            draw(st.sampled_from(timings)),
            within=draw(st.sampled_from([None, 30, 480])),
            checkpoint=draw(st.booleans()),
            watch_for={"en": "look"},
        )
        for name, start in zip(SCENES, [0, *sorted(later)], strict=True)
    ]
    cues = [cue(f"at-{name}", name, float(draw(st.integers(0, 90)))) for name in SCENES]
    return sheet_of(scenes, cues, RUNTIME)


marks = st.builds(
    Mark, st.sampled_from(SCENES), st.floats(0, 6500), st.sampled_from(["now", "now", "already", "skip"])
)
runtimes = st.sampled_from([None, 5400.0, 5760.0, 6000.0, 6300.0])


@st.composite
def alignments(draw, timings=("guessed", "tapped", "measured")):
    fitted = Alignment(draw(sheets(timings)), (), draw(st.sampled_from(KNOWN_RATES)), draw(runtimes))
    for mark in draw(st.lists(marks, max_size=6)):
        fitted = fitted.with_mark(mark)
    return fitted


def positions(alignment):
    return [alignment.scene_position(scene_id) for scene_id in SCENES]


@given(alignments())
@some
def test_scenes_never_come_out_of_order(alignment):
    assert positions(alignment) == sorted(positions(alignment))


@given(alignments())
@some
def test_a_marked_scene_lies_where_it_was_marked(alignment):
    for mark in alignment.marks:
        if mark.answer == "now":
            assert alignment.scene_position(mark.scene_id) == pytest.approx(mark.position, abs=A_HAIR)


@given(alignments(), marks)
@some
def test_a_new_mark_leaves_no_contradiction(alignment, mark):
    order = alignment.sheet.scene_order
    kept = [m for m in alignment.with_mark(mark).marks if m.answer == "now"]
    ordered = sorted(kept, key=lambda m: order[m.scene_id])
    assert [m.position for m in ordered] == sorted(m.position for m in kept)
    assert len({m.scene_id for m in alignment.with_mark(mark).marks}) == len(alignment.with_mark(mark).marks)


@given(alignments(), marks)
@some
def test_a_mark_moves_no_scene_before_the_mark_before_it(alignment, mark):
    fitted = alignment.with_mark(mark)
    order = fitted.sheet.scene_order
    anchors = [m for m in fitted.marks if m.answer == "now" and order[m.scene_id] < order[mark.scene_id]]
    if mark.answer != "now" or not anchors or len(fitted.marks) <= len(alignment.marks):
        return
    fence = max(order[m.scene_id] for m in anchors)
    for scene_id in SCENES[: fence + 1]:
        if all(s.timing != "measured" for s in fitted.sheet.film_scenes):
            assert fitted.scene_position(scene_id) == pytest.approx(alignment.scene_position(scene_id))


@given(alignments())
@some
def test_already_and_skip_move_nothing(alignment):
    only_marks = replace(alignment, marks=tuple(m for m in alignment.marks if m.answer == "now"))
    assert positions(alignment) == positions(only_marks)
    assert [alignment.uncertainty(s) for s in SCENES] == [only_marks.uncertainty(s) for s in SCENES]


@given(alignments(("guessed", "tapped")))
@some
def test_no_guess_lies_past_the_end_under_any_marks(alignment):
    proven = max([alignment.room_runtime, *(m.position for m in alignment.marks if m.answer == "now")])
    assert alignment.end == min(proven, alignment.limit)
    for one in alignment.sheet.cues:
        assert alignment.scene_position(one.scene) <= alignment.cue_place(one) <= alignment.end
        assert alignment.gate(one) <= alignment.end


@given(alignments())
@some
def test_no_card_lies_past_what_the_player_can_show(alignment):
    for one in alignment.sheet.cues:
        assert 0 <= alignment.cue_place(one) <= alignment.end <= alignment.limit


@given(alignments())
@some
def test_doubt_is_at_most_the_sheets_own_and_two_seconds_at_a_mark(alignment):
    marked = {m.scene_id for m in alignment.marks if m.answer == "now"}
    for one in alignment.sheet.film_scenes:
        if one.id in marked:
            assert alignment.uncertainty(one.id) == 2.0
        else:
            assert 2.0 <= alignment.uncertainty(one.id) <= max(2.0, one.spread)


@given(alignments(), st.data())
@some
def test_a_gate_holds_as_long_as_the_truth_is_within_the_doubt(alignment, data):
    """Marks are tapped at or after the truth; every truth within its doubt is behind its gate."""
    for one in alignment.sheet.cues:
        gate = alignment.gate(one)
        if gate == float("-inf"):
            continue
        opened = [
            m.position
            for m in alignment.marks
            if m.answer != "skip"
            and alignment.sheet.scene_order[m.scene_id] >= alignment.sheet.scene_order[one.scene]
        ]
        doubt = alignment.uncertainty(one.scene)
        off = data.draw(st.floats(-doubt, doubt))
        truth = min([alignment.scene_position(one.scene) + off, alignment.end, *opened])
        assert gate >= truth - A_HAIR


@given(sheets(("measured",)), st.sampled_from(KNOWN_RATES), st.floats(0, 120), st.integers(0, 5), st.data())
@some
def test_a_measured_sheet_fits_after_one_mark_at_the_right_speed(sheet, rate, logos, marked, data):
    copy = {s.id: logos + s.start / rate for s in sheet.film_scenes}
    fitted = Alignment(sheet, (), rate).with_mark(Mark(SCENES[marked], copy[SCENES[marked]]))
    for scene_id, position in copy.items():
        assert fitted.scene_position(scene_id) == pytest.approx(position, abs=1e-6)


def test_two_logos_pal_and_an_advertisement_fit_within_a_second_after_each_tap():
    """One typed length, a tap after the logos and one after the break, each half a second off."""
    scenes = [scene(f"s{n}", n * 300.0, "measured") for n in range(25)]
    sheet = sheet_of(scenes, [cue(f"c{n}", f"s{n}", 60.0) for n in range(25)], 7620.0)
    rate, logos, break_at, ad = 25 / 24, 21.0, 3000.0, 90.0

    def truth(sheet_time):
        position = logos + sheet_time / rate
        return position + (ad if sheet_time >= break_at else 0.0)

    for error in (-0.5, 0.5):
        fitted = Alignment(sheet, (), rate, logos + 7620.0 / rate + ad)
        fitted = fitted.with_mark(Mark("s1", truth(300.0) + error))
        fitted = fitted.with_mark(Mark("s10", truth(3000.0) - error))
        worst = max(
            abs(fitted.cue_place(one) - truth(sheet.place_in_sheet(one)))
            for one in sheet.cues
            if sheet.place_in_sheet(one) >= 300.0
        )
        assert worst <= 1.0


@given(alignments(), st.floats(0, 6500))
@some
def test_one_question_at_a_time_and_none_that_was_answered(alignment, position):
    due = checkpoint_due(alignment, position)
    if due is None:
        return
    assert due.checkpoint and not alignment.answered(due.id)
    assert alignment.scene_position(due.id) - alignment.uncertainty(due.id) <= position
    later = [s for s in alignment.sheet.film_scenes if s.checkpoint and s.start > due.start]
    assert all(alignment.scene_position(s.id) > position for s in later[:1])


@given(alignments(), st.floats(0, 6500))
@some
def test_taking_a_mark_back_is_as_if_it_had_not_been(alignment, position):
    for mark in alignment.marks:
        assert mark not in alignment.without(mark).marks
        assert len(alignment.without(mark).marks) == len(alignment.marks) - 1
    assert alignment.shift_at(position) == pytest.approx(shift(alignment, position))


def shift(alignment, position):
    reached = [s for s in alignment.sheet.film_scenes if alignment.scene_position(s.id) <= position]
    return alignment.scene_position(reached[-1].id) - reached[-1].start if reached else 0.0


def test_a_tap_is_worth_a_quarter_of_a_second_less_and_an_answer_is_not():
    assert Mark.tapped("a", 100.0).position == 99.75
    assert Mark.tapped("a", 0.1).position == 0.0
    assert Mark.tapped("a", 100.0, "already").position == 100.0
