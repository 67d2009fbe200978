"""No byte about a cue before its moment: a whole evening, every byte that reaches every phone (ROOM 4, 10, 16)."""

import json

import pytest

from companion.commands import bundled
from companion.rules.cue_sheet import CueSheet

LEAD = 5.0
STEP = 0.25


@pytest.fixture(scope="module")
def sheet() -> CueSheet:
    return CueSheet.read(bundled.read(bundled.BUNDLED / "three-minutes.json"))


def words_of(sheet: CueSheet) -> dict[str, tuple[str, float, float]]:
    """Every text of the film's cards to (cue id, earliest position, position from which its answer may be known)."""
    found = {}
    for cue in sheet.cues_of("film"):
        scene = sheet.scene(cue.scene)
        within = 0.0 if scene.timing == "measured" else scene.within or 0.0
        if cue.kind == "warning":
            earliest = scene.start + cue.offset - cue.lead - (scene.within or 2.0)
        elif cue.safe_after:
            earliest = sheet.scene(cue.safe_after).start
        else:
            earliest = max(scene.start + cue.offset, scene.start + within)
        over = earliest + cue.duration
        for words in (cue.title, cue.text, *(option.text for option in cue.options)):
            for text in words.values():
                found[text] = min(
                    found.get(text, (cue.id, earliest, over)), (cue.id, earliest, over), key=lambda w: w[1]
                )
        for text in cue.explanation.values():
            found[text] = (cue.id, over, over)
    return {text: where for text, where in found.items() if is_its_own(text, found, sheet)}


def is_its_own(text: str, texts: dict, sheet: CueSheet) -> bool:
    """Long enough to mean this cue and no other: "Eleven" is also said elsewhere."""
    public = [name for reaction in sheet.reactions for name in reaction.name.values()]
    public += [title for scene in sheet.scenes for title in scene.title.values()]
    return len(text) > 3 and sum(text in other for other in [*texts, *public]) == 1


def titles_of(sheet: CueSheet) -> dict[str, float]:
    found = {}
    for n, scene in enumerate(sheet.film_scenes):
        gated = n and scene.timing != "measured"
        within = (scene.within or {"guessed": 300.0, "tapped": 5.0}[scene.timing]) if gated else 0.0
        for text in scene.title.values():
            found[text] = scene.start + within
    said = words_of(sheet)
    return {title: where for title, where in found.items() if not any(title in text for text in said)}


def test_nothing_reaches_a_guest_or_the_television_before_its_moment(evening, host, sheet):
    words, titles = words_of(sheet), titles_of(sheet)
    guests = [evening.guest("Ana"), evening.guest("보", lang="ko"), evening.guest("Watcher", watching=True)]
    warned = evening.guest("Warned")
    warned.do("set_warnings", on=True)
    everyone = [*guests, warned]
    host.do("start")
    position = 0.0
    while position < 182:
        evening.later(STEP, step=STEP)
        position += STEP
        for phone in everyone:
            check(json.dumps(phone.listen(), ensure_ascii=False), words, titles, position)
        if position % 20 == 0:
            late = evening.guest("Late")
            check(late.bytes(), words, titles, position)
            assert "darkness-ahead" not in late.bytes(), "a warning is for who asked for it"
            may_be_read_at_the_door = {
                text for text, (cue_id, *_) in words.items() if cue_id == "darkness-ahead"
            }
            on_pages = {text: where for text, where in words.items() if text not in may_be_read_at_the_door}
            check(late.web.get(f"/r/{evening.code}").text, on_pages, titles, position)
            check(evening.web.get(f"/api/rooms/{evening.code}").text, words, titles, position)
    came = {
        card["cue_id"]
        for phone in everyone
        for fact in phone.heard("cards_released")
        for card in fact["cards"]
    }
    asleep = {"who-started-it"}  # a poll for talkative rooms is not asked in a calm one
    assert came >= {cue.id for cue in sheet.cues_of("film")} - asleep
    assert "darkness-ahead" not in guests[0].bytes()


def check(told: str, words: dict, titles: dict, position: float) -> None:
    for text, (cue_id, earliest, _) in words.items():
        assert text not in told or position >= earliest - LEAD - STEP, f"{cue_id} at {position}: {text}"
    for text, earliest in titles.items():
        assert text not in told or position >= earliest - LEAD - STEP, f"scene title at {position}: {text}"


def test_a_quiz_answer_exists_nowhere_before_voting_is_over(evening, host, guest, sheet):
    cue = sheet.cue("how-many-keys")
    host.do("start")
    told: dict = {}
    while cue.id not in told.get("results", {}):
        evening.later(3, step=0.5)
        told = guest.snapshot()
        seen = json.dumps([guest.listen(), told], ensure_ascii=False)
        if cue.id not in told["results"]:
            assert '"answer"' not in seen and not any(text in seen for text in cue.explanation.values())
    assert told["results"][cue.id]["answer"] == cue.answer
    assert evening.now - told["playback"]["since"] >= 51 + cue.duration


def test_a_host_who_has_not_seen_it_reads_kinds_and_times_only(evening, host, sheet):
    remote = evening.unspoiled_host()
    secret = {text for text in words_of(sheet)} | set(titles_of(sheet))
    secret |= {cue.id for cue in sheet.cues_of("film")} | {scene.id + '"' for scene in sheet.film_scenes}
    opened = remote.bytes()
    assert [text for text in secret if text in opened] == []
    queue = remote.snapshot()["queue"]
    assert {key for cue in queue for key in cue} <= {
        "cue_id", "kind", "start", "pushed", "held", "skipped", "released", "is_open", "closed",
    }  # fmt: skip
    remote.do("start")
    key = next(cue["cue_id"] for cue in queue if cue["start"] == 40)
    remote.do("skip", cue_id=key)
    evening.later(42, step=1)
    evening.sweep()
    asked = remote.heard("alignment_changed")[-1]["checkpoint"]
    assert asked["watch_for"] == "Her shoe touches the first stair" and "stairs" not in asked["scene_id"]
    remote.do("mark", scene_id=asked["scene_id"])
    assert [m["scene_id"] for m in remote.snapshot()["alignment"]["marks"]] == [asked["scene_id"]]
    assert "one-thing-at-a-time" not in remote.bytes()
    told = host.snapshot()
    assert [m["scene_id"] for m in told["alignment"]["marks"]] == ["stairs"]


def test_the_list_of_films_holds_no_card(evening, sheet):
    listed = evening.web.get("/api/sheets").text
    assert [text for text in words_of(sheet) if text in listed] == []


def test_a_host_who_has_not_seen_it_takes_the_tapped_times_home_after_the_film(evening, host, stranger):
    stranger.post(
        f"/api/rooms/{evening.code}/hosts", json={"host_token": evening.host_token, "seen_it": False}
    )
    host.do("start")
    evening.later(45, step=1)
    host.do("mark", scene_id="stairs")
    early = stranger.get(f"/api/rooms/{evening.code}/times")
    assert (early.status_code, early.json["code"]) == (409, "not_now") and "stairs" not in early.text
    host.do("film_over")
    assert "stairs" in stranger.get(f"/api/rooms/{evening.code}/times").json["scenes"]
