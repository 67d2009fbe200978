"""The JavaScript suites, each run by Node itself and its own test module: no packages, the same cases as Python where rules are twins."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SUITES = sorted(p.relative_to(HERE / "js").as_posix() for p in (HERE / "js").rglob("*.test.js"))


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found:
        return found
    if os.environ.get("COMPANION_REQUIRE_ALL"):
        pytest.fail("Node.js is required here and is not installed")
    pytest.skip("NOT RUN: the JavaScript suites need Node.js 20 or newer on this machine")


@pytest.mark.parametrize("suite", SUITES)
def test_javascript_suite_passes(node, suite):
    run = subprocess.run(
        [node, f"js/{suite}"], cwd=HERE, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]


def test_there_are_javascript_suites():
    assert SUITES
