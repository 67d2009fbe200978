"""What a socket may say, what it hears, and what closes it. Against a real server, once for each way of serving."""

import json
import socket
import time

import pytest
import requests
import websocket

from companion import limits
from tests.platform.phones import PATH, Evening, Phone


def good(phone: Phone) -> bool:
    return bool(phone.asks("time", t1=1.0)["ok"])


def test_a_guest_joins_and_hears_the_whole_truth_at_once(evening):
    phone = evening.guest()
    told = phone.hears("snapshot")
    assert told["you"]["role"] == "guest" and told["room"]["code"] == evening.code
    assert phone.asks("snapshot")["snapshot"]["you"]["guest_id"] == told["you"]["guest_id"]


@pytest.mark.parametrize(
    "auth",
    [
        {"code": "000000", "role": "guest"},
        {"role": "guest", "token": "x" * 22},
        {"role": "host", "token": "x" * 22},
        {"role": "screen", "token": ""},
        {},
    ],
)
def test_a_stranger_is_turned_away_with_one_and_the_same_sentence(server, auth):
    refused = Phone(server).joins(**auth)
    assert refused["data"]["code"] == "not_guest"
    assert refused["message"] == "There is no such room, or it is not open. Check the number."


def test_a_guest_token_opens_no_remote(evening):
    phone = Phone(evening.server)
    assert "sid" not in phone.joins(code=evening.code, role="host", token=evening.guest_token())


@pytest.mark.parametrize(
    "auth", [{"role": "king"}, {"seat": 12}, {"seat": "2"}, {"colour": "red"}, {"code": 7}]
)
def test_a_wrong_way_to_join_is_named(server, auth):
    assert Phone(server).joins(**auth)["data"]["code"] == "bad_field"


def cookies_of(evening: Evening) -> str:
    came = requests.post(
        f"{evening.server.url}/api/rooms/{evening.code}/guests", json={"name": "Bo"}, timeout=10
    )
    return "; ".join(f"{name}={value}" for name, value in came.cookies.items())


def test_a_page_is_recognised_by_its_cookie(evening):
    phone = Phone(evening.server, cookie=cookies_of(evening), origin=evening.server.url)
    assert "sid" in phone.joins(code=evening.code, role="guest")


def test_a_cookie_without_an_origin_is_nobody(evening):
    phone = Phone(evening.server, cookie=cookies_of(evening))
    assert phone.joins(code=evening.code, role="guest")["data"]["code"] == "not_guest"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_another_site_opens_no_socket(evening, origin):
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        Phone(evening.server, cookie=cookies_of(evening), origin=origin)
    asked = requests.get(
        f"{evening.server.url}/socket.io/?EIO=4&transport=polling", headers={"Origin": origin}, timeout=5
    )
    assert asked.status_code == 403


BAD_FIELDS = [
    ({"op_id": "a", "name": 7}, "name"),
    ({"op_id": "a"}, "name"),
    ({"name": "Ana"}, "op_id"),
    ({"op_id": "", "name": "Ana"}, "op_id"),
    ({"op_id": "x" * 41, "name": "Ana"}, "op_id"),
    ({"op_id": "a", "name": "Ana", "is_host": True}, "is_host"),
    ({"op_id": "a", "name": {"en": "Ana"}}, "name"),
    ({"op_id": None, "name": "Ana"}, "op_id"),
]


@pytest.mark.parametrize(("fields", "named"), BAD_FIELDS)
def test_a_message_with_a_wrong_field_is_refused_by_name_and_the_phone_stays(evening, fields, named):
    phone = evening.guest()
    refused = phone.asks("rename", **fields)
    assert not refused["ok"]
    assert refused["refused"]["code"] == "bad_field" and refused["refused"]["field"] == named
    assert named in refused["refused"]["sentence"]
    assert good(phone)


@pytest.mark.parametrize("rest", [[{}, {}], [[]], ["words"], [7], [None]])
def test_a_message_of_another_shape_is_refused_and_the_phone_stays(evening, rest):
    phone = evening.guest()
    assert phone.asks("rename", *rest)["refused"]["code"] == "bad_field"
    assert good(phone)


