"""Functions of a square matrix as power series: exponential, logarithm, root, sine, cosine, an abstract function.

The scalar function of the same spelling works entry by entry; each operation here is the other reading of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import Shape
from texgrad.expr import Expr
from texgrad.ops.table import Array, Example, Op, require_square, square_to_square

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing

TERMS = 16  # of the exponential series: with a norm below 1/2 the remainder is below 2^-16 / 16! = 1e-18


def matrix_exp(x: Array) -> Array:
    """Scaling and squaring: exp(X) = exp(X / 2^s)^(2^s) (Higham, Functions of Matrices, chapter 10)."""
    norm = np.abs(x).sum(axis=2).max(initial=0)
    if not np.isfinite(norm) or norm > 1e3:
        return np.full_like(x, np.nan)
    squarings = max(0, int(np.ceil(np.log2(norm + 1e-300))) + 1)
    small = x / 2**squarings
    term = result = np.eye(x.shape[1]) + 0 * x
    for k in range(1, TERMS + 1):
        term = term @ small / k
        result = result + term
    for _ in range(squarings):
        result = result @ result
    return result


def as_given(x: Array, result: Array) -> Array:
    """The real part where a real matrix has a real function value; nan where it has not."""
    if np.iscomplexobj(x) or not np.iscomplexobj(result):
        return result
    return np.where(np.abs(result.imag) < 1e-8 * (1 + np.abs(result.real)), result.real, np.nan)


def by_eigenvalues(x: Array, function) -> Array:
    """V f(D) V^{-1} for X = V D V^{-1}."""
    if not np.isfinite(x).all():
        return np.full_like(x, np.nan)
    values, vectors = np.linalg.eig(x)
    changed = function(values.astype(complex))
    return as_given(x, (vectors * changed[:, None, :]) @ np.linalg.inv(vectors))


def matrix_sin(x: Array) -> Array:
    """(exp(iX) - exp(-iX)) / 2i."""
    return as_given(x, (matrix_exp(1j * x) - matrix_exp(-1j * x)) / 2j)


def matrix_cos(x: Array) -> Array:
    """(exp(iX) + exp(-iX)) / 2."""
    return as_given(x, (matrix_exp(1j * x) + matrix_exp(-1j * x)) / 2)


def _function_shape(t: Typing, expr: Expr) -> Shape:
    size = require_square(t.unifier, t.infer(expr.args[0]))
    return (size, size)


def _function(env: Env, expr: Expr) -> Array:
    """The abstract function of one variable, a sum of waves a sin(p u + c), of a matrix; `name` is "f 1" for f'."""
    name, order = expr.name.rsplit(" ", 1)
    x = env.evaluate(expr.args[0])
    identity = np.eye(x.shape[1])
    return sum(
        amplitude * pace ** int(order) * matrix_sin(pace * x + (phase + int(order) * np.pi / 2) * identity)
        for amplitude, pace, phase in zip(*env.waves(name), strict=True)
    )


def _op(name: str, summary: str, evaluate, spellings: tuple[str, ...], latex: str, declare: str) -> Op:
    return Op(name, summary, square_to_square, evaluate, spellings=spellings, examples=(Example(latex, declare),))


OPS = (
    _op("matrix_exp", "exponential of a square matrix (power series)", matrix_exp, ("expm",),
        r"\frac{\partial \operatorname{tr}(\operatorname{expm}(X))}{\partial X} = \operatorname{expm}(X)^T",
        "X in R^{n x n}; layout denominator"),
    _op("matrix_log", "logarithm of a square matrix", lambda x: by_eigenvalues(x, np.log), ("logm",),
        r"\operatorname{logm}(\operatorname{expm}(A)) = A", "A in R^{n x n} positive definite"),
    _op("matrix_sqrt", "square root of a square matrix", lambda x: by_eigenvalues(x, np.sqrt), ("sqrtm",),
        r"\operatorname{sqrtm}(A)^2 = A", "A in R^{n x n} positive definite"),
    _op("matrix_sin", "sine of a square matrix (power series)", matrix_sin, ("sinm",),
        r"\frac{\partial \operatorname{tr}(\operatorname{sinm}(X))}{\partial X} = \operatorname{cosm}(X)^T",
        "X in R^{n x n}; layout denominator"),
    _op("matrix_cos", "cosine of a square matrix (power series)", matrix_cos, ("cosm",),
        r"\operatorname{sinm}(A)^2 + \operatorname{cosm}(A)^2 = I", "A in R^{n x n}"),
    Op("matrix_function", "abstract function of a square matrix (power series)", form="structure",
       infer=_function_shape, run=_function,
       examples=(Example(r"\frac{\partial \operatorname{tr}(F(X))}{\partial X} = f(X)^T",
                         "X in R^{n x n}; layout denominator",
                         "$F$ is an analytic matrix function (a power series, not elementwise), and $f = F'$."),)),
)  # fmt: skip
