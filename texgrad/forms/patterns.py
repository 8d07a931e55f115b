"""Vectors and matrices written with dots: the entry for any index, read off the corners and the numbers in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad.errors import Unsupported
from texgrad.expr import Expr, number, substitute
from texgrad.notation.names import label

DOTS = frozenset(("\\cdots", "\\dots", "\\ldots", "\\vdots", "\\ddots"))
PLACE, DOWN = "\N{BULLET}", "\N{WHITE BULLET}"
MANY = 6  # entries that show a pattern which one more has not


def _is_dots(expr: Expr) -> bool:
    return expr.op == "mark" and expr.name in DOTS


def _is_zero(cell: Expr) -> bool:
    return cell.op == "number" and cell.name == "0"


def template(first: Expr, second: Expr, last: Expr | None, index: str) -> tuple[Expr, str | None] | None:
    """The entry with its running number replaced by `index`, from entries 1, 2 and n; and the label of n."""
    if first.op != second.op or (last is not None and first.op != last.op):
        return None
    if first.op == "number" and first.name != second.name:
        if (first.name, second.name) != ("1", "2"):
            return None
        return Expr("symbol", (), index, first.span), label(last) if last is not None else None
    if first.op in ("symbol", "number", "mark", "function", "dsign"):
        same = first.name == second.name and (last is None or first.name == last.name)
        return (first, None) if same else None
    others = [second.args, last.args if last is not None else first.args]
    if any(len(args) != len(first.args) for args in others) or first.name != second.name:
        return None
    size, parts = None, []
    for k, part in enumerate(first.args):
        ending = last.args[k] if last is not None else None
        if part.op == "number" and ending is not None and second.args[k] != part:
            found = template(part, second.args[k], replace(part, name=label(ending)), index)
        else:
            found = template(part, second.args[k], ending, index)
        if found is None:
            return None
        parts.append(found[0])
        size = size or found[1]
    return replace(first, args=tuple(parts)), size


def dotted(r, cells: list[Expr]) -> Expr | None:
    """x_1, x_2, \\dots, x_n as a vector; None where there are no dots."""
    at = next((k for k, cell in enumerate(cells) if _is_dots(cell)), None)
    if at is None:
        return None
    if at == 0:
        raise Unsupported("dots without a beginning", cells[0].span)
    last = cells[at + 1] if at + 1 < len(cells) else None
    begin, found = 0, _running(cells[:at], last, PLACE)
    if found is None and at > 1:  # 1, x_1, ..., x_d
        begin, found = 1, _running(cells[1:at], last, PLACE)
    if found is None:
        raise Unsupported("the pattern behind the dots is not clear", cells[at].span)
    entry, size = found
    with r.scope.binding([PLACE]):
        body = r(entry)
    args = (body, r(Expr("symbol", (), size))) if size and size.isalpha() else (body,)
    running = Expr("sequence", args, PLACE, cells[begin].span)
    if not begin:
        return running
    return Expr("block", (Expr("list", (r(cells[0]),)), Expr("list", (running,))), span=cells[0].span)


def dotted_sum(r, whole: Expr) -> Expr:
    """x_1^2 + \\dots + x_n^2 as a sum over an index; what stands before and behind is added."""
    terms = list(whole.args)
    at = next(k for k, term in enumerate(terms) if _is_dots(term))
    if at == 0 or at + 1 >= len(terms):
        raise Unsupported("dots without a beginning or an end", whole.span)
    last = terms[at + 1]
    found, start = None, at
    if at > 1:
        found, start = template(terms[at - 2], terms[at - 1], last, PLACE), at - 2
    if found is None:
        found, start = _from_ends(terms[at - 1], last, PLACE), at - 1
    if found is None or not found[1]:
        raise Unsupported("the pattern behind the dots is not clear", whole.span)
    with r.scope.binding([PLACE]):
        body = r(found[0])
    total = Expr("sum_over", (body, number(1), r(Expr("symbol", (), found[1], whole.span))), PLACE, whole.span)
    others = [r(term) for term in (*terms[:start], *terms[at + 2 :])]
    return Expr("sum", (total, *others), span=whole.span) if others else total


def _running(start: Sequence[Expr], last: Expr | None, index: str) -> tuple[Expr, str | None] | None:
    """The running entry from the first cells, or from the first and the last alone."""
    if len(start) < 2:
        return _from_ends(start[0], last, index) if last is not None else None
    found = template(start[0], start[1], last, index)
    return found if found is not None and _continues(found[0], start[2:], index) else None


def _continues(entry: Expr, cells: Sequence[Expr], index: str) -> bool:
    """Whether the third cell and those behind it are what the first two let expect."""
    return all(substitute(entry, {index: number(k)}) == cell for k, cell in enumerate(cells, 3))


def _from_ends(first: Expr, last: Expr, index: str) -> tuple[Expr, str | None] | None:
    """Where only x_1, ..., x_n are written: the number 1 runs to what stands in its place at the end."""
    if first.op == "number" and first.name == "1" and last != first:
        return Expr("symbol", (), index, first.span), label(last)
    if first.op != last.op or first.name != last.name or len(first.args) != len(last.args):
        return None
    size, parts = None, []
    for part, ending in zip(first.args, last.args, strict=True):
        found = (part, None) if part == ending else _from_ends(part, ending, index)
        if found is None:
            return None
        parts.append(found[0])
        size = size or found[1]
    return replace(first, args=tuple(parts)), size


def grid(r, rows: Sequence[Expr], whole: Expr) -> Expr | None:
    """A matrix with \\cdots, \\vdots: its general entry from the corners; None where there are no dots."""
    table = [list(row.args) for row in rows]
    if not any(_is_dots(cell) for row in table for cell in row):
        return None
    if len(table) == 1:
        upright = dotted(r, table[0][0].args and list(table[0][0].args) if len(table[0]) == 1 else table[0])
        return Expr("transpose", (upright,), span=whole.span)
    if all(len(row) == 1 for row in table):
        return dotted(r, [row[0] for row in table])
    solid = [row for row in table if not all(_is_dots(cell) or cell.op == "empty" for cell in row)]
    if len(solid) < 2 or any(len(row) != len(solid[0]) for row in solid):
        raise Unsupported("the pattern behind the dots is not clear", whole.span)
    diagonal = _diagonal(r, solid, whole)
    if diagonal is not None:
        return diagonal
    found = [_row_entry(row) for row in solid]
    entries = [row[0] for row in found if row is not None]
    down, across = _running(entries[:-1], entries[-1], DOWN) if len(entries) == len(solid) else None, found[0]
    amiss = _amiss(solid) if down is None else None
    if amiss is not None:
        down, across = amiss[:2]
    if down is None:
        raise Unsupported("the pattern behind the dots is not clear", whole.span)
    names = [DOWN, PLACE]
    with r.scope.binding(names):
        body = r(down[0])
    sizes = tuple(
        Expr("symbol", (), size) if size and size.isalpha() else Expr("empty") for size in (down[1], across[1])
    )
    written = Expr("grid", (body, *sizes), " ".join(names), whole.span)
    if amiss is None:
        return written
    row, column, cell, expected = amiss[2]
    change = Expr("sum", (r(cell), Expr("neg", (r(expected),))), span=cell.span)
    place = Expr("single_entry", (number(row), number(column)), span=cell.span)
    return Expr("sum", (written, Expr("product", (change, place), span=cell.span)), span=whole.span)


def _amiss(rows: list[list[Expr]]):
    """The pattern that the corners show, down and across, and the only entry (row, column, it, expected) without it."""
    ends = [(row[0], row[next(k for k, cell in enumerate(row) if _is_dots(cell)) + 1]) for row in (rows[0], rows[-1])
            if any(map(_is_dots, row[1:-1]))]  # fmt: skip
    across = [_from_ends(*pair, PLACE) for pair in ends]
    if len(across) < 2 or None in across:
        return None
    down = _from_ends(across[0][0], across[1][0], DOWN)
    if down is None or not (down[1] and across[0][1]):
        return None
    others = []
    for k, row in enumerate(rows):
        at = next((k for k, cell in enumerate(row) if _is_dots(cell)), 0)
        if not at:
            return None  # a row without dots shows no pattern
        for m, cell in enumerate(row[: at + 2]):
            if m != at:
                numbers = {DOWN: number(k + 1) if k < len(rows) - 1 else Expr("symbol", (), down[1]),
                           PLACE: number(m + 1) if m < at else Expr("symbol", (), across[0][1])}  # fmt: skip
                others.append((k + 1, m + 1, cell, substitute(down[0], numbers)))
    wrong = [each for each in others if each[2] != each[3]]
    return (down, across[0], wrong[0]) if len(wrong) == 1 and len(others) >= MANY else None


def _row_entry(row: list[Expr]) -> tuple[Expr, str | None] | None:
    at = next((k for k, cell in enumerate(row) if _is_dots(cell)), None)
    if at is None or at == 0 or at + 1 >= len(row):
        return None
    return _running(row[:at], row[at + 1], PLACE)


def _diagonal(r, rows: list[list[Expr]], whole: Expr) -> Expr | None:
    """f(x_1) 0 ... 0 / 0 f(x_2) ... : zeros off the diagonal."""
    corner, last, height = rows[0][0], rows[-1][-1], len(rows)
    off = [cell for k, row in enumerate(rows) for m, cell in enumerate(row)
           if m != (k if k < height - 1 else len(row) - 1) and not _is_dots(cell) and cell.op != "empty"]  # fmt: skip
    if len(off) < 2 or not all(map(_is_zero, off)) or _is_zero(corner):
        return None
    second = rows[1][1] if len(rows) > 2 and len(rows[1]) > 2 else None
    found = template(corner, second, last, PLACE) if second is not None and not _is_dots(second) else _from_ends(
        corner, last, PLACE)  # fmt: skip
    if found is None:
        raise Unsupported("the pattern behind the dots is not clear", whole.span)
    with r.scope.binding([PLACE]):
        body = r(found[0])
    args = (body, r(Expr("symbol", (), found[1]))) if found[1] and found[1].isalpha() else (body,)
    return Expr("diag", (Expr("sequence", args, PLACE, whole.span),), span=whole.span)
