"""LaTeX text from an opening delimiter on in, the math piece up to its end out; and the state of the reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from texgrad.document import MacroDefinition, Piece, PieceKind
from texgrad.notation.macros import closing
from texgrad.readers.runs import Run, piece
from texgrad.source import Source, Span

_TEXT_GROUP = re.compile(r"\\(?:text[a-z]*|mbox|hbox)\{")
_STOPPING = re.compile(r"\\(?:section|subsection|chapter|begin\{document\}|end\{document\})")


@dataclass
class Reading:
    """What is read so far, and where in the text the reading is."""

    root: Path
    folder: Path
    pieces: list[Piece] = field(default_factory=list)
    macros: list[MacroDefinition] = field(default_factory=list)
    problems: list[tuple[Span, str]] = field(default_factory=list)
    code: list[tuple[int, Piece]] = field(default_factory=list)
    names: dict[str, MacroDefinition] = field(default_factory=dict)


@dataclass
class File:
    """One file of the document: its source, the files that led to it, the words under way."""

    source: Source
    ancestors: tuple[Path, ...]
    kind: PieceKind = "prose"
    level: int = 0
    tables: int = 0
    silent: bool = False
    unclosed: dict[str, int] = field(default_factory=dict)  # up to where a closing delimiter is known to be missing
    prose: Run = field(default_factory=Run)


def flush(reading: Reading, file: File) -> None:
    """The words under way, done."""
    if file.prose and not file.prose.text.isspace():
        reading.pieces.append(piece(file.kind, file.prose.text, file.prose.offsets, file.source, level=file.level))
    file.prose.clear()


def end_block(reading: Reading, file: File, place: int) -> None:
    flush(reading, file)
    if not file.silent and reading.pieces and reading.pieces[-1].kind != "break":
        reading.pieces.append(piece("break", "", (), file.source, place))


def formula(reading: Reading, file: File, start: int, content: int, closer: str, display: bool) -> int:
    """Math between delimiters; inline math ends with its paragraph at the latest."""
    close = re.compile(rf"%[^\n]*|(?P<close>{re.escape(closer)})|{_TEXT_GROUP.pattern}|\\.", re.DOTALL)
    if not display:
        close = re.compile(rf"(?P<stop>\n[ \t]*\r?\n)|{close.pattern}", re.DOTALL)
    return add_until(reading, file, start, content, close, closer, display=display)


def add_until(
    reading: Reading,
    file: File,
    start: int,
    content: int,
    close: re.Pattern[str],
    closer: str,
    keep: bool = False,
    display: bool = True,
) -> int:
    """Add the math up to its closing delimiter (`keep`: with its delimiters) and give the place after it."""
    if file.silent:
        return content
    text = file.source.text
    if content < file.unclosed.get(closer, 0):
        return content
    level, position = 1, content
    while match := close.search(text, position):
        position = match.end()
        if match.groupdict().get("stop") or _STOPPING.match(text, match.start()):
            break
        if match["close"]:
            level -= 1
            if level == 0:
                first, last = (start, match.end()) if keep else (content, match.start())
                add_math(reading, file, first, last, display)
                return match.end()
        elif match[0].startswith("\\begin"):
            level += 1
        elif _TEXT_GROUP.match(match[0]) and (end := closing(text, match.end() - 1)) >= 0:
            position = end + 1
    file.unclosed[closer] = position if match else len(text)
    reading.problems.append((Span(file.source, start, content), f"math that opens here is never closed with {closer}"))
    blank = re.compile(r"\n[ \t]*\r?\n").search(text, content)
    last = min(blank.start() if blank else len(text), position if position > content else len(text))
    if display:
        add_math(reading, file, start if keep else content, last, display)
        return last
    return content


def add_math(reading: Reading, file: File, start: int, stop: int, display: bool) -> None:
    text = file.source.text
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    flush(reading, file)
    reading.pieces.append(piece("math", text[start:stop], range(start, stop), file.source, start, display=display))
