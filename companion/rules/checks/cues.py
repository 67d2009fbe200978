"""Faults of a single card: what it names, what it asks, how long it stays."""

from collections import Counter
from collections.abc import Iterator

from companion.rules.checks.shape import Draft
from companion.rules.cue_sheet import Cue
from companion.rules.findings import Finding, Severity

SHORTEST, SHORTEST_POLL = 2.0, 15.0
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
HOST_ASKS = "ask-"


def cue_faults(draft: Draft) -> Iterator[Finding]:
    ids = Counter(cue.id for cue in draft.cues)
    for twice in (name for name, count in ids.items() if count > 1 and name):
        yield Finding("duplicate_id", "error", f"Two cards are called “{twice}”.", cue_id=twice, field="id")
    known = set(ids)
    for cue in draft.cues:
        yield from _names(draft, cue, known)
        yield from _time(draft, cue)
        if cue.asks:
            yield from _question(cue)
        yield from _trust(cue)


def _names(draft: Draft, cue: Cue, ids: set[str]) -> Iterator[Finding]:
    if cue.id.startswith(HOST_ASKS):
        yield _of(cue, "bad_id", f"Ids that begin with “{HOST_ASKS}” belong to questions a host asks.", "id")
    scene = draft.scene_by_id.get(cue.scene)
    if scene is None and cue.scene:
        yield _of(cue, "unknown_scene", f"There is no scene “{cue.scene}”.", "scene")
    if cue.repeats is not None and (cue.repeats not in ids or cue.repeats == cue.id):
        yield _of(cue, "unknown_cue", f"There is no other card “{cue.repeats}” to repeat.", "repeats")
    if cue.safe_after is None:
        return
    safe = draft.scene_by_id.get(cue.safe_after)
    if safe is None or safe.part != "film":
        yield _of(cue, "unknown_scene", f"The film has no scene “{cue.safe_after}”.", "safe_after")
    elif scene is not None and scene.part == "film" and safe.start > scene.start:
        told = "It is safe only after a scene that comes later than its own."
        yield _of(cue, "safe_after_later", told, "safe_after")


def _time(draft: Draft, cue: Cue) -> Iterator[Finding]:
    scene = draft.scene_by_id.get(cue.scene)
    if cue.offset < 0:
        yield _of(cue, "offset_negative", "It starts before its own scene.", "offset")
    if scene is None or scene.part != "film":
        return
    if cue.duration < SHORTEST:
        yield _of(cue, "too_short", "It is on screen for less than 2 seconds.", "duration")
    elif cue.asks and cue.push != "never" and cue.duration < SHORTEST_POLL:
        told = "Nobody can answer in less than 15 seconds and watch the film."
        yield _of(cue, "poll_short", told, "duration", "warning")
    runtime, start = draft.edition.runtime, scene.start + cue.offset
    if runtime and start >= runtime > scene.start:
        yield _of(cue, "start_beyond_film", "It starts when the film is already over.", "offset")
    elif runtime and start + cue.duration > runtime > scene.start:
        told = "It stays longer than the film lasts; the rest is cut off."
        yield _of(cue, "end_beyond_film", told, "duration", "warning")


def _question(cue: Cue) -> Iterator[Finding]:
    if not FEWEST_OPTIONS <= len(cue.options) <= MOST_OPTIONS:
        yield _of(
            cue,
            "options_count",
            f"A question has 2 to 6 answers; this one has {len(cue.options)}.",
            "options",
        )
    if _same_options(cue):
        yield _of(cue, "duplicate_options", "Two answers are the same.", "options")
    if cue.answer is not None and cue.answer not in {option.id for option in cue.options}:
        yield _of(cue, "answer_unknown", "The right answer is not among the answers.", "answer")
    if cue.kind == "quiz" and cue.answer is None:
        yield _of(cue, "answer_missing", "A quiz question needs its right answer.", "answer")
    if cue.kind == "quiz" and cue.results == "live":
        yield _of(cue, "live_quiz", "Live results would give the right answer away.", "results")


def _same_options(cue: Cue) -> bool:
    said = [(lang, text.strip().casefold()) for option in cue.options for lang, text in option.text.items()]
    ids = [option.id for option in cue.options]
    return len(set(said)) < len(said) or len(set(ids)) < len(ids)


def _trust(cue: Cue) -> Iterator[Finding]:
    if cue.kind == "trivia" and cue.source is None:
        yield _of(cue, "source_missing", "A fact needs a source.", "source", "warning")
    if (
        cue.source is not None
        and cue.source.url
        and not cue.source.url.lower().startswith(("http://", "https://"))
    ):
        yield _of(cue, "unsafe_link", "A source's address must begin with https:// or http://.", "source.url")
    english = cue.text.get("en", "")
    if cue.confidence == "low" and english and "reported" not in english.casefold():
        told = "We are not sure of this: the text should say “reported”, or the card should go."
        yield _of(cue, "low_confidence", told, "text", "warning")


def _of(cue: Cue, code: str, sentence: str, field: str, severity: Severity = "error") -> Finding:
    return Finding(code, severity, sentence, cue_id=cue.id, field=field)
