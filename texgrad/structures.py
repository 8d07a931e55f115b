"""A matrix's structure in, the directions along which its entries move together out.

Direction (i, j) moves the variable that stands at place (i, j): for a symmetric matrix the entries (i, j) and (j, i)
(Matrix Cookbook, chapter 2.8).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Array = np.ndarray


def _places(size: int) -> tuple[Array, Array, Array, Array]:
    """Four arrays (i, j, k, l) of shape (size, size, size, size): the entry (k, l) of direction (i, j)."""
    return tuple(np.meshgrid(*[np.arange(size)] * 4, indexing="ij"))


def _symmetric(size: int) -> Array:
    i, j, k, m = _places(size)
    return (((k == i) & (m == j)) | ((k == j) & (m == i))).astype(float)


def _skew(size: int) -> Array:
    i, j, k, m = _places(size)
    return ((k == i) & (m == j)).astype(float) - ((k == j) & (m == i))


def _toeplitz(size: int) -> Array:
    i, j, k, m = _places(size)
    return (m - k == j - i).astype(float)


def _within(allowed: Callable[[Array, Array], Array]) -> Callable[[int], Array]:
    """Entries are independent where they may differ from zero; the other places have no direction."""

    def directions(size: int) -> Array:
        i, j, k, m = _places(size)
        return ((k == i) & (m == j) & allowed(i, j)).astype(float)

    return directions


DIRECTIONS: dict[str, Callable[[int], Array]] = {
    "diagonal": _within(np.equal),
    "toeplitz": _toeplitz,
    "symmetric": _symmetric,
    "positive-definite": _symmetric,
    "positive-semidefinite": _symmetric,
    "skew-symmetric": _skew,
    "lower-triangular": _within(np.greater_equal),
    "upper-triangular": _within(np.less_equal),
}


def structure(properties: frozenset[str]) -> str | None:
    """The property of a matrix that ties its entries; None where they are independent."""
    return next((name for name in DIRECTIONS if name in properties), None)
