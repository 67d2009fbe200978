"""Every card of the film stands on checked facts, no surer than they are and no earlier than they may be told."""

from .bundled import FILM, kept, sheet

SURER = ["low", "medium", "high"]


def facts_of(cue_id):
    return {name: kept("facts")[name] for name in kept("gates")[FILM][cue_id]["facts"]}


def noted():
    return [cue for cue in sheet(FILM).cues if cue.kind != "warning"]


def test_no_card_waits_less_than_its_facts_must():
    order = {scene.id: place for place, scene in enumerate(sheet(FILM).scenes)} | {"any": -1}
    for cue in noted():
        for name, fact in facts_of(cue.id).items():
            gate = kept("gates")[FILM][cue.id]["gate"]
            assert order[gate] >= order[fact["gate"]], (cue.id, name)


def test_no_card_is_surer_than_its_facts():
    for cue in noted():
        for name, fact in facts_of(cue.id).items():
            assert SURER.index(cue.confidence) <= SURER.index(fact["confidence"]), (cue.id, name)


def test_whatever_states_something_names_its_fact():
    """Without a fact a card may only look, or ask: its source is ourselves. One note only says what others call the film."""
    bare = [cue for cue in noted() if not facts_of(cue.id) and cue.id != "not-a-courtroom-drama"]
    assert {cue.kind for cue in bare} <= {"theme", "poll", "discussion"}
    assert {cue.source.label for cue in bare} == {"Companion"}


def test_facts_of_low_confidence_are_told_to_nobody():
    told = {name for cue in noted() for name in facts_of(cue.id)}
    assert told and "low" not in {kept("facts")[name]["confidence"] for name in told}
