"""`companion party`: host a film night from this machine with one command."""

import os
import sys
import webbrowser
from dataclasses import dataclass, replace
from pathlib import Path

import click
import segno
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from companion import clock, database
from companion.commands import bundled
from companion.commands.addresses import free_port, lan_addresses
from companion.commands.serve import run_until_told, settings_with
from companion.config import Settings
from companion.models.room import Room, open_room
from companion.models.sheet import Revision, Sheet, bring_in_all, sheet_named
from companion.rules.refused import Refused

TONIGHT = "miracle-in-cell-no-7"
GOES_ON_FOR = 12 * 3600.0


@dataclass(frozen=True)
class Night:
    """What the terminal tells about tonight's room."""

    code: str
    film: str
    secret: str
    goes_on: bool


@click.command("party")
@click.option("--sheet", default=TONIGHT, show_default=True, help="A bundled film by name, or a file.")
@click.option("--port", type=int, help="Port to try first.  [default: 8080]")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Folder that keeps everything.")
@click.option("--new", is_flag=True, help="Open a new room even if one is still going on.")
@click.option("--browser/--no-browser", default=True, help="Open the host's page here.")
def command(sheet: str, port: int | None, data_dir: Path | None, new: bool, browser: bool) -> None:
    """Host a film night from this machine.

    Serves, opens tonight's room (or goes on with one of the last twelve hours) and shows how to join it.
    """
    settings = settings_with(port=port, data_dir=data_dir, demo="on")
    wanted = settings.port
    settings = replace(settings, port=free_port(settings.host, wanted) if wanted else 0)

    def announce(app: Flask, address: str) -> None:
        click.echo(f"Companion is at {address}")
        if wanted and not address.endswith(f":{wanted}"):
            click.echo(f"(Port {wanted} is taken, so this is another one.)")
        night = tonight(settings, sheet, new)
        link = tell(settings, address, night)
        if browser and has_desktop():
            webbrowser.open(link)

    run_until_told(settings, announce)


def tonight(settings: Settings, sheet: str, new: bool) -> Night:
    """The room that is still going on, else a new one; either way a host link that works."""

    def keep(session: Session) -> Night:
        now = clock.now()
        revision = revision_for(session, sheet, now)
        going = None if new else latest_room(session, revision.sheet_id, now)
        if going:
            _, secret = going.new_host(now)
            return Night(going.code or "", film_of(revision), secret, True)
        room, secret = open_room(session, revision, now, code_digits=settings.code_length)
        return Night(room.code or "", film_of(revision), secret, False)

    try:
        return database.write(keep)
    except Refused as refused:
        raise click.ClickException(f"{sheet}: {refused.sentence}") from None


def revision_for(session: Session, sheet: str, now: float) -> Revision:
    if sheet.endswith(".json"):
        path = Path(sheet)
        return bring_in_all(session, [(path.stem.lower(), bundled.read(path))], now, "file")[0]
    found: Sheet | None = sheet_named(session, sheet)
    if found is None or found.published is None:
        raise Refused("bad_field", "There is no such film here. `companion sheet import` brings one in.")
    return found.revision(found.published)


def latest_room(session: Session, sheet_id: int, now: float) -> Room | None:
    kept = select(Room).join(Revision, Revision.revision_id == Room.revision_id)
    going = kept.where(
        Revision.sheet_id == sheet_id, Room.ended_at.is_(None), Room.last_act_at > now - GOES_ON_FOR
    )
    return session.scalars(going.order_by(Room.last_act_at.desc()).limit(1)).first()


def film_of(revision: Revision) -> str:
    film = revision.document.get("film", {})
    title = film.get("title", "")
    return str(next(iter(title.values()), "") if isinstance(title, dict) else title)


def tell(settings: Settings, address: str, night: Night) -> str:
    """Print how phones join and how the host begins; returns the link to open here."""
    port = address.rsplit(":", 1)[1]
    bases = [settings.public_url] if settings.public_url else [f"http://{a}:{port}" for a in lan_addresses()]
    join = f"{(bases or [address])[0]}/j/{night.code}"
    said = "goes on" if night.goes_on else "is ready"
    click.echo(f"\n  {night.film}: tonight's room {said}.\n")
    if bases:
        segno.make(join, error="m").terminal(out=sys.stdout, compact=True)
    click.echo(f"  Phones on the same wifi:  {join}")
    for other in bases[1:]:
        click.echo(f"                 or else:  {other}/j/{night.code}")
    if not bases:
        click.echo("  (This machine has no network address; only its own browser can join.)")
    host = f"/host/{night.code}#{night.secret}"
    click.echo(f"  You, the host, on this machine:  {address}{host}")
    if bases:
        click.echo(f"  or on your own phone:            {bases[0]}{host}")
    click.echo(
        "\n  Keep the host link to yourself. Ctrl+C stops Companion; started again, the evening goes on.\n"
    )
    sys.stdout.flush()
    return f"{address}{host}"


def has_desktop() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
