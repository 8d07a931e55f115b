"""Means, variances, entropies, divergences, densities and losses: what is built from sums over entries."""

from __future__ import annotations

import numpy as np

from texgrad.dims import SCALAR, Shape, Unifier
from texgrad.errors import ShapeMismatch
from texgrad.ops.linear_algebra import determinant
from texgrad.ops.table import (
    Array,
    Example,
    Op,
    elementwise,
    require_scalar,
    require_square,
    same_shape,
    scalar_of,
    sum_all,
)


def centred(x: Array) -> Array:
    return x - x.mean(axis=(1, 2), keepdims=True)


def variance(x: Array) -> Array:
    """The mean of the squared distances from the mean."""
    return (centred(x) ** 2).mean(axis=(1, 2), keepdims=True)


def spread_shape(u: Unifier, x: Shape) -> Shape:
    if u.is_scalar(x):
        raise ShapeMismatch("the spread of one number")
    return SCALAR


def cumulative(x: Array) -> Array:
    """Entry i is the sum of the entries up to i; down the columns of a matrix."""
    return np.cumsum(x, axis=2 if x.shape[1] == 1 else 1)


def positive(x: Array) -> Array:
    return np.where(x > 0, x, np.nan)


def entropy(p: Array) -> Array:
    """-sum p log p; of a scalar probability that of a coin."""
    terms = positive(p) * np.log(positive(p))
    if p.shape[1:] == (1, 1):
        terms = terms + positive(1 - p) * np.log(positive(1 - p))
    return -sum_all(terms)


def pair_shape(u: Unifier, p: Shape, q: Shape) -> Shape:
    u.same(p, q)
    return SCALAR


def kullback_leibler(p: Array, q: Array) -> Array:
    """sum p log(p / q)."""
    return sum_all(p * np.log(positive(p) / positive(q)))


def cross_entropy(p: Array, q: Array) -> Array:
    """-sum p log q."""
    return -sum_all(p * np.log(positive(q)))


def huber(x: Array) -> Array:
    """x^2 / 2 up to 1, |x| - 1/2 beyond (Huber 1964)."""
    return np.where(np.abs(x) <= 1, x * x / 2, np.abs(x) - 0.5)


def gaussian_shape(u: Unifier, x: Shape, mean: Shape, covariance: Shape) -> Shape:
    """Scalars, or two columns and a square matrix."""
    u.same(x, mean)
    if u.is_scalar(x):
        return require_scalar(u, covariance)
    u.unify(x[0], require_square(u, covariance))
    u.unify(x[1], 1)
    return SCALAR


def gaussian(x: Array, mean: Array, covariance: Array) -> Array:
    """exp(-(x - m)^T S^{-1} (x - m) / 2) / sqrt(det(2 pi S)) (Matrix Cookbook, chapter 8.1)."""
    away = x - mean
    exponent = sum_all(away * np.linalg.solve(covariance, away))
    return np.exp(-exponent / 2) / np.sqrt(determinant(2 * np.pi * covariance))


OPS = (
    Op("variance", "variance of the entries", spread_shape, variance, spellings=("var", "Var", "variance"),
       examples=(Example(r"n \operatorname{var}(x) = x^T x - n \operatorname{mean}(x)^2", "x in R^n"),)),
    Op("deviation", "standard deviation of the entries", spread_shape, lambda x: np.sqrt(variance(x)),
       spellings=("std", "Std"), examples=(Example(r"\operatorname{std}(x)^2 = \operatorname{var}(x)", "x in R^n"),)),
    Op("cumulative", "cumulative sums of the entries", same_shape, cumulative, spellings=("cumsum",),
       examples=(Example(r"\operatorname{cumsum}(x)_n = \operatorname{sum}(x)", "x in R^n"),)),
    Op("entropy", "entropy of a probability vector, or of a coin", scalar_of, entropy, spellings=("entropy",),
       examples=(Example(r"\operatorname{entropy}(p) = -\sum_i p_i \log p_i", "p in R^n probability"),)),
    Op("kullback_leibler", "Kullback-Leibler divergence of two probability vectors", pair_shape, kullback_leibler,
       spellings=("KL", "kl"),
       examples=(Example(r"\operatorname{KL}(p, q) = \sum_i p_i \log \frac{p_i}{q_i}", "p, q in R^n probability"),)),
    Op("cross_entropy", "cross-entropy of two probability vectors", pair_shape, cross_entropy,
       spellings=("CE", "CrossEntropy"),
       examples=(Example(r"\operatorname{CE}(p, q) = -\sum_i p_i \log q_i", "p, q in R^n probability"),)),
    elementwise("huber", "Huber's loss with its corner at 1", huber, ("huber", "Huber"),
                (Example(r"\frac{d \operatorname{huber}(a)}{d a} = \max(-1, \min(1, a))", "a scalar"),), kinks=True),
    Op("gaussian", "density of a normal distribution: at, mean, covariance", gaussian_shape, gaussian,
       form="structure", latex=r"\mathcal{N}(x \mid \mu, \Sigma)",
       examples=(Example(r"\frac{\partial \log \mathcal{N}(x \mid m, S)}{\partial x} = -S^{-1} (x - m)",
                         "x, m in R^n; S in R^{n x n} positive definite; layout denominator"),)),
)  # fmt: skip
