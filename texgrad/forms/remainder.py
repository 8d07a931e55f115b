"""The remainder of an expansion, o(h) or O(h^2): what it is equal to is not said, so nothing with it can be checked."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import Unsupported
from texgrad.expr import Expr

ORDER = 15
ORDERS = frozenset(("o", "O", "\\mathcal{O}", "\\mathcal{o}", "\\operatorname{o}", "\\operatorname{O}"))


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    head = items[at]
    if head.op != "symbol" or head.name not in ORDERS or at + 1 >= len(items) or r.scope.known(head.name):
        return None
    behind = items[at + 1]
    while behind.op in ("sup", "sub"):
        behind = behind.args[0]
    if behind.op == "bars" or (behind.op == "group" and behind.name == "("):
        raise Unsupported("the remainder of an expansion", head.span)
    return None
