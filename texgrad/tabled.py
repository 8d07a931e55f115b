r"""A document and its tokens in, the claims of tables out: rows with a function and its derivative in two columns.

The head of a column may name the function, \partial f/\partial X beside f(X); or the derivative is written in a cell of
its own, with its value in another one: | \partial a^T x/\partial x | a^T | a |, one column for each layout. Where the
heads are words, | function | gradient |, the variable is the letter that all functions have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from texgrad.columns import cells_of, column, is_rule
from texgrad.document import Document, Piece
from texgrad.headed import Tokens, differentiated_in
from texgrad.notation import tokenize
from texgrad.notation.tokens import Token
from texgrad.source import Span
from texgrad.statements import Member, Statement, member_of
from texgrad.table_heads import Worded, in_words

SIZES = frozenset(("\\times", "\\in"))  # m \times n: what the size of a derivative is
Row = dict[int, int]  # the pieces of the cells that are one formula each, by their columns
Cells = dict[int, Sequence[Token]]


def tabled(document: Document, tokens: Tokens) -> Iterator[Statement]:
    """The claims that rows of tables make without a sign of equality."""
    for (head, titles), *rows in _tables(document, tokens):
        heads = {at: tokens[piece] for at, piece in head.items()}
        worded = in_words(titles, [{at: tokens[piece] for at, piece in row.items()} for row, _ in rows])
        for row, _ in rows:
            cells = {at: tokens[piece] for at, piece in row.items()}
            if any(token.text == "=" for cell in cells.values() for token in cell):
                continue
            cells = {at: cell for at, cell in cells.items() if all(token.kind != "relation" for token in cell)}
            for left, at in _headed(heads, cells) or _paired(cells) or _worded(worded, cells):
                right = cells[at]
                between = Span(right[0].span.source, right[0].span.start, right[0].span.start)
                yield Statement((left, member_of(right, 0)), (("=", between),), piece=row[at])


def _headed(heads: Cells, cells: Cells) -> list[tuple[Member, int]]:
    """The derivatives that the heads name of the function in another column, with the columns of their values."""
    found = []
    for at, derivative in heads.items():
        name = differentiated_in(derivative)
        start = next((k for k, token in enumerate(derivative) if name and token is name[0]), None)
        of = [k for k, head in heads.items() if name and k != at and _is_function(head, name[0])]
        if start is not None and len(of) == 1 and {at, of[0]} <= cells.keys():
            found.append((_put_in(derivative, start, start + len(name), cells[of[0]]), at))
    return found


def _put_in(derivative: Sequence[Token], start: int, stop: int, function: Sequence[Token]) -> Member:
    """The derivative of a head with the function of a row in it; its place is that of the function."""
    here = function[0].span.to(function[-1].span)
    front, back = (Span(here.source, place, place) for place in (here.start, here.end))
    before = [replace(token, span=front) for token in derivative[:start]]
    behind = [replace(token, span=back) for token in derivative[stop:]]
    opened, closed = Token("open", "(", front), Token("close", ")", back)
    member = member_of([*before, opened, *function, closed, *behind], 0)
    whole = derivative[0].span.to(derivative[-1].span)
    left = whole.source.text[whole.start : derivative[start].span.start]
    right = whole.source.text[derivative[stop - 1].span.end : whole.end]
    return replace(member, span=here, written=f"{left}({here.text}){right}")


def _is_function(head: Sequence[Token], name: Token) -> bool:
    """f, f(x), f(X, y): the letter alone, or with its arguments."""
    return head[0].text == name.text and (len(head) == 1 or (head[1].text == "(" and head[-1].text == ")"))


def _worded(worded: Worded | None, cells: Cells) -> list[tuple[Member, int]]:
    """The derivatives that a table has for the functions of one column, as its heads say in words."""
    function = cells.get(worded.function) if worded is not None else None
    if not function:
        return []
    found = []
    for at in worded.values.keys() & cells.keys():
        span = function[0].span
        latex = f"{worded.values[at]}(x)"
        made = tokenize(Piece("math", latex, (span.start,) * (len(latex) + 1), span.source))
        member = _put_in(made, len(made) - 2, len(made) - 1, function)
        found.append((replace(member, written=f"{worded.values[at]}({member.span.text})"), at))
    return sorted(found, key=lambda item: item[1])


def _paired(cells: Cells) -> list[tuple[Member, int]]:
    """The derivative of an expression in one cell, with the columns of its values in the cells behind."""
    signed = [at for at, cell in cells.items() if _is_derivative(cell)]
    if len(signed) != 1:
        return []
    values = [at for at, cell in cells.items() if at > signed[0] and SIZES.isdisjoint(token.text for token in cell)]
    return [(member_of(cells[signed[0]], 0), at) for at in values] if len(values) in (1, 2) else []


def _is_derivative(cell: Sequence[Token]) -> bool:
    """Whether a cell differentiates an expression; \\partial z/\\partial x is what a letter stands for."""
    return cell[0].text in ("\\frac", "\\dfrac", "\\tfrac", "\\nabla") and any(
        token.text in ("\\partial", "\\nabla") for token in cell
    ) and not differentiated_in(cell) and sum(token.kind in ("letter", "command") for token in cell) > 5


def _tables(document: Document, tokens: Tokens) -> Iterator[list[tuple[Row, list[str]]]]:
    """The rows of each table, the head first, with the text of all cells.

    Of the formulas those are left out that have words beside them.
    """
    pieces = document.pieces
    solid = [at for at, piece in enumerate(pieces) if piece.kind in ("math", "prose") and piece.offsets]
    table: list[tuple[Row, list[str]]] = []
    last = None
    for (source, line), group in groupby(solid, key=lambda at: (pieces[at].source, pieces[at].span().line)):
        row: Row = {}
        words: set[int] = set()
        for at in group:
            place = column(source, pieces[at].offsets[0])
            if at not in tokens or place in row or not tokens[at]:
                words.add(place)
            else:
                row[place] = at
        several = len(row.keys() | words) > 1
        parted = last is None or source is not last[0] or not all(
            is_rule(source.line_text(between)) for between in range(last[1] + 1, line))  # fmt: skip
        if not several or parted:
            yield from [table] if len(table) > 1 else []
            table = []
        if several:
            if not table and line > 2 and is_rule(source.line_text(line - 1)):
                table.append(({}, cells_of(source.line_text(line - 2))))  # a head of words alone
            table.append(({at: piece for at, piece in row.items() if at not in words},
                          cells_of(source.line_text(line))))  # fmt: skip
            last = (source, line)
    yield from [table] if len(table) > 1 else []
