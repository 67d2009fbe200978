"""How often one address may ask over HTTP, and how often codes may be guessed."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter

from companion import limits
from companion.config import settings
from companion.sockets import guard

View = Callable[..., Any]


def address() -> str:
    return limits.network_of(request.remote_addr or "")


limiter = Limiter(address, headers_enabled=True, strategy="moving-window")


def install(app: Flask) -> None:
    """Counts in Redis when there is one; while it cannot be reached, each process counts for itself."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    if settings.redis_url:
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
        app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    limiter.init_app(app)


def failed_joins() -> str:
    """More where somebody sits in a room already: who comes next mistypes the same number from there."""
    alone, at_a_party = limits.FAILED_JOINS_PRIVATE if settings.is_private else limits.FAILED_JOINS_PUBLIC
    return at_a_party if guard.is_seated(address()) else alone


def guesses(*statuses: int) -> Callable[[View], View]:
    """Only answers of these statuses count, over all doors together: per address and for the server."""

    def was_wrong(response: Response) -> bool:
        return response.status_code in statuses

    scope = "failed joins"
    per_address = limiter.shared_limit(failed_joins, scope, deduct_when=was_wrong)
    of_all = limiter.shared_limit(
        limits.FAILED_JOINS_SERVER, f"{scope} of all", key_func=lambda: "server", deduct_when=was_wrong
    )
    return lambda view: of_all(per_address(view))
