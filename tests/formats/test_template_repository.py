"""The layout for a repository of notes: its example passes the very check that its robot runs."""

import json
import re
from pathlib import Path

from companion.rules.checks import check

TEMPLATE = Path(__file__).parent.parent.parent / "docs" / "notes-repository"


def test_the_example_passes_without_an_error_or_a_warning():
    files = sorted((TEMPLATE / "notes").glob("*.json"))
    assert files
    for file in files:
        assert check(json.loads(file.read_text(encoding="utf-8"))) == []


def test_everything_the_guide_promises_is_there():
    guide = (TEMPLATE.parent / "SHARING.md").read_text(encoding="utf-8")
    listed = guide.partition("your files into `notes/`:")[2].split("```")[1]
    for name in re.findall(r"^(README\.md|LICENSE|\.github/\S+)", listed, re.M):
        assert (TEMPLATE / name).is_file(), name
    assert listed.count("\n") > 5


def test_its_robot_runs_the_check_of_the_command_line():
    steps = (TEMPLATE / ".github" / "workflows" / "check.yml").read_text()
    assert re.search(r"run: companion sheet check ", steps) and "film-companion" in steps
