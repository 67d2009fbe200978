"""A document of any shape made into values that the other checks can rely on, and what had to be left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import isfinite
from typing import Any, TypeVar

import msgspec
from msgspec.structs import FieldInfo, fields

from companion.rules.cue_sheet import (
    FORMAT,
    MOST_CUES,
    MOST_SCENES,
    Credits,
    Cue,
    Edition,
    Film,
    OtherEdition,
    Reaction,
    Scene,
)
from companion.rules.findings import Finding
from companion.rules.said import Said, said

NAMED_BY = 40
"""Letters of a note that stand for it in a sentence about another."""
T = TypeVar("T", bound=msgspec.Struct)
Place = dict[str, str | None]
UNREADABLE = (msgspec.ValidationError, OverflowError, RecursionError, ValueError, TypeError)


@dataclass
class Draft:
    """What could be read of a sheet; ids may repeat and names may lead nowhere."""

    film: Film
    edition: Edition
    languages: tuple[str, ...]
    scenes: list[Scene]
    cues: list[Cue]
    other_editions: list[OtherEdition]
    reactions: list[Reaction]
    credits: Credits
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def scene_by_id(self) -> dict[str, Scene]:
        return {scene.id: scene for scene in reversed(self.scenes)}

    @cached_property
    def film_scenes(self) -> list[Scene]:
        return sorted((scene for scene in self.scenes if scene.part == "film"), key=lambda scene: scene.start)

    @cached_property
    def film_cues(self) -> list[tuple[float, Cue]]:
        """(sheet time, cue) of the film's cues whose scene is known, in sheet order."""
        known = [(self.scene_by_id[cue.scene], cue) for cue in self.cues if cue.scene in self.scene_by_id]
        timed = [(scene.start + cue.offset, cue) for scene, cue in known if scene.part == "film"]
        return sorted(timed, key=lambda pair: pair[0])

    def name_of(self, cue: Cue) -> str:
        """What its author knows it by: the beginning of its title or words, else its id."""
        words = next((text for text in (cue.title, cue.text) if any(text.values())), {})
        spoken = [words[lang] for lang in (*self.languages, *words) if words.get(lang)]
        plain = " ".join(spoken[0].split()) if spoken else cue.id
        return plain if len(plain) <= NAMED_BY else f"{plain[: NAMED_BY - 1].rstrip()}…"


def draft_of(document: dict[str, Any]) -> Draft:
    reader = _Reader()
    if document.get("format") != FORMAT:
        reader.say("format", said("The format must be “%(format)s”.", format=FORMAT), field="format")
    film = reader.one(Film, document.get("film"), "film")
    edition = reader.one(Edition, document.get("edition"), "edition")
    return Draft(
        film=film,
        edition=edition,
        languages=reader.languages(document.get("languages")),
        scenes=reader.many(Scene, document, "scenes", MOST_SCENES, lambda id: {"scene_id": id}),
        cues=reader.many(Cue, document, "cues", MOST_CUES, lambda id: {"cue_id": id}),
        other_editions=reader.many(OtherEdition, document, "other_editions", 20),
        reactions=reader.many(Reaction, document, "reactions", 6),
        credits=reader.one(Credits, document.get("credits", {}), "credits"),
        findings=reader.findings,
    )


