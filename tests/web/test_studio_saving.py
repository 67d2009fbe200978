"""The studio over HTTP: beginning, keys, saving by several authors, history, publication."""

import dataclasses
import json

import pytest

from companion import clock, config, database, migrations
from companion.app import create_app
from companion.config import Settings
from companion.models.drafts import save_changes
from companion.models.flag import raise_flag
from companion.models.guest import guest_of
from companion.models.sheet import sheet_named
from companion.rules.checks import check
from companion.rules.sheet_diff import Change
from companion.web.rates import limiter


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data"), concurrency="threading"))
    limiter.enabled = False
    migrations.upgrade(database.opened().writing)
    yield app
    limiter.enabled = True


class Author:
    """A person with a browser of their own, at one sheet."""

    def __init__(self, app, name="Ana"):
        self.browser, self.name, self.slug, self.token, self.known = app.test_client(), name, "", "", 0

    def begins(self, **given):
        answer = self.browser.post(
            "/api/studio",
            json={"title": "The Bridge", "year": 1960, "country": "KR", "runtime": "1h40m", **given},
        )
        assert answer.status_code == 201, answer.json
        return self.took(answer.json)

    def took(self, link):
        self.slug, self.token = link["slug"], link["author_token"]
        self.sheet = self.get("")["document"]
        self.known = self.get("")["revision"]
        return self

    def opens(self, slug, token):
        answer = self.browser.post(f"/api/studio/{slug}/authors", json={"author_token": token})
        if answer.status_code == 200:
            self.took({"slug": slug, "author_token": token})
        return answer

    def get(self, path):
        answer = self.browser.get(f"/api/studio/{self.slug}{path}")
        return answer.json if answer.status_code == 200 else answer

    def post(self, path, **given):
        return self.browser.post(f"/api/studio/{self.slug}{path}", json=given)

    def saves(self, *changes, **given):
        answer = self.post("/edits", known=self.known, changes=list(changes), by=self.name, **given)
        assert answer.status_code == 200, answer.json
        self.known = answer.json["revision"]
        return answer.json


def note(id, text="Look", **more):
    return {
        "id": id,
        "kind": "theme",
        "scene": "opening",
        "offset": 10,
        "duration": 10,
        "text": {"en": text},
        **more,
    }


def added(id, text="Look", **more):
    return {"kind": "cue", "id": id, "after": note(id, text, **more)}


def changed(id, before, after):
    return {"kind": "cue", "id": id, "before": note(id, before), "after": note(id, after)}


def test_a_new_sheet_has_a_film_three_places_for_notes_and_a_key(app):
    ana = Author(app).begins(languages=["en", "ko"], name="Ana")
    assert ana.sheet["film"] == {
        "title": {"en": "The Bridge"},
        "year": 1960,
        "country": "KR",
        "runtime": 6000,
    }
    assert [scene["id"] for scene in ana.sheet["scenes"]] == ["before", "opening", "after"]
    assert len(ana.token) >= 22
    assert ana.sheet["credits"]["author"] == "Ana"


def test_without_the_key_nothing_opens_and_a_wrong_one_says_the_same(app):
    ana, stranger = Author(app).begins(), Author(app)
    stranger.slug = ana.slug
    for path in ("", "/revisions", "/exports/json", "/losses"):
        assert stranger.get(path).status_code == 404
    assert stranger.opens(ana.slug, "x" * 22).status_code == 404
    assert (
        stranger.opens("nowhere", "x" * 22).json["detail"]
        == stranger.opens(ana.slug, "y" * 22).json["detail"]
    )
    assert stranger.post("/edits", known=1, changes=[added("a")]).status_code == 404


def test_a_key_of_other_notes_opens_nothing_here(app):
    ana, ben = Author(app).begins(), Author(app).begins()
    assert ben.opens(ana.slug, ben.token).status_code == 404


def test_edits_of_different_notes_both_stand(app):
    ana = Author(app).begins()
    ana.saves(added("a"), added("b"))
    ben = Author(app, "Ben")
    assert ben.opens(ana.slug, ana.token).status_code == 200
    ana.saves(changed("a", "Look", "Look up"))
    told = ben.saves(changed("b", "Look", "Listen"))
    assert told["conflicts"] == []
    assert {(c["id"], c["after"]["text"]["en"]) for c in told["changes"]} == {
        ("a", "Look up"),
        ("b", "Listen"),
    }


