"""Hosting with a file somebody sent: what is in it, without a word of it, and then a room."""

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from sqlalchemy.orm import Session

from companion import clock, database, limits
from companion.formats.catalogue import import_file
from companion.formats.faults import Unreadable
from companion.languages import gettext as _
from companion.languages import tell
from companion.models.sheet import new_sheet, sheet_named
from companion.rules import checks
from companion.rules.cue_sheet import CueSheet
from companion.rules.findings import SheetFaults
from companion.web.film_facts import film_facts
from companion.web.rates import limiter
from companion.web.studio_api import slug_of
from companion.web.studio_begin import begun
from companion.web.studio_door import refuse_too_much
from companion.web.studio_files import said

blueprint = Blueprint("studio_drop", __name__)
SHORT = 8


@blueprint.get("/studio/drop")
def door() -> str:
    return render_template("studio/drop.html", contents=None, faults=[])


@blueprint.post("/studio/drop")
@limiter.limit(begun)
def look_inside() -> Response:
    """Film, length, kinds, languages, author, licence, timing, checks, fingerprint; never a card's text."""
    request.max_content_length = request.max_form_memory_size = limits.IMPORT_BYTES + 4096
    file = request.files.get("file")
    if file is None or not file.filename:
        return turned_away([_("Choose a file first.")])
    raw = file.read()
    try:
        document = import_file(raw, file.filename[:200], name="json").document
        sheet = CueSheet.read(document)
    except Unreadable as unreadable:
        return turned_away([said(fault) for fault in unreadable.faults])
    except SheetFaults as faults:
        return turned_away([tell(finding.said) for finding in faults.findings])
    refuse_too_much(document)
    findings = checks.check(document)
    errors = [tell(finding.said) for finding in findings if finding.severity == "error"]
    if errors:
        return turned_away(errors)
    slug = kept(document, sheet)
    contents = film_facts(slug, sheet) | {
        "languages": sheet.languages,
        "author": sheet.credits.author,
        "licence": sheet.credits.licence,
        "edition_name": sheet.edition.name,
        "hints": len(findings),
        "fingerprint": grouped(fingerprint(document)),
        "notes": len(sheet.cues),
        "scenes": len(sheet.scenes),
    }
    return make_response(render_template("studio/drop.html", contents=contents, faults=[]))


def turned_away(faults: list[str]) -> Response:
    return make_response(render_template("studio/drop.html", contents=None, faults=faults[:20]), 422)


def kept(document: dict[str, Any], sheet: CueSheet) -> str:
    """Published but offered to nobody: whoever has the file finds it. The same file is the same notes."""
    title = sheet.film.title.get("en") or next(iter(sheet.film.title.values()), "")
    slug = f"{slug_of(title)}-{fingerprint(document)[:12]}"

    def keep(session: Session) -> None:
        now = clock.now()
        row = sheet_named(session, slug) or new_sheet(session, slug, "file", now, listed=False)
        row.bring_in(document, now, by="file")

    database.write(keep)
    return slug


def fingerprint(document: dict[str, Any]) -> str:
    """SHA-256 over the document with sorted keys: the same notes give the same, however spaced."""
    plain = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def grouped(digits: str) -> str:
    """The first eight, to be read aloud over a telephone."""
    return f"{digits[: SHORT // 2]} {digits[SHORT // 2 : SHORT]}"
