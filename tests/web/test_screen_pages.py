"""The television: what it shows when, and that it never knows more than it may."""

import re
import shutil
import subprocess
from urllib.parse import urljoin

import pytest

from companion import database
from tests.browser.conftest import missing
from tests.people import Phone

CARDS = {"eleven-keys": "eleven keys", "one-thing-at-a-time": "One thing at a time"}


class Television:
    """A browser that opened /tv/<code>."""

    def __init__(self, evening):
        self.web = evening.app.test_client()
        self.code = evening.code
        self.first = self.web.get(f"/tv/{self.code}", headers={"Accept-Language": "en"})

    @property
    def now(self) -> str:
        shown = self.web.get(f"/tv/{self.code}/now", headers={"Accept-Language": "en"})
        assert shown.status_code == 200
        return shown.text

    @property
    def mode(self) -> str:
        return self.now.split('data-mode="')[1].split('"')[0]


@pytest.fixture
def television(evening):
    return Television(evening)


def test_the_lobby_shows_the_way_in_and_who_is_here(evening, television):
    evening.guest("Ana")
    shown = television.now
    spoken = f"{evening.code[:3]}\u00a0{evening.code[3:]}"
    assert spoken in shown and f"/tv/{evening.code}/qr.svg" in shown
    assert "Ana" in shown and "1 person is in" in shown
    assert "Twenty seconds of complete darkness" in shown


def test_in_a_hall_names_give_way_to_a_number(evening, television):
    for number in range(13):
        evening.guest(f"Guest {number}")
    shown = television.now
    assert "13 people are in" in shown and "Guest 3" not in shown


def test_the_first_page_holds_what_later_ones_bring(evening, television):
    assert 'data-mode="lobby"' in television.first.text
    assert "no-store" in television.first.headers["Cache-Control"]


def test_during_the_film_it_is_dark(evening, host, television):
    host.do("start")
    evening.later(6)
    assert television.mode == "quiet"
    assert not [words for words in CARDS.values() if words in television.now]


def test_the_corner_glows_when_a_card_lands(evening, host, television):
    host.do("start")
    evening.later(3.5)
    assert "data-glow-in" not in television.now and "data-again-in" in television.now
    evening.later(1.5)
    assert "data-glow-in" in television.now
    evening.later(4)
    assert "data-glow-in" not in television.now


def test_what_the_host_asks_for_is_shown_and_taken_away(evening, host, television):
    host.do("start")
    host.do("show_now", cue_id="one-thing-at-a-time")
    assert television.mode == "card" and 'data-key="card-one-thing-at-a-time"' in television.now
    host.do("take_away", cue_id="one-thing-at-a-time")
    assert television.mode == "quiet"
    host.do("show_now", cue_id="eleven-keys")
    evening.later(50)
    assert television.mode == "quiet"


def test_black_in_every_part_and_back(evening, host, television):
    for before, begin in (("lobby", None), ("quiet", "start"), ("silence", "film_over")):
        if begin:
            host.do(begin)
        assert television.mode == before
        host.do("black", on=True)
        assert television.mode == "black" and evening.code not in television.now
        host.do("undo")
        assert television.mode == before


def test_the_number_stands_there_for_a_minute_when_the_host_asks_for_it(evening, host, television):
    host.do("start")
    host.do("show_code", on=True)
    assert television.mode == "code" and f"{evening.code[:3]}\u00a0{evening.code[3:]}" in television.now
    host.do("undo")
    assert television.mode == "quiet"
    host.do("show_code", on=True)
    evening.later(61)
    assert television.mode == "quiet"


def test_a_result_is_shown_when_the_film_stands_still_after_its_moment(evening, host, television):
    ana = evening.guest("Ana")
    host.do("start")
    evening.later(22)
    ana.do("vote", cue_id="first-smell", option_id="rain")
    host.do("pause")
    assert television.mode == "quiet"
    host.do("play")
    evening.later(20)
    assert television.mode == "quiet"
    host.do("pause")
    evening.later(1)
    assert television.mode == "result"
    assert "Ana" not in television.now
    host.do("play")
    assert television.mode == "quiet"


def test_a_quiz_tells_its_answer_only_with_its_result(evening, host, television):
    host.do("start")
    host.do("show_now", cue_id="how-many-keys")
    assert television.mode == "card" and "data-right" not in television.now
    host.do("close_poll", cue_id="how-many-keys")
    evening.later(6)
    assert television.mode == "result" and "data-right" in television.now


