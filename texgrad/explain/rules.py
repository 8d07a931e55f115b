"""The rules for the differentials of powers, traces, determinants, norms, softmax and the like, one for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from texgrad.errors import Unsupported
from texgrad.explain.algebra import ONE, ZERO
from texgrad.explain.build import rational
from texgrad.expr import Expr, number

if TYPE_CHECKING:
    from texgrad.explain.differential import Differential


def _power(d: Differential, expr: Expr) -> Expr:
    """d(u^k) = k u^(k-1) du; of a matrix, a sum over the places of dX; of a squared norm, 2 x^T dx."""
    a, (base, exponent) = d.algebra, expr.args
    du, dk = d(base), d(exponent)
    if (du, dk) == (ZERO, ZERO):
        return ZERO
    if base.op == "norm" and exponent == number(2):
        return a.times(number(2), a.inner(base.args[0], d(base.args[0])))
    if base.op == "norm_weighted" and exponent == number(2) and d(base.args[1]) == ZERO:
        x, weight = base.args
        both = a.plus(weight, a.transposed(weight))
        return a.times(a.transposed(x), both, d(x))
    if dk != ZERO:
        if du != ZERO:
            raise Unsupported("a power of which both parts vary", expr.span)
        return a.times(Expr("log", (base,)), expr, dk)
    lower = _less(exponent)
    if a.is_scalar(base):
        return a.times(exponent, _raised(base, lower), du)
    if not a.same_size(base):
        return a.times(exponent, a.hadamard(_raised(base, lower), du))
    if exponent.op == "number" and exponent.name.isdigit() and int(exponent.name) <= 4:
        places = int(exponent.name)
        return a.plus(*(a.times(*[base] * k, du, *[base] * (places - 1 - k)) for k in range(places)))
    if exponent.op != "symbol":
        raise Unsupported("a power of a matrix", expr.span)
    used = {part.name for part in expr.walk()} | {part.name for part in du.walk()}
    index = Expr("symbol", (), next(name for name in "risklm" if name not in used))
    behind = Expr("sum", (exponent, Expr("neg", (ONE,)), Expr("neg", (index,))))
    body = Expr("product", (Expr("power", (base, index)), du, Expr("power", (base, behind))))
    return Expr("sum_over", (body, ZERO, _less(exponent)), index.name)


def _less(exponent: Expr) -> Expr:
    if exponent.op == "number":
        value = float(exponent.name) - 1
        return number(int(value) if value.is_integer() else value)
    return Expr("sum", (exponent, Expr("neg", (ONE,))))


def _raised(base: Expr, exponent: Expr) -> Expr:
    if exponent == ONE:
        return base
    return ONE if exponent == ZERO else Expr("power", (base, exponent))


def _trace(d: Differential, expr: Expr) -> Expr:
    """tr dX; of a function of a matrix, d tr f(X) = tr(f'(X) dX)."""
    a, inside = d.algebra, expr.args[0]
    if inside.op == "power" and d(inside.args[1]) == ZERO and not a.is_scalar(inside):
        base, exponent = inside.args
        return a.times(exponent, a.trace(a.times(_raised(base, _less(exponent)), d(base))))
    if inside.op in MATRIX_SLOPES:
        return a.trace(a.times(MATRIX_SLOPES[inside.op](inside.args[0]), d(inside.args[0])))
    return a.trace(d(inside))


# f -> f' for functions of a matrix that are power series
MATRIX_SLOPES: dict[str, Callable[[Expr], Expr]] = {
    "matrix_exp": lambda x: Expr("matrix_exp", (x,)),
    "matrix_sin": lambda x: Expr("matrix_cos", (x,)),
    "matrix_cos": lambda x: Expr("neg", (Expr("matrix_sin", (x,)),)),
    "matrix_log": lambda x: Expr("inverse", (x,)),
}


def _pinv(d: Differential, expr: Expr) -> Expr:
    """d X^+ by Golub and Pereyra (1973), for X of constant rank."""
    a, x = d.algebra, expr.args[0]
    dx = d(x)
    if dx == ZERO:
        return ZERO
    turned, back = a.transposed(dx), Expr("transpose", (expr,))
    left = Expr("sum", (Expr("identity"), Expr("neg", (a.times(x, expr),))))
    right = Expr("sum", (Expr("identity"), Expr("neg", (a.times(expr, x),))))
    return a.plus(
        a.minus(a.times(expr, dx, expr)), a.times(expr, back, turned, left), a.times(right, turned, back, expr)
    )


def _matrix_exp(d: Differential, expr: Expr) -> Expr:
    """Of t A by t: A exp(t A); where A varies there is no closed form."""
    a, inside = d.algebra, expr.args[0]
    change = d(inside)
    if change == ZERO:
        return ZERO
    by, scalars, wide = a.term(inside)
    rest = a.chain(by, (), wide)
    if d(rest) != ZERO or len(scalars) != 1:
        raise Unsupported("a matrix exponential", expr.span)
    return a.times(d(scalars[0]), rest, expr)


def _max(d: Differential, expr: Expr) -> Expr:
    """Of max(u, v) the differential of what is larger."""
    a, changes = d.algebra, [d(arg) for arg in expr.args]
    if changes.count(ZERO) == len(changes):
        return ZERO
    if len(changes) != 2:
        raise Unsupported("the largest of several", expr.span)
    (left, right), sign = expr.args, ">" if expr.op == "max" else "<"
    parts = []
    for larger, other, change in ((left, right, changes[0]), (right, left, changes[1])):
        if change != ZERO:
            parts.append(a.hadamard(Expr("condition", (larger, other), sign), change))
    return a.plus(*parts)


def _det(d: Differential, expr: Expr) -> Expr:
    """d det X = det(X) tr(X^{-1} dX)."""
    return d.algebra.times(expr, _log_det(d, expr.args[0]))


def _log_det(d: Differential, x: Expr) -> Expr:
    change = d(x)
    return ZERO if change == ZERO else d.algebra.trace(d.algebra.times(Expr("inverse", (x,)), change))


def _log(d: Differential, expr: Expr) -> Expr:
    inside = expr.args[0]
    definition = d.algebra.typing.definition(inside.name) if inside.op == "symbol" else None
    if definition is not None and definition.body.op == "exp":
        return d(definition.body.args[0])  # a note that defines log L means what stands behind it
    if inside.op == "abs" and inside.args[0].op == "det":
        inside = inside.args[0]
    if inside.op == "det":
        return _log_det(d, inside.args[0])
    change = d(inside)
    if change == ZERO:
        return ZERO
    return d.algebra.over(change, inside) if d.algebra.is_scalar(inside) else d.algebra.hadamard(
        Expr("divide", (ONE, inside)), change)  # fmt: skip


def _norm(d: Differential, expr: Expr) -> Expr:
    x = expr.args[0]
    change = d(x)
    return ZERO if change == ZERO else d.algebra.over(d.algebra.inner(x, change), expr)


def _norm_one(d: Differential, expr: Expr) -> Expr:
    x = expr.args[0]
    change = d(x)
    return ZERO if change == ZERO else d.algebra.inner(Expr("sign", (x,)), change)


def _inner(d: Differential, expr: Expr) -> Expr:
    left, right = expr.args
    return d.algebra.plus(d.algebra.inner(d(left), right), d.algebra.inner(left, d(right)))


def _softmax(d: Differential, expr: Expr) -> Expr:
    """ds = (diag(s) - s s^T) dx."""
    a, change = d.algebra, d(expr.args[0])
    if change == ZERO:
        return ZERO
    if not a.is_column(expr):  # of each row: dP = P . (dS - (P . dS) 1 1^T)
        along = Expr("hadamard", (expr, change))
        total = Expr("product", (along, Expr("ones"), Expr("transpose", (Expr("ones"),))))
        return Expr("hadamard", (expr, Expr("sum", (change, Expr("neg", (total,))))))
    outer = a.times(expr, Expr("transpose", (expr,)))
    return a.times(Expr("sum", (Expr("diag", (expr,)), Expr("neg", (outer,)))), change)


def _logsumexp(d: Differential, expr: Expr) -> Expr:
    change = d(expr.args[0])
    return ZERO if change == ZERO else d.algebra.inner(Expr("softmax", expr.args), change)


def _sum_entries(d: Differential, expr: Expr) -> Expr:
    a, change = d.algebra, d(expr.args[0])
    if change == ZERO:
        return ZERO
    if not a.is_column(change):
        raise Unsupported("a sum of the entries of a matrix", expr.span)
    by, scalars, wide = a.term(change)
    if len(wide) == 1 and wide[0].op == "hadamard":
        return a.times(rational(by), *scalars, a.inner(*wide[0].args))  # 1^T (u . dv) is u^T dv
    return a.times(Expr("transpose", (Expr("ones"),)), change)


RULES: dict[str, Callable[[Differential, Expr], Expr]] = {
    "power": _power,
    "trace": _trace,
    "pinv": _pinv,
    "matrix_exp": _matrix_exp,
    "max": _max,
    "min": _max,
    "det": _det,
    "log_det": lambda d, expr: _log_det(d, expr.args[0]),
    "log": _log,
    "norm": _norm,
    "norm_one": _norm_one,
    "norm_one_entries": _norm_one,
    "inner": _inner,
    "softmax": _softmax,
    "logsumexp": _logsumexp,
    "sum_entries": _sum_entries,
}
