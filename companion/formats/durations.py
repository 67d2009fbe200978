"""Film times in every spelling a person types, and the one we write."""

import re
import unicodedata

LONGEST = 100 * 3600.0

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?")
_SECONDS = re.compile(r"(\d{1,6})(?:[.,](\d{1,9}))?")
_UNITS = re.compile(r"(?:(\d{1,3})h)? ?(?:(\d{1,4})m(?:in)?)? ?(?:(\d{1,6})(?:[.,](\d{1,9}))?s)?")


def read(text: str) -> float | None:
    """Seconds into the film, to a millisecond; None when it is no time.

    Reads `1:02:03`, `62:03`, `3723`, `3723.5`, `1h2m3s`, each with a fraction after a point or a comma
    (SRT), and full-width or Arabic-Indic digits. Sixty seconds and more are refused after a colon, sixty
    minutes after an hour.
    """
    plain = "".join(_digit(c) for c in unicodedata.normalize("NFKC", text)).strip().lower()
    clock = _CLOCK.fullmatch(plain)
    if clock:
        hours, minutes, seconds = int(clock[1] or 0), int(clock[2]), int(clock[3])
        if seconds > 59 or (clock[1] and minutes > 59):
            return None
        return _within(hours * 3600 + minutes * 60 + seconds, clock[4])
    bare = _SECONDS.fullmatch(plain)
    if bare:
        return _within(int(bare[1]), bare[2])
    units = _UNITS.fullmatch(plain)
    if not plain or not units or not any(units.groups()):
        return None
    return _within(int(units[1] or 0) * 3600 + int(units[2] or 0) * 60 + int(units[3] or 0), units[4])


def write(seconds: float, mark: str = ".", hours: int = 1) -> str:
    """`h:mm:ss.mmm`; `mark` is the sign before the milliseconds, `hours` the least number of digits for
    hours.
    """
    whole = max(0, round(seconds * 1000))
    clock = f"{whole // 3_600_000:0{hours}d}:{whole // 60_000 % 60:02d}:{whole // 1000 % 60:02d}"
    return f"{clock}{mark}{whole % 1000:03d}"


def _within(whole: int, fraction: str | None) -> float | None:
    seconds = round(whole + float(f"0.{fraction}" if fraction else 0), 3)
    return seconds if seconds <= LONGEST else None


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, -1)
    return character if value < 0 else str(value)