def test_a_command_without_any_fields_is_refused_and_the_phone_stays(evening):
    phone = evening.guest()
    phone.line.send('429["rename"]')
    assert json.loads(next_ack(phone, 9))[0]["refused"]["code"] == "bad_field"
    assert good(phone)


def next_ack(phone: Phone, number: int) -> str:
    while not (said := phone.packet()).startswith(f"43{number}["):
        phone.note(said)
    return said[2 + len(str(number)) :]


def test_an_unknown_command_is_refused_and_the_phone_stays(evening):
    phone = evening.guest()
    for name in ("fly", "connect", "disconnect", "message", "*", "", "🎈"):
        assert phone.asks(name, x=1)["refused"]["code"] == "unknown_command", name
    assert good(phone)


def test_a_guest_who_sends_a_hosts_command_is_refused(evening):
    phone = evening.guest()
    refused = phone.does("start")
    assert refused["refused"] == {"code": "not_host", "sentence": "Only a host may do that."}
    assert good(phone)


def test_a_host_who_is_no_guest_has_no_vote(evening):
    assert evening.host().does("vote", cue_id="x", option_id="y")["refused"]["code"] == "not_guest"


def test_a_phone_that_is_too_fast_is_told_so_and_may_go_on_after_a_moment(evening):
    phone = evening.guest()
    sent = limits.COMMANDS[1] * 3
    for n in range(sent):
        phone.line.send(f'42{1000 + n}["rename",{{"op_id":"r{n}"}}]')
    answers = [json.loads(next_ack(phone, 1000 + n))[0] for n in range(sent)]
    said = [answer["refused"]["code"] for answer in answers]
    assert said[: limits.COMMANDS[1]] == ["bad_field"] * limits.COMMANDS[1]
    assert "too_fast" in said
    time.sleep(0.5)
    assert phone.does("rename", name="Ana")["ok"]


@pytest.mark.parametrize(
    ("command", "limit"),
    [("vote", limits.VOTES), ("react", limits.REACTIONS), ("nudge", limits.HOST_COMMANDS)],
)
def test_votes_reactions_and_host_commands_have_slower_limits_than_the_rest(evening, command, limit):
    phone = evening.host() if command == "nudge" else evening.guest()
    answers = [phone.does(command) for _ in range(limits.COMMANDS[1] - 2)]
    said = [answer["refused"]["code"] for answer in answers]
    assert set(said[: limit[1]]) == {"bad_field"} and "too_fast" in said
    assert phone.asks("time", t1=1.0)["ok"]


TEXT, BINARY = websocket.ABNF.OPCODE_TEXT, websocket.ABNF.OPCODE_BINARY
MALFORMED = {
    "broken JSON": (b'42["rename",{"op_id":', TEXT),
    "not an event": (b"42{}", TEXT),
    "an empty event": (b"42[]", TEXT),
    "NaN": (b'42["rename",{"op_id":"a","name":NaN}]', TEXT),
    "a nesting bomb": (b"42" + b"[" * 16_000, TEXT),
    "17 kB": (b'42["rename",{"op_id":"a","name":"' + b"x" * 17_000 + b'"}]', TEXT),
    "an unknown message": (b"49", TEXT),
    "no packet at all": (b"hello", TEXT),
    "binary": (b"\x04\x01\x02", BINARY),
    "a binary event": (b'451-["rename",{"_placeholder":true,"num":0}]', TEXT),
    "a binary acknowledgement": (b'461-1["x"]', TEXT),
    "half a character": (b"42\xff\xfe", TEXT),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_a_malformed_message_closes_its_own_connection_and_no_other(evening, kind):
    other, phone = evening.guest("Bo"), evening.guest("Ana")
    frame, opcode = MALFORMED[kind]
    phone.line.send(frame, opcode)
    assert phone.is_closed_within(3)
    assert good(other)


def test_nonsense_that_parses_is_ignored_and_the_phone_stays(evening):
    phone = evening.guest()
    for frame in ("9", "42[7]", "43999[1]", '42["time",{"t1":1}]', "5", "3", "6"):
        phone.line.send(frame)
    assert good(phone)


def test_a_message_in_endless_fragments_closes_its_connection(evening):
    phone = evening.guest()
    part = websocket.ABNF.create_frame(b"42" + b" " * 4000, TEXT, 0)
    phone.line.send_frame(part)
    with pytest.raises(OSError):
        for _ in range(10):
            phone.line.send_frame(websocket.ABNF.create_frame(b" " * 4000, websocket.ABNF.OPCODE_CONT, 0))
            time.sleep(0.02)
        if phone.is_closed_within(2):
            raise OSError("closed")


def test_an_unmasked_frame_closes_its_connection(evening):
    phone = evening.guest()
    phone.line.sock.sendall(b"\x81\x01" + b"2")
    assert phone.is_closed_within(3)


def test_compression_is_declined(server):
    wanted = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}
    line = websocket.create_connection(server.url.replace("http", "ws") + PATH, header=wanted, timeout=5)
    assert "sec-websocket-extensions" not in {name.lower() for name in line.headers}
    line.shutdown()


