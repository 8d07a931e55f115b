"""A shape and hypotheses in, random values that satisfy them out; well conditioned, distinct from draw to draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

Array = np.ndarray
Rng = np.random.Generator
MODES = ("general", "positive", "inside")  # ways of drawing values, in the order in which they are tried
HIDDEN = 5  # sines that an abstract function is made of
WITHIN = "within "  # in front of a number: places from one up to it, the same in every draw
INSIDE = ((0.7, 1.4), (0.1, 0.35), (-0.15, 0.15))  # bounds of numbers, of the entries of vectors, of matrices


def _transpose(x: Array) -> Array:
    return np.swapaxes(x, -1, -2)


def _conditioned(x: Array) -> Array:
    """The same matrix with its singular values moved away from zero, distinct as before."""
    left, values, right = np.linalg.svd(x, full_matrices=False)
    return (left * (0.45 + 0.7 * values)[..., None, :]) @ right


def _symmetric(x: Array) -> Array:
    """Symmetric, with eigenvalues of both signs away from zero."""
    values, vectors = np.linalg.eigh((x + _transpose(x)) / 2)
    return (vectors * (np.sign(values) * (0.45 + 0.7 * np.abs(values)))[..., None, :]) @ _transpose(vectors)


def _triangular(half: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Triangular with a positive diagonal away from zero."""
    return lambda x: half(x) * (1 - np.eye(x.shape[-1])) + (np.abs(x) + 0.3) * np.eye(x.shape[-1])


def _definite(x: Array) -> Array:
    return x @ _transpose(x) / x.shape[-1] + 0.5 * np.eye(x.shape[-1])


def _orthogonal(x: Array) -> Array:
    return np.linalg.qr(x)[0]


def _diagonal(x: Array) -> Array:
    return x * np.eye(x.shape[-1])


