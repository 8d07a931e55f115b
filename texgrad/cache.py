"""What decides a note's verdicts in, the verdicts of an earlier run out, kept in a directory or in a dictionary."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from texgrad import __version__
from texgrad.report import Finding, Notice, Verdicts

if TYPE_CHECKING:
    from texgrad.document import Document

FOLDER = ".texgrad_cache"


class Store(Protocol):
    """One text per note: a dictionary, or a Folder."""

    def get(self, name: str, /) -> str | None: ...

    def __setitem__(self, name: str, text: str, /) -> None: ...


@cache
def _program() -> str:
    """The version and the state of the program's own files: a changed checker has no old verdicts."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return f"{__version__} {[(file.name, file.stat().st_mtime_ns) for file in files]}"


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest(document: Document, layout: str | None, declarations: tuple[str, ...]) -> str:
    """Of all that decides the verdicts: the texts (of files it inputs too), the macros, the settings, the program."""
    sources = {piece.source.path: piece.source.text for piece in document.pieces}
    sources[document.source.path] = document.source.text
    return _sha(repr((_program(), sorted(sources.items()), document.macros, layout, declarations)))


def recall(store: Store, path: str, state: str) -> Verdicts | None:
    """The verdicts kept for a note, if they are those of this state of it; None for anything else, a torn file too."""
    try:
        content = json.loads(store.get(_sha(path)) or "null")
        if content is None or content["state"] != state:
            return None
        findings = [
            Finding(**{name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()})
            for entry in content["findings"]
        ]
        notices = [Notice(**entry) for entry in content["notices"]]
        return Verdicts(findings, content["layout"], content["notes"], notices)
    except (ValueError, KeyError, TypeError):
        return None


def keep(store: Store, path: str, state: str, verdicts: Verdicts) -> None:
    content = {
        "state": state,
        "findings": [asdict(entry) for entry in verdicts.findings],
        "layout": verdicts.layout,
        "notes": list(verdicts.notes),
        "notices": [asdict(entry) for entry in verdicts.notices],
    }
    store[_sha(path)] = json.dumps(content)


class Folder:
    """A Store in a directory, one file for each note; where nothing can be read or written, nothing is kept."""

    def __init__(self, root: Path) -> None:
        self.path = root / FOLDER

    def get(self, name: str) -> str | None:
        try:
            return (self.path / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def __setitem__(self, name: str, text: str) -> None:
        with contextlib.suppress(OSError):
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / ".gitignore").write_text("*\n", "utf-8")
            # Written aside and renamed, so that two runs at a time never see half a file.
            handle, temporary = tempfile.mkstemp(dir=self.path)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            os.replace(temporary, self.path / name)
