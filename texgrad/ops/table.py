"""The form of one entry of the operation table, and helpers for the entries that are alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any, Literal

import numpy as np

from texgrad.dims import SCALAR, Dim, Shape, Unifier
from texgrad.errors import ShapeMismatch
from texgrad.expr import Expr

Form = Literal["function", "infix", "constant", "structure"]
Array = np.ndarray


@dataclass(frozen=True)
class Example:
    """A LaTeX identity that holds for the operation, with the declarations (as in a directive) and prose it needs."""

    latex: str
    declare: str = ""
    prose: str = ""

    def note(self) -> str:
        """The example as a note of its own."""
        directive = f"<!-- texgrad: {self.declare} -->\n\n" if self.declare else ""
        return f"{directive}{self.prose}\n\n$$\n{self.latex}\n$$\n"


@dataclass(frozen=True)
class Op:
    """One operation: how it is spelled, which shapes it takes and gives, how it is evaluated.

    Values are float arrays of shape (draws, rows, columns): a scalar is (draws, 1, 1), a column vector (draws, n, 1).
    `shape` gets the claim's unifier and the arguments' shapes and raises ShapeMismatch; `evaluate` gets the arguments.
    `readings` name operations that the same spelling may stand for where the note does not say which.
    An operation that needs more than its arguments' values (a sum binds an index, a derivative varies a symbol) has
    `infer` and `run` instead, which get the claim's Typing or Env and the expression.
    """

    name: str
    summary: str
    shape: Callable[..., Shape] | None = None
    evaluate: Callable[..., Array] | None = None
    form: Form = "function"
    spellings: tuple[str, ...] = ()
    latex: str = ""
    elementwise: bool = False
    kinks: bool = False
    readings: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    takes: Literal["rest", "one"] = "rest"
    infer: Callable[[Any, Expr], Shape] | None = None
    run: Callable[[Any, Expr], Array] | None = None

    def takes_arguments(self, count: int) -> bool:
        """Whether the shape rule has room for this many arguments."""
        fewest, most = _arity(self.shape)
        return fewest <= count <= most


@cache
def _arity(shape: Callable[..., Shape]) -> tuple[int, float]:
    """Fewest and most arguments of a shape rule, the unifier not counted."""
    parameters = list(signature(shape).parameters.values())[1:]
    needed = [p for p in parameters if p.default is p.empty and p.kind is not p.VAR_POSITIONAL]
    return len(needed), float("inf") if any(p.kind is p.VAR_POSITIONAL for p in parameters) else len(parameters)


def same_shape(u: Unifier, x: Shape) -> Shape:
    """Shape rule of an elementwise function."""
    return x


def scalar_of(u: Unifier, x: Shape) -> Shape:
    """Shape rule of a function from anything to a scalar."""
    return SCALAR


def require_scalar(u: Unifier, x: Shape) -> Shape:
    if not u.is_scalar(x):
        raise ShapeMismatch(f"a scalar is needed, not {u.describe(x)}")
    return SCALAR


def require_square(u: Unifier, x: Shape) -> Dim:
    """Make a matrix square and return its size."""
    try:
        u.unify(x[0], x[1])
    except ShapeMismatch:
        raise ShapeMismatch(f"a square matrix is needed, not {u.describe(x)}") from None
    return x[0]


def square_to_scalar(u: Unifier, x: Shape) -> Shape:
    require_square(u, x)
    return SCALAR


def square_to_square(u: Unifier, x: Shape) -> Shape:
    size = require_square(u, x)
    return (size, size)


def elementwise(
    name: str,
    summary: str,
    function: Callable[[Array], Array],
    spellings: tuple[str, ...],
    examples: tuple[Example, ...] = (),
    *,
    kinks: bool = False,
    readings: tuple[str, ...] = (),
    takes: Literal["rest", "one"] = "one",
) -> Op:
    """An operation that works on each entry alone."""
    return Op(
        name,
        summary,
        same_shape,
        function,
        spellings=spellings,
        elementwise=True,
        kinks=kinks,
        readings=readings,
        examples=examples,
        takes=takes,
    )


def is_vector(u: Unifier, x: Shape) -> bool:
    return (u.find(x[0]) == 1) != (u.find(x[1]) == 1)


def diagonal_matrix(x: Array) -> Array:
    """Column or row (draws, n, 1) -> diagonal matrix (draws, n, n)."""
    flat = x.reshape(x.shape[0], -1)
    return flat[:, :, None] * np.eye(flat.shape[1])


def sum_all(x: Array) -> Array:
    return x.sum(axis=(1, 2), keepdims=True)


def transpose(x: Array) -> Array:
    return np.swapaxes(x, 1, 2)
