"""A vote from a page without scripts: a form, and back to the room."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from companion import broadcasts, clock, database
from companion.identity import asked_seat, current_guest
from companion.models.voting import take_vote
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
    _, since = database.write(
        lambda session: take_vote(session, caller.room_id, caller.guest_id, cue_id, option_id, op_id, now)
    )
    if since is not None:
        broadcasts.tell(caller.room_id, since, now)
    broadcasts.tally_changed(caller.room_id, cue_id, now)
    seat = asked_seat()
    return redirect(f"/r/{code}" + (f"?seat={seat}" if seat > 1 else "") + f"#{cue_id}", 303)
