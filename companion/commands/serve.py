"""`companion serve`: for servers. Everything else about it is a setting."""

import os
from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from companion.commands.folder import Taken
from companion.config import Settings
from companion.database import Damaged


def settings_with(**given: object) -> Settings:
    """The environment's settings, with what the command line says instead."""
    names = {
        "port": "PORT",
        "host": "COMPANION_HOST",
        "data_dir": "COMPANION_DATA_DIR",
        "demo": "COMPANION_DEMO",
    }
    told = {names[name]: str(value) for name, value in given.items() if value is not None}
    return Settings.from_environment({**os.environ, **told})


@click.command("serve")
@click.option("--port", type=int, help="Port to listen on; 0 picks a free one.")
@click.option("--host", help="Address to listen on.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Folder that keeps everything.")
def command(port: int | None, host: str | None, data_dir: Path | None) -> None:
    """Serve, for servers with a name.

    Runs until told to stop; SIGTERM tells the phones and drains within five seconds.
    """
    settings = settings_with(port=port, host=host, data_dir=data_dir)
    run_until_told(settings, lambda _app, address: click.echo(f"Companion is at {address}"))


def run_until_told(settings: Settings, announce: Callable[[Flask, str], None]) -> None:
    """Serve; what stops the start is one sentence at the terminal."""
    from companion import server

    try:
        server.run(settings, announce)
    except (Taken, Damaged) as wrong:
        raise click.ClickException(str(wrong)) from None
    except OSError as wrong:
        raise click.ClickException(
            f"Cannot listen on {settings.host}:{settings.port}: {wrong.strerror}."
        ) from None
