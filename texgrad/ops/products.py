"""Products of matrices beyond the usual one: Khatri-Rao, outer and cross products, direct and Kronecker sums."""

from __future__ import annotations

import numpy as np

from texgrad.dims import Shape, Unifier, product, total
from texgrad.errors import ShapeMismatch
from texgrad.ops.arithmetic import kronecker, multiply, multiply_shape
from texgrad.ops.table import Array, Example, Op, is_vector, require_square


def khatri_rao_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    """(m, n), (p, n) -> (m p, n)."""
    u.unify(x[1], y[1])
    return (product(u.find(x[0]), u.find(y[0])), x[1])


def khatri_rao(x: Array, y: Array) -> Array:
    """Column j is the Kronecker product of the columns j (Kolda and Bader 2009, section 2.6)."""
    return (x[:, :, None, :] * y[:, None, :, :]).reshape(x.shape[0], -1, x.shape[2])


def direct_sum_shape(u: Unifier, *blocks: Shape) -> Shape:
    rows, cols = u.shape(blocks[0])
    for block in blocks[1:]:
        rows, cols = total(rows, u.find(block[0])), total(cols, u.find(block[1]))
    return (rows, cols)


def direct_sum(*blocks: Array) -> Array:
    """The blocks down the diagonal, zeros elsewhere."""
    rows, cols = sum(b.shape[1] for b in blocks), sum(b.shape[2] for b in blocks)
    result = np.zeros((blocks[0].shape[0], rows, cols), dtype=np.result_type(*blocks))
    row = col = 0
    for block in blocks:
        result[:, row : row + block.shape[1], col : col + block.shape[2]] = block
        row, col = row + block.shape[1], col + block.shape[2]
    return result


def kronecker_sum_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    size = product(u.find(require_square(u, x)), u.find(require_square(u, y)))
    return (size, size)


def kronecker_sum(x: Array, y: Array) -> Array:
    """A (x) I + I (x) B."""
    left, right = (np.broadcast_to(np.eye(z.shape[1]), z.shape) for z in (x, y))
    return kronecker(x, right) + kronecker(left, y)


def outer_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    if not is_vector(u, x) or not is_vector(u, y):
        raise ShapeMismatch(f"an outer product of {u.show(x)} and {u.show(y)}")
    return (product(*u.shape(x)), product(*u.shape(y)))


def outer(x: Array, y: Array) -> Array:
    return x.reshape(x.shape[0], -1, 1) * y.reshape(y.shape[0], 1, -1)


def times_shape(u: Unifier, x: Shape, y: Shape) -> Shape:
    """The cross product of two columns or of two rows, else a product."""
    for axis in (0, 1):
        if is_vector(u, x) and is_vector(u, y) and u.find(x[axis]) == u.find(y[axis]) == 1:
            three = (1, 3) if axis == 0 else (3, 1)
            u.same(x, three)
            return u.same(y, three)
    return multiply_shape(u, x, y)


def times(x: Array, y: Array) -> Array:
    if x.shape[1:] == y.shape[1:] and x.shape[1:] in ((3, 1), (1, 3)):
        return (skew(x.reshape(-1, 3, 1)) @ y.reshape(-1, 3, 1)).reshape(x.shape)
    return multiply(x, y)


def skew_shape(u: Unifier, x: Shape) -> Shape:
    u.same(x, (3, 1))
    return (3, 3)


def skew(x: Array) -> Array:
    """[x]_x, the matrix of y -> x cross y."""
    a, b, c = x[:, 0, 0], x[:, 1, 0], x[:, 2, 0]
    zero = np.zeros_like(a)
    return np.stack([zero, -c, b, c, zero, -a, -b, a, zero], axis=1).reshape(-1, 3, 3)


OPS = (
    Op("khatri_rao", "Khatri-Rao product: Kronecker product column by column", khatri_rao_shape, khatri_rao,
       spellings=("khatrirao",),
       examples=(Example(r"\operatorname{khatrirao}(A, B)^T \operatorname{khatrirao}(A, B) = (A^T A) \odot (B^T B)",
                         "A in R^{m x n}; B in R^{p x n}"),)),
    Op("direct_sum", "direct sum: blocks down the diagonal", direct_sum_shape, direct_sum, form="infix",
       spellings=("\\oplus",), readings=("kronecker_sum",),
       examples=(Example(r"(A \oplus B)^T = A^T \oplus B^T", "A in R^{m x n}; B in R^{p x q}"),)),
    Op("block_diagonal", "block-diagonal matrix", direct_sum_shape, direct_sum,
       spellings=("blkdiag", "blockdiag", "bdiag"),
       examples=(Example(r"\operatorname{blkdiag}(A, B) = A \oplus B", "A in R^{m x n}; B in R^{p x q}"),)),
    Op("kronecker_sum", "Kronecker sum", kronecker_sum_shape, kronecker_sum, spellings=("kronsum",),
       examples=(Example(r"\operatorname{kronsum}(A, B) = A \otimes I_n + I_m \otimes B",
                         "A in R^{m x m}; B in R^{n x n}"),)),
    Op("outer", "outer product of two vectors", outer_shape, outer, spellings=("outer",),
       examples=(Example(r"\operatorname{outer}(a, b) = a b^T", "a in R^m; b in R^n"),)),
    Op("times", "product; of two vectors of three entries the cross product", times_shape, times, form="infix",
       spellings=("\\times",), examples=(Example(r"a \times b = -(b \times a)", "a, b in R^3"),)),
    Op("skew", "matrix of the cross product", skew_shape, skew, spellings=("skew", "Skew"),
       examples=(Example(r"\operatorname{skew}(a) b = a \times b", "a, b in R^3"),)),
)  # fmt: skip
