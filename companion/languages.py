"""Which language a person reads, and the words in it, for pages, refusals and scripts alike."""

import gettext as gnu
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, g, has_request_context, request

from companion.rules.said import Said

CATALOGUES = Path(__file__).parent / "translations"
FALLBACK = "en"
PSEUDO = ("en-XA", "ar-XB")
"""Made from English for tests, 40 % longer and right to left: never offered, always reachable by ?lang=."""
COOKIE = "language"

_chosen: ContextVar[str | None] = ContextVar("language", default=None)


@cache
def languages() -> dict[str, str]:
    """Every language we ship, code to its own name; English first."""
    codes = [FALLBACK, *sorted(path.stem for path in CATALOGUES.glob("*.po"))]
    return {
        code: (Locale.parse(code, sep="-").get_language_name(code) or code).capitalize() for code in codes
    }


def current_language() -> str:
    """The language of whoever is asking; English outside of a request unless `speaking` says otherwise."""
    if chosen := _chosen.get():
        return chosen
    if not has_request_context():
        return FALLBACK
    if "language" not in g:
        accepted = [code for code, _quality in request.accept_languages]
        g.language = negotiate(request.args.get("lang"), request.cookies.get(COOKIE), accepted)
    return str(g.language)


def negotiate(wished: str | None, kept: str | None, accepted: list[str]) -> str:
    """The address wins over the cookie, the cookie over what the browser asks for."""
    for code in (wished, kept):
        if code in languages() or code in PSEUDO:
            return code
        if code and (near := negotiate_locale([code], list(languages()), sep="-")):
            return near
    return negotiate_locale(accepted, list(languages()), sep="-") or FALLBACK


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say what follows in a language that is not the asker's, as the ticker does for each phone's."""
    token = _chosen.set(known(language))
    try:
        yield
    finally:
        _chosen.reset(token)


def known(language: str) -> str:
    """The nearest language we have words for."""
    return language if language in PSEUDO else negotiate(language, None, [])


def text_direction(language: str | None = None) -> str:
    code = language or current_language()
    return str(Locale.parse(code.split("-")[0]).text_direction)


def language_name(code: str) -> str:
    """What the reader calls a language: "Korean" in English, "영어" in Korean."""
    try:
        return str(Locale.parse(code.split("-")[0]).get_display_name(current_language().split("-")[0]))
    except (UnknownLocaleError, ValueError):
        return code


def gettext(message: str, **values: object) -> str:
    """The message in the current language; `%(name)s` is filled from the values."""
    said = translations(current_language()).gettext(message) if message else ""
    return said % values if values else said


def tell(said: Said) -> str:
    """A sentence of the rules in the current language, its holes filled; languages by their names."""
    facts = dict(said.facts)
    for hole in ("lang", "langs"):
        if hole in facts:
            facts[hole] = ", ".join(language_name(code) for code in str(facts[hole]).split(", "))
    return gettext(said.sentence, **facts)


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """The form for this number; `%(count)s` is the number."""
    return _plural(singular, plural, number) % {"num": number, "count": number, **values}


def _plural(singular: str, plural: str, number: int) -> str:
    return translations(current_language()).ngettext(singular, plural, number)


_ = gettext


def N_(message: str) -> str:
    """A sentence that is translated where it is told, not where it stands."""
    return message


@cache
def translations(language: str) -> gnu.NullTranslations:
    if language in PSEUDO:
        return _Pseudo(language)
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gnu.NullTranslations()
    with path.open("rb") as po, io.BytesIO() as mo:
        write_mo(mo, read_po(po, locale=language))
        mo.seek(0)
        return gnu.GNUTranslations(mo)


class _Pseudo(gnu.NullTranslations):
    """English made strange, so that a missing translation or a tight button is seen at once."""

    ACCENTS = str.maketrans("aceghilnorsuyACEGHILNORSUY", "àçéĝĥîļñöŕšûýÀÇÉĜĤÎĻÑÖŔŠÛÝ")
    HEBREW = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתםןףץ")
    HOLES = re.compile(r"(%\(\w+\)s|\{\w+\}|<[^>]*>)")

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        parts = self.HOLES.split(message)
        strange = "".join(part if index % 2 else self._strange(part) for index, part in enumerate(parts))
        padding = "" if self.language == "ar-XB" else "·" * max(1, round(len(message) * 0.4))
        return f"[{strange}{padding}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def _strange(self, text: str) -> str:
        return (
            text.lower().translate(self.HEBREW) if self.language == "ar-XB" else text.translate(self.ACCENTS)
        )


SCRIPT_KEYWORDS = {"t": None, "n": (1, 2)}
SCRIPT_OPTIONS = {"parse_template_string": True}
_IMPORT = re.compile(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""")


@cache
def words_for_script(script: Path, language: str) -> dict[str, str | list[str]]:
    """What a page's script and all it imports can say, in one language; English stands in place."""
    if language == FALLBACK:
        return {}
    said = translations(language)
    words: dict[str, str | list[str]] = {}
    for message in _script_messages(script):
        if isinstance(message, tuple):
            one, more = said.ngettext(*message, 1), said.ngettext(*message, 2)
            words[message[0]] = one if one == more else [one, more]
        elif (translated := said.gettext(message)) != message:
            words[message] = translated
    return words


@cache
def _script_messages(script: Path) -> list[str | tuple[str, str]]:
    found: dict[str | tuple[str, str], None] = {}
    for path in _reached(script):
        with path.open("rb") as source:
            for _line, message, _comments, _context in extract(
                "javascript", source, SCRIPT_KEYWORDS, options=SCRIPT_OPTIONS
            ):
                found[message if isinstance(message, str) else (message[0], message[1])] = None
    return list(found)


def _reached(script: Path) -> list[Path]:
    seen: dict[Path, None] = {}
    waiting = [script.resolve()]
    while waiting:
        path = waiting.pop()
        if path in seen or "vendor" in path.parts or not path.exists():
            continue
        seen[path] = None
        waiting += [(path.parent / target).resolve() for target in _IMPORT.findall(path.read_text("utf-8"))]
    return list(seen)


def install(app: Flask) -> None:
    """Give templates `_`, `{% trans %}`, `language`, `languages`, `text_direction`, `page_words`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, _plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    scripts = Path(app.static_folder or "static") / "js"
    app.context_processor(
        lambda: {
            "language": current_language(),
            "languages": languages(),
            "text_direction": text_direction(),
            "page_words": lambda script: words_for_script(scripts / script, current_language()),
        }
    )
    app.jinja_env.filters["language_name"] = language_name
    app.after_request(_keep_choice)


def _keep_choice(response: Response) -> Response:
    wished = request.args.get("lang")
    if wished and wished in languages():
        response.set_cookie(
            COOKIE, wished, max_age=365 * 86400, samesite="Lax", secure=request.is_secure, httponly=True
        )
    response.headers.add("Vary", "Accept-Language")
    return response


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as po:
        return read_po(po, locale=language)


if __name__ == "__main__":
    from companion.translations import gather

    gather()
