"""What a host is told about a film and its notes before the evening: contents, timing, the length."""

from collections import Counter
from dataclasses import dataclass

from companion.formats.durations import read
from companion.languages import current_language, ngettext
from companion.languages import gettext as _
from companion.rules.cue_sheet import CueSheet, OtherFilm, words_in
from companion.rules.recognise import OTHER_FILM_WITHIN, explain_runtime

TAPS = 6


@dataclass(frozen=True)
class LengthAnswer:
    """What a typed length says: `kind` same, faster, slower, other_cut, other_film, cut or unread."""

    kind: str
    sentence: str
    seconds: float | None = None
    edition: str = ""


def film_facts(slug: str, sheet: CueSheet) -> dict[str, object]:
    """One film card of "host a night"."""
    film = sheet.film
    lang, title = say(sheet, film.title)
    return {
        "slug": slug,
        "title": title,
        "lang": lang,
        "year": film.year,
        "country": film.country,
        "director": say(sheet, film.director)[1] if isinstance(film.director, dict) else film.director,
        "rating": _("Rated %(rating)s.", rating=film.content_rating) if film.content_rating else "",
        "runtime": sheet.edition.runtime,
        "length": clock(sheet.edition.runtime),
        "contents": contents(sheet),
        "timing": timing(sheet),
        "is_not": others(sheet),
    }


def say(sheet: CueSheet, words: dict[str, str]) -> tuple[str, str]:
    return words_in(words, current_language(), sheet.languages)


def contents(sheet: CueSheet) -> str:
    """“12 facts · 9 themes · 6 polls”; warnings are nobody else's business (ROOM 16)."""
    count: Counter[str] = Counter(cue.kind for cue in sheet.cues)
    said = [
        ngettext("%(count)s fact", "%(count)s facts", count["trivia"]),
        ngettext("%(count)s theme", "%(count)s themes", count["theme"]),
        ngettext("%(count)s poll", "%(count)s polls", count["poll"]),
        ngettext("%(count)s quiz question", "%(count)s quiz questions", count["quiz"]),
        ngettext("%(count)s to talk about", "%(count)s to talk about", count["discussion"]),
    ]
    kinds = ("trivia", "theme", "poll", "quiz", "discussion")
    return " · ".join(words for kind, words in zip(kinds, said, strict=True) if count[kind])


def timing(sheet: CueSheet) -> str:
    """How sure the times are, in people's words; said once, honestly (PRODUCT, Honesty)."""
    film = [scene for scene in sheet.film_scenes if scene.start > 0]
    guessed = [scene for scene in film if scene.timing == "guessed"]
    taps = min(TAPS, sum(scene.checkpoint for scene in film))
    if guessed:
        return guessed_words(max(scene.spread for scene in guessed), taps)
    if any(scene.timing == "tapped" for scene in film):
        return _(
            "These notes were timed by hand during viewings. A tap or two makes them exact for your copy."
        )
    return _("These notes are timed to the second. One tap after the logos is enough.")


def guessed_words(spread: float, taps: int) -> str:
    if spread < 60:
        about = ngettext("about ±%(count)s second", "about ±%(count)s seconds", round(spread))
    else:
        about = ngettext("about ±%(count)s minute", "about ±%(count)s minutes", round(spread / 60))
    said = _("These notes are timed by guess, %(about)s.", about=about)
    fit = ngettext("Tap %(count)s moment and they fit.", "Tap %(count)s moments and they fit.", taps)
    return f"{said} {fit}" if taps else said


def others(sheet: CueSheet) -> str:
    """The films of the same title that this is not: “the Turkish film of 2019 (2:12)”."""
    return ", ".join(other_words(sheet, other) for other in sheet.film.not_to_be_confused_with[:4])


def other_words(sheet: CueSheet, other: OtherFilm) -> str:
    title = say(sheet, other.title)[1] if isinstance(other.title, dict) else other.title
    facts = [str(part) for part in (other.country, other.year) if part]
    facts += [clock(other.runtime)] if other.runtime else []
    return f"{title} ({', '.join(facts)})" if facts else title


def explain_length(sheet: CueSheet, typed: str) -> LengthAnswer:
    """What the length on the host's player means for these notes."""
    seconds = read(typed)
    if seconds is None or not 60 <= seconds <= 43_200:
        return LengthAnswer("unread", _("That is not a length we can read. Try 2:07:00, 127:00 or 127m."))
    expected, found = sheet.edition.runtime, explain_runtime(sheet, seconds)
    if found.kind == "same":
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
        film=", ".join(str(part) for part in (sheet.film.country, sheet.film.year) if part),
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
