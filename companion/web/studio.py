"""The studio's pages: where one begins, the editor, the phone that stamps along, and flipping through."""

from typing import Any

from flask import Blueprint, render_template, request

from companion import database
from companion.identity import cookie_name
from companion.languages import current_language
from companion.languages import gettext as _
from companion.models.sheet import published_sheets, sheet_named
from companion.rules.cue_sheet import words_in
from companion.rules.refused import Refused
from companion.web.addresses import join_origin
from companion.web.studio_door import is_open
from companion.web.studio_words import explained, film_languages, kinds, pushes, results_words, steps

blueprint = Blueprint("studio", __name__)


@blueprint.get("/studio/")
def start() -> str:
    with database.reading() as session:
        sheets = [revision.cue_sheet() for revision in published_sheets(session)]
        slugs = [revision.sheet.slug for revision in published_sheets(session)]
    bundled = [
        {"slug": slug, "title": words_in(sheet.film.title, current_language(), sheet.languages)[1]}
        for slug, sheet in zip(slugs, sheets, strict=True)
    ]
    return render_template(
        "studio/start.html", bundled=bundled, is_open=is_open(), languages_offered=film_languages()
    )


@blueprint.get("/studio/<slug>")
def editor(slug: str) -> str:
    """The editor's page holds nothing of the notes: they come to whoever has the key, or from this device."""
    return shell("studio/editor.html", slug)


@blueprint.get("/studio/<slug>/stamp")
def stamp(slug: str) -> str:
    return shell("studio/stamp.html", slug)


@blueprint.get("/studio/<slug>/rehearse")
def rehearse(slug: str) -> str:
    return shell("studio/rehearse.html", slug)


def shell(template: str, slug: str) -> str:
    if not is_open():
        raise Refused("locked", "Nobody writes notes on this server: its studio is closed.")
    page: dict[str, Any] = {
        "slug": slug,
        "api": f"/api/studio/{slug}",
        "has_key": has_key(slug),
        "language": current_language(),
        "origin": join_origin(),
    }
    return render_template(
        template,
        page=page,
        kinds=kinds(),
        pushes=pushes(),
        results_words=results_words(),
        explained=explained(),
        steps=steps(),
        languages_offered=film_languages(),
        untitled=_("Untitled notes"),
    )


def has_key(slug: str) -> bool:
    with database.reading() as session:
        sheet = sheet_named(session, slug)
    return bool(sheet and request.cookies.get(cookie_name("author", str(sheet.sheet_id))))
