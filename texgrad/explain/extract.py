"""A differential that is linear in a mark in, what stands with it out: G of df = tr(G^T dX), J of dy = J dx."""

from __future__ import annotations

from dataclasses import replace

from texgrad.errors import Unsupported
from texgrad.explain.algebra import ONE, ZERO, Algebra
from texgrad.explain.build import rational
from texgrad.explain.differential import binding
from texgrad.explain.members import summed
from texgrad.expr import Expr


def _has(expr: Expr, mark: Expr) -> bool:
    return any(part == mark for part in expr.walk())


def gradient(a: Algebra, expr: Expr, mark: Expr, bar: Expr = ONE) -> Expr:
    """G with <bar, expr> = <G, mark>, in the shape of the mark."""
    if expr == mark:
        return bar
    if not _has(expr, mark):
        return ZERO
    op, args = expr.op, expr.args
    if op == "neg":
        return a.minus(gradient(a, args[0], mark, bar))
    if op == "sum":
        return a.plus(*(gradient(a, arg, mark, bar) for arg in args))
    if op == "transpose":
        return gradient(a, args[0], mark, a.transposed(bar))
    if op == "product":
        return a.plus(*(_gradient_of_factor(a, expr, k, mark, bar) for k, arg in enumerate(args) if _has(arg, mark)))
    if op == "trace":
        return gradient(a, args[0], mark, a.times(bar, Expr("identity")))
    if op == "hadamard":
        left, right = args
        return a.plus(gradient(a, left, mark, a.hadamard(bar, right)), gradient(a, right, mark, a.hadamard(bar, left)))
    if op in ("divide", "elementwise_divide") and not _has(args[1], mark):
        return gradient(a, args[0], mark, a.over(bar, args[1]))
    if op == "diag":
        return gradient(a, args[0], mark, _diagonal(a, bar))
    if op == "diag_part":
        return gradient(a, args[0], mark, Expr(op, (bar,)))
    if op == "sum_over":
        with binding(a.typing, expr):
            return summed(a, expr, gradient(a, args[0], mark, bar))
    if op in ("row", "row_upright", "column"):
        unit = Expr("unit_vector", args[1:])
        part = {"row": (unit, bar), "row_upright": (unit, a.transposed(bar)), "column": (bar, a.transposed(unit))}[op]
        return gradient(a, args[0], mark, a.times(*part))
    if op == "expectation":
        return replace(expr, args=(gradient(a, args[0], mark, bar), *args[1:]))
    if op == "entry":
        base, *indices = args
        units = [Expr("unit_vector", (index,)) for index in indices]
        whole = units[0] if len(units) == 1 else a.times(units[0], Expr("transpose", (units[1],)))
        return gradient(a, base, mark, a.times(bar, whole))
    raise Unsupported(f"no gradient through {op}", expr.span)


def _gradient_of_factor(a: Algebra, expr: Expr, k: int, mark: Expr, bar: Expr) -> Expr:
    """Of L M R, with M the k-th factor: L^T bar R^T goes to M; a scalar M takes the inner product with the rest."""
    factor, before, after = expr.args[k], expr.args[:k], expr.args[k + 1 :]
    if a.is_scalar(factor):
        rest = a.times(*before, *after) if len(expr.args) > 2 else (*before, *after)[0]
        return gradient(a, factor, mark, a.inner(bar, rest))
    scalars = [arg for arg in (*before, *after) if a.is_scalar(arg)]
    left = [a.transposed(arg) for arg in reversed(before) if not a.is_scalar(arg)]
    right = [a.transposed(arg) for arg in reversed(after) if not a.is_scalar(arg)]
    return gradient(a, factor, mark, a.times(*scalars, *left, bar, *right))


def _diagonal(a: Algebra, expr: Expr) -> Expr:
    """diag(u v^T) is u . v, entry by entry."""
    by, scalars, wide = a.term(expr)
    for k in range(1, len(wide)):
        if a.is_row(wide[k]) and a.is_column(wide[k - 1]):
            left, right = a.times(*wide[:k]), a.transposed(a.times(*wide[k:]))
            return a.times(rational(by), *scalars, a.hadamard(left, right))
    return Expr("diag", (expr,))


def jacobian(a: Algebra, expr: Expr, mark: Expr) -> Expr:
    """J with expr = J mark, for a column (or a scalar, whose J is a row) that is linear in a column."""
    if expr == mark:
        return Expr("identity")
    op, args = expr.op, expr.args
    if op == "neg":
        return a.minus(jacobian(a, args[0], mark))
    if op == "sum":
        return a.plus(*(jacobian(a, arg, mark) for arg in args))
    if op in ("divide", "elementwise_divide") and not _has(args[1], mark):
        if not a.is_scalar(args[1]):
            return a.times(Expr("diag", (Expr("divide", (ONE, args[1])),)), jacobian(a, args[0], mark))
        return a.over(jacobian(a, args[0], mark), args[1])
    if op == "hadamard":
        other, inner = args if _has(args[1], mark) else args[::-1]
        if _has(other, mark):
            raise Unsupported("a product of two differentials", expr.span)
        return a.times(Expr("diag", (other,)), jacobian(a, inner, mark))
    if op == "kronecker" and all(a.is_column(arg) for arg in args):  # u (x) dv is (u (x) I) dv
        return Expr(op, tuple(jacobian(a, arg, mark) if _has(arg, mark) else arg for arg in args))
    if op == "sum_over":
        with binding(a.typing, expr):
            return summed(a, expr, jacobian(a, args[0], mark))
    if op == "entry" and a.is_column(args[0]):
        return a.times(Expr("transpose", (Expr("unit_vector", args[1:]),)), jacobian(a, args[0], mark))
    if op == "transpose" and a.is_scalar(expr):
        return jacobian(a, args[0], mark)
    if op == "product":
        return _jacobian_of_product(a, expr, mark)
    raise Unsupported(f"no Jacobian through {op}", expr.span)


def _jacobian_of_product(a: Algebra, expr: Expr, mark: Expr) -> Expr:
    places = [k for k, arg in enumerate(expr.args) if _has(arg, mark)]
    if len(places) != 1:
        raise Unsupported("a product of two differentials", expr.span)
    k = places[0]
    factor = expr.args[k]
    others = [arg for j, arg in enumerate(expr.args) if j != k]
    scalars = [arg for arg in others if a.is_scalar(arg)]
    before = [arg for arg in expr.args[:k] if not a.is_scalar(arg)]
    after = [arg for arg in expr.args[k + 1 :] if not a.is_scalar(arg)]
    if a.is_scalar(factor):  # a column times a scalar that varies: u (v^T dx)
        return a.times(*scalars, *before, *after, jacobian(a, factor, mark))
    if not after:
        return a.times(*scalars, *before, jacobian(a, factor, mark))
    if factor.op == "diag" and not a.is_column(factor):  # diag(du) v is diag(v) du
        return a.times(*scalars, *before, Expr("diag", (a.times(*after),)), jacobian(a, factor.args[0], mark))
    if a.is_row(factor) and not before:  # du^T v is v^T du
        turned = a.transposed(factor)
        return a.times(*scalars, a.transposed(a.times(*after)), jacobian(a, turned, mark))
    raise Unsupported("no Jacobian of this product", expr.span)
