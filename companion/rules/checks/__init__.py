"""What is wrong with a cue sheet: every fault its document shows, found at once, in words for its author."""

from collections.abc import Iterator
from typing import Any

from companion.rules.checks.cues import cue_faults
from companion.rules.checks.film import film_faults
from companion.rules.checks.pacing import pacing_faults
from companion.rules.checks.shape import Draft, draft_of
from companion.rules.checks.words import word_faults
from companion.rules.cue_sheet import FORMAT
from companion.rules.findings import Finding
from companion.rules.said import said

__all__ = ["Finding", "check"]


def check(document: Any) -> list[Finding]:
    """Every fault of a document of any shape, in the order an author would meet them; never raises."""
    if not isinstance(document, dict):
        return [Finding("not_a_sheet", "error", said("This is not a %(format)s document.", format=FORMAT))]
    draft = draft_of(document)
    return [*draft.findings, *_faults(draft)]


def _faults(draft: Draft) -> Iterator[Finding]:
    yield from film_faults(draft)
    yield from cue_faults(draft)
    yield from word_faults(draft)
    yield from pacing_faults(draft)
