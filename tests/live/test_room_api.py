"""Rooms for programs: made, looked at, joined, hosted."""

import pytest

STRANGERS_SENTENCE = "There is no such room, or it is not open. Check the number."


def test_a_room_comes_with_its_addresses_and_one_secret(evening):
    made = evening.made
    assert made["join_url"].endswith(f"/j/{made['code']}") and made["screen_url"].endswith(
        f"/tv/{made['code']}"
    )
    assert made["host_url"].endswith(f"/host/{made['code']}#{made['host_token']}")
    assert len(made["code"]) == 6 and made["code"][0] != "0"


@pytest.mark.parametrize(
    "body",
    [
        {"sheet": "no-such-film"},
        {},
        {"sheet": "three-minutes", "pace": "wild"},
        {"sheet": "three-minutes", "runtime": 5},
        {"sheet": "three-minutes", "edition": "directors"},
        {"sheet": "three-minutes", "extra": 1},
        {"sheet": 7},
    ],
)
def test_a_room_that_cannot_be_is_refused_with_a_sentence(stranger, body):
    answer = stranger.post("/api/rooms", json=body)
    assert answer.status_code == 422 and answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"]


def test_broken_json_is_refused(stranger):
    assert stranger.post("/api/rooms", data=b'{"sheet": ').status_code == 422


def test_another_release_brings_its_own_times(app, time):
    from tests.people import Evening

    evening = Evening(app, time, edition="pal")
    told = evening.host().snapshot()
    assert told["room"]["runtime"] == 172.8
    assert next(c["start"] for c in told["queue"] if c["cue_id"] == "seven-splices") == pytest.approx(124)


def test_a_stranger_hears_one_sentence_for_wrong_locked_and_ended(app, time, evening, host, guest, stranger):
    from tests.people import Evening

    locked, ended = Evening(app, time), Evening(app, time)
    locked.host().do("lock", on=True)
    ended.host().do("end")
    answers = [stranger.get(f"/api/rooms/{code}") for code in ("999999", locked.code, ended.code, "abc")]
    assert {(a.status_code, a.get_json()["detail"]) for a in answers} == {(404, STRANGERS_SENTENCE)}
    joins = [
        stranger.post(f"/api/rooms/{code}/guests", json={}) for code in ("999999", locked.code, ended.code)
    ]
    assert {(a.status_code, a.get_json()["detail"]) for a in joins} == {(404, STRANGERS_SENTENCE)}


def test_who_is_inside_hears_which_it_is(evening, host, guest):
    host.do("lock", on=True)
    told = guest.web.get(f"/api/rooms/{evening.code}").get_json()
    assert told["locked"] is True and told["part"] == "before"


def test_the_door_tells_the_film_and_how_many_are_here(evening, guest, stranger):
    told = stranger.get(f"/api/rooms/{evening.code}").get_json()
    assert (told["film_title"], told["here"]) == ("The Last Usherette", 1)
    assert "part" not in told


def test_a_code_may_be_typed_in_any_digits_with_spaces(evening, stranger):
    wide = "".join(chr(0xFF10 + int(d)) for d in evening.code[:3]) + " " + evening.code[3:]
    assert stranger.get(f"/api/rooms/{wide}").status_code == 200


def test_who_gives_no_name_gets_a_friendly_one_in_their_language(evening, stranger):
    name = stranger.post(f"/api/rooms/{evening.code}/guests", json={}).get_json()["name"]
    assert len(name.split()) == 2 and name.isascii()
    korean = stranger.post(
        f"/api/rooms/{evening.code}/guests?seat=2", json={}, headers={"Accept-Language": "ko"}
    ).get_json()["name"]
    assert any("가" <= letter <= "힣" for letter in korean)


def test_one_browser_may_hold_several_guests(evening, stranger):
    first = stranger.post(f"/api/rooms/{evening.code}/guests", json={"name": "A"})
    second = stranger.post(f"/api/rooms/{evening.code}/guests?seat=2", json={"name": "B"})
    assert first.get_json()["guest_id"] != second.get_json()["guest_id"]
    cookies = first.headers.getlist("Set-Cookie") + second.headers.getlist("Set-Cookie")
    held = [c for c in cookies if c.startswith("guest-")]
    assert len(held) == 2 and held[1].split("=")[0].endswith("-2")
    assert all("HttpOnly" in c and "SameSite=Lax" in c for c in held)


def test_a_name_that_cannot_be_is_refused(evening, stranger):
    answer = stranger.post(f"/api/rooms/{evening.code}/guests", json={"name": "x" * 30})
    assert answer.status_code == 422 and "24" in answer.get_json()["detail"]


def test_the_host_link_is_swapped_for_a_cookie_and_opens_once_per_browser(evening, stranger):
    for seen_it in (False, True):
        answer = stranger.post(
            f"/api/rooms/{evening.code}/hosts", json={"host_token": evening.host_token, "seen_it": seen_it}
        )
        assert answer.status_code == 201 and answer.get_json()["seen_it"] is seen_it
    from companion import database

    with database.reading() as session:
        assert len(evening.room()(session).hosts) == 2


def test_a_wrong_host_token_hosts_nothing(evening, stranger, app, time):
    from tests.people import Evening

    other = Evening(app, time)
    for token in ("guess", other.host_token):
        answer = stranger.post(f"/api/rooms/{evening.code}/hosts", json={"host_token": token})
        assert answer.status_code == 404 and "Set-Cookie" not in answer.headers


def test_the_list_of_films_tells_what_a_host_needs_to_choose(stranger):
    films = {film["slug"]: film for film in stranger.get("/api/sheets").get_json()["sheets"]}
    film = films["three-minutes"]
    assert film["runtime"] == 180 and film["languages"] == ["en", "ko"] and film["timing"] == "guessed"
    assert set(film) == {"slug", "film", "runtime", "editions", "languages", "timing"}


def test_tokens_are_kept_hashed_only(evening, host, guest):
    import sqlite3

    from companion import database

    dump = "\n".join(sqlite3.connect(database.opened().engine.url.database).iterdump())
    assert guest.joined["guest_token"] not in dump and evening.host_token not in dump
