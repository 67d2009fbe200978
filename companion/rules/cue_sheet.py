"""A cue sheet as frozen values: the document format `companion-sheet/1`, read and described."""

from functools import cached_property
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from companion.rules.findings import Finding, SheetFaults
from companion.rules.lines import on_the_line
from companion.rules.references import broken_references
from companion.rules.said import said

FORMAT = "companion-sheet/1"
MOST_CUES = 2_000
MOST_SCENES = 200
WITHIN = {"guessed": 300.0, "tapped": 5.0, "measured": 2.0}
ASKING_KINDS = frozenset({"poll", "quiz"})

Kind = Literal["trivia", "theme", "poll", "quiz", "discussion", "warning"]
Part = Literal["before", "film", "after"]
Timing = Literal["guessed", "tapped", "measured"]
Push = Literal["always", "talkative", "never"]
Results = Literal["closed", "live", "host"]
Confidence = Literal["high", "medium", "low"]
Words = Annotated[dict[str, str], Meta(description="language tag to text")]
Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Seconds = Annotated[float, Meta(ge=0)]
Runtime = Annotated[float, Meta(gt=0)]


class OtherFilm(Struct, frozen=True):
    """A film of the same title that this sheet does not fit."""

    title: Words | str
    year: int | None = None
    country: str | None = None
    runtime: Seconds | None = None


class Film(Struct, frozen=True):
    title: Words
    runtime: Runtime
    year: int | None = None
    country: str | None = None
    runtime_within: Seconds = 30.0
    director: Words | str | None = None
    content_rating: str | None = None
    lobby_text: Words = {}
    content_note: Words = {}
    not_to_be_confused_with: tuple[OtherFilm, ...] = ()


class Edition(Struct, frozen=True):
    """The release the times belong to; `within` is how far its runtime may be from the truth."""

    name: str
    runtime: Runtime
    within: Seconds | None = None


class OtherEdition(Struct, frozen=True):
    id: Id
    name: str
    runtime: Runtime
    starts: dict[str, Seconds] = {}


class Scene(Struct, frozen=True):
    """`start` counts in the film only; `within` as written may be missing, `spread` never is."""

    id: Id
    title: Words = {}
    part: Part = "film"
    start: Seconds = 0.0
    timing: Timing = "guessed"
    within: Seconds | None = None
    quiet: bool = False
    checkpoint: bool = False
    watch_for: Words = {}

    @property
    def spread(self) -> float:
        return WITHIN[self.timing] if self.within is None else self.within


class Source(Struct, frozen=True):
    label: str
    url: str | None = None


class Option(Struct, frozen=True):
    id: Id
    text: Words


class Cue(Struct, frozen=True):
    """`text` is the note, or the question; `lead` (seconds) counts for warnings only."""

    id: Id
    kind: Kind
    scene: str
    offset: float = 0.0
    duration: Seconds = 0.0
    push: Push = "always"
    anywhere: bool = False
    title: Words = {}
    text: Words = {}
    source: Source | None = None
    confidence: Confidence | None = None
    safe_after: str | None = None
    options: tuple[Option, ...] = ()
    answer: str | None = None
    explanation: Words = {}
    results: Results = "closed"
    repeats: str | None = None
    lead: Seconds = 0.0

    @property
    def asks(self) -> bool:
        return self.kind in ASKING_KINDS


class Reaction(Struct, frozen=True):
    emoji: str
    name: Words = {}


class Credits(Struct, frozen=True):
    author: str | None = None
    licence: str | None = None
    sources: tuple[Source | str, ...] = ()


