"""What is true in a room, as phones read it: plain dictionaries, spoiler law applied (ROOM 10)."""

from dataclasses import asdict
from math import inf
from typing import Any

from companion.broadcasts.cards import render_card, title_of
from companion.models.guest import Guest
from companion.models.programme import RoomCue
from companion.models.room import Room
from companion.models.screen import Screen
from companion.rules.cue_sheet import Cue, words_in
from companion.rules.quiet import quiet_stretches
from companion.rules.steps import LEAD_SECONDS

Fact = dict[str, Any]
WEAKEST = ("guessed", "tapped", "measured")
SLACK = 0.05


def room(room: Room, lang: str) -> Fact:
    """What everybody may know of the room itself."""
    sheet = room.sheet
    timings = {scene.timing for scene in sheet.film_scenes}
    return {
        "id": room.room_id,
        "code": room.code,
        "name": room.name,
        "film_title": words_in(sheet.film.title, lang, sheet.languages)[1],
        "year": sheet.film.year,
        "runtime": room.runtime,
        "limit": room.limit,
        "part": room.part,
        "pace": room.pace,
        "apart": room.apart,
        "guests_may_pause": room.guests_may_pause,
        "scores": room.scores,
        "may_score": sheet.score,
        "locked": room.locked,
        "hold_all": room.hold_all or room.not_there_yet,
        "not_there_yet": room.not_there_yet,
        "black": room.black,
        "code_until": room.code_until,
        "reactions": [
            {"emoji": r.emoji, "name": words_in(r.name, lang, sheet.languages)[1] if r.name else ""}
            for r in sheet.reactions
        ],
        "has_warnings": any(cue.kind == "warning" for cue in sheet.cues),
        "edition": sheet.edition.name,
        "timing": next((word for word in WEAKEST if word in timings), "measured"),
        "sheet_revision": room.sheet_revision.number,
        "revision_newer": _newer(room),
        "opens_at": room.opens_at,
    }


def playback(room: Room) -> Fact:
    return asdict(room.playback)


def held(room: Room) -> list[tuple[Cue, RoomCue]]:
    """Every card that has left the server and was not taken away, oldest first; of one moment, as written."""
    rows = [row for row in room.rows.values() if row.released_at is not None and not row.taken_away]
    written = {cue.id: place for place, cue in enumerate(room.sheet.cues)}
    rows.sort(key=lambda row: (row.released_at or 0.0, row.told_start or 0.0, written.get(row.cue_id, 0)))
    return [(room.cue(row.cue_id), row) for row in rows]


def is_ahead(room: Room, row: RoomCue, now: float) -> bool:
    """Out once, but the film went back since: whoever does not hold it must not have it yet (ROOM 10)."""
    if row.shown_at is not None or row.told_start is None or room.part != "film":
        return False
    return row.told_start - room.position_now(now) > LEAD_SECONDS * room.rate + SLACK


def card(room: Room, cue: Cue, row: RoomCue, lang: str, known: bool = False) -> Fact:
    """One released card; `known`: without its words. `start`, `end`, `until` are film positions or None."""
    fired = row.shown_at is not None
    sheet, revision = room.sheet, room.sheet_revision
    key = room.room_id if row.asked else f"{revision.sheet.slug}/{row.sheet_revision}/{revision.at}"
    told: Fact = {
        "cue_id": cue.id,
        "kind": cue.kind,
        "part": part_of(room, cue, row),
        "scene_id": cue.scene,
        "pushed": True if fired else bool(row.told_pushed),
        "jumped": row.jumped,
        "start": None if fired else row.told_start,
        "end": None if fired else row.told_end,
        "until": None if fired else row.told_until,
        "shown_at": row.shown_at,
        "shown_position": row.start if fired else None,
        "over": fired and is_over(room, row),
        "closed": row.closed_at is not None,
        "counted": row.counted,
        "closes_at": row.closes_at,
        "results": cue.results if cue.asks else None,
        "lang": lang,
    }
    if known:
        return told | {"html": ""}
    return told | {"title": title_of(sheet, cue, lang), "html": render_card(key, sheet, cue, lang)}


