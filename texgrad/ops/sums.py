"""Sums of terms, products of factors, and sums and products over an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import SCALAR, Shape
from texgrad.errors import BoundExceeded, ShapeMismatch, Unsupported
from texgrad.expr import Expr
from texgrad.ops.arithmetic import dot, dot_shape, multiply, multiply_shape, star, star_shape
from texgrad.ops.table import Array, Example, Op

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing

MAX_TERMS = 64
MARKS = {"dot": (dot_shape, dot), "star": (star_shape, star)}  # signs of a product that also stand for another one


def is_literal(expr: Expr) -> bool:
    """Numbers and what is made of numbers alone: these go with any shape in a sum, as the 1 in 1 - x."""
    if expr.op in ("number", "pi", "euler"):
        return True
    return (
        bool(expr.args)
        and expr.op in ("neg", "divide", "product", "multiply", "sum", "power")
        and all(map(is_literal, expr.args))
    )


def _sum_shape(t: Typing, expr: Expr) -> Shape:
    shapes = [t.infer(arg) for arg in expr.args]
    whole = [s for s, arg in zip(shapes, expr.args, strict=True) if not (t.unifier.is_scalar(s) and is_literal(arg))]
    if not whole:
        return SCALAR
    sized = [s for s in whole if not t.unifier.is_scalar(s)]
    if sized and t.broadcast:
        return _broadcast(t, sized)
    saved = dict(t.unifier.bound)
    try:
        for shape in whole[1:]:
            t.unifier.same(whole[0], shape)
        return whole[0]
    except ShapeMismatch:
        if not t.spreading or not sized:
            raise
    t.unifier.bound = saved
    return _spread(t, expr, shapes)


def _spread(t: Typing, expr: Expr, shapes: list[Shape]) -> Shape:
    """Z = W A + b, where one sample is a column (or a row) of A: the bias is added to each of them."""
    wide = next((s for s in shapes if 1 not in t.unifier.shape(s)), None)
    whole = wide or next(s for s in shapes if not t.unifier.is_scalar(s))
    turned = [_turns(t, whole, shape) for shape in shapes]
    t.plans[id(expr)] = turned
    return whole


def _turns(t: Typing, whole: Shape, part: Shape) -> bool:
    """Whether a term that is added to every row or column of a matrix is a column that has to lie down for it."""
    u, saved = t.unifier, dict(t.unifier.bound)
    if u.is_scalar(part):
        return False
    for turn in (False, True):
        shape = (part[1], part[0]) if turn else part
        try:
            for size, given in zip(whole, shape, strict=True):
                if u.find(given) != 1:
                    u.unify(size, given)
            return turn
        except ShapeMismatch:
            u.bound = dict(saved)
            if 1 not in u.shape(part):
                break
    raise ShapeMismatch(f"{u.show(part)} added to {u.show(whole)}")


def _broadcast(t: Typing, shapes: list[Shape]) -> Shape:
    """Row or column vectors added to a matrix, scalars to anything, as array languages do it."""
    result = list(shapes[0])
    for shape in shapes[1:]:
        for axis in (0, 1):
            a, b = t.unifier.find(result[axis]), t.unifier.find(shape[axis])
            if a == 1:
                result[axis] = b
            elif b != 1:
                t.unifier.unify(a, b)
    return (result[0], result[1])


def _sum(env: Env, expr: Expr) -> Array:
    parts = [env.evaluate(arg) for arg in expr.args]
    turned = env.typing.plans.get(id(expr))
    if turned is not None:
        parts = [np.swapaxes(part, 1, 2) if turn else part for part, turn in zip(parts, turned, strict=True)]
    result = parts[0]
    for part in parts[1:]:
        if not (env.typing.broadcast or turned) and (1, 1) not in (result.shape[1:], part.shape[1:]):
            _check(result, part, expr)
        try:
            result = result + part
        except ValueError:
            raise ShapeMismatch(f"{result.shape[1:]} plus {part.shape[1:]}", expr.span) from None
    return result


def _check(x: Array, y: Array, expr: Expr) -> None:
    if x.shape[1:] != y.shape[1:]:
        raise ShapeMismatch(f"{x.shape[1:]} plus {y.shape[1:]}", expr.span)


def _product_shape(t: Typing, expr: Expr) -> Shape:
    """Factors from left to right; where that does not fit, a row ... column run in the middle is a scalar first."""
    shapes = [t.infer(arg) for arg in expr.args]
    marks = expr.name.split() if expr.name else [""] * (len(shapes) - 1)
    parts: list[tuple[Shape, object]] = [(shape, at) for at, shape in enumerate(shapes)]
    plan, shape = _fold(t, parts, marks)
    t.plans[id(expr)] = plan
    return shape


def _fold(t: Typing, parts: list[tuple[Shape, object]], marks: list[str]) -> tuple[object, Shape]:
    u = t.unifier
    first_error: ShapeMismatch | None = None
    for start, stop in _groupings(t, parts):
        saved = dict(u.bound)
        try:
            inner = _left(t, parts[start:stop], marks[start : stop - 1])
            whole = [*parts[:start], (inner[1], inner[0]), *parts[stop:]]
            left = [*marks[:start], *marks[stop - 1 :]]
            return _left(t, whole, left) if (start, stop) != (0, len(parts)) else inner
        except ShapeMismatch as error:
            first_error = first_error or error
            u.bound = saved
    raise first_error or ShapeMismatch("the factors do not fit")


def _groupings(t: Typing, parts: list[tuple[Shape, object]]):
    """The whole from left to right first, then every run that starts with a row and ends with a column."""
    yield (0, len(parts))
    u = t.unifier
    rows = [at for at, (shape, _) in enumerate(parts) if u.find(shape[0]) == 1 and not u.is_scalar(shape)]
    cols = [at for at, (shape, _) in enumerate(parts) if u.find(shape[1]) == 1 and not u.is_scalar(shape)]
    for start in rows:
        for stop in cols:
            if stop > start and (start, stop + 1) != (0, len(parts)):
                yield (start, stop + 1)


def _left(t: Typing, parts: list[tuple[Shape, object]], marks: list[str]) -> tuple[object, Shape]:
    shape, plan = parts[0]
    for (following, part), mark in zip(parts[1:], marks, strict=True):
        rule, _ = MARKS.get(mark, (multiply_shape, multiply))
        shape = rule(t.unifier, shape, following)
        plan = (plan, part, mark)
    return plan, shape


def _product(env: Env, expr: Expr) -> Array:
    values = [env.evaluate(arg) for arg in expr.args]

    def run(plan: object) -> Array:
        if isinstance(plan, int):
            return values[plan]
        left, right, mark = plan
        try:
            _, evaluate = MARKS.get(mark, (multiply_shape, multiply))
            return evaluate(run(left), run(right))
        except ValueError:
            raise ShapeMismatch("the factors do not fit", expr.span) from None

    return run(env.typing.plans[id(expr)])


def _bounds(expr: Expr) -> tuple[tuple[str, ...], Expr | None, Expr | None, Expr]:
    """Indices, lower bound, upper bound, body of a sum_over: args are body, [lower, upper]."""
    names = tuple(expr.name.split())
    lower, upper = (expr.args[1], expr.args[2]) if len(expr.args) == 3 else (None, None)
    return names, lower, upper, expr.args[0]


def _over_shape(t: Typing, expr: Expr) -> Shape:
    names, lower, upper, body = _bounds(expr)
    saved = {name: t.ranges.get(name) for name in names}
    for name in names:
        t.ranges[name] = t.range_of(lower, upper)
    t.bound.extend(names)
    try:
        shape = t.infer(body)
    finally:
        del t.bound[-len(names) :]
    t.plans[id(expr)] = {name: t.ranges[name] for name in names}
    for name, size in saved.items():
        if size is None:
            t.ranges.pop(name)
        else:
            t.ranges[name] = size
    return shape


def _values(env: Env, expr: Expr) -> list[dict[str, int]]:
    """Every assignment of the bound indices, from zero."""
    names, lower, upper, _ = _bounds(expr)
    first, last = 0, None
    if lower is not None and lower.op != "empty":
        first = _whole(env, lower) - 1
    if upper is not None and upper.op != "empty" and not (first == 0 and upper.op == "symbol"):
        last = _whole(env, upper)
    combos: list[dict[str, int]] = [{}]
    for name in names:
        stop = last if last is not None else env.model.size(env.typing.plans[id(expr)][name])
        if len(combos) * (stop - first) > MAX_TERMS:
            raise BoundExceeded(f"a sum of more than {MAX_TERMS} terms", expr.span)
        combos = [combo | {name: k} for combo in combos for k in range(first, stop)]
    return combos


def _whole(env: Env, bound: Expr) -> int:
    """The number of a sum's lower or upper bound."""
    value = float(np.real(env.evaluate(bound).ravel()[0]))
    if not np.isfinite(value):
        raise Unsupported("the range of the sum is not understood", bound.span)
    return round(value)