class _Reader:
    """Reads what it can and says what it could not."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def say(self, code: str, told: Said, **place: str | None) -> None:
        self.findings.append(Finding(code, "error", told, **place))

    def languages(self, raw: Any) -> tuple[str, ...]:
        if isinstance(raw, list) and raw and all(isinstance(lang, str) and lang for lang in raw):
            if len(set(raw)) < len(raw):
                self.say("duplicate_language", said("A language is named twice."), field="languages")
            return tuple(dict.fromkeys(raw))
        told = said("Name at least one language, the first is the fallback.")
        self.say("languages", told, field="languages")
        return ()

    def many(
        self,
        kind: type[T],
        document: dict[str, Any],
        key: str,
        most: int,
        place_of: Callable[[str | None], Place] = lambda id: {},
    ) -> list[T]:
        raw = document.get(key, None if key in ("scenes", "cues") else [])
        if not isinstance(raw, list):
            self.say("wrong_type", said("“%(name)s” must be a list.", name=key), field=key)
            return []
        if len(raw) > most:
            told = said(
                "“%(name)s” has %(count)s entries; %(most)s is the most.", name=key, count=len(raw), most=most
            )
            self.say(f"too_many_{key}", told, field=key)
        found = []
        for number, entry in enumerate(raw[:most], 1):
            named = entry.get("id") if isinstance(entry, dict) else None
            place = place_of(named if isinstance(named, str) and named else f"{key}[{number}]")
            found.append(self.one(kind, entry, None if any(place.values()) else f"{key}[{number}]", place))
        return found

    def one(self, kind: type[T], raw: Any, key: str | None, place: Place | None = None) -> T:
        try:
            value = msgspec.convert(raw, kind)
            if all(isfinite(number) for number in _numbers(value)):
                return value
        except UNREADABLE:
            pass
        return self._piecewise(kind, raw, key, place or {})

    def _piecewise(self, kind: type[T], raw: Any, key: str | None, place: Place) -> T:
        if not isinstance(raw, dict):
            told = said("“%(name)s” must be an object.", name=key or kind.__name__.lower())
            self.say("wrong_type", told, field=key, **place)
            raw = None
        values = {}
        for one in _fields(kind):
            name = f"{key}.{one.name}" if key else one.name
            if raw is not None:
                values[one.name] = self._field(one, raw, name, place)
            if values.get(one.name) is None:
                values[one.name] = _otherwise(one)
        return kind(**values)

    def _field(self, one: FieldInfo, raw: dict[str, Any], name: str, place: Place) -> Any:
        if one.encode_name not in raw:
            if one.required:
                self.say("missing", said("“%(name)s” is missing.", name=name), field=name, **place)
            return None
        given = raw[one.encode_name]
        try:
            value = msgspec.convert(given, one.type)
            if not isinstance(value, float) or isfinite(value):
                return value
        except UNREADABLE as fault:
            code, told = _fault(name, given, str(fault))
        else:
            code, told = "wrong_type", said("“%(name)s” must be a number of seconds.", name=name)
        self.say(code, told, field=name, **place)
        return None


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[FieldInfo, ...]:
    return fields(kind)


def _fault(name: str, given: Any, fault: str) -> tuple[str, Said]:
    last = name.rpartition(".")[2]
    if isinstance(given, int | float) and not isinstance(given, bool) and given < 0:
        return f"{last}_negative", said("“%(name)s” must not be negative.", name=name)
    if last == "id" and isinstance(given, str):
        return "bad_id", said(
            "An id is 1 to 64 letters, digits, dots, hyphens and underscores of plain ASCII."
        )
    if "Invalid enum value" in fault:
        return "unknown_word", said(
            "“%(name)s” has a value that is not known: “%(given)s”.", name=name, given=str(given)[:40]
        )
    fault = f"{fault[0].lower()}{fault[1:200]}"
    return "wrong_type", said("“%(name)s” does not have the right shape: %(fault)s.", name=name, fault=fault)


def _otherwise(one: FieldInfo) -> Any:
    """A value of no consequence in the place of one that could not be read."""
    if one.default is not msgspec.NODEFAULT:
        return one.default
    if one.default_factory is not msgspec.NODEFAULT:
        return one.default_factory()
    return {"runtime": 0.0, "title": {}, "text": {}, "kind": "theme"}.get(one.name, "")


def _numbers(value: Any) -> Iterator[float]:
    for name in value.__struct_fields__:
        number = getattr(value, name)
        if isinstance(number, float):
            yield number
