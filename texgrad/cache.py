"""What decides a note's verdicts in, the verdicts of an earlier run out, kept in a directory or in a dictionary."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import MutableMapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from texgrad import __version__
from texgrad.document import Document
from texgrad.report import Finding

FOLDER = ".texgrad_cache"

Verdicts = tuple[list[Finding], str | None, list[str]]


@cache
def _program() -> str:
    """The version and the state of the program's own files: a changed checker has no old verdicts."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return f"{__version__} {[(file.name, file.stat().st_mtime_ns) for file in files]}"


def key(document: Document, layout: str | None, declarations: tuple[str, ...]) -> str:
    """A digest of all that decides the verdicts: texts (of files it inputs too), macros, settings, the program."""
    sources = {piece.source.path: piece.source.text for piece in document.pieces}
    sources[document.source.path] = document.source.text
    parts = [_program(), repr(sorted(sources.items())), repr(document.macros), repr(layout), repr(declarations)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def dump(verdicts: Verdicts) -> str:
    findings, layout, notes = verdicts
    return json.dumps({"findings": [asdict(finding) for finding in findings], "layout": layout, "notes": notes})


def restore(text: str) -> Verdicts:
    """The inverse of dump; ValueError, KeyError or TypeError for anything else."""
    content = json.loads(text)
    findings = [
        Finding(**{name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()})
        for entry in content["findings"]
    ]
    return findings, content["layout"], content["notes"]


class Folder(MutableMapping[str, str]):
    """Texts by key in a directory, one file each; what cannot be read or written is as if it were not there."""

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER

    def __getitem__(self, name: str) -> str:
        try:
            return (self.path / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise KeyError(name) from None

    def __setitem__(self, name: str, text: str) -> None:
        with contextlib.suppress(OSError):
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / ".gitignore").write_text("*\n", "utf-8")
            # Written aside and renamed, so that two runs at a time never see half a file.
            handle, temporary = tempfile.mkstemp(dir=self.path)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            os.replace(temporary, self.path / name)

    def __delitem__(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    def __iter__(self):
        return (file.name for file in self.path.glob("*") if not file.name.startswith("."))

    def __len__(self) -> int:
        return sum(1 for _ in self)
