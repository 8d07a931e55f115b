"""Fixtures that several test modules share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import fake_checker
import pytest


@pytest.fixture
def fake_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in of fake_checker in place of the checking core."""
    monkeypatch.setitem(sys.modules, "texgrad.verify", fake_checker)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Write a file under an empty directory that is the current one."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
