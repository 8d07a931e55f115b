"""Evaluation bars: \\left. \\frac{df}{dx} \\right|_{x = a}, \\nabla f(x) |_{x = a}, [f'(x)]_{x = a}."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import Unsupported
from texgrad.expr import Expr
from texgrad.notation.names import label

ORDER = 5


def _bar(item: Expr) -> Expr | None:
    """The subscript of an evaluation bar."""
    sub = None
    while item.op in ("sub", "sup"):
        if item.op == "sub":
            sub = item.args[1]
        item = item.args[0]
    return sub if item.op == "mark" and item.name == "\\evalbar" else None


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item = items[at]
    opened = item.op == "mark" and item.name == "\\evalopen"
    if item.op == "sub" and item.args[0].op == "group" and item.args[1].op == "relation":
        return _at(r, r(item.args[0].args[0]), item.args[1], item.span), at + 1  # [f'(x)]_{x = a}
    place = next((k for k in range(at + 1, len(items)) if _bar(items[k]) is not None), None)
    if place is None:
        if opened:
            raise Unsupported("an evaluation bar without its point", item.span)
        return None
    if opened:
        return _at(r, r.term(items[at + 1 : place]), _bar(items[place]), item.span), place + 1
    if not _differentiates(item):
        before = items[at:place]
        if any(map(_differentiates, before)) or len(before) > 2 or (len(before) == 2 and before[1].op != "group"):
            return None
    return _at(r, r.term(items[at:place]), _bar(items[place]), item.span), place + 1


def _differentiates(item: Expr) -> bool:
    """Whether a derivative begins here: a bar without \\left. belongs to all that follows it."""
    while item.op in ("sub", "sup"):
        item = item.args[0]
    if item.op == "frac":
        above = item.args[0].args[0] if item.args[0].op == "term" else item.args[0]
        return _differentiates(above)
    return item.op in ("nabla", "dsign", "prime")


def _at(r, body: Expr, where: Expr, span) -> Expr:
    conditions = where.args if where.op == "list" else (where,)
    for condition in conditions:
        if condition.op == "relation" and condition.name == "=":
            variable, value = condition.args
            origin = value.op == "number" and value.name == "0" and r.guess(r(variable)) in ("vector", "matrix")
            point = Expr("zeros", (), span=value.span) if origin else r(value)  # x = 0 of a vector
            body = Expr("at", (body, point), label(variable), span)
            continue
        variables = {v.name for part in body.walk() if part.op == "derivative" for v in part.args[1:]}
        if condition.op == "relation" or len(conditions) > 1 or len(variables) != 1:
            raise Unsupported("the point of an evaluation bar is not understood", span)
        body = Expr("at", (body, r(condition)), variables.pop(), span)  # the point alone: |_a
    return body
