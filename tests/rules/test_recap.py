"""What a room did, told back: recounted here by other means, and never about a person in a room of two."""

import random
import xml.etree.ElementTree as ElementTree
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.rules import pulse_curve
from companion.rules.night import Night, Person, Question, Reaction, Scene
from companion.rules.recap import own, recap, split, without_spoilers
from companion.rules.recap_picture import Words, poster, pulse, wrapped

WORDS = Words(
    "Friday film", "Night Train (1999)", "4 people", "When the room reacted", "Moments", "Split the room"
)
SCENES = (
    Scene("s1", 0, "The platform"),
    Scene("s2", 1200, "The letter is burnt", "the train leaves the tunnel"),
    Scene("s3", 4000, "He was the brother"),
)


def people(count, joined=0.0):
    return tuple(Person(f"g{i}", f"Guest {i}", joined) for i in range(count))


def question(cue_id, votes, part="film", **more):
    options = (("a", "The cook"), ("b", "The twin"), ("c", "Nobody"))
    return Question(
        cue_id, more.pop("kind", "poll"), part, f"Who took {cue_id}?", options, votes=votes, **more
    )


def evening(count=4, reactions=(), questions=(), **more):
    return Night(
        "Friday film",
        "Night Train",
        1999,
        7200,
        people(count),
        SCENES,
        tuple(questions),
        tuple(reactions),
        **more,
    )


def test_the_question_asked_twice_stands_side_by_side():
    before = question("trust", {"g0": "a", "g1": "a", "g2": "b"})
    after = question("trust-now", {"g0": "b", "g1": "b", "g2": "b"}, repeats="trust")
    (pair,) = recap(evening(questions=[before, after])).twice
    assert [[c.count for c in s.choices] for s in pair] == [[2, 1, 0], [0, 3, 0]]


def test_a_repeat_of_a_question_that_was_never_asked_stands_alone():
    assert recap(evening(questions=[question("now", {"g0": "a"}, repeats="earlier")])).twice == ()


def test_the_most_split_and_the_most_unanimous_question_are_found():
    even = question("even", {"g0": "a", "g1": "b", "g2": "c"})
    torn = question("torn", {"g0": "a", "g1": "a", "g2": "b"})
    agreed = question("agreed", {"g0": "a", "g1": "a", "g2": "a"})
    told = recap(evening(questions=[torn, agreed, even]))
    assert told.most_split.question.cue_id == "even"
    assert told.most_unanimous.question.cue_id == "agreed"


@pytest.mark.parametrize("answers, agrees", [("aaabb", False), ("aab", True), ("aaaab", True)])
def test_nothing_was_agreed_on_unless_two_thirds_gave_one_answer(answers, agrees):
    even = question("even", {"g0": "a", "g1": "b", "g2": "c"})
    other = question("other", {f"g{n}": answer for n, answer in enumerate(answers)})
    assert (recap(evening(5, questions=[even, other])).most_unanimous is not None) == agrees


def test_raised_hands_count_and_are_told_apart():
    one = split(question("q", {"g0": "a"}, hands={"b": 3}))
    assert [(c.count, c.hands, c.share) for c in one.choices] == [(1, 0, 0.25), (0, 3, 0.75), (0, 0, 0.0)]
    assert one.voters == 4


def test_a_room_of_two_hears_nothing_about_a_person():
    reactions = [Reaction("g0", i, "😂", 5) for i in range(20)]
    told = recap(evening(2, reactions, [question("q", {"g0": "a", "g1": "b"})]))
    assert told.most_split is None and told.most_unanimous is None
    assert not told.is_curve and not told.speaks_of_people
    assert [a.others for a in own(told, "g0").answers] == [None]


@pytest.mark.parametrize(("guests", "count", "is_curve"), [(3, 20, True), (3, 19, False), (2, 500, False)])
def test_a_curve_needs_three_guests_and_twenty_reactions(guests, count, is_curve):
    told = recap(evening(guests, [Reaction("g0", 100, "😂", count)]))
    assert told.is_curve is is_curve
    assert ("<path" in pulse(told, WORDS)) is is_curve
    assert told.moments, "dots have their moments too"


def test_latecomers_do_not_fake_a_rise():
    steady = [(position, 1) for position in (100, 3000)]
    series = pulse_curve.bins(steady, [0, 0, 2000, 2000], 7200)
    early, late = (next(b for b in series if b.position <= at < b.position + b.width) for at in (100, 3000))
    assert (early.share, late.share) == (0.5, 0.25)


