"""`companion db upgrade`: bring the tables up to date; a release does this before it starts its processes."""

import click

from companion import migrations
from companion.commands import handed
from companion.commands.folder import Folder, Taken
from companion.commands.serve import settings_with


@click.group("db")
def command() -> None:
    """Look after the database."""


@command.command("upgrade")
def upgrade() -> None:
    """Run the migrations that are missing. On SQLite every start does this by itself."""
    settings = settings_with()
    folder = None
    if settings.uses_sqlite:
        try:
            folder = Folder(settings.data_dir)
        except Taken as taken:
            raise click.ClickException(f"{taken} It has done this at its start.") from None
    handed.here(settings, lambda: None, {})
    if folder:
        folder.release()
    click.echo(f"The database is at {migrations.newest() or 'the beginning'}.")