def part_of(room: Room, cue: Cue, row: RoomCue) -> str:
    """Where in the evening a card belongs; a question the host made up, where it was asked."""
    if not row.asked:
        return room.sheet.part_of(cue)
    at = row.shown_at or 0.0
    if room.film_over_at is not None and at >= room.film_over_at:
        return "after"
    return "film" if room.started_at is not None and at >= room.started_at else "before"


def is_over(room: Room, row: RoomCue) -> bool:
    """A fired card stays until the next one, or until its part of the evening is over (ROOM 18).

    It does not come back when that next one is taken away.
    """
    at = row.shown_at or 0.0
    newest = max(other.shown_at or 0.0 for other in room.rows.values())
    bounds = [t for t in (room.started_at, room.film_over_at) if t is not None]
    return at < newest or any(at < bound for bound in bounds)


def quiet(room: Room, now: float) -> list[list[float | None]]:
    """The quiet scenes that have begun or are about to, [from, to) in positions; None is the film's end."""
    if room.part != "film":
        return []
    soon = room.position_now(now) + LEAD_SECONDS * room.rate + SLACK
    found = [stretch for stretch in quiet_stretches(room.alignment) if stretch[0] <= soon]
    return [[begins, None if ends == inf else ends] for begins, ends in found]


def scenes_known(room: Room, lang: str, now: float) -> dict[str, str]:
    """Titles of scenes that a released card has brought along, never before the scene's own gate."""
    sheet, alignment = room.sheet, room.alignment
    soon = room.position_now(now) + LEAD_SECONDS * room.rate + SLACK
    out = {cue.scene for cue, row in held(room) if cue.kind != "warning" and not is_ahead(room, row, now)}
    found = {}
    for scene in sheet.scenes:
        if scene.id not in out:
            continue
        gate = alignment.gate(Cue(id="", kind="theme", scene=scene.id)) if scene.part == "film" else 0.0
        if gate <= soon or room.part in ("after", "ended"):
            found[scene.id] = words_in(scene.title, lang, sheet.languages)[1] if scene.title else ""
    return found


def result(room: Room, row: RoomCue, lang: str) -> Fact | None:
    """A poll's result once it may exist on the wire, a quiz's answer and explanation with it."""
    if row.result is None or row.taken_away or not room.result_is_out(row):
        return None
    cue = room.cue(row.cue_id)
    told = {"cue_id": cue.id, **row.result}
    if cue.kind == "quiz":
        told["answer"] = cue.answer
        told["explanation"] = (
            words_in(cue.explanation, lang, room.sheet.languages)[1] if cue.explanation else ""
        )
    return told


def results(room: Room, lang: str, now: float) -> dict[str, Fact]:
    rows = [row for row in room.rows.values() if row.counted and not is_ahead(room, row, now)]
    found = {row.cue_id: result(room, row, lang) for row in rows}
    return {cue_id: told for cue_id, told in found.items() if told is not None}


def live_tallies(room: Room, now: float) -> dict[str, Fact]:
    """Counts that everybody may see while the question is open."""
    rows = [row for row in room.open_questions() if not is_ahead(room, row, now)]
    return {row.cue_id: room.tally(row.cue_id) for row in rows if room.cue(row.cue_id).results == "live"}


def guest_themselves(guest: Guest, seen_it: bool, is_host: bool) -> Fact:
    return {
        "role": "guest",
        "guest_id": guest.guest_id,
        "name": guest.name,
        "delay": guest.delay,
        "in_ad": guest.in_ad,
        "lang": guest.lang,
        "warnings": guest.warnings,
        "watching": guest.watching,
        "seat": guest.seat,
        "is_host": is_host,
        "seen_it": seen_it,
    }


def screen_itself(screen: Screen) -> Fact:
    admitted = screen.admitted_at is not None
    return {
        "role": "screen",
        "lang": screen.lang,
        "admitted": admitted,
        "letters": None if admitted else screen.letters,
    }


def _newer(room: Room) -> int | None:
    """The number of published notes newer than the room's, if there are any."""
    published = room.sheet_revision.sheet.published
    return published if published and published > room.sheet_revision.number else None
