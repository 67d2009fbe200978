"""The evening of Miracle in Cell No. 7, counted: enough to find, little that intrudes."""

import re
from collections import Counter

import pytest

from .bundled import FILM, ROOT, document, kept, sheet

QUIET = ["b05-fall", "b18", "b21-end", "b22"]
WIDE = {f"b{n}" for n in range(11, 21)}
AFTER_THE_LAST_PUSH = "b17"


def cues(kind=None):
    return [cue for cue in sheet(FILM).cues if kind in (None, cue.kind)]


def film_cues():
    return [cue for cue in sheet(FILM).cues_of("film") if cue.kind != "warning"]


def pushed():
    return [cue for cue in film_cues() if cue.push == "always"]


@pytest.mark.parametrize(
    ("kind", "least"),
    [("trivia", 20), ("theme", 12), ("poll", 10), ("quiz", 8), ("discussion", 6), ("warning", 4)],
)
def test_there_is_enough_of_every_kind(kind, least):
    assert len(cues(kind)) >= least


def test_a_calm_room_is_left_alone_most_of_the_time():
    assert len(pushed()) <= 16
    assert sheet(FILM).edition.runtime / len(pushed()) >= 8 * 60
    assert Counter(cue.scene for cue in pushed())["b03"] <= 3


def test_nothing_is_pushed_from_the_retelling_to_the_end():
    order = sheet(FILM).scene_order
    late = [
        cue.id
        for cue in film_cues()
        if order[cue.scene] >= order[AFTER_THE_LAST_PUSH] and cue.push != "never"
    ]
    assert late == []


def test_enough_of_what_is_pushed_survives_a_missed_moment():
    order = sheet(FILM).scene_order
    anywhere = [cue for cue in pushed() if cue.anywhere]
    assert len(anywhere) >= 6
    assert sum(order[cue.scene] < order["b07"] for cue in anywhere) >= 2


def test_the_shelf_holds_more_than_the_table():
    shelf = [cue for cue in film_cues() if cue.push == "never"]
    assert len(shelf) > len(pushed())


def test_quiet_scenes_are_those_that_were_asked_for_and_hold_no_card():
    assert [scene.id for scene in sheet(FILM).film_scenes if scene.quiet] == QUIET
    assert not [cue.id for cue in film_cues() if cue.scene in QUIET]


def test_every_time_admits_that_it_is_a_guess():
    for scene in sheet(FILM).film_scenes:
        assert scene.timing == "guessed"
        assert scene.within == (480 if scene.id in WIDE else 300), scene.id


def test_six_to_eight_moments_can_be_seen_from_a_sofa_and_tell_no_plot():
    asked = [scene for scene in sheet(FILM).film_scenes if scene.checkpoint]
    assert 6 <= len(asked) <= 8
    for scene in asked:
        assert len(scene.watch_for["en"]) <= 60
        assert not re.search(
            r"dies?\b|dead|innocent|execut|Ye-seung|Yong-gu|arrest", scene.watch_for["en"], re.I
        )
        assert not scene.quiet


def test_no_scene_title_says_what_the_scene_comes_to():
    """It stands in "so far" from the scene's first card on, when the scene may just have begun."""
    carded = {cue.scene for cue in film_cues()}
    for scene in sheet(FILM).film_scenes:
        if scene.id in carded:
            telling = r"dies?\b|found\b|doubt|stays|sold|verdict|guilty|lost|work out|years later"
            assert not re.search(telling, scene.title["en"], re.I), scene.id


def test_no_checkpoint_asks_the_host_during_the_farewell():
    order = sheet(FILM).scene_order
    assert all(order[s.id] < order["b21"] for s in sheet(FILM).film_scenes if s.checkpoint)


def test_every_card_says_where_it_comes_from_and_how_sure_it_is():
    for cue in cues():
        assert cue.source and cue.source.label, cue.id
        assert cue.confidence in ("high", "medium"), cue.id


