"""Evaluation bars: \\left. \\frac{df}{dx} \\right|_{x = a}."""

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
    if item.op == "mark" and item.name == "\\evalopen":
        place = next((k for k in range(at + 1, len(items)) if _bar(items[k]) is not None), None)
        if place is None:
            raise Unsupported("an evaluation bar without its point", item.span)
        return _at(r, r.term(items[at + 1 : place]), _bar(items[place]), item.span), place + 1
    return None


def _at(r, body: Expr, where: Expr, span) -> Expr:
    conditions = where.args if where.op == "list" else (where,)
    for condition in conditions:
        if condition.op != "relation" or condition.name != "=":
            raise Unsupported("the point of an evaluation bar is not understood", span)
        variable, value = condition.args
        name = label(variable)
        body = Expr("at", (body, r(value)), name, span)
    return body
