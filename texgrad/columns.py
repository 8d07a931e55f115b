"""A place in a table in, its column and the cells below it out, in the rows of Markdown and of a tabular."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from texgrad.source import Source, Span

_MATH = re.compile(r"\$\$?[^$]*\$\$?|\\\(.*?\\\)")
_SEPARATOR = re.compile(r"(?<!\\)[|&]")
_RULE = re.compile(r"[\s|:-]+|(?:\\(?:hline|toprule|midrule|bottomrule)\s*)+")  # stands between two rows


def separators(line: str) -> list[int]:
    """The places of what parts the cells of a line; bars inside of formulas are none."""
    plain = _MATH.sub(lambda math: " " * len(math[0]), line)
    return [match.start() for match in _SEPARATOR.finditer(plain)]


def cells_of(line: str) -> list[str]:
    """The text of each cell of a line; that before the first separator is the one of column 0."""
    places = [-1, *separators(line), len(line)]
    return [line[start + 1 : stop] for start, stop in pairwise(places)]


def column(source: Source, offset: int) -> int:
    """The number of separators in front of a place in its line."""
    line, at = source.position(offset)
    return sum(place < at - 1 for place in separators(source.line_text(line)))


def row_at(source: Source, offset: int) -> tuple[int, str] | None:
    """Where the line of a place in the body of a table begins, and the text of the head of its column."""
    line, at = source.position(offset)
    start, text = offset - at + 1, source.line_text(line)
    if not separators(text):
        return None
    above = line - 1
    while above > 1 and separators(source.line_text(above)) and not is_rule(source.line_text(above)):
        above -= 1
    heads = cells_of(source.line_text(above - 1)) if above > 1 and is_rule(source.line_text(above)) else []
    place = column(source, offset)
    return (start, heads[place]) if place < len(heads) else None


def is_rule(line: str) -> bool:
    return bool(line.strip()) and _RULE.fullmatch(line.strip()) is not None


def below(source: Source, offset: int) -> Iterator[Span]:
    """The cells below a place, in the lines of its table."""
    wanted = column(source, offset)
    start = offset - source.position(offset)[1] + 1
    lines = source.text[start:].splitlines(keepends=True)
    if not separators(lines[0]):
        return
    start += len(lines[0])
    for text in lines[1:]:
        places = separators(text)
        if not places and not is_rule(text):
            return
        ends = [-1, *places, len(text)]
        if wanted + 1 < len(ends):
            yield Span(source, start + ends[wanted] + 1, start + ends[wanted + 1])
        start += len(text)
