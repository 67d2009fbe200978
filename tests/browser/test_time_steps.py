"""Clocks stepped by an hour or a year, servers restarted, stopped and suspended: the film on a phone stays where the film is."""

import signal
import time

import pytest

from tests.browser.party import Party
from tests.browser.timing import Phone, ShiftedServer, film, publish, wrong_clock

pytestmark = pytest.mark.browser
HOUR, YEAR = 3600.0, 365 * 86_400.0


@pytest.fixture(scope="module")
def server():
    with ShiftedServer() as started:
        publish(started, "metronome", film([*range(30, 1500, 30)]))
        yield started


@pytest.fixture
def party(server):
    with Party(server.url, "metronome") as made:
        yield made


def test_stepped_clocks_on_server_and_phone_move_no_film_also_across_a_restart(server, party, context):
    film_began = party.do("start")["playback"]
    phone = Phone(wrong_clock(context(bypass_csp=True), wall=-5 * HOUR), server, party)
    phone.right_within(1.5, film_began, 0.01)

    for wall in (HOUR, -2 * HOUR, YEAR, -2 * YEAR):
        server.move(wall=wall)
        phone.page.evaluate("by => { clocks.moved.wall += by }", -wall * 1000)
        time.sleep(0.7)
        assert abs(phone.error(film_began)) <= 0.02

    server.kill9()
    server.move(wall=YEAR)
    server.start()
    phone.page.wait_for_function("room.connection === 'live'", timeout=12_000)
    time.sleep(1)
    assert abs(phone.error(film_began)) <= 0.02
    party.socket.disconnect()
    party.connect()
    assert party.snapshot()["playback"] == film_began


def test_a_suspended_laptop_wakes_to_the_right_place_with_every_phone(server, party, context):
    """Ten minutes asleep: the server's boot clock counted them; one phone stayed awake, one slept as well."""
    film_began = party.do("start")["playback"]
    awake = Phone(wrong_clock(context(bypass_csp=True)), server, party)
    asleep = Phone(wrong_clock(context(bypass_csp=True), offset=HOUR), server, party)
    time.sleep(1)

    server.process.send_signal(signal.SIGSTOP)
    time.sleep(1)
    server.move(slept=600)
    awake.page.evaluate("clocks.moved.offset += 600_000, clocks.moved.wall += 600_000")
    asleep.page.evaluate("clocks.moved.wall += 600_000")
    server.process.send_signal(signal.SIGCONT)
    for phone in (awake, asleep):
        phone.page.evaluate("void document.dispatchEvent(new Event('resume'))")
        phone.right_within(2.0, film_began, 0.05)


def test_a_server_that_stood_still_is_right_within_two_seconds_of_going_on(server, party, context):
    party.do("start")
    phone = Phone(wrong_clock(context(bypass_csp=True)), server, party)
    party.seek(27.0)
    film_goes_on = party.snapshot()["playback"]
    phone.right_within(1.0, film_goes_on, 0.02)
    server.process.send_signal(signal.SIGSTOP)
    time.sleep(6)
    assert abs(phone.error(film_goes_on)) < 0.02, "the phone's own time runs on"
    server.process.send_signal(signal.SIGCONT)
    phone.page.wait_for_function("room.soFar().some((card) => card.cue_id === 'beat-0')", timeout=2000)
    stood = party.do("pause")["playback"]["position"]
    phone.page.wait_for_function("!room.snapshot.playback.is_playing", timeout=1000)
    assert abs(phone.page.evaluate("room.position()") - stood) < 0.001
