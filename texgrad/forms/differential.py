"""Differentials: dX, d(XY), \\mathrm d\\det X, \\partial(X) where the note says that \\partial is the differential."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import Unsupported
from texgrad.expr import Expr, product
from texgrad.forms.partial import sign_order
from texgrad.notation.names import label

ORDER = 40


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item = items[at]
    order = sign_order(item)
    if not order:
        return None
    sign = item if item.op == "dsign" else item.args[0]
    if sign.name == "\\partial" and r.scope.convention("differential") != "\\partial":
        raise Unsupported("\\partial without a denominator", item.span)
    if sign.name == "d" and at + 1 < len(items) and items[at + 1].op == "group" and items[at + 1].name != "\\langle":
        name = label(item)
        if r.scope.is_function(name, items[at + 1]):  # d(x, y) and d^2(x, y) where the note defines them
            return r.apply(name, r.arguments(items[at + 1]), 0, item.span), at + 2
    if sign.name == "d" and not r.scope.has_differentials():
        return Expr("symbol", (), "d", item.span), at + 1
    if at + 1 >= len(items):
        if sign.name == "d":
            return Expr("symbol", (), "d", item.span), at + 1
        raise Unsupported("a differential of nothing", item.span)
    target, end = _target(r, items, at + 1)
    span = item.span.to(target.span) if item.span and target.span else item.span
    cost = r.scope.cost
    if cost is not None and sign.name == "d" and order == 1 and target.op in ("symbol", "entry", "member"):
        return _shorthand(r, cost, target, span), end
    if cost is not None and sign.name == "d" and order == 1 and target.op == "transpose" and not target.args[0].args:
        return Expr("transpose", (_shorthand(r, cost, target.args[0], span),), span=span), end
    for _ in range(order):
        target = Expr("differential", (target,), span=span)
    return target, end


def _shorthand(r, cost: str, target: Expr, span) -> Expr:
    """dZ for the derivative of the cost by Z; of the sum over the samples, where the note keeps their mean apart."""
    derivative = Expr("derivative", (Expr("symbol", (), cost, span), target), span=span)
    mean = r.scope.mean
    if mean is None or not mean.of_sum(target.args[0].name if target.op == "entry" else target.name):
        return derivative
    return product([Expr("symbol", (), mean.count, span), derivative])


def _target(r, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
    """What d acts on: one factor; a function word takes its operand along."""
    head = items[at]
    if head.op == "big" or (head.op in ("sub", "sup") and _base(head).op == "big"):
        return r.factor(items, at)
    if sign_order(head):
        return read(r, items, at)
    return r.factor(items, at)


def _base(item: Expr) -> Expr:
    while item.op in ("sub", "sup"):
        item = item.args[0]
    return item
