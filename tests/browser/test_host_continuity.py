"""Whoever runs the evening keeps it: a sleeping laptop, a server that starts again, two hosts with both hands on the film."""

import pytest
from playwright.sync_api import expect

from tests.browser.evening import PHONE, Guest, Host

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(own_server):
    return own_server


@pytest.fixture
def host(host):
    host.start()
    return host


def test_a_remote_that_slept_comes_back_to_what_others_did_and_changes_nothing_by_it(people, host):
    cohost = people(Host, PHONE).open_link(host.link)
    cohost.context.set_offline(True)
    host.pause()
    host.go_to("60")
    acts = len(host.last_act("seek")["acts"])
    expect(cohost.page.locator("[data-connection]")).not_to_have_attribute("data-state", "live")
    cohost.page.click("[data-black]")
    expect(cohost.said).to_contain_text("Not sent")
    cohost.context.set_offline(False)
    expect(cohost.page.locator("[data-connection]")).to_have_attribute("data-state", "live")
    expect(cohost.page.locator("[data-clock]")).to_have_text("0:01:00")
    assert len(cohost.snapshot["acts"]) == acts
    cohost.page.click("[data-black]")
    assert cohost.last_act("black")["room"]["black"]


def test_the_server_starts_again_and_the_remote_goes_on_where_it_was(server, people, host):
    guest = people(Guest).comes_in(host.code, "Ana")
    host.pause()
    host.go_to("60")
    before = host.last_act("seek")
    server.restart()
    expect(host.page.locator("[data-connection]")).to_have_attribute("data-state", "live")
    host.page.wait_for_function(
        "epoch => document.querySelector('host-transport').room.snapshot.clock_epoch !== epoch",
        arg=before["clock_epoch"],
    )
    for what in ("playback", "playback_revision", "acts"):
        assert host.snapshot[what] == before[what]
    host.page.click("[data-play]")
    guest.page.wait_for_function("() => document.documentElement.dataset.connection === 'live'")
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "playing")


def test_what_one_host_does_the_other_sees_and_may_take_back(people, host):
    cohost = people(Host, PHONE).open_link(host.link)
    host.pause()
    expect(cohost.page.locator("host-transport")).to_have_attribute("data-state", "paused")
    cohost.undo()
    expect(host.page.locator("host-transport")).to_have_attribute("data-state", "playing")
    assert host.last_act("undo")["acts"][1]["undone"]
