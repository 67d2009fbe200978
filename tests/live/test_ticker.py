"""The clock alone: due rooms act, one bad room harms nobody, what other processes did is told."""

from sqlalchemy import event, select, update

from companion import broadcasts, clock, database
from companion.broadcasts import phones
from companion.live import ticker
from companion.models.room import Room
from tests.people import Evening


def stored(evening):
    with database.reading() as session:
        return evening.room()(session)


def test_a_room_is_due_exactly_when_something_happens_next(evening, host):
    assert stored(evening).next_due_at is None
    host.do("start")
    evening.later(3)
    assert stored(evening).next_due_at == stored(evening).playback.moment_of(4.0)
    host.do("pause")
    assert stored(evening).next_due_at is None


def test_a_restart_ten_minutes_late_is_one_tick(evening, host, guest):
    host.do("start")
    evening.later(1)
    guest.forget()
    evening.time.steady += 600
    with evening.app.app_context():
        ticker.tick(evening.now)
        assert ticker.tick(evening.now) == 0
    assert {card["cue_id"] for card in guest.snapshot()["cards"]} >= {"stopped-clock", "seven-splices"}
    assert "first-smell" not in guest.bytes()


def test_one_bad_room_is_set_aside_and_the_others_go_on(evening, host, guest, app, time):
    other = Evening(app, time)
    bad, good = evening.host(), other.host()
    phone = other.guest()
    bad.do("start")
    good.do("start")

    def spoil(session):
        room = evening.room()(session)
        room.pace = "furious"

    database.write(spoil)
    other.later(20, step=1)
    assert any(c["cue_id"] == "first-smell" for f in phone.heard("cards_released") for c in f["cards"])
    database.write(lambda s: setattr(evening.room()(s), "pace", "calm"))
    evening.later(400, step=20)
    assert "stopped-clock" in guest.cards()


def test_what_another_process_did_is_told_within_the_sweep(evening, host, guest):
    host.do("start")
    guest.forget()

    def elsewhere(session):
        session.scalar(select(Room)).pause(evening.now + 4, by="Elsewhere")

    database.write(elsewhere)
    assert guest.heard("playback_changed") == []
    evening.sweep()
    assert guest.heard("playback_changed")[-1]["by"] == "Elsewhere"
    guest.forget()
    evening.sweep()
    assert guest.log == []


def test_a_quiet_evening_asks_the_database_once_a_second_and_a_change_at_once(evening, host):
    asked = []

    def hear(_connection, _cursor, statement, *_):
        if "ORDER BY rooms.next_due_at" in statement:
            asked.append(statement)

    def turns(seconds):
        asked.clear()
        for _ in range(round(seconds / ticker.STEP)):
            evening.time.steady += ticker.STEP
            ticker.tick(evening.now)
        return len(asked)

    event.listen(database.opened().engine, "before_cursor_execute", hear)
    try:
        with evening.app.app_context():
            turns(1.5)
            assert 2 <= turns(3) <= 4
            host.do("start")
            assert turns(ticker.STEP) == 1
            evening.time.steady -= 3600
            assert turns(ticker.STEP) == 1, "a clock that went back is no reason to wait for it"
    finally:
        event.remove(database.opened().engine, "before_cursor_execute", hear)


def test_what_another_process_made_due_is_done_within_a_second(evening, host, guest):
    host.do("start")
    evening.later(1)
    guest.forget()
    with database.opened().writing.connect() as elsewhere, elsewhere.begin():
        elsewhere.execute(update(Room).values(next_due_at=evening.now))
    with evening.app.app_context():
        assert ticker.tick(evening.now + 0.1) == 0, "this process has heard of no change"
        assert ticker.tick(evening.now + ticker.ASK_ANYWAY) >= 1


