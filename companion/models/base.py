"""What every kept thing shares: the declarative base, opaque identifiers and hashed tokens."""

import hashlib
import secrets
from typing import Any, ClassVar

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
OPS_KEPT = 8


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON}


def new_id() -> str:
    return secrets.token_urlsafe(9)


def new_token() -> str:
    """128 bits (SAFETY: who is who)."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    """SHA-256 in hex. A token has 128 random bits, so it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def with_op(ops: str, op_id: str) -> str:
    """The last few op_ids of one row, newest first, so that a repeated command is recognised."""
    return " ".join([op_id, *ops.split()][:OPS_KEPT])
