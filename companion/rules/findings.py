"""What is wrong with a cue sheet, one sentence and one place at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: `code` for programs, `sentence` for the author, `field` as the document spells it."""

    code: str
    severity: Severity
    sentence: str
    cue_id: str | None = None
    scene_id: str | None = None
    field: str | None = None


class SheetFaults(Exception):
    """The document cannot be used as a cue sheet; `findings` says why and where."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.sentence for finding in self.findings))
