"""One real server for each way of serving, and an evening on it."""

from collections.abc import Iterator

import pytest

from tests.platform.phones import Evening, Phone
from tests.servers import Server


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server(request) -> Iterator[Server]:
    with Server(COMPANION_ASYNC=request.param) as started:
        yield started


@pytest.fixture(autouse=True)
def everybody_leaves() -> Iterator[None]:
    yield
    while Phone.all:
        Phone.all.pop().leaves()


@pytest.fixture
def evening(server: Server) -> Evening:
    return Evening(server)
