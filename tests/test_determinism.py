"""The same note gives the same report: twice, from any directory, alone or among others, in another process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
NAMES = ("chains.md", "entries.md", "matrices.tex")


def report(*paths: str, cwd: Path, seed: str = "0") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "texgrad", "check", "--show-types", *paths],
        capture_output=True, text=True, cwd=cwd, env=os.environ | {"PYTHONHASHSEED": seed, "COLUMNS": "100"},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr
    return done.stdout


def lines_of(name: str, text: str) -> list[str]:
    """What a report says of one file: its lines up to the first one that speaks of another."""
    kept, mine = [], False
    for line in text.splitlines():
        if re.match(r"\S+\.(md|tex):", line):
            mine = Path(line.split(":")[0]).name == name
        if mine and not line.endswith("not checked."):
            kept.append(line[line.index(name) :] if name in line.split(":")[0] else line)
    return [line for line in kept if line]


@pytest.mark.parametrize("name", NAMES)
def test_the_report_is_the_same_everywhere(name: str, tmp_path: Path):
    shutil.copy(GOLDEN / name, tmp_path / name)
    first = report(name, cwd=tmp_path)
    assert report(name, cwd=tmp_path, seed="1") == first
    assert lines_of(name, report(str(GOLDEN / name), cwd=ROOT)) == lines_of(name, first)
    for other in NAMES:
        shutil.copy(GOLDEN / other, tmp_path / other)
    together = report(".", cwd=tmp_path, seed="2")
    assert lines_of(name, together) == lines_of(name, first)
