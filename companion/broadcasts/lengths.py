"""What a host is told about the length their player shows: this copy's speed, another cut, another film."""

from dataclasses import dataclass

from companion.countries import country_names
from companion.languages import current_language
from companion.languages import gettext as _
from companion.rules.cue_sheet import CueSheet, Film, OtherFilm, words_in
from companion.rules.recognise import OTHER_FILM_WITHIN, explain_runtime

SLIGHTLY = 0.005


@dataclass(frozen=True)
class LengthAnswer:
    """What a typed length says: `kind` same, faster, slower, other_cut, other_film, cut or unread."""

    kind: str
    sentence: str
    seconds: float | None = None
    edition: str = ""


def explain_seconds(sheet: CueSheet, seconds: float) -> LengthAnswer:
    """The length on the host's player: the film as noted, another speed, another cut or another film."""
    expected, found = sheet.edition.runtime, explain_runtime(sheet, seconds)
    if found.kind == "same" or (found.rate and abs(found.rate - 1) < SLIGHTLY):
        return LengthAnswer("same", _("That fits. These notes were made for a copy this long."), seconds)
    if found.rate and found.rate > 1:
        return fast(expected, seconds)
    if found.edition:
        return other_cut(sheet, found.edition, seconds)
    return other_film(sheet, seconds) or (slow(expected, seconds) if found.rate else cut(expected, seconds))


def other_cut(sheet: CueSheet, edition_id: str, seconds: float) -> LengthAnswer:
    name = next(edition.name for edition in sheet.other_editions if edition.id == edition_id)
    said = _("That is another cut, “%(name)s”, and these notes know it.", name=name)
    return LengthAnswer("other_cut", said, seconds, edition_id)


def other_film(sheet: CueSheet, seconds: float) -> LengthAnswer | None:
    near = [
        film
        for film in sheet.film.not_to_be_confused_with
        if abs((film.runtime or 0) - seconds) <= OTHER_FILM_WITHIN
    ]
    if not near:
        return None
    said = _(
        "That is the length of another film: %(other)s. These notes are for %(film)s. "
        "Look at the title once more.",
        other=other_words(sheet, near[0]),
        film=", ".join(where_and_when(sheet.film)),
    )
    return LengthAnswer("other_film", said, seconds)


def fast(expected: float, seconds: float) -> LengthAnswer:
    said = _(
        "Your copy is 4 %% fast: %(length)s instead of %(expected)s, as on European discs and television. "
        "The notes will run at its speed.",
        length=clock(seconds),
        expected=clock(expected),
    )
    return LengthAnswer("faster", said, seconds)


def slow(expected: float, seconds: float) -> LengthAnswer:
    said = _(
        "Your copy is 4 %% slow: %(length)s instead of %(expected)s. The notes will run at its speed.",
        length=clock(seconds),
        expected=clock(expected),
    )
    return LengthAnswer("slower", said, seconds)


def cut(expected: float, seconds: float) -> LengthAnswer:
    apart = clock(abs(seconds - expected))
    said = (
        _("Your copy is %(apart)s shorter than these notes expect: perhaps another cut.", apart=apart)
        if seconds < expected
        else _("Your copy is %(apart)s longer than these notes expect: perhaps another cut.", apart=apart)
    )
    return LengthAnswer(
        "cut", f"{said} {_('Tap the moments the remote asks about, and the notes follow.')}", seconds
    )


def clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def other_words(sheet: CueSheet, other: OtherFilm) -> str:
    title = say(sheet, other.title)[1] if isinstance(other.title, dict) else other.title
    facts = where_and_when(other)
    facts += [clock(other.runtime)] if other.runtime else []
    return f"{title} ({', '.join(facts)})" if facts else title


def where_and_when(film: Film | OtherFilm) -> list[str]:
    return [
        *([country_names(film.country)] if film.country else []),
        *([str(film.year)] if film.year else []),
    ]


def say(sheet: CueSheet, words: dict[str, str]) -> tuple[str, str]:
    return words_in(words, current_language(), sheet.languages)
