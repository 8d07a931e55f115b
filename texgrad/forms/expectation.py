"""An expectation E[...], with a condition or with what is random in a subscript.

E[f | X] keeps X as it is; E_n[f_i] is the mean of n examples. A distribution with letters of its own, as in
E_{x \\sim p_\\theta}, is not read: what is differentiated by \\theta moves the distribution as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import Unsupported
from texgrad.expr import Expr, number
from texgrad.notation.names import label

ORDER = 15
SIGNS = frozenset(("\\mathbb{E}", "\\operatorname{E}", "\\mathds{E}", "\\operatorname{\\mathbb{E}}"))


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    head = items[at]
    sign = head.args[0] if head.op == "sub" else head
    if sign.op != "symbol" or at + 1 >= len(items) or items[at + 1].op != "group" or r.scope.known(sign.name):
        return None
    group = items[at + 1]
    plain = sign.name == "E" and group.name == "[" and not r.scope.usage.transposed.get("E")
    if not plain and not (sign.name in SIGNS and group.name in ("[", "(", "\\{")):
        return None
    body = group.args[0]
    if head.op == "sub" and (letter := _counted(r, head.args[1], body)) is not None:
        return _sample_mean(r, body, letter, head.args[1]), at + 2
    random = _random(head.args[1]) if head.op == "sub" else ()
    given: tuple[Expr, ...] = ()
    if body.op == "list" and body.name == "|":
        body, *rest = body.args
        given = tuple(r(part) for each in rest for part in (each.args if each.op == "list" else (each,)))
    return Expr("expectation", (r(body), *given), " ".join(random), head.span), at + 2


def _counted(r, sub: Expr, body: Expr) -> str | None:
    """The i of \\mathbb{E}_n[x_i y_i]: what the mean of n examples runs over."""
    if sub.op != "symbol" or not r.scope.is_size(sub.name):
        return None
    numbers = [part.args[1].name for part in body.walk() if part.op == "sub" and part.args[1].op == "symbol"]
    return next((name for name in numbers if name in ("i", "t", "j") and not r.scope.is_bound(name)), None)


def _sample_mean(r, body: Expr, letter: str, count: Expr) -> Expr:
    last = r(count)
    with r.scope.binding([letter], count.name):
        terms = r(body)
    total = Expr("sum_over", (terms, number(1, count.span), last), letter, body.span)
    return Expr("divide", (total, r(count)), span=body.span)


def _random(sub: Expr) -> tuple[str, ...]:
    """The letters that a subscript says are random: x, and x of x \\sim p."""
    if sub.op == "relation" and len(sub.args) == 2 and sub.args[1].op == "symbol":
        sub = sub.args[0]
    parts = sub.args if sub.op == "list" else (sub,)
    if not all(part.op == "symbol" for part in parts):
        raise Unsupported("an expectation under a distribution with parameters", sub.span)
    return tuple(map(label, parts))
