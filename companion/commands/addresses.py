"""The addresses of this machine, as phones on the same wifi would type them."""

import array
import contextlib
import fcntl
import socket
import struct
import sys

SIOCGIFADDR = 0x8915
VIRTUAL = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vboxnet",
    "lxc",
    "lxd",
    "podman",
    "cni",
    "zt",
    "tailscale",
)


def lan_addresses() -> list[str]:
    """IPv4 addresses other than loopback; first the one that the way out uses."""
    found = [address for address in (way_out(), *of_interfaces(), *of_name()) if address]
    return [a for a in dict.fromkeys(found) if not a.startswith(("127.", "169.254."))]


def way_out() -> str | None:
    """The address a packet to the internet would leave from. Asks the routing table; sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
            return str(asked.getsockname()[0])
        except OSError:
            return None


def of_interfaces() -> list[str]:
    """Each real network card's address; Linux only."""
    if not sys.platform.startswith("linux"):
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            if name.startswith(VIRTUAL):
                continue
            request = array.array("B", struct.pack("256s", name.encode()[:15]))
            with contextlib.suppress(OSError):
                fcntl.ioctl(asked.fileno(), SIOCGIFADDR, request)
                found.append(socket.inet_ntoa(request.tobytes()[20:24]))
    return found


def of_name() -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []


def free_port(host: str, first: int, tries: int = 50) -> int:
    """The first port from `first` on that can be had."""
    for port in range(first, min(first + tries, 65_536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((host, port))
                return port
            except OSError:
                continue
    return 0
