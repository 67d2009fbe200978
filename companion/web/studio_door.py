"""Who may write in the studio: an author is whoever holds a key of the sheet, looked up on every request."""

from typing import Any, TypeVar

import msgspec
from flask import Response, request
from sqlalchemy.orm import Session

from companion import database
from companion.config import settings
from companion.identity import cookie_name, give_cookie
from companion.languages import N_
from companion.limits import CUES_PER_SHEET, IMPORT_BYTES
from companion.models.drafts import sheet_of_author
from companion.models.sheet import Sheet, sheet_named
from companion.rules.cue_sheet import MOST_SCENES
from companion.rules.refused import Refused

T = TypeVar("T")
NO_KEY = ("unknown_room", N_("These notes open only with their edit link."))


def is_open() -> bool:
    return settings.studio == "open"


def refuse_when_closed() -> None:
    if not is_open():
        raise Refused("locked", "Nobody writes notes on this server: its studio is closed.")


def author_token(slug: str) -> str:
    """The secret this browser holds for a sheet (its cookie), or the one a program sends along."""
    given = request.headers.get("Authorization", "")
    if given.startswith("Bearer "):
        return given.removeprefix("Bearer ").strip()
    with database.reading() as session:
        sheet = sheet_named(session, slug)
    return request.cookies.get(cookie_name("author", str(sheet.sheet_id)), "") if sheet else ""


def own_sheet(session: Session, slug: str, token: str | None = None) -> Sheet:
    """The sheet, for its authors; everybody else hears one sentence, whether it exists or not.

    Inside database.write there is no request any more: take the `author_token` before.
    """
    refuse_when_closed()
    sheet = sheet_of_author(session, slug, author_token(slug) if token is None else token)
    if sheet is None:
        raise Refused(*NO_KEY)
    return sheet


def let_author_in(response: Response, sheet: Sheet, token: str) -> Response:
    give_cookie(response, "author", str(sheet.sheet_id), token)
    return response


def asked(shape: type[T], most: int = IMPORT_BYTES) -> T:
    """The JSON of this request as that shape; refused by name otherwise."""
    request.max_content_length = most
    try:
        return msgspec.json.decode(request.get_data(), type=shape)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(
            "bad_field", "The page sent something this server does not understand.", fault=str(error)
        ) from None


def refuse_too_much(document: dict[str, Any]) -> None:
    """SAFETY.md: at most 2,000 notes and 200 scenes, and a file that can be handed on."""
    if len(document["cues"]) > CUES_PER_SHEET:
        raise Refused("too_large", "A film takes 2,000 notes at most.")
    if len(document["scenes"]) > MOST_SCENES:
        raise Refused("too_large", "A film takes 200 scenes at most.")
    if len(msgspec.json.encode(document)) > IMPORT_BYTES:
        raise Refused("too_large", "These notes are larger than 2 MiB.")
