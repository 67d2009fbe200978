"""A viewing with the keyboard only: thirty stamps, words, kinds and scenes, without looking at the screen."""

import random
import statistics

import pytest

from bench.times import recognition
from tests.browser.studio_people import Author

pytestmark = pytest.mark.browser


@pytest.fixture
def author(device, server):
    made = Author(device, server)
    yield made
    assert made.faults == []


def test_thirty_stamps_by_keyboard_stand_where_the_person_pressed(author, record_property):
    """Real keys and a running clock; only its seconds are the test's, so that the machine's slowness is nobody's."""
    author.begins()
    page = author.page
    page.keyboard.press("w")
    page.evaluate(
        """() => { const { clock } = document.querySelector('studio-stamper')
           window.seconds = 0; clock.now = () => window.seconds; clock.goTo(0); clock.play() }"""
    )
    chance = random.Random(11)
    moments = sorted(chance.uniform(30, 5900) for _ in range(30))
    pressed = []
    for moment in moments:
        at = moment + recognition(chance)
        pressed.append(at)
        page.evaluate("at => { window.seconds = at }", at)
        page.keyboard.press("Enter")
        page.keyboard.type(f"mo{len(pressed)}")  # M alone is a key
    author.is_saved()
    sheet = author.stored()
    begin = {scene["id"]: scene.get("start", 0) for scene in sheet["scenes"]}
    stamped = sorted(begin[cue["scene"]] + cue["offset"] for cue in sheet["cues"])
    assert len(stamped) == 30
    assert [cue["text"]["en"] for cue in sheet["cues"]] == [f"mo{n}" for n in range(1, 31)]
    assert all(abs(at - (press - 0.25)) < 0.1 for at, press in zip(stamped, pressed, strict=True))
    errors = [at - moment for at, moment in zip(stamped, moments, strict=True)]
    middle, worst = statistics.median(errors), max(errors)
    record_property("stamp error, median and worst (s)", f"{middle:.2f} {worst:.2f}")
    print(f"\nstamps are late by {middle:.2f} s in the middle, {worst:.2f} s at worst")
    assert 0.2 < middle < 2.5 and worst < 5


def test_a_viewing_with_real_keys_and_a_running_clock(author):
    author.begins()
    page = author.page
    page.keyboard.press("w")
    page.keyboard.press("Shift+Tab")
    page.fill("#player-shows", "41:00")
    page.keyboard.press("Enter")
    page.click("[data-play]")
    page.focus("[data-words]")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.keyboard.type("Who opens the door?")
    page.keyboard.press("Enter")
    page.keyboard.type("Mother enters")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.press("1")
    page.keyboard.press("m")
    page.keyboard.type("It was raining")
    page.keyboard.press("Enter")
    page.keyboard.press("m")
    page.wait_for_timeout(1100)
    author.is_saved()
    sheet = author.stored()
    assert [(cue["kind"], cue["text"].get("en")) for cue in sheet["cues"]] == [
        ("poll", "Who opens the door?"),
        ("poll", "Mother enters"),
        ("trivia", "It was raining"),
        ("trivia", None),
        ("trivia", None),
    ]
    begin = {scene["id"]: scene.get("start", 0) for scene in sheet["scenes"]}
    times = [begin[cue["scene"]] + cue["offset"] for cue in sheet["cues"]]
    assert times[0] > 2459 and times == sorted(times) and times[4] < 2580
    stamped = next(
        scene for scene in sheet["scenes"] if scene["timing" if "timing" in scene else "id"] == "tapped"
    )
    assert times[1] <= stamped["start"] <= times[2] and sheet["cues"][2]["scene"] == stamped["id"]
    assert len(sheet["cues"][0]["options"]) == 2


def test_a_phone_stamps_along_on_the_same_notes_with_the_same_clock(device, author):
    author.begins()
    page = author.page
    page.keyboard.press("w")
    page.fill("#player-shows", "0:30:00")
    page.keyboard.press("Enter")
    page.click("[data-play]")
    phone_dialog = author.opens_dialog("phone")
    phone_dialog.locator("svg").wait_for()
    link = phone_dialog.locator("[data-phone-link]").get_attribute("href")
    phone = device()
    phone.goto(author.server.url + link)
    phone.click("[data-stamp]")
    phone.fill("[data-words]", "from the sofa")
    page.keyboard.press("Escape")
    page.wait_for_selector("studio-list :text('from the sofa')")
    author.is_saved()
    sheet = author.stored()
    begin = {scene["id"]: scene.get("start", 0) for scene in sheet["scenes"]}
    laptop = page.evaluate("document.querySelector('studio-stamper').clock.position")
    stamped = begin[sheet["cues"][0]["scene"]] + sheet["cues"][0]["offset"]
    assert 1800 <= stamped <= laptop, "the phone's clock came along with the code"
    for width, height in ((390, 844), (360, 640), (320, 480)):
        phone.set_viewport_size({"width": width, "height": height})
        phone.evaluate("scrollTo(0, 0)")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        button = phone.locator("[data-stamp]").bounding_box()
        assert button["y"] >= 0 and button["y"] + button["height"] <= height, f"in reach at {width}×{height}"


def test_a_reload_in_the_middle_keeps_the_film_running(author):
    author.begins()
    page = author.page
    page.keyboard.press("w")
    page.fill("#player-shows", "0:10:00")
    page.keyboard.press("Enter")
    page.click("[data-play]")
    page.reload()
    author.at_desk()
    page.keyboard.press("w")
    page.wait_for_function("() => document.querySelector('studio-stamper').clock.position > 600.5")
    assert page.evaluate("document.querySelector('studio-stamper').clock.isPlaying")


def test_the_clock_follows_a_room_that_is_watching(author, server):
    import requests
    import socketio

    made = requests.post(f"{server.url}/api/rooms", json={"sheet": "three-minutes"}, timeout=10).json()
    host = socketio.Client()
    host.connect(
        server.url,
        auth={"code": made["code"], "role": "host", "token": made["host_token"]},
        transports=["polling"],
    )
    assert host.call("start", {"op_id": "a"})["ok"]
    author.begins()
    page = author.page
    page.keyboard.press("w")
    page.click("studio-stamper summary")
    page.fill("[data-follow] [name=code]", made["code"])
    page.click("[data-follow] button")
    page.wait_for_selector("[data-following]:has-text('Following room')")
    page.wait_for_function("() => document.querySelector('studio-stamper').clock.position > 0.5")
    playback = host.call(
        "seek",
        {
            "position": 60,
            "base_revision": host.call("snapshot", {})["snapshot"]["playback_revision"],
            "op_id": "b",
        },
    )
    assert playback["ok"]
    page.wait_for_function("() => document.querySelector('studio-stamper').clock.position > 59")
    page.focus("[data-words]")
    page.keyboard.press("Enter")
    author.is_saved()
    stamped = author.stored()["cues"][0]
    assert 59 < stamped["offset"] < 120
    host.disconnect()
