"""What the editor asks for: its notes, changes saved, the history, keys, publication."""

import re
from typing import Any

import msgspec
import segno
from flask import Blueprint, Response, jsonify
from sqlalchemy.orm import Session

from companion import clock, database
from companion.formats.faults import Unreadable
from companion.formats.json_sheet import well_formed
from companion.languages import tell
from companion.models.drafts import (
    Saved,
    another_key,
    flags_about,
    history,
    kept_document,
    put_away,
    save_changes,
    sheet_of_author,
)
from companion.models.sheet import Sheet
from companion.rules import checks, sheet_diff
from companion.rules.refused import Refused
from companion.rules.sheet_diff import LISTS, Change
from companion.web.addresses import join_origin
from companion.web.studio_door import (
    NO_KEY,
    asked,
    author_token,
    let_author_in,
    own_sheet,
    refuse_too_much,
    refuse_when_closed,
)

blueprint = Blueprint("studio_api", __name__, url_prefix="/api/studio")
LONGEST_NAME = 40
CLOCK = re.compile(r"[^&=.\w]")


class Key(msgspec.Struct, forbid_unknown_fields=True):
    author_token: str


class Edits(msgspec.Struct, forbid_unknown_fields=True):
    """`known` is the revision the page last heard of; no changes at all asks what is new."""

    known: int
    changes: list[Change] = []
    by: str = ""
    note: str = ""


class NewKey(msgspec.Struct, forbid_unknown_fields=True):
    """`stamp`: for a phone beside the author, with a QR code; `clock` goes along in the fragment."""

    renew: bool = False
    stamp: bool = False
    clock: str = ""


class Publishing(msgspec.Struct, forbid_unknown_fields=True):
    revision: int
    listed: bool = True


@blueprint.post("/<slug>/authors")
def let_in(slug: str) -> Response:
    """The secret of an edit link becomes a cookie."""
    refuse_when_closed()
    token = asked(Key).author_token
    with database.reading() as session:
        sheet = sheet_of_author(session, slug, token)
    if sheet is None:
        raise Refused(*NO_KEY)
    return let_author_in(jsonify({"slug": slug}), sheet, token)


@blueprint.get("/<slug>")
def whole(slug: str) -> Response:
    with database.reading() as session:
        sheet = own_sheet(session, slug)
        newest = sheet.revision(sheet.latest)
        return jsonify({"document": newest.document} | about(session, sheet, newest.document))


@blueprint.post("/<slug>/edits")
def edits(slug: str) -> Response:
    """Changes of one author. Different notes both stand; the same one comes back in both versions."""
    given = asked(Edits)
    by = " ".join(given.by.split())[:LONGEST_NAME]

    token = author_token(slug)
    refuse_impossible(given.changes)

    def keep(session: Session) -> Saved:
        sheet = own_sheet(session, slug, token)
        saved = save_changes(sheet, given.changes, clock.now(), by, given.note[:80])
        refuse_misshapen(saved.document)
        return saved

    if given.changes or given.note:
        saved = database.write(keep)
    with database.reading() as session:
        sheet = own_sheet(session, slug)
        if not (given.changes or given.note):
            saved = Saved(sheet.latest, sheet.revision(sheet.latest).document, [])
        known = kept_document(session, sheet, given.known)
        news: dict[str, Any] = {"document": saved.document}
        if known is not None:
            news = {"changes": msgspec.to_builtins(sheet_diff.diff(known, saved.document))}
        conflicts = msgspec.to_builtins(saved.conflicts)
        told = about(session, sheet, saved.document) | {"revision": saved.revision}
        return jsonify(news | {"conflicts": conflicts} | told)


@blueprint.get("/<slug>/revisions")
def revisions(slug: str) -> Response:
    with database.reading() as session:
        steps = [step._asdict() for step in history(session, own_sheet(session, slug))]
    return jsonify({"steps": steps, "now": clock.now()})


@blueprint.get("/<slug>/revisions/<int:number>")
def revision(slug: str, number: int) -> Response:
    with database.reading() as session:
        found = own_sheet(session, slug).revision(number)
        return jsonify({"number": number, "document": found.document})


