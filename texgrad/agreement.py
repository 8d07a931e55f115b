"""Two expressions in, whether they have equal values at random points out: a definition said twice is one."""

from __future__ import annotations

from itertools import product

import numpy as np

from texgrad.errors import NoteError, ShapeMismatch
from texgrad.expr import Expr
from texgrad.numeric import Env, Model
from texgrad.shapes import Typing

FEW = 3  # values of an index that are looked at


def _has_sense(scope, expr: Expr) -> bool:
    """Whether an expression multiplies out, whatever sizes the note states."""
    try:
        Typing(scope, {}, relaxed=True).infer(expr)
    except NoteError:
        return False
    return True


def _numbers(scope, *exprs: Expr) -> dict[str, str]:
    """The letters for vectors as letters for numbers, those aside whose entries are written."""
    parts = [part for expr in exprs for part in expr.walk()]
    vectors = {part.args[0].name for part in parts if part.op == "entry"}
    return {part.name: "scalar" for part in parts if part.op == "symbol" and part.name not in vectors
            and scope.symbol(part.name).kind == "column"}  # fmt: skip


def _at_all(model: Model, expr: Expr) -> np.ndarray:
    """The values for each index c that no sum binds: of z_c beside the sum over all z_j."""
    names = list(model.typing.free)
    sizes = [range(min(model.size(model.typing.ranges[name]), FEW)) for name in names]
    places = list(product(*sizes))[:: FEW if len(names) > 2 else 1]
    return np.concatenate([Env(model, indices=dict(zip(names, each, strict=True))).evaluate(expr) for each in places])


def agree(
    scope, first: Expr, second: Expr, kinds: dict[str, str] | None = None, everywhere: bool = False
) -> bool | None:
    """Whether two expressions have equal values at random points; None where they cannot be evaluated.

    Everywhere: also where x is not of length one though the note says so.
    """
    typing = Typing(scope, {}, dict(kinds or {}))
    try:
        typing.infer(first)
        typing.infer(second)
        model = Model(typing, {}, f"{first}0", 2, unconstrained=everywhere)
        a, b = _at_all(model, first), _at_all(model, second)
    except ShapeMismatch:  # each has a sense by itself, X A X^T and A o X, so that they are not one thing
        if all(_has_sense(scope, each) for each in (first, second)):
            return False
        numbers = _numbers(scope, first, second) if kinds is None else {}
        return agree(scope, first, second, numbers, everywhere) if numbers else None  # a + b x of numbers
    except NoteError:
        return None
    if a.shape != b.shape:
        return None if typing.free else False
    same = bool(np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True))
    return same or (None if typing.free else False)  # of one member of many a note may say another thing