def test_moments_lie_three_minutes_apart_and_number_at_most_five():
    reactions = [Reaction("g0", at // 5, "😱", 6) for at in range(300, 7000, 60)]
    reactions += [Reaction("g1", at // 5, "😂", 30) for at in (600, 700, 1500, 2400, 3300, 4200, 5100, 6000)]
    moments = recap(evening(4, reactions)).moments
    assert 1 < len(moments) <= 5
    assert all(b.position - a.position >= 180 for a, b in pairwise(moments))
    assert {m.emoji for m in moments} == {"😂"}


def test_a_moment_is_named_after_the_scene_it_fell_in():
    told = recap(evening(4, [Reaction("g0", 5000 // 5, "😭", 25)]))
    assert [m.scene.title for m in told.moments] == ["He was the brother"]


def test_without_spoilers_no_word_of_the_film_is_left():
    told = recap(
        evening(
            4,
            [Reaction("g0", 5000 // 5, "😭", 25), Reaction("g1", 1500 // 5, "😂", 30)],
            [
                question("lobby", {"g0": "a", "g1": "b", "g2": "b"}, part="before"),
                question("brother", {"g0": "a", "g1": "a", "g2": "b"}, answer="b", explanation="He lied."),
            ],
            discussion=("Was the brother right?",),
        )
    )
    plain = without_spoilers(told)
    kept = repr(plain) + poster(plain, WORDS)
    for secret in ("brother?", "He was the brother", "letter", "He lied", "Was the brother right"):
        assert secret not in kept
    assert "Who took lobby?" in kept and "the train leaves the tunnel" in kept
    assert [[c.count for c in s.choices] for s in plain.splits] == [
        [c.count for c in s.choices] for s in told.splits
    ]


def test_a_guests_own_moments_and_answers_are_theirs_alone():
    reactions = [Reaction("g0", i * 50, "😂", i + 1) for i in range(8)] + [Reaction("g1", 3, "😱", 99)]
    quiz = question("q", {"g0": "b", "g1": "b", "g2": "a"}, kind="quiz", answer="b")
    mine = own(recap(evening(3, reactions, [quiz])), "g0")
    assert [m.count for m in mine.moments] == [4, 5, 6, 7, 8]
    assert (mine.right, mine.guessed, mine.reactions) == (1, 1, 36)
    assert [(a.choice.text, a.others, a.is_right) for a in mine.answers] == [("The twin", 1, True)]


def long_night(seed, guests=50, hours=3, count=20_000):
    chance = random.Random(seed)
    log = Counter(
        (f"g{chance.randrange(guests)}", chance.randrange(hours * 720), chance.choice("😂😱😭❤"))
        for _ in range(count)
    )
    reactions = [Reaction(guest, at, emoji, n) for (guest, at, emoji), n in sorted(log.items())]
    votes = [
        {f"g{i}": chance.choice("abc") for i in range(guests) if chance.random() < 0.8} for _ in range(30)
    ]
    asked = [question(f"q{i}", given_votes) for i, given_votes in enumerate(votes)]
    return Night(
        "Long", "Long Film", 2001, hours * 3600, people(guests), SCENES, tuple(asked), tuple(reactions)
    )


def test_every_figure_agrees_with_a_recount_of_the_raw_log():
    night = long_night(7)
    told = recap(night)
    assert told.reactions == sum(r.count for r in night.reactions) == 20_000
    assert told.votes == sum(len(q.votes) for q in night.questions)
    for b in told.bins:
        assert b.count == sum(
            r.count for r in night.reactions if b.position <= r.bin * 5 < b.position + b.width
        )
    for s in told.splits:
        assert {c.option_id: c.count for c in s.choices} == dict(
            Counter({"a": 0, "b": 0, "c": 0} | Counter(s.question.votes.values()))
        )
    assert sum(own(told, p.guest_id).reactions for p in night.people) == 20_000


def test_the_same_night_gives_the_same_bytes():
    first, second = (recap(long_night(3)) for _ in range(2))
    assert pulse(first, WORDS) == pulse(second, WORDS)
    assert poster(first, WORDS) == poster(second, WORDS)
    assert first == second


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_the_picture_is_sound_and_says_what_it_shows(size):
    drawn = ElementTree.fromstring(poster(recap(long_night(1)), WORDS, *size))
    name = "{http://www.w3.org/2000/svg}"
    assert drawn.attrib["role"] == "img" and drawn.find(f"{name}title").text == "Friday film"
    assert drawn.attrib["viewBox"] == f"0 0 {size[0]} {size[1]}"
    for text in drawn.iter(f"{name}text"):
        assert 0 <= float(text.attrib["x"]) <= size[0] and 0 <= float(text.attrib["y"]) <= size[1], text.text


def test_an_evening_in_which_nothing_happened_has_a_recap_too():
    told = recap(evening(1))
    assert (told.moments, told.splits, told.reactions) == ((), (), 0)
    ElementTree.fromstring(poster(told, WORDS))


def test_a_name_cannot_break_out_of_the_picture():
    words = Words("<script>x</script> & co", "a", "b", "c")
    assert "<script" not in pulse(recap(evening()), words)


def test_korean_lines_are_broken_by_word_and_by_their_own_width():
    assert wrapped("7번방의 선물을 다시 본 우리의 밤", 300, 40) == ["7번방의 선물을", "다시 본 우리의", "밤"]


heights = st.lists(st.floats(0, 1000), min_size=2, max_size=60)


@given(heights)
def test_the_line_never_dips_below_or_rises_above_its_points(values):
    points = [(float(i), value) for i, value in enumerate(values)]
    path = pulse_curve.path(points)
    segments = [
        [float(n) for n in part.replace("C", " ").split()] for part in path.split("M")[1].split("C")[1:]
    ]
    for (_, y0), (_, y1), (_, c0, _, c1, _, _) in zip(points, points[1:], segments, strict=False):
        low, high = min(y0, y1) - 0.02, max(y0, y1) + 0.02
        assert low <= c0 <= high and low <= c1 <= high


@given(heights)
def test_smoothing_stays_within_what_was_measured(values):
    assert all(min(values) - 1e-6 <= v <= max(values) + 1e-6 for v in pulse_curve.smoothed(values))
