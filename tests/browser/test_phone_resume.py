"""Picked up again: however a phone was away, it finds its card, its name, its vote and the film's time.

`make bench-resume` measures how long that takes.
"""

from collections.abc import Iterator

import pytest

from bench import resume
from bench.resume import Phone
from tests.browser.party import Party

pytestmark = pytest.mark.browser
WAYS = [
    resume.back_and_forward,
    resume.looks_away,
    resume.sleep,
    resume.hidden_on_a_dead_line,
    resume.restart_while_asleep,
]


@pytest.fixture(scope="module")
def phone(sleeper, own_server) -> Iterator[Phone]:
    with Party(own_server.url) as party:
        phone = resume.enters(sleeper, party, own_server)
        resume.begins(phone)
        yield phone


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_phone_that_was_away_is_right_again(phone, way, monkeypatch):
    monkeypatch.setattr(resume, "ASLEEP", 1.0)
    way(phone)
    assert phone.page.locator("#stage [data-arriving]").count() <= 1
    assert phone.page.get_by_text("No connection.").is_hidden()
