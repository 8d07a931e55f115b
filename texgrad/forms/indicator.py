"""Indicators and densities: \\mathbf 1[z > 0], \\mathbb{1}_{\\{z > 0\\}}, \\mathcal N(x | \\mu, \\Sigma)."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr

ORDER = 8
INDICATORS = frozenset(
    ("\\mathbf{1}", "\\mathbb{1}", "\\mathbb{I}", "\\mathds{1}", "\\mathbbm{1}", "1", "I", "\\mathbf{I}", "\\chi",
     "\\operatorname{1}", "\\operatorname{I}")
)  # fmt: skip
NORMALS = frozenset(("\\mathcal{N}", "N", "\\operatorname{N}"))


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item = items[at]
    if item.op == "group" and item.name == "[" and item.args[0].op == "relation":  # Iverson's bracket
        return _condition(r, item.args[0]), at + 1
    if item.op == "sub" and item.args[0].name in INDICATORS:
        relation = _relation(item.args[1])
        if relation is not None:
            return _condition(r, relation), at + 1
    if at + 1 < len(items) and items[at + 1].op == "group":
        group = items[at + 1]
        if item.op in ("symbol", "number") and item.name in INDICATORS:
            relation = _relation(group)
            if relation is not None:
                return _condition(r, relation), at + 2
        if item.op == "symbol" and item.name in NORMALS and group.args[0].op == "list" and not r.scope.known(item.name):
            parts = [part for arg in group.args[0].args for part in (arg.args if arg.op == "list" else (arg,))]
            if len(parts) == 3:
                return Expr("gaussian", tuple(map(r, parts)), span=item.span), at + 2
    return None


def _relation(expr: Expr) -> Expr | None:
    while expr.op in ("group", "brace"):
        expr = expr.args[0]
    return expr if expr.op == "relation" else None


def _condition(r, relation: Expr) -> Expr:
    from texgrad.surface import condition

    return condition(r, [relation])