class CueSheet(Struct, frozen=True, dict=True, rename={"format_": "format"}):
    """A view of the stored document: unknown fields are ignored here and kept there."""

    format_: Literal["companion-sheet/1"]
    film: Film
    edition: Edition
    languages: Annotated[tuple[str, ...], Meta(min_length=1)]
    scenes: Annotated[tuple[Scene, ...], Meta(max_length=MOST_SCENES)]
    cues: Annotated[tuple[Cue, ...], Meta(max_length=MOST_CUES)]
    other_editions: tuple[OtherEdition, ...] = ()
    read_by: dict[str, str | None] = {}
    reactions: Annotated[tuple[Reaction, ...], Meta(max_length=6)] = ()
    silence_after: Seconds = 120.0
    score: bool = False
    credits: Credits = Credits()

    @classmethod
    def read(cls, document: Any) -> "CueSheet":
        """A sheet that every rule may rely on, or SheetFaults: right in shape, every named id there once.

        What else an author should know is `checks.check`'s business.
        """
        try:
            sheet = msgspec.convert(document, cls)
        except (msgspec.ValidationError, RecursionError) as fault:
            told = said("This is not a %(format)s document: %(fault)s.", format=FORMAT, fault=fault)
            raise SheetFaults([Finding("shape", "error", told)]) from fault
        if faults := list(
            broken_references(sheet.scenes, sheet.cues, (sheet.edition.runtime, sheet.film.runtime))
        ):
            raise SheetFaults(faults)
        return sheet

    def in_edition(self, edition_id: str) -> "CueSheet":
        """The same notes on another release's times: what it does not name lies on lines between."""
        other = next(edition for edition in self.other_editions if edition.id == edition_id)
        points = {0.0: 0.0, self.edition.runtime: other.runtime}
        points |= {
            scene.start: other.starts[scene.id] for scene in self.film_scenes if scene.id in other.starts
        }
        line = sorted(points.items())
        scenes = tuple(
            msgspec.structs.replace(scene, start=on_the_line(line, scene.start))
            if scene.part == "film"
            else scene
            for scene in self.scenes
        )
        edition = Edition(name=other.name, runtime=other.runtime, within=self.edition.within)
        return msgspec.structs.replace(self, scenes=scenes, edition=edition)

    def scene(self, scene_id: str) -> Scene:
        return self._scenes_by_id[scene_id]

    def cue(self, cue_id: str) -> Cue | None:
        return self._cues_by_id.get(cue_id)

    def part_of(self, cue: Cue) -> Part:
        return self.scene(cue.scene).part

    def place_in_sheet(self, cue: Cue) -> float:
        """Sheet time of a cue of the film: seconds into the edition the sheet was written for."""
        return self.scene(cue.scene).start + cue.offset

    def cues_of(self, part: Part) -> tuple[Cue, ...]:
        """The cues of one part in sheet order: by sheet time in the film, as written outside it."""
        return self._cues_by_part[part]

    @cached_property
    def film_scenes(self) -> tuple[Scene, ...]:
        return tuple(sorted((s for s in self.scenes if s.part == "film"), key=lambda scene: scene.start))

    @cached_property
    def scene_order(self) -> dict[str, int]:
        """Scene id to its place among the scenes of the film."""
        return {scene.id: n for n, scene in enumerate(self.film_scenes)}

    @cached_property
    def _scenes_by_id(self) -> dict[str, Scene]:
        return {scene.id: scene for scene in self.scenes}

    @cached_property
    def _cues_by_id(self) -> dict[str, Cue]:
        return {cue.id: cue for cue in self.cues}

    @cached_property
    def _cues_by_part(self) -> dict[Part, tuple[Cue, ...]]:
        parts: dict[Part, list[Cue]] = {"before": [], "film": [], "after": []}
        for cue in self.cues:
            parts[self.part_of(cue)].append(cue)
        parts["film"].sort(key=self.place_in_sheet)
        return {part: tuple(cues) for part, cues in parts.items()}


def schema() -> dict[str, Any]:
    """The format as JSON Schema 2020-12."""
    found = msgspec.json.schema(CueSheet)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **found}


def words_in(words: dict[str, str], lang: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The language that was found and the text: the wished one, else the sheet's first that is there."""
    for wished in (lang, lang.split("-")[0], *languages, *words):
        if words.get(wished):
            return wished, words[wished]
    return lang, ""
