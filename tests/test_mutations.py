"""Every verified claim of the golden notes, damaged, is verified no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from texgrad import check_text
from texgrad.configuration import Configuration
from texgrad.report import Finding

NOTES = sorted((Path(__file__).parent / "golden").iterdir())
TRANSPOSE = re.compile(r"\^(T|\\top|\{-\\top\}|\{\\mathsf T\})(?![a-zA-Z])")
FACTORS = re.compile(r"(?<![A-Za-z\\])([A-Z])(?:\^T)? ([A-Z])(?![A-Za-z])")
# Damage that does none: this side follows one that lacks the same factor.
HARMLESS = {"2 (X^T (Xw - y))"}


def _sign(right: str) -> str:
    return f"-({right})"


def _factor(right: str) -> str:
    return f"2 ({right})"


def _transpose(right: str) -> str:
    return TRANSPOSE.sub("", right, count=1)


def _order(right: str) -> str:
    return FACTORS.sub(r"\2 \1", right, count=1)


def damaged(text: str, finding: Finding, damage: Callable[[str], str]) -> str | None:
    """The note with the right side of a claim damaged; None where the damage does not apply or is harmless."""
    lines = text.splitlines(keepends=True)
    end = sum(map(len, lines[: finding.end_line - 1])) + finding.end_column - 1
    start = end - len(finding.rhs)
    assert text[start:end] == finding.rhs
    changed = damage(finding.rhs)
    if changed == finding.rhs or changed in HARMLESS:
        return None
    return text[:start] + changed + text[end:]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
@pytest.mark.parametrize("damage", [_sign, _factor, _transpose, _order], ids=lambda damage: damage.__name__)
def test_a_damaged_claim_is_not_verified(path: Path, damage: Callable[[str], str]):
    text = path.read_text(encoding="utf-8")
    for finding in check_text(text, path.name, Configuration()).findings:
        if finding.verdict != "verified":
            continue
        note = damaged(text, finding, damage)
        if note is None:
            continue
        found = [
            (other.verdict, other.rhs)
            for other in check_text(note, path.name, Configuration()).findings
            if (other.line, other.column) == (finding.line, finding.column)
        ]
        assert all(verdict != "verified" for verdict, _ in found), (finding.line, found)
