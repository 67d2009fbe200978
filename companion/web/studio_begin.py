"""Beginning: a new sheet, a copy of one that is here, a file, or pasted lines; and the author's first key."""

from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session

from companion import clock, database, limits
from companion.config import settings
from companion.formats import durations
from companion.formats.catalogue import import_file
from companion.formats.faults import Unreadable
from companion.models.sheet import Sheet, new_sheet, published_sheets
from companion.rules import sheet_edits
from companion.rules.refused import Refused
from companion.web.rates import limiter
from companion.web.studio_api import slug_of
from companion.web.studio_door import asked, let_author_in, refuse_too_much, refuse_when_closed
from companion.web.studio_files import said_faults

blueprint = Blueprint("studio_begin", __name__, url_prefix="/api/studio")


class Beginning(msgspec.Struct, forbid_unknown_fields=True):
    """What the start page asks. `copy_of` is a slug; `text` is pasted; a file comes by itself."""

    title: str = ""
    year: int | None = None
    country: str = ""
    runtime: str = ""
    languages: tuple[str, ...] = ("en",)
    copy_of: str = ""
    text: str = ""
    name: str = ""


def begun() -> str:
    return "200 per hour" if settings.is_private else "20 per hour"


@blueprint.post("")
@limiter.limit(begun)
def begin() -> Response:
    refuse_when_closed()
    return opened(document_for(asked(Beginning)))


@blueprint.post("/files")
@limiter.limit(begun)
def begin_with_file() -> Response:
    """A file as it is, `?name=` its name and `?notes_in=` the language of what does not say."""
    refuse_when_closed()
    request.max_content_length = limits.IMPORT_BYTES + 1
    lang = request.args.get("notes_in", "en")[:12]
    try:
        read = import_file(request.get_data(), request.args.get("name", "")[:200], lang=lang)
    except Unreadable as unreadable:
        raise said_faults(unreadable) from None
    return opened(read.document)


def opened(document: dict[str, Any]) -> Response:
    refuse_too_much(document)

    def keep(session: Session) -> tuple[Sheet, str]:
        now = clock.now()
        titles = document["film"].get("title") or {}
        title = titles.get("en") or next(iter(titles.values()), "") if isinstance(titles, dict) else ""
        sheet = new_sheet(session, slug_of(str(title)), "studio", now, listed=False)
        sheet.save(document, now)
        return sheet, sheet.new_key("author", now)

    sheet, token = database.write(keep)
    answer = jsonify(
        {"slug": sheet.slug, "author_token": token, "edit_path": f"/studio/{sheet.slug}#{token}"}
    )
    answer.status_code = 201
    return let_author_in(answer, sheet, token)


def document_for(given: Beginning) -> dict[str, Any]:
    if given.copy_of:
        return copy_of(given.copy_of)
    runtime = durations.read(given.runtime) if given.runtime else 0
    if runtime is None:
        raise Refused(
            "bad_field", "That is not a length we can read. Try 2:07:00, 127:00 or 127m.", field="runtime"
        )
    languages = list(dict.fromkeys(lang[:12] for lang in given.languages if lang))[:8] or ["en"]
    title = " ".join(given.title.split())[:120]
    document = sheet_edits.new_sheet(title, given.year or 0, given.country[:60], runtime, languages)
    document["credits"]["author"] = given.name[:80]
    if not given.year:
        del document["film"]["year"]
    if not given.text.strip():
        return document
    try:
        return import_file(given.text.encode(), base=document, lang=languages[0], name="text").document
    except Unreadable as unreadable:
        raise said_faults(unreadable) from None


def copy_of(slug: str) -> dict[str, Any]:
    """The published notes of that name. Their author and licence stay named, as CC BY asks."""
    with database.reading() as session:
        found = next((r for r in published_sheets(session) if r.sheet.slug == slug), None)
        if found is None:
            raise Refused("bad_field", "There are no published notes of that name here.", field="copy_of")
        return {**found.document}