def _sum_over(env: Env, expr: Expr) -> Array:
    total: Array | None = None
    for combo in _values(env, expr):
        part = env.with_index(**combo).evaluate(expr.args[0])
        total = part if total is None else total + part
    if total is None:
        return env.constant(np.zeros(env.shape_of(expr)))
    return total


def _mean_over(env: Env, expr: Expr) -> Array:
    return _sum_over(env, expr) / len(_values(env, expr))


def _product_over(env: Env, expr: Expr) -> Array:
    total: Array | None = None
    for combo in _values(env, expr):
        part = env.with_index(**combo).evaluate(expr.args[0])
        total = part if total is None else multiply(total, part)
    return env.constant(1.0) if total is None else total


OPS = (
    Op("sum", "sum; numbers go with any shape", form="structure", infer=_sum_shape, run=_sum,
       examples=(Example(r"A + B = B + A", "A, B in R^{m x n}"),)),
    Op("product", "product of several factors", form="structure", infer=_product_shape, run=_product,
       examples=(Example(r"x^T A x B y = B y x^T A x", "x in R^n; A in R^{n x n}; B in R^{m x p}; y in R^p"),)),
    Op("sum_over", "sum over an index", form="structure", infer=_over_shape, run=_sum_over,
       examples=(Example(r"\sum_i x_i y_i = x^T y", "x, y in R^n"),)),
    Op("mean_over", "mean of the members of a family", form="structure", infer=_over_shape, run=_mean_over,
       examples=(Example(r"\sum_i (x_i - \bar{x})^T (x_i - \bar{x}) = \sum_i x_i^T (x_i - \bar{x})", "x_i in R^d"),)),
    Op("product_over", "product over an index", form="structure", infer=_over_shape, run=_product_over,
       examples=(Example(r"\log \prod_i x_i = \sum_i \log x_i", "x in R^n positive"),)),
)  # fmt: skip
