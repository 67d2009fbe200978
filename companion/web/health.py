"""For machines that watch this one: alive, ready, and figures."""

import hmac
import ipaddress

from flask import Blueprint, Response, abort, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from companion import clock, database, sockets
from companion.config import settings

blueprint = Blueprint("health", __name__)
CLOCK_TOLERANCE = 0.05


@blueprint.get("/healthz")
def alive() -> Response:
    return Response("alive\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """503 while the database, or Redis where there is one, cannot be reached."""
    checks = {
        "database": can_reach_database(),
        **({"redis": sockets.can_reach_redis()} if settings.redis_url else {}),
    }
    warnings = [] if not checks["database"] else clock_warnings()
    is_ready = all(checks.values())
    return jsonify({"ready": is_ready, "checks": checks, "warnings": warnings}), 200 if is_ready else 503


def can_reach_database() -> bool:
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
    except Exception:
        return False
    return True


def clock_warnings() -> list[str]:
    """Several machines share one film only while their clocks agree with the database's."""
    if settings.uses_sqlite:
        return []
    asked = clock.now()
    with database.reading() as session:
        told = float(session.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
    off = told - (asked + clock.now()) / 2
    return (
        [f"This machine's clock differs from the database's by {off * 1000:.0f} ms."]
        if abs(off) > CLOCK_TOLERANCE
        else []
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    if not is_operator():
        abort(403)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def is_operator() -> bool:
    """Whoever holds the operator's token; without one, this machine itself and no proxy in between."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.operator_token:
        return hmac.compare_digest(given.encode(), settings.operator_token.encode())
    direct = not any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return direct and ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback
