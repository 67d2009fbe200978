"""Faults of the words themselves: what is unsafe to show, too long to read, or missing in a language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from companion.rules.checks.shape import Draft
from companion.rules.cue_sheet import Cue
from companion.rules.findings import Finding, Severity
from companion.rules.said import Said, said

LONG, TOO_LONG = 140, 280
LATIN_PER_SECOND, WIDE_PER_SECOND = 13.0, 7.0
MARKUP = re.compile(r"<\s*[/!?a-z][^<>]*>?|&(#\w+|[a-z]+);|javascript:", re.IGNORECASE)
BIDI_OVERRIDE = re.compile("[\u202a-\u202e]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class _Text:
    words: dict[str, str]
    field: str
    cue_id: str | None = None
    scene_id: str | None = None
    is_card: bool = False

    def finding(self, code: str, told: Said, severity: Severity = "error") -> Finding:
        return Finding(code, severity, told, self.cue_id, self.scene_id, self.field)


def word_faults(draft: Draft) -> Iterator[Finding]:
    for text in _texts(draft):
        for lang, words in text.words.items():
            yield from _unsafe(text, words)
            if text.is_card:
                yield from _length(text, lang, words)
        yield from _languages(draft, text)
    for cue in draft.cues:
        if not any(words.strip() for words in cue.text.values()):
            yield Finding("no_words", "error", said("This card says nothing."), cue_id=cue.id, field="text")
    for _, cue in draft.film_cues:
        if cue.push != "never":
            yield from _speed(cue)


def reading_time(words: str) -> float:
    """Seconds to read it at 13 letters a second, 7 for Hangul and CJK."""
    wide = len(WIDE.findall(words))
    return wide / WIDE_PER_SECOND + (len(words) - wide) / LATIN_PER_SECOND


def _texts(draft: Draft) -> Iterator[_Text]:
    film = draft.film
    yield _Text(film.title, "film.title")
    yield _Text(film.lobby_text, "film.lobby_text")
    yield _Text(film.content_note, "film.content_note")
    for scene in draft.scenes:
        yield _Text(scene.title, "title", scene_id=scene.id)
        yield _Text(scene.watch_for, "watch_for", scene_id=scene.id)
    for cue in draft.cues:
        yield _Text(cue.title, "title", cue.id, is_card=True)
        yield _Text(cue.text, "text", cue.id, is_card=True)
        yield _Text(cue.explanation, "explanation", cue.id, is_card=True)
        for option in cue.options:
            yield _Text(option.text, "options", cue.id, is_card=True)
        if cue.source is not None:
            yield _Text({"": cue.source.label}, "source.label", cue.id)
    for reaction in draft.reactions:
        yield _Text(reaction.name, "reactions.name")
    credits = draft.credits
    yield _Text({"": f"{credits.author or ''}{credits.licence or ''}{draft.edition.name}"}, "credits")


def _unsafe(text: _Text, words: str) -> Iterator[Finding]:
    if found := MARKUP.search(words):
        told = said(
            "Texts are plain: “%(words)s” would be shown as it stands. Take it out.", words=found[0][:40]
        )
        yield text.finding("unsafe_markup", told)
    if BIDI_OVERRIDE.search(words):
        told = said("It holds an invisible character that turns the direction of writing around.")
        yield text.finding("bidi_override", told)
    if CONTROL.search(words):
        yield text.finding("control_character", said("It holds an invisible control character."))


def _length(text: _Text, lang: str, words: str) -> Iterator[Finding]:
    if len(words) > TOO_LONG:
        told = said(
            "%(count)s characters (%(lang)s) are more than a card holds; 280 is the most.",
            count=len(words),
            lang=lang,
        )
        yield text.finding("too_long", told)
    elif len(words) > LONG:
        told = said(
            "%(count)s characters (%(lang)s) are more than one glance; 140 is a good measure.",
            count=len(words),
            lang=lang,
        )
        yield text.finding("long", told, "warning")


def _languages(draft: Draft, text: _Text) -> Iterator[Finding]:
    if "" in text.words or not any(words.strip() for words in text.words.values()):
        return
    missing = [lang for lang in draft.languages if not text.words.get(lang, "").strip()]
    if missing:
        told = said("It is not written in %(langs)s yet.", langs=", ".join(missing))
        yield text.finding("missing_language", told, "warning")


def _speed(cue: Cue) -> Iterator[Finding]:
    for lang, words in cue.text.items():
        needs = reading_time(words)
        if needs > cue.duration >= 2:
            told = said(
                "Reading it (%(lang)s) takes about %(needs)s seconds; it stays for %(stays)s.",
                lang=lang,
                needs=round(needs),
                stays=f"{cue.duration:g}",
            )
            yield Finding("too_fast", "warning", told, cue_id=cue.id, field="duration")
