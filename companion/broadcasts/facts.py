"""One function per fact. What changed is read off the revisions, so telling it twice or late is harmless."""

from collections.abc import Iterator
from typing import Any

from companion import database
from companion.broadcasts import acts, phones, remote, wire
from companion.languages import languages
from companion.models.programme import RoomCue
from companion.models.room import Room
from companion.rules.cue_sheet import Cue
from companion.sockets import has_neighbours, socketio

Fact = dict[str, Any]
Said = tuple[str, str, Fact]
"""Socket.IO room, name of the fact, its fields."""


def tell(room_id: str, since: int, now: float, here_only: bool = False) -> None:
    """Everything in a room that is newer than revision `since`. `here_only`: to our own phones.

    What another process did before that, and our own phones were not told yet, goes with it: they hear no
    revision over the head of an older one, for nothing would ever make up for that (ROOM 26).
    """
    since = min(since, phones.told.get(room_id, since))
    with database.reading() as session:
        room = session.get(Room, room_id)
        if room is None:
            return room_deleted(room_id)
        said = list(_news(room, since, now))
        hosts = {to for _, _, to in _hosts(room)}
        phones.note_told(room_id, room.revision, guests=any(to not in hosts for to, _, _ in said))
    for to, name, fact in said:
        socketio.emit(name, fact, to=to, ignore_queue=here_only)


def tally_changed(room_id: str, cue_id: str, now: float) -> None:
    """To hosts; to the room only when its results are live and the film is not back before the question."""
    with database.reading() as session:
        room = session.get(Room, room_id)
        if room is None or cue_id not in room.rows:
            return
        fact = {"cue_id": cue_id, **room.tally(cue_id)}
        is_live = room.cue(cue_id).results == "live" and not wire.is_ahead(room, room.rows[cue_id], now)
        to = _everyone(room) if is_live else _host_rooms(room)
    for name in to:
        socketio.emit("tally_changed", fact, to=name)


def pulse(room_id: str, langs: list[str], position: float, counts: dict[str, int]) -> None:
    for lang in langs:
        socketio.emit("pulse", {"position": position, "counts": counts}, to=f"{room_id}:{lang}")


def people_changed(room_id: str, now: float) -> None:
    """Hosts get the list; guests counts, and nothing while the film plays (ROOM 30)."""
    with database.reading() as session:
        room = session.get(Room, room_id)
        if room is None:
            return
        people = remote.people_list(room, now)
        hosts = _host_rooms(room)
        counts = {key: value for key, value in people.items() if key != "list"}
        everyone = [] if room.part == "film" and room.is_playing else _everyone(room)
    for name in everyone:
        socketio.emit("people_changed", {"people": counts}, to=name)
    for name in hosts:
        socketio.emit("people_changed", {"people": people}, to=name)


def checkpoint_changed(room_id: str, now: float) -> None:
    """The question to ask is another one now, by the clock alone."""
    with database.reading() as session:
        room = session.get(Room, room_id)
        said = list(_to_hosts(room, now)) if room else []
    for to, name, fact in said:
        socketio.emit(name, fact, to=to, ignore_queue=True)


def quiet_changed(room_id: str, quiet: list[list[float | None]]) -> None:
    """A quiet scene is about to begin, or lies elsewhere now: to this process's own phones."""
    for lang in phones.languages(room_id):
        socketio.emit("quiet_changed", {"quiet": quiet}, to=f"{room_id}:{lang}", ignore_queue=True)


def told_again(room_id: str, now: float) -> None:
    """Cards withheld since the film went back, now that it gets there again; their results with them."""
    with database.reading() as session:
        room = session.get(Room, room_id)
        if room is None:
            return
        ahead = {cue.id for cue, row in wire.held(room) if wire.is_ahead(room, row, now)}
        reached = phones.withheld(room_id) - ahead
        due = [(cue, row) for cue, row in wire.held(room) if cue.id in reached]
        said = [fact for lang in _langs(room_id) for fact in _again(room, due, now, lang)]
    phones.release(room_id, reached)
    for to, name, fact in said:
        socketio.emit(name, fact, to=to, ignore_queue=True)


def room_deleted(room_id: str) -> None:
    for lang in _langs(room_id):
        socketio.emit("room_ended", {"recap_url": None}, to=f"{room_id}:{lang}")


def _news(room: Room, since: int, now: float) -> Iterator[Said]:
    quiet = wire.quiet(room, now) if room.playback_revision > since else []
    for lang in _langs(room.room_id):
        to = f"{room.room_id}:{lang}"
        if quiet:
            yield to, "quiet_changed", {"quiet": quiet}  # before the film is there, not with the next sweep
        for name, fact in _room_news(room, since, lang):
            yield to, name, fact
        yield from _card_news(room, since, now, lang)
        for name, fact in _poll_news(room, since, now, lang):
            yield to, name, fact
        if room.part == "ended" and room.part_revision > since:
            yield to, "room_ended", {"revision": room.revision, "recap_url": f"/recap/{room.recap_id}"}
    if room.revision > since:
        yield from _to_hosts(room, now)


