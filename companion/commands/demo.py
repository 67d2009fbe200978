"""`companion demo`: one page with two phones, the remote and the lobby, alive, in three minutes."""

import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask

from companion.commands.addresses import free_port
from companion.commands.party import has_desktop
from companion.commands.serve import run_until_told, settings_with


@click.command("demo")
@click.option("--port", type=int, help="Port to try first.  [default: 8080]")
@click.option(
    "--data-dir", type=click.Path(path_type=Path), help="Folder to keep; else one that is thrown away."
)
@click.option("--browser/--no-browser", default=True, help="Open the page here.")
def command(port: int | None, data_dir: Path | None, browser: bool) -> None:
    """Serve the demo page with the three-minute film."""

    def announce(_app: Flask, address: str) -> None:
        click.echo(f"Companion is at {address}")
        click.echo(f"\n  The demo party:  {address}/demo\n")
        if browser and has_desktop():
            webbrowser.open(f"{address}/demo")

    with tempfile.TemporaryDirectory(prefix="companion-demo-") as thrown_away:
        settings = settings_with(port=port, data_dir=data_dir or Path(thrown_away), demo="on")
        settings = replace(settings, port=free_port(settings.host, settings.port) if settings.port else 0)
        run_until_told(settings, announce)
