"""People, co-hosts and continuity: who may stay, who may run the evening, and what a broken laptop costs."""

import json
import re

import pytest
from playwright.sync_api import expect

from companion.commands.bundled import BUNDLED
from tests.browser.evening import PHONE, Guest, Host

pytestmark = pytest.mark.browser


def open_person(host, name):
    row = host.page.locator(".people__guest", has_text=name)
    if not row.locator(".people__acts").count():
        row.locator("[data-guest-open]").click()
    return row


def test_a_removed_guest_stays_out_by_three_ways_back_and_another_at_the_address_stays_in(
    people, host, guest
):
    other = people(Guest).comes_in(host.code, "Bo")
    open_person(host, "Ana").get_by_role("button", name="Remove").click()
    host.last_act("remove_guest")
    expect(guest.page.get_by_text(re.compile("taken you out", re.I)).first).to_be_visible()
    guest.page.reload()
    expect(guest.page.get_by_text(re.compile("taken you out", re.I)).first).to_be_visible()
    again = guest.context.new_page()
    again.goto(f"{guest.url}/r/{host.code}")
    assert again.locator("#stage").count() == 0
    vote = guest.context.request.post(
        f"{guest.url}/r/{host.code}/votes", form={"cue_id": "your-seat", "option_id": "front", "op_id": "x"}
    )
    assert vote.status in (403, 404)
    other.page.reload()
    expect(other.page.locator("#stage")).to_be_visible()
    host.take_back()
    guest.page.goto(f"{guest.url}/r/{host.code}")
    expect(guest.page.locator("#stage")).to_be_visible()


def test_a_guest_is_renamed_and_the_old_name_comes_back(host, guest):
    row = open_person(host, "Ana")
    row.locator("[name=name]").fill("Anastasia")
    row.get_by_role("button", name="Rename").click()
    expect(host.page.locator(".people__guest", has_text="Anastasia")).to_be_visible()
    host.take_back()
    expect(host.page.locator(".people__guest bdi", has_text=re.compile("^Ana$"))).to_be_visible()


def test_a_locked_door_keeps_strangers_out_and_those_inside_in(people, host, guest):
    host.page.click("[data-lock]")
    host.last_act("lock")
    stranger = people(Guest)
    assert stranger.page.goto(f"{stranger.url}/j/{host.code}").status == 404
    guest.page.reload()
    expect(guest.page.locator("#stage")).to_be_visible()
    host.take_back()
    people(Guest).join(host.code, "Late")


def test_a_new_number_leads_in_the_old_one_nowhere_and_everyone_inside_stays(people, host, guest):
    old = host.code
    host.page.click("[data-ask-first=new-code]")
    host.page.click("[data-sure]")
    expect(host.page).not_to_have_url(re.compile(old))
    new = host.page.url.rsplit("/", 1)[1]
    stranger = people(Guest)
    assert stranger.page.goto(f"{stranger.url}/j/{old}").status == 404
    stranger.join(new, "Late")
    expect(host.page.locator(".people__guest")).to_have_count(2)


def test_a_guest_made_host_by_tapping_a_name_can_run_the_evening_until_it_is_taken_back(people, host, guest):
    open_person(host, "Ana").get_by_role("button", name="Make host").click()
    host.last_act("promote")
    remote = guest.context.new_page()
    remote.goto(f"{guest.url}/host/{host.code}")
    expect(remote.locator(".remote")).to_be_visible()
    remote.click("[data-hold-all]")
    expect(host.said).to_contain_text("Ana")
    expect(host.page.locator("[data-hold-all]")).to_have_attribute("aria-pressed", "true")
    open_person(host, "Ana").get_by_role("button", name="No longer host").click()
    host.last_act("promote")
    remote.reload()
    expect(remote.locator("[data-door-words]")).to_contain_text("not yours")


def test_other_hosts_are_signed_out_and_only_the_new_link_leads_in(people, host):
    cohost = people(Host, PHONE).open_link(host.link)
    host.page.click("[data-open=host-link]")
    host.page.click("#host-link [data-ask-first=renew]")
    host.page.click("[data-sure]")
    expect(cohost.page.locator("[data-door-words]")).to_contain_text("not yours", timeout=10_000)
    stranger = people(Host)
    stranger.page.goto(host.link)
    stranger.page.get_by_role("button", name="Yes").click()
    expect(stranger.page.locator("[data-door-words]")).to_contain_text("link")
    host.page.click("[data-show-host]")
    new = host.page.inner_text("[data-host-url]")
    assert new != host.link and "#" in new
    people(Host, PHONE).open_link(f"{host.url}/host/{host.code}#{new.split('#')[1]}")


def test_the_host_link_hides_itself_and_is_never_on_the_page_before(people):
    host = people(Host).open_night()
    secret = host.link.split("#")[1]
    assert secret not in host.page.content()
    host.page.click("[data-open=host-link]")
    host.page.click("[data-show-host]")
    expect(host.page.locator("[data-host-url]")).to_contain_text(secret)
    expect(host.page.locator("[data-host-left]")).to_contain_text("second")


def test_two_hosts_in_conflict_are_told_in_one_sentence_where_the_film_is(people, host):
    cohost = people(Host, PHONE).open_link(host.link)
    host.start()
    host.pause()
    expect(cohost.page.locator("host-transport")).to_have_attribute("data-state", "paused")
    cohost.page.evaluate("document.querySelector('host-transport').room.snapshot.playback_revision -= 1")
    host.go_to("90")
    cohost.page.evaluate("document.querySelector('host-transport').room.snapshot.playback_revision -= 1")
    cohost.page.click("[data-by='10']")
    expect(cohost.said).to_contain_text("Somebody else moved the film just now")
    expect(cohost.said).to_contain_text("0:01:30")
    cohost.page.click("[data-by='10']")
    expect(host.page.locator("[data-clock]")).to_have_text("0:01:40")


def test_the_laptop_dies_and_a_phone_goes_on(people, host, guest):
    host.start()
    link = host.link
    host.leave()
    phone = people(Host, PHONE).open_link(link)
    expect(phone.page.locator("host-transport")).to_have_attribute("data-state", "playing")
    expect(phone.page.locator("[data-clock]")).to_have_text("0:00:03", timeout=10_000)
    phone.pause()
    guest.page.wait_for_function("() => document.documentElement.dataset.connection === 'live'")
    assert phone.snapshot["people"]["here"] == 1


def test_a_host_who_has_not_seen_it_reads_kinds_and_times_only(people):
    host = people(Host).has_night(seen_it=False)
    host.start()
    host.page.wait_for_timeout(4_000)
    expect(host.page.locator("[data-queue] li").first).to_be_visible()
    expect(host.page.locator("[data-unspoiled]")).to_be_visible()
    document = json.loads((BUNDLED / "three-minutes.json").read_text(encoding="utf-8"))
    film = {scene["id"]: scene for scene in document["scenes"] if scene.get("part", "film") == "film"}
    later = [cue for cue in document["cues"] if cue["scene"] in film and film[cue["scene"]]["start"] >= 18]
    words = [
        words
        for cue in later
        for key in ("title", "text", "explanation")
        for words in cue.get(key, {}).values()
    ]
    words += [scene["title"]["en"] for scene in film.values() if scene["start"] >= 18] + [
        cue["id"] for cue in later
    ]
    read = "\n".join([*host.frames, host.page.content()])
    assert not [said for said in words if len(said) > 4 and said in read]
    host.go_to("44")
    expect(host.page.locator("checkpoint-question")).to_contain_text("Her shoe touches the first stair")
    host.page.click("[data-answer=now]")
    host.last_act("mark")
