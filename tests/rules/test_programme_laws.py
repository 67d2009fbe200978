"""Whatever a host does, in whatever order, on whatever sheet: the laws of the programme (ROOM.md 8-25)."""

from math import inf

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from companion.rules.cards import current, is_open_here, so_far
from companion.rules.programme import advance, next_due_at, windows
from companion.rules.quiet import quiet_around, quiet_stretches

from .making import Evening, cue, scene, sheet_of

RUNTIME = 1200.0
A_HAIR = 1e-3
SCENES = ["a", "b", "c", "d", "e"]
whole = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))

seconds = st.integers(0, 1150).map(float)
timings = st.sampled_from(["guessed", "guessed", "guessed", "tapped", "measured"])


@st.composite
def sheets(draw):
    starts = sorted([0.0, *draw(st.lists(seconds, min_size=4, max_size=4, unique=True))])
    scenes = [
        scene(
            name,
            start,
            draw(timings),
            within=draw(st.sampled_from([2, 20, 60, 300])),
            quiet=draw(st.sampled_from([False, False, True])),
            checkpoint=draw(st.booleans()),
            watch_for={"en": "look"},
        )
        for name, start in zip(SCENES, starts, strict=True)
    ]
    cues = []
    for n in range(draw(st.integers(1, 9))):
        own = draw(st.integers(0, 4))
        offset = float(draw(st.integers(0, min(200, int(1199 - starts[own])))))
        cues.append(
            cue(
                f"c{n}",
                SCENES[own],
                offset,
                duration=draw(st.sampled_from([5.0, 20.0, 45.0])),
                kind=draw(st.sampled_from(["trivia", "theme", "poll", "quiz", "warning"])),
                push=draw(st.sampled_from(["always", "always", "talkative", "never"])),
                anywhere=draw(st.booleans()),
                **({"safe_after": draw(st.sampled_from(SCENES[: own + 1]))} if draw(st.booleans()) else {}),
            )
        )
    return sheet_of(scenes, cues, RUNTIME)


acts = st.one_of(
    st.tuples(st.just("wait"), st.integers(0, 400).map(float)),
    st.tuples(st.just("wait"), st.floats(0, 20)),
    st.tuples(st.just("sleep"), st.integers(0, 300).map(float)),
    st.tuples(st.just("seek"), st.integers(0, 1300).map(float)),
    st.tuples(st.just("nudge"), st.floats(-10, 10)),
    st.tuples(st.just("mark"), st.sampled_from(SCENES), st.sampled_from(["now", "now", "already", "skip"])),
    st.tuples(st.just("unmark"), st.integers(0, 4)),
    st.tuples(st.just("change"), st.sampled_from([{"pace": p} for p in ("calm", "talkative", "silent")])),
    st.tuples(st.just("change"), st.sampled_from([{"hold_all": True}, {"hold_all": False}])),
    st.tuples(st.just("change"), st.sampled_from([{"largest_delay": 0.0}, {"largest_delay": 40.0}])),
    st.tuples(st.sampled_from(["play", "pause", "restart", "film_over"])),
    st.tuples(st.just("rate"), st.sampled_from([0.5, 1.0, 1.5])),
)


def perform(evening, act):
    match act:
        case ("wait", span):
            evening.wait(span)
        case ("sleep", span):
            evening.sleep(span)
            evening.tick()
        case ("seek", position):
            evening.seek(position)
        case ("nudge", by):
            evening.seek(evening.position + by)
        case ("mark", scene_id, answer):
            evening.mark(scene_id, answer=answer)
        case ("unmark", n) if n < len(evening.facts.alignment.marks):
            evening.unmark(evening.facts.alignment.marks[n])
        case ("change", changes):
            evening.change(**changes)
        case ("rate", rate):
            evening.set_rate(rate)
        case ("restart",):
            evening.restart()
        case ("film_over",):
            evening.change(part="film" if evening.facts.part == "after" else "after")
        case (plain,) if plain in ("play", "pause"):
            getattr(evening, plain)()


evenings = st.tuples(sheets(), st.lists(acts, max_size=12))


