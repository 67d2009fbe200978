"""The room's page as the server sends it: right at once, readable and answerable without scripts, silent about what is to come."""

import re

import pytest


@pytest.fixture
def browser(evening):
    browser = evening.app.test_client()
    browser.post(f"/j/{evening.code}", data={"name": "Ana"})
    return browser


def room(evening, browser, **headers):
    answer = browser.get(f"/r/{evening.code}", headers=headers)
    assert answer.status_code == 200
    return answer.text


def in_front(page):
    stage = page[page.index('id="stage"') : page.index("room__hands")]
    return re.findall(r'data-cue-id="([^"]+)"', stage)


def so_far(page):
    drawer = page[page.index('id="so-far"') : page.index('id="settings"')]
    return re.findall(r'data-cue-id="([^"]+)"', drawer)


def test_a_stranger_is_sent_to_the_door(evening, stranger):
    assert stranger.get(f"/r/{evening.code}").location == f"/j/{evening.code}"


def test_the_lobby_has_its_stack_and_its_questions(evening, browser):
    assert in_front(room(evening, browser)) == ["made-of-cards", "your-seat"]


def test_the_current_card_stands_on_the_page(evening, host, browser):
    host.do("start")
    evening.later(6)
    page = room(evening, browser)
    assert in_front(page) == ["eleven-keys"]
    assert "0:00:06" in page


def test_a_card_that_was_released_early_is_not_on_the_page_before_its_moment(evening, host, browser):
    host.do("start")
    evening.later(2)
    page = room(evening, browser)
    assert in_front(page) == []
    assert "eleven keys" not in page


def test_nothing_to_come_is_on_the_page(evening, host, browser):
    host.do("start")
    evening.later(25)
    page = room(evening, browser)
    for word in ("thirteen", "projector", "splices", "Two are left over", "walked with her"):
        assert word not in page


def test_what_was_so_far_is_listed_newest_scene_first(evening, host, browser):
    host.do("start")
    evening.later(44)
    found = so_far(room(evening, browser))
    assert found.index("one-thing-at-a-time") < found.index("eleven-keys")


def test_a_vote_without_scripts_is_kept_and_told_back(evening, host, browser):
    host.do("start")
    evening.later(21)
    page = room(evening, browser)
    assert 'method="post"' in page and 'value="velvet"' in page
    answer = browser.post(f"/r/{evening.code}", data={"cue_id": "first-smell", "option_id": "velvet"})
    assert answer.status_code == 303
    assert "Your answer: Old velvet" in room(evening, browser)
    evening.later(22)
    told = room(evening, browser)
    assert re.search(r"Old velvet\s*</th><td class=\"figures\">1</td>", told)


def test_the_answer_of_a_quiz_is_on_the_page_only_after_it(evening, host, browser):
    host.do("start")
    host.do("mark", scene_id="stairs")
    evening.later(8)
    page = room(evening, browser)
    assert "how-many-keys" in in_front(page)
    assert "Eleven keys for nine doors. Two" not in page
    evening.later(22)
    assert "Eleven keys for nine doors. Two are left over." in room(evening, browser)


def test_the_silence_after_the_film_has_one_line_and_no_card(evening, host, browser):
    host.do("start")
    evening.later(10)
    host.do("film_over")
    page = room(evening, browser)
    assert in_front(page) == []
    assert "Stay with it for a moment." in page


def test_pages_refresh_themselves_only_where_no_script_does(evening, browser):
    page = room(evening, browser)
    assert page.count("http-equiv") == 1
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page


def test_cards_come_in_the_language_of_the_page_and_say_when_they_cannot(evening, browser):
    page = browser.get(f"/r/{evening.code}?lang=ko").text
    assert "글귀로 보는 영화" in page
    assert "글귀로" not in browser.get(f"/r/{evening.code}?lang=en").text
    strange = browser.get(f"/r/{evening.code}?lang=en-XA").text
    assert "card__fallback" in strange


def test_warnings_are_read_only_by_who_opens_them_and_never_sent_as_cards(evening, browser):
    page = room(evening, browser)
    assert "The torch goes out soon" in page[page.index("Read them all now") :]
    assert "darkness-ahead" not in page


def test_the_code_for_latecomers_is_dark_on_light(evening, browser):
    page = room(evening, browser)
    assert f"/j/{evening.code}" in page
    assert re.search(r'<svg[^>]*class="qr"', page)


def test_the_lobby_tells_of_the_film_in_the_guests_own_language(evening, host, browser):
    lobby = lobby_of(room(evening, browser))
    assert "A picture house closes tomorrow" in lobby
    told = browser.get(f"/r/{evening.code}?lang=ko").text
    assert "내일이면 문을 닫는 극장" in lobby_of(told) and "picture house" not in told


def test_what_is_hard_to_watch_is_read_in_the_lobby_only_by_who_opens_it(evening, browser):
    folded = re.search(r"<details[^>]*>(.*?)</details>", lobby_of(room(evening, browser)), re.S)
    assert "Twenty seconds of complete darkness" in folded[1]
    assert "화면이 20초 동안" in lobby_of(browser.get(f"/r/{evening.code}?lang=ko").text)


def lobby_of(page):
    return page[page.index('class="before-part"') : page.index('class="after-part"')]
