"""Every verified claim of the golden notes, damaged, is verified no more."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from texgrad import check_text
from texgrad.configuration import Configuration
from texgrad.report import Finding

NOTES = sorted((Path(__file__).parent / "golden").iterdir())
TRANSPOSE = re.compile(r"\^(T|\\top|\{-\\top\}|\{\\mathsf T\})(?![a-zA-Z])")
FACTORS = re.compile(r"(?<![A-Za-z\\])([A-Z])(?:\^T)? ([A-Z])(?![A-Za-z])")
APART = 4  # claims between two that are damaged together, so that they do not stand in one chain
# Damage that does none: this side follows one that lacks the same factor.
HARMLESS = {"2 (X^T (Xw - y))", "(M + M) y"}  # the second of a symmetric M
ZERO = re.compile(r"(?:\$|\\\[) ?0 = |= ?0(?![.\d])")  # minus or twice nothing is nothing


def _sign(right: str) -> str:
    return f"-({right})"


def _factor(right: str) -> str:
    return f"2 ({right})"


def _transpose(right: str) -> str:
    return TRANSPOSE.sub("", right, count=1)


def _order(right: str) -> str:
    return FACTORS.sub(r"\2 \1", right, count=1)


DAMAGES = (_sign, _factor, _transpose, _order)


def damaged(text: str, findings: list[Finding], numbers: range) -> str:
    """The note with the right sides of some claims damaged, each in the first way that changes it."""
    ends = [0]
    for line in text.splitlines(keepends=True):
        ends.append(ends[-1] + len(line))
    for number in sorted(numbers, key=lambda number: (findings[number].end_line, findings[number].end_column))[::-1]:
        finding = findings[number]
        end = ends[finding.end_line - 1] + finding.end_column - 1
        start = end - len(finding.rhs)
        assert text[start:end] == finding.rhs
        turns = [DAMAGES[(number + turn) % len(DAMAGES)](finding.rhs) for turn in range(len(DAMAGES))]
        changed = next(turned for turned in turns if turned != finding.rhs and turned not in HARMLESS)
        text = text[:start] + changed + text[end:]
    return text


def verified(text: str, path: Path) -> list[Finding]:
    findings = check_text(text, path.name, Configuration()).findings
    return [each for each in findings if each.verdict == "verified" and not ZERO.search(each.source_line)]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_a_damaged_claim_is_not_verified(path: Path):
    """Claims that stand apart are damaged at once: each check reads the whole note."""
    text = path.read_text(encoding="utf-8")
    claims = verified(text, path)
    for first in range(min(APART, len(claims))):
        numbers = range(first, len(claims), APART)
        note = damaged(text, claims, numbers)
        lines = {claims[number].line for number in numbers}
        before = Counter(each.rhs for each in claims if each.line in lines)
        after = Counter(each.rhs for each in verified(note, path) if each.line in lines)
        kept = before - Counter(claims[number].rhs for number in numbers)
        assert not after - kept, (sorted(lines), after - kept)
