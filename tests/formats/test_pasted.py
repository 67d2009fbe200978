"""Lines pasted by somebody with notes on paper: scenes, notes and questions, with or without times."""

from companion.formats.catalogue import import_file
from companion.rules.sheet_edits import new_sheet


def pasted(*lines, base=None):
    return import_file("\n".join(lines).encode(), base=base, name="text").document


def titles(document):
    return [(scene["title"].get("en"), scene.get("start")) for scene in document["scenes"]]


def test_the_first_scene_names_the_empty_one_that_every_new_sheet_has():
    document = pasted(
        "# 0:00 The arrival", "Rain", "# 0:20:00 The house", base=new_sheet("A", 0, "", 6000, ["en"])
    )
    assert titles(document) == [(None, None), ("The arrival", 0), ("The house", 1200), (None, None)]
    assert document["cues"][0]["scene"] == "opening"


def test_scenes_without_times_come_one_after_the_other():
    document = pasted("# One", "a", "# Two", "b")
    assert titles(document)[1:3] == [("One", 0), ("Two", 0)]
    assert [cue["scene"] for cue in document["cues"]] == [scene["id"] for scene in document["scenes"][1:3]]


def test_a_scene_with_notes_keeps_its_place_beside_a_named_one():
    document = pasted("First words", "# 0:00 The arrival")
    assert titles(document)[1:3] == [(None, 0), ("The arrival", 0)]
