"""`companion doctor`: whether this machine can host a night, and what its network turns off."""

import os
import platform
import resource
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click

from companion.commands import folder
from companion.commands.addresses import free_port, lan_addresses
from companion.commands.serve import settings_with
from companion.config import Settings

GOOD, ADVICE, BAD = "ok", "!", "✗"
WAL_RACE_UNTIL = (3, 51, 3)
Found = tuple[str, str]


@click.command("doctor")
def command() -> None:
    """Tell whether this machine can host a night.

    Looks at Python, SQLite, open files, the port, the data folder, addresses and https.
    Ends with 1 if one of them will not do.
    """
    settings = settings_with()
    found = list(examine(settings))
    for mark, sentence in found:
        click.echo(f"{mark:>3}  {sentence}")
    sys.exit(1 if any(mark == BAD for mark, _ in found) else 0)


def examine(settings: Settings) -> Iterator[Found]:
    yield python()
    yield from sqlite(settings)
    yield open_files()
    yield from folder_access(settings.data_dir)
    yield port(settings)
    yield from addresses(settings)
    yield https(settings)


def python() -> Found:
    said = f"Python {platform.python_version()}"
    return (
        (GOOD, f"{said}.")
        if sys.version_info >= (3, 11)
        else (BAD, f"{said}: Companion needs 3.11 or newer.")
    )


def sqlite(settings: Settings) -> Iterator[Found]:
    if not settings.uses_sqlite:
        yield GOOD, "The database is PostgreSQL."
        return
    said = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < WAL_RACE_UNTIL:
        race = "before 3.51.3 two writing processes could corrupt it, so Companion lets only one write"
        yield GOOD, f"{said}: {race}."
    else:
        yield GOOD, f"{said}."


def open_files() -> Found:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2_048:
        return (
            ADVICE,
            f"At most {hard} open files: about {max(hard - 100, 0)} phones. Raise it with ulimit -Hn.",
        )
    return GOOD, f"Open files: {'unlimited' if hard == resource.RLIM_INFINITY else hard}, one for each phone."


def folder_access(path: Path) -> Iterator[Found]:
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path) as tried:
            os.fsync(tried.fileno())
    except OSError as wrong:
        yield BAD, f"The data folder {path} cannot be written: {wrong.strerror}."
        return
    free = shutil.disk_usage(path).free // 2**20
    yield (GOOD if free > 200 else ADVICE), f"Data folder {path.absolute()}: writable, {free:,} MiB free."
    if address := folder.read(path).get("address"):
        yield GOOD, f"A server has used it at {address}."


def port(settings: Settings) -> Found:
    got = free_port(settings.host, settings.port) if settings.port else 0
    if got == settings.port:
        return GOOD, f"Port {settings.port or '(any)'} is free."
    return ADVICE, f"Port {settings.port} is taken; `companion party` would use {got or 'none near it'}."


def addresses(settings: Settings) -> Iterator[Found]:
    found = lan_addresses()
    if settings.host not in ("0.0.0.0", "::"):
        yield GOOD, f"Listens on {settings.host} only."
    elif found:
        yield GOOD, f"Phones on the same wifi reach this machine at {' or '.join(found)}."
    else:
        yield ADVICE, "This machine has no network address: only its own browser can join."


def https(settings: Settings) -> Found:
    if settings.public_url.startswith("https://"):
        return GOOD, f"Guests come by https to {urlsplit(settings.public_url).hostname}."
    off = "keeping the screen awake, sharing and copying by one tap, and reloading without the network"
    said = f"Guests come by plain http. It works; phones then turn off {off}."
    return ADVICE, f"{said} docs/ON-YOUR-WIFI.md has ways to https."
