"""From one author's desk to a stranger's living room: publish, save the file, host it on another installation."""

import json

import pytest

from tests.browser.studio_people import Author
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(own_server):
    return own_server


LINES = "# 0:00 The arrival\n0:00:30 trivia: The bridge was built for the film\n# 0:20:00 The house\n0:21:00 poll: Who opens the door? | He does | She does\n"


@pytest.fixture
def author(device, server):
    made = Author(device, server)
    yield made
    assert made.faults == []


def finished(author):
    """A small set of notes that may be published."""
    author.begins(title="The Bridge", text=LINES)
    film = author.opens_dialog("film")
    film.locator("[data-path='edition.name']").fill("The disc")
    film.locator("[data-path='credits.author']").fill("Ana")
    film.locator("[data-path='credits.licence']").fill("CC BY 4.0")
    film.locator("[data-close]").click()
    return author.is_saved()


def test_published_notes_can_be_hosted_here_at_once(author):
    finished(author)
    share = author.opens_dialog("share")
    share.locator("[data-publish]").click()
    share.locator("[data-published]:has-text('This version is published')").wait_for()
    share.locator("[data-host]").click()
    author.page.wait_for_url("**/host/new?film=*")
    assert author.page.is_checked(f"input[name=sheet][value={author.slug}]")


def test_notes_with_an_error_are_not_published_and_say_why(author):
    author.begins(text="0:00:10 quiz: Who? | He | She\n")
    author.is_saved()
    share = author.opens_dialog("share")
    share.locator("[data-publish]").click()
    share.locator("[data-publish-fault]:has-text('right answer')").wait_for()


def test_the_file_is_hosted_on_another_installation_the_same_evening(device, author, tmp_path):
    finished(author)
    share = author.opens_dialog("share")
    with author.page.expect_download() as download:
        share.locator("[data-save-json]").click()
    file = tmp_path / "the-bridge.json"
    download.value.save_as(file)
    with Server() as elsewhere:
        page = device({"width": 1280, "height": 800})
        page.goto(f"{elsewhere.url}/host/new")
        page.click("a[href='/studio/drop']")
        page.set_input_files("input[type=file]", file)
        page.click("button[type=submit]")
        page.wait_for_selector("h2:has-text('The Bridge')")
        said = page.inner_text("main")
        assert "Ana" in said and "CC BY 4.0" in said and "built for the film" not in said
        page.click("a:has-text('Open a room with it')")
        page.check("input[name=seen_it][value=yes]", force=True)
        page.click("button:has-text('Open the room')")
        page.wait_for_url("**/host/*")
        code = page.url.rsplit("/", 1)[-1].partition("#")[0]
        phone = device()
        phone.goto(f"{elsewhere.url}/j/{code}")
        assert "The Bridge" in phone.inner_text("main")


def test_a_co_author_opens_their_own_link_until_it_is_renewed(device, author):
    finished(author)
    share = author.opens_dialog("share")
    share.locator("[data-second-key]").click()
    share.locator("[data-new-link] input").wait_for()
    link = share.locator("[data-new-link] input").input_value()
    ben = Author(device, author.server).opens(
        author.server.url + "/" + link.partition("/")[2].partition("/")[2].partition("/")[2]
    )
    assert "Who opens the door?" in ben.texts()
    author.page.on("dialog", lambda asked: asked.accept())
    share.locator("[data-renew]").click()
    share.locator("[data-share-said]:has-text('shut')").wait_for()
    ben.page.wait_for_selector("[data-saved][data-standing=locked]")
    author.page.keyboard.press("Escape")
    author.chooses("Who opens the door?")
    author.page.fill("studio-note [data-word=text]", "Who is there?")
    author.is_saved()


def test_a_file_is_looked_at_before_it_is_taken_in_and_one_undo_takes_it_out(author):
    finished(author)
    files = author.opens_dialog("files")
    srt = b"1\n00:00:30,000 --> 00:00:50,000\nThe bridge was built for the film\n\n2\n00:30:00,000 --> 00:30:05,000\nA new line\n"
    files.locator("[data-file]").set_input_files({"name": "a.srt", "mimeType": "text/plain", "buffer": srt})
    files.locator(".studio-change[data-did=added]:has-text('A new line')").wait_for()
    assert author.texts() == ["The bridge was built for the film", "Who opens the door?"]
    files.locator("[data-import-apply]").click()
    files.locator("[data-close]").click()
    assert "A new line" in author.texts()
    author.page.click("[data-undo]")
    assert "A new line" not in author.texts()


