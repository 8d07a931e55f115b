"""What could not be checked in, its finding out: a formula that cannot be read, a bug that a formula brings out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from traceback import extract_tb

from texgrad.document import Piece
from texgrad.errors import NoteError
from texgrad.report import Finding
from texgrad.source import Span


def crashed(span: Span, error: Exception) -> Finding:
    """A bug that a formula brings out, with its place in the note and its place in the program."""
    frame = extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"
    return _unchecked(span, code="TG901", message=f"internal error: {where}", reason="internal error")


def unread(piece: Piece, problem: NoteError) -> Finding:
    """A formula of which nothing could be read."""
    return replace(_unchecked(problem.span or piece.span(), code=problem.code, reason=problem.message),
                   latex=piece.text, rhs=piece.text)  # fmt: skip


def _unchecked(span: Span, **more: str) -> Finding:
    source, (line, column) = span.source, span.source.position(span.start)
    end_line, end_column = source.position(span.end)
    return Finding(
        path=source.path, line=line, column=column, end_line=end_line, end_column=end_column, latex=span.text, lhs="",
        rhs=span.text, verdict="undecided", source_line=source.line_text(line), **more,
    )  # fmt: skip
