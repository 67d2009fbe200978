"""The address that other people's phones can open, also when the host's own browser says localhost."""

import ipaddress
import socket
from urllib.parse import urlsplit

from flask import request

from companion.config import settings


def join_origin() -> str:
    """`https://party.example`, or this machine's address on the wifi, with the port that was asked."""
    if settings.public_url:
        return str(settings.public_url)
    asked = urlsplit(request.host_url)
    found = lan_addresses() if is_this_machine(asked.hostname or "") else []
    return at(found[0]) if found else request.host_url.rstrip("/")


def other_origins() -> list[str]:
    """What else a phone may try when the first address does not open."""
    if settings.public_url:
        return []
    first = join_origin()
    return [origin for origin in map(at, lan_addresses()) if origin != first]


def at(address: str) -> str:
    asked = urlsplit(request.host_url)
    port = f":{asked.port}" if asked.port else ""
    return f"{asked.scheme}://{address}{port}"


def is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def lan_addresses() -> list[str]:
    """IPv4 addresses but loopback, that of the way out first; none when only this machine listens."""
    if is_this_machine(settings.host):
        return []
    found = dict.fromkeys([way_out(), *of_name()])
    return [address for address in found if address and not address.startswith(("127.", "169.254."))]


def way_out() -> str:
    """Asks the routing table only; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
            return str(asked.getsockname()[0])
        except OSError:
            return ""


def of_name() -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []
