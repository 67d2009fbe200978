"""The doors without scripts: the first page, the door of a room, and every way it says no."""

import re
from dataclasses import replace

import pytest

from companion import config
from companion.config import settings

HTML = {"Accept": "text/html"}
AGENTS = {
    "KakaoTalk": "Mozilla/5.0 (Linux; Android 14; SM-S918N) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 KAKAOTALK 10.4.5",
    "Naver": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 NAVER(inapp; search; 1010; 12.3.0; 15PRO)",
    "Instagram": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Instagram 300.0.0.29",
}


@pytest.mark.parametrize(
    "spelled",
    ["{0}", "{1} {2}", "{1}-{2}", "http://192.168.0.2:8080/j/{0}", "https://x.example/r/{0}?seat=2"],
)
def test_a_code_is_taken_as_people_type_it(evening, stranger, spelled):
    typed = spelled.format(evening.code, evening.code[:3], evening.code[3:])
    answer = stranger.post("/", data={"code": typed})
    assert (answer.status_code, answer.location) == (303, f"/j/{evening.code}")


def test_a_code_in_other_digits_is_the_same_code(evening, stranger):
    arabic = evening.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert stranger.post("/", data={"code": arabic}).location == f"/j/{evening.code}"
    assert stranger.get(f"/j/{arabic}").location == f"/j/{evening.code}"


@pytest.mark.parametrize("typed", ["", "999 999", "hello", "1" * 400, "/j/123456", "<b>"])
def test_a_wrong_code_is_told_beside_the_field_and_kept_for_mending(evening, stranger, typed):
    answer = stranger.post("/", data={"code": typed})
    assert answer.status_code == 404
    assert "There is no such room" in answer.text
    assert "<b>" not in answer.text


def test_the_page_says_how_long_codes_are(evening, stranger):
    assert f'data-length="{settings.code_length}"' in stranger.get("/").text


def door(evening, browser):
    return browser.get(f"/j/{evening.code}", headers=HTML)


def test_wrong_ended_and_locked_look_the_same_to_a_stranger(evening, host, stranger):
    unknown = stranger.get("/j/987651", headers=HTML)
    host.do("lock", on=True)
    locked = door(evening, stranger)
    host.do("lock", on=False)
    host.do("end")
    ended = door(evening, stranger)
    assert unknown.status_code == locked.status_code == ended.status_code == 404
    assert unknown.text == locked.text == ended.text


def test_a_guest_comes_in_with_one_form_and_stays_who_they_are(evening, stranger):
    answer = stranger.post(f"/j/{evening.code}", data={"name": "민수"})
    assert (answer.status_code, answer.location) == (303, f"/r/{evening.code}")
    assert "민수" in stranger.get(f"/r/{evening.code}").text
    assert door(evening, stranger).location == f"/r/{evening.code}"
    assert stranger.post(f"/j/{evening.code}", data={"name": "Other"}).location == f"/r/{evening.code}"
    assert "민수" in stranger.get(f"/r/{evening.code}").text


def test_the_door_fetches_ahead_exactly_what_the_room_is_made_of(evening, stranger):
    made_of = re.compile(r'/static/[^"]+\.(?:css|js)')
    door = stranger.get(f"/j/{evening.code}").text
    ahead = re.search(r'<template id="room-files">(.*?)</template>', door)
    assert ahead
    stranger.post(f"/j/{evening.code}")
    assert set(made_of.findall(ahead[1])) == set(made_of.findall(stranger.get(f"/r/{evening.code}").text))


def test_without_a_name_one_is_given(evening, stranger):
    stranger.post(f"/j/{evening.code}", data={"name": "  "})
    assert re.search(r'id="my-name"[^>]* value="\w+ \w+"', stranger.get(f"/r/{evening.code}").text)


def test_the_name_offered_is_in_the_readers_language(evening, stranger):
    page = stranger.get(f"/j/{evening.code}", headers={"Accept-Language": "ko-KR,ko;q=0.9"}).text
    assert re.search(r'id="name"[^>]* value="[가-힣 ]+"', page)


def test_a_name_of_ten_thousand_characters_is_refused_beside_the_field(evening, stranger):
    answer = stranger.post(f"/j/{evening.code}", data={"name": "a" * 9000})
    assert answer.status_code == 422
    assert "24 characters at most" in answer.text


