"""Covariances of what is linear in random vectors whose covariances are known: J V J^T, with J its Jacobian."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import Shape
from texgrad.errors import NeedsContext, ShapeMismatch
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op, require_square

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing


def _shape(t: Typing, expr: Expr) -> Shape:
    """Args are the vector, then each random vector that it is made of with its covariance."""
    of = t.infer(expr.args[0])
    if t.unifier.find(of[1]) != 1:
        raise ShapeMismatch("the covariance of a matrix")
    for vector, spread in zip(expr.args[1::2], expr.args[2::2], strict=True):
        rows, cols = t.infer(vector)
        t.unifier.unify(cols, 1)
        t.unifier.unify(rows, require_square(t.unifier, t.infer(spread)))
    reached = t.scope.leaves(expr.args[0], hidden=t.hidden)
    if not any(vector.name in reached for vector in expr.args[1::2]):
        raise NeedsContext("how the left side depends on what is random is not said", expr.span)
    return of[0], of[0]


def _covariance(env: Env, expr: Expr) -> Array:
    total = 0.0
    for vector, spread in zip(expr.args[1::2], expr.args[2::2], strict=True):
        slopes = _slopes(env, expr.args[0], vector)
        elsewhere = replace(env, over=env.over | {vector.name: 3 * env.evaluate(vector) + 1}, memo={})
        if not np.allclose(slopes, _slopes(elsewhere, expr.args[0], vector), rtol=1e-5, atol=1e-6):
            raise NeedsContext("the covariance of what is not linear", expr.span)
        total = total + slopes @ env.evaluate(spread) @ np.swapaxes(slopes, 1, 2)
    return total


def _slopes(env: Env, of: Expr, vector: Expr) -> Array:
    from texgrad.numeric import differentiate

    found = differentiate(lambda moved: moved.evaluate(of), env.evaluate(vector), lambda at: {vector.name: at}, env)
    return found[:, :, 0, :, 0]


OPS = (
    Op(
        "covariance",
        "covariance of what is linear in random vectors",
        form="structure",
        latex=r"\operatorname{Cov}(x)",
        examples=(
            Example(
                r"\operatorname{Cov}(A u + b) = A \Omega A^T",
                "A in R^{m x n}; u in R^n; b in R^m; \\Omega in R^{n x n}",
                r"Let $\operatorname{Cov}(u) = \Omega$.",
            ),
        ),
        infer=_shape,
        run=_covariance,
    ),
)
