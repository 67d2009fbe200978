"""Every size and rate in one place (SAFETY.md, "Sizes and rates")."""

import ipaddress
import time
from collections.abc import Callable

KIB = 1024

MESSAGE_BYTES = 16 * KIB
BODY_BYTES = 64 * KIB
IMPORT_BYTES = 2 * KIB * KIB

NAME_GRAPHEMES = 24
CARD_CHARACTERS = 280
TITLE_CHARACTERS = 120
OPTION_CHARACTERS = 80
CUES_PER_SHEET = 2_000
CUES_PER_IMPORT = 5_000
LINE_CHARACTERS = 2_000

SOCKETS_PER_GUEST = 5
SOCKETS_PER_PROCESS = 20_000
JOIN_WITHIN = 10.0  # seconds an open socket may stay without having joined a room
SEND_BUFFER = 64 * KIB  # the kernel would keep 4 MiB for a phone that does not read
REPEAT_WITHIN_MS = 3_000  # what a phone did not acknowledge is sent again at least this often
QUEUE_MESSAGES = 64
QUEUE_BYTES = 256 * KIB
QUEUE_SECONDS = 10.0  # a message that waits longer than this belongs to a phone that does not read

# (per second, burst)
MESSAGES = (20.0, 60)  # everything a socket sends, probes and malformed things included
COMMANDS = (10.0, 30)
HOST_COMMANDS = (10.0, 20)
VOTES = (2.0, 6)
REACTIONS = (1.0, 3)

# of one address, and of one at which guests sit in a room already
FAILED_JOINS_PUBLIC = ("30 per minute", "120 per minute")
FAILED_JOINS_PRIVATE = ("120 per minute", "300 per minute")
FAILED_JOINS_SERVER = "300 per minute"
ROOMS_MADE = "5 per hour"
API_CALLS = "600 per minute"

ROWS_PER_COMMIT = 2_000
CONNECTIONS = 20_000
BACKLOG = 1_024
SOCKET_TIMEOUT = 60
KEEPALIVE = 75
DRAIN_WITHIN = 4.0  # seconds from the signal to the last byte; the promise is five


def network_of(told: str) -> str:
    """By what an address is counted: whoever has one IPv6 address has its whole /64; "unknown" if none."""
    try:
        found = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    return told if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


class Bucket:
    """A token bucket: `rate` tokens a second, at most `burst` of them."""

    __slots__ = ("burst", "clock", "filled_at", "rate", "tokens")

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self.clock = rate, burst, clock
        self.tokens, self.filled_at = float(burst), clock()

    def take(self) -> bool:
        """Take one token; False when there is none."""
        now = self.clock()
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    @property
    def is_full(self) -> bool:
        return self.tokens + (self.clock() - self.filled_at) * self.rate >= self.burst
