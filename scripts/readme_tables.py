#!/usr/bin/env python3
"""README.md in, README.md out with its report and its tables of rules and operations as the program gives them.

usage: readme_tables.py [--check]      with --check nothing is written; exit code 1 if the README is not in step
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

from texgrad import Report, check_file
from texgrad.codes import RULES
from texgrad.ops import TABLE
from texgrad.render import render

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SAMPLE = "samples/notes/ridge-regression.md"


def _code(text: str) -> str:
    """Inline code in a table cell: a bar would end the cell."""
    return f"`{text}`".replace("|", "\\|")


def rules() -> str:
    rows = [f"| {rule.code} | {rule.name} | {rule.severity} | {rule.summary} |" for rule in RULES]
    return "\n".join(["| code | name | severity | meaning |", "|---|---|---|---|", *rows])


def operations() -> str:
    rows = []
    for op in sorted(TABLE.values(), key=lambda op: op.name):
        spellings = " ".join(map(_code, op.spellings))
        example = _code(op.examples[0].latex) if op.examples else ""
        rows.append(f"| {op.name} | {op.summary} | {spellings} | {example} |".replace("|  |", "| |"))
    return "\n".join(["| operation | meaning | spellings | example |", "|---|---|---|---|", *rows])


def report() -> str:
    """What the checker says of a sample note that holds errors."""
    checked = check_file(ROOT / SAMPLE)
    shown = replace(checked, findings=tuple(replace(finding, path=SAMPLE) for finding in checked.findings))
    return f"```text\n$ texgrad check {SAMPLE}\n{render('text', Report((shown,)))}\n```"


REGIONS = {"report": report, "rules": rules, "operations": operations}


def rewrite(text: str) -> str:
    """The text with what stands between `<!-- NAME: begin -->` and `<!-- NAME: end -->` made anew."""
    for name, make in REGIONS.items():
        region = re.compile(f"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
        made = make()
        text, times = region.subn(lambda match, made=made: f"{match[1]}\n{made}\n\n{match[2]}", text)
        if times != 1:
            raise SystemExit(f"README.md has {times} regions for {name}, not 1")
    return text


def main() -> int:
    old = README.read_text(encoding="utf-8")
    new = rewrite(old)
    if old == new:
        return 0
    if "--check" in sys.argv[1:]:
        print("README.md is not in step with the program: run scripts/readme_tables.py", file=sys.stderr)
        return 1
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
