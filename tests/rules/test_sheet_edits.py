"""Shifting, stretching, merging and comparing whole sheets, on the cases the scripts share."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.rules import sheet_diff, sheet_edits
from companion.rules.refused import Refused

SHARED = Path(__file__).parent.parent / "shared"
EDITS = json.loads((SHARED / "sheet_edits.json").read_text())
DIFFS = json.loads((SHARED / "sheet_diff.json").read_text())


@pytest.mark.parametrize("case", EDITS["cases"], ids=lambda case: case["say"])
def test_an_edit_does_what_it_says(case):
    sheet = deepcopy(EDITS["sheet"])
    name, *given = case["edit"]
    edit = getattr(sheet_edits, name)
    if "refused" in case:
        with pytest.raises(Refused, match=case["refused"]):
            edit(sheet, *given)
        return
    made = edit(sheet, *given)
    film = {cue["id"]: cue for cue in made["cues"] if cue["id"] != "hello"}
    assert sheet_edits.starts(made) == case["starts"]
    assert {name: sheet_edits.time_of(made, cue) for name, cue in film.items()} == case["times"]
    assert {name: film[name]["scene"] for name in case.get("scenes", {})} == case.get("scenes", {})
    assert {name: film[name]["safe_after"] for name in case.get("safe_after", {})} == case.get(
        "safe_after", {}
    )
    assert sheet == EDITS["sheet"], "the old document is never touched"


def test_merging_a_scene_forgets_it_in_other_copies_too():
    made = sheet_edits.merge_scenes(EDITS["sheet"], "two", "three")
    assert made["other_editions"][0]["starts"] == {"one": 0}
    two = next(scene for scene in made["scenes"] if scene["id"] == "two")
    assert two["quiet"] and two["within"] == 60, "caution wins"


@pytest.mark.parametrize(("given", "wanted"), EDITS["rounded"])
def test_seconds_are_rounded_alike_everywhere(given, wanted):
    assert sheet_edits.rounded(given) == wanted


@pytest.mark.parametrize("case", DIFFS["cases"], ids=lambda case: case["say"])
def test_two_authors_changes_come_together(case):
    document, conflicts = sheet_diff.merge(DIFFS["base"], case["mine"], case["theirs"])
    assert document == case["merged"]
    assert [[conflict.kind, conflict.id] for conflict in conflicts] == case["conflicts"]


@pytest.mark.parametrize(("before", "after", "wanted"), DIFFS["fields"])
def test_fields_that_differ_are_named_languages_apart(before, after, wanted):
    assert sheet_diff.fields(before, after) == wanted


entries = st.lists(st.sampled_from("abcdefgh"), unique=True).flatmap(
    lambda ids: st.tuples(
        *[st.fixed_dictionaries({"id": st.just(i), "words": st.integers(0, 2)}) for i in ids]
    ).map(list)
)
sheets = st.fixed_dictionaries({"scenes": entries, "cues": entries}, optional={"film": st.integers(1, 3)})


@given(sheets, sheets)
def test_a_diff_makes_the_new_sheet_from_the_old_and_its_reverse_takes_it_back(before, after):
    changes = sheet_diff.diff(before, after)
    assert sheet_diff.apply(before, changes) == (after, [])
    assert sheet_diff.apply(after, sheet_diff.reverse(changes)) == (before, [])


@given(sheets, sheets, sheets)
def test_a_merge_never_loses_what_the_other_author_wrote(base, mine, theirs):
    document, conflicts = sheet_diff.merge(base, mine, theirs)
    touched = {(c.kind, c.id) for c in sheet_diff.diff(base, mine)}
    for change in sheet_diff.diff(base, theirs):
        if (change.kind, change.id) not in touched and change.kind in sheet_diff.LISTS:
            there = {each["id"]: each for each in document[sheet_diff.LISTS[change.kind]]}
            assert there.get(change.id) == change.after
    mine_by_id = {("cue", each["id"]): each for each in mine["cues"]}
    for conflict in conflicts:
        if conflict.kind == "cue":
            assert conflict.mine == mine_by_id.get(("cue", conflict.id)), "my version comes back whole"
