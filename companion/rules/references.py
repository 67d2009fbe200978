"""What would make a rule stumble over a sheet: an id twice, a name of nothing, a time that is no number."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from companion.rules.findings import Finding
from companion.rules.said import said

if TYPE_CHECKING:
    from companion.rules.cue_sheet import Cue, Scene

NO_NUMBER = said("A time must be a number of seconds.")


def broken_references(
    scenes: Sequence["Scene"], cues: Sequence["Cue"], runtimes: Sequence[float]
) -> Iterator[Finding]:
    known = {scene.id for scene in scenes}
    if len(known) < len(scenes) or len({cue.id for cue in cues}) < len(cues):
        yield Finding("duplicate_id", "error", said("Two scenes or two cards have the same id."), field="id")
    for cue in cues:
        for field, named in (("scene", cue.scene), ("safe_after", cue.safe_after)):
            if named is not None and named not in known:
                nowhere = said("There is no scene “%(id)s”.", id=named)
                yield Finding("unknown_scene", "error", nowhere, cue.id, None, field)
        if not all(map(isfinite, (cue.offset, cue.duration, cue.lead))):
            yield Finding("not_a_time", "error", NO_NUMBER, cue.id)
    for scene in scenes:
        if not (isfinite(scene.start) and isfinite(scene.spread)):
            yield Finding("not_a_time", "error", NO_NUMBER, None, scene.id)
    if not all(map(isfinite, runtimes)):
        yield Finding("not_a_time", "error", NO_NUMBER, field="runtime")
