"""What a host is told about a film and its notes before the evening: contents, timing, the length."""

from collections import Counter

from companion.broadcasts.lengths import LengthAnswer, clock, explain_seconds, other_words, say
from companion.countries import country_names
from companion.formats.durations import read
from companion.languages import gettext as _
from companion.languages import ngettext
from companion.rules.cue_sheet import CueSheet

TAPS = 6
PRACTICE = "three-minutes"
"""The film that exists only here, to try everything with."""


def film_facts(slug: str, sheet: CueSheet) -> dict[str, object]:
    """One film card of "host a night"."""
    film = sheet.film
    lang, title = say(sheet, film.title)
    return {
        "slug": slug,
        "title": title,
        "lang": lang,
        "year": film.year,
        "country": country_names(film.country or ""),
        "is_practice": slug == PRACTICE,
        "director": say(sheet, film.director)[1] if isinstance(film.director, dict) else film.director,
        "rating": _("Rated %(rating)s.", rating=film.content_rating) if film.content_rating else "",
        "runtime": sheet.edition.runtime,
        "length": clock(sheet.edition.runtime),
        "contents": contents(sheet),
        "timing": timing(sheet),
        "is_not": others(sheet),
    }


def contents(sheet: CueSheet) -> str:
    """“12 trivia · 9 themes · 6 polls”; warnings are nobody else's business (ROOM 16)."""
    count: Counter[str] = Counter(cue.kind for cue in sheet.cues)
    said = [
        _("%(count)s trivia", count=count["trivia"]),
        ngettext("%(count)s theme", "%(count)s themes", count["theme"]),
        ngettext("%(count)s poll", "%(count)s polls", count["poll"]),
        ngettext("%(count)s quiz question", "%(count)s quiz questions", count["quiz"]),
        ngettext("%(count)s to talk about", "%(count)s to talk about", count["discussion"]),
    ]
    kinds = ("trivia", "theme", "poll", "quiz", "discussion")
    whole = [words.replace(" ", "\N{NO-BREAK SPACE}") for words in said]
    return "\N{NO-BREAK SPACE}· ".join(words for kind, words in zip(kinds, whole, strict=True) if count[kind])


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


def explain_length(sheet: CueSheet, typed: str) -> LengthAnswer:
    """What the length on the host's player means for these notes."""
    seconds = read(typed)
    if seconds is None or not 60 <= seconds <= 43_200:
        return LengthAnswer("unread", _("That is not a length we can read. Try 2:07:00, 127:00 or 127m."))
    return explain_seconds(sheet, seconds)
