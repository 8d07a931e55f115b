"""Symbols, numbers and the constants that take their size from their place: identity, ones, zero, unit vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import SCALAR, Flexible, Shape
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing


def _sized(t: Typing, expr: Expr, both: bool) -> Shape:
    """A size from the subscript (I_n), else from the place: 1 where the note works with rows in numbers, 1 x 64."""
    worked = both and bool(t.scope.all_conventions("worked-sizes"))
    size = t.size_of(expr.args[0]) if expr.args else Flexible(may_be_one=worked)
    return (size, size) if both else (size, 1)


def _rectangle(t: Typing, expr: Expr) -> Shape:
    if not expr.args:
        return (Flexible(may_be_one=True), Flexible(may_be_one=True))
    sizes = [t.size_of(arg) for arg in expr.args]
    return (sizes[0], sizes[1] if len(sizes) > 1 else 1)


def _ones(env: Env, expr: Expr) -> Array:
    return env.constant(np.ones(env.shape_of(expr)))


def _unit(env: Env, expr: Expr) -> Array:
    """e_i: all zeros but the i-th entry."""
    rows, _ = env.shape_of(expr)
    position = round(float(env.evaluate(expr.args[0]).ravel()[0])) - 1
    result = np.zeros((rows, 1))
    result[position % rows, 0] = 1
    return env.constant(result)


def _single_entry(env: Env, expr: Expr) -> Array:
    """J^{ij}: all zeros but a one at (i, j)."""
    rows, cols = env.shape_of(expr)
    i, j = (round(float(env.evaluate(arg).ravel()[0])) - 1 for arg in expr.args)
    result = np.zeros((rows, cols))
    result[i % rows, j % cols] = 1
    return env.constant(result)


def _single_entry_shape(t: Typing, expr: Expr) -> Shape:
    rows, cols = map(t.run_over, expr.args)
    return (rows, cols)


def _unit_shape(t: Typing, expr: Expr) -> Shape:
    return (t.run_over(expr.args[0]), 1)


OPS = (
    Op("symbol", "a symbol", form="structure", infer=lambda t, e: t.symbol(e.name),
       run=lambda env, e: env.value(e.name),
       examples=(Example(r"\frac{\partial x^T x}{\partial x} = 2 x", "x in R^n; layout denominator"),)),
    Op("number", "a number", form="structure", infer=lambda t, e: SCALAR,
       run=lambda env, e: env.constant(float(e.name)),
       examples=(Example(r"\frac{d\, 3 a}{d a} = 3", "a scalar"),)),
    Op("identity", "identity matrix, of the size that its place asks for", form="structure",
       infer=lambda t, e: _sized(t, e, True), run=lambda env, e: env.constant(np.eye(env.shape_of(e)[0])),
       examples=(Example(r"A I = A", "A in R^{m x n}"),)),
    Op("ones", "vector of ones, of the size that its place asks for", form="structure",
       infer=lambda t, e: _sized(t, e, False), run=_ones,
       examples=(Example(r"\mathbf{1}^T x = \operatorname{sum}(x)", "x in R^n"),)),
    Op("ones_matrix", "matrix of ones", form="structure", infer=_rectangle, run=_ones,
       examples=(Example(r"\frac{\partial \operatorname{sum}(A)}{\partial A} = J",
                         "A in R^{m x n}; J in R^{m x n} ones; layout denominator"),)),
    Op("zeros", "zero vector or matrix, of the size that its place asks for", form="structure",
       infer=lambda t, e: (Flexible(may_be_one=True), Flexible(may_be_one=True)),
       run=lambda env, e: env.constant(np.zeros(env.shape_of(e))),
       examples=(Example(r"x + \mathbf{0} = x", "x in R^n"),)),
    Op("unit_vector", "unit vector e_i", form="structure", infer=_unit_shape, run=_unit,
       examples=(Example(r"A \mathbf{e}_i = A_{:i}", "A in R^{m x n}"),)),
    Op("single_entry", "single-entry matrix J^{ij}: a one at (i, j), zeros elsewhere", form="structure",
       infer=_single_entry_shape, run=_single_entry,
       examples=(Example(r"\frac{\partial X}{\partial X_{ij}} = J^{ij}", "X in R^{m x n}"),)),
    Op("pi", "the number pi", form="constant", spellings=("\\pi",), infer=lambda t, e: SCALAR,
       run=lambda env, e: env.constant(np.pi), examples=(Example(r"\cos \pi = -1"),)),
    Op("euler", "the number e", form="constant", spellings=("e",), infer=lambda t, e: SCALAR,
       run=lambda env, e: env.constant(np.e), examples=(Example(r"\frac{d e^a}{d a} = e^a", "a scalar"),)),
)  # fmt: skip
