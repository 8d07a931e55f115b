"""A surface expression in, what it means out, with the sums that the summation convention leaves out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from texgrad.expr import Expr
from texgrad.ops import TABLE
from texgrad.resolve import Resolver

INDEXED = frozenset(("entry", "row", "row_upright", "column"))  # the first argument is what is indexed
INDICES_ONLY = frozenset(("member", "delta", "unit_vector", "single_entry"))
BINDERS = frozenset(("sum_over", "product_over", "sequence", "grid"))
ADDITIVE = frozenset(("sum", "neg"))


def meaning(resolver: Resolver, surface: Expr, left: Expr | None = None) -> Expr:
    """What an expression means; where the note follows the convention, with a sum over each repeated index.

    Not over those that stand once in the left side of an equation: p_i \\delta_{ij} of d^2 f / dx_i dx_j.
    """
    expr = resolver(surface)
    if not resolver.scope.all_conventions("einstein"):
        return expr
    free = [name for name, count in occurrences(left).items() if count == 1] if left is not None else []
    return summed(expr, frozenset(free))


def occurrences(expr: Expr) -> Counter[str]:
    """How often each index stands in one term; over the terms of a sum, as often as in the fullest one."""
    if expr.op in INDICES_ONLY:
        return Counter(arg.name for arg in expr.args if arg.op == "symbol")
    counts = [occurrences(arg) for arg in (expr.args[:1] if expr.op in INDEXED else expr.args)]
    found: Counter[str] = Counter()
    for at, count in enumerate(counts):
        count = Counter({name: times for name, times in count.items() if times != 2}) if _closed(expr, at) else count
        found = found | count if expr.op == "sum" else found + count
    if expr.op in INDEXED:
        found.update(arg.name for arg in expr.args[1:] if arg.op == "symbol")
    for name in expr.name.split() if expr.op in BINDERS else ():
        found.pop(name, None)
    return found


def _closed(expr: Expr, at: int) -> bool:
    """Whether an index that stands twice in an argument is summed over in it: (x_k x_k)^{-1/2}, 1/(x_k x_k)."""
    return expr.op == "power" or (expr.op == "divide" and at == 1) or (expr.op in TABLE and TABLE[expr.op].elementwise)


def summed(expr: Expr, free: frozenset[str] = frozenset()) -> Expr:
    """Einstein's convention: every index that stands twice in a term is summed over, but for the free ones."""
    if expr.op in ADDITIVE:
        return expr.rebuild(lambda arg: summed(arg, free))
    names = sorted(name for name, count in occurrences(expr).items()
                   if count == 2 and name.isalpha() and name not in free)  # fmt: skip
    inner = expr if expr.op in INDICES_ONLY else _within(expr, free)
    return Expr("sum_over", (inner,), " ".join(names), expr.span) if names else inner


def _within(expr: Expr, free: frozenset[str]) -> Expr:
    """The sums in brackets inside a term."""
    if expr.op in ADDITIVE:
        return expr.rebuild(lambda arg: summed(arg, free))
    args = [summed(arg, free) if _closed(expr, at) else _within(arg, free) for at, arg in enumerate(expr.args)]
    return replace(expr, args=tuple(args))
