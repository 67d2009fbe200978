"""What the studio does with a sheet: find its author, take in changes, keep a history that does not swell."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from companion.models.base import hashed
from companion.models.fitting import Mark
from companion.models.flag import Flag
from companion.models.room import Room
from companion.models.sheet import AuthorKey, Revision, Sheet, published_sheets, sheet_named
from companion.rules import sheet_diff
from companion.rules.refused import Refused
from companion.rules.sheet_diff import Change, Conflict

STEP = 60.0
"""Seconds of writing that become one step of the history."""
LOOKED_BACK = 3600.0
MOST_KEYS = 20
MOST_PHONES = 5


class Saved(NamedTuple):
    revision: int
    document: dict[str, Any]
    conflicts: list[Conflict]


class Step(NamedTuple):
    """One kept revision of a sheet, without its document."""

    number: int
    at: float
    by: str
    note: str
    published: bool


def sheet_of_author(session: Session, slug: str, token: str) -> Sheet | None:
    """The sheet of that name, when the secret is one of its keys. The key is looked up every time."""
    if not token:
        return None
    kept = select(Sheet).join(AuthorKey).where(Sheet.slug == slug, AuthorKey.token_hash == hashed(token))
    return session.scalar(kept)


def another_key(sheet: Sheet, label: str, now: float) -> str:
    """A secret of their own for a co-author, or for a phone; the oldest of many phones gives its place up."""
    phones = [key for key in sheet.keys if key.label == label == "phone"]
    for key in sorted(phones, key=lambda key: key.created_at)[: max(0, len(phones) - MOST_PHONES + 1)]:
        sheet.keys.remove(key)
    if len(sheet.keys) >= MOST_KEYS:
        raise Refused("full", "This is the most links one set of notes can have. Renew them first.")
    return sheet.new_key(label, now)


def save_changes(sheet: Sheet, changes: Sequence[Change], now: float, by: str, note: str = "") -> Saved:
    """Every change that fits what stands; the others come back with both versions (DESIGN, idea 5)."""
    newest = sheet.revision(sheet.latest)
    document, conflicts = sheet_diff.apply(newest.document, changes)
    if document == newest.document:
        newest.note = note or newest.note
        return Saved(newest.number, newest.document, conflicts)
    saved = sheet.save(document, now, by, note)
    thin_steps(sheet, now)
    return Saved(saved.number, document, conflicts)


def offered_sheets(session: Session, named: str = "") -> list[Revision]:
    """What a host may choose from: the listed notes, and unlisted ones for whoever knows their name."""
    offered = published_sheets(session)
    sheet = sheet_named(session, named) if named else None
    if sheet is not None and sheet.published and not sheet.listed:
        offered.insert(0, sheet.revision(sheet.published))
    return offered


def kept_document(session: Session, sheet: Sheet, number: int) -> dict[str, Any] | None:
    """The document of a revision, or None when it is not kept any more."""
    kept = select(Revision.document).where(Revision.sheet_id == sheet.sheet_id, Revision.number == number)
    return session.scalar(kept)


def history(session: Session, sheet: Sheet) -> list[Step]:
    """The newest 500 kept revisions, newest first."""
    columns = (Revision.number, Revision.at, Revision.by, Revision.note, Revision.published)
    kept = select(*columns).where(Revision.sheet_id == sheet.sheet_id).order_by(Revision.number.desc())
    return [Step(*row) for row in session.execute(kept.limit(500))]


def flags_about(session: Session, sheet: Sheet) -> list[Flag]:
    """What guests said about cards of this sheet and nobody has put away yet, oldest first."""
    kept = select(Flag).where(Flag.sheet_id == sheet.sheet_id, Flag.read_at.is_(None))
    return list(session.scalars(kept.order_by(Flag.at).limit(500)))


def put_away(session: Session, sheet: Sheet, flag_id: int, now: float) -> None:
    flag = session.get(Flag, flag_id)
    if flag is not None and flag.sheet_id == sheet.sheet_id:
        flag.read_at = now


def evenings_of(session: Session, sheet: Sheet) -> list[Room]:
    """The rooms that watched with these notes and tapped at least one scene, oldest first."""
    tapped = select(Mark.room_id).where(Mark.answer == "now")
    kept = select(Room).join(Revision, Revision.revision_id == Room.revision_id)
    found = kept.where(Revision.sheet_id == sheet.sheet_id, Room.room_id.in_(tapped)).order_by(
        Room.created_at
    )
    return list(session.scalars(found.limit(500)))


def taps_of(room: Room) -> dict[str, float]:
    """When a host saw each scene begin, in seconds of that room's copy."""
    return {mark.scene_id: mark.position for mark in room.marks if mark.answer == "now"}


def thin_steps(sheet: Sheet, now: float) -> None:
    """Of saves older than a minute the last of each minute is kept, and what has a name or is published."""
    columns = (Revision.revision_id, Revision.at)
    saves = select(*columns).where(
        Revision.sheet_id == sheet.sheet_id,
        Revision.number > 1,
        Revision.published.is_(False),
        Revision.note == "",
        Revision.at.between(now - LOOKED_BACK, now - STEP),
    )
    minutes: dict[int, int] = {}
    for revision_id, at in sheet.session.execute(saves.order_by(Revision.number)):
        if int(at // STEP) in minutes:
            superseded = Revision.revision_id == minutes[int(at // STEP)]
            sheet.session.execute(delete(Revision).where(superseded))
        minutes[int(at // STEP)] = revision_id