def test_a_second_seat_is_a_second_guest_in_the_same_browser(evening, stranger):
    stranger.post(f"/j/{evening.code}", data={"name": "Ana"})
    answer = stranger.post(f"/j/{evening.code}?seat=2", data={"name": "Bo"})
    assert answer.location == f"/r/{evening.code}?seat=2"
    assert "Bo" in stranger.get(f"/r/{evening.code}?seat=2").text
    assert "Ana" in stranger.get(f"/r/{evening.code}").text


def test_a_locked_room_lets_back_in_who_was_in(evening, host, stranger):
    stranger.post(f"/j/{evening.code}", data={"name": "Ana"})
    host.do("lock", on=True)
    assert stranger.get(f"/r/{evening.code}").status_code == 200


def test_a_guest_of_an_ended_room_is_told_so_and_led_to_what_it_was(evening, host, stranger):
    stranger.post(f"/j/{evening.code}", data={"name": "Ana"})
    host.do("end")
    answer = door(evening, stranger)
    assert answer.status_code == 410
    assert "/recap/" in answer.text


def test_a_removed_guest_is_told_and_kept_out_of_every_door(evening, host, stranger):
    stranger.post(f"/j/{evening.code}", data={"name": "Ana"})
    [person] = [p for p in host.snapshot()["people"]["list"] if p["name"] == "Ana"]
    host.do("remove_guest", guest_id=person["guest_id"])
    for answer in (
        door(evening, stranger),
        stranger.get(f"/r/{evening.code}"),
        stranger.post(f"/j/{evening.code}"),
    ):
        assert answer.status_code == 403
        assert "not in this room any more" in answer.text


def test_a_full_room_offers_to_watch(evening, stranger):
    evening.guest("Ana")
    config.use(replace(config.InUse._settings, guests_per_room=1))
    answer = door(evening, stranger)
    assert answer.status_code == 409
    assert 'name="watch"' in answer.text
    assert stranger.post(f"/j/{evening.code}", data={"name": "Bo"}).status_code == 409
    assert stranger.post(f"/j/{evening.code}", data={"watch": "1"}).location == f"/r/{evening.code}"


@pytest.mark.parametrize("app_name", AGENTS)
def test_another_apps_browser_gets_one_line_that_leads_out(evening, stranger, app_name):
    page = stranger.get(f"/j/{evening.code}", headers={"User-Agent": AGENTS[app_name]}).text
    assert page.count('class="in-app"') == 1
    assert app_name in page


def test_an_ordinary_browser_gets_no_such_line(evening, stranger):
    assert "in-app" not in door(evening, stranger).text


@pytest.mark.parametrize(("agent", "offers"), [("Linux; Android 14) Chrome/140", True), ("iPhone", False)])
def test_a_buzz_is_offered_where_a_phone_may_have_one(evening, stranger, agent, offers):
    page = stranger.get(f"/j/{evening.code}", headers={"User-Agent": f"Mozilla/5.0 ({agent}"}).text
    assert ('data-setting="buzz"' in page) == offers


def test_the_first_page_leads_back_to_my_room_and_forgets_ended_ones(evening, host, stranger):
    stranger.post(f"/j/{evening.code}", data={"name": "Ana"})
    assert f'href="/r/{evening.code}"' in stranger.get("/").text
    host.do("end")
    assert f'href="/r/{evening.code}"' not in stranger.get("/").text


def test_scripts_hear_the_same_no_as_a_person(evening, host, stranger):
    host.do("lock", on=True)
    answer = stranger.post(f"/j/{evening.code}", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.get_json()["page"].startswith(f"/j/{evening.code}")


def test_the_manifest_opens_the_room_it_was_taken_from(stranger):
    told = stranger.get("/manifest.webmanifest?room=482917").get_json()
    assert (told["start_url"], told["display"], told["background_color"]) == (
        "/r/482917",
        "standalone",
        "#000000",
    )
    for icon in told["icons"]:
        assert stranger.get(icon["src"]).status_code == 200


def test_errors_are_dark_pages_in_the_readers_language_with_a_way_on(stranger):
    answer = stranger.get("/nothing-here", headers={**HTML, "Accept-Language": "ko"})
    assert answer.status_code == 404
    assert '<html lang="ko"' in answer.text
    assert 'name="color-scheme" content="dark"' in answer.text
    assert 'href="/"' in answer.text
