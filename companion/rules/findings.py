"""What is wrong with a cue sheet, one sentence and one place at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from companion.rules.said import Said

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `code` for programs, `said` for the author, `field` as the document spells it."""

    code: str
    severity: Severity
    said: Said
    cue_id: str | None = None
    scene_id: str | None = None
    field: str | None = None

    @property
    def sentence(self) -> str:
        return str(self.said)

    def told(self, sentence: str) -> dict[str, str | None]:
        """For programs and pages, with the sentence as it is told there."""
        place = {"cue_id": self.cue_id, "scene_id": self.scene_id, "field": self.field}
        return {"code": self.code, "severity": self.severity, "sentence": sentence, **place}


class SheetFaults(Exception):
    """The document cannot be used as a cue sheet; `findings` says why and where."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.sentence for finding in self.findings))
