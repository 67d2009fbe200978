"""The log of one evening, read from what the room kept, for the recap to tell back."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.models.guest import Guest
from companion.models.poll import Vote
from companion.models.programme import RoomCue
from companion.models.reaction import Reaction as ReactionRow
from companion.models.room import Room
from companion.rules.cue_sheet import Cue, words_in
from companion.rules.night import Night, Person, Question, Reaction, Scene


def night_of(session: Session, room: Room, lang: str) -> Night:
    """What happened so far, in one language. Only what the room has been shown is in it (ROOM 10)."""
    sheet = room.sheet
    shown = sorted(
        (row for row in room.rows.values() if row.released_at is not None and not row.taken_away),
        key=lambda row: (row.opened_at or row.released_at or 0.0, row.cue_id),
    )
    cues = [(known_cue(room, row), row) for row in shown]
    votes = votes_of_room(session, room.room_id)
    title = words_in(sheet.film.title, lang, sheet.languages)[1]
    return Night(
        name=room.name or title,
        film_title=title,
        year=sheet.film.year or 0,
        runtime=room.runtime,
        people=people(session, room.room_id),
        scenes=scenes(room, lang),
        questions=tuple(
            question(room, cue, row, votes[cue.id], lang)
            for cue, row in cues
            if cue.asks and row.opened_at is not None and row.counted and room.result_is_out(row)
        ),
        reactions=reactions(session, room.room_id),
        discussion=tuple(
            said(room, cue.text or cue.title, lang)[1] for cue, _ in cues if cue.kind == "discussion"
        ),
        names={r.emoji: said(room, r.name, lang)[1] for r in sheet.reactions},
    )


def known_cue(room: Room, row: RoomCue) -> Cue:
    return room.cue(row.cue_id)


def said(room: Room, words: dict[str, str], lang: str) -> tuple[str, str]:
    return words_in(words, lang, room.sheet.languages) if words else (lang, "")


def people(session: Session, room_id: str) -> tuple[Person, ...]:
    """Everybody who came in and was not removed, in the order they came."""
    kept = (
        select(Guest.guest_id, Guest.name, Guest.joined_position)
        .where(Guest.room_id == room_id, Guest.removed_at.is_(None))
        .order_by(Guest.joined_at, Guest.guest_id)
    )
    return tuple(Person(*row) for row in session.execute(kept))


def scenes(room: Room, lang: str) -> tuple[Scene, ...]:
    return tuple(
        Scene(
            scene.id,
            room.alignment.scene_position(scene.id),
            said(room, scene.title, lang)[1],
            said(room, scene.watch_for, lang)[1],
        )
        for scene in room.sheet.film_scenes
    )


def question(room: Room, cue: Cue, row: RoomCue, votes: dict[str, str], lang: str) -> Question:
    used, text = said(room, cue.text or cue.title, lang)
    in_film = room.sheet.part_of(cue) == "film" if not row.asked else row.start is not None
    return Question(
        cue_id=cue.id,
        kind=cue.kind,
        part=part_of(room, cue, row),
        text=text,
        options=tuple((option.id, said(room, option.text, lang)[1]) for option in cue.options),
        position=row.start if in_film else None,
        answer=cue.answer,
        explanation=said(room, cue.explanation, lang)[1],
        repeats=cue.repeats,
        votes=votes,
        hands={key: int(count) for key, count in (row.hands or {}).items()},
        lang=used,
    )


def part_of(room: Room, cue: Cue, row: RoomCue) -> str:
    """A host's own question may spoil, whenever it was asked."""
    return "film" if row.asked else room.sheet.part_of(cue)


def votes_of_room(session: Session, room_id: str) -> dict[str, dict[str, str]]:
    """cue_id -> guest_id -> option_id, withdrawn ones left out."""
    kept = (
        select(Vote.cue_id, Vote.guest_id, Vote.option_id)
        .where(Vote.room_id == room_id, Vote.option_id.is_not(None))
        .order_by(Vote.guest_id)
    )
    votes: dict[str, dict[str, str]] = defaultdict(dict)
    for cue_id, guest_id, option_id in session.execute(kept):
        votes[cue_id][guest_id] = option_id or ""
    return votes


def reactions(session: Session, room_id: str) -> tuple[Reaction, ...]:
    kept = (
        select(ReactionRow.guest_id, ReactionRow.bin, ReactionRow.emoji, ReactionRow.count)
        .where(ReactionRow.room_id == room_id)
        .order_by(ReactionRow.bin, ReactionRow.guest_id, ReactionRow.emoji)
    )
    return tuple(Reaction(*row) for row in session.execute(kept))
