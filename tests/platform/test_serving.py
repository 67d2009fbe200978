"""What every phone's connection inherits from the socket it came in by, whichever way it is served."""

import socket

import pytest
from flask import Flask

from companion import limits
from companion.config import Settings
from companion.server import TCP_RTO_MAX_MS, EventletServer, ThreadingServer


@pytest.mark.filterwarnings("ignore:\\s*Eventlet is deprecated")
@pytest.mark.parametrize("serves", [EventletServer, ThreadingServer])
def test_no_small_packet_waits_until_the_phone_has_acknowledged_the_one_before(serves, tmp_path):
    """That would cost a phone on LTE a whole way there and back, for each answer about the time."""
    served = serves(Flask("bare"), Settings(host="127.0.0.1", port=0, data_dir=tmp_path))
    listener = served.listener if serves is EventletServer else served.server.socket
    with (
        socket.socket(fileno=socket.dup(listener.fileno())) as door,
        socket.create_connection(("127.0.0.1", served.port), timeout=5),
        door.accept()[0] as phone,
    ):
        assert phone.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
        assert phone.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) < 1_000_000
        assert repeats_within(phone) in (limits.REPEAT_WITHIN_MS, None)
    listener.close()


def repeats_within(phone):
    """Milliseconds; None where the system knows no such limit."""
    try:
        return phone.getsockopt(socket.IPPROTO_TCP, TCP_RTO_MAX_MS)
    except OSError:
        return None
