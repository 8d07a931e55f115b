"""Functions without their argument: \\det, \\ln|\\det|, \\ln \\circ \\det, to be put at a point."""

from __future__ import annotations

from texgrad.expr import Expr

BRACKETS = ("group", "bars", "brace")


def filled(expr: Expr, point: Expr) -> Expr | None:
    """The surface expression with the point as the argument of its last function; None where that has one already."""
    if expr.op == "function":
        return Expr("term", (expr, Expr("group", (point,), "(", point.span)), span=expr.span)
    if expr.op in BRACKETS:
        inner = filled(expr.args[0], point)
        return Expr(expr.op, (inner,), expr.name, expr.span) if inner is not None else None
    if expr.op == "term":
        items = [item for item in expr.args if not (item.op == "mark" and item.name == "\\circ")]
        last = filled(items[-1], point)
        if last is None or any(item.op != "function" for item in items[:-1]):
            return None
        return Expr("term", (*items[:-1], *(last.args if last.op == "term" else (last,))), span=expr.span)
    return None
