"""The bundled sheets pass their own program's check."""

import pytest

from companion.rules.checks import check

from .bundled import NAMES, document, kept


@pytest.mark.parametrize("name", NAMES)
def test_the_check_finds_nothing_but_what_is_meant(name):
    meant = kept("meant_findings").get(name, {})
    found = check(document(name))
    assert [finding for finding in found if finding.severity == "error"] == []
    assert [(f.code, f.cue_id, f.sentence) for f in found if f.code not in meant] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_meant_is_still_so_and_has_a_reason(name):
    meant = kept("meant_findings").get(name, {})
    assert set(meant) <= {finding.code for finding in check(document(name))}
    assert all(len(reason) > 30 for reason in meant.values())
