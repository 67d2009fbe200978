"""Who is here, who may do what, and who is not here any more."""

import pytest

from companion import database
from companion.broadcasts import phones


def guest_id(phone) -> str:
    return phone.joined["guest_id"]


def listed(host, phone):
    people = host.snapshot()["people"]["list"]
    return next((person for person in people if person["guest_id"] == guest_id(phone)), None)


def test_a_name_is_cleaned_and_told_to_hosts(evening, host, guest):
    assert guest.do("rename", name="  Ana\u202e   Lee\u0000 ")["name"] == "Ana Lee"
    evening.turn()
    assert "Ana Lee" in [p["name"] for p in host.heard("people_changed")[-1]["people"]["list"]]
    assert guest.refused("rename", name=" \u200b ") == "bad_field"
    assert guest.refused("rename", name="x" * 25) == "bad_field"
    assert guest.do("rename", name="👨‍👩‍👧‍👦" * 24)["ok"]


def test_what_a_guest_said_about_themselves_and_a_phone_says_again_undoes_nothing_newer(evening, guest):
    guest.do("rename", name="Ana Lee", op_id="first")
    guest.do("set_delay", seconds=40, op_id="ad")
    guest.do("rename", name="Anna")
    guest.do("set_delay", seconds=0)
    assert guest.do("rename", name="Ana Lee", op_id="first")["name"] == "Anna"
    assert guest.do("set_delay", seconds=40, op_id="ad")["delay"] == 0


def test_two_who_are_called_the_same_are_told_apart_by_host_and_television(evening, host):
    for name in ("Ana", "Bo", "Ana"):
        evening.guest(name)
        evening.later(1)
    assert [p["name"] for p in host.snapshot()["people"]["list"]] == ["Ana", "Bo", "Ana 2"]
    assert "Ana 2" in evening.web.get(f"/tv/{evening.code}").text


def test_guests_hear_counts_in_the_lobby_and_nothing_while_the_film_plays(evening, host, guest):
    evening.turn()
    told = guest.heard("people_changed")[-1]["people"]
    assert told["here"] == 1 and "list" not in told
    host.do("start")
    guest.forget()
    evening.guest("Late")
    evening.later(5)
    assert guest.heard("people_changed") == []
    assert host.heard("people_changed")[-1]["people"]["here"] == 2


def test_a_phone_that_sleeps_is_asleep_then_gone_and_its_seat_stays(evening, host, guest):
    guest.leave()
    evening.time.steady += 39
    assert listed(host, guest)["presence"] == "here"
    evening.time.steady += 2
    assert listed(host, guest)["presence"] == "asleep"
    evening.time.steady += 1800
    assert listed(host, guest)["presence"] == "gone"
    assert evening.comes_back(guest).snapshot()["you"]["name"] == "Ana"
    assert listed(host, guest)["presence"] == "here"


def test_an_open_connection_counts_as_here(evening, host, guest):
    evening.time.steady += 100
    evening.hear()
    assert listed(host, guest)["presence"] == "here"


def test_hosts_see_who_is_behind_and_who_is_in_an_ad(evening, host, guest):
    guest.do("set_delay", seconds=40, in_ad=True)
    people = host.snapshot()["people"]
    assert (people["in_step"], people["behind"]) == (0, 1)
    assert listed(host, guest)["in_ad"] and listed(host, guest)["delay"] == 40
    assert guest.snapshot()["you"]["delay"] == 40
    assert guest.refused("set_delay", seconds=1801) == "bad_field"
    assert guest.refused("set_delay", seconds=-4) == "bad_field"


def test_a_guest_reads_in_their_own_language_from_the_next_card_on(evening, host, guest):
    guest.do("set_language", lang="ko")
    assert guest.heard("snapshot")[-1]["room"]["film_title"] == "마지막 안내원"
    host.do("start")
    card = guest.heard("cards_released")[-1]["cards"][0]
    assert card["lang"] == "ko" and 'lang="ko"' in card["html"]


def test_a_removed_guest_is_out_at_once_and_stays_out_by_every_way_back(evening, host, guest, other_guest):
    tab = evening.comes_back(guest)
    host.do("remove_guest", guest_id=guest_id(guest))
    assert not guest.is_in and not tab.is_in and other_guest.is_in
    assert not evening.comes_back(guest).is_in
    assert guest.web.get(f"/r/{evening.code}").status_code == 403
    assert (
        guest.web.post(
            f"/r/{evening.code}/votes", data={"cue_id": "your-seat", "option_id": "back"}
        ).status_code
        == 403
    )
    assert listed(host, guest) is None
    host.do("undo")
    assert evening.comes_back(guest).is_in


def test_a_locked_room_lets_nobody_new_in_and_who_is_inside_comes_back(evening, host, guest):
    host.do("lock", on=True)
    assert evening.web.post(f"/api/rooms/{evening.code}/guests", json={}).status_code == 404
    guest.leave()
    assert evening.comes_back(guest).is_in
    host.do("lock", on=False)
    assert evening.guest().is_in


def test_a_new_code_keeps_those_inside(evening, host, guest):
    code = host.do("new_code")["code"]
    assert code != evening.code
    assert guest.heard("room_changed")[-1]["room"]["code"] == code
    assert evening.web.get(f"/api/rooms/{evening.code}").status_code == 404
    assert evening.web.get(f"/api/rooms/{code}").status_code == 200


def test_a_guest_who_is_promoted_hosts_from_the_same_phone(evening, host, guest):
    assert guest.refused("start") == "not_host"
    host.do("promote", guest_id=guest_id(guest))
    told = guest.heard("snapshot")[-1]
    assert told["you"]["is_host"] and not told["you"]["seen_it"] and "queue" in told
    guest.do("start")
    assert guest.heard("queue_changed")
    host.do("promote", guest_id=guest_id(guest), on=False)
    assert guest.refused("nudge", seconds=1) == "not_host"


