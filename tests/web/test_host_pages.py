"""Hosting a night by form, what a length means, and the page of the remote."""

import re

import pytest

from companion import database
from companion.countries import country_names
from companion.models.room import room_at
from companion.models.sheet import sheet_named
from companion.web.film_facts import explain_length

ANSWERS = {"sheet": "three-minutes", "seen_it": "yes", "apart": "no"}


def open_night(browser, **answers):
    return browser.post("/host/new", data={**ANSWERS, **answers})


def opened(response):
    code, secret = re.fullmatch(r"/host/(\d+)#(\S+)", response.headers["Location"]).groups()
    return code, secret


def kept_room(code):
    with database.reading() as session:
        room = room_at(session, code)
        return {
            "name": room.name,
            "apart": room.apart,
            "pace": room.pace,
            "runtime": room.runtime,
            "opens_at": room.opens_at,
        }


def test_four_answers_open_a_room_without_any_script(stranger):
    response = open_night(stranger, name="Friday film", length="2:53", pace="talkative", apart="yes")
    assert response.status_code == 303
    code, secret = opened(response)
    room = kept_room(code)
    assert (room["name"], room["apart"], room["pace"], room["runtime"]) == (
        "Friday film",
        True,
        "talkative",
        173,
    )
    assert secret not in stranger.get(f"/host/{code}").text


def test_the_host_cookie_is_another_secret_than_the_link(stranger):
    response = open_night(stranger)
    _, secret = opened(response)
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and secret not in cookie


