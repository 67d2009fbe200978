"""What a person or a program reads when something goes wrong: a page, or an RFC 9457 problem document."""

import logging

from flask import Flask, Response, jsonify, render_template, request
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException, InternalServerError

from companion.database import NotSaved
from companion.languages import N_
from companion.languages import gettext as _
from companion.rules.refused import Refused

log = logging.getLogger(__name__)
CODES = {
    "not_host": 403,
    "not_guest": 403,
    "removed": 403,
    "unknown_cue": 404,
    "unknown_option": 404,
    "unknown_room": 404,
    "stale": 409,
    "closed": 409,
    "full": 409,
    "ended": 409,
    "too_large": 413,
    "bad_field": 422,
    "locked": 404,
    "too_fast": 429,
    "not_saved": 503,
}
SENTENCES = {
    400: N_("The server did not understand that."),
    403: N_("You may not do that here."),
    404: N_("There is nothing here. Check the address or the code."),
    405: N_("That cannot be done here."),
    413: N_("That is too large."),
    415: N_("The server did not understand that."),
    429: N_("That was too often. Wait a moment and try again."),
    500: N_("Something went wrong on the server. Try again in a moment."),
    503: N_("The server cannot do that right now. Try again in a moment."),
}


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, for_http)
    app.register_error_handler(Refused, for_refusal)
    app.register_error_handler(NotSaved, for_unsaved)
    app.register_error_handler(Exception, for_fault)


def wants_document() -> bool:
    accepts = request.accept_mimetypes
    return request.path.startswith("/api/") or (accepts["application/json"] > accepts["text/html"])


def problem(status: int, sentence: str, code: str | None = None, **facts: object) -> Response:
    """A problem document for programs, a page for people; `sentence` is English and translated here."""
    said = _(sentence)
    if wants_document():
        response = jsonify(
            {"type": "about:blank", "title": title(status), "status": status, "detail": said}
            | ({"code": code} if code else {})
            | facts
        )
        response.mimetype = "application/problem+json"
    else:
        response = Response(page(status, said, code), mimetype="text/html")
    response.status_code = status
    return response


def title(status: int) -> str:
    from http import HTTPStatus

    return HTTPStatus(status).phrase


def page(status: int, said: str, code: str | None) -> str:
    for name in (f"errors/{code}.html", f"errors/{status}.html", "errors/error.html"):
        try:
            return render_template(name, status=status, sentence=said, code=code)
        except TemplateNotFound as missing:
            if missing.name != name:
                raise
    return f"<!doctype html><title>Companion</title><p>{said}"


def for_http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.get_response()  # type: ignore[return-value]
    status = error.code or 500
    response = problem(status, SENTENCES.get(status, error.description or title(status)))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def for_refusal(refused: Refused) -> Response:
    status = CODES.get(refused.code, 409)
    facts = dict(refused.facts)
    retry = facts.pop("retry_after", None)
    response = problem(status, refused.sentence, refused.code, **facts)
    if status in (429, 503):
        response.headers["Retry-After"] = str(retry or 5)
    return response


def for_unsaved(_error: NotSaved) -> Response:
    return for_refusal(
        Refused("not_saved", "The server could not save that. Nothing was changed: try again.")
    )


def for_fault(error: Exception) -> Response:
    log.exception("%s %s failed", request.method, request.url_rule)  # the path itself holds a code
    return for_http(InternalServerError(original_exception=error))
