"""The two other bundled sheets: Sintel, timed from what was published, and three minutes that hold every rule."""

import pytest

from .bundled import FILM, NAMES, document, kept, sheet


def test_every_kind_and_every_rule_fits_into_three_minutes():
    short = sheet("three-minutes")
    assert short.edition.runtime == 180
    assert {cue.kind for cue in short.cues} == {"trivia", "theme", "poll", "quiz", "discussion", "warning"}
    assert {cue.results for cue in short.cues if cue.kind == "poll"} == {"closed", "live", "host"}
    assert {cue.push for cue in short.cues} == {"always", "talkative", "never"}
    assert {scene.part for scene in short.scenes} == {"before", "film", "after"}
    assert {scene.timing for scene in short.film_scenes} == {"guessed", "tapped", "measured"}
    assert any(cue.anywhere for cue in short.cues)
    assert any(cue.repeats for cue in short.cues)
    assert any(cue.safe_after for cue in short.cues)
    assert any(scene.quiet for scene in short.film_scenes)
    assert sum(scene.checkpoint for scene in short.film_scenes) == 3
    assert short.score and short.silence_after == 6 and short.other_editions


def test_sintel_can_be_held_in_a_school_hour():
    film = sheet("sintel")
    notes = [cue for cue in film.cues if cue.kind in ("trivia", "theme")]
    assert film.film.runtime == 888
    assert 12 <= len(notes) <= 15
    assert sum(cue.kind == "poll" for cue in film.cues) >= 4
    assert any(cue.kind == "quiz" for cue in film.cues)
    assert all(cue.source and cue.confidence for cue in film.cues)
    assert "CC BY 3.0" in document("sintel")["credits"]["sources"][0]["label"]


def test_sintel_calls_measured_only_what_two_sources_agree_on():
    times = kept("sintel_times")
    for scene in sheet("sintel").film_scenes[1:]:
        found = list(times[scene.id].values())
        assert scene.start in found, scene.id
        if scene.timing == "measured":
            assert len(found) >= 2, scene.id
            assert max(found) - min(found) <= 1, scene.id
        else:
            assert scene.timing == "tapped" and scene.spread >= 3, scene.id


@pytest.mark.parametrize("name", NAMES)
def test_pictures_of_a_sheet_stay_few(name):
    reactions = document(name)["reactions"]
    assert 4 <= len(reactions) <= 6
    assert len({reaction["emoji"] for reaction in reactions}) == len(reactions)


@pytest.mark.parametrize("name", [FILM, "sintel"])
def test_a_quiz_cannot_be_won_by_always_tapping_the_same_place(name):
    places = [[o.id for o in cue.options].index(cue.answer) for cue in sheet(name).cues if cue.kind == "quiz"]
    assert max(places.count(place) for place in places) <= len(places) / 2
