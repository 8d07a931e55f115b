"""Frechet differentials of a function at a point along a direction: df_x(h), df(x)[h], Df(X)[H], Df(X) \\cdot H."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.forms.partial import sign_order

ORDER = 12
LETTERS = frozenset(("D", "\\operatorname{D}", "\\mathbf{D}"))


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item = items[at]
    sign = sign_order(item) == 1 or (item.op == "symbol" and item.name in LETTERS and not r.scope.known(item.name))
    if not sign or at + 2 >= len(items):
        return None
    head = items[at + 1]
    if head.op == "sub" and head.args[1].op == "symbol" and _group(items[at + 2]):
        name, point = r.function_name(head.args[0]), head.args[1]
        return _directional(r, name, point, items[at + 2], item, at + 3)
    if head.op == "symbol" and _group(items[at + 2]) and at + 3 < len(items):
        point = items[at + 2].args[0]
        end = at + 3
        if items[end].op == "mark" and items[end].name == "\\cdot" and end + 1 < len(items):
            end += 1
        elif not _group(items[end]) and items[end].op != "symbol":
            return None
        if point.op != "symbol":
            return None
        return _directional(r, r.function_name(head), point, items[end], item, end + 1)
    return None


def _group(item: Expr) -> bool:
    return item.op == "group" and item.name in ("(", "[")


def _directional(r, name: str | None, point: Expr, direction: Expr, item: Expr, end: int) -> tuple[Expr, int] | None:
    """The node, where the head is a function of one argument that the point is."""
    if name is None or tuple(r.scope.parameters(name)) != (point.name,):
        return None
    along = r(direction.args[0]) if _group(direction) else r(direction)
    target = r.apply(name, [r(point)], 0, item.span)
    return Expr("directional", (target, along), point.name, item.span), end
