"""Functions that a note leaves abstract: a fixed random smooth function of the right signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import Shape
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing


def _call_shape(t: Typing, expr: Expr) -> Shape:
    shapes = [t.infer(arg) for arg in expr.args]
    return t.value_shape(expr.name, shapes)


def _call(env: Env, expr: Expr) -> Array:
    if expr.name in env.over:
        return env.over[expr.name]
    values = [env.evaluate(arg) for arg in expr.args]
    analytic = len(values) == 1 and not np.iscomplexobj(values[0])
    if analytic and env.typing.acts_elementwise(expr.name, env.typing.shapes[id(expr.args[0])]):
        return env.curve(expr.name, 0, values[0])
    return env.abstract(expr.name, values, env.shape_of(expr))


OPS = (
    Op(
        "call",
        "an abstract function of its arguments",
        form="structure",
        infer=_call_shape,
        run=_call,
        examples=(
            Example(
                r"\nabla_x f(A x) = A^T \nabla f(A x)", "f: R^m -> R; A in R^{m x n}; x in R^n; layout denominator"
            ),
        ),
    ),
)
