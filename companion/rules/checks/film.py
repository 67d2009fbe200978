"""Faults of the film, its releases and its scenes."""

from collections import Counter
from collections.abc import Iterable, Iterator

from companion.rules.checks.shape import Draft
from companion.rules.cue_sheet import Scene
from companion.rules.findings import Finding


def film_faults(draft: Draft) -> Iterator[Finding]:
    for twice in _repeated(scene.id for scene in draft.scenes):
        yield Finding(
            "duplicate_id", "error", f"Two scenes are called “{twice}”.", scene_id=twice, field="id"
        )
    for scene in draft.scenes:
        yield from _scene_faults(draft, scene)
    if not draft.film_scenes:
        yield Finding("no_scenes", "error", "The film needs at least one scene.", field="scenes")
    yield from _edition_faults(draft)
    for twice in _repeated(reaction.emoji for reaction in draft.reactions):
        yield Finding("duplicate_reaction", "error", f"{twice} is there twice.", field="reactions")
    if not draft.credits.licence:
        told = "Say under which licence others may use these notes; publishing needs it."
        yield Finding("licence_missing", "warning", told, field="credits.licence")


def _scene_faults(draft: Draft, scene: Scene) -> Iterator[Finding]:
    runtime = draft.edition.runtime
    if scene.part == "film" and runtime and scene.start >= runtime:
        told = "This scene starts when the film is already over."
        yield Finding("start_beyond_film", "error", told, scene_id=scene.id, field="start")
    if scene.checkpoint and not any(scene.watch_for.values()):
        told = "A host is asked about this scene, so it needs words for what to watch for."
        yield Finding("checkpoint_without_watch_for", "error", told, scene_id=scene.id, field="watch_for")
    if scene.checkpoint and scene.part != "film":
        told = "Only a scene of the film can be watched for."
        yield Finding("checkpoint_outside_film", "error", told, scene_id=scene.id, field="checkpoint")


def _edition_faults(draft: Draft) -> Iterator[Finding]:
    known = {scene.id for scene in draft.film_scenes}
    for twice in _repeated(edition.id for edition in draft.other_editions):
        yield Finding("duplicate_id", "error", f"Two releases are called “{twice}”.", field="other_editions")
    for edition in draft.other_editions:
        for scene_id, start in edition.starts.items():
            if scene_id not in known:
                told = f"The release “{edition.name}” times a scene that is not there: “{scene_id}”."
                yield Finding("unknown_scene", "error", told, field="other_editions.starts")
            elif start >= edition.runtime:
                told = f"In the release “{edition.name}” this scene starts when the film is already over."
                yield Finding(
                    "start_beyond_film", "error", told, scene_id=scene_id, field="other_editions.starts"
                )


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1 and name]