@given(evenings)
@whole
def test_next_due_at_is_the_very_instant_at_which_something_changes(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
        due = next_due_at(evening.facts, evening.now)
        assert advance(evening.facts, evening.now).records == {}
        later = evening.now + 4000 if due is None else due - 1e-5
        if later > evening.now:
            assert advance(evening.facts, later).records == {}
        if due is not None:
            step = advance(evening.facts, due)
            assert step.records or step.wait_until != evening.facts.wait_until


@given(evenings)
@whole
def test_a_tick_ten_minutes_late_is_one_tick(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
    evening.sleep(600)
    evening.tick()
    assert advance(evening.facts, evening.now).records == {}


@given(evenings)
@whole
def test_a_poll_opens_closes_and_is_counted_once(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    known = {}
    for act in script:
        perform(evening, act)
        for cue_id, record in evening.facts.records.items():
            for instant in ("opened_at", "closed_at", "result_at"):
                before = known.setdefault((cue_id, instant), getattr(record, instant))
                assert before in (None, getattr(record, instant))
                known[cue_id, instant] = getattr(record, instant)
            assert record.opened_at is None or record.told_pushed
            assert record.closed_at is None or record.opened_at <= record.closed_at < record.result_at
    for what in ("closed", "results"):
        assert len(set(evening.heard_of(what))) == len(evening.heard_of(what))
    asked = {c.id for c in sheet.cues if c.asks}
    assert set(evening.heard_of("results")) <= set(evening.heard_of("closed")) <= asked


@given(evenings)
@whole
def test_nothing_leaves_more_than_five_seconds_before_its_start(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        before = dict(evening.facts.records)
        heard = len(evening.heard)
        perform(evening, act)
        if act[0] in ("mark", "unmark", "change"):
            continue
        for _, position, what, cue_id in evening.heard[heard:]:
            if what == "released" and cue_id not in before:
                record = evening.record(cue_id)
                start = record.start if record.start is not None else record.told_start
                rate = evening.facts.playback.rate
                assert start - position <= 5 * rate + A_HAIR, (cue_id, start, position)


@given(evenings)
@whole
def test_no_card_starts_before_its_gate(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
        alignment = evening.facts.alignment
        for cue_id, window in windows(evening.facts).items():
            record = evening.record(cue_id)
            if record.start is None:
                assert window.start >= alignment.gate(sheet.cue(cue_id))
            elif (position := evening.position) < record.start:
                note(f"{cue_id} hides again: {record.start} > {position}")


@given(evenings)
@whole
def test_no_card_falls_off_the_end_of_the_film(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
        alignment = evening.facts.alignment
        proven = max([alignment.room_runtime, *(m.position for m in alignment.marks if m.answer == "now")])
        measured = any(s.timing == "measured" for s in sheet.film_scenes)
        assert alignment.end <= (alignment.limit if measured else min(proven, alignment.limit))
        for cue_id, window in windows(evening.facts).items():
            if evening.record(cue_id).start is None:
                assert 0 <= window.start <= alignment.end
                assert window.start <= window.until <= window.end or sheet.cue(cue_id).kind == "warning"


@given(evenings)
@whole
def test_the_clock_pushes_nothing_in_quiet(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
        quiet = quiet_stretches(evening.facts.alignment)
        for cue_id, window in windows(evening.facts).items():
            if window.pushed and sheet.cue(cue_id).kind != "warning":
                fixed = evening.record(cue_id).start is not None
                assert fixed or quiet_around(quiet, window.start) is None
                assert not any(max(a, window.start) < min(b, window.until) for a, b in quiet)


@given(evenings)
@whole
def test_moved_cards_come_in_order_one_after_another(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
        previous_end = 0.0
        for cue_id, window in windows(evening.facts).items():
            if sheet.cue(cue_id).kind == "warning" or not window.pushed:
                continue
            if window.moved and evening.record(cue_id).start is None:
                assert window.start >= min(previous_end, evening.facts.alignment.end)
            previous_end = max(previous_end, window.end)


@given(evenings)
@whole
def test_a_poll_that_was_jumped_over_was_never_asked(drawn):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
        for record in evening.facts.records.values():
            if record.jumped:
                assert record.opened_at is None
                assert not record.told_pushed
                assert record.start <= evening.position + A_HAIR or evening.facts.wait_until


@given(evenings, st.lists(st.floats(0, 1300), min_size=2, max_size=6))
@whole
def test_what_is_on_a_phone_is_a_function_of_its_position(drawn, positions):
    sheet, script = drawn
    evening = Evening(sheet)
    for act in script:
        perform(evening, act)
    cards = [card_of(evening, record) for record in evening.facts.records.values() if record.released_at]
    shown = {p: (ids(so_far(cards, p)), current(cards, p)) for p in positions}
    for earlier, later in zip(sorted(positions), sorted(positions)[1:], strict=False):
        assert set(shown[earlier][0]) <= set(shown[later][0])
    for position in reversed(positions):
        assert (ids(so_far(cards, position)), current(cards, position)) == shown[position]
        card = shown[position][1]
        if card:
            assert card["pushed"] and card["start"] <= position < card["until"]
            others = [c for c in cards if is_open_here(c, position) and c["until"] > position]
            assert is_open_here(card, position) or not others


def card_of(evening, record):
    kind = evening.facts.cue(record.cue_id).kind
    return {
        "cue_id": record.cue_id,
        "kind": kind,
        "pushed": bool(record.told_pushed),
        "start": record.told_start,
        "end": record.told_end,
        "until": record.told_until,
        "closed": record.closed_at is not None,
    }


def ids(cards):
    return [card["cue_id"] for card in cards]


def test_a_gate_without_any_scene_before_it_is_open():
    sheet = sheet_of([scene("a"), scene("b", 600)], [cue("c", "a", 10)])
    evening = Evening(sheet)
    assert evening.facts.alignment.gate(sheet.cue("c")) == -inf
