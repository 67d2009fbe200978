"""Files into the studio and out of it, hosting with a file, times from evenings, rehearsing: over HTTP."""

import io
import json
from pathlib import Path

import pytest

from companion import clock, database, migrations
from companion.app import create_app
from companion.config import Settings
from companion.models.room import open_room
from companion.models.sheet import sheet_named
from companion.web.rates import limiter

SHEETS = Path(__file__).parent.parent.parent / "companion" / "sheets"
FILM = json.loads((SHEETS / "three-minutes.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data"), concurrency="threading"))
    limiter.enabled = False
    migrations.upgrade(database.opened().writing)
    yield app
    limiter.enabled = True


@pytest.fixture
def author(app):
    browser = app.test_client()
    answer = browser.post("/api/studio/files?name=film.json", data=json.dumps(FILM).encode())
    assert answer.status_code == 201, answer.json
    browser.slug = answer.json["slug"]
    browser.api = f"/api/studio/{browser.slug}"
    return browser


def test_a_file_begins_a_sheet_of_its_own(author):
    assert author.get(author.api).json["document"] == FILM


def test_an_import_is_shown_and_changes_nothing_by_itself(author):
    told = author.post(
        f"{author.api}/imports?name=a.srt&notes_in=en&kind=trivia",
        data=b"1\n00:00:50,000 --> 00:00:58,000\nA new note\n",
    ).json
    assert [c["after"]["text"] for c in told["changes"]] == [{"en": "A new note"}]
    assert author.get(author.api).json["document"] == FILM


def test_a_bad_file_is_refused_with_every_line_and_changes_nothing(author):
    refused = author.post(
        f"{author.api}/imports?name=a.srt", data=b"1\n00:99:00,000 --> 1\nx\n\n2\n-1 --> 3\ny\n"
    )
    assert refused.status_code == 422
    assert [fault.split(":")[0] for fault in refused.json["faults"]] == ["Line 2", "Line 6"]
    assert author.post(f"{author.api}/imports", data=b"x" * (2 * 1024 * 1024 + 1)).status_code in (413, 422)
    assert author.get(author.api).json["revision"] == 1


@pytest.mark.parametrize("name", ["json", "vtt", "csv", "tsv"])
def test_what_goes_out_comes_back_without_a_change(author, name):
    out = author.get(f"{author.api}/exports/{name}")
    assert out.headers["Content-Disposition"].startswith("attachment")
    back = author.post(f"{author.api}/imports?name=x.{name}", data=out.data)
    assert back.json["changes"] == []


def test_what_a_format_loses_is_said_before_the_download(author):
    losses = author.get(f"{author.api}/losses").json["losses"]
    assert losses["json"] == [] and losses["vtt"] == []
    assert any("polls" in words for words in losses["srt"])


def test_cards_are_drawn_in_each_language(author):
    cues = FILM["cues"][:3]
    cards = author.post(
        f"{author.api}/cards",
        json={"cues": [*cues, {"id": "x"}], "langs": ["en", "ko"], "languages": ["en", "ko"]},
    ).json["cards"]
    assert all("<article" in html for card in cards[:3] for html in card.values())
    assert cards[3] == {"en": "", "ko": ""}


def test_a_note_never_becomes_markup(author):
    sly = {"id": "x", "kind": "theme", "text": {"en": "<script>alert(1)</script>"}}
    (card,) = author.post(f"{author.api}/cards", json={"cues": [sly], "langs": ["en"]}).json["cards"]
    assert "<script" not in card["en"] and "&lt;script" in card["en"]


def test_a_rehearsal_has_every_card_and_the_report(author):
    told = author.get(f"{author.api}/rehearsal?pace=talkative").json
    assert {card["cue_id"] for card in told["cards"]} == {cue["id"] for cue in FILM["cues"]}
    film = [card for card in told["cards"] if card["part"] == "film" and card["kind"] != "warning"]
    assert all(card["start"] is not None for card in film)
    assert told["told"]["comes_up"] > 0
    assert author.get(f"{author.api}/rehearsal?pace=loud").status_code == 422


def dropped(browser, raw, name="film.json"):
    return browser.post("/studio/drop", data={"file": (io.BytesIO(raw), name)})


def test_a_dropped_file_shows_what_is_in_it_and_not_a_word_of_it(app):
    page = dropped(app.test_client(), json.dumps(FILM).encode())
    assert page.status_code == 200
    said = page.text
    assert "built-in" not in said and FILM["edition"]["name"] in said
    assert FILM["film"]["title"]["en"] in said and "Fingerprint" in said
    for cue in FILM["cues"]:
        for text in [*cue.get("text", {}).values(), *cue.get("title", {}).values()]:
            assert text not in said


