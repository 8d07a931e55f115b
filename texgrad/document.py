"""What a reader returns: a note as prose and math pieces in document order, every character with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from texgrad.source import Source, Span

PieceKind = Literal["prose", "math", "heading", "break", "directive", "code"]


@dataclass(frozen=True)
class Piece:
    """A run of text of one kind.

    `text` is what the author wrote with the container's prefixes (block quote marks, list indents, the
    doubled backslashes of some Markdown flavours) taken away; `offsets[i]` is the place of `text[i]` in the source,
    with one entry more than characters so that ends have a place too.

    prose      words of a paragraph, list item or table cell (inline markup may remain)
    math       what stands between math delimiters; a bare environment keeps its \\begin and \\end
    heading    the words of a heading; `level` 1 is the largest
    break      the end of a paragraph, list item or table cell; no text
    directive  what follows `texgrad:` in a comment
    code       a code block; these stand apart, in `Document.code`
    """

    kind: PieceKind
    text: str
    offsets: tuple[int, ...]
    source: Source
    display: bool = False
    level: int = 0

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span of text[start:end]."""
        stop = len(self.text) if end is None else end
        last = self.offsets[stop - 1] + 1 if stop > start else self.offsets[start]
        return Span(self.source, self.offsets[start], last)

    def __str__(self) -> str:
        return f"{self.kind}: {self.text!r}"


@dataclass(frozen=True)
class MacroDefinition:
    """One macro: `body` with #1..#9 for the arguments, `optional` the default of a first optional argument.

    `order` is its place in reading order: the definition in force for a math piece is the last one before it, or the
    first one of the document where none stands before. `kind` "environment" holds begin and end parts in `body`/`end`.
    """

    name: str
    body: str
    arguments: int = 0
    optional: str | None = None
    kind: Literal["command", "environment"] = "command"
    end: str = ""
    delimited: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True)
class Document:
    """A note: its pieces in reading order (files that it \\inputs stand in place) and the macros it defines.

    `code` has its code blocks with the number of the piece behind which, or within which, each stands.
    """

    source: Source
    pieces: tuple[Piece, ...]
    macros: tuple[MacroDefinition, ...] = ()
    problems: tuple[tuple[Span, str], ...] = field(default=())
    code: tuple[tuple[int, Piece], ...] = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self.pieces))
