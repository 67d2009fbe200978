"""What a guest may be called: cleaned as typed, or a friendly name nobody had to think of."""

import secrets
import unicodedata

import regex

from companion.rules.refused import Refused

GRAPHEMES_AT_MOST = 24
TYPED_AT_MOST = 10_000
JOINERS = "\u200c\u200d\ufe0f"
_DROPPED = regex.compile(
    r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029\ufeff\u200b\u2060-\u2064"
    r"\u115f\u1160\u2800\u3164\uffa0]"  # blanks that pass for letters
)
_PILED = regex.compile(r"(\p{M}{4})\p{M}+")
_TAGGED = regex.compile(r"\X")

MOODS_AND_ANIMALS = {
    "en": (
        "Quiet Gentle Sleepy Brave Curious Patient Merry Mellow Clever Cosy Kind Lucky Bright Calm Dreamy",
        "Otter Heron Fox Badger Sparrow Hare Owl Whale Lynx Robin Seal Moth Panda Magpie Deer Hedgehog",
    ),
    "ko": (
        "조용한 다정한 졸린 용감한 궁금한 느긋한 명랑한 포근한 영리한 수줍은 상냥한 씩씩한 꿈꾸는",
        "수달 왜가리 여우 오소리 참새 토끼 부엉이 고래 스라소니 울새 물범 나방 판다 까치 사슴 고슴도치",
    ),
}


def clean_name(typed: str) -> str:
    """NFC, controls, direction overrides and piles of accents dropped; 1 to 24 graphemes or refused."""
    if len(typed) > TYPED_AT_MOST:
        raise Refused("too_large", "That name is too long: 24 characters at most.")
    name = one_line(typed).strip(" " + JOINERS)
    graphemes = _TAGGED.findall(name)
    if not graphemes or not regex.search(r"[^\p{M}\p{Cf}\s]", name):
        raise Refused("bad_field", "A name needs at least one letter.", field="name")
    if len(graphemes) > GRAPHEMES_AT_MOST:
        raise Refused("bad_field", "That name is too long: 24 characters at most.", field="name")
    return name


def clean_words(typed: str, at_most: int, field: str) -> str:
    """One line of somebody's own words, cleaned as names are; empty or too long is refused."""
    words = one_line(typed).strip()
    if not words:
        raise Refused("bad_field", "Please write something first.", field=field)
    if len(_TAGGED.findall(words)) > at_most:
        raise Refused("bad_field", f"That is too long: {at_most} characters at most.", field=field)
    return words


def one_line(typed: str) -> str:
    """Without what would break a line, turn a direction, hide, or pile up over the lines above."""
    kept = _DROPPED.sub("", regex.sub(r"\s", " ", typed))
    return _PILED.sub(r"\1", unicodedata.normalize("NFC", regex.sub(r"[\s\p{Zs}]+", " ", kept)))


def friendly_name(lang: str, taken: set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """Such as "Quiet Otter", in the guest's language, not worn by anyone here while there are others."""
    moods, animals = MOODS_AND_ANIMALS.get(lang.split("-")[0], MOODS_AND_ANIMALS["en"])
    free = [f"{mood} {animal}" for mood in moods.split() for animal in animals.split()]
    free = [name for name in free if name not in taken] or free
    return secrets.choice(free)
