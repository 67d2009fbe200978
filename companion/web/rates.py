"""How often one address may ask over HTTP."""

from flask import Flask, request
from flask_limiter import Limiter

from companion import limits
from companion.config import settings


def address() -> str:
    """Who asks, by network address; a home's IPv6 phones share their /64."""
    return request.remote_addr or "unknown"


limiter = Limiter(address, headers_enabled=False, strategy="moving-window")


def install(app: Flask) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    limiter.init_app(app)


def failed_joins() -> str:
    return limits.FAILED_JOINS_PRIVATE if settings.is_private else limits.FAILED_JOINS_PUBLIC
