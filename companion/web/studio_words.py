"""What the studio says beside its fields, in the reader's language."""

from companion.languages import gettext as _
from companion.languages import language_name


def kinds() -> list[tuple[str, str, str]]:
    """(kind, word, what it is for), in the order of the keys 1 to 6."""
    return [
        ("trivia", _("Trivia"), _("A fact, with where it comes from.")),
        ("theme", _("Theme"), _("What the film is doing here.")),
        ("poll", _("Poll"), _("A question without a right answer.")),
        ("quiz", _("Quiz"), _("A question with a right answer and an explanation.")),
        ("discussion", _("To talk about"), _("An open question, normally after the film.")),
        ("warning", _("Content warning"), _("Shown only to guests who asked for it, a little before.")),
    ]


def pushes() -> list[tuple[str, str, str]]:
    return [
        ("always", _("Comes up"), _("Appears by itself in every room. One in eight minutes is plenty.")),
        ("talkative", _("Comes up in talkative rooms"), _("Elsewhere it waits quietly under its scene.")),
        ("never", _("Waits"), _("Never by itself: it lies under its scene for whoever looks.")),
    ]


def results_words() -> list[tuple[str, str]]:
    return [
        ("closed", _("When it closes")),
        ("live", _("While people vote")),
        ("host", _("When the host shows it")),
    ]


def explained() -> dict[str, str]:
    """The sentence beside each setting of a note or scene, where it is set."""
    return {
        "safe_after": _(
            "The earliest scene after which this gives nothing away. Until the room is past it, "
            "it stays hidden, however the times are off."
        ),
        "anywhere": _(
            "Not tied to its moment: if its scene goes by too fast, it comes at the next calm one."
        ),
        "quiet": _(
            "Nothing comes up by itself here: no note, no result, no buzz. For moments people "
            "should have to themselves."
        ),
        "checkpoint": _(
            "The host is asked to tap when this happens. What follows moves with it. Six to eight "
            "moments a film are enough."
        ),
        "watch_for": _(
            "What the host reads while waiting. Something everyone can see, and nothing that "
            "gives the story away."
        ),
        "within": _(
            "How far off this time may be, either way. Notes wait that long, so that none comes too early."
        ),
        "timing": _("Guessed from a book, tapped while watching, or measured on a copy."),
        "lead": _("How long before its moment it is shown."),
        "duration": _("How long it stays: about a second for every 13 letters."),
        "confidence": _("How sure you are. What is not sure says “reported”."),
        "repeats": _("The same question asked twice: the recap shows both answers side by side."),
        "read_by": _("Who read these words as a native reader. Empty says so honestly."),
    }


def steps() -> dict[str, str]:
    """How the times of a scene were found."""
    return {"guessed": _("Guessed"), "tapped": _("Tapped"), "measured": _("Measured")}


def film_languages() -> list[tuple[str, str]]:
    """Languages offered for notes; any other tag can be typed."""
    codes = ("en", "ko", "ar", "de", "es", "fil", "fr", "hi", "id", "it", "ja", "pt", "th", "tr", "vi", "zh")
    return [(code, language_name(code)) for code in codes]
