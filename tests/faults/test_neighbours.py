"""Two processes with PostgreSQL and Redis between them, and what happens when one of those is away."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import requests
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from companion.config import database_url
from companion.models.guest import guest_of
from companion.models.room import Room
from companion.models.voting import take_vote
from tests.faults.neighbours import Postgres, Redis
from tests.platform.phones import Evening, Phone
from tests.servers import ROOT, Server, companion

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@dataclass
class House:
    postgres: Postgres
    redis: Redis
    here: Server
    there: Server


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    with ExitStack() as opened:
        postgres, redis = opened.enter_context(Postgres()), opened.enter_context(Redis())
        told = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
        folder = tmp_path_factory.mktemp("both")
        upgraded = companion("db", "upgrade", data_dir=folder, **told)
        assert upgraded.returncode == 0, upgraded.stderr
        here, there = (opened.enter_context(Server(data_dir=folder / n, **told)) for n in ("here", "there"))
        yield House(postgres, redis, here, there)


def on(server: Server, evening: Evening) -> Evening:
    """The same evening, reached through another process."""
    other = object.__new__(Evening)
    other.server, other.code, other.host_token = server, evening.code, evening.host_token
    return other


def paused(phone: Phone, is_playing: bool, within: float) -> float:
    """How long until this phone knows whether the film plays."""
    asked_at = time.monotonic()
    while True:
        fact = phone.hears("playback_changed", within - (time.monotonic() - asked_at))
        if fact["playback"]["is_playing"] == is_playing:
            return time.monotonic() - asked_at


def test_what_a_host_does_in_one_process_reaches_the_phones_of_the_other(house):
    evening = Evening(house.here)
    host, phone = evening.host(), on(house.there, evening).guest()
    assert host.does("start")["ok"]
    assert paused(phone, True, 5) < 5
    assert host.does("pause")["ok"]
    assert paused(phone, False, 5) < 5


def test_nothing_closes_or_counts_while_a_vote_is_on_its_way_and_votes_do_not_wait_for_each_other(house):
    evening = Evening(house.here)
    tokens = [evening.guest_token(name) for name in ("Ana", "Bo")]
    engine = create_engine(database_url(house.postgres.url))
    with Session(engine) as first, Session(engine) as second, Session(engine) as counting:
        for n, (session, token) in enumerate(zip((first, second), tokens, strict=True)):
            guest = guest_of(session, token)
            vote = (guest.room_id, guest.guest_id, "your-seat", "front", f"op-{n}")
            assert take_vote(session, *vote, time.time())[0] == "front"
        free = select(Room).where(Room.code == evening.code).with_for_update(skip_locked=True, of=Room)
        assert counting.scalar(free) is None
        first.commit()
        second.commit()
        assert counting.scalar(free).tally("your-seat")["counts"]["front"] == 2
    engine.dispose()


def test_a_hung_redis_holds_up_no_host_and_all_is_right_again_within_ten_seconds(house):
    evening = Evening(house.here)
    host, near = evening.host(), evening.guest("Near")
    far = on(house.there, evening).guest("Far")
    assert host.does("start")["ok"]
    paused(far, True, 5)
    house.redis.hang()
    try:
        waits = []
        for n in range(6):
            asked_at = time.monotonic()
            assert host.does("pause" if n % 2 == 0 else "play")["ok"]
            waits.append(time.monotonic() - asked_at)
            assert paused(near, n % 2 == 1, 5) < 1
        assert sorted(waits)[3] < 0.25, waits
        assert host.does("pause")["ok"]
        assert not requests.get(f"{house.here.url}/readyz", timeout=10).json()["ready"]
    finally:
        house.redis.go_on()
    paused(far, False, 10)


def test_a_redis_that_was_away_is_found_again(house):
    evening = Evening(house.here)
    host, far = evening.host(), on(house.there, evening).guest("Far")
    house.redis.kill()
    assert host.does("start")["ok"]
    paused(far, True, 10)  # by the revisions in the database, without Redis
    house.redis.start()
    give_up_at = time.monotonic() + 10
    while not requests.get(f"{house.there.url}/readyz", timeout=10).json()["ready"]:
        assert time.monotonic() < give_up_at
        time.sleep(0.2)
    assert host.does("pause")["ok"]
    paused(far, False, 10)


def test_a_restart_of_postgresql_loses_nothing_acknowledged_and_heals_within_five_seconds(house):
    evening = Evening(house.here)
    token = evening.guest_token("Ana")
    phone = evening.guest(token=token)
    assert phone.does("rename", name="Before")["ok"]
    house.postgres.restart()
    back_at = time.monotonic()
    while not (answer := phone.does("rename", name="After"))["ok"]:
        assert answer["refused"]["code"] in ("not_saved", "failed", "too_fast"), answer
        assert time.monotonic() - back_at < 5
        time.sleep(0.3)
    assert phone.asks("snapshot")["snapshot"]["you"]["name"] == "After"
    assert on(house.there, evening).guest(token=token).hears("snapshot")["you"]["name"] == "After"


def test_clocks_that_agree_with_the_database_bring_no_warning(house):
    told = requests.get(f"{house.here.url}/readyz", timeout=10).json()
    assert told == {"ready": True, "checks": {"database": True, "redis": True}, "warnings": []}


def test_a_clock_that_differs_from_the_databases_is_named(house, tmp_path):
    (tmp_path / "moved.json").write_text('{"wall": 0.4}')
    told = {
        "DATABASE_URL": house.postgres.url,
        "REDIS_URL": house.redis.url,
        "PYTHONPATH": str(ROOT / "tests" / "shifted_clock"),
        "SHIFTED_CLOCK": str(tmp_path / "moved.json"),
    }
    with Server(data_dir=tmp_path / "third", **told) as third:
        [warning] = requests.get(f"{third.url}/readyz", timeout=10).json()["warnings"]
    assert re.fullmatch(r"This machine's clock differs from the database's by -?[34]\d\d ms\.", warning)
