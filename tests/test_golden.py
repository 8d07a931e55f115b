"""Golden notes: every claim has the verdict (or code) that a comment on its line expects; no other line has claims."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from texgrad import check_text
from texgrad.configuration import Configuration
from texgrad.report import FileReport

NOTES = sorted((Path(__file__).parent / "golden").iterdir())
EXPECT = re.compile(r"(?:<!-- |% )expect: ([\w ]+?)(?: -->|$)", re.MULTILINE)


def check(text: str, path: Path) -> FileReport:
    report = check_text(text, path.name, Configuration())
    assert report.problem is None
    return report


def compare(text: str, report: FileReport) -> None:
    lines = text.splitlines()
    expected = {number: EXPECT.search(line)[1].split() for number, line in enumerate(lines, 1) if EXPECT.search(line)}
    found: dict[int, list[str]] = {}
    for finding in sorted(report.findings, key=lambda finding: (finding.line, finding.column)):
        wanted = expected.get(finding.line, [])
        place = len(found.setdefault(finding.line, []))
        by_code = place < len(wanted) and wanted[place].startswith("TG")
        found[finding.line].append(finding.code or "none" if by_code else finding.verdict)
    assert found == expected


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_the_verdicts_are_those_expected_on_the_lines(path: Path):
    text = path.read_text(encoding="utf-8")
    compare(text, check(text, path))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_line_ends_change_nothing(path: Path):
    text = path.read_text(encoding="utf-8")
    report, other = check(text, path), check(text.replace("\n", "\r\n"), path)
    assert [(f.line, f.column, f.verdict) for f in other.findings] == [
        (f.line, f.column, f.verdict) for f in report.findings
    ]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_a_claim_stands_at_its_relation_sign(path: Path):
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for finding in check(text, path).findings:
        if finding.lhs:
            line = lines[finding.line - 1]
            # in a table whose columns are the sides of an equation, at the right one
            apart = line.startswith("|") and "=" not in line.partition("<!--")[0]
            assert line[finding.column - 1 :].startswith(finding.rhs if apart else ("=", "\\"))
            end = lines[finding.end_line - 1][: finding.end_column - 1]
            assert end.endswith(finding.rhs[-1])
