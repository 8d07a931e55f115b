"""Norms and inner products."""

from __future__ import annotations

import numpy as np

from texgrad.dims import SCALAR, Shape, Unifier
from texgrad.errors import ShapeMismatch
from texgrad.ops.table import Array, Example, Op, is_vector, require_scalar, scalar_of, square_to_scalar, sum_all


def frobenius(x: Array) -> Array:
    return np.sqrt(sum_all(x * x))


def nuclear_shape(u: Unifier, x: Shape) -> Shape:
    if is_vector(u, x):
        raise ShapeMismatch("the nuclear norm is one of a matrix")
    return SCALAR


def inner_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    u.same(x, y)
    return SCALAR


def weighted_shape(u: Unifier, x: Shape, weight: Shape) -> Shape:
    square_to_scalar(u, weight)
    u.unify(x[0], weight[0])
    return scalar_of(u, x)


def norm_p_shape(u: Unifier, x: Shape, p: Shape) -> Shape:
    return require_scalar(u, p)


def norm(name: str, summary: str, evaluate, example: str, *, kinks: bool = False, readings: tuple[str, ...] = ()) -> Op:
    shape = nuclear_shape if name == "norm_nuclear" else scalar_of
    return Op(
        name,
        summary,
        shape,
        evaluate,
        form="structure",
        kinks=kinks,
        readings=readings,
        examples=(Example(example, "x in R^n; X in R^{m x n}; W in R^{n x n}"),),
    )


OPS = (
    norm("norm", "Euclidean norm of a vector, Frobenius norm of a matrix", frobenius, r"\|x\|^2 = x^T x"),
    norm(
        "norm_spectral",
        "spectral norm, of a vector its length",
        lambda x: np.linalg.norm(x, 2, axis=(1, 2), keepdims=True),
        r"\|X\|_2 = \|X^T\|_2",
        readings=("norm",),
    ),
    norm(
        "norm_one",
        "sum of absolute values of a vector; largest column sum of a matrix",
        lambda x: np.abs(x).sum(axis=1, keepdims=True).max(axis=2, keepdims=True),
        r"\|x\|_1 = \|-x\|_1",
        kinks=True,
        readings=("norm_one_entries",),
    ),
    norm(
        "norm_one_entries",
        "sum of the absolute values of all entries",
        lambda x: sum_all(np.abs(x)),
        r"\|x\|_1 = \|-x\|_1",
        kinks=True,
    ),
    norm(
        "norm_infinity",
        "largest absolute value of a vector; largest row sum of a matrix",
        lambda x: np.abs(x).sum(axis=2, keepdims=True).max(axis=1, keepdims=True),
        r"\|x\|_\infty = \|-x\|_\infty",
        kinks=True,
    ),
    norm(
        "norm_nuclear",
        "nuclear norm: the sum of the singular values",
        lambda x: np.linalg.svd(x, compute_uv=False).sum(axis=1)[:, None, None],
        r"\|X\|_* = \|X^T\|_*",
    ),
    Op(
        "norm_weighted",
        "Mahalanobis norm: the square root of x^T W x",
        weighted_shape,
        lambda x, weight: np.sqrt(sum_all(x * (weight @ x))),
        form="structure",
        examples=(Example(r"\|x\|_W^2 = x^T W x", "x in R^n; W in R^{n x n} positive definite"),),
    ),
    Op(
        "norm_p",
        "p-norm of the entries",
        norm_p_shape,
        lambda x, p: sum_all(np.abs(x) ** p) ** (1 / p),
        form="structure",
        kinks=True,
        examples=(Example(r"\|x\|_4^4 = \mathbf{1}^T x^4", "x in R^n"),),
    ),
    Op(
        "inner",
        "inner product: the sum of the products of the entries",
        inner_shape,
        lambda x, y: sum_all(x * y),
        form="structure",
        examples=(Example(r"\langle x, y \rangle = x^T y", "x, y in R^n"),),
    ),
)
