"""The shape of every command a phone, a remote or a program may send: parsed before anything else happens."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

OpId = Annotated[str, Meta(min_length=1, max_length=40)]
Id = Annotated[str, Meta(min_length=1, max_length=80)]
Words = Annotated[str, Meta(max_length=400)]
Seconds = Annotated[float, Meta(ge=-86_400, le=86_400)]
Instant = Annotated[float, Meta(ge=0, le=1e11)]
Count = Annotated[int, Meta(ge=0, le=1000)]
Lang = Annotated[str, Meta(min_length=2, max_length=12)]


class Message(Struct, forbid_unknown_fields=True):
    """Unknown fields are refused by name."""


class Command(Message):
    """`op_id` makes a repeat of the same command have one effect and the same acknowledgement."""

    op_id: OpId


class Snapshot(Message):
    """`known`: cards the phone still holds; their html is left out."""

    known: Annotated[list[Id], Meta(max_length=2500)] = []


class Start(Command):
    """`countdown`: the film begins so many seconds from now, on every phone at once."""

    countdown: Annotated[float, Meta(ge=0, le=30)] = 0.0


class FilmOver(Command): ...


class Next(Command): ...


class End(Command): ...


class Play(Command):
    pressed_at: Instant | None = None


class Pause(Command):
    pressed_at: Instant | None = None


class Seek(Command):
    position: Seconds
    base_revision: int


class Nudge(Command):
    seconds: Seconds


class SetRate(Command):
    rate: float


class Mark(Command):
    scene_id: Id
    answer: Literal["now", "already", "skip"] = "now"
    pressed_at: Instant | None = None


class SetAlignment(Command):
    rate: float


class SetRuntime(Command):
    """`seconds` null: as long as the notes say."""

    seconds: Seconds | None


class NotThereYet(Command):
    """Empty: hold everything (ROOM 29). `seconds` or `scene_id`: go back there. `never_mind`: lift it."""

    seconds: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    scene_id: Id | None = None
    never_mind: bool = False


class Undo(Command):
    act: int | None = None


class Vote(Command):
    cue_id: Id
    option_id: Id | None


class React(Command):
    counts: Annotated[
        dict[Annotated[str, Meta(max_length=16)], Annotated[int, Meta(ge=1, le=30)]], Meta(max_length=6)
    ]
    position: Seconds


class SetDelay(Command):
    """`in_ad`: this guest's own film is stopped and the delay still grows."""

    seconds: Seconds
    in_ad: bool | None = None


class Rename(Command):
    name: Annotated[str, Meta(max_length=10_000)]


class RenameGuest(Command):
    guest_id: Id
    name: Annotated[str, Meta(max_length=10_000)]


class SetLanguage(Command):
    lang: Lang


class SetWarnings(Command):
    on: bool


class Flag(Command):
    cue_id: Id
    reason: Words = ""


class ShowNow(Command):
    cue_id: Id


class Skip(Command):
    cue_id: Id
    on: bool = True


class TakeAway(Command):
    cue_id: Id


class ClosePoll(Command):
    cue_id: Id


class MoreTime(Command):
    """Keeps a poll open for so many seconds more; a guest is given 20, whatever they say."""

    cue_id: Id
    seconds: Annotated[float, Meta(ge=1, le=600)] = 15.0


class Reveal(Command):
    cue_id: Id
    on: bool = True


class Hold(Command):
    """`cue_id` null: everything."""

    cue_id: Id | None
    on: bool


class Ask(Command):
    question: Words
    options: Annotated[list[Words], Meta(min_length=2, max_length=6)]
    results: Literal["closed", "live", "host"] = "closed"
    seconds: Annotated[float, Meta(ge=5, le=3600)] | None = None


class Hands(Command):
    cue_id: Id
    option_id: Id
    count: Count


class SetPace(Command):
    pace: Literal["calm", "talkative", "silent"]


class Black(Command):
    on: bool


class ShowCode(Command):
    on: bool


class Lock(Command):
    on: bool


class NewCode(Command): ...


class Promote(Command):
    guest_id: Id
    on: bool = True


class RemoveGuest(Command):
    guest_id: Id


class RenewHosts(Command): ...


class SetRoom(Command):
    guests_may_pause: bool | None = None
    scores: bool | None = None
    name: Words | None = None


class SetSeenIt(Command):
    seen_it: bool


class TakeRevision(Command):
    revision: int


class AdmitScreen(Command):
    letters: Annotated[str, Meta(min_length=4, max_length=4)]


class DeleteRoom(Command): ...