def test_edits_of_the_same_note_come_back_in_both_versions_and_nothing_is_overwritten(app):
    ana = Author(app).begins()
    ana.saves(added("a"))
    ben = Author(app, "Ben")
    ben.opens(ana.slug, ana.token)
    ana.saves(changed("a", "Look", "Ana's words"))
    told = ben.saves(changed("a", "Look", "Ben's words"), added("c"))
    (conflict,) = told["conflicts"]
    assert (conflict["mine"]["text"]["en"], conflict["theirs"]["text"]["en"]) == (
        "Ben's words",
        "Ana's words",
    )
    texts = {cue["id"]: cue["text"]["en"] for cue in ana.get("")["document"]["cues"]}
    assert texts == {"a": "Ana's words", "c": "Look"}


def test_the_same_change_sent_twice_is_one_change(app):
    ana = Author(app).begins()
    first = ana.saves(added("a"))
    again = ana.saves(added("a"))
    assert (again["revision"], again["conflicts"]) == (first["revision"], [])


def test_asking_without_changes_tells_what_others_did(app):
    ana = Author(app).begins()
    ben = Author(app, "Ben")
    ben.opens(ana.slug, ana.token)
    ana.saves(added("a"))
    assert [c["id"] for c in ben.saves()["changes"]] == ["a"]
    assert ben.saves()["changes"] == []


def test_a_page_that_was_away_too_long_gets_everything(app):
    ana = Author(app).begins()
    ana.known = 999
    assert ana.saves(added("a"))["document"]["cues"][0]["id"] == "a"


def test_the_history_keeps_steps_and_not_every_keystroke(app):
    ana = Author(app).begins()
    was = None
    began = clock.now() + 10
    for second in range(0, 600, 3):
        now = note("a", f"{second} seconds in")
        change = Change("cue", "a", was, now)
        database.write(
            lambda s, c=change, at=second: save_changes(sheet_named(s, ana.slug), [c], began + at, "Ana")
        )
        was = now
    steps = [step["number"] for step in ana.get("/revisions")["steps"]]
    assert 25 < len(steps) < 35, "one a minute, and the last minute whole"
    assert steps[-1] == 1 and steps[0] == 201
    assert ana.get("/revisions/1")["document"]["cues"] == []
    assert ana.get("/revisions/201")["document"]["cues"][0]["text"]["en"] == "597 seconds in"


def test_a_version_that_is_published_or_named_stays_in_the_history(app):
    ana = Author(app).begins()
    ana.saves(added("a", source={"label": "x"}), note="before the big shift")
    ana.saves(added("b"))
    ana.saves(added("c"))
    assert "before the big shift" in [step["note"] for step in ana.get("/revisions")["steps"]]


def test_publishing_names_what_is_wrong_and_otherwise_offers_the_film_to_hosts(app):
    ana = Author(app).begins(title="A Published Film")
    told = ana.saves(added("a", kind="quiz"))
    assert any(finding["severity"] == "error" and finding["cue_id"] == "a" for finding in told["findings"])
    refused = ana.post("/publish", revision=ana.known)
    assert refused.status_code == 422
    film = {**ana.sheet["film"]}
    edition = {"name": "The disc", "runtime": 6000}
    ana.saves({"kind": "cue", "id": "a", "before": note("a", kind="quiz"), "after": note("a")})
    ana.saves({"kind": "field", "id": "edition", "before": ana.sheet["edition"], "after": edition})
    ana.saves(
        {
            "kind": "field",
            "id": "credits",
            "before": ana.sheet["credits"],
            "after": {"author": "Ana", "licence": "CC0"},
        }
    )
    answer = ana.post("/publish", revision=ana.known)
    assert answer.status_code == 200, answer.json
    sheets = ana.browser.get("/api/studio/nothing")
    assert sheets.status_code == 404
    copy = Author(app, "Cem").begins(copy_of=ana.slug)
    assert copy.sheet["film"] == film and copy.slug != ana.slug


def test_checks_speak_the_authors_language_and_name_notes_by_their_words(app):
    """On the command line the same findings stay English, as programs and their logs expect."""
    ana = Author(app).begins(languages=["en", "ko"])
    words = "A long look at the bridge before anybody has crossed it"
    ana.saves(added("a", words, offset=30, duration=9), added("b", kind="quiz", offset=50))
    korean = ana.browser.get(f"/api/studio/{ana.slug}", headers={"Accept-Language": "ko"}).json
    told = {finding["code"]: finding["sentence"] for finding in korean["findings"]}
    assert told["gap"].startswith("“A long look at the bridge before anybod…” 다음 11초")
    assert told["missing_language"] == "아직 한국어로 쓰지 않았어요."
    assert "quiz" not in told["answer_missing"].lower()
    refused = ana.browser.post(
        f"/api/studio/{ana.slug}/publish", json={"revision": ana.known}, headers={"Accept-Language": "ko"}
    )
    assert refused.json["detail"] == told["options_count"]
    english = {finding.code: finding.sentence for finding in check(korean["document"])}
    assert english["missing_language"] == "It is not written in ko yet."
    assert english["gap"].startswith("It comes 11 seconds after “A long look")


