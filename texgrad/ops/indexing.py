"""Entries, rows, columns and family members: what a subscript picks out; the Kronecker delta."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import SCALAR, Dim, Flexible, Shape, difference
from texgrad.errors import BeyondRange, IndexMismatch, ShapeMismatch
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing


LINES = frozenset(("row_upright", "column", "eigenvector", "eigenvalue"))  # what a member of a sample may be of X


PLACES = "places of "  # in front of a name: the size that the places which it holds run over


def _range(t: Typing, index: Expr) -> Dim:
    """The dimension that an index runs over; y_i, the class of an example, is any place in it."""
    if index.op not in ("member", "entry"):
        return t.run_over(index)
    t.infer(index)
    return t.loose.setdefault(PLACES + (index.name or index.args[0].name), Flexible())


def tie(t: Typing, index: Expr, size) -> None:
    """Let an index run over a dimension: i over the rows of A in A_ij; the 3 in x_3 asks for three entries."""
    if index.op == "number" and index.name.isdigit():
        t.least.append((size, int(index.name)))
    try:
        t.unifier.unify(_range(t, index), size)
    except ShapeMismatch as problem:
        raise IndexMismatch(problem.message, index.span) from None


def position(env: Env, index: Expr, size: int) -> int:
    """The place, from zero, that an index expression names; i+1 past the end is not there."""
    at = round(float(env.evaluate(index).ravel()[0])) - 1
    if not 0 <= at < size:
        raise BeyondRange("an index beyond its range", index.span)
    return at


def _entry_shape(t: Typing, expr: Expr) -> Shape:
    base, *indices = expr.args
    if base.op == "symbol":
        t.expect(base.name, "matrix" if len(indices) == 2 else "column")
    shape = t.infer(base)
    rows, cols = t.unifier.find(shape[0]), t.unifier.find(shape[1])
    if len(indices) == 2:
        if rows == 1 and cols == 1:
            raise ShapeMismatch("a scalar has no entries")
        tie(t, indices[0], shape[0])
        tie(t, indices[1], shape[1])
    elif rows != 1 and cols != 1:
        raise ShapeMismatch(f"one index for a matrix ({t.unifier.show(shape)})")
    elif rows == 1 and cols == 1:
        raise ShapeMismatch("a scalar has no entries")
    else:
        tie(t, indices[0], shape[1] if rows == 1 else shape[0])
    return SCALAR


def _entry(env: Env, expr: Expr) -> Array:
    base, *indices = expr.args
    value = env.evaluate(base)
    rows, cols = value.shape[1:]
    if len(indices) == 2:
        i, j = position(env, indices[0], rows), position(env, indices[1], cols)
    elif rows == 1:
        i, j = 0, position(env, indices[0], cols)
    else:
        i, j = position(env, indices[0], rows), 0
    return value[:, i : i + 1, j : j + 1]


def _line_shape(is_row: bool, upright: bool = False):
    def infer(t: Typing, expr: Expr) -> Shape:
        shape = t.infer(expr.args[0])
        tie(t, expr.args[1], shape[0] if is_row else shape[1])
        if is_row:
            return (shape[1], 1) if upright else (1, shape[1])
        return (shape[0], 1)

    return infer


def _line(is_row: bool, upright: bool = False):
    def run(env: Env, expr: Expr) -> Array:
        value = env.evaluate(expr.args[0])
        at = position(env, expr.args[1], value.shape[1 if is_row else 2])
        if is_row:
            row = value[:, at : at + 1, :]
            return np.swapaxes(row, 1, 2) if upright else row
        return value[:, :, at : at + 1]

    return run


def _member_shape(t: Typing, expr: Expr) -> Shape:
    """A member x_i of a family; name is the family, args its indices."""
    definition = t.member_definition(expr.name, len(expr.args))
    if definition is not None and definition.indices and len(definition.indices) == len(expr.args):
        if definition.body.op in LINES:
            return _tied_member_shape(t, expr, definition)
        if t.scope.definition(expr.name) is definition:
            return _defined_member_shape(t, expr)
        return _sampled_member_shape(t, expr, definition)
    sizes = t.family(expr.name, len(expr.args))
    for index, size in zip(expr.args, sizes, strict=False):
        tie(t, index, size)
    return (sizes[-2], sizes[-1])


def _defined_member_shape(t: Typing, expr: Expr) -> Shape:
    for index in expr.args:
        t.infer(index)
    shape = t.symbol(expr.name)
    sizes = t.members.get(expr.name)
    if sizes is None:
        for index, size in zip(expr.args, shape, strict=False):
            tie(t, index, size)
        return SCALAR
    for index, size in zip(expr.args, sizes, strict=False):
        tie(t, index, size)
    return (sizes[-2], sizes[-1])


def _sampled_member_shape(t: Typing, expr: Expr, definition) -> Shape:
    """The shape of the body that defines a member, its index running over what the index here does."""
    here = [t.run_over(index) for index in expr.args]
    saved = {name: t.ranges.get(name) for name in definition.indices}
    t.ranges |= dict(zip(definition.indices, here, strict=True))
    t.bound.extend(definition.indices)
    try:
        return t.infer(definition.body)
    finally:
        del t.bound[-len(definition.indices) :]
        for name, size in saved.items():
            if size is None:
                t.ranges.pop(name)
            else:
                t.ranges[name] = size


def _tied_member_shape(t: Typing, expr: Expr, definition) -> Shape:
    """A row or column of a matrix under the name of a sample, an eigenvalue or eigenvector under its own."""
    line = definition.body
    rows, cols = t.infer(line.args[0])
    tie(t, expr.args[0], cols if line.op == "column" else rows)
    shapes = {"row_upright": (cols, 1), "column": (rows, 1), "eigenvector": (rows, 1), "eigenvalue": SCALAR}
    t.shapes[id(line)] = shapes[line.op]
    return t.shapes[id(line)]


def member_places(env: Env, expr: Expr) -> tuple[int, ...]:
    """Which member of a defined family is meant, from zero."""
    return tuple(round(float(env.evaluate(index).ravel()[0])) - 1 for index in expr.args)


def member_key(name: str, places: tuple[int, ...]) -> str:
    """The name under which one member of a defined family is given another value."""
    return f"{name}[{','.join(map(str, places))}]"


def _member(env: Env, expr: Expr) -> Array:
    definition = env.typing.member_definition(expr.name, len(expr.args))
    if definition is not None and len(definition.indices) == len(expr.args):
        own = env.typing.definition(expr.name) is definition
        if own and not env.typing.members.get(expr.name):
            whole = env.value(expr.name)
            places = [position(env, index, whole.shape[k + 1]) for k, index in enumerate(expr.args)]
            row, col = (*places, 0)[:2]
            return whole[:, row : row + 1, col : col + 1]
        places = member_places(env, expr)
        moved = env.over.get(member_key(expr.name, places))
        if moved is not None:
            return moved
        return env.member(definition, places)
    whole = env.family(expr.name)
    places = [position(env, index, whole.shape[k + 1]) for k, index in enumerate(expr.args)]
    return whole[(slice(None), *places)]


def _delta_shape(t: Typing, expr: Expr) -> Shape:
    left, right = (_range(t, index) for index in expr.args)
    t.unifier.unify(left, right)
    return SCALAR


def _delta(env: Env, expr: Expr) -> Array:
    left, right = (env.evaluate(arg) for arg in expr.args)
    return (np.abs(left - right) < 0.5).astype(float)


def _without_shape(t: Typing, expr: Expr) -> Shape:
    rows, cols = t.infer(expr.args[0])
    tie(t, expr.args[1], rows)
    tie(t, expr.args[2], cols)
    return (difference(rows, 1), difference(cols, 1))


def _without(env: Env, expr: Expr) -> Array:
    value = env.evaluate(expr.args[0])
    i, j = (position(env, index, size) for index, size in zip(expr.args[1:], value.shape[1:], strict=True))
    return np.delete(np.delete(value, i, 1), j, 2)


OPS = (
    Op("entry", "entry of a vector or matrix", form="structure", infer=_entry_shape, run=_entry,
       examples=(Example(r"(A^T)_{ij} = A_{ji}", "A in R^{m x n}"),)),
    Op("row", "row of a matrix", form="structure", infer=_line_shape(True), run=_line(True), readings=("row_upright",),
       examples=(Example(r"(A_{i:})^T = (A^T)_{:i}", "A in R^{m x n}"),)),
    Op("row_upright", "row of a matrix, as a column vector", form="structure", infer=_line_shape(True, True),
       run=_line(True, True),
       examples=(Example(r"X^T X = \sum_i x_i x_i^T", "X in R^{m x n}; rows of X are x"),)),
    Op("column", "column of a matrix", form="structure", infer=_line_shape(False), run=_line(False),
       examples=(Example(r"A_{:i} = A \mathbf{e}_i", "A in R^{m x n}"),)),
    Op("without", "matrix without a row and a column", form="structure", infer=_without_shape, run=_without,
       examples=(Example(r"\det([A]_{11}) = \operatorname{adj}(A)_{11}", "A in R^{n x n}",
                         "$[A]_{ij}$ is $A$ with row $i$ and column $j$ deleted."),)),
    Op("member", "member of a family: x_i, x^{(i)}", form="structure", infer=_member_shape, run=_member,
       examples=(Example(r"\frac{\partial}{\partial w} \sum_i (w^T x_i)^2 = 2 \sum_i (w^T x_i) x_i",
                         "w in R^d; x_i in R^d; layout denominator"),)),
    Op("delta", "Kronecker delta", form="structure", infer=_delta_shape, run=_delta,
       examples=(Example(r"\sum_j \delta_{ij} x_j = x_i", "x in R^n"),)),
)  # fmt: skip
