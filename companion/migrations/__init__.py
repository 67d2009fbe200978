"""Bringing a database's tables up to what models/ says."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

FOLDER = Path(__file__).parent
ONE_AT_A_TIME = 738_201  # any number, as long as every process uses the same


def configured() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine) -> None:
    """Run what is missing, in one transaction. Several processes may start at once on PostgreSQL."""
    config = configured()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def newest() -> str | None:
    return ScriptDirectory.from_config(configured()).get_current_head()
