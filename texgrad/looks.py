"""A surface expression in, what it looks like under its scripts out: bars, a sum sign, a function's symbol alone."""

from __future__ import annotations

from texgrad.expr import Expr


def bare(head: Expr) -> Expr:
    """The symbol in (\\sigma^{[l]})' and {g^{[l]}}'."""
    inside = head.args[0] if head.op == "brace" or (head.op == "group" and head.name == "(") else head
    return inside if inside.op in ("symbol", "sup", "sub") else head


def stands_alone(head: Expr, expr: Expr) -> bool:
    """Whether a function's symbol occurs without an argument: \\sigma(1 - \\sigma) is a product of values."""
    if expr.op == "term":
        pairs = zip(expr.args, (*expr.args[1:], None), strict=True)
        return any(
            (part == head and (behind is None or behind.op != "group"))
            or (part.op != "symbol" and stands_alone(head, part))
            for part, behind in pairs
        )
    return expr == head or any(stands_alone(head, part) for part in expr.args)


def is_big(item: Expr) -> bool:
    """A sum or product sign with its bounds."""
    while item.op in ("sup", "sub"):
        item = item.args[0]
    return item.op == "big"


def is_bars(item: Expr) -> bool:
    """|X|, |X|^2: bars are brackets to the function in front of them."""
    while item.op in ("sup", "sub"):
        item = item.args[0]
    return item.op == "bars"


def wears(item: Expr, op: str) -> bool:
    """Whether the base under the scripts is a construct of this kind."""
    while item.op in ("sup", "sub", "prime"):
        item = item.args[0]
    return item.op == op
