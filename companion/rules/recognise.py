"""What the length a player shows says of the copy: its speed, another cut, or another film."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

from companion.rules.cue_sheet import CueSheet

KNOWN_RATES = (1.0, 25 / 24, 25 / 23.976, 1.001, 1 / 1.001, 24 / 25, 23.976 / 25)
WHOLE_MINUTES = 30.0
LOGOS, LOGOS_SHARE = 60.0, 0.01
OTHER_FILM_WITHIN = 60.0
SLIGHTLY_FAST = 1.005
RATE_WORDS = {25 / 24: "4 % fast", 25 / 23.976: "4 % fast", 24 / 25: "4 % slow", 23.976 / 25: "4 % slow"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """`rate` None: no speed explains it. `edition`: id of another release; `film`: which film it may be."""

    kind: Literal["same", "speed", "other_edition", "other_film", "other_cut"]
    rate: float | None
    sentence: str
    edition: str | None = None
    film: str | None = None


Near = tuple[float, Recognised]


def recognise_runtime(edition_runtime: float, typed: float, within: float = 30.0) -> tuple[float | None, str]:
    """The known speed that explains a typed length, and a sentence; None when none does.

    A disc that runs fast may open with logos of its own: up to a minute longer is still that speed.
    """
    room = within + (WHOLE_MINUTES if typed % 60 == 0 else 0.0)
    if abs(edition_runtime - typed) <= room:
        return 1.0, "Your copy has the length these notes were timed on."
    rate = min(KNOWN_RATES, key=lambda rate: abs(edition_runtime / rate - typed))
    logos = min(LOGOS, LOGOS_SHARE * edition_runtime) if rate > SLIGHTLY_FAST else 0.0
    if not -room <= typed - edition_runtime / rate <= max(room, logos):
        return None, "No known speed explains this length."
    words = RATE_WORDS.get(rate, "a tenth of a percent off")
    return (
        rate,
        f"Your copy is {words}: {_clock(edition_runtime / rate)} instead of {_clock(edition_runtime)}.",
    )


def explain_runtime(sheet: CueSheet, typed: float) -> Recognised:
    """The likeliest reason for a typed length: the known length nearest to it, else another cut."""
    within = sheet.film.runtime_within if sheet.edition.within is None else sheet.edition.within
    rate, sentence = recognise_runtime(sheet.edition.runtime, typed, within)
    if rate == 1.0:
        return Recognised("same", rate, sentence)
    near = [*_other_editions(sheet, typed, within), *_other_films(sheet, typed)]
    if rate is not None:
        near.append((abs(sheet.edition.runtime / rate - typed), Recognised("speed", rate, sentence)))
    if near:
        return min(near, key=lambda found: found[0])[1]
    longer = "longer" if typed > sheet.edition.runtime else "shorter"
    gap = _clock(abs(typed - sheet.edition.runtime))
    return Recognised(
        "other_cut", None, f"Your copy is {gap} {longer}: another cut, or logos and breaks in between."
    )


def _other_editions(sheet: CueSheet, typed: float, within: float) -> Iterator[Near]:
    for edition in sheet.other_editions:
        off = abs(edition.runtime - typed)
        if off <= within + WHOLE_MINUTES:
            told = f"This is the length of “{edition.name}”."
            yield off, Recognised("other_edition", None, told, edition=edition.id)


def _other_films(sheet: CueSheet, typed: float) -> Iterator[Near]:
    for film in sheet.film.not_to_be_confused_with:
        off = inf if film.runtime is None else abs(film.runtime - typed)
        if off <= OTHER_FILM_WITHIN:
            title = film.title if isinstance(film.title, str) else next(iter(film.title.values()), "")
            known = ", ".join(str(fact) for fact in (film.country, film.year) if fact)
            name = f"{title} ({known})" if known else title
            told = f"{name} runs {_clock(typed)}. Is it that film? These notes are for another one."
            yield off, Recognised("other_film", None, told, film=name)


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
