"""What a room did, told back: a pure function of its log, so the same room always gives the same recap."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from companion.rules import pulse_curve
from companion.rules.night import Night, Question, Reaction, Scene
from companion.rules.pulse_curve import Bin

OWN_MOMENTS = 5
AGREED = 2 / 3
"""As large a share of one question for one answer is an agreement."""


@dataclass(frozen=True)
class Choice:
    option_id: str
    text: str
    count: int
    hands: int
    share: float  # of all votes and hands, 0..1
    is_answer: bool


@dataclass(frozen=True)
class Split:
    """How a room answered one question. `evenness` is 1 at the widest disagreement, 0 when all agree."""

    question: Question
    choices: tuple[Choice, ...]
    voters: int
    evenness: float

    @property
    def is_harmless(self) -> bool:
        """Whether its words may be read by someone who has not seen the film."""
        return self.question.part == "before"


@dataclass(frozen=True)
class Moment:
    position: float
    count: int
    emoji: str
    scene: Scene | None


@dataclass(frozen=True)
class Recap:
    night: Night
    reactions: int
    votes: int
    twice: tuple[tuple[Split, Split], ...]
    most_split: Split | None
    most_unanimous: Split | None
    splits: tuple[Split, ...]
    bins: tuple[Bin, ...]
    line: tuple[float, ...]  # smoothed reactions per guest, one per bin; empty when there are only dots
    moments: tuple[Moment, ...]

    @property
    def is_curve(self) -> bool:
        return bool(self.line)

    @property
    def speaks_of_people(self) -> bool:
        return len(self.night.people) >= pulse_curve.LEAST_GUESTS


@dataclass(frozen=True)
class Answer:
    """What one guest said to one question, and with how many others (None in rooms too small to say)."""

    split: Split
    choice: Choice
    others: int | None
    is_right: bool | None


@dataclass(frozen=True)
class Own:
    """One guest's part of the night, for that guest only."""

    name: str
    moments: tuple[Moment, ...]
    answers: tuple[Answer, ...]
    right: int
    guessed: int
    reactions: int


def recap(night: Night) -> Recap:
    splits = tuple(split(question) for question in night.questions)
    positions = [(r.bin * pulse_curve.REACTION_BIN, r.count) for r in night.reactions]
    total = sum(count for _, count in positions)
    series = pulse_curve.bins(positions, [p.joined for p in night.people], night.runtime)
    curve = pulse_curve.is_enough_for_a_curve(len(night.people), total)
    line = pulse_curve.smoothed([b.share for b in series]) if curve else ()
    ranked = [s for s in splits if s.voters >= pulse_curve.LEAST_GUESTS]
    most_split = max((s for s in ranked if s.evenness > 0), key=lambda s: s.evenness, default=None)
    agreed = [s for s in ranked if s is not most_split and max(c.share for c in s.choices) >= AGREED]
    return Recap(
        night=night,
        reactions=total,
        votes=sum(s.voters for s in splits),
        twice=_asked_twice(splits),
        most_split=most_split,
        most_unanimous=min(agreed, key=lambda s: s.evenness, default=None),
        splits=splits,
        bins=series,
        line=line,
        moments=_moments(night, series, line),
    )


def split(question: Question) -> Split:
    counts = Counter(question.votes.values())
    totals = {key: counts[key] + question.hands.get(key, 0) for key, _ in question.options}
    voters = sum(totals.values())
    choices = tuple(
        Choice(
            key,
            text,
            counts[key],
            question.hands.get(key, 0),
            totals[key] / voters if voters else 0.0,
            key == question.answer,
        )
        for key, text in question.options
    )
    return Split(question, choices, voters, _evenness([c.share for c in choices]))


def own(told: Recap, guest_id: str) -> Own:
    night = told.night
    person = next(p for p in night.people if p.guest_id == guest_id)
    mine = [r for r in night.reactions if r.guest_id == guest_id]
    answers = tuple(
        _answer(told, s, s.question.votes[guest_id]) for s in told.splits if guest_id in s.question.votes
    )
    judged = [a for a in answers if a.is_right is not None]
    return Own(
        name=person.name,
        moments=_own_moments(night, mine),
        answers=answers,
        right=sum(1 for a in judged if a.is_right),
        guessed=len(judged),
        reactions=sum(r.count for r in mine),
    )


def without_spoilers(told: Recap) -> Recap:
    """The evening for those who have not seen the film: minutes, words to watch for, no title or question."""
    night = told.night
    scenes = tuple(replace(scene, title=scene.watch_for) for scene in night.scenes)
    plain = replace(
        night,
        scenes=scenes,
        discussion=(),
        questions=tuple(q if q.part == "before" else _wordless(q) for q in night.questions),
    )
    return recap(plain)


def _wordless(question: Question) -> Question:
    letters = tuple((key, chr(ord("A") + i)) for i, (key, _) in enumerate(question.options))
    return replace(question, text="", options=letters, answer=None, explanation="")


def _evenness(shares: Sequence[float]) -> float:
    if len(shares) < 2:
        return 0.0
    return -sum(p * math.log(p) for p in shares if p > 0) / math.log(len(shares)) + 0.0


def _asked_twice(splits: Sequence[Split]) -> tuple[tuple[Split, Split], ...]:
    by_id = {s.question.cue_id: s for s in splits}
    return tuple((by_id[s.question.repeats], s) for s in splits if s.question.repeats in by_id)


def _moments(night: Night, series: Sequence[Bin], line: Sequence[float]) -> tuple[Moment, ...]:
    if not series:
        return ()
    values = line or [float(b.count) for b in series]
    width = series[0].width
    spread = width if line else 0.0
    return tuple(_moment(night, series[i], spread) for i in pulse_curve.peaks(values, width))


def _moment(night: Night, at: Bin, spread: float) -> Moment:
    """`spread`: how far beside its bin it reaches, as a smoothed peak stands between its reactions."""
    end = at.position + at.width
    tally: Counter[str] = Counter()
    for r in night.reactions:
        if at.position - spread <= r.bin * pulse_curve.REACTION_BIN < end + spread:
            tally[r.emoji] += r.count
    return Moment(at.position, sum(tally.values()), _favourite(tally), _scene_at(night, end - 1))


def _own_moments(night: Night, mine: Sequence[Reaction]) -> tuple[Moment, ...]:
    width = pulse_curve.bin_width(night.runtime)
    tallies: dict[int, Counter[str]] = {}
    for r in mine:
        tallies.setdefault(int(r.bin * pulse_curve.REACTION_BIN // width), Counter())[r.emoji] += r.count
    best = sorted(tallies, key=lambda i: (-sum(tallies[i].values()), i))[:OWN_MOMENTS]
    return tuple(
        Moment(
            i * width,
            sum(tallies[i].values()),
            _favourite(tallies[i]),
            _scene_at(night, (i + 1) * width - 1),
        )
        for i in sorted(best)
    )


def _favourite(tally: Counter[str]) -> str:
    return min(tally, key=lambda emoji: (-tally[emoji], emoji), default="")


def _scene_at(night: Night, position: float) -> Scene | None:
    begun = [scene for scene in night.scenes if scene.position <= position]
    return max(begun, key=lambda scene: scene.position, default=None)


def _answer(told: Recap, given: Split, option_id: str) -> Answer:
    choice = next(c for c in given.choices if c.option_id == option_id)
    has_answer = given.question.answer is not None
    others = choice.count - 1 if told.speaks_of_people else None
    return Answer(given, choice, others, choice.is_answer if has_answer else None)
