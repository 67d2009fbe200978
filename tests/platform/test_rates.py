"""How often codes may be guessed and rooms be made."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion import database, migrations, roles
from companion.app import create_app
from companion.commands import bundled
from companion.config import Settings
from companion.web.rates import limiter

WRONG = "123456789"
DOORS: dict[str, Callable[[FlaskClient, dict[str, Any]], Any]] = {
    "the join page": lambda browser, by: browser.get(f"/j/{WRONG}", environ_base=by),
    "the first page": lambda browser, by: browser.post("/", data={"code": WRONG}, environ_base=by),
    "a look": lambda browser, by: browser.get(f"/api/rooms/{WRONG}", environ_base=by),
    "a guest": lambda browser, by: browser.post(f"/api/rooms/{WRONG}/guests", json={}, environ_base=by),
    "a host": lambda browser, by: browser.post(
        f"/api/rooms/{WRONG}/hosts", json={"host_token": "x"}, environ_base=by
    ),
}


@pytest.fixture(params=["public", "private"])
def app(request, tmp_path) -> Iterator[Flask]:
    settings = Settings(data_dir=tmp_path, concurrency="threading", network=request.param)
    made = create_app(settings)
    migrations.upgrade(database.opened().writing)
    bundled.bring_in(settings)
    limiter.reset()
    yield made
    limiter.reset()
    database.close()


def allowed() -> int:
    from companion.config import settings

    return 120 if settings.is_private else 30


def by(address: str) -> dict[str, Any]:
    return {"REMOTE_ADDR": address}


def test_one_address_may_guess_so_many_codes_a_minute_over_all_doors_together(app):
    browser, doors = app.test_client(), list(DOORS.values())
    answers = [doors[n % len(doors)](browser, by("10.1.1.1")) for n in range(allowed() + 3)]
    assert {answer.status_code for answer in answers[: allowed()]} <= {403, 404}
    for answer in answers[allowed() :]:
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert browser.get("/healthz", environ_base=by("10.1.1.1")).status_code == 200
    assert DOORS["a look"](browser, by("10.1.1.2")).status_code == 404


def test_every_door_at_which_a_right_number_looks_other_than_a_wrong_one_counts_guesses(app):
    made = app.test_client().post("/api/rooms", json={"sheet": "three-minutes"}).json

    def asked(row, code):
        method, rule = row.split()
        where = rule.replace("<code>", code)
        return app.test_client().open(where, method=method, environ_base=by("10.3.3.3"), data={})

    def looks(answer, code):
        return answer.status_code, [part.replace(code, "…") for part in (answer.location or "", answer.text)]

    telling = []
    for row in (row for row in roles.ROUTES if "<code>" in row and row != "GET /tv/<code>/qr.svg"):
        limiter.reset()
        if looks(asked(row, made["code"]), made["code"]) != looks(asked(row, WRONG), WRONG):
            telling.append(row)
    assert {"GET /j/<code>", "GET /r/<code>", "GET /host/<code>", "GET /tv/<code>"} <= {*telling}
    limiter.reset()
    for n in range(allowed()):
        asked(telling[n % len(telling)], WRONG)
    assert {row: asked(row, WRONG).status_code for row in telling} == dict.fromkeys(telling, 429)


def test_the_whole_server_has_a_limit_too(app):
    browser = app.test_client()
    answers = [DOORS["a look"](browser, by(f"10.2.{n // 20}.{n % 20}")).status_code for n in range(302)]
    assert answers[:300] == [404] * 300 and answers[300:] == [429] * 2


def test_whoever_has_one_ipv6_address_has_its_whole_network(app):
    browser = app.test_client()
    for n in range(allowed()):
        DOORS["a look"](browser, by(f"2001:db8::{n + 1:x}"))
    assert DOORS["a look"](browser, by("2001:db8::ffff")).status_code == 429
    assert DOORS["a look"](browser, by("2001:db8:0:1::1")).status_code == 404


def test_right_codes_are_never_counted(app):
    browser = app.test_client()
    made = browser.post("/api/rooms", json={"sheet": "three-minutes"}).json
    for _ in range(allowed() + 5):
        assert browser.get(f"/api/rooms/{made['code']}").status_code == 200


def test_rooms_are_limited_on_a_public_network_only(app):
    browser = app.test_client()
    made = [browser.post("/api/rooms", json={"sheet": "three-minutes"}).status_code for _ in range(6)]
    assert made == [201] * 6 if allowed() == 120 else made == [201] * 5 + [429]
