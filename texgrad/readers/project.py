"""A LaTeX file's path in, the files of its project out: the main file, the files that it includes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

_MAIN = re.compile(
    r"^%+ *!T[eE]X +root *= *([^\r\n]+)|^[ \t]*\\documentclass\[([^\]\r\n]+)\]\{subfiles\}", re.MULTILINE
)

def main_file(text: str, path: Path) -> Path | None:
    """The file whose preamble a chapter relies on, where the chapter names it and it stands in a folder above."""
    match = _MAIN.search(text[:2000])
    if match is None:
        return None
    try:
        main = (path.parent / (match[1] or match[2]).strip()).resolve()
        inside = path.is_relative_to(main.parent) and main != path and main.suffix in (".tex", ".ltx")
        return main if inside and main.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def project(folder: Path) -> Path:
    """The folder that holds the whole project: files outside of it are not followed."""
    for each in (folder, *folder.parents):
        if (each / "pyproject.toml").exists() or (each / ".git").exists():
            return each
    return folder


def find(root: Path, folders: Sequence[Path], names: Sequence[str]) -> Path | None:
    """The first file of one of the names in one of the folders; none outside of the project's root."""
    for folder in folders:
        for name in names:
            try:
                path = (folder / name).resolve()
                if path.is_relative_to(root) and path.is_file():
                    return path
            except (OSError, ValueError, RuntimeError):
                continue
    return None


def text_of(path: Path) -> str | None:
    """The text of a file; None where it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
