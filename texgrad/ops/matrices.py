"""Matrices written out, distinctions of cases, conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import SCALAR, Flexible, Shape, total
from texgrad.errors import ShapeMismatch, Unsupported
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing


def _block_shape(t: Typing, expr: Expr) -> Shape:
    """Blocks that share a row share their number of rows, and so for columns."""
    shapes = [[t.infer(cell) for cell in row.args] for row in expr.args]
    if len({len(row) for row in shapes}) != 1:
        raise ShapeMismatch("the rows of the matrix have different lengths")
    for row in shapes:
        for cell in row[1:]:
            t.unifier.unify(row[0][0], cell[0])
    for row in shapes[1:]:
        for above, cell in zip(shapes[0], row, strict=True):
            t.unifier.unify(above[1], cell[1])
    rows, cols = t.unifier.find(shapes[0][0][0]), t.unifier.find(shapes[0][0][1])
    for row in shapes[1:]:
        rows = total(rows, t.unifier.find(row[0][0]))
    for cell in shapes[0][1:]:
        cols = total(cols, t.unifier.find(cell[1]))
    return (rows, cols)


def _block(env: Env, expr: Expr) -> Array:
    rows = []
    for row in expr.args:
        cells = [env.evaluate(cell) for cell in row.args]
        rows.append(np.concatenate(cells, axis=2))
    return np.concatenate(rows, axis=1)


def _cases_shape(t: Typing, expr: Expr) -> Shape:
    """Args are value, condition, value, condition ...; a last value without condition is the rest."""
    shape: Shape | None = None
    for k, arg in enumerate(expr.args):
        found = t.infer(arg)
        if k % 2 == 0 or (k == len(expr.args) - 1 and len(expr.args) % 2):
            if shape is None or (t.unifier.is_scalar(shape) and not t.unifier.is_scalar(found)):
                shape = found
            elif not t.unifier.is_scalar(found):
                t.unifier.same(shape, found)
    return shape or SCALAR


def _cases(env: Env, expr: Expr) -> Array:
    pairs = [expr.args[k : k + 2] for k in range(0, len(expr.args), 2)]
    result = env.constant(np.full(env.shape_of(expr), np.nan))
    decided = np.zeros((env.batch, 1, 1), dtype=bool)
    for pair in pairs:
        value = env.evaluate(pair[0])
        holds = env.evaluate(pair[1]) > 0.5 if len(pair) == 2 else np.ones((env.batch, 1, 1), dtype=bool)
        result = np.where(holds & ~decided, value, result)
        decided = decided | holds
    return result


def _condition_shape(t: Typing, expr: Expr) -> Shape:
    left, right = (t.infer(arg) for arg in expr.args)
    return right if t.unifier.is_scalar(left) else left


COMPARISONS = {
    "<": np.less,
    ">": np.greater,
    "\\le": np.less_equal,
    "\\ge": np.greater_equal,
    "=": lambda a, b: np.abs(a - b) < 1e-9,
    "\\ne": lambda a, b: np.abs(a - b) >= 1e-9,
}


def _condition(env: Env, expr: Expr) -> Array:
    compare = COMPARISONS.get(expr.name)
    if compare is None:
        raise Unsupported(f"the condition '{expr.name}' cannot be tested", expr.span)
    left, right = (env.evaluate(arg) for arg in expr.args)
    try:
        return compare(left, right).astype(float)
    except ValueError:
        raise ShapeMismatch(f"{left.shape[1:]} compared with {right.shape[1:]}", expr.span) from None


def _sequence_shape(t: Typing, expr: Expr) -> Shape:
    """(x_1, ..., x_n) written with dots: one entry for every value of the index `name`."""
    outer = t.ranges.get(expr.name)
    t.ranges[expr.name] = t.size_of(expr.args[1]) if len(expr.args) > 1 else Flexible()
    t.bound.append(expr.name)
    shape = t.infer(expr.args[0])
    t.bound.pop()
    t.plans[id(expr)] = t.ranges.pop(expr.name)
    if outer is not None:
        t.ranges[expr.name] = outer
    if not t.unifier.is_scalar(shape):
        return (shape[0], t.plans[id(expr)])
    return (t.plans[id(expr)], 1)


def _sequence(env: Env, expr: Expr) -> Array:
    size = env.model.size(env.typing.plans[id(expr)])
    parts = [env.with_index(**{expr.name: k}).evaluate(expr.args[0]) for k in range(size)]
    return np.concatenate(parts, axis=1 if parts[0].shape[1] == 1 else 2)


def _grid_shape(t: Typing, expr: Expr) -> Shape:
    """A matrix written with dots: the entry for the indices in `name`, rows first; args[1:] are the sizes."""
    names = expr.name.split()
    outer = {name: t.ranges[name] for name in names if name in t.ranges}
    for name, size in zip(names, expr.args[1:], strict=True):
        t.ranges[name] = t.size_of(size) if size.op != "empty" else Flexible()
    t.bound.extend(names)
    inner = t.infer(expr.args[0])
    del t.bound[-2:]
    if not t.unifier.is_scalar(inner):
        raise Unsupported("dots between blocks", expr.span)
    sizes = tuple(t.ranges.pop(name) for name in names)
    t.ranges.update(outer)
    t.plans[id(expr)] = sizes
    return (sizes[0], sizes[1])


def _grid(env: Env, expr: Expr) -> Array:
    names = expr.name.split()
    rows, cols = (env.model.size(size) for size in env.typing.plans[id(expr)])
    lines = []
    for i in range(rows):
        cells = [env.with_index(**{names[0]: i, names[1]: j}).evaluate(expr.args[0]) for j in range(cols)]
        lines.append(np.concatenate(cells, axis=2))
    return np.concatenate(lines, axis=1)


OPS = (
    Op("block", "matrix written out, also of blocks", form="structure", infer=_block_shape, run=_block,
       examples=(Example(r"\begin{bmatrix} a & b \end{bmatrix} \begin{bmatrix} a \\ b \end{bmatrix} = a^2 + b^2",
                         "a, b scalars"),)),
    Op("cases", "distinction of cases", form="structure", infer=_cases_shape, run=_cases, kinks=True,
       examples=(Example(r"\begin{cases} a & a > 0 \\ -a & a < 0 \end{cases} = |a|", "a scalar"),)),
    Op("condition", "1 where a relation holds, else 0, entry by entry", form="structure", infer=_condition_shape,
       run=_condition, kinks=True, examples=(Example(r"\mathbf{1}[a > 0] = \operatorname{step}(a)", "a scalar"),)),
    Op("sequence", "vector written with dots", form="structure", infer=_sequence_shape, run=_sequence,
       examples=(Example(r"[x_1, \dots, x_n]^T = x", "x in R^n"),)),
    Op("grid", "matrix written with dots", form="structure", infer=_grid_shape, run=_grid,
       examples=(Example(r"\begin{bmatrix} a x_1 & \cdots & a x_n \\ \vdots & & \vdots \\ a x_1 & \cdots & a x_n "
                         r"\end{bmatrix} = a \mathbf{1}_m x^T", "a scalar; x in R^n"),)),
)  # fmt: skip
