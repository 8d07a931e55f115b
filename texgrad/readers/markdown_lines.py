"""Lines of a Markdown note in, a block of their text out; and where a line begins inside of its containers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

QUOTE = 0  # a container is the indent of its content, or this for a block quote
QUOTE_MARK = re.compile(r" {0,3}>[ \t]?")

BlockKind = Literal["paragraph", "heading", "cell", "math", "macros", "break", "code"]


@dataclass(frozen=True)
class Block:
    """A block's text, the place of each character, and the place where it ends."""

    kind: BlockKind
    text: str
    offsets: Sequence[int]
    end: int
    level: int = 0


def block_of(kind: BlockKind, text: str, spans: Sequence[tuple[int, int]], level: int = 0) -> Block:
    """One block from its lines; the line breaks between them belong to it."""
    parts: list[str] = []
    offsets: list[int] = []
    for number, (start, end) in enumerate(spans):
        stop = end
        if number + 1 < len(spans):
            stop = text.index("\n", end) + 1
        parts.append(text[start:stop])
        offsets.extend(range(start, stop))
    return Block(kind, "".join(parts), offsets, spans[-1][1] if spans else 0, level)


def enter(text: str, start: int, end: int, containers: Sequence[int]) -> tuple[int, int]:
    """How many of the open containers a line belongs to, and where its own text begins."""
    for depth, container in enumerate(containers):
        if container == QUOTE:
            match = QUOTE_MARK.match(text, start, end)
            if match is None:
                return depth, start
            start = match.end()
        else:
            if not text[start:end].strip():
                return len(containers), end
            after = _indented(text, start, end, container)
            if after is None:
                return depth, start
            start = after
    return len(containers), start


def _indented(text: str, start: int, end: int, columns: int) -> int | None:
    """The place after so many columns of white space."""
    column = 0
    while column < columns:
        if start >= end or text[start] not in " \t":
            return None
        column += 1 if text[start] == " " else 4 - column % 4
        start += 1
    return start


def width(text: str, start: int, end: int) -> int:
    """The columns of white space that a line starts with."""
    place = start
    while place < end and text[place] in " \t":
        place += 1
    return columns(text, start, place)


def columns(text: str, start: int, end: int) -> int:
    """How many columns the characters from start to end take."""
    column = 0
    for char in text[start:end]:
        column += 4 - column % 4 if char == "\t" else 1
    return column
