"""The sample notes: the lines marked `wrong:` get errors or warnings, no others do, most other claims are verified."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from texgrad import check_file
from texgrad.configuration import Configuration

NOTES = Path(__file__).parents[1] / "samples" / "notes"
MARK = re.compile(r"<!-- wrong: |% wrong: ")


@pytest.mark.parametrize("path", sorted(NOTES.iterdir()), ids=lambda path: path.name)
def test_the_marked_lines_are_reported_and_no_others(path: Path):
    report = check_file(path, Configuration())
    assert report.problem is None
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if MARK.search(line)]
    entries = (*report.findings, *report.notices)
    assert sorted({entry.line for entry in entries if entry.severity in ("error", "warning")}) == marked
    verdicts = [finding.verdict for finding in report.findings]
    assert verdicts.count("verified") >= 0.8 * (len(verdicts) - len(marked))


def test_the_notes_are_of_many_kinds():
    texts = {path.name: path.read_text(encoding="utf-8") for path in NOTES.iterdir()}
    assert len(texts) >= 6
    assert {Path(name).suffix for name in texts} == {".md", ".tex"}
    assert any(re.search("[\u4e00-\u9fff]", text) for text in texts.values())
    assert {bool(MARK.search(text)) for text in texts.values()} == {True, False}
