"""Transpose, inverse, determinant, trace, vec and diag."""

from __future__ import annotations

import numpy as np

from texgrad.dims import SCALAR, Shape, Unifier, product
from texgrad.expr import Expr
from texgrad.ops.table import (
    Array,
    Example,
    Op,
    diagonal_matrix,
    is_vector,
    require_square,
    square_to_scalar,
    square_to_square,
    transpose,
)

SINGULAR = 1e9  # the condition from which on an inverse is rounding


def inverse(x: Array) -> Array:
    try:
        result = np.linalg.inv(x)
    except np.linalg.LinAlgError:
        return np.full_like(x, np.nan)
    size = np.abs(x).max(axis=(1, 2), keepdims=True) * np.abs(result).max(axis=(1, 2), keepdims=True)
    return np.where(size < SINGULAR, result, np.nan)


def _inverse_shape(t, expr: Expr) -> Shape:
    """That of the matrix; in (Z^T W Z)^{-1} the matrix Z has no more columns than rows."""
    inside = expr.args[0]
    shape = square_to_square(t.unifier, t.infer(inside))
    if inside.op == "product":
        first, last = inside.args[0], inside.args[-1]
        if Expr("transpose", (first,)) == last or Expr("transpose", (last,)) == first:
            t.taller.append(t.infer(last))
    return shape


def vec_shape(u: Unifier, x: Shape) -> Shape:
    return (product(u.find(x[0]), u.find(x[1])), 1)


def vec(x: Array) -> Array:
    """Stack the columns: (draws, m, n) -> (draws, m n, 1)."""
    return transpose(x).reshape(x.shape[0], -1, 1)


def diag_shape(u: Unifier, x: Shape) -> Shape:
    """A vector gives a diagonal matrix, a square matrix gives its diagonal."""
    if is_vector(u, x):
        size = x[1] if u.find(x[0]) == 1 else x[0]
        return (size, size)
    if u.is_scalar(x):
        return SCALAR
    return (require_square(u, x), 1)


def diag(x: Array) -> Array:
    if 1 in x.shape[1:]:
        return diagonal_matrix(x)
    return np.diagonal(x, axis1=1, axis2=2)[:, :, None]


def determinant(x: Array) -> Array:
    return np.linalg.det(x)[:, None, None]


def adjugate(x: Array) -> Array:
    """Transpose of the matrix of cofactors; det(X) X^{-1} where X is invertible."""
    return transpose(cofactor(x))


def cofactor(x: Array) -> Array:
    size = x.shape[1]
    result = np.empty_like(x)
    for i in range(size):
        for j in range(size):
            minor = np.delete(np.delete(x, i, 1), j, 2)
            result[:, i, j] = (-1) ** (i + j) * (np.linalg.det(minor) if size > 1 else 1.0)
    return result


OPS = (
    Op(
        "transpose",
        "transpose",
        lambda u, x: (x[1], x[0]),
        transpose,
        form="structure",
        examples=(Example(r"(A^T)^T = A", "A in R^{m x n}"),),
    ),
    Op(
        "inverse",
        "inverse of a square matrix",
        square_to_square,
        inverse,
        infer=_inverse_shape,
        run=lambda env, expr: inverse(env.evaluate(expr.args[0])),
        spellings=("inv",),
        examples=(Example(r"A A^{-1} = I", "A in R^{n x n}"),),
    ),
    Op(
        "pinv",
        "Moore-Penrose pseudo-inverse",
        lambda u, x: (x[1], x[0]),
        np.linalg.pinv,
        spellings=("pinv",),
        examples=(Example(r"A A^+ A = A", "A in R^{m x n}"),),
    ),
    Op(
        "det",
        "determinant",
        square_to_scalar,
        determinant,
        spellings=("det", "Det"),
        examples=(Example(r"\det(A B) = \det(A) \det(B)", "A, B in R^{n x n}"),),
    ),
    Op(
        "log_det",
        "logarithm of the determinant",
        square_to_scalar,
        lambda x: np.log(np.where(determinant(x) > 0, determinant(x), np.nan)),
        spellings=("logdet",),
        examples=(Example(r"\operatorname{logdet}(A) = \log \det(A)", "A in R^{n x n} positive definite"),),
    ),
    Op(
        "trace",
        "trace",
        square_to_scalar,
        lambda x: np.trace(x, axis1=1, axis2=2)[:, None, None],
        spellings=("tr", "Tr", "trace", "Trace", "Sp", "sp", "Spur", "spur", "traza", "traccia"),
        examples=(Example(r"\operatorname{tr}(A B) = \operatorname{tr}(B A)", "A in R^{m x n}; B in R^{n x m}"),),
    ),
    Op(
        "vec",
        "the columns stacked into one vector",
        vec_shape,
        vec,
        spellings=("vec", "Vec"),
        examples=(
            Example(
                r"\operatorname{vec}(A X B) = (B^T \otimes A) \operatorname{vec}(X)",
                "A in R^{m x n}; X in R^{n x p}; B in R^{p x q}",
            ),
        ),
    ),
    Op(
        "vec_rows",
        "the rows stacked into one vector",
        vec_shape,
        lambda x: x.reshape(x.shape[0], -1, 1),
        spellings=("rvec", "vecr"),
        examples=(Example(r"\operatorname{rvec}(A) = \operatorname{vec}(A^T)", "A in R^{m x n}"),),
    ),
    Op(
        "diag",
        "diagonal matrix of a vector, or diagonal of a matrix",
        diag_shape,
        diag,
        spellings=("diag", "Diag", "diagonal"),
        readings=("diag_part",),
        examples=(Example(r"\operatorname{diag}(a) b = a \odot b", "a, b in R^n"),),
    ),
    Op(
        "diag_part",
        "the matrix with all but its diagonal set to zero",
        square_to_square,
        lambda x: x * np.eye(x.shape[1]),
        spellings=("ddiag", "dg"),
        examples=(Example(r"\operatorname{tr}(\operatorname{ddiag}(A)) = \operatorname{tr}(A)", "A in R^{n x n}"),),
    ),
    Op(
        "adjugate",
        "adjugate: the transposed matrix of cofactors",
        square_to_square,
        adjugate,
        spellings=("adj", "adjugate"),
        examples=(Example(r"A \operatorname{adj}(A) = \det(A) I", "A in R^{n x n}"),),
    ),
    Op(
        "cofactor",
        "matrix of cofactors",
        square_to_square,
        cofactor,
        spellings=("cof", "com", "Com", "cofactor"),
        examples=(Example(r"\operatorname{cof}(A) = \operatorname{adj}(A)^T", "A in R^{n x n}"),),
    ),
)
