"""What programs may ask over HTTP, as OpenAPI: read off the routes and the shapes they take."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from inspect import getdoc
from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, jsonify
from msgspec import Struct
from werkzeug.routing import Rule

from companion import roles
from companion.web import room_api, studio_api, studio_begin, studio_cards, studio_times

blueprint = Blueprint("openapi", __name__)
PLAIN = {"/healthz", "/readyz", "/metrics"}
FORMS = {"/r/<code>/votes"}
SCHEMAS = "#/components/schemas/{name}"
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")


class ListedFilm(Struct):
    title: dict[str, str]
    year: int | None
    country: str | None


class ListedEdition(Struct):
    id: str
    name: str
    runtime: float


class ListedSheet(Struct):
    """What one may know of published notes: never a card's text. `timing` is the weakest of its scenes."""

    slug: str
    film: ListedFilm
    runtime: float
    editions: list[ListedEdition]
    languages: list[str]
    timing: str


class ListedSheets(Struct):
    sheets: list[ListedSheet]


class MadeRoom(Struct):
    """`host_token` is told once."""

    code: str
    join_url: str
    host_url: str
    screen_url: str
    host_token: str


class Door(Struct, omit_defaults=True):
    """`part` and `locked` are told to who is inside."""

    film_title: str
    year: int | None
    name: str
    here: int
    part: str | None = None
    locked: bool | None = None


class JoinedGuest(Struct):
    """`guest_token` is told once."""

    guest_id: str
    name: str
    guest_token: str


class JoinedHost(Struct):
    room_id: str
    seen_it: bool


class Ready(Struct):
    ready: bool
    checks: dict[str, bool]
    warnings: list[str]


class Problem(Struct):
    """RFC 9457: `detail` is a sentence for the person, `code` one of docs/PROTOCOL.md."""

    type: str
    title: str
    status: int
    detail: str
    code: str | None = None
    field: str | None = None


class Ballot(Struct):
    """A form. `option_id` left out or empty withdraws."""

    cue_id: str
    option_id: str = ""
    op_id: str = ""


TAKES: dict[str, type[Struct]] = {
    "POST /api/rooms": room_api.NewRoom,
    "POST /api/rooms/<code>/guests": room_api.NewGuest,
    "POST /api/rooms/<code>/hosts": room_api.NewHost,
    "POST /r/<code>/votes": Ballot,
    "POST /api/studio": studio_begin.Beginning,
    "POST /api/studio/<slug>/authors": studio_api.Key,
    "POST /api/studio/<slug>/cards": studio_cards.Looking,
    "POST /api/studio/<slug>/edits": studio_api.Edits,
    "POST /api/studio/<slug>/keys": studio_api.NewKey,
    "POST /api/studio/<slug>/publish": studio_api.Publishing,
    "POST /api/studio/<slug>/times": studio_times.Files,
    "POST /api/studio/<slug>/times/changes": studio_times.Files,
}
GIVES: dict[str, tuple[int, type[Struct]]] = {
    "GET /api/sheets": (200, ListedSheets),
    "POST /api/rooms": (201, MadeRoom),
    "GET /api/rooms/<code>": (200, Door),
    "POST /api/rooms/<code>/guests": (201, JoinedGuest),
    "POST /api/rooms/<code>/hosts": (201, JoinedHost),
    "GET /readyz": (200, Ready),
}


@blueprint.get("/openapi.json")
def described() -> Response:
    """What programs may ask, as this document tells it."""
    return jsonify(document(list(current_app.url_map.iter_rules())))


def document(rules: list[Rule]) -> dict[str, Any]:
    shapes = [*dict.fromkeys([*TAKES.values(), *(shape for _, shape in GIVES.values()), Problem])]
    _, schemas = msgspec.json.schema_components(shapes, ref_template=SCHEMAS)
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(filter(is_told, rules), key=lambda rule: rule.rule):
        at = paths.setdefault(PLACE.sub(r"{\2}", rule.rule), {"parameters": list(places(rule))})
        at |= {method.lower(): operation(f"{method} {rule.rule}", rule) for method in methods(rule)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Companion", "version": our_version(), "description": "See docs/PROTOCOL.md."},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def our_version() -> str:
    try:
        return version("film-companion")
    except PackageNotFoundError:
        return "0"


def is_told(rule: Rule) -> bool:
    return rule.rule.startswith("/api/") or rule.rule in PLAIN | FORMS


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def places(rule: Rule) -> Iterator[dict[str, Any]]:
    for kind, name in PLACE.findall(rule.rule):
        told = {"type": "integer" if kind == "int" else "string"}
        yield {"name": name, "in": "path", "required": True, "schema": told}


def operation(call: str, rule: Rule) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": rule.endpoint.replace(".", "_"),
        "x-who": sorted(roles.ROUTES[call]),
        "responses": {"default": body(Problem, "application/problem+json", "No, and why.")},
    }
    said = getdoc(current_app.view_functions[rule.endpoint])
    if said:
        told["summary"] = said.split("\n")[0]
    if call in TAKES:
        kind = "application/x-www-form-urlencoded" if rule.rule in FORMS else "application/json"
        told["requestBody"] = {**body(TAKES[call], kind), "required": True}
    status, shape = GIVES.get(call, (200, None))
    answer = {"description": "Done."}
    told["responses"][str(status)] = body(shape, "application/json", "Done.") if shape else answer
    return told


def body(shape: type[Struct], kind: str, description: str = "") -> dict[str, Any]:
    content = {kind: {"schema": {"$ref": SCHEMAS.format(name=shape.__name__)}}}
    return {"content": content} | ({"description": description} if description else {})