def _room_news(room: Room, since: int, lang: str) -> Iterator[tuple[str, Fact]]:
    revision = room.revision
    if room.part_revision > since:
        silence = {"silence_until": room.silence_until, "started_at": room.started_at}
        yield "part_changed", {"part": room.part, **silence, "revision": revision}
    if room.playback_revision > since:
        fact = {"playback": wire.playback(room), "playback_revision": room.playback_revision}
        yield "playback_changed", {**fact, "revision": revision, "by": room.playback_by}
    if room.room_revision > since:
        yield "room_changed", {"room": wire.room(room, lang), "revision": revision}


def _card_news(room: Room, since: int, now: float, lang: str) -> Iterator[Said]:
    news = [(cue, row) for cue, row in wire.held(room) if row.revision > since]
    phones.withhold(room.room_id, {cue.id for cue, row in news if wire.is_ahead(room, row, now)})
    yield from _released(room, news, now, lang)
    gone = [row.cue_id for row in room.rows.values() if row.taken_away and row.revision > since]
    for to, wanted in _listeners(room, lang):
        cue_ids = [cue_id for cue_id in gone if (room.cue(cue_id).kind == "warning") == wanted]
        if cue_ids:
            yield to, "cards_taken_away", {"cue_ids": cue_ids, "revision": room.revision}


def _listeners(room: Room, lang: str) -> tuple[tuple[str, bool], tuple[str, bool]]:
    """Everyone in this language, and (True) who asked for warnings: nobody else knows of those."""
    to = f"{room.room_id}:{lang}"
    return (to, False), (f"{to}:warnings", True)


def _again(room: Room, due: list[tuple[Cue, RoomCue]], now: float, lang: str) -> Iterator[Said]:
    yield from _released(room, due, now, lang)
    for _, row in due:
        if told := wire.result(room, row, lang):
            yield f"{room.room_id}:{lang}", "result_shown", {**told, "revision": room.revision}


def _released(room: Room, news: list[tuple[Cue, RoomCue]], now: float, lang: str) -> Iterator[Said]:
    for to, wanted in _listeners(room, lang):
        cards = [
            wire.card(room, cue, row, lang, known=wire.is_ahead(room, row, now))
            for cue, row in news
            if (cue.kind == "warning") == wanted
        ]
        if cards:
            scenes = {} if wanted else {"scenes": wire.scenes_known(room, lang, now)}
            fact = {"cards": cards, **scenes, "wait_until": room.wait_until, "revision": room.revision}
            yield to, "cards_released", fact


def _poll_news(room: Room, since: int, now: float, lang: str) -> Iterator[tuple[str, Fact]]:
    """What became of questions; of one that lies ahead since the film went back, when it gets there again."""
    for row in room.rows.values():
        if row.taken_away or max(row.closed_revision, row.result_revision) <= since:
            continue
        if wire.is_ahead(room, row, now):
            phones.withhold(room.room_id, {row.cue_id})
            continue
        if row.closed_revision > since and row.closed_at is None:
            yield "poll_opened", {"cue_id": row.cue_id, "revision": room.revision}
        elif row.closed_revision > since:
            missing, here = room.still_to_come(row.cue_id, now)
            fact = {"cue_id": row.cue_id, "still_to_come": missing, "of": here}
            yield "poll_closed", {**fact, "revision": room.revision}
        if row.result_revision > since and row.counted:
            told = wire.result(room, row, lang)
            if told is not None:
                yield "result_shown", {**told, "revision": room.revision}
            else:
                yield "result_hidden", {"cue_id": row.cue_id, "revision": room.revision}


def _to_hosts(room: Room, now: float) -> Iterator[Said]:
    for lang, seen_it, to in _hosts(room):
        revision = room.revision
        checkpoint = remote.checkpoint(room, now, lang, seen_it)
        yield (
            to,
            "alignment_changed",
            {
                "alignment": remote.alignment(room, now, seen_it),
                "checkpoint": checkpoint,
                "revision": revision,
            },
        )
        yield (
            to,
            "queue_changed",
            {
                "queue": remote.queue(room, now, lang, seen_it),
                "checkpoint": checkpoint,
                "moments": remote.moments(room, now, lang, seen_it),
                "to_reveal": remote.to_reveal(room),
                "acts": acts.acts(room, lang),
                "revision": revision,
            },
        )


def _langs(room_id: str) -> list[str]:
    """One frame per language present; with other processes about, any of ours may be."""
    present = set(phones.languages(room_id))
    return sorted(present | set(languages())) if has_neighbours() else sorted(present)


def _everyone(room: Room) -> list[str]:
    return [f"{room.room_id}:{lang}" for lang in _langs(room.room_id)]


def _hosts(room: Room) -> Iterator[tuple[str, bool, str]]:
    """(language, seen it?, Socket.IO room) of every kind of remote that may listen."""
    kinds = phones.remotes(room.room_id)
    if has_neighbours():
        kinds |= {(lang, seen_it) for lang in languages() for seen_it in (True, False)}
    for lang, seen_it in sorted(kinds):
        yield lang, seen_it, host_room(room.room_id, lang, seen_it)


def _host_rooms(room: Room) -> list[str]:
    return [to for _, _, to in _hosts(room)]


def host_room(room_id: str, lang: str, seen_it: bool) -> str:
    return f"{room_id}:{lang}:hosts:{'seen' if seen_it else 'unseen'}"
