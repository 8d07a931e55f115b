"""An expectation E[...], with a condition or with what is random in a subscript.

E[f | X] keeps X as it is. A distribution with letters of its own, as in E_{x \\sim p_\\theta}, is not read: what is
differentiated by \\theta moves the distribution as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import Unsupported
from texgrad.expr import Expr
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
    random = _random(head.args[1]) if head.op == "sub" else ()
    body = group.args[0]
    given: tuple[Expr, ...] = ()
    if body.op == "list" and body.name == "|":
        body, *rest = body.args
        given = tuple(r(part) for each in rest for part in (each.args if each.op == "list" else (each,)))
    return Expr("expectation", (r(body), *given), " ".join(random), head.span), at + 2


def _random(sub: Expr) -> tuple[str, ...]:
    """The letters that a subscript says are random: x, and x of x \\sim p."""
    if sub.op == "relation" and len(sub.args) == 2 and sub.args[1].op == "symbol":
        sub = sub.args[0]
    parts = sub.args if sub.op == "list" else (sub,)
    if not all(part.op == "symbol" for part in parts):
        raise Unsupported("an expectation under a distribution with parameters", sub.span)
    return tuple(map(label, parts))