def _idempotent(x: Array) -> Array:
    """A projector of rank about half the size."""
    rank = max(1, x.shape[-1] // 2)
    basis = np.linalg.qr(x)[0][..., :rank]
    return basis @ _transpose(basis)


def _toeplitz(x: Array) -> Array:
    size = x.shape[-1]
    values = np.concatenate([x[..., 0, :], x[..., 1:, 0]], axis=-1)
    places = (np.arange(size)[None, :] - np.arange(size)[:, None]) % (2 * size - 1)
    return values[..., places]


def _probability(x: Array) -> Array:
    """Positive entries that sum to one; a scalar lies between 0 and 1."""
    if x.shape[-2:] == (1, 1):
        return 1 / (1 + np.exp(-x))
    e = np.exp(0.7 * x)
    return e / e.sum(axis=(-1, -2), keepdims=True)


def _row_stochastic(x: Array) -> Array:
    e = np.exp(0.7 * x)
    return e / e.sum(axis=-1, keepdims=True)


def _one_hot(x: Array) -> Array:
    flat = x.reshape(*x.shape[:-2], -1)
    return (flat == flat.max(axis=-1, keepdims=True)).astype(float).reshape(x.shape)


def _unit(x: Array) -> Array:
    return x / np.sqrt((x * x).sum(axis=(-1, -2), keepdims=True))


# Hypothesis -> what makes a general value satisfy it; the first one of this table that a symbol has is used.
MAKERS: dict[str, Callable[[Array], Array]] = {
    "zero": lambda x: 0 * x,
    "ones": lambda x: 0 * x + 1,
    "identity": lambda x: 0 * x + np.eye(x.shape[-2], x.shape[-1]),
    "one-hot": _one_hot,
    "binary": lambda x: (x > 0).astype(float),
    "sign": lambda x: np.where(x > 0, 1.0, -1.0),
    "row-stochastic": _row_stochastic,
    "simplex-rows": _row_stochastic,
    "column-stochastic": lambda x: _transpose(_row_stochastic(_transpose(x))),
    "unit-interval": lambda x: 1 / (1 + np.exp(-x)),
    "probability": _probability,
    "integer": lambda x: 2 + np.floor(2.999 * (np.abs(x[:1]) % 1)) + 0 * x,  # one for all draws: it may bound a sum
    "toeplitz": _toeplitz,
    "idempotent": _idempotent,
    "orthogonal": _orthogonal,
    "orthonormal-columns": _orthogonal,
    "lower-triangular": _triangular(np.tril),
    "upper-triangular": _triangular(np.triu),
    "skew-symmetric": lambda x: (x - _transpose(x)) / 2,
    "unit": _unit,
}


def _nearest(x: Array) -> Array:
    """The nearest matrix with orthonormal columns, which moves smoothly with x."""
    left, _, right = np.linalg.svd(x, full_matrices=False)
    return left @ right


# What brings values back to where a constraint lets them move: u(t) stays on the sphere, R(t) orthogonal.
KEEPERS: dict[str, Callable[[Array], Array]] = {"orthogonal": _nearest, "orthonormal-columns": _nearest, "unit": _unit}


def kept(properties: frozenset[str], x: Array) -> Array:
    """Values nearby that satisfy the constraint of a symbol that has one."""
    return next((keep(x) for name, keep in KEEPERS.items() if name in properties), x)


def sample(shape: tuple[int, ...], properties: frozenset[str], draws: int, rng: Rng, mode: str) -> Array:
    """Values (draws, *shape) with the given hypotheses.

    mode "general" draws entries of both signs; "positive" draws positive entries and, for square matrices,
    positive definite symmetric parts, for claims with logarithms and roots; "inside" draws small entries, those of
    vectors and numbers positive, for logarithms and roots of differences (t^2 - |x|^2, b_i - a_i^T x).
    """
    within = next((int(each.removeprefix(WITHIN)) for each in properties if each.startswith(WITHIN)), 0)
    if within:
        return np.repeat(rng.integers(1, within + 1, (1, *shape)).astype(float), draws, axis=0)
    if "complex" in properties:
        parts = [sample(shape, properties - {"complex"}, draws, rng, mode) for _ in range(2)]
        return parts[0] + 1j * parts[1]
    square = len(shape) >= 2 and shape[-1] == shape[-2] and shape[-1] > 1
    if mode == "general":
        magnitude = rng.uniform(0.35, 1.4, (draws, *shape))
        x = magnitude * np.where(rng.random((draws, *shape)) < 0.5, -1.0, 1.0)
    elif mode == "inside":
        low, high = INSIDE[min(sum(size > 1 for size in shape), 2)]
        x = rng.uniform(low, high, (draws, *shape))
    else:
        x = rng.uniform(0.3, 1.5, (draws, *shape))
    for name, make in MAKERS.items():
        if name in properties:
            return make(x)
    if "diagonal" in properties and square:
        x = _diagonal(np.abs(x) + 0.2 if properties & {"positive", "positive-definite", "nonnegative"} else x)
        return x
    if square and (properties & {"positive-definite", "positive-semidefinite"}):
        return _definite(x)
    if square and "symmetric" in properties:
        return _symmetric(x) if mode == "general" else _definite(x)
    if properties & {"positive", "nonnegative", "nonzero"}:
        return np.abs(x)
    if square and mode != "general":
        return 0.5 * x + 1.5 * np.eye(shape[-1])
    return _conditioned(x) if mode == "general" and len(shape) >= 2 and min(shape[-2:]) > 1 else x


@lru_cache(maxsize=4096)
def weights(number: int, inputs: int, outputs: int) -> tuple[Array, ...]:
    """What an abstract function is made of: paces (inputs, hidden), phases, amplitudes, a linear part."""
    rng = np.random.default_rng(number)
    inner = rng.normal(size=(inputs, HIDDEN)) * (0.8 / np.sqrt(inputs))
    outer = rng.normal(size=(HIDDEN, outputs)) * 0.6
    slope = rng.normal(size=(inputs, outputs)) * 0.3
    return inner, rng.uniform(0, 3, HIDDEN), outer, slope, rng.normal(size=outputs) * 0.3