def test_a_dropped_file_can_be_hosted_at_once_by_whoever_dropped_it(app):
    browser = app.test_client()
    page = dropped(
        browser, json.dumps({**FILM, "credits": {"author": "Dana", "licence": "CC0"}}).encode()
    ).text
    path = page.partition('href="/host/new?film=')[2].partition('"')[0]
    assert f'value="{path}"' in browser.get(f"/host/new?film={path}").text
    opened = browser.post("/host/new", data={"sheet": path, "seen_it": "yes", "apart": "no", "pace": "calm"})
    assert opened.status_code == 303, opened.text
    assert f'value="{path}"' not in browser.get("/host/new").text, "it is offered to nobody else"


def test_the_same_file_dropped_twice_is_the_same_notes(app):
    first, again = (dropped(app.test_client(), json.dumps(FILM, indent=n).encode()).text for n in (0, 4))
    assert first.partition("film=")[2][:60] == again.partition("film=")[2][:60]


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[" * 10_000, b'{"format": "companion-sheet/1"}', b"WEBVTT\n", b"\xff\xfe\x00"]
)
def test_a_file_that_cannot_be_hosted_says_why(app, raw):
    page = dropped(app.test_client(), raw)
    assert page.status_code == 422
    assert "This file cannot be used" in page.text


def watched(app, author, taps):
    """An evening with these notes: a room whose host tapped scenes."""

    def keep(session):
        sheet = sheet_named(session, author.slug)
        if not sheet.published:
            sheet.publish(1)
        room, token = open_room(session, sheet.revision(sheet.published), clock.now(), code_digits=6)
        said = [{"scene_id": scene, "position": at, "answer": "now"} for scene, at in taps.items()]
        room.fit_marks([], said, clock.now())
        return room.code, token

    return database.write(keep)


def test_evenings_give_better_times_and_each_scene_is_taken_by_itself(app, author):
    film = [scene for scene in FILM["scenes"] if scene.get("part", "film") == "film"]
    first, second = film[1]["id"], film[2]["id"]
    for late in (1.0, 2.0, 3.0):
        watched(app, author, {first: film[1]["start"] + late, second: film[2]["start"] + late})
    told = author.post(f"{author.api}/times", json={}).json
    assert told["evenings"] == 3
    row = next(scene for scene in told["scenes"] if scene["scene_id"] == first)
    assert row["at"] == film[1]["start"] + 2 and row["n"] == 3
    assert "title" not in json.dumps(told["file"]["scenes"]) and len(json.dumps(told["file"])) < 2048
    (change, *_) = author.post(f"{author.api}/times/changes", json={"accepted": [first]}).json["changes"]
    assert (change["id"], change["after"]["timing"], change["after"]["start"]) == (first, "tapped", row["at"])


def test_times_of_another_server_count_like_evenings_here(author):
    film = [scene for scene in FILM["scenes"] if scene.get("part", "film") == "film"]
    file = {
        "format": "companion-times/1",
        "film": {},
        "edition": {},
        "evenings": 4,
        "scenes": {film[1]["id"]: {"at": 33.5, "within": 2, "n": 4}},
    }
    told = author.post(f"{author.api}/times", json={"files": [file]}).json
    assert [(s["scene_id"], s["at"], s["n"]) for s in told["scenes"]] == [(film[1]["id"], 33.5, 4)]
    assert (
        author.post(f"{author.api}/times", json={"files": [{"format": "companion-times/1"}]}).status_code
        == 422
    )


def test_a_host_can_take_the_evenings_times_along_and_a_guest_cannot(app, author):
    film = [scene for scene in FILM["scenes"] if scene.get("part", "film") == "film"]
    code, token = watched(app, author, {film[1]["id"]: 31.0})
    browser = app.test_client()
    assert browser.get(f"/api/rooms/{code}/times").status_code == 403
    browser.post(f"/api/rooms/{code}/hosts", json={"host_token": token})
    file = json.loads(browser.get(f"/api/rooms/{code}/times").data)
    assert file["scenes"][film[1]["id"]]["at"] == 31.0
    texts = [text for cue in FILM["cues"] for text in cue.get("text", {}).values()]
    assert not any(text in json.dumps(file, ensure_ascii=False) for text in texts)
