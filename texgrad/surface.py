"""A construct of the surface grammar in, an expression of the operation table out: one reader for each construct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from texgrad import forms
from texgrad.errors import NeedsContext, Unsupported
from texgrad.expr import Expr, number
from texgrad.ops import CONSTANTS, TABLE
from texgrad.scripts import resolve_scripts

if TYPE_CHECKING:
    from texgrad.resolve import Resolver

MATRIX_ENVIRONMENTS = frozenset(
    "matrix bmatrix pmatrix Bmatrix smallmatrix array bsmallmatrix psmallmatrix NiceMatrix bNiceMatrix".split()
)
CROSS = Expr("mark", (), "\\times")
DOTS = frozenset(("\\cdots", "\\dots", "\\ldots", "\\vdots"))


def _read_symbol(r: Resolver, expr: Expr) -> Expr:
    name = expr.name
    constant = r.scope.constant(name)
    if constant is not None:
        return Expr(constant, (), span=expr.span)
    vector = r.scope.usage.transposed.get(name) or name in r.scope.usage.normed  # e^T e of errors
    if name in CONSTANTS and not r.scope.known(name) and not vector:
        return Expr(CONSTANTS[name], (), span=expr.span)
    point = r.scope.lone(name)
    if point is not None:  # J^T F for J^T F(x)
        return r.apply(name, [Expr("symbol", (), point, expr.span)], span=expr.span)
    return Expr("symbol", (), name, expr.span)


def _read_number(r: Resolver, expr: Expr) -> Expr:
    try:
        float(expr.name)
    except ValueError:
        raise Unsupported(f"the number {expr.name} is not understood", expr.span) from None
    return number(expr.name, expr.span)


def _read_sum(r: Resolver, expr: Expr) -> Expr:
    if any(term.op == "mark" and term.name in DOTS for term in expr.args):
        from texgrad.forms.patterns import dotted_sum

        return dotted_sum(r, expr)
    from texgrad.forms.big import gathered

    terms = gathered(r, expr.args)
    return r(terms[0]) if len(terms) == 1 else Expr("sum", tuple(map(r, terms)), span=expr.span)


def _read_neg(r: Resolver, expr: Expr) -> Expr:
    return Expr("neg", (r(expr.args[0]),), span=expr.span)


def _read_term(r: Resolver, expr: Expr) -> Expr:
    return r.term(expr.args, expr.span)


def _read_single(r: Resolver, expr: Expr) -> Expr:
    """A construct that a form may claim though it stands alone: a fraction, a symbol with scripts."""
    for form in forms.READERS:
        found = form(r, [expr], 0)
        if found is not None:
            return found[0]
    if expr.op == "frac":
        above, below = expr.args
        if r.scope.is_size("d") and not any(part.op == "dsign" for part in above.walk()):
            below = _with_size_d(below)
        return Expr("divide", (r(above), r(below)), span=expr.span)
    chain = _peel(expr)
    if chain[0].op == "dsign" and chain[0].name == "d":
        chain[0] = replace(chain[0], op="symbol")
    return resolve_scripts(r, None, chain)


def _with_size_d(expr: Expr) -> Expr:
    """x / (d r) in a note with vectors of d entries: below anything but a differential stands no differential."""
    if expr.op == "dsign" and expr.name == "d":
        return replace(expr, op="symbol")
    return replace(expr, args=tuple(map(_with_size_d, expr.args)))


def _peel(expr: Expr) -> list[Expr]:
    """The chain of scripts on a base, outermost last; the base stands first."""
    chain = []
    while expr.op in ("sup", "sub", "prime", "presup", "factorial"):
        chain.append(expr)
        expr = expr.args[0]
    return [expr, *reversed(chain)]


def _read_group(r: Resolver, expr: Expr) -> Expr:
    body = expr.args[0]
    if expr.name == "\\{" or (expr.name == "[" and body.op == "relation"):
        for form in forms.READERS:
            found = form(r, [expr], 0)
            if found is not None:
                return found[0]
    if expr.name == "\\langle":
        if body.op != "list" or len(body.args) != 2:
            raise Unsupported("an inner product of two things is expected", expr.span)
        return Expr("inner", tuple(map(r, body.args)), span=expr.span)
    if body.op == "list" and body.name == "|" and expr.name == "(":
        if any(part.op == "list" for part in body.args) or not r.scope.usage.paired:
            raise Unsupported("a condition in brackets", expr.span)
        return Expr("inner", tuple(map(r, body.args)), span=expr.span)
    if body.op == "list":
        return sequence(r, body, upright=expr.name != "[" or body.name == ";")
    if body.op in ("relation", "words"):
        raise Unsupported("a condition in brackets", expr.span)
    if body.op == "term" and len(body.args) > 1 and body.args[-1] == CROSS:
        return Expr("skew", (r.term(body.args[:-1]),), span=expr.span)  # [x \\times] in robotics
    return r(body)


def sequence(r: Resolver, body: Expr, upright: bool = True) -> Expr:
    """(x_1, ..., x_n): a vector of its entries; with dots in it, one entry per index."""
    from texgrad.forms.patterns import dotted

    found = dotted(r, list(body.args))
    if found is None:
        cells = tuple(map(r, body.args))
        if upright and body.name != ";":  # (\\beta^T, \\sigma^2)^T stacks \\beta on top of \\sigma^2
            cells = tuple(cell.args[0] if cell.op == "transpose" else cell for cell in cells)
        rows = tuple(Expr("list", (cell,), span=cell.span) for cell in cells)
        found = Expr("block", rows if upright else (Expr("list", cells, span=body.span),), span=body.span)
        return found
    return found if upright else Expr("transpose", (found,), span=body.span)


def _read_brace(r: Resolver, expr: Expr) -> Expr:
    return r(expr.args[0])


def _read_bars(r: Resolver, expr: Expr) -> Expr:
    inside = r(expr.args[0])
    if expr.name == "\\|":
        return Expr("norm", (inside,), span=expr.span)
    kind = r.guess(inside)
    if kind == "matrix" or (r.scope.convention("bars") == "determinant" and kind != "scalar"):
        return Expr("det", (inside,), span=expr.span)
    if inside.op == "det":
        return Expr("abs", (inside,), span=expr.span)
    if kind == "vector":
        return Expr("norm", (inside,), "|", span=expr.span)
    if kind is None:
        raise NeedsContext("bars around something whose kind is not known", expr.span)
    return Expr("abs", (inside,), span=expr.span)


def _read_root(r: Resolver, expr: Expr) -> Expr:
    if len(expr.args) == 2:
        exponent = Expr("divide", (number(1), r(expr.args[1])), span=expr.span)
        return Expr("power", (r(expr.args[0]), exponent), span=expr.span)
    return Expr("sqrt", (r(expr.args[0]),), span=expr.span)


def _read_function(r: Resolver, expr: Expr) -> Expr:
    raise Unsupported(f"{TABLE[expr.name].spellings[0]} without an argument", expr.span)


def _read_environment(r: Resolver, expr: Expr) -> Expr:
    from texgrad.forms.patterns import grid

    if expr.name in ("cases", "dcases", "rcases"):
        return _read_cases(r, expr)
    if expr.name == "vmatrix":
        return Expr("det", (_read_environment(r, replace(expr, name="matrix")),), span=expr.span)
    if expr.name not in MATRIX_ENVIRONMENTS:
        raise Unsupported(f"\\begin{{{expr.name}}} inside a formula", expr.span)
    rows = [row for row in expr.args if any(cell.op != "empty" for cell in row.args)]
    patterned = grid(r, rows, expr)
    if patterned is not None:
        return patterned
    if len(rows) == 1 and len(rows[0].args) == 1 and rows[0].args[0].op == "list":
        rows = [replace(rows[0], args=rows[0].args[0].args)]
    cells = tuple(Expr("list", tuple(r(cell) for cell in row.args), span=row.span) for row in rows)
    return Expr("block", cells, span=expr.span)


def _read_cases(r: Resolver, expr: Expr) -> Expr:
    args: list[Expr] = []
    for row in expr.args:
        cells = [cell for cell in row.args if cell.op != "empty"]
        parts = [_bare(part) for cell in cells for part in (cell.args if cell.op == "list" else (cell,))]
        values = [part for part in parts if part.op not in ("relation", "words")]
        conditions = [part for part in parts if part.op == "relation"]
        if not values:
            continue
        args.append(r(values[0]))
        if conditions:
            args.append(condition(r, conditions))
        elif row is not expr.args[-1]:
            raise Unsupported("a case without a condition", row.span)
    return Expr("cases", tuple(args), span=expr.span)


def _bare(part: Expr) -> Expr:
    """x > 0 for (x > 0)."""
    return part.args[0] if part.op == "group" and part.args[0].op in ("relation", "words") else part


def condition(r: Resolver, relations: Sequence[Expr]) -> Expr:
    """A relation, or several of them, as 1 or 0."""
    tests = []
    for relation in relations:
        left, right = relation.args
        if left.op == "relation":
            tests.append(condition(r, [left]))
            left = left.args[1]
        tests.append(Expr("condition", (r(left), r(right)), relation.name, relation.span))
    result = tests[0]
    for test in tests[1:]:
        result = Expr("hadamard", (result, test), span=test.span)
    return result


READERS = {
    "symbol": _read_symbol,
    "number": _read_number,
    "sum": _read_sum,
    "neg": _read_neg,
    "term": _read_term,
    "frac": _read_single,
    "sup": _read_single,
    "sub": _read_single,
    "prime": _read_single,
    "presup": _read_single,
    "factorial": _read_single,
    "group": _read_group,
    "brace": _read_brace,
    "dsign": lambda r, expr: _read_symbol(r, replace(expr, op="symbol", name="d")),
    "bars": _read_bars,
    "root": _read_root,
    "function": _read_function,
    "environment": _read_environment,
}
