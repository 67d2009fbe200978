"""/openapi.json says what the HTTP doors take and give, and keeps up with them by itself."""

import re

import jsonschema
import pytest

from companion import roles


@pytest.fixture
def api(stranger):
    return stranger.get("/openapi.json").get_json()


def resolved(api, call, answer=None):
    """The schema of what a call takes, or of its answer with that status."""
    method, path = call.split()
    told = api["paths"][path][method.lower()]
    content = (told["responses"][answer] if answer else told["requestBody"])["content"]
    return {**next(iter(content.values()))["schema"], "components": api["components"]}


def test_every_call_for_programs_is_described_with_who_may_make_it(api):
    told = {
        f"{method.upper()} {path}": operation["x-who"]
        for path, operations in api["paths"].items()
        for method, operation in operations.items()
        if method != "parameters"
    }
    expected = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", call): sorted(who)
        for call, who in roles.ROUTES.items()
        if re.search(r" (/api/|/healthz|/readyz|/metrics|/r/<code>/votes)", call)
    }
    assert told == expected


def test_whatever_takes_a_body_says_its_shape(api):
    raw = {"files", "imports", "{flag_id}"}  # a file as it is, or nothing
    for path, operations in api["paths"].items():
        if "post" in operations and path.rsplit("/", 1)[-1] not in raw:
            assert (
                resolved(api, f"POST {path}")["$ref"].removeprefix("#/components/schemas/")
                in (api["components"]["schemas"])
            )


def test_rooms_answer_as_described(api, evening, guest, stranger):
    joined = stranger.post(f"/api/rooms/{evening.code}/guests", json={"name": "Bo"})
    hosts = stranger.post(f"/api/rooms/{evening.code}/hosts", json={"host_token": evening.host_token})
    for call, status, answer in (
        ("GET /api/sheets", "200", stranger.get("/api/sheets").json),
        ("POST /api/rooms", "201", evening.made),
        ("GET /api/rooms/{code}", "200", guest.web.get(f"/api/rooms/{evening.code}").json),
        ("POST /api/rooms/{code}/guests", "201", joined.json),
        ("POST /api/rooms/{code}/hosts", "201", hosts.json),
        ("GET /readyz", "200", stranger.get("/readyz").json),
        ("GET /api/sheets", "default", stranger.get("/api/rooms/999999").json),
    ):
        schema = resolved(api, call, status)
        jsonschema.validate(answer, schema)
        name = schema["$ref"].rsplit("/", 1)[-1]
        assert set(answer) <= set(api["components"]["schemas"][name]["properties"]), call


def test_a_field_that_is_wrong_is_named(stranger):
    for body, field in (
        ({"sheet": 7}, "sheet"),
        ({"sheet": "three-minutes", "extra": 1}, "extra"),
        ({}, "sheet"),
        ({"sheet": "three-minutes", "runtime": 5}, "runtime"),
    ):
        refused = stranger.post("/api/rooms", json=body).json
        assert (refused["code"], refused["field"]) == ("bad_field", field)
