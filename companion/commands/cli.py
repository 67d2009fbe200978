"""`companion`: the command line, one module per command."""

import importlib
import pkgutil

import click

from companion import commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def companion() -> None:
    """Scene-timed notes and polls on every phone while a film plays."""


for module in pkgutil.iter_modules(commands.__path__):
    found = importlib.import_module(f"companion.commands.{module.name}") if module.name != "cli" else None
    if isinstance(given := getattr(found, "command", None), click.Command):
        companion.add_command(given)
