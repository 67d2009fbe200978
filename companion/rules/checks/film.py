"""Faults of the film, its releases and its scenes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from companion.rules.checks.shape import Draft
from companion.rules.cue_sheet import OtherEdition, Scene
from companion.rules.findings import Finding
from companion.rules.said import Said, said


def film_faults(draft: Draft) -> Iterator[Finding]:
    for twice in _repeated(scene.id for scene in draft.scenes):
        told = said("Two scenes are called “%(id)s”.", id=twice)
        yield Finding("duplicate_id", "error", told, scene_id=twice, field="id")
    for scene in draft.scenes:
        yield from _scene_faults(draft, scene)
    if not draft.film_scenes:
        yield Finding("no_scenes", "error", said("The film needs at least one scene."), field="scenes")
    yield from _edition_faults(draft)
    for twice in _repeated(reaction.emoji for reaction in draft.reactions):
        told = said("%(emoji)s is there twice.", emoji=twice)
        yield Finding("duplicate_reaction", "error", told, field="reactions")
    if not draft.credits.licence:
        told = said("Say under which licence others may use these notes; publishing needs it.")
        yield Finding("licence_missing", "warning", told, field="credits.licence")


def _scene_faults(draft: Draft, scene: Scene) -> Iterator[Finding]:
    runtime = draft.edition.runtime
    if scene.part == "film" and runtime and scene.start >= runtime:
        told = said("This scene starts when the film is already over.")
        yield Finding("start_beyond_film", "error", told, scene_id=scene.id, field="start")
    if scene.checkpoint and not any(scene.watch_for.values()):
        told = said("A host is asked about this scene, so it needs words for what to watch for.")
        yield Finding("checkpoint_without_watch_for", "error", told, scene_id=scene.id, field="watch_for")
    if scene.checkpoint and scene.part != "film":
        told = said("Only a scene of the film can be watched for.")
        yield Finding("checkpoint_outside_film", "error", told, scene_id=scene.id, field="checkpoint")


def _edition_faults(draft: Draft) -> Iterator[Finding]:
    known = {scene.id for scene in draft.film_scenes}
    for twice in _repeated(edition.id for edition in draft.other_editions):
        told = said("Two releases are called “%(id)s”.", id=twice)
        yield Finding("duplicate_id", "error", told, field="other_editions")
    for edition in draft.other_editions:
        yield from _release_faults(draft, edition)
        for scene_id, start in edition.starts.items():
            if scene_id not in known:
                told = said(
                    "The release “%(name)s” times a scene that is not there: “%(id)s”.",
                    name=edition.name,
                    id=scene_id,
                )
                yield Finding("unknown_scene", "error", told, field=f"other_editions.{edition.id}.starts")
            elif start >= edition.runtime:
                told = said(
                    "In the release “%(name)s” this scene starts when the film is already over.",
                    name=edition.name,
                )
                yield _in_release(edition, "start_beyond_film", told, scene_id)


def _release_faults(draft: Draft, edition: OtherEdition) -> Iterator[Finding]:
    """A release nobody could choose, and scenes that would run backwards in it."""
    field = f"other_editions.{edition.id}"
    if not edition.name.strip():
        told = said("Say which release this is, so that a host knows it.")
        yield Finding("release_nameless", "error", told, field=f"{field}.name")
    within = draft.film.runtime_within if draft.edition.within is None else draft.edition.within
    if abs(edition.runtime - draft.edition.runtime) <= within:
        told = said("It is as long as your own copy, so no room would choose it by its length.")
        yield Finding("release_same_length", "warning", told, field=f"{field}.runtime")
    timed = [scene.id for scene in draft.film_scenes if scene.id in edition.starts]
    for before, after in pairwise(timed):
        if edition.starts[after] < edition.starts[before]:
            told = said(
                "In the release “%(name)s” this scene comes before the one it follows.", name=edition.name
            )
            yield _in_release(edition, "release_backwards", told, after)


def _in_release(edition: OtherEdition, code: str, told: Said, scene_id: str) -> Finding:
    field = f"other_editions.{edition.id}.starts"
    return Finding(code, "error", told, scene_id=scene_id, field=field)


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1 and name]
