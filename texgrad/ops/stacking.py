"""Half-vectorisation and the constant matrices of vec calculus: commutation, duplication, elimination."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import Dim, Flexible, Shape, Unifier, product, triangular
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op, require_square

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing


def below(size: int) -> tuple[Array, Array]:
    """Rows and columns of the entries on and below the diagonal, column by column."""
    cols, rows = np.triu_indices(size)
    return rows, cols


def vech_shape(u: Unifier, x: Shape) -> Shape:
    return (triangular(u.find(require_square(u, x))), 1)


def vech(x: Array) -> Array:
    rows, cols = below(x.shape[1])
    return x[:, rows, cols][:, :, None]


def commutation_matrix(rows: int, cols: int) -> Array:
    """K with K vec(A) = vec(A^T) for A of rows x cols (Magnus and Neudecker, chapter 3.7)."""
    places = np.arange(rows * cols).reshape(cols, rows).T.ravel()
    return np.eye(rows * cols)[places]


def duplication_matrix(size: int) -> Array:
    """D with D vech(A) = vec(A) for symmetric A of size x size (Magnus and Neudecker, chapter 3.8)."""
    rows, cols = below(size)
    result = np.zeros((size * size, len(rows)))
    number = np.arange(len(rows))
    result[cols * size + rows, number] = 1
    result[rows * size + cols, number] = 1
    return result


def elimination_matrix(size: int) -> Array:
    """L with L vec(A) = vech(A)."""
    rows, cols = below(size)
    result = np.zeros((len(rows), size * size))
    result[np.arange(len(rows)), cols * size + rows] = 1
    return result


def _sizes(t: Typing, expr: Expr, count: int) -> list[Dim]:
    """The sizes in the subscript; one for both where there is one, fresh ones where there is none."""
    found = [t.size_of(arg) for arg in expr.args] or [Flexible() for _ in range(count)]
    found = (found * count)[:count]
    t.plans[id(expr)] = found
    return found


def _commutation_shape(t: Typing, expr: Expr) -> Shape:
    rows, cols = _sizes(t, expr, 2)
    return (product(rows, cols), product(cols, rows))


def _commutation(env: Env, expr: Expr) -> Array:
    rows, cols = map(env.model.size, env.typing.plans[id(expr)])
    return env.constant(commutation_matrix(rows, cols))


def _tall_shape(t: Typing, expr: Expr) -> Shape:
    (size,) = _sizes(t, expr, 1)
    return (product(size, size), triangular(size))


def _wide_shape(t: Typing, expr: Expr) -> Shape:
    tall, short = _tall_shape(t, expr)
    return (short, tall)


def _constant(matrix):
    def run(env: Env, expr: Expr) -> Array:
        (size,) = env.typing.plans[id(expr)]
        return env.constant(matrix(env.model.size(size)))

    return run


OPS = (
    Op("vech", "the columns of the lower triangle stacked into one vector", vech_shape, vech, spellings=("vech",),
       examples=(Example(r"\operatorname{vech}(A + B) = \operatorname{vech}(A) + \operatorname{vech}(B)",
                         "A, B in R^{n x n}"),)),
    Op("commutation", "commutation matrix: K vec(A) = vec(A^T)", form="structure", infer=_commutation_shape,
       run=_commutation,
       examples=(Example(r"K_{mn} \operatorname{vec}(A) = \operatorname{vec}(A^T)", "A in R^{m x n}",
                         "$K_{mn}$ is the commutation matrix."),)),
    Op("duplication", "duplication matrix: D vech(A) = vec(A) for symmetric A", form="structure", infer=_tall_shape,
       run=_constant(duplication_matrix),
       examples=(Example(r"D_n \operatorname{vech}(A) = \operatorname{vec}(A)", "A in R^{n x n} symmetric",
                         "$D_n$ is the duplication matrix."),)),
    Op("elimination", "elimination matrix: L vec(A) = vech(A)", form="structure", infer=_wide_shape,
       run=_constant(elimination_matrix),
       examples=(Example(r"L_n \operatorname{vec}(A) = \operatorname{vech}(A)", "A in R^{n x n}",
                         "$L_n$ is the elimination matrix."),)),
)  # fmt: skip