@pytest.mark.parametrize(
    "answers, sentence",
    [
        ({"sheet": ""}, "Choose a film first."),
        ({"sheet": "no-such-film"}, "Choose a film first."),
        ({"length": "a while"}, "not a length we can read"),
        ({"opens_at": "1999-01-01T20:00"}, "within the next 60 days"),
        ({"opens_at": "soon"}, "cannot be read"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_beside_the_others(stranger, answers, sentence):
    response = open_night(stranger, name="Kept words", **answers)
    assert response.status_code == 422
    assert sentence in response.text and "Kept words" in response.text


def test_a_planned_night_opens_when_the_host_said_in_their_own_time_zone(stranger, time):
    from datetime import UTC, datetime, timedelta

    planned = datetime.fromtimestamp(time.wall() + 86_400, UTC).replace(second=0, microsecond=0)
    local = (planned + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")
    code, _ = opened(open_night(stranger, opens_at=local, utc_offset="540"))
    assert kept_room(code)["opens_at"] == planned.timestamp()


def test_every_film_says_in_peoples_words_how_it_is_timed_and_what_it_is_not(stranger):
    page = stranger.get("/host/new").text
    assert re.search(r"timed by guess, about ±\d minutes\. Tap 6 moments and they fit", page)
    assert "Turkey, 2019, 2:12:00" in page


def cards_of(stranger, lang):
    """The films to choose from, each as its words on the page."""
    page = stranger.get(f"/host/new?lang={lang}").text
    found = re.findall(r'value="([\w-]+)" id="film-.*?<label[^>]*>(.*?)</label>', page, re.DOTALL)
    return {
        slug: " ".join(re.sub("<[^>]+>", " ", card).replace("&nbsp;", " ").split()) for slug, card in found
    }


def test_countries_of_films_are_called_as_the_reader_calls_them(stranger, app):
    korean = cards_of(stranger, "ko")
    assert "2013 · 대한민국 · 이환경" in korean["miracle-in-cell-no-7"]
    assert "튀르키예, 2019" in korean["miracle-in-cell-no-7"] and "네덜란드" in korean["sintel"]
    assert "2013 · South Korea · Lee Hwan-kyung" in cards_of(stranger, "en")["miracle-in-cell-no-7"]
    with app.test_request_context("/?lang=en"):
        assert country_names("대한민국, FR, Ruritania") == "South Korea, France, Ruritania"
        assert country_names("Turkey") == "Turkey"


def test_the_film_to_practise_with_says_so_and_no_other_does(stranger):
    said = {slug: card for slug, card in cards_of(stranger, "en").items() if "For practice" in card}
    assert list(said) == ["three-minutes"]
    assert "2026 · Nobody yet · 0:03:00" in said["three-minutes"]


def test_a_kind_of_card_has_one_word_before_the_evening_and_in_it(stranger):
    card = cards_of(stranger, "en")["miracle-in-cell-no-7"]
    assert re.search(r"\d+ trivia · \d+ themes", card) and "facts" not in card
    assert re.search(r"알고 보면 \d+개", cards_of(stranger, "ko")["miracle-in-cell-no-7"])


def miracle(session):
    sheet = sheet_named(session, "miracle-in-cell-no-7")
    return sheet.revision(sheet.published).cue_sheet()


@pytest.mark.parametrize(
    "typed, kind",
    [
        ("2:07:00", "same"),
        ("127m", "same"),
        ("2:01:55", "faster"),
        ("2:02:35", "faster"),
        ("2:12:00", "other_film"),
        ("1:59:00", "other_film"),
        ("2:12:18", "other_film"),
        ("2:20:00", "cut"),
        ("1:30:00", "cut"),
        ("later", "unread"),
        ("0:00:10", "unread"),
    ],
)
def test_what_a_length_means(app, typed, kind):
    with app.test_request_context(), database.reading() as session:
        answer = explain_length(miracle(session), typed)
    assert answer.kind == kind
    assert answer.sentence and "%" not in answer.sentence.replace("4 %", "")


def test_a_copy_a_tenth_of_a_percent_off_is_called_the_same_not_4_percent_fast(app):
    from tests.rules.making import scene, sheet_of

    precise = sheet_of(
        [scene("a", timing="measured")], edition={"name": "Disc", "runtime": 7200, "within": 2}
    )
    with app.test_request_context():
        assert explain_length(precise, "1:59:53").kind == "same"
        assert explain_length(precise, "1:55:12").kind == "faster"


def test_a_room_opened_with_a_television_copys_length_runs_at_its_speed(stranger):
    code, _ = opened(open_night(stranger, sheet="miracle-in-cell-no-7", length="2:01:55"))
    with database.reading() as session:
        room = room_at(session, code)
        assert room.stretch == 25 / 24 and room.runtime == 7315
        last = room.sheet.film_scenes[-1]
        assert room.place_of(last.id) == pytest.approx(last.start / room.stretch, rel=0.001)


@pytest.mark.parametrize(
    "length, told",
    [("2:12:00", "Turkey, 2019, 2:12:00"), ("1:59:00", "Philippines, 2019, 1:59:00")],
)
def test_another_films_length_is_explained_with_what_to_do_about_it(stranger, length, told):
    sentence = stranger.get(f"/host/length?sheet=miracle-in-cell-no-7&length={length}").get_json()["sentence"]
    assert told in sentence and "South Korea, 2013" in sentence and "Look at the title once more" in sentence


def test_a_length_is_explained_over_the_wire(stranger):
    told = stranger.get("/host/length?sheet=miracle-in-cell-no-7&length=2:01:55").get_json()
    assert told["kind"] == "faster" and "2:01:55 instead of 2:07:00" in told["sentence"]
    assert stranger.get("/host/length?sheet=nothing&length=1").status_code == 422


def test_the_remote_of_no_room_is_not_found(stranger):
    assert stranger.get("/host/000000").status_code == 404


def test_the_remotes_page_says_nothing_of_the_room_or_its_film_to_who_is_no_host(stranger):
    code, _ = opened(open_night(stranger, name="Secret night"))
    elsewhere = stranger.application.test_client()
    page = elsewhere.get(f"/host/{code}").text
    assert "Remote" in page
    assert not re.search("Secret night|Usherette|timed by guess|Eleven keys|One thing at a time", page)
    mine = stranger.get(f"/host/{code}").text
    assert "<title>Remote · Secret night" in mine and "timed by guess" in mine


def test_the_demo_is_there_only_where_it_is_switched_on(stranger):
    assert stranger.get("/demo").status_code == 404
    assert stranger.post("/demo").status_code == 404