def test_the_loop_itself_sweeps_every_two_seconds_and_pulses_once_a_second(evening, host, guest):
    """Every turn of it through twelve seconds of a film, in which people keep tapping and nothing else is due."""
    others = [evening.guest() for _ in range(8)]
    host.do("start")
    host.do("hold", cue_id=None, on=True)
    evening.later(5)
    guest.forget()
    turns = dict.fromkeys(
        (ticker.SWEEP_EVERY, ticker.HEARD_EVERY, ticker.PULSE_EVERY, ticker.TIDY_EVERY), 0.0
    )
    acted_at, told_after = [], []
    for tenth in range(120):
        if tenth % 5 == 0:
            others[tenth // 5 % 8].do("react", counts={"💛": 1}, position=5)
        if tenth % 40 == 10:
            acted_at.append(evening.now)
            database.write(lambda session: session.scalar(select(Room)).nudge(0.5, evening.now, "Elsewhere"))
        evening.time.steady += 0.1
        with evening.app.app_context():
            ticker.turn(evening.now, turns)
        if len(guest.heard("playback_changed")) > len(told_after):
            told_after.append(evening.now - acted_at[-1])
    assert len(told_after) == 3 and max(told_after) <= 2.1, told_after
    assert 11 <= len(guest.heard("pulse")) <= 13
    assert sum(pulse["counts"]["💛"] for pulse in guest.heard("pulse")) >= 22


def test_what_another_process_did_is_told_before_what_this_one_does_next(evening, host, guest):
    """Were only the newest told, a phone would think itself right and nothing would ever mend it."""
    host.do("start")
    guest.forget()

    def elsewhere(session):
        session.scalar(select(Room)).pause(evening.now + 4, by="Elsewhere")

    database.write(elsewhere)
    host.do("set_pace", pace="silent")
    assert guest.heard("playback_changed")[-1]["by"] == "Elsewhere"
    assert guest.do("time", t1=1.0)["revision"] == guest.snapshot()["revision"]


def test_a_room_that_cannot_be_told_about_keeps_no_other_from_hearing(evening, host, guest, app, time):
    other = Evening(app, time)
    other.host()
    phone = other.guest()

    def elsewhere(session):
        for room in session.scalars(select(Room)):
            room.start(evening.now, by="Elsewhere")
            room.pace = "furious" if room.code == evening.code else room.pace

    database.write(elsewhere)
    evening.sweep()
    assert phone.heard("playback_changed")[-1]["by"] == "Elsewhere"
    assert guest.heard("playback_changed") == []
    database.write(lambda s: setattr(evening.room()(s), "pace", "calm"))
    evening.time.steady += 1.1
    evening.sweep()
    assert guest.heard("playback_changed")[-1]["by"] == "Elsewhere"


def test_the_revision_a_probe_hears_is_the_one_this_process_has_told(evening, host, guest):
    room_id = guest.snapshot()["room"]["id"]
    assert guest.do("time", t1=1.0)["revision"] == guest.snapshot()["revision"]
    host.do("start")
    assert guest.do("time", t1=2.0)["revision"] == phones.told[room_id] == guest.snapshot()["revision"]


def test_what_only_hosts_see_sends_no_guest_to_ask_again(evening, host, guest):
    before = guest.do("time", t1=1.0)["revision"]
    host.do("hold", cue_id="how-many-keys", on=True)
    host.do("hands", cue_id="your-seat", option_id="front", count=2)
    host.do("rename_guest", guest_id=guest.joined["guest_id"], name="Anna")
    assert guest.do("time", t1=2.0)["revision"] == before
    assert host.do("time", t1=2.0)["revision"] == host.snapshot()["revision"] > before
    host.do("set_pace", pace="silent")
    assert guest.do("time", t1=3.0)["revision"] == guest.snapshot()["revision"]


def test_a_lost_broadcast_heals_with_a_snapshot(evening, host, guest):
    before = guest.snapshot()
    host.do("start")
    host.do("pause")
    after = guest.snapshot()
    assert after["revision"] > before["revision"]
    assert after["playback"] == guest.heard("playback_changed")[-1]["playback"]


def test_telling_twice_tells_the_same(evening, host, guest):
    host.do("start")
    evening.later(20)
    room = stored(evening)
    guest.forget()
    with evening.app.app_context():
        broadcasts.tell(room.room_id, 0, evening.now)
        first = guest.listen()
        broadcasts.tell(room.room_id, 0, evening.now)
    assert guest.listen() == first and first


def test_an_idle_room_ends_after_a_day_and_is_forgotten_after_thirty(evening, host, guest):
    host.do("start")
    for phone in (host, guest):
        phone.leave()
    evening.time.steady += 25 * 3600
    with evening.app.app_context():
        ticker.tidy(evening.now)
    assert stored(evening).part == "ended" and stored(evening).code == evening.code

    def kept(after):
        evening.time.steady += after
        with evening.app.app_context():
            ticker.tidy(evening.now)
        with database.reading() as session:
            return [room.code for room in session.scalars(select(Room))]

    assert kept(25 * 3600) == [None], "its number is free, and its recap is there"
    assert kept(28.9 * 86_400) == [None]
    assert kept(0.2 * 86_400) == []


def days_later(evening, days):
    """How the room stands when so many days have gone by with nobody there."""
    evening.time.steady += days * 86_400
    with evening.app.app_context():
        ticker.tidy(evening.now)
    return stored(evening)


def test_a_planned_room_keeps_its_number_until_it_has_been_held_at_most_sixty_days(app, time):
    planned = Evening(app, time, opens_at=clock.now() + 10 * 86_400)
    assert days_later(planned, 5).part == "before"
    assert days_later(planned, 20).part == "before", "the party was put off"
    assert days_later(planned, 36).part == "ended"


def test_a_planned_room_that_has_been_held_ends_like_any_other(app, time):
    planned = Evening(app, time, opens_at=clock.now() + 10 * 86_400)
    host = planned.host()
    host.do("start")
    host.leave()
    assert days_later(planned, 1.1).part == "ended"


def test_nobody_plans_a_night_for_a_day_on_which_its_number_is_gone(app, time):
    for opens_at in (clock.now() + 61 * 86_400, clock.now() - 86_400):
        asked = app.test_client().post("/api/rooms", json={"sheet": "three-minutes", "opens_at": opens_at})
        assert (asked.status_code, asked.json["field"]) == (422, "opens_at")


def test_a_remote_or_a_television_keeps_a_room_alive_and_a_day_after(evening, host):
    for _ in range(3):
        assert days_later(evening, 0.9).part == "before"
    host.leave()
    assert days_later(evening, 0.9).part == "before", "the last socket was open less than a day ago"
    assert days_later(evening, 0.2).part == "ended"


def test_a_question_that_is_open_when_a_room_ends_by_itself_is_counted(evening, host, guest):
    guest.do("vote", cue_id="your-seat", option_id="front")
    for phone in (host, guest):
        phone.leave()
    days_later(evening, 1.1)
    evening.later(5)
    with database.reading() as session:
        assert evening.room()(session).rows["your-seat"].result["counts"]["front"] == 1


def test_the_loop_goes_on_when_a_job_fails(app, evening, monkeypatch):
    turns = dict.fromkeys(
        (ticker.SWEEP_EVERY, ticker.HEARD_EVERY, ticker.PULSE_EVERY, ticker.TIDY_EVERY), 0.0
    )
    evening.host().do("start")
    evening.time.steady += 4
    monkeypatch.setattr(ticker, "sweep", lambda now: 1 / 0)
    with app.app_context():
        ticker.turn(evening.now, turns)
    assert stored(evening).next_due_at > evening.now
