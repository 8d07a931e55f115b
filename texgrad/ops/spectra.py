"""Eigenvalues and eigenvectors, singular values, Cholesky factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import SCALAR, Shape, Unifier, product
from texgrad.expr import Expr
from texgrad.ops.indexing import position, tie
from texgrad.ops.table import Array, Example, Op, require_square, square_to_scalar, square_to_square, transpose

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing


PAIR = r"$\lambda_i$ is a simple eigenvalue of $A$, and $v_i$ is its unit eigenvector."


def eigenpairs(x: Array) -> tuple[Array, Array]:
    """Eigenvalues (draws, n), the largest first, and unit eigenvectors (draws, n, n), continuous in x.

    An eigenvector's sign is that of its sum with weights that no vector of a random matrix is orthogonal to.
    """
    if not np.isfinite(x).all():
        return np.full(x.shape[:2], np.nan), np.full_like(x, np.nan)
    values, vectors = np.linalg.eig(x)
    order = np.lexsort((values.imag, -np.round(values.real, 9)), axis=1)
    values = np.take_along_axis(values, order, axis=1)
    vectors = np.take_along_axis(vectors, order[:, None, :], axis=2)
    weights = 1 + 0.37 * np.arange(x.shape[1])
    phase = (vectors * weights[:, None]).sum(axis=1, keepdims=True)
    vectors = vectors * np.abs(phase) / phase
    if np.iscomplexobj(values) and not np.iscomplexobj(x) and not np.abs(values.imag).max():
        values, vectors = values.real, vectors.real
    return values, vectors


def eigenvalues_shape(u: Unifier, x: Shape) -> Shape:
    return (require_square(u, x), 1)


def eigenvalues(x: Array) -> Array:
    return eigenpairs(x)[0][:, :, None]


def _pair_shape(vector: bool):
    def infer(t: Typing, expr: Expr) -> Shape:
        size = require_square(t.unifier, t.infer(expr.args[0]))
        tie(t, expr.args[1], size)
        return (size, 1) if vector else SCALAR

    return infer


def _eigenvalue(env: Env, expr: Expr) -> Array:
    x = env.evaluate(expr.args[0])
    at = position(env, expr.args[1], x.shape[1])
    return eigenpairs(x)[0][:, at, None, None]


def _eigenvector(env: Env, expr: Expr) -> Array:
    x = env.evaluate(expr.args[0])
    at = position(env, expr.args[1], x.shape[1])
    return eigenpairs(x)[1][:, :, at : at + 1]


def extreme_eigenvalue(choose):
    """The largest or smallest eigenvalue, where all are real."""

    def evaluate(x: Array) -> Array:
        values = eigenpairs(x)[0]
        values = np.where(np.abs(values.imag) > 0, np.nan, values.real)
        return choose(values, axis=1)[:, None, None]

    return evaluate


def singular_values_shape(u: Unifier, x: Shape) -> Shape:
    """As many as the matrix has columns, where it has not fewer rows."""
    return (x[1], 1)


def singular_values(x: Array) -> Array:
    """The roots of the eigenvalues of X^T X, the largest first."""
    values = np.linalg.eigvalsh(np.conj(transpose(x)) @ x)[:, ::-1, None]
    return np.sqrt(np.maximum(values, 0))


def in_order_shape(u: Unifier, x: Shape) -> Shape:
    return (product(*u.shape(x)), 1)


def in_order(x: Array) -> Array:
    """All entries, the largest first: what a set of numbers is compared by."""
    flat = x.reshape(x.shape[0], -1)
    order = np.lexsort((flat.imag, -np.round(flat.real, 9)), axis=1)
    return np.take_along_axis(flat, order, axis=1)[:, :, None]


def cholesky(x: Array) -> Array:
    """The lower triangular L with L L^T = X; nan where X is not positive definite.

    Entry by entry from both triangles alike, so that a derivative by all entries exists.
    """
    x = (x + transpose(x)) / 2
    try:
        return np.linalg.cholesky(x)
    except np.linalg.LinAlgError:
        return np.full_like(x, np.nan)


OPS = (
    Op("eigenvalues", "vector of the eigenvalues, the largest first", eigenvalues_shape, eigenvalues,
       spellings=("eig", "eigenvalues", "spec"),
       examples=(Example(r"\operatorname{sum}(\operatorname{eig}(A)) = \operatorname{tr}(A)",
                         "A in R^{n x n} symmetric"),)),
    Op("in_order", "entries in descending order: a set of numbers", in_order_shape, in_order, spellings=("sort",),
       examples=(Example(r"\mathbf{1}^T \operatorname{sort}(x) = \mathbf{1}^T x", "x in R^n"),)),
    Op("eigenvalue", "eigenvalue of a matrix by its number, the largest first", form="structure",
       infer=_pair_shape(False), run=_eigenvalue,
       examples=(Example(r"d \lambda_i = v_i^T (d A) v_i", "A in R^{n x n} symmetric", PAIR),)),
    Op("eigenvector", "unit eigenvector of a matrix by its number", form="structure",
       infer=_pair_shape(True), run=_eigenvector,
       examples=(Example(r"\operatorname{tr}(A v_i v_i^T) = \lambda_i", "A in R^{n x n} symmetric", PAIR),)),
    Op("largest_eigenvalue", "largest eigenvalue", square_to_scalar, extreme_eigenvalue(np.max),
       spellings=("lambdamax", "eigmax"),
       examples=(Example(r"\operatorname{eigmax}(A) = \max(\operatorname{eig}(A))", "A in R^{n x n} symmetric"),)),
    Op("smallest_eigenvalue", "smallest eigenvalue", square_to_scalar, extreme_eigenvalue(np.min),
       spellings=("lambdamin", "eigmin"),
       examples=(Example(r"\operatorname{eigmin}(A) = \min(\operatorname{eig}(A))", "A in R^{n x n} symmetric"),)),
    Op("singular_values", "vector of the singular values, the largest first", singular_values_shape, singular_values,
       spellings=("svd", "singularvalues"),
       examples=(Example(r"\operatorname{sum}(\operatorname{svd}(X)) = \|X\|_*", "X in R^{m x n}"),)),
    Op("cholesky", "lower triangular Cholesky factor", square_to_square, cholesky,
       spellings=("chol", "cholesky", "Chol"),
       examples=(Example(r"\operatorname{chol}(A) \operatorname{chol}(A)^T = A",
                         "A in R^{n x n} positive definite"),)),
)  # fmt: skip
