"""Expectations: averages over points at which what is random has other values and all else has the same ones.

An identity that holds for such averages holds by linearity, whatever the distribution. One that does not hold may
still be true of the note's distribution (a mean of zero, independence), so nothing speaks against it.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from texgrad.dims import Shape
from texgrad.errors import NeedsContext
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op

if TYPE_CHECKING:
    from texgrad.numeric import Env, Model
    from texgrad.shapes import Typing

POINTS = 3


def _shape(t: Typing, expr: Expr) -> Shape:
    for given in expr.args[1:]:
        t.infer(given)
    return t.infer(expr.args[0])


def _expectation(env: Env, expr: Expr) -> Array:
    if not env.typing.random:
        raise NeedsContext("what is random, the note does not say", expr.span)
    total = 0.0
    for point in range(POINTS):
        other = _redrawn(env.model, point)
        moved = {name: env.spread(other.value(name)) for name in env.typing.random if name in env.typing.symbols}
        total = total + replace(env, over=env.over | moved, memo={}).evaluate(expr.args[0])
    return total / POINTS


def _redrawn(model: Model, point: int) -> Model:
    """The model with the same sizes, and other values."""
    other = copy(model)
    other.seed, other.drawn = f"{model.seed}~{point}", {}
    return other


OPS = (
    Op(
        "expectation",
        "the expectation of what is random",
        form="structure",
        latex=r"\mathbb{E}[x]",
        examples=(
            Example(r"\mathbb{E}[A x + b] = A \mathbb{E}[x] + b", "A in R^{m x n}; x in R^n; b in R^m"),
            Example(
                r"\frac{\partial}{\partial w} \mathbb{E}[(y - w^T x)^2] = -2 \mathbb{E}[(y - w^T x) x]",
                "w, x in R^n; y scalar",
            ),
            Example(
                r"\nabla_b \mathbb{E}[\| Z b - y \|^2] = 2 \mathbb{E}[Z^T (Z b - y)]",
                "Z in R^{m x n}; b in R^n; y in R^m",
            ),
        ),
        infer=_shape,
        run=_expectation,
    ),
)
