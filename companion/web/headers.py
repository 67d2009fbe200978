"""The security headers, on every response: pages, errors, static files and the polling of Socket.IO."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, request

from companion.config import Settings

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

SELF = ("script-src", "style-src", "media-src", "connect-src", "manifest-src", "form-action")
ALLOWED = ("screen-wake-lock", "fullscreen", "clipboard-write")
DENIED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "serial",
    "storage-access",
    "usb",
    "web-share",
    "window-management",
    "xr-spatial-tracking",
)
SAID = {"Vary", "Content-Security-Policy"}


def content_policy(framed: bool) -> str:
    """Nothing but our own files. Only the demo page may hold our own pages in frames."""
    rules = [
        "default-src 'none'",
        *(f"{name} 'self'" for name in SELF),
        "img-src 'self' data:",
        "base-uri 'none'",
    ]
    rules += ["frame-src 'self'", "frame-ancestors 'self'"] if framed else ["frame-ancestors 'none'"]
    return "; ".join(rules)


def permissions() -> str:
    return ", ".join([*(f"{name}=(self)" for name in ALLOWED), *(f"{name}=()" for name in DENIED)])


def always(settings: Settings) -> list[tuple[str, str]]:
    return [
        ("Content-Security-Policy", content_policy(settings.demo == "on")),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", permissions()),
    ]


HSTS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


class Headers:
    """Stands in front of everything, so that no error path can forget a header."""

    def __init__(self, inner: App, settings: Settings) -> None:
        self.inner = inner
        self.headers = always(settings)
        self.names = {name.lower() for name, _ in self.headers}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() not in self.names]
            kept += self.headers
            if not any(name.lower() == "cache-control" for name, _ in headers):
                kept.append(("Cache-Control", "no-store"))
            if environ["wsgi.url_scheme"] == "https" and is_name(environ.get("HTTP_HOST", "")):
                kept.append(HSTS)
            return start_response(status, kept, *rest)

        return self.inner(environ, start)


def is_name(host: str) -> bool:
    """Whether this is a name that others could own, rather than an address in digits or this very machine."""
    bare = host.rsplit(":", 1)[0] if host.count(":") == 1 or host.startswith("[") else host
    bare = bare.strip("[]")
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        return bare not in ("localhost", "")
    return False


def install(app: Flask) -> None:
    """Pages are never kept by a cache: they hold what only their reader may see."""

    @app.after_request
    def forbid_keeping(response: Response) -> Response:
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        if request.method == "OPTIONS":
            response.headers.pop("Access-Control-Allow-Origin", None)
        return response