def test_a_card_names_the_paper_and_the_page_about_the_film_the_article():
    page = (ROOT / "docs" / "films" / f"{FILM}.md").read_text(encoding="utf-8")
    for cue in cues():
        assert not re.search(r"\d{5}", cue.source.label.replace("vitamin10047", "")), cue.id
        if cue.source.label != "Companion":
            assert f"| `{cue.id}` | {' '.join(kept('gates')[FILM][cue.id]['facts'])} |" in page, cue.id


def test_the_security_chief_is_asked_about_again_and_once_more_after_the_end():
    again, after = sheet(FILM).cue("trust-the-chief-again"), sheet(FILM).cue("trust-the-chief-after")
    assert (again.repeats, after.repeats) == ("trust-the-chief", "trust-the-chief-again")
    options = {cue.id: [option.id for option in cue.options] for cue in cues("poll")}
    assert options["trust-the-chief"] == options[again.id] == options[after.id]


def test_after_the_silence_comes_that_question_then_hope_then_talk_and_the_quiz_last():
    after = sheet(FILM).cues_of("after")
    assert [cue.id for cue in after[:2]] == ["trust-the-chief-after", "hope"]
    assert after[2].kind == "discussion"
    kinds = [cue.kind for cue in after]
    assert set(kinds[kinds.index("quiz") :]) == {"quiz"}
    assert after[kinds.index("quiz") - 1].id == "phone-home"
    assert sheet(FILM).silence_after == 120
    assert sheet(FILM).score is False


def test_the_lobby_knows_the_films_of_the_same_name():
    others = {
        (other.country, other.year): other.runtime for other in sheet(FILM).film.not_to_be_confused_with
    }
    assert others["Turkey", 2019] == 132 * 60
    assert others["Philippines", 2019] == 119 * 60
    assert len(others) == 6


def test_the_lobby_says_whom_the_film_is_not_for():
    assert sheet(FILM).film.content_rating == "15+"
    assert "15" in sheet(FILM).film.content_note["en"]
    assert "15세" in sheet(FILM).film.content_note["ko"]


def test_every_section_of_the_essay_is_carried_by_two_cards():
    page = (ROOT / "docs" / "films" / f"{FILM}.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (S[0-7]) [^|]*\| ([^|]+) \|", page, re.M)
    assert [section for section, _ in rows] == [f"S{n}" for n in range(8)]
    known = {cue.id for cue in cues()}
    for section, named in rows:
        carried = re.findall(r"`([a-z0-9-]+)`", named)
        assert len(carried) >= 2, section
        assert set(carried) <= known, (section, set(carried) - known)


def test_the_note_about_the_film_counts_what_is_there():
    page = (ROOT / "docs" / "films" / f"{FILM}.md").read_text(encoding="utf-8")
    counted = Counter(cue["kind"] for cue in document(FILM)["cues"])
    for kind, number in counted.items():
        assert f"| {kind} | {number} |" in page, kind
    where = [
        ("before the film", len(sheet(FILM).cues_of("before"))),
        ("during the film", len(pushed())),
        ("", sum(cue.push == "talkative" for cue in film_cues())),
        ("", sum(cue.push == "never" for cue in film_cues())),
        ("after the film", len(sheet(FILM).cues_of("after"))),
    ]
    for part, number in where:
        assert re.search(rf"^\| {part}\s*\| {number} \|", page, re.M), (part, number)


def test_every_error_of_the_essay_is_set_right_once():
    page = (ROOT / "docs" / "films" / f"{FILM}.md").read_text(encoding="utf-8")
    rows = "".join(re.findall(r"^\| S[0-7] .*$", page, re.M))
    assert sorted(re.findall(r"\bE(\d+)\b", rows), key=int) == [str(n) for n in range(1, 14)]


def test_the_lobby_does_not_answer_its_own_quiz():
    assert not re.search(r"original|remake", sheet(FILM).film.lobby_text["en"])
    assert not re.search(r"원작|리메이크", sheet(FILM).film.lobby_text["ko"])
    for words in (sheet(FILM).film.lobby_text, sheet(FILM).cue("seen-it").text):
        assert not re.search(r"did not commit|저지르지 않은|누명", words["en"] + words["ko"])