@blueprint.post("/<slug>/publish")
def publish(slug: str) -> Response:
    """An unchangeable version that rooms can be opened with; running rooms keep theirs."""
    given, token = asked(Publishing), author_token(slug)
    with database.reading() as session:
        refuse_faulty(own_sheet(session, slug, token).revision(given.revision).document)

    def keep(session: Session) -> int:
        sheet = own_sheet(session, slug, token)
        sheet.listed = given.listed
        return sheet.publish(given.revision).number

    return jsonify({"published": database.write(keep)})


@blueprint.post("/<slug>/keys")
def keys(slug: str) -> Response:
    """A link for a co-author; `renew` shuts every older link at once and gives one new one."""
    given, held = asked(NewKey), author_token(slug)

    def keep(session: Session) -> tuple[Sheet, str]:
        sheet = own_sheet(session, slug, held)
        now = clock.now()
        label = "phone" if given.stamp else "co-author"
        return sheet, sheet.renew_keys(now) if given.renew else another_key(sheet, label, now)

    sheet, token = database.write(keep)
    path = f"/studio/{slug}{'/stamp' if given.stamp else ''}#{token}{CLOCK.sub('', given.clock)[:60]}"
    told = {"author_token": token, "edit_path": path}
    if given.stamp:
        told["address"] = join_origin() + path
        told["qr"] = qr_of(join_origin() + path)
    return let_author_in(jsonify(told), sheet, token) if given.renew else jsonify(told)


def qr_of(address: str) -> str:
    """Dark on whatever lies behind it: an inverted code is not read by every phone."""
    return str(segno.make(address, error="m").svg_inline(omitsize=True, border=2))


@blueprint.post("/<slug>/flags/<int:flag_id>")
def put_flag_away(slug: str, flag_id: int) -> Response:
    token = author_token(slug)
    database.write(lambda session: put_away(session, own_sheet(session, slug, token), flag_id, clock.now()))
    return jsonify({})


def about(session: Session, sheet: Sheet, document: dict[str, Any]) -> dict[str, Any]:
    """What the editor shows around the notes: checks, what guests said, what is published."""
    flags = [
        {"flag_id": f.flag_id, "cue_id": f.cue_id, "reason": f.reason, "at": f.at}
        for f in flags_about(session, sheet)
    ]
    return {
        "now": clock.now(),
        "revision": sheet.latest,
        "published": sheet.published,
        "listed": sheet.listed,
        "keys": len(sheet.keys),
        "findings": findings_of(document),
        "flags": flags,
    }


def findings_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding.told(tell(finding.said)) for finding in checks.check(document)]


def refuse_faulty(document: dict[str, Any]) -> None:
    """What the model would refuse as well, here in the author's language."""
    errors = [one["sentence"] for one in findings_of(document) if one["severity"] == "error"]
    if errors:
        raise Refused("bad_field", errors[0], findings=errors)


def refuse_impossible(changes: list[Change]) -> None:
    """The lists and the name of the format change only through what is in them."""
    for change in changes:
        fixed = ("scenes", "cues", "format") if change.kind == "field" else ()
        named = change.kind == "order" or change.after is None or change.kind == "field"
        fits = named or (isinstance(change.after, dict) and change.after.get("id") == change.id)
        ordered = change.kind != "order" or (change.id in LISTS.values() and _are_names(change))
        if change.kind not in (*LISTS, "field", "order") or change.id in fixed or not fits or not ordered:
            raise Refused("bad_field", "The page sent something this server does not understand.")


def _are_names(change: Change) -> bool:
    both = (change.before, change.after)
    return all(isinstance(names, list) and all(isinstance(name, str) for name in names) for names in both)


def refuse_misshapen(document: dict[str, Any]) -> None:
    try:
        well_formed(document)
    except Unreadable as unreadable:
        raise Refused(
            "bad_field", "These notes would not hold together any more.", fault=str(unreadable)
        ) from None
    refuse_too_much(document)


def slug_of(title: str) -> str:
    """A name for addresses out of a film's title; Hangul and the like become “notes”."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")
    return "notes" if plain in ("", "drop") else plain
