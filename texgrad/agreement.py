"""Two expressions in, whether they have equal values at random points out: a definition said twice is one."""

from __future__ import annotations

import numpy as np

from texgrad.errors import NoteError, ShapeMismatch
from texgrad.expr import Expr
from texgrad.numeric import Env, Model
from texgrad.shapes import Typing


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


def agree(scope, first: Expr, second: Expr, kinds: dict[str, str] | None = None) -> bool | None:
    """Whether two expressions have equal values at random points; None where they cannot be evaluated."""
    typing = Typing(scope, {}, dict(kinds or {}))
    try:
        typing.infer(first)
        typing.infer(second)
        env = Env(Model(typing, {}, f"{first}0", 2))
        a, b = env.evaluate(first), env.evaluate(second)
    except ShapeMismatch:  # each has a sense by itself, X A X^T and A o X, so that they are not one thing
        if all(_has_sense(scope, each) for each in (first, second)):
            return False
        numbers = _numbers(scope, first, second) if kinds is None else {}
        return agree(scope, first, second, numbers) if numbers else None  # a + b x of numbers
    except NoteError:
        return None
    if a.shape != b.shape:
        return False
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True))