def test_a_sixth_tab_signs_the_first_one_out(evening):
    token = evening.guest_token()
    tabs = [evening.guest(token=token) for _ in range(limits.SOCKETS_PER_GUEST)]
    newest = evening.guest(token=token)
    assert "41" in heard_until_closed(tabs[0])
    assert good(newest) and all(good(tab) for tab in tabs[1:])


def heard_until_closed(phone: Phone, within: float = 3) -> list[str]:
    heard: list[str] = []
    give_up_at = time.monotonic() + within
    try:
        while time.monotonic() < give_up_at:
            heard.append(phone.packet(0.5))
    except Exception:
        return heard
    return heard


def test_a_phone_that_has_joined_by_polling_is_served_as_well(evening):
    base = f"{evening.server.url}/socket.io/?EIO=4&transport=polling"
    opened = json.loads(requests.get(base, timeout=5).text[1:])
    here = f"{base}&sid={opened['sid']}"
    auth = json.dumps({"code": evening.code, "role": "guest", "token": evening.guest_token()})
    assert requests.post(here, data=f"40{auth}", timeout=5).text == "OK"
    heard = ""
    while "snapshot" not in heard:
        heard += requests.get(here, timeout=5).text
    assert requests.post(here, data='421["time",{"t1":1}]', timeout=5).text == "OK"
    while "431[" not in heard:
        heard += requests.get(here, timeout=5).text
    too_large = requests.post(here, data="42" + "x" * 17_000, timeout=5)
    assert too_large.status_code == 400


def test_a_page_that_polls_is_recognised_by_its_cookie(evening):
    base = f"{evening.server.url}/socket.io/?EIO=4&transport=polling"
    told = {"Cookie": cookies_of(evening), "X-Companion-Page": "1"}
    here = f"{base}&sid={json.loads(requests.get(base, headers=told, timeout=5).text[1:])['sid']}"
    requests.post(here, data=f'40{{"code":"{evening.code}","role":"guest"}}', headers=told, timeout=5)
    assert "snapshot" in requests.get(here, headers=told, timeout=5).text


def test_another_site_may_not_even_ask_for_the_header_of_our_pages(evening):
    asked = requests.options(
        f"{evening.server.url}/socket.io/?EIO=4&transport=polling",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Headers": "x-companion-page"},
        timeout=5,
    )
    assert asked.status_code == 403 and "Access-Control-Allow-Headers" not in asked.headers


def test_a_slow_header_or_body_holds_up_nobody(server):
    slow = socket.create_connection(("127.0.0.1", server.port))
    slow.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    started = time.monotonic()
    assert requests.get(f"{server.url}/healthz", timeout=5).ok and time.monotonic() - started < 1
    slow.close()
