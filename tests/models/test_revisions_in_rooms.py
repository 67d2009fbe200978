"""A room pins its notes; taking newer ones keeps what has started and replaces the rest (ROOM 28)."""

import copy

import pytest

from companion import database
from companion.models.sheet import sheet_named


@pytest.fixture
def newer(app):
    """Publishes a changed copy of the three-minute notes and answers with its number; the old is newest again after."""

    def publish(change):
        def work(session):
            sheet = sheet_named(session, "three-minutes")
            document = copy.deepcopy(sheet.revision(sheet.latest).document)
            change({cue["id"]: cue for cue in document["cues"]}, document)
            return sheet.bring_in(document, 2000.0).number

        return database.write(work)

    first = database.write(lambda s: sheet_named(s, "three-minutes").latest)
    yield publish
    database.write(
        lambda s: sheet_named(s, "three-minutes").bring_in(
            sheet_named(s, "three-minutes").revision(first).document, 3000.0
        )
    )


def test_a_room_keeps_its_notes_until_its_host_takes_newer_ones(evening, host, guest, newer):
    number = newer(lambda cues, _: cues["eleven-keys"]["title"].update(en="Twelve keys"))
    assert host.snapshot()["room"]["revision_newer"] == number
    host.do("start")
    assert guest.cards()["eleven-keys"]["title"] == "Eleven keys"


def test_what_has_started_stays_and_the_rest_is_new(evening, host, guest, newer):
    def change(cues, document):
        cues["eleven-keys"]["title"]["en"] = "Twelve keys"
        cues["first-smell"]["options"][3]["text"]["en"] = "Roses"
        cues["one-thing-at-a-time"]["title"]["en"] = "Two things at a time"
        cues["made-of-cards"]["title"]["en"] = "Another beginning"

    number = newer(change)
    host.do("start")
    evening.later(21, step=1)
    guest.do("vote", cue_id="first-smell", option_id="rain")
    host.do("take_revision", revision=number)
    cards = guest.cards()
    assert cards["eleven-keys"]["title"] == "Eleven keys"
    assert "Roses" not in cards["first-smell"]["html"] and "Rain" in cards["first-smell"]["html"]
    evening.later(20, step=1)
    assert guest.cards()["one-thing-at-a-time"]["title"] == "Two things at a time"
    assert guest.snapshot()["results"]["first-smell"]["counts"]["rain"] == 1
    host.do("undo", act=next(a["act"] for a in host.snapshot()["acts"] if a["verb"] == "take_revision"))
    assert host.snapshot()["room"]["revision_newer"] == number


def test_a_card_that_may_come_before_its_scene_is_sure_does_not_bring_the_scenes_title(
    evening, host, guest, newer
):
    number = newer(lambda cues, _: cues["how-many-keys"].update(safe_after="doors"))
    host.do("take_revision", revision=number)
    host.do("start")
    evening.later(45)
    assert "how-many-keys" in guest.cards() and "stairs" not in guest.snapshot()["scenes"]
    evening.later(2)
    assert guest.snapshot()["scenes"]["stairs"] == "Up to the balcony"


def test_lobby_cards_are_replaced_and_lost_ones_taken_away(evening, host, guest, newer):
    def change(cues, document):
        cues["made-of-cards"]["title"]["en"] = "Another beginning"
        document["cues"] = [cue for cue in document["cues"] if cue["id"] != "balcony-dust"]

    number = newer(change)
    host.do("take_revision", revision=number)
    assert guest.cards()["made-of-cards"]["title"] == "Another beginning"
    assert host.refused("take_revision", revision=999) == "bad_field"
