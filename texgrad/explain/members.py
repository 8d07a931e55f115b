"""Sums over an index and definitions by an index in, the same in normal form out: no delta, no lone unit vector left.

An index that a sum binds takes another letter where the letter already stands for something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad.errors import Unsupported
from texgrad.explain.algebra import ONE, ZERO, Algebra
from texgrad.expr import Expr, substitute
from texgrad.ops import TABLE
from texgrad.shapes import Definition

LETTERS = "kjilrsuvpqabcdefgh"
BINDERS = frozenset(("sum_over", "mean_over", "product_over"))


def names_in(*exprs: Expr) -> set[str]:
    return {part.name for expr in exprs for part in expr.walk() if part.op in ("symbol", "member", "call")}


def instance(definition: Definition, indices: Sequence[Expr]) -> Expr:
    """What a definition by indices gives at these."""
    return moved(definition.body, dict(zip(definition.indices, indices, strict=True)))


def moved(expr: Expr, values: dict[str, Expr]) -> Expr:
    """The same with other values for free indices, every part of it new."""
    if expr.op in BINDERS:
        bound = set(expr.name.split())
        values = {index: value for index, value in values.items() if index not in bound}
        expr = apart(expr, names_in(*values.values()))
    if expr.op == "symbol":
        return substitute(values.get(expr.name, expr), {})
    return replace(expr, args=tuple(moved(arg, values) for arg in expr.args))


def apart(expr: Expr, names: set[str]) -> Expr:
    """The same with other letters for the indices it binds that are among the names."""
    if expr.op in BINDERS:
        for name in expr.name.split():
            if name in names:
                used = names_in(expr) | names | set(expr.name.split())
                fresh = next(letter for letter in LETTERS if letter not in used)
                letters = " ".join(fresh if each == name else each for each in expr.name.split())
                renamed = substitute(expr.args[0], {name: Expr("symbol", (), fresh)})
                expr = replace(expr, name=letters, args=(renamed, *expr.args[1:]))
    return expr.rebuild(lambda arg: apart(arg, names))


def delta(first: Expr, second: Expr) -> Expr:
    """Whether two indices are the same one, as a number where that can be seen."""
    if first == second:
        return ONE
    return ZERO if first.op == second.op == "number" else Expr("delta", (first, second))


def summed(a: Algebra, over: Expr, body: Expr) -> Expr:
    """The sum of another body over the same index: a delta leaves one term, unit vectors make a vector of the terms."""
    if body == ZERO:
        return ZERO
    parts, left = [], []
    index = over.name
    for term in body.args if body.op == "sum" else (body,):
        picked = None if " " in index else _picked(a, term, index)
        if picked is None:
            left.append(term)
        else:
            parts.append(picked)
    rest = a.plus(*left)
    if rest.op == "neg":
        parts.append(Expr("neg", (replace(over, args=(rest.args[0], *over.args[1:])),)))
    elif rest != ZERO:
        parts.append(replace(over, args=(rest, *over.args[1:])))
    return a.plus(*parts)


def _picked(a: Algebra, term: Expr, index: str) -> Expr | None:
    """The term of a sum that a delta leaves; what c_k e_k and c_k e_k e_k^T add up to."""
    by, scalars, wide = a.term(term)
    for k, factor in enumerate(scalars):
        if factor.op == "delta":
            other = [arg for arg in factor.args if arg != Expr("symbol", (), index)]
            if len(other) == 1 and index not in names_in(other[0]):
                rest = a.chain(by, (*scalars[:k], *scalars[k + 1 :]), wide)
                return moved(rest, {index: other[0]})
    unit = Expr("unit_vector", (Expr("symbol", (), index),))
    for k, factor in enumerate(wide):
        behind = wide[k + 1] if k + 1 < len(wide) else None
        square = factor == unit and behind == Expr("transpose", (unit,))
        rest = (*wide[:k], *wide[k + (2 if square else 1) :])
        if factor in (unit, Expr("transpose", (unit,))) and not any(index in names_in(each) for each in rest):
            outside = tuple(each for each in scalars if index not in names_in(each))
            inside = [each for each in scalars if index in names_in(each)]
            try:
                whole = vector(a, inside, index)
            except Unsupported:
                return None
            if square:
                whole = Expr("diag", (whole,))
            elif factor != unit:
                whole = a.transposed(whole)
            return a.times(a.chain(by, outside, ()), *wide[:k], whole, *wide[k + (2 if square else 1) :])
    return None


def vector(a: Algebra, factors: Sequence[Expr], index: str) -> Expr:
    """The column of the values that a product of numbers has at each value of an index."""
    if not factors:
        return Expr("ones")
    whole = _vector(a, factors[0], index)
    for factor in factors[1:]:
        whole = a.hadamard(whole, _vector(a, factor, index))
    return whole


def _vector(a: Algebra, expr: Expr, index: str) -> Expr:
    own = Expr("symbol", (), index)
    if index not in names_in(expr):
        return expr
    if expr.op == "entry" and expr.args[1:] == (own,) and index not in names_in(expr.args[0]):
        return expr.args[0]
    if expr.op in ("neg", "sum"):
        return expr.rebuild(lambda arg: _vector(a, arg, index))
    if expr.op == "sum_over" and " " not in expr.name:
        return _matrix_times(a, expr, index)
    if expr.op == "product" and not expr.name:
        numbers = [arg for arg in expr.args if index not in names_in(arg)]
        return a.times(*numbers, vector(a, [arg for arg in expr.args if index in names_in(arg)], index))
    if expr.op == "divide":
        return a.over(*(_vector(a, arg, index) for arg in expr.args))
    if expr.op == "power" and index not in names_in(expr.args[1]):
        return Expr("elementwise_power", (_vector(a, expr.args[0], index), expr.args[1]))
    if len(expr.args) == 1 and (expr.op in ("primed", "call") or TABLE[expr.op].elementwise):
        return expr.rebuild(lambda arg: _vector(a, arg, index))
    raise Unsupported("no vector of numbers", expr.span)


def _matrix_times(a: Algebra, over: Expr, index: str) -> Expr:
    """sum_j W_ij x_j as W x."""
    own, bound = (Expr("symbol", (), name) for name in (index, over.name))
    body = over.args[0]
    factors = list(body.args) if body.op == "product" and not body.name else [body]
    entries = [factor for factor in factors if factor.op == "entry" and set(factor.args[1:]) == {own, bound}]
    others = [factor for factor in factors if factor not in entries]
    if len(entries) != 1 or any(index in names_in(each) for each in others):
        raise Unsupported("no vector of numbers", over.span)
    matrix, row, _ = entries[0].args
    return a.times(matrix if row == own else a.transposed(matrix), vector(a, others, over.name))
