"""A vote from a page without scripts: a form, and back to the room."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from companion import broadcasts, clock, database
from companion.identity import asked_seat, current_guest
from companion.models.guest import Guest
from companion.models.room import Room
from companion.web.rates import limiter

blueprint = Blueprint("votes", __name__)
TYPED_AT_MOST = 80


@blueprint.post("/r/<code>/votes")
@limiter.limit("120 per minute")
def vote(code: str) -> ResponseReturnValue:
    """Guest."""
    caller = current_guest(code) or abort(404)
    cue_id = request.form.get("cue_id", "")[:TYPED_AT_MOST]
    option_id = request.form.get("option_id", "")[:TYPED_AT_MOST] or None
    op_id = request.form.get("op_id", "")[:40] or f"form-{clock.now()}"

    now = clock.now()

    def change(session: Session) -> int | None:
        room, guest = session.get(Room, caller.room_id), session.get(Guest, caller.guest_id)
        assert room is not None and guest is not None
        since = room.catch_up(now)
        room.cast(guest, cue_id, option_id, op_id, now)
        return since

    since = database.write(change)
    if since is not None:
        broadcasts.tell(caller.room_id, since, now)
    broadcasts.tally_changed(caller.room_id, cue_id)
    seat = asked_seat()
    return redirect(f"/r/{code}" + (f"?seat={seat}" if seat > 1 else "") + f"#{cue_id}", 303)
