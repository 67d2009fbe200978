"""How many, how long, how far behind: limits that need a server of their own or a little patience."""

import contextlib
import json
import socket
import threading
import time

import pytest
import requests
import websocket

from companion import limits
from tests.platform.phones import PATH, Closed, Evening, Phone
from tests.servers import Server


@pytest.fixture(scope="module")
def server():
    with Server() as started:
        yield started


def test_an_open_socket_that_joins_nothing_is_closed_after_ten_seconds(server):
    silent, wrong, joined = Phone(server), Phone(server), Evening(server).guest()
    opened_at = time.monotonic()
    wrong.joins(code="1", role="guest")
    assert silent.is_closed_within(limits.JOIN_WITHIN + 3)
    assert time.monotonic() - opened_at > limits.JOIN_WITHIN - 1
    assert wrong.is_closed_within(3)
    assert joined.asks("time", t1=1.0)["ok"]


def test_one_network_address_has_so_many_sockets_and_no_more():
    with Server(COMPANION_SOCKETS_PER_ADDRESS="3") as few:
        phones = [Phone(few) for _ in range(3)]
        with pytest.raises(websocket.WebSocketBadStatusException, match="401") as refused:
            Phone(few)
        assert b"too many connections from this network" in refused.value.resp_body
        phones[0].leaves()
        give_up_at = time.monotonic() + 5
        while time.monotonic() < give_up_at:
            try:
                Phone(few)
                break
            except websocket.WebSocketBadStatusException:
                time.sleep(0.1)
        else:
            pytest.fail("a place that has become free was not given away")


def test_where_guests_sit_in_a_room_more_numbers_may_be_mistyped():
    with Server(COMPANION_NETWORK="public") as public:

        def mistypes(times: int) -> list[int]:
            asked = requests.Session()
            return [asked.get(f"{public.url}/api/rooms/123456789").status_code for _ in range(times)]

        evening = Evening(public)
        guest = evening.guest()
        assert mistypes(60) == [404] * 60
        guest.leaves()
        give_up_at = time.monotonic() + 5
        while (answers := mistypes(31))[-1] != 429 and time.monotonic() < give_up_at:
            time.sleep(0.1)
        assert answers.count(404) <= 30 and answers[-1] == 429


class Deaf(threading.Thread):
    """A phone that asks and answers pings but reads nothing, through as small a window as the kernel allows."""

    def __init__(self, evening: Evening) -> None:
        super().__init__(daemon=True)
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        raw.connect(("127.0.0.1", evening.server.port))
        self.line = websocket.create_connection(
            evening.server.url.replace("http", "ws") + PATH, socket=raw, suppress_origin=True
        )
        self.line.recv()
        auth = {"code": evening.code, "role": "guest", "token": evening.guest_token("Deaf")}
        self.line.send("40" + json.dumps(auth))
        while not self.line.recv().startswith("40"):
            pass
        self.cut_after: float | None = None

    def run(self) -> None:
        started, n = time.monotonic(), 0
        while time.monotonic() - started < 30:
            try:
                n += 1
                self.line.send(f'42{n}["snapshot",{{}}]')
                self.line.send("3")
            except (OSError, websocket.WebSocketException):
                self.cut_after = time.monotonic() - started
                return
            time.sleep(0.1)


def test_a_phone_that_does_not_read_is_cut_within_fifteen_seconds_and_disturbs_nobody(server):
    evening = Evening(server)
    other = evening.guest("Bo")
    deaf = Deaf(evening)
    deaf.start()
    waits = []
    while deaf.is_alive():
        asked = time.monotonic()
        assert other.asks("time", t1=1.0)["ok"]
        waits.append(time.monotonic() - asked)
        time.sleep(0.2)
    deaf.line.shutdown()
    assert deaf.cut_after is not None and deaf.cut_after < 15
    assert sorted(waits)[int(len(waits) * 0.9)] < 0.3
    told = requests.get(f"{server.url}/metrics", timeout=5).text
    assert 'companion_sockets_closed_total{reason="slow"}' in told


def test_a_flood_of_nonsense_leaves_the_server_alive_a_good_guest_served_and_the_log_small(server):
    evening = Evening(server)
    good = evening.guest("Bo")
    stop = threading.Event()
    sent = [0, 0]

    def floods(one: int) -> None:
        garbage = [b"hello", b"42[", b"451-[]", b"\xff\xfe", b"4" * 17_000, b"40{", b"2", b"", b"42[7]", b"9"]
        while not stop.is_set():
            try:
                line = websocket.create_connection(
                    server.url.replace("http", "ws") + PATH, suppress_origin=True
                )
                for n in range(200):
                    line.send(garbage[n % len(garbage)], websocket.ABNF.OPCODE_TEXT)
                    sent[one] += 1
            except (OSError, websocket.WebSocketException):
                pass
            finally:
                line.shutdown()

    crowd = [threading.Thread(target=floods, args=(one,)) for one in range(2)]
    for one in crowd:
        one.start()
    waits = []
    ends_at = time.monotonic() + 6
    while time.monotonic() < ends_at:
        asked = time.monotonic()
        assert good.asks("time", t1=1.0)["ok"]
        waits.append(time.monotonic() - asked)
        time.sleep(0.08)
    stop.set()
    for one in crowd:
        one.join()
    assert sum(sent) > 200
    assert sorted(waits)[int(len(waits) * 0.9)] < 0.3
    assert len(server.log) < 1_000_000 and "Traceback" not in server.log, server.log[-3000:]


def test_a_flood_on_one_connection_is_slowed_down_and_holds_up_nobody(server):
    evening = Evening(server)
    loud, good = evening.guest("Loud"), evening.guest("Bo")
    frames = b"".join(
        websocket.ABNF.create_frame(text, websocket.ABNF.OPCODE_TEXT, 1).format()
        for text in (b'42["fly",{}]', b"9", b"3") * 400
    ) + b"".join(
        websocket.ABNF.create_frame(b"x", websocket.ABNF.OPCODE_PING, 1).format() for _ in range(400)
    )
    loud.line.sock.settimeout(0.5)
    with contextlib.suppress(OSError):
        loud.line.sock.sendall(frames)
    waits = []
    for _ in range(20):
        asked = time.monotonic()
        assert good.asks("time", t1=1.0)["ok"]
        waits.append(time.monotonic() - asked)
        time.sleep(0.06)
    assert sorted(waits)[17] < 0.3


def test_a_hundred_guests_of_one_address_join_at_once(server):
    evening = Evening(server)
    tokens = [evening.guest_token(f"Guest {n}") for n in range(100)]
    came: list[Phone] = []

    def comes(token: str) -> None:
        with contextlib.suppress(Closed, OSError, websocket.WebSocketException):
            came.append(evening.guest(token=token))

    crowd = [threading.Thread(target=comes, args=(token,)) for token in tokens]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(came) == 100
