"""Advice about the evening as a whole: room to breathe between pushed cards, and nothing in quiet scenes."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, inf

from companion.rules.checks.shape import Draft
from companion.rules.cue_sheet import Cue
from companion.rules.findings import Finding
from companion.rules.said import said

GAP_SECONDS = 30.0
SECONDS_PER_PUSH = 480.0


def pacing_faults(draft: Draft) -> Iterator[Finding]:
    pushed = [(at, cue) for at, cue in draft.film_cues if cue.push != "never" and cue.kind != "warning"]
    yield from _gaps(draft, pushed)
    yield from _in_quiet(draft, pushed)
    yield from _density(draft, sum(cue.push == "always" for _, cue in pushed))


def _gaps(draft: Draft, pushed: list[tuple[float, Cue]]) -> Iterator[Finding]:
    end, before = -inf, ""
    for start, cue in pushed:
        if start < end:
            told = said("It comes while “%(before)s” is still on screen.", before=before)
            yield Finding("overlap", "warning", told, cue_id=cue.id, field="offset")
        elif start < end + GAP_SECONDS:
            told = said(
                "It comes %(seconds)s seconds after “%(before)s”; 30 let people watch the film.",
                seconds=round(start - end),
                before=before,
            )
            yield Finding("gap", "warning", told, cue_id=cue.id, field="offset")
        if start + cue.duration > end:
            end, before = start + cue.duration, draft.name_of(cue)


def _in_quiet(draft: Draft, pushed: list[tuple[float, Cue]]) -> Iterator[Finding]:
    scenes = draft.film_scenes
    quiet = [
        (scene.start, following.start if following else inf)
        for scene, following in pairwise([*scenes, None])
        if scene and scene.quiet
    ]
    for start, cue in pushed:
        if any(begins <= start < ends for begins, ends in quiet):
            told = said("Its scene is to be quiet: it will not be shown by itself.")
            yield Finding("in_quiet_scene", "warning", told, cue_id=cue.id, field="scene")


def _density(draft: Draft, always: int) -> Iterator[Finding]:
    room_for = ceil(draft.edition.runtime / SECONDS_PER_PUSH)
    if always > room_for:
        told = said(
            "%(count)s cards come by themselves in a calm room; one in eight minutes would be %(room_for)s.",
            count=always,
            room_for=room_for,
        )
        yield Finding("too_many_pushed", "warning", told, field="push")
