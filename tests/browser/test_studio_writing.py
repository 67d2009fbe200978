"""Writing notes: nothing typed is ever lost, and every step goes back and forth."""

import pytest

from tests.browser.studio_people import Author

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(own_server):
    return own_server


@pytest.fixture
def author(device, server):
    made = Author(device, server)
    yield made
    assert made.faults == []


def test_a_first_note_is_on_the_list_the_phone_and_the_server(author):
    author.begins_by_the_form().adds_note("Look at her hands")
    author.page.wait_for_selector("[data-phone] .card__text:has-text('Look at her hands')")
    author.is_saved()
    assert author.stored()["cues"][0]["text"] == {"en": "Look at her hands"}


def test_pasted_lines_become_scenes_and_notes(author):
    author.begins_by_the_form(
        text="# 0:00 The arrival\nFirst words\n0:12:30 trivia: It was raining\n# 0:20:00 The house\npoll: Who opens? | He | She\n"
    )
    assert author.texts() == ["First words", "It was raining", "Who opens?"]
    assert author.page.locator("studio-list .studio-list__time:has-text('0:12:30')").count() == 1


def test_a_time_may_be_typed_in_any_spelling(author):
    author.begins().adds_note("Words")
    at = author.page.locator("[data-at]")
    for said in ["1:02:03", "62:03", "3723", "3723.0", "1h2m3s"]:
        at.fill(said)
        at.blur()
        assert at.input_value() == "1:02:03"
        author.is_saved()
        assert author.stored()["cues"][0]["offset"] == 3723
        at.fill("0:00:01")
        at.blur()


def test_what_is_no_time_is_said_beside_the_field_and_changes_nothing(author):
    author.begins().adds_note("Words")
    author.page.fill("[data-at]", "soon")
    assert "not a time" in author.page.inner_text("[data-field=offset] [data-fault]")
    author.is_saved()
    assert author.stored()["cues"][0]["offset"] == 0


def test_undo_and_redo_go_two_hundred_steps_and_survive_a_reload(author):
    author.begins().adds_note("Words")
    page = author.page
    page.evaluate(
        """() => { for (let n = 0; n < 210; n += 1) document.querySelector(`[data-move="${n % 2 ? 1 : 0.1}"]`).click()
             for (let n = 0; n < 210; n += 1) document.querySelector(`[name=kind][value=${n % 2 ? "theme" : "trivia"}]`).click() }"""
    )
    page.click("[data-copy]")
    page.reload()
    author.at_desk()
    assert len(author.texts()) == 2
    page.keyboard.press("Control+z")
    assert len(author.texts()) == 1
    page.keyboard.press("Control+Shift+z")
    assert len(author.texts()) == 2
    steps = page.evaluate(
        "() => { let n = 0; while (!document.querySelector('[data-undo]').disabled) { document.querySelector('[data-undo]').click(); n += 1 } return n }"
    )
    assert steps >= 200
    assert (
        page.evaluate(
            "() => { let n = 0; while (!document.querySelector('[data-redo]').disabled) { document.querySelector('[data-redo]').click(); n += 1 } return n }"
        )
        == steps
    )
    assert len(author.texts()) == 2


def test_killing_the_server_while_typing_loses_nothing(author, server):
    author.begins().adds_note("Before the fall. ")
    author.is_saved()
    page = author.page
    page.focus("studio-note [data-word=text]")
    page.keyboard.press("End")
    server.kill9()
    page.keyboard.type("Typed into the dark. ", delay=30)
    page.wait_for_selector("[data-saved][data-standing=offline]")
    page.keyboard.type("And more.", delay=30)
    page.wait_for_timeout(1000)
    server.restart()
    author.is_saved()
    assert author.stored()["cues"][0]["text"]["en"] == "Before the fall. Typed into the dark. And more."


def test_closing_the_page_without_a_server_loses_nothing_either(device, server):
    author = Author(device, server).begins().adds_note("Kept")
    author.is_saved()
    link = author.link
    server.kill9()
    author.page.focus("studio-note [data-word=text]")
    author.page.keyboard.press("End")
    author.page.keyboard.type(" on this device")
    author.page.wait_for_timeout(900)
    author.page.close()
    server.restart()
    author.page = author.browser.new_page()
    author.opens(link)
    author.is_saved()
    assert author.stored()["cues"][0]["text"]["en"] == "Kept on this device"


def test_two_authors_on_different_notes_both_stand(device, server):
    ana = Author(device, server).begins().adds_note("Ana wrote this")
    ana.is_saved()
    ben = Author(device, server).opens(ana.link)
    ben.adds_note("Ben wrote that")
    ana.page.fill("studio-note [data-word=text]", "Ana wrote this first")
    ana.page.wait_for_selector("studio-list :text('Ben wrote that')")
    ben.page.wait_for_selector("studio-list :text('Ana wrote this first')")
    assert {cue["text"]["en"] for cue in ana.stored()["cues"]} == {"Ana wrote this first", "Ben wrote that"}


