"""Room codes: digits that can be read aloud, typed in any script's digits, and hit by chance by nobody."""

import secrets
import unicodedata
from collections.abc import Callable
from itertools import groupby, pairwise

TYPED_AT_MOST = 40
SEPARATORS = " -\u2010\u2011\u2012\u2013\u00a0\u202f\u2009."


def digits_of(typed: str) -> str | None:
    """The code somebody typed: any Unicode digits, spaces and hyphens ignored; None when it is no code."""
    kept = [character for character in typed[:TYPED_AT_MOST] if character not in SEPARATORS]
    digits = [unicodedata.decimal(character, None) for character in kept]
    if not digits or None in digits or len(typed) > TYPED_AT_MOST:
        return None
    return "".join(str(digit) for digit in digits)


def is_readable(code: str) -> bool:
    """First digit 1–9, no digit three times in a row, no run of four up or down."""
    if code.startswith("0") or any(len(list(same)) > 2 for _, same in groupby(code)):
        return False
    steps = [int(b) - int(a) for a, b in pairwise(code)]
    return not any(steps[i : i + 3] in ([1, 1, 1], [-1, -1, -1]) for i in range(len(steps) - 2))


def new_code(digits: int, is_taken: Callable[[str], bool]) -> str:
    """A code no room has."""
    while True:
        code = str(10 ** (digits - 1) + secrets.randbelow(9 * 10 ** (digits - 1)))
        if is_readable(code) and not is_taken(code):
            return code
