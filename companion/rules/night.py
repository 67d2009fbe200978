"""The raw log of one evening as plain values, made by the models and told back by the recap."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """`joined` is the film position at which this guest came in (0 = before the film)."""

    guest_id: str
    name: str
    joined: float = 0.0


@dataclass(frozen=True)
class Scene:
    """`position` in this room's copy of the film. `watch_for` spoils nothing, `title` may."""

    scene_id: str
    position: float
    title: str
    watch_for: str = ""


@dataclass(frozen=True)
class Question:
    """A poll or quiz that was asked: `options` (option_id, text) as shown, `votes` guest_id -> option_id."""

    cue_id: str
    kind: str
    part: str
    text: str
    options: tuple[tuple[str, str], ...]
    position: float | None = None
    answer: str | None = None
    explanation: str = ""
    repeats: str | None = None
    votes: Mapping[str, str] = field(default_factory=dict)
    hands: Mapping[str, int] = field(default_factory=dict)
    lang: str = ""


@dataclass(frozen=True)
class Reaction:
    """`bin` counts five seconds of film from its start."""

    guest_id: str
    bin: int
    emoji: str
    count: int


@dataclass(frozen=True)
class Night:
    """The raw log of one room."""

    name: str
    film_title: str
    year: int
    runtime: float
    people: tuple[Person, ...]
    scenes: tuple[Scene, ...]
    questions: tuple[Question, ...]
    reactions: tuple[Reaction, ...]
    discussion: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # emoji -> what it says
