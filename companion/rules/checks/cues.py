"""Faults of a single card: what it names, what it asks, how long it stays."""

from collections import Counter
from collections.abc import Iterator

from companion.rules.checks.shape import Draft
from companion.rules.cue_sheet import Cue
from companion.rules.findings import Finding, Severity
from companion.rules.said import Said, said

SHORTEST, SHORTEST_POLL = 2.0, 15.0
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
HOST_ASKS = "ask-"


def cue_faults(draft: Draft) -> Iterator[Finding]:
    ids = Counter(cue.id for cue in draft.cues)
    for twice in (name for name, count in ids.items() if count > 1 and name):
        told = said("Two cards are called “%(id)s”.", id=twice)
        yield Finding("duplicate_id", "error", told, cue_id=twice, field="id")
    known = set(ids)
    for cue in draft.cues:
        yield from _names(draft, cue, known)
        yield from _time(draft, cue)
        if cue.asks:
            yield from _question(cue)
        yield from _trust(cue)


def _names(draft: Draft, cue: Cue, ids: set[str]) -> Iterator[Finding]:
    if cue.id.startswith(HOST_ASKS):
        told = said("Ids that begin with “%(start)s” belong to questions a host asks.", start=HOST_ASKS)
        yield _of(cue, "bad_id", told, "id")
    scene = draft.scene_by_id.get(cue.scene)
    if scene is None and cue.scene:
        yield _of(cue, "unknown_scene", said("There is no scene “%(id)s”.", id=cue.scene), "scene")
    if cue.repeats is not None and (cue.repeats not in ids or cue.repeats == cue.id):
        told = said("There is no other card “%(id)s” to repeat.", id=cue.repeats)
        yield _of(cue, "unknown_cue", told, "repeats")
    if cue.safe_after is None:
        return
    safe = draft.scene_by_id.get(cue.safe_after)
    if safe is None or safe.part != "film":
        told = said("The film has no scene “%(id)s”.", id=cue.safe_after)
        yield _of(cue, "unknown_scene", told, "safe_after")
    elif scene is not None and scene.part == "film" and safe.start > scene.start:
        told = said("It is safe only after a scene that comes later than its own.")
        yield _of(cue, "safe_after_later", told, "safe_after")


def _time(draft: Draft, cue: Cue) -> Iterator[Finding]:
    scene = draft.scene_by_id.get(cue.scene)
    if cue.offset < 0:
        yield _of(cue, "offset_negative", said("It starts before its own scene."), "offset")
    if scene is None or scene.part != "film":
        return
    if cue.duration < SHORTEST:
        yield _of(cue, "too_short", said("It is on screen for less than 2 seconds."), "duration")
    elif cue.asks and cue.push != "never" and cue.duration < SHORTEST_POLL:
        told = said("Nobody can answer in less than 15 seconds and watch the film.")
        yield _of(cue, "poll_short", told, "duration", "warning")
    runtime, start = draft.edition.runtime, scene.start + cue.offset
    if runtime and start >= runtime > scene.start:
        yield _of(cue, "start_beyond_film", said("It starts when the film is already over."), "offset")
    elif runtime and start + cue.duration > runtime > scene.start:
        told = said("It stays longer than the film lasts; the rest is cut off.")
        yield _of(cue, "end_beyond_film", told, "duration", "warning")


def _question(cue: Cue) -> Iterator[Finding]:
    if not FEWEST_OPTIONS <= len(cue.options) <= MOST_OPTIONS:
        told = said("A question has 2 to 6 answers; this one has %(count)s.", count=len(cue.options))
        yield _of(cue, "options_count", told, "options")
    if _same_options(cue):
        yield _of(cue, "duplicate_options", said("Two answers are the same."), "options")
    if cue.answer is not None and cue.answer not in {option.id for option in cue.options}:
        yield _of(cue, "answer_unknown", said("The right answer is not among the answers."), "answer")
    if cue.kind == "quiz" and cue.answer is None:
        yield _of(cue, "answer_missing", said("A quiz question needs its right answer."), "answer")
    if cue.kind == "quiz" and cue.results == "live":
        yield _of(cue, "live_quiz", said("Live results would give the right answer away."), "results")


def _same_options(cue: Cue) -> bool:
    said = [(lang, text.strip().casefold()) for option in cue.options for lang, text in option.text.items()]
    ids = [option.id for option in cue.options]
    return len(set(said)) < len(said) or len(set(ids)) < len(ids)


def _trust(cue: Cue) -> Iterator[Finding]:
    if cue.kind == "trivia" and cue.source is None:
        yield _of(cue, "source_missing", said("A fact needs a source."), "source", "warning")
    if (
        cue.source is not None
        and cue.source.url
        and not cue.source.url.lower().startswith(("http://", "https://"))
    ):
        told = said("A source's address must begin with https:// or http://.")
        yield _of(cue, "unsafe_link", told, "source.url")
    english = cue.text.get("en", "")
    if cue.confidence == "low" and english and "reported" not in english.casefold():
        told = said("We are not sure of this: the text should say “reported”, or the card should go.")
        yield _of(cue, "low_confidence", told, "text", "warning")


def _of(cue: Cue, code: str, told: Said, field: str, severity: Severity = "error") -> Finding:
    return Finding(code, severity, told, cue_id=cue.id, field=field)