def test_two_authors_on_the_same_note_are_shown_both_versions_and_choose(device, server):
    ana = Author(device, server).begins().adds_note("Words")
    ana.is_saved()
    ben = Author(device, server).opens(ana.link).chooses("Words")
    ana.browser.set_offline(True)
    ana.page.fill("studio-note [data-word=text]", "Ana's words")
    ben.page.fill("studio-note [data-word=text]", "Ben's words")
    ben.is_saved()
    ben.page.wait_for_timeout(1500)
    ana.browser.set_offline(False)
    ana.page.wait_for_selector("studio-conflicts :text('Ana\\'s words')")
    assert "Ben's words" in ana.page.inner_text("studio-conflicts")
    assert ana.stored()["cues"][0]["text"]["en"] == "Ben's words"
    ana.page.click("[data-settle=mine]")
    ana.is_saved()
    ana.page.wait_for_timeout(300)
    assert ana.stored()["cues"][0]["text"]["en"] == "Ana's words"


def test_two_tabs_of_one_author_write_together(device, server):
    author = Author(device, server).begins().adds_note("First tab")
    author.is_saved()
    other = author.browser.new_page()
    other.goto(f"{server.url}/studio/{author.slug}")
    other.wait_for_selector("studio-list :text('First tab')")
    other.click("[aria-label='Add a note to A scene without a name']")
    other.keyboard.type("Second tab")
    author.page.wait_for_selector("studio-list :text('Second tab')")


def test_an_earlier_version_shows_what_changed_and_comes_back_as_one_step(author):
    author.begins().adds_note("Words")
    author.is_saved()
    history = author.opens_dialog("history")
    history.locator("[name=note]").fill("with one note")
    history.locator("[data-name-version] button").click()
    history.locator("[data-step]:has-text('with one note')").wait_for()
    history.locator("[data-close]").click()
    author.page.click("studio-note [data-away]")
    author.is_saved()
    history = author.opens_dialog("history")
    history.locator("[data-step]:has-text('with one note')").click()
    history.locator(".studio-change[data-did=gone]:has-text('Words')").wait_for()
    history.locator("[data-restore]").click()
    history.locator("[data-close]").click()
    assert author.texts() == ["Words"]
    author.page.click("[data-undo]")
    assert author.texts() == []


def test_moving_everything_is_shown_first_done_once_and_undone_once(author):
    author.begins(text="# 0:01:00 One\n0:01:10 a\n# 0:02:00 Two\n0:02:10 b\n")
    bulk = author.opens_dialog("bulk")
    bulk.locator("[name=by]").fill("+30")
    bulk.locator("button[type=submit]").click()
    assert "0:02:10" in bulk.locator("[data-before-after]").inner_text()
    assert "0:02:40" in bulk.locator("[data-before-after]").inner_text()
    bulk.locator("[data-apply]").click()
    bulk.locator("[data-close]").click()
    times = "all => all.map(each => each.textContent).filter(Boolean)"
    assert author.page.eval_on_selector_all("studio-list .studio-list__note .studio-list__time", times) == [
        "0:01:40",
        "0:02:40",
    ]
    author.page.click("[data-undo]")
    assert author.page.eval_on_selector_all("studio-list .studio-list__note .studio-list__time", times) == [
        "0:01:10",
        "0:02:10",
    ]


def test_a_check_leads_to_its_note_and_is_repaired_by_a_press(author):
    author.begins(text="0:01:00 poll: Who? | He | She\n")
    author.chooses("Who?")
    author.page.fill("[data-path=duration]", "3")
    author.page.locator("[data-path=duration]").blur()
    author.page.wait_for_selector("studio-note .studio-finding:has-text('15 seconds')")
    author.page.click("studio-note .studio-finding:has-text('15 seconds') [data-repair]")
    author.is_saved()
    assert author.stored()["cues"][0]["duration"] >= 15


def test_the_film_is_told_in_each_language_and_a_plain_director_is_kept(author):
    author.begins(second="ko").adds_note("Words")
    author.page.evaluate(
        """() => { const { draft } = document.querySelector('studio-note')
             draft.edit('x', { ...draft.document, film: { ...draft.document.film, director: 'Somebody' } }) }"""
    )
    film = author.opens_dialog("film")
    assert film.locator("[data-path='film.director.en']").input_value() == "Somebody"
    film.locator("[data-path='film.title.ko']").fill("다리")
    film.locator("[data-path='film.director.ko']").fill("누군가")
    film.locator("[data-add-reaction]").click()
    film.locator("[data-part=emoji]").fill("😭")
    film.locator("[data-part=ko]").fill("울컥")
    film.locator("[data-close]").click()
    author.is_saved()
    sheet = author.stored()
    assert sheet["film"]["title"] == {"en": "The Bridge", "ko": "다리"}
    assert sheet["film"]["director"] == {"en": "Somebody", "ko": "누군가"}
    assert sheet["reactions"] == [{"emoji": "😭", "name": {"ko": "울컥"}}]
