"""Notes whose claims are labelled, matched with what is found in them: `python tests/labels.py` lists what is missed.

Beside each note of tests/labelled stands a list of its equations: the line of the right side, the first and last line
of the formula, the LaTeX of both sides, and a verdict: right, wrong (in every layout), layout (right in the layout that
the note does not use) or notclaim (a definition, an update, a condition). "either" marks a matter of judgement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from texgrad import check_text
from texgrad.configuration import Configuration
from texgrad.report import Finding

FOLDER = Path(__file__).parent / "labelled"
NOTES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
BLANK = re.compile(r"\\(?:,|;|!|quad|qquad|left|right|displaystyle)(?![a-zA-Z])|\s|&|\\\\")
ALIKE = 0.75  # how alike the right sides of an equation and of a claim are at least
ERRORS = ("wrong", "shape")


@dataclass(frozen=True)
class Label:
    """One equation of a note, with its true verdict."""

    line: int
    lines: tuple[int, int]
    latex: str
    verdict: str
    why: str = ""
    either: bool = False


def labels_of(note: Path) -> list[Label]:
    entries = json.loads(note.with_name(note.name.rpartition(".")[0] + ".json").read_text(encoding="utf-8"))
    return [Label(**entry | {"lines": tuple(entry["lines"])}) for entry in entries]


def matched(note: Path) -> Iterator[tuple[Label | None, Finding | None]]:
    """Every equation with the claim that was found for it, then the claims that belong to no equation."""
    report = check_text(note.read_text(encoding="utf-8"), note.name, Configuration())
    labels, findings = labels_of(note), list(report.findings)
    pairs = sorted(
        ((_likeness(label, finding), -at, -number) for at, label in enumerate(labels)
         for number, finding in enumerate(findings) if label.lines[0] <= finding.line <= label.lines[1]),
        reverse=True,
    )  # fmt: skip
    taken: dict[int, int] = {}
    for likeness, at, number in pairs:
        if likeness >= ALIKE and -at not in taken and -number not in taken.values():
            taken[-at] = -number
    for at, label in enumerate(labels):
        yield label, findings[taken[at]] if at in taken else None
    yield from ((None, finding) for number, finding in enumerate(findings) if number not in taken.values())


def _likeness(label: Label, finding: Finding) -> float:
    ends = [BLANK.sub("", re.split(r"(?<![<>!:])=", latex)[-1]) for latex in (label.latex, finding.rhs)]
    return SequenceMatcher(None, *ends, autojunk=False).ratio() + (0.5 if label.line == finding.line else 0)


def main() -> None:
    for note in NOTES:
        for label, finding in matched(note):
            verdict = finding.verdict if finding is not None else "not seen"
            fine = {"right": "verified", "wrong": "wrong shape assumption", "layout": "layout wrong shape"}
            expected = fine.get(label.verdict, "") if label is not None else ""
            missed = expected and not label.either and verdict not in expected.split()
            if missed or (not expected and verdict in ERRORS):
                line, latex = (label.line, label.latex) if label is not None else (finding.line, finding.latex)
                print(f"{note.name}:{line}: {label.verdict if label else 'no label'}, {verdict}: {latex[:100]}")


if __name__ == "__main__":
    main()
