"""A place in a table in, its column and the cells below it out, in the rows of Markdown and of a tabular."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.source import Source, Span

_MATH = re.compile(r"\$\$?[^$]*\$\$?|\\\(.*?\\\)")
_SEPARATOR = re.compile(r"(?<!\\)[|&]")
_RULE = re.compile(r"[\s|:-]+|(?:\\(?:hline|toprule|midrule|bottomrule)\s*)+")  # stands between two rows


def separators(line: str) -> list[int]:
    """The places of what parts the cells of a line; bars inside of formulas are none."""
    plain = _MATH.sub(lambda math: " " * len(math[0]), line)
    return [match.start() for match in _SEPARATOR.finditer(plain)]


def column(source: Source, offset: int) -> int:
    """The number of separators in front of a place in its line."""
    line, at = source.position(offset)
    return sum(place < at - 1 for place in separators(source.line_text(line)))


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
