"""`companion backup`: one file with everything, made while the server runs."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import click

from companion import config, database
from companion.commands import handed
from companion.commands.serve import settings_with
from companion.commands.sheet import ask


@click.command("backup")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path | None) -> None:
    """Copy the database to FILE. To go back, stop the server and put it in place of companion.db."""
    if not settings_with().uses_sqlite:
        raise click.ClickException("The database is PostgreSQL: use pg_dump.")
    file = (file or Path(time.strftime("companion-%Y%m%d-%H%M%S.db"))).absolute()
    if file.exists():
        raise click.ClickException(f"{file} exists already.")
    size = ask(backup, path=str(file))
    click.echo(f"{file} ({size} bytes)")


@handed.verb
def backup(path: str) -> int:
    """A consistent copy through a connection of its own, off the hub; checked before it is called done."""
    source = config.settings.database.removeprefix("sqlite:///")
    try:
        database.off_the_hub(lambda: copy(source, path))
    except sqlite3.Error as wrong:
        raise handed.Failed(f"The copy could not be made: {wrong}.") from None
    return Path(path).stat().st_size


def copy(source: str, path: str) -> None:
    with closing(sqlite3.connect(source)) as whole:
        whole.execute("VACUUM INTO ?", (path,))
    with closing(sqlite3.connect(path)) as made:
        (found,) = made.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(str(found))