def test_after_the_film_silence_then_what_the_host_brings(evening, host, television):
    host.do("start")
    host.do("film_over")
    assert television.mode == "silence"
    evening.later(7)
    assert television.mode == "after"
    host.do("next")
    assert 'data-key="card-what-to-take"' in television.now
    host.do("end")
    assert television.mode == "recap"


def test_a_countdown_is_shown_to_the_whole_room(evening, host, television):
    host.do("start", countdown=8)
    assert television.mode == "countdown" and ">8<" in television.now
    evening.later(9)
    assert television.mode == "quiet"


def test_on_a_locked_room_it_shows_four_letters_until_the_host_lets_it_in(evening, host):
    host.do("lock", on=True)
    television = Television(evening)
    shown = television.first.text
    assert television.mode == "letters" and evening.made["host_token"] not in shown
    letters = shown.split('tv__letters">')[1][:4]
    assert host.refused("admit_screen", letters="ZZZZ" if letters != "ZZZZ" else "XXXX") == "bad_field"
    host.do("admit_screen", letters=letters.lower())
    assert television.mode == "lobby"


def test_a_television_nobody_opened_gets_nothing(evening, stranger):
    assert stranger.get(f"/tv/{evening.code}/now").status_code == 404
    assert stranger.get("/tv/000000").status_code == 404


def test_no_secret_and_no_card_before_its_time_reaches_the_television(evening, host, television):
    pages = [television.first.text]
    host.do("start")
    for _ in range(16):
        evening.later(1)
        pages.append(television.now)
    with database.reading() as session:
        room = evening.room()(session)
        later = [cue for cue in room.sheet.cues_of("film") if room.alignment.cue_place(cue) > 22]
        words = [
            text for cue in later for text in (*cue.text.values(), *cue.title.values()) if len(text) > 12
        ]
    seen = "".join(pages)
    assert words and not [text for text in words if text in seen]
    assert evening.host_token not in seen


def test_the_television_may_listen_but_not_speak(evening, television):
    name, value = television.first.headers["Set-Cookie"].split(";")[0].split("=", 1)
    socket = Phone(evening.app, {"role": "screen", "code": evening.code}, {name: value})
    assert socket.heard("snapshot")
    for command, fields in (
        ("pause", {}),
        ("end", {}),
        ("vote", {"cue_id": "your-seat", "option_id": "front"}),
    ):
        assert not socket.send(command, **fields)["ok"]
    socket.leave()


def test_the_code_to_scan_says_nothing_about_rooms(evening, stranger):
    real, made_up = (stranger.get(f"/tv/{code}/qr.svg") for code in (evening.code, "918273"))
    assert real.status_code == made_up.status_code == 200
    assert real.mimetype == "image/svg+xml"
    assert stranger.get("/tv/what/qr.svg").status_code == 404


def test_the_poster_is_for_hosts(evening, stranger):
    assert stranger.get(f"/host/{evening.code}/poster").status_code == 403
    browser = evening.app.test_client()
    browser.post(f"/api/rooms/{evening.code}/hosts", json={"host_token": evening.host_token})
    page = browser.get(f"/host/{evening.code}/poster").text
    assert "brightness" in page and "Twenty seconds of complete darkness" in page and "<svg" in page


PARSED_AS = """
  const acorn = require("internal/deps/acorn/acorn/dist/acorn")
  acorn.parse(require("fs").readFileSync(0, "utf8"), { ecmaVersion: Number(process.argv[1]), sourceType: "module" })"""


def parses(script: str, year: int) -> bool:
    """Whether the language of that year knows these words: Node carries a parser that can be told how old it is."""
    node = shutil.which("node") or missing(
        "no Node.js on this machine, to read scripts as an old television does"
    )
    told = [node, "--expose-internals", "-e", PARSED_AS, str(year)]
    return subprocess.run(told, input=script, text=True, capture_output=True).returncode == 0


def scripts_of(web, page: str) -> dict[str, str]:
    """Every script that this page loads, as it is served, and every one that those import."""
    waiting = re.findall(r'<(?:script[^>]* src|link rel="modulepreload"[^>]* href)="([^"]+)"', page)
    found: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found[address] = web.get(address).get_data(as_text=True)
        named = re.findall(r'(?:from|import\()\s*"(\.[^"]+)"', found[address])
        waiting += [urljoin(address, name) for name in named]
    return found


def test_what_a_television_is_served_is_no_newer_than_es2018(television):
    served = scripts_of(television.web, television.first.text)
    assert any("socket.io" in address for address in served) and len(served) >= 2
    for address, script in served.items():
        assert script and parses(script, 2018), address
    assert not parses("a?.b", 2018) and not parses("try {} catch {}", 2018)
