"""A sentence for a person that is translated where it is told, with what is filled into its holes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """English with `%(name)s` holes and the facts for them; as a string it is that sentence in English."""

    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.facts if self.facts else self.sentence


def said(sentence: str, **facts: object) -> Said:
    return Said(sentence, facts)
