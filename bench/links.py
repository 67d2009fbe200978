"""Bad networks on one machine: phones in a namespace behind a link that delays, jitters and drops."""

import fcntl
import json
import os
import signal
import struct
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
SERVER_NET, PHONES_NET = "198.18.0.0/16", "198.19.0.0/16"
PHONES_ADDRESS = "198.19.0.1"
LATEST = 0.002
"""A run in which one packet in a hundred was later than this proves nothing about anybody's clock."""


@dataclass(frozen=True)
class Link:
    """One kind of network, seconds one way. Jitter is the mean of an exponential; packets stay in order."""

    name: str
    out: float
    back: float
    out_jitter: float = 0.0
    back_jitter: float = 0.0
    loss: float = 0.0


LINKS = (
    Link("LAN", 0.0002, 0.0002, 0.0001, 0.0001),
    Link("wifi", 0.003, 0.003, 0.006, 0.004, 0.005),
    Link("LTE", 0.030, 0.025, 0.014, 0.006),
    Link("bad", 0.080, 0.060, 0.040, 0.025, 0.02),
    Link("asymmetric", 0.060, 0.010),
    Link("slow", 0.080, 0.060, 0.040, 0.025),
)


class NoRights(Exception):
    """This machine lets us make no namespace; the sentence says what it refused."""


class Lateness(dict[str, float]):
    """How late the emulator itself was: packets, p50, p99 and most, seconds."""

    @property
    def is_too_late(self) -> bool:
        return self.get("p99", 0.0) > LATEST


class Emulator:
    """The process that holds packets. A word in, a line out: `cut`, `mend`, `lateness`, and `forget` it.

    The proxy also knows `lose`: what was connected is dead and is not told.
    """

    def __init__(self, module: str, told: str, files: tuple[int, ...] = ()) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, told],
            cwd=ROOT,
            pass_fds=files,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ready = json.loads(self.read())

    def read(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def ask(self, word: str) -> Lateness:
        assert self.process.stdin
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return Lateness(json.loads(self.read()))

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.communicate(timeout=10)


class Namespace:
    """Phones in a network of their own. There the server has one address for each link."""

    how = "network namespace, TUN devices, packets held in user space (real TCP over it, real retransmits)"

    def __init__(self, seed: int, links: tuple[Link, ...] = LINKS) -> None:
        self.seed, self.links = seed, links
        self.name = f"companion-{os.getpid()}"
        self.devices = (f"cs{os.getpid()}", f"cp{os.getpid()}")
        self.emulator: Emulator | None = None

    def __enter__(self) -> "Namespace":
        try:
            self.build()
        except (OSError, subprocess.CalledProcessError) as refused:
            self.tear_down()
            said = getattr(refused, "stderr", "") or str(refused)
            raise NoRights(str(said).strip()) from None
        return self

    def __exit__(self, *_: object) -> None:
        self.tear_down()

    def address(self, link: Link) -> str:
        return f"198.18.{self.links.index(link) + 1}.1"

    def origin(self, link: Link, port: int) -> str:
        return f"http://{self.address(link)}:{port}"

    def run(self, *command: str) -> list[str]:
        return ["ip", "netns", "exec", self.name, *command]

    def build(self) -> None:
        ip("netns", "add", self.name)
        ours, theirs = (tun(device) for device in self.devices)
        try:
            ip("link", "set", self.devices[1], "netns", self.name)
            for link in self.links:
                ip("addr", "add", f"{self.address(link)}/32", "dev", self.devices[0])
            ip("link", "set", self.devices[0], "up")
            ip("route", "add", PHONES_NET, "dev", self.devices[0])
            inside = ("-n", self.name)
            ip(*inside, "addr", "add", f"{PHONES_ADDRESS}/32", "dev", self.devices[1])
            ip(*inside, "link", "set", "lo", "up")
            ip(*inside, "link", "set", self.devices[1], "up")
            ip(*inside, "route", "add", SERVER_NET, "dev", self.devices[1])
            self.forward(ours, theirs)
        finally:
            os.close(ours)
            os.close(theirs)

    def forward(self, ours: int, theirs: int) -> None:
        links = {self.address(link): asdict(link) for link in self.links}
        told = json.dumps({"server": ours, "phones": theirs, "seed": self.seed, "links": links})
        self.emulator = Emulator("bench.links_forward", told, (ours, theirs))

    def tear_down(self) -> None:
        if self.emulator:
            self.emulator.end()
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", self.devices[0]], capture_output=True, check=False)


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], capture_output=True, text=True, check=True)


def tun(name: str) -> int:
    """A TUN device, as the file that its packets are read from."""
    file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(file, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return file
