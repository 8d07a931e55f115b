"""A document and its tokens in, what the heads of table columns define out: F(X) = A X B below F(X), for that row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from texgrad.document import Document
from texgrad.notation.tokens import Token
from texgrad.source import Span
from texgrad.statements import Statement
from texgrad.wording import defining

Cell = list[int]  # the pieces of one cell
Tokens = Mapping[int, Sequence[Token]]


def headed(document: Document, tokens: Tokens) -> Iterator[Statement]:
    """The definitions of rows whose other cells state something, in tables with a function as the head of a column."""
    head: list[Cell] = []
    last = 0
    for row in _rows(document):
        goes_on = all(document.pieces[at].kind == "break" for at in range(last + 1, row[0][0]))
        stating = [any(token.kind == "relation" for at in cell for token in tokens.get(at, ())) for cell in row]
        if not goes_on or len(row) != len(head):
            head = row if not any(stating) else []
        else:
            for column, cell, states in zip(head, row, stating, strict=True):
                name = [at for at in column if tokens.get(at)]
                if len(name) == 1 and cell[0] in tokens and not states and any(stating):
                    yield _definition(tokens[name[0]], tokens[cell[0]], cell[0])
        last = row[-1][-1]


def _definition(name: Sequence[Token], body: Sequence[Token], piece: int) -> Statement:
    """What the head of a column names, as if it stood in front of the cell."""
    here = Span(body[0].span.source, body[0].span.start, body[0].span.start)
    return defining([replace(token, span=here) for token in name], body, piece)


def _rows(document: Document) -> Iterator[list[Cell]]:
    """Lines with several cells, without the empty ones."""
    pieces = document.pieces
    solid = (at for at, piece in enumerate(pieces) if piece.kind in ("math", "prose") and piece.offsets)
    for _, line in groupby(solid, key=lambda at: (pieces[at].source.path, pieces[at].span().line)):
        row: list[Cell] = []
        for at in line:
            if row and at == row[-1][-1] + 1:
                row[-1].append(at)
            else:
                row.append([at])
        if len(row) > 1:
            yield row