def test_a_second_author_has_a_link_of_their_own_and_renewing_shuts_every_old_one(app):
    ana = Author(app).begins()
    second = ana.post("/keys", renew=False).json["author_token"]
    ben = Author(app, "Ben")
    assert ben.opens(ana.slug, second).status_code == 200
    renewed = ana.post("/keys", renew=True).json["author_token"]
    assert ben.saves.__self__.get("").status_code == 404
    assert Author(app).opens(ana.slug, ana.token).status_code == 404
    assert ana.get("")["keys"] == 1, "who renewed stays in"
    assert Author(app).opens(ana.slug, renewed).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"known": "x"}',
        b'{"known": 1, "more": 1}',
        b'{"known": 1, "changes": [{"kind": "cue"}]}',
        b"[" * 100_000,
    ],
)
def test_a_broken_save_is_refused_and_changes_nothing(app, body):
    ana = Author(app).begins()
    answer = ana.browser.post(f"/api/studio/{ana.slug}/edits", data=body)
    assert answer.status_code == 422 and answer.json["detail"]
    assert ana.get("")["revision"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "cue", "id": "a", "after": {"id": "a", "offset": "soon"}},
        {"kind": "cue", "id": "a", "after": {"id": "b"}},
        {"kind": "field", "id": "film", "before": None, "after": []},
        {"kind": "field", "id": "scenes", "before": None, "after": []},
        {"kind": "field", "id": "cues", "before": None, "after": None},
        {"kind": "field", "id": "format", "before": "companion-sheet/1", "after": "x"},
        {"kind": "order", "id": "film", "before": [], "after": ["x"]},
        {"kind": "story", "id": "x", "after": {}},
    ],
)
def test_a_change_that_would_break_the_notes_is_refused_or_does_nothing(app, change):
    ana = Author(app).begins()
    before = json.dumps(ana.get("")["document"])
    answer = ana.post("/edits", known=1, changes=[change])
    assert answer.status_code in (200, 422)
    assert json.dumps(ana.get("")["document"]) == before


def test_two_thousand_and_one_notes_are_one_too_many(app):
    ana = Author(app).begins()
    changes = [added(f"n{n}") for n in range(2001)]
    refused = ana.post("/edits", known=1, changes=changes)
    assert refused.status_code == 413 and "2,000" in refused.json["detail"]
    assert ana.post("/edits", known=1, changes=changes[1:]).status_code == 200


def test_a_closed_studio_says_so(app):
    ana = Author(app).begins()
    open_ = config.InUse._settings
    config.use(dataclasses.replace(open_, studio="closed"))
    try:
        refused = app.test_client().post("/api/studio", json={})
        assert refused.status_code == 404 and "closed" in refused.json["detail"]
        assert ana.post("/edits", known=ana.known, changes=[]).status_code == 404, "not even with a key"
    finally:
        config.use(open_)


def test_what_guests_said_is_put_away_by_an_author_of_that_card_and_by_no_other(app):
    ana, ben = Author(app).begins(), Author(app, "Ben").begins(title="Another film")
    ana.saves(added("n1"))
    assert ana.post("/publish", revision=ana.known).status_code == 200
    made = app.test_client().post("/api/rooms", json={"sheet": ana.slug}).json
    joined = app.test_client().post(f"/api/rooms/{made['code']}/guests", json={"name": "Mina"}).json

    def says(session):
        raise_flag(
            session, guest_of(session, joined["guest_token"]), "n1", "She carries twelve.", clock.now()
        )

    database.write(says)
    [flag] = ana.get("")["flags"]
    assert (flag["cue_id"], flag["reason"]) == ("n1", "She carries twelve.") and ben.get("")["flags"] == []
    ben.post(f"/flags/{flag['flag_id']}")
    assert ana.get("")["flags"] == [flag]
    assert ana.post(f"/flags/{flag['flag_id']}").status_code == 200
    assert ana.get("")["flags"] == []
