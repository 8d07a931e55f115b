"""What a check returns: claims with their verdicts, files with what could not be read, and the counts of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Verdict = Literal["verified", "wrong", "shape", "layout", "assumption", "undecided"]
Severity = Literal["error", "warning", "info", "ignore"]

VERDICTS: tuple[Verdict, ...] = ("verified", "wrong", "shape", "layout", "assumption", "undecided")


@dataclass(frozen=True)
class Finding:
    """One claim and what became of it; the field names are those of the JSON contract."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    latex: str
    lhs: str
    rhs: str
    verdict: Verdict
    code: str | None = None
    severity: Severity | None = None
    message: str = ""
    hint: str | None = None
    slip: bool = False  # the hint undoes a usual slip: a sign, a transpose, a factor 2
    expected: str | None = None
    discrepancy: float | None = None
    layouts: tuple[str, ...] = ()
    shapes: dict[str, str] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    reason: str | None = None
    remark: str | None = None
    source_line: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something to say about a note that concerns none of its claims: an ignore that silences nothing."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    source_line: str = ""


class Verdicts(NamedTuple):
    """What is found of one document: findings in reading order, its layout's name, remarks, what concerns no claim."""

    findings: list[Finding]
    layout: str | None = None
    notes: Sequence[str] = ()
    notices: Sequence[Notice] = ()


@dataclass(frozen=True)
class FileReport:
    """The findings of one file in reading order, and the layout it was found to use.

    `problem` says why the file could not be checked (unreadable, not UTF-8, an internal error); None where it was.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    layout: str | None = None
    notes: tuple[str, ...] = ()
    problem: str | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Report:
    """The findings of all files of one run."""

    files: tuple[FileReport, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)

    def count(self) -> dict[str, int]:
        """How many claims got each verdict."""
        seen = Counter(finding.verdict for finding in self.findings)
        return {verdict: seen[verdict] for verdict in VERDICTS}
