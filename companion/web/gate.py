"""Who may speak to this server at all: known host names and origins, in front of Flask and Socket.IO."""

import socket
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from companion.config import Settings
from companion.web.headers import is_name

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
SAFE = ("GET", "HEAD", "OPTIONS")


class Gate:
    """Refuses host names that are not ours (DNS rebinding) and changes that another site asks for."""

    def __init__(self, inner: App, settings: Settings) -> None:
        self.inner = inner
        self.hosts = {*settings.trusted_hosts, "localhost", *own_names()}
        self.public_url = settings.public_url
        if settings.public_url:
            self.hosts.add(urlsplit(settings.public_url).hostname or "")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)  # permessage-deflate costs 215 kB per phone
        if not self.knows(environ.get("HTTP_HOST", "")):
            return refuse(start_response, "421 Misdirected Request", "This server does not go by that name.")
        if is_foreign(environ, self.public_url):
            return refuse(
                start_response, "403 Forbidden", "Another site asked for this. Open the page itself."
            )
        return self.inner(environ, start_response)

    def knows(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return bool(name) and (not is_name(name) or name in self.hosts)


def own_names() -> set[str]:
    name = socket.gethostname().lower()
    return {name, name.split(".")[0], f"{name.split('.')[0]}.local"}


def is_foreign(environ: Environ, public_url: str = "") -> bool:
    """Whether a browser says that another site started a change or a socket that would carry our cookies.

    Forms of our own pages say `Origin: null`, because our pages send no referrer; SameSite guards those.
    """
    origin = environ.get("HTTP_ORIGIN")
    is_socket = environ["PATH_INFO"].startswith("/socket.io")
    if environ["REQUEST_METHOD"] in SAFE and not is_socket:
        return False
    if origin == "null" and not is_socket:
        return environ.get("HTTP_SEC_FETCH_SITE", "same-origin") not in ("same-origin", "none")
    return bool(origin) and origin not in (own_origin(environ), public_url)


def own_origin(environ: Environ) -> str:
    return f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"


def refuse(start_response: Callable[..., Any], status: str, sentence: str) -> list[bytes]:
    body = sentence.encode()
    start_response(
        status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    )
    return [body]