def test_a_broken_file_names_its_lines_and_changes_nothing(author):
    finished(author)
    files = author.opens_dialog("files")
    files.locator("[data-file]").set_input_files(
        {"name": "a.srt", "mimeType": "text/plain", "buffer": b"1\n00:99:30,000 --> 00:00:50,000\nx\n"}
    )
    files.locator("[data-import-result] li:has-text('Line 2')").wait_for()
    assert not files.locator("[data-import-apply]").is_visible()


def test_two_languages_are_written_side_by_side_and_counted(author):
    author.begins(second="ko", text="0:00:30 trivia: The bridge\n")
    table = author.opens_dialog("translate")
    assert "0 %" in table.locator("[data-coverage]").inner_text()
    table.locator("[data-rows] textarea[lang=ko]").first.fill("그 다리")
    table.locator("[data-coverage]:has-text('100 %')").locator("dd >> nth=1").wait_for()
    table.locator("[data-close]").click()
    author.is_saved()
    assert author.stored()["cues"][0]["text"] == {"en": "The bridge", "ko": "그 다리"}


def test_cards_are_flipped_through_and_an_evening_rehearsed(author):
    finished(author)
    page = author.page
    page.goto(f"{author.server.url}/studio/{author.slug}/rehearse")
    page.wait_for_selector("[data-pair] .card")
    assert page.inner_text("[data-flip-at]") == "1 / 2"
    page.click("[data-flip='1']")
    assert "Who opens the door?" in page.inner_text("[data-pair]")
    page.select_option("[data-speed]", "5")
    page.evaluate(
        "document.querySelector('[data-seek]').value = 28; document.querySelector('[data-seek]').dispatchEvent(new Event('input', {bubbles: true}))"
    )
    page.click("[data-play]")
    page.wait_for_selector("[data-phone] .card:has-text('built for the film')")
    assert "come up by themselves" in page.inner_text("[data-told]")


def test_flags_of_guests_arrive_beside_the_note(author, server):
    finished(author)
    share = author.opens_dialog("share")
    share.locator("[data-publish]").click()
    share.locator("[data-published]:has-text('This version is published')").wait_for()
    author.page.keyboard.press("Escape")
    cue = author.stored()["cues"][0]["id"]
    flagged(server, author.slug, cue, "It was built in 1912")
    author.page.reload()
    author.at_desk()
    author.page.wait_for_selector("studio-list .studio-list__mark:has-text('1 guest')")
    author.chooses("The bridge was built")
    assert "It was built in 1912" in author.page.inner_text("studio-note [data-flags]")
    author.page.click("studio-note [data-put-away]")
    author.page.wait_for_selector("studio-list .studio-list__mark:has-text('1 guest')", state="detached")


def flagged(server, slug, cue_id, reason):
    """A guest of an evening says so, over the real socket of a real room."""
    import requests
    import socketio

    made = requests.post(f"{server.url}/api/rooms", json={"sheet": slug}, timeout=10).json()
    guest = requests.post(f"{server.url}/api/rooms/{made['code']}/guests", json={}, timeout=10).json()
    phone = socketio.Client()
    phone.connect(
        server.url,
        auth={"code": made["code"], "role": "guest", "token": guest["guest_token"]},
        transports=["polling"],
    )
    host = socketio.Client()
    host.connect(
        server.url,
        auth={"code": made["code"], "role": "host", "token": made["host_token"]},
        transports=["polling"],
    )
    assert host.call("show_now", {"cue_id": cue_id, "op_id": "a"})["ok"]
    assert json.dumps(phone.call("flag", {"cue_id": cue_id, "reason": reason, "op_id": "b"})).startswith(
        '{"ok": true'
    )
    phone.disconnect()
    host.disconnect()