def test_nobody_keeps_scores_for_notes_that_keep_none(app, time, evening, host):
    from tests.people import Evening

    plain = Evening(app, time, sheet="sintel").host()
    assert plain.refused("set_room", scores=True) == "bad_field"
    assert plain.snapshot()["room"]["scores"] is False
    host.do("set_room", scores=True)
    assert host.snapshot()["room"]["scores"] is True


def test_new_host_links_put_every_other_host_out(evening, host, guest):
    browser = evening.unspoiled_host()
    host.do("promote", guest_id=guest_id(guest))
    ack = host.do("renew_hosts")
    assert host.is_in and not browser.is_in and guest.is_in
    assert guest.refused("nudge", seconds=1) == "not_host"
    assert not evening.host().is_in
    assert evening.host(ack["host_token"]).is_in


def test_a_new_host_link_is_told_once_and_kept_nowhere(evening, host):
    before = host.snapshot()["revision"]
    ack = host.do("renew_hosts", op_id="once")
    assert ack["revision"] > before, "other processes hear that hosts changed by the revision"
    assert host.refused("renew_hosts", op_id="once") == "not_now"
    with database.reading() as session:
        raw = session.connection().connection.dbapi_connection
        assert ack["host_token"] not in "\n".join(raw.iterdump())


def test_a_host_renames_a_guest(evening, host, guest):
    host.do("rename_guest", guest_id=guest_id(guest), name="Anna")
    assert guest.snapshot()["you"]["name"] == "Anna"


def test_a_guest_of_another_room_cannot_be_touched(evening, host, app, time):
    from tests.people import Evening

    other = Evening(app, time).guest("Elsewhere")
    assert host.refused("remove_guest", guest_id=guest_id(other)) == "bad_field"
    assert other.is_in


@pytest.mark.parametrize("role", ["guest", "host", "screen"])
def test_a_secret_of_another_room_opens_nothing_under_a_name_of_this_one(evening, host, app, time, role):
    from companion.models.room import room_at
    from companion.models.screen import open_screen
    from tests.people import Evening, Phone

    other = Evening(app, time)
    _, television = database.write(lambda s: open_screen(s, room_at(s, other.code), other.now))
    secret = {
        "guest": other.guest().joined["guest_token"],
        "host": other.host_token,
        "screen": television,
    }[role]

    def comes(to):
        with database.reading() as session:
            name = f"{role}-{to.room()(session).room_id}"
        return evening.keep(Phone(app, {"role": role, "code": to.code}, {name: secret})).is_in

    assert comes(other) and not comes(evening)


def test_the_choice_of_warnings_reaches_nobody_else(evening, host, guest, other_guest):
    evening.turn()
    for phone in (host, other_guest):
        phone.forget()
    guest.do("set_warnings", on=True)
    evening.turn()
    assert guest.snapshot()["you"]["warnings"] is True
    assert host.heard("people_changed") == [] and other_guest.log == []
    host.snapshot()
    assert '"warnings": true' not in host.bytes().replace('"has_warnings": true', "")


def test_what_others_are_told_is_the_same_whether_somebody_asked_for_warnings_or_not(
    evening, host, guest, other_guest, caplog
):
    def what_others_can_know():
        evening.turn()
        pages = [evening.web.get(f"/tv/{evening.code}{path}").data for path in ("", "/now")]
        pages += [other_guest.web.get(f"/r/{evening.code}").data, other_guest.web.get("/api/sheets").data]
        facts = [(name, fact) for phone in (host, other_guest) for name, fact in phone.listen()]
        return pages, facts, host.snapshot(), other_guest.snapshot()

    host.do("start")
    evening.later(20)
    what_others_can_know()  # what came until now is told once
    before = what_others_can_know()
    caplog.clear()
    guest.do("set_warnings", on=True)
    assert what_others_can_know() == before
    assert guest.snapshot()["you"]["warnings"] is True and caplog.text == ""


def test_a_television_in_a_locked_room_waits_for_the_host_to_read_its_letters(evening, host):
    from companion.models.room import room_at
    from companion.models.screen import open_screen
    from tests.people import Phone

    host.do("lock", on=True)
    screen, token = database.write(lambda s: open_screen(s, room_at(s, evening.code), evening.now))
    tv = evening.keep(Phone(evening.app, {"role": "screen", "token": token}))
    assert tv.heard("snapshot")[0]["you"] == {
        "role": "screen",
        "lang": "en",
        "admitted": False,
        "letters": screen.letters,
    }
    host.do("start")
    assert tv.heard("playback_changed") == []
    assert host.refused("admit_screen", letters="ZZZZ") == "bad_field"
    host.do("admit_screen", letters=screen.letters.lower())
    assert tv.heard("snapshot")[-1]["room"]["part"] == "film"
    evening.later(20)
    assert tv.heard("cards_released")


def test_who_has_gone_is_no_phone_of_this_process_any_more(evening, host, guest):
    room_id = guest.snapshot()["room"]["id"]
    assert len(phones.in_room(room_id)) == 2
    guest.leave()
    host.leave()
    assert phones.in_room(room_id) == [] and room_id not in phones.told


@pytest.mark.parametrize("seen_it", [True, False])
def test_a_host_says_whether_they_have_seen_it(evening, host, seen_it):
    host.do("set_seen_it", seen_it=seen_it)
    assert host.heard("snapshot")[-1]["you"]["seen_it"] is seen_it
    assert ("title" in host.snapshot()["queue"][0]) is seen_it
