"""Stretches of a source in, one text with the place of each character out: what all readers build their pieces from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from texgrad.document import Piece, PieceKind
from texgrad.source import Source

# The languages of a code block that may hold formulas.
CODE = frozenset(
    ("", "text", "txt", "plain", "plaintext", "none", "pseudo", "pseudocode", "algorithm", "python", "python3", "py",
     "ipython", "ipython3", "numpy", "code-cell", "code-block", "code")
)  # fmt: skip


@dataclass
class Run:
    """A text under way and the source offset of each of its characters."""

    parts: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def take(self, text: str, offsets: Sequence[int]) -> None:
        """Add a stretch as it stands."""
        self.parts.append(text)
        self.offsets.extend(offsets)

    def put(self, char: str, offset: int) -> None:
        """Add one character that stands for what is written at a place."""
        self.parts.append(char)
        self.offsets.append(offset)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def __bool__(self) -> bool:
        return bool(self.offsets)

    def clear(self) -> None:
        self.parts.clear()
        self.offsets.clear()


def piece(
    kind: PieceKind,
    text: str,
    offsets: Sequence[int],
    source: Source,
    end: int | None = None,
    display: bool = False,
    level: int = 0,
) -> Piece:
    """A piece from a text and the places of its characters; `end` is the place after it where it is empty."""
    last = offsets[-1] + 1 if offsets else (end or 0)
    return Piece(kind, text, (*offsets, last), source, display, level)
