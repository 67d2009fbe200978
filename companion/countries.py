"""Countries of films, as the reader calls them: sheets name them in whatever language their author writes."""

from functools import cache

from babel import Locale

from companion.languages import FALLBACK, current_language, languages

STILL_WRITTEN = {"Turkey": "TR", "USA": "US", "UK": "GB", "Czech Republic": "CZ"}
"""English names that people write and Babel does not."""


def country_names(written: str) -> str:
    """“South Korea, FR” as “대한민국, 프랑스”. What no language of ours knows stays as it stands."""
    return ", ".join(country_name(each) for each in written.split(", "))


def country_name(written: str) -> str:
    lang = current_language().split("-")[0]
    code, of = known().get(written, (written, ""))
    return written if of == lang else str(Locale.parse(lang).territories.get(code, written))


@cache
def known() -> dict[str, tuple[str, str]]:
    """Every name of a country in a language of ours, to its code and that language."""
    names = {name: (code, FALLBACK) for name, code in STILL_WRITTEN.items()}
    for lang in languages():
        names |= {name: (code, lang) for code, name in Locale.parse(lang).territories.items()}
    return names
