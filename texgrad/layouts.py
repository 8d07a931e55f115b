"""Layouts: each option of a kind of derivative turns the array of partial derivatives into the array a note writes.

The array D has shape (draws, rows of f, columns of f, rows of x, columns of x). A profile maps kinds to options; a
named layout is a profile. Names and tables: Magnus and Neudecker, Matrix Differential Calculus, chapter 9; Wikipedia,
"Matrix calculus" for numerator and denominator layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product as combinations

import numpy as np

from texgrad.dims import Shape, Unifier, product

Array = np.ndarray
Profile = Mapping[str, str]


@dataclass(frozen=True)
class Option:
    """One way to lay out a kind of derivative: the shape of the result, and the arrangement of D."""

    name: str
    shape: Callable[[Shape, Shape], Shape]
    arrange: Callable[[Array], Array]


def _flat(d: Array) -> Array:
    """(draws, entries of f, entries of x), row by row; for vectors and scalars that is the Jacobian."""
    return d.reshape(d.shape[0], d.shape[1] * d.shape[2], -1)


def _column_major(d: Array) -> Array:
    """(draws, entries of vec f, entries of vec x) with the columns stacked."""
    return d.transpose(0, 2, 1, 4, 3).reshape(d.shape[0], d.shape[1] * d.shape[2], -1)


def _swap(x: Array) -> Array:
    return np.swapaxes(x, 1, 2)


def _diagonal(d: Array) -> Array:
    """The diagonal of the derivative of an elementwise map, in the shape of f; nan where it is not diagonal."""
    jacobian = _flat(d)
    values = np.diagonal(jacobian, axis1=1, axis2=2) if jacobian.shape[1] == jacobian.shape[2] else None
    if values is None:
        return np.full(d.shape[:3], np.nan)
    rest = jacobian - values[:, :, None] * np.eye(values.shape[1])
    bad = np.abs(rest).max(axis=(1, 2)) > 1e-6 * (1 + np.abs(values).max(axis=1))
    return np.where(bad[:, None, None], np.nan, values.reshape(d.shape[:3]))


def _length(shape: Shape) -> object:
    return product(shape[0], shape[1])


def _blocks_by_variable(d: Array) -> Array:
    """Block (i, j) is the derivative of f by x_ij."""
    draws, rf, cf, rx, cx = d.shape
    return d.transpose(0, 3, 1, 4, 2).reshape(draws, rx * rf, cx * cf)


def _blocks_by_function(d: Array) -> Array:
    """Block (i, j) is the derivative of f_ij by x."""
    draws, rf, cf, rx, cx = d.shape
    return d.transpose(0, 1, 3, 2, 4).reshape(draws, rf * rx, cf * cx)


_SAME_AS_X = Option("same", lambda f, x: x, lambda d: d[:, 0, 0])
_AS_X_TRANSPOSED = Option("transposed", lambda f, x: (x[1], x[0]), lambda d: _swap(d[:, 0, 0]))
_SAME_AS_F = Option("same", lambda f, x: f, lambda d: d[:, :, :, 0, 0])
_AS_F_TRANSPOSED = Option("transposed", lambda f, x: (f[1], f[0]), lambda d: _swap(d[:, :, :, 0, 0]))
_BLOCK_SHAPE = lambda f, x: (product(f[0], x[0]), product(f[1], x[1]))  # noqa: E731 - one rule for two options
_ELEMENTWISE = Option("elementwise", lambda f, x: f, _diagonal)

OPTIONS: dict[str, tuple[Option, ...]] = {
    "scalar-by-vector": (_SAME_AS_X, _AS_X_TRANSPOSED),
    "scalar-by-matrix": (_SAME_AS_X, _AS_X_TRANSPOSED),
    "gradient-by-vector": (_SAME_AS_X, _AS_X_TRANSPOSED),
    "gradient-by-matrix": (_SAME_AS_X, _AS_X_TRANSPOSED),
    "vector-by-scalar": (_SAME_AS_F, _AS_F_TRANSPOSED),
    "matrix-by-scalar": (_SAME_AS_F, _AS_F_TRANSPOSED),
    "vector-by-vector": (
        Option("numerator", lambda f, x: (_length(f), _length(x)), _flat),
        Option("denominator", lambda f, x: (_length(x), _length(f)), lambda d: _swap(_flat(d))),
        _ELEMENTWISE,
    ),
    "matrix-by-matrix": (
        Option("vec", lambda f, x: (_length(f), _length(x)), _column_major),
        Option("vec-denominator", lambda f, x: (_length(x), _length(f)), lambda d: _swap(_column_major(d))),
        Option("row-vec", lambda f, x: (_length(f), _length(x)), _flat),
        Option("row-vec-denominator", lambda f, x: (_length(x), _length(f)), lambda d: _swap(_flat(d))),
        Option("blocks-by-variable", _BLOCK_SHAPE, _blocks_by_variable),
        Option("blocks-by-function", _BLOCK_SHAPE, _blocks_by_function),
        _ELEMENTWISE,
    ),
    # f and x both scalars, or one of them transposed on purpose: nothing to choose
    "second-by-two": (
        Option("first-rows", lambda f, x: f, lambda d: d),
        Option("second-rows", lambda f, x: f, lambda d: d),
    ),
    "fixed": (Option("fixed", lambda f, x: f, lambda d: d[:, :, :, 0, 0]),),
}

NAMED: dict[str, dict[str, str]] = {
    "numerator": {
        "scalar-by-vector": "transposed", "scalar-by-matrix": "transposed", "vector-by-scalar": "same",
        "matrix-by-scalar": "same", "vector-by-vector": "numerator", "matrix-by-matrix": "vec",
        "gradient-by-vector": "transposed", "gradient-by-matrix": "transposed",
    },
    "denominator": {
        "scalar-by-vector": "same", "scalar-by-matrix": "same", "vector-by-scalar": "transposed",
        "matrix-by-scalar": "same", "vector-by-vector": "denominator", "matrix-by-matrix": "vec-denominator",
        "gradient-by-vector": "same", "gradient-by-matrix": "same",
    },
    "mixed": {
        "scalar-by-vector": "same", "scalar-by-matrix": "same", "vector-by-scalar": "same",
        "matrix-by-scalar": "same", "vector-by-vector": "numerator", "matrix-by-matrix": "vec",
        "gradient-by-vector": "same", "gradient-by-matrix": "same",
    },
}  # fmt: skip
# A gradient written with a nabla is a column also where \partial f/\partial x is a row, unless the note says otherwise.
GRADIENTS = {"scalar-by-vector": "gradient-by-vector", "scalar-by-matrix": "gradient-by-matrix"}
DEFAULT = NAMED["mixed"]


def kind_of(u: Unifier, f: Shape, x: Shape) -> str:
    """The kind of the derivative of f by x, by their shapes."""
    names = []
    for shape in (f, x):
        rows, cols = u.find(shape[0]), u.find(shape[1])
        names.append("scalar" if rows == cols == 1 else "vector" if 1 in (rows, cols) else "matrix")
    if names == ["scalar", "scalar"]:
        return "fixed"
    if "scalar" not in names and "matrix" in names:
        return "matrix-by-matrix"
    return "-by-".join(names)


def option(kind: str, profile: Profile) -> Option:
    """The option that a profile takes for a kind."""
    wanted = profile.get(kind) or DEFAULT.get(kind)
    return next((choice for choice in OPTIONS[kind] if choice.name == wanted), OPTIONS[kind][0])


def profiles(kinds: set[str], limit: int = 48) -> list[dict[str, str]]:
    """Every choice of options for these kinds, the usual ones first."""
    names = sorted(kind for kind in kinds if len(OPTIONS[kind]) > 1)
    every = [
        dict(zip(names, chosen, strict=True))
        for chosen in combinations(*([choice.name for choice in OPTIONS[name]] for name in names))
    ]
    every.sort(key=lambda chosen: -max(sum(layout.get(k) == v for k, v in chosen.items()) for layout in NAMED.values()))
    return every[:limit]


def is_default(profile: Profile) -> bool:
    """Whether a choice of options is what no choice at all comes to."""
    return all(choice == option(kind, {}).name for kind, choice in profile.items())


def names_of(profile: Profile) -> tuple[str, ...]:
    """The named layouts that agree with a choice of options; none of them says how matrices are stacked."""
    chosen = {kind: choice.removeprefix("row-") for kind, choice in profile.items()}
    return tuple(name for name, layout in NAMED.items() if all(layout.get(kind, v) == v for kind, v in chosen.items()))
