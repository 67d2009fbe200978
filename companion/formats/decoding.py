"""From the bytes of a file to clean text: size, encoding, line ends and invisible characters."""

import re

from .faults import LARGEST, Fault, fault, refuse

# Embeddings, overrides and isolates can show one text and mean another (CVE-2021-42574).
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029\ufeff]")


def decode(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8, UTF-16 (with or without mark) or CP949, refused
    otherwise.
    """
    if len(raw) > LARGEST:
        raise refuse("This file is larger than %(most)s MiB.", most=LARGEST // (1024 * 1024))
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(raw, "utf-16"), "UTF-16"
    wide = _wide(raw)
    if wide:
        return _strictly(raw, wide), "UTF-16"
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        korean = _korean(raw)
        if korean is None:
            line = raw.count(b"\n", 0, error.start) + 1
            raise refuse("This is not UTF-8, UTF-16 or Korean (CP949) text.", line) from None
        return korean, "CP949"


def clean(text: str) -> tuple[str, list[Fault]]:
    """One kind of line end, nothing invisible; each line that was mended is named."""
    lines = re.split("\r\n|\r|\n", text)
    repairs = []
    for number, line in enumerate(lines, 1):
        without = _BIDI.sub("", line)
        if without != line:
            repairs.append(
                fault("Characters that turn the direction of writing around were taken out.", number)
            )
        plain = _CONTROL.sub("", without)
        if plain != without:
            repairs.append(fault("Invisible control characters were taken out.", number))
        lines[number - 1] = plain
    return "\n".join(lines), repairs


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise refuse("This UTF-16 text breaks off in the middle of a character.") from None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark shows itself by zero bytes on one side of its ASCII characters."""
    sample = raw[:4096]
    if len(sample) < 4 or len(raw) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) // 2 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _korean(raw: bytes) -> str | None:
    """CP949 accepts nearly anything, so most of what is not ASCII must be Hangul, as in real Korean text."""
    try:
        text = raw.decode("cp949")
    except UnicodeDecodeError:
        return None
    foreign = [c for c in text if c > "\x7f"]
    hangul = sum("가" <= c <= "힣" or "ㄱ" <= c <= "ㆎ" or "\u3000" <= c <= "\u30ff" for c in foreign)
    return text if hangul * 10 >= len(foreign) * 7 else None
