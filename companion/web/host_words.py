"""What the remote offers in words: paces, copies of the film, ready-made questions, how far back."""

from companion.languages import gettext as _
from companion.languages import ngettext
from companion.rules.recognise import KNOWN_RATES

SPEEDS = ("0.5", "0.75", "0.9", "1", "1.1", "1.25", "1.5", "2")
BACK = (60, 180, 300)
SLIGHTLY = 0.005


def paces() -> list[tuple[str, str]]:
    return [
        ("calm", _("Calm: one every eight minutes or so, the rest waits quietly")),
        ("talkative", _("Talkative: more of them")),
        ("silent", _("None: only before and after the film")),
    ]


def copies() -> list[tuple[float, str]]:
    """The known speeds of a copy, the usual one first."""
    return [(rate, copy_words(rate)) for rate in KNOWN_RATES]


def copy_words(rate: float) -> str:
    if rate == 1:
        return _("As fast as in the cinema")
    if abs(rate - 1) < SLIGHTLY:
        return _("A tenth of a percent fast") if rate > 1 else _("A tenth of a percent slow")
    words = {
        25 / 24: _("4 % fast (European disc or television)"),
        25 / 23.976: _("4.3 % fast (European disc of an American film)"),
        24 / 25: _("4 % slow"),
        23.976 / 25: _("4.1 % slow"),
    }
    return words[rate]


def backs() -> list[tuple[int, str]]:
    minutes = [(seconds, seconds // 60) for seconds in BACK]
    return [(seconds, ngettext("%(count)s minute", "%(count)s minutes", count)) for seconds, count in minutes]


def views() -> list[tuple[str, str]]:
    return [
        ("film", _("Film")),
        ("next", _("Next")),
        ("polls", _("Polls")),
        ("people", _("People")),
        ("more", _("More")),
    ]


def ready_questions() -> list[dict[str, object]]:
    """Five that need no typing."""
    return [
        {
            "name": _("Break?"),
            "question": _("Shall we take a break?"),
            "options": [_("Now"), _("In a while"), _("Not needed")],
        },
        {
            "name": _("How is it?"),
            "question": _("How is it so far?"),
            "options": [_("I love it"), _("I like it"), _("Not sure yet"), _("Not for me")],
        },
        {
            "name": _("What next?"),
            "question": _("How does this end?"),
            "options": [_("Well"), _("Badly"), _("Both at once"), _("I would rather not guess")],
        },
        {
            "name": _("Louder?"),
            "question": _("Is the sound right?"),
            "options": [_("Louder"), _("Quieter"), _("Just right")],
        },
        {
            "name": _("Again?"),
            "question": _("Shall we see that moment again?"),
            "options": [_("Yes, go back"), _("No, go on")],
        },
    ]
