"""Files into the studio and out of it: a preview of what an import would change, and what an export loses."""

from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, make_response, request

from companion import database
from companion.formats.catalogue import EXPORTS, export_sheet, import_file
from companion.formats.faults import LARGEST, Fault, Unreadable
from companion.formats.laying import lay_in
from companion.languages import gettext as _
from companion.languages import tell
from companion.rules.refused import Refused
from companion.rules.said import Said
from companion.rules.sheet_diff import apply
from companion.web.studio_door import own_sheet, refuse_too_much

blueprint = Blueprint("studio_files", __name__, url_prefix="/api/studio")
MOST_REPAIRS = 50


@blueprint.post("/<slug>/imports")
def look_at_file(slug: str) -> Response:
    """What a file would change. Nothing is kept: the page applies the changes as one step that can be undone.

    The body is the file; `?name=` its name, `?notes_in=` and `?kind=` language and kind of notes where it
    does not say, `?form=` the format where the guess is wrong.
    """
    request.max_content_length = LARGEST + 1
    told = request.args
    with database.reading() as session:
        sheet = own_sheet(session, slug)
        document = sheet.revision(sheet.latest).document
    lang = told.get("notes_in", "")[:12] or (document.get("languages") or ["en"])[0]
    kind, form = told.get("kind", "theme"), told.get("form") or None
    try:
        read = import_file(request.get_data(), told.get("name", "")[:200], document, lang, kind, form)
    except Unreadable as unreadable:
        raise said_faults(unreadable) from None
    changes = lay_in(document, read.document, read.carries_ids, read.says_kinds)
    refuse_too_much(apply(document, changes)[0])
    repairs = [said(repair) for repair in read.repairs]
    return jsonify(
        {
            "format": read.format,
            "revision": sheet.latest,
            "changes": msgspec.to_builtins(changes),
            "repairs": repairs[:MOST_REPAIRS],
            "more_repairs": max(0, len(repairs) - MOST_REPAIRS),
        }
    )


@blueprint.get("/<slug>/losses")
def losses(slug: str) -> Response:
    """What each format would lose, for the list beside the buttons."""
    document = own_document(slug)
    lang = request.args.get("notes_in", "")
    lost = {
        name: [said(loss) for loss in export_sheet(document, name, lang or None).losses] for name in EXPORTS
    }
    return jsonify({"losses": lost})


@blueprint.get("/<slug>/exports/<name>")
def export(slug: str, name: str) -> Response:
    document = own_document(slug)
    try:
        made = export_sheet(document, name, request.args.get("notes_in") or None)
    except Unreadable as unreadable:
        raise said_faults(unreadable) from None
    response = make_response(made.text)
    response.mimetype = made.mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}{made.suffix}"'
    return response


def own_document(slug: str) -> dict[str, Any]:
    with database.reading() as session:
        sheet = own_sheet(session, slug)
        return sheet.revision(sheet.latest).document


def said(sentence: Said) -> str:
    """In the reader's language, with its line in front."""
    words = tell(sentence)
    line = sentence.line if isinstance(sentence, Fault) else None
    return _("Line %(line)s: %(words)s", line=line, words=words) if line else words


def said_faults(unreadable: Unreadable) -> Refused:
    """A refusal that lists every fault of the file."""
    faults = [said(fault) for fault in unreadable.faults]
    return Refused("bad_field", faults[0], faults=faults)
