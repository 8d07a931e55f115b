"""Sums, products, quotients and powers, and the infix products of matrix calculus."""

from __future__ import annotations

import numpy as np

from texgrad.dims import SCALAR, Shape, Unifier, product
from texgrad.errors import ShapeMismatch
from texgrad.ops.table import Array, Example, Op, is_vector, require_square, sum_all


def multiply_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    """Scalar times anything, or a matrix product."""
    if u.is_scalar(x):
        return y
    if u.is_scalar(y):
        return x
    try:
        u.unify(x[1], y[0])
    except ShapeMismatch:
        raise ShapeMismatch(f"{u.describe(x)} times {u.describe(y)}") from None
    return (x[0], y[1])


def multiply(x: Array, y: Array) -> Array:
    if x.shape[1:] == (1, 1) or y.shape[1:] == (1, 1):
        return x * y
    return x @ y


def dot_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    """A product, or the inner product of two vectors of one kind."""
    if is_vector(u, x) and is_vector(u, y) and (u.find(x[0]) == 1) == (u.find(y[0]) == 1):
        u.same(x, y)
        return SCALAR
    return multiply_shape(u, x, y)


def dot(x: Array, y: Array) -> Array:
    if x.shape == y.shape and 1 in x.shape[1:] and x.shape[1:] != (1, 1):
        return sum_all(x * y)
    return multiply(x, y)


def star_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    """A product as array languages write it: of two arrays of one shape entry by entry, unless they are square."""
    return x if _alike(u.shape(x), u.shape(y)) else multiply_shape(u, x, y)


def star(x: Array, y: Array) -> Array:
    return x * y if _alike(x.shape[1:], y.shape[1:]) else multiply(x, y)


def _alike(x: tuple, y: tuple) -> bool:
    return x == y and x[0] != x[1]


def hadamard_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    if u.is_scalar(x):
        return y
    if u.is_scalar(y):
        return x
    return u.same(x, y)


def divide_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    """Division by a scalar; of equal shapes, entry by entry."""
    if u.is_scalar(y):
        return x
    if u.is_scalar(x):
        if is_vector(u, y):
            return y
        raise ShapeMismatch(f"division by a matrix ({u.show(y)})")
    return u.same(x, y)


def power_shape(u: Unifier, x: Shape, exponent: Shape) -> Shape:
    """A scalar power, a power of a square matrix, or the entrywise power of a vector."""
    if not u.is_scalar(exponent):
        if u.is_scalar(x):
            raise ShapeMismatch("a matrix in the exponent")
        return u.same(x, exponent)
    if u.is_scalar(x) or is_vector(u, x):
        return x
    size = require_square(u, x)
    return (size, size)


def power(x: Array, exponent: Array) -> Array:
    if x.shape[1:] == (1, 1) or 1 in x.shape[1:] or exponent.shape[1:] != (1, 1):
        return np.power(x, exponent)
    wanted = exponent.ravel()
    if np.all(wanted == wanted[0]) and float(wanted[0]).is_integer() and abs(wanted[0]) <= 12:
        return np.linalg.matrix_power(x, int(wanted[0]))
    values, vectors = np.linalg.eig(x)
    powered = vectors * (values.astype(complex) ** exponent[:, 0])[:, None, :]
    result = powered @ np.linalg.inv(vectors)
    return np.where(np.abs(result.imag) < 1e-9, result.real, np.nan)


def kronecker_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    return (product(u.find(x[0]), u.find(y[0])), product(u.find(x[1]), u.find(y[1])))


def kronecker(x: Array, y: Array) -> Array:
    """(draws, m, n), (draws, p, q) -> (draws, m p, n q): blocks x_ij y (Matrix Cookbook, chapter 10.2)."""
    blocks = x[:, :, None, :, None] * y[:, None, :, None, :]
    return blocks.reshape(x.shape[0], x.shape[1] * y.shape[1], x.shape[2] * y.shape[2])


def elementwise_divide(x: Array, y: Array) -> Array:
    return x / y


OPS = (
    Op(
        "neg",
        "the negative",
        lambda u, x: x,
        lambda x: -x,
        form="structure",
        examples=(Example(r"-(-A) = A", "A in R^{m x n}"),),
    ),
    Op(
        "multiply",
        "scalar multiple or matrix product",
        multiply_shape,
        multiply,
        form="infix",
        spellings=("*",),
        examples=(Example(r"(A B)^T = B^T A^T", "A in R^{m x n}; B in R^{n x p}"),),
    ),
    Op(
        "dot",
        "product; of two vectors the inner product",
        dot_shape,
        dot,
        form="infix",
        spellings=("\\cdot", "\\bullet"),
        examples=(Example(r"a \cdot b = a^T b", "a, b in R^n"),),
    ),
    Op(
        "hadamard",
        "elementwise (Hadamard) product",
        hadamard_shape,
        lambda x, y: x * y,
        form="infix",
        spellings=("\\odot", "\\circ", "\\ast", "\\circledast"),
        readings=("khatri_rao",),
        examples=(Example(r"A \odot B = B \odot A", "A, B in R^{m x n}"),),
    ),
    Op(
        "elementwise_divide",
        "elementwise (Hadamard) division",
        hadamard_shape,
        elementwise_divide,
        form="infix",
        spellings=("\\oslash",),
        examples=(Example(r"(A \odot B) \oslash B = A", "A, B in R^{m x n}"),),
    ),
    Op(
        "kronecker",
        "Kronecker product",
        kronecker_shape,
        kronecker,
        form="infix",
        spellings=("\\otimes",),
        examples=(Example(r"(A \otimes B)^T = A^T \otimes B^T", "A in R^{m x n}; B in R^{p x q}"),),
    ),
    Op(
        "divide",
        "division by a scalar, or of entries",
        divide_shape,
        lambda x, y: x / y,
        form="structure",
        examples=(Example(r"\frac{a A}{a} = A", "a scalar; A in R^{m x n}"),),
    ),
    Op(
        "power",
        "power of a scalar, of a square matrix, or of each entry of a vector",
        power_shape,
        power,
        form="structure",
        examples=(Example(r"\operatorname{tr}(A^2) = \operatorname{tr}(A A)", "A in R^{n x n}"),),
    ),
)
