"""What only hosts read: what is coming, where this copy stands, who is here."""

import hashlib
from typing import Any

from companion.models.guest import Guest, in_room, people, told_apart
from companion.models.room import Room
from companion.rules import programme
from companion.rules.alignment import checkpoint_due
from companion.rules.cue_sheet import Cue, words_in

Fact = dict[str, Any]
QUEUE_AT_MOST = 60


def key_of(room: Room, name: str) -> str:
    """A name for a cue or scene that says nothing to somebody who has not seen the film."""
    return "x" + hashlib.sha256(f"{room.recap_id}/{name}".encode()).hexdigest()[:12]


def named(room: Room, key: str) -> str:
    """The cue or scene id behind what a remote sent: itself, or what an unspoiled remote calls it."""
    if not key.startswith("x"):
        return key
    names = (*(cue.id for cue in room.sheet.cues), *(scene.id for scene in room.sheet.scenes), *room.rows)
    return next((name for name in names if key_of(room, name) == key), key)


def queue(room: Room, now: float, lang: str, seen_it: bool) -> list[Fact]:
    """What comes next, next first: cues of the film that still have something to do, then those after."""
    facts = room.facts(now)
    windows = programme.windows(facts)
    here = room.position_now(now)
    coming = [
        (cue, windows[cue.id].start, windows[cue.id].end, windows[cue.id].pushed)
        for cue in room.sheet.cues_of("film")
        if cue.id in windows
        and (windows[cue.id].end > here or _is_saved(room, cue))
        and room.part in ("before", "film")
    ]
    coming.sort(key=lambda item: item[1])
    outside = [] if room.part == "ended" else [(cue, None, None, True) for cue in room.sheet.cues_of("after")]
    skipped = [
        (cue, room.alignment.cue_place(cue), None, False)
        for cue in room.sheet.cues_of("film")
        if cue.id in room.rows and room.rows[cue.id].skipped and room.alignment.cue_place(cue) > here
    ]
    waiting = [item for item in outside if not _was_shown(room, item[0])]
    return [_queued(room, *item, lang, seen_it) for item in [*coming, *skipped, *waiting][:QUEUE_AT_MOST]]


def _is_saved(room: Room, cue: Cue) -> bool:
    """Held back for the break, wherever the film is by now."""
    return cue.id in room.rows and room.rows[cue.id].held and not _was_shown(room, cue)


def _was_shown(room: Room, cue: Cue) -> bool:
    return cue.id in room.rows and room.rows[cue.id].shown_at is not None


def _queued(
    room: Room, cue: Cue, start: float | None, end: float | None, pushed: bool, lang: str, seen_it: bool
) -> Fact:
    row = room.rows.get(cue.id)
    flags = {
        "pushed": pushed,
        "held": bool(row and row.held),
        "skipped": bool(row and row.skipped),
        "released": bool(row and row.released_at is not None),
        "is_open": bool(row and row.opened_at is not None and row.closed_at is None),
        "closed": bool(row and row.closed_at is not None),
    }
    if not seen_it:
        return {"cue_id": key_of(room, cue.id), "kind": cue.kind, "start": start, **flags}
    sheet, scene = room.sheet, room.sheet.scene(cue.scene)
    gate = room.alignment.gate(cue) if scene.part == "film" else None
    return {
        "cue_id": cue.id,
        "kind": cue.kind,
        "title": words_in(cue.title or cue.text, lang, sheet.languages)[1],
        "scene_id": cue.scene,
        "scene_title": words_in(scene.title, lang, sheet.languages)[1] if scene.title else "",
        "start": start,
        "end": end,
        "gate": gate if gate is not None and gate > 0 else None,
        **flags,
    }


def checkpoint(room: Room, now: float, lang: str, seen_it: bool) -> Fact | None:
    """The one question to ask now (ROOM 7)."""
    if room.part != "film":
        return None
    scene = checkpoint_due(room.alignment, room.position_now(now))
    if scene is None:
        return None
    return {
        "scene_id": scene.id if seen_it else key_of(room, scene.id),
        "watch_for": words_in(scene.watch_for, lang, room.sheet.languages)[1],
        "position": room.alignment.scene_position(scene.id),
        "within": room.alignment.uncertainty(scene.id),
    }


def alignment(room: Room, now: float, seen_it: bool) -> Fact:
    """`shift`: how far this copy differs from the notes here, in seconds."""
    fitted = room.alignment
    marks = [
        {
            "scene_id": m.scene_id if seen_it else key_of(room, m.scene_id),
            "position": m.position,
            "answer": m.answer,
        }
        for m in fitted.marks
    ]
    return {
        "rate": room.stretch,
        "runtime": room.runtime,
        "typed_runtime": room.typed_runtime,
        "edition_runtime": room.sheet.edition.runtime,
        "marks": marks,
        "shift": fitted.shift_at(room.position_now(now)),
    }


def moments(room: Room, now: float, lang: str, seen_it: bool) -> list[Fact]:
    """The last moments by name, newest first, for "not there yet"; unspoiled, those that were tapped."""
    here, fitted, sheet = room.position_now(now), room.alignment, room.sheet
    behind = [s for s in sheet.film_scenes if fitted.scene_position(s.id) <= here]
    if not seen_it:
        behind = [s for s in behind if s.watch_for and fitted.answered(s.id)]
    return [
        {
            "scene_id": s.id if seen_it else key_of(room, s.id),
            "words": words_in(s.watch_for or s.title, lang, sheet.languages)[1]
            if s.watch_for or s.title
            else "",
            "position": fitted.scene_position(s.id),
        }
        for s in reversed(behind)
    ][:5]


def people_list(room: Room, now: float) -> Fact:
    """Counts, and for hosts the list."""
    guests = in_room(room.session, room.room_id)
    hosts = {host.guest_id for host in room.hosts}
    named = zip(guests, told_apart(guests), strict=True)
    listed = [_person(guest, name, guest.guest_id in hosts, now) for guest, name in named]
    return {**people(guests, now), "list": listed}


def _person(guest: Guest, name: str, is_host: bool, now: float) -> Fact:
    return {
        "guest_id": guest.guest_id,
        "name": name,
        "presence": guest.presence(now),
        "delay": guest.delay,
        "is_host": is_host,
        "in_ad": guest.in_ad,
        "watching": guest.watching,
    }


def tallies(room: Room) -> dict[str, Fact]:
    """Counts of what is being asked."""
    return {row.cue_id: room.tally(row.cue_id) for row in room.open_questions()}


def to_reveal(room: Room) -> list[str]:
    """The questions whose result is made and waits for a host to show it."""
    waiting = [row for row in room.rows.values() if row.counted and not row.taken_away]
    return [row.cue_id for row in waiting if not room.result_is_out(row)]
