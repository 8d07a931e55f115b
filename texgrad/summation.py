"""A surface expression in, what it means out, with the sums that the summation convention leaves out."""

from __future__ import annotations

from collections import Counter

from texgrad.expr import Expr
from texgrad.resolve import Resolver

INDEXED = frozenset(("entry", "row", "row_upright", "column"))  # the first argument is what is indexed
INDICES_ONLY = frozenset(("member", "delta", "unit_vector", "single_entry"))
BINDERS = frozenset(("sum_over", "product_over", "sequence", "grid"))
ADDITIVE = frozenset(("sum", "neg"))


def meaning(resolver: Resolver, surface: Expr) -> Expr:
    """What an expression means; where the note follows the convention, with a sum over each repeated index."""
    expr = resolver(surface)
    return summed(expr) if resolver.scope.all_conventions("einstein") else expr


def occurrences(expr: Expr) -> Counter[str]:
    """How often each index stands in one term; over the terms of a sum, as often as in the fullest one."""
    if expr.op in INDICES_ONLY:
        return Counter(arg.name for arg in expr.args if arg.op == "symbol")
    counts = [occurrences(arg) for arg in (expr.args[:1] if expr.op in INDEXED else expr.args)]
    found: Counter[str] = Counter()
    for count in counts:
        found = found | count if expr.op == "sum" else found + count
    if expr.op in INDEXED:
        found.update(arg.name for arg in expr.args[1:] if arg.op == "symbol")
    for name in expr.name.split() if expr.op in BINDERS else ():
        found.pop(name, None)
    return found


def summed(expr: Expr) -> Expr:
    """Einstein's convention: every index that stands twice in a term is summed over."""
    if expr.op in ADDITIVE:
        return expr.rebuild(summed)
    names = sorted(name for name, count in occurrences(expr).items() if count == 2 and name.isalpha())
    inner = expr if expr.op in INDICES_ONLY else expr.rebuild(_within)
    return Expr("sum_over", (inner,), " ".join(names), expr.span) if names else inner


def _within(expr: Expr) -> Expr:
    """The sums in brackets inside a term."""
    if expr.op in ADDITIVE:
        return expr.rebuild(summed)
    return expr.rebuild(_within)
