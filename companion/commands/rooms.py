"""`companion rooms`: which rooms there are, and deleting one at once."""

import time
from typing import Any

import click
from sqlalchemy import delete, select

from companion import database
from companion.commands import handed
from companion.commands.sheet import ask
from companion.models import guest
from companion.models.room import Room, room_at


@click.group("rooms", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List rooms, newest first."""
    if context.invoked_subcommand:
        return
    rooms = ask(rooms_list)
    for room in rooms:
        made = time.strftime("%Y-%m-%d %H:%M", time.localtime(room["created_at"]))
        click.echo(
            f"{room['code'] or '-':<12} {room['part']:<7} {made}  {room['guests']:>4} guests  {room['film']}"
        )
    if not rooms:
        click.echo("No rooms yet.")


@handed.verb
def rooms_list() -> list[dict[str, Any]]:
    with database.reading() as session:
        return [
            {
                "code": room.code,
                "part": room.part,
                "created_at": room.created_at,
                "guests": guest.count(session, room.room_id),
                "film": room.sheet_revision.sheet.slug,
            }
            for room in session.scalars(select(Room).order_by(Room.created_at.desc()).limit(500))
        ]


@command.command("delete")
@click.argument("code")
@click.confirmation_option(prompt="Everything this room did will be gone. Delete it?")
def remove(code: str) -> None:
    """Delete a room and everything it did, at once."""
    ask(room_delete, code=code)
    click.echo("Deleted.")


@handed.verb
def room_delete(code: str) -> None:
    def forget(session: Any) -> None:
        room = room_at(session, code)
        if room is None:
            raise handed.Failed("There is no room with that code.")
        session.execute(delete(Room).where(Room.room_id == room.room_id))

    database.write(forget)
