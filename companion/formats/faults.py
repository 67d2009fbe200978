"""What is wrong with a file, and where: every importer answers with these or with what it read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from companion.rules.said import Said

LARGEST = 2 * 1024 * 1024
MOST_NOTES = 5_000
LONGEST_LINE = 2_000
MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault(Said):
    """Something in a file; `line` counts from 1 and is None when the whole file is meant."""

    line: int | None = None

    def __str__(self) -> str:
        said = super().__str__()
        return f"Line {self.line}: {said}" if self.line else said


def fault(sentence: str, line: int | None = None, **facts: object) -> Fault:
    return Fault(sentence, facts, line)


def loss(sentence: str, **facts: object) -> Said:
    return Said(sentence, facts)


class Unreadable(Exception):
    """A file that cannot be taken, with every reason found (at most fifty)."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults[:3]))
        self.faults = list(faults[:MOST_FAULTS])


@dataclass
class Moment:
    """One thing read from a file that knows times but no scenes. Times are seconds into the film."""

    line: int
    start: float
    end: float
    cue: dict[str, Any]


@dataclass
class Imported:
    """A document as it came in. `repairs` lists what was mended by rule, `format` is the word a person reads.

    `carries_ids` tells whether its ids mean something, or were only counted, and `says_kinds` whether it says
    itself what kind each note is (laying.py).
    """

    document: dict[str, Any]
    format: str
    repairs: list[Fault] = field(default_factory=list)
    carries_ids: bool = True
    says_kinds: bool = True


@dataclass
class Exported:
    """A file to hand out, and what it could not carry, one sentence each."""

    text: str
    suffix: str
    mimetype: str
    losses: list[Said]


def refuse(sentence: str, line: int | None = None, **facts: object) -> Unreadable:
    return Unreadable([fault(sentence, line, **facts)])
