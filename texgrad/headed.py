"""A document and its tokens in, what the heads of table columns define out: F(X) = A X B below F(X), for that row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from texgrad.document import Document
from texgrad.notation.signs import GREEK
from texgrad.notation.tokens import Token
from texgrad.source import Span
from texgrad.statements import Statement
from texgrad.wording import defining

SIGNS = frozenset(("\\nabla", "\\partial", "d", "\\differential"))
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
            bare = [(column, cell) for column, cell in zip(head, row, strict=True)
                    if cell[0] in tokens and all(token.kind != "relation" for token in tokens[cell[0]])]  # fmt: skip
            for column, cell in bare if any(stating) else ():
                names = [tokens[at] for at in column if tokens.get(at)]
                names = names if names and len(names[0]) > 1 else _differentiated(row, tokens) or names
                if len(names) == 1 and (names[0][0].text not in {token.text for token in tokens[cell[0]]}):
                    yield _definition(names[0], tokens[cell[0]], cell[0])
        last = row[-1][-1]


def _differentiated(row: list[Cell], tokens: Tokens) -> list[Sequence[Token]]:
    """The f of \\nabla f = ..., f(x) of \\nabla f(x) = ... in the cells of a row, where it is one."""
    found: dict[str, Sequence[Token]] = {}
    for line in (tokens[at] for cell in row for at in cell if at in tokens):
        stop = next((at for at, token in enumerate(line) if token.kind == "relation"), 0)
        name = differentiated_in(line[:stop])
        if name:
            found[name[0].text] = max(found.get(name[0].text, ()), name, key=len)
    return list(found.values())


def differentiated_in(left: Sequence[Token]) -> Sequence[Token]:
    """The lone letter, with its argument, that a left side differentiates; nothing where it is an expression."""
    at = next((at for at, token in enumerate(left) if token.text in SIGNS), None)
    if at is None:
        at = 0 if len(left) > 1 and left[1].text == "'" else len(left)
    else:
        at += 1
        while at + 1 < len(left) and left[at].kind in ("sub", "sup"):
            at = _behind(left, at + 1)
    behind = left[at + 1].text if at + 1 < len(left) else "/"
    if at >= len(left) or not is_letter(left[at]) or behind not in ("}", "/", "(", "'"):
        return ()
    start = at + 2 if behind == "'" else at + 1
    argument = left[start : start + 3]
    return [left[at], *(argument if [each.text for each in argument[::2]] == ["(", ")"] else ())]


def is_letter(token: Token) -> bool:
    return token.kind == "letter" or (token.kind == "command" and token.text in GREEK)


def _behind(left: Sequence[Token], at: int) -> int:
    """The place behind one token, or behind what stands in braces."""
    depth = 0
    for stop in range(at, len(left)):
        depth += {"open": 1, "close": -1}.get(left[stop].kind, 0)
        if depth == 0:
            return stop + 1
    return len(left)


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
