"""A document and the findings in it in, the findings with those that the note's comments silence marked out.

Comments `<!-- texgrad: ... -->` and `% texgrad: ...` hold one of

    ignore [CODES]       the formulas on the comment's line; on the first or last line of a display formula, or alone on
                         the line right after it, the whole formula
    ignore-next [CODES]  the next formula
    ignore-file [CODES]  the whole file
    off [CODES] .. on    everything between the two comments, or up to the end of the file

Without codes, all codes. A comment that silences nothing is a notice of its own (TG601).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from texgrad.codes import BY_CODE, UnknownCode, check_prefix, covers
from texgrad.document import Document, Piece
from texgrad.report import Finding, Notice
from texgrad.source import Source

SILENCED_HERE = "silenced by line"

_COMMAND = re.compile(r"(ignore-next|ignore-file|ignore|off|on)(?![\w-])[\s:]*(.*)", re.DOTALL | re.IGNORECASE)
_IN_MATH = re.compile(r"(?<!\\)%[ \t]*texgrad:[ \t]*(\S[^\n]*)")

# What the marks of block quotes and lists leave of a line: nothing, nothing but a comment.
_PREFIX = re.compile(r"[\s>*+-]*")
_ALONE = re.compile(r"[\s>*+-]*(<!--.*|%.*)")
_BLANK = re.compile(r"\s*(%.*)?")
_END = 10**9


@dataclass(frozen=True)
class Silence:
    """The comment at `line` silences findings of these codes (none named: all) on lines first..last of its source."""

    command: str
    source: Source
    line: int
    column: int
    first: int
    last: int
    codes: tuple[str, ...] = ()
    problem: str | None = None

    def covers(self, finding: Finding | Notice) -> bool:
        inside = finding.path == self.source.path and self.first <= finding.line <= self.last
        return inside and finding.code is not None and (not self.codes or covers(self.codes, finding.code))


def commands(piece: Piece) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """The commands of one directive with their codes; the third entry says what is wrong with the codes."""
    for part in piece.text.split(";"):
        match = _COMMAND.fullmatch(part.strip())
        if match is None:
            continue
        codes, problem = [], None
        for word in re.split(r"[\s,]+", match[2].strip()):
            try:
                codes += [check_prefix(word)] if word else []
            except UnknownCode as error:
                problem = str(error)
        yield match[1].lower(), tuple(codes), problem


def _comments(document: Document) -> Iterator[Piece]:
    """The comments for texgrad in reading order, those inside a formula too."""
    for piece in document.pieces:
        if piece.kind == "directive" and piece.text:
            yield piece
        for match in _IN_MATH.finditer(piece.text) if piece.kind == "math" else ():
            offsets = piece.offsets[match.start(1) : match.end(1) + 1]
            yield Piece("directive", match[1], offsets, piece.source)


def _lines(piece: Piece) -> tuple[int, int]:
    """The first and last line of a piece; those of a formula's delimiters where they stand on lines of their own."""
    source, span = piece.source, piece.span()
    first, column = source.position(span.start)
    last, stop = source.position(span.end)
    if piece.kind == "math":
        opened = piece.text.startswith("\\begin") or not _PREFIX.fullmatch(source.line_text(first)[: column - 1])
        closed = piece.text.endswith("}") and "\\end" in piece.text
        closed = closed or not _BLANK.fullmatch(source.line_text(last)[stop - 1 :])
        first, last = first - (not opened), last + (not closed)
    return first, last


def _reach(command: str, piece: Piece, formulas: list[tuple[Piece, int, int]]) -> tuple[int, int]:
    """The first and last line that a comment other than `off` covers; formulas come with their own lines."""
    line, last = _lines(piece)
    if command == "ignore-file":
        return 1, _END
    if command == "ignore-next":
        start = piece.span().start
        return next(((first, end) for formula, first, end in formulas if formula.span().start >= start), (0, 0))
    alone = _ALONE.fullmatch(piece.source.line_text(line)) is not None
    reached = [
        (first, end)
        for formula, first, end in formulas
        if line in (first, end) or (alone and formula.display and line == end + 1)
    ]
    return min([line, *(first for first, _ in reached)]), max([last, *(end for _, end in reached)])


def silences(document: Document) -> list[Silence]:
    """What the comments of a note silence, in reading order."""
    found: list[Silence] = []
    open_regions: dict[Source, int] = {}
    formulas = [(piece, *_lines(piece)) for piece in document.pieces if piece.kind == "math" and piece.text]
    for piece in _comments(document):
        near = [formula for formula in formulas if formula[0].source is piece.source]
        line, column = piece.source.position(piece.span().start)
        for command, codes, problem in commands(piece):
            if command == "on":
                at = open_regions.pop(piece.source, None)
                if at is None:
                    problem = "there is no `off` before it"
                    found.append(Silence(command, piece.source, line, column, 0, 0, codes, problem))
                else:
                    found[at] = replace(found[at], last=line)
                continue
            if command == "off":
                open_regions[piece.source] = len(found)
                first, last = line, _END
            else:
                first, last = _reach(command, piece, near)
            found.append(Silence(command, piece.source, line, column, first, last, codes, problem))
    return found


def apply(
    document: Document, findings: list[Finding], notices: list[Notice]
) -> tuple[list[Finding], list[Notice]]:
    """The findings, those silenced with severity "ignore" and the comment's line in their remark.

    The notices without those that are silenced, and with one for each comment that silences nothing.
    """
    ruled = silences(document)
    used: set[int] = set()
    kept = []
    for finding in findings:
        over = [number for number, silence in enumerate(ruled) if silence.covers(finding)]
        used.update(over)
        if over:
            remark = f"{SILENCED_HERE} {ruled[over[0]].line}"
            finding = replace(finding, severity="ignore", remark=remark)
        kept.append(finding)
    left = []
    for notice in notices:
        over = [number for number, silence in enumerate(ruled) if silence.covers(notice)]
        used.update(over)
        left += [] if over else [notice]
    for number, silence in enumerate(ruled):
        if silence.problem is None and number in used:
            continue
        why = silence.problem or "it silences nothing"
        rule = BY_CODE["TG601"]
        text = silence.source.line_text(silence.line)
        message = f"unused `{' '.join((silence.command, *silence.codes))}`: {why}"
        left.append(Notice(silence.source.path, silence.line, silence.column, rule.code, rule.severity, message, text))
    return kept, left
