"""Bringing a database's tables up to what models/ says."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

FOLDER = Path(__file__).parent
ONE_AT_A_TIME = 738_201  # any number, as long as every process uses the same


def upgrade(engine: Engine) -> None:
    """Run what is missing, in one transaction. Several processes may start at once on PostgreSQL."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        if current(connection) != newest():
            run(connection)


def current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest() -> str | None:
    """The revision that no other builds on. Read without Alembic, which is a sixth of a start's imports."""
    scripts = [path.read_text(encoding="utf-8") for path in (FOLDER / "versions").glob("*.py")]
    return next(iter(declared("revision", scripts) - declared("down_revision", scripts)), None)


def declared(name: str, scripts: list[str]) -> set[str]:
    pattern = re.compile(rf"^{name}\b[^=\n]*= *['\"](\w+)['\"]", re.M)
    return {found[1] for script in scripts if (found := pattern.search(script))}


def run(connection: Connection) -> None:
    from alembic import command

    config = configured()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def configured() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config
