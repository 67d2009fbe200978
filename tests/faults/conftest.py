"""Everybody leaves after each test, whatever happened to the server."""

from collections.abc import Iterator

import pytest

from tests.platform.phones import Phone


@pytest.fixture(autouse=True)
def everybody_leaves() -> Iterator[None]:
    yield
    while Phone.all:
        Phone.all.pop().leaves()
