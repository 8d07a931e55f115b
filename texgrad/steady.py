"""An expression inside of a derivative in, its value out where nothing in it varies; and how far its variable moves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from texgrad.expr import Expr
from texgrad.shapes import Typing

if TYPE_CHECKING:
    from texgrad.numeric import Env

CLOSE = 0.05  # where a pole at zero, as of log p, is too close for a whole step
# worth asking for: they evaluate what is in them at many points
COSTLY = frozenset(("derivative", "differential", "directional", "primed"))


def standing(env: Env, expr: Expr) -> np.ndarray | None:
    """The value (batch, rows, columns) where none of the names varied in this environment is behind the expression."""
    around, points, names = env.outside
    if not names.isdisjoint(_names_behind(env.typing, expr, env.model.behind)):
        return None
    return np.repeat(around.with_index(**env.indices).evaluate(expr), points, axis=0)


def _names_behind(typing: Typing, expr: Expr, known: dict[int, tuple[Expr, frozenset[str]]]) -> frozenset[str]:
    """All names in an expression, in the definitions that it leads to, and in the arguments of open functions."""
    if id(expr) not in known:
        found: set[str] = set()
        stack = _names(expr)
        while stack:
            name = stack.pop()
            if name in found:
                continue
            found.add(name)
            stack += typing.arguments(name)
            for definition in (typing.definition(name), typing.member_definition(name)):
                stack += _names(definition.body) if definition is not None else []
        known[id(expr)] = (expr, frozenset(found))  # what is known by identity must not outlive it
    return known[id(expr)][1]


def _names(expr: Expr) -> list[str]:
    return [part.name.removesuffix("_") for part in expr.walk() if part.name]


def varied(keys: Iterable[str]) -> frozenset[str]:
    """The names whose values, members or entries are replaced under these keys."""
    return frozenset(key.partition("[")[0].removesuffix("_") for key in keys)


def shorter_steps(base: np.ndarray) -> np.ndarray:
    """By what the steps are shortened for each entry (batch, entries): small probabilities p must stay above zero."""
    flat = base.reshape(len(base), -1)
    small = np.isrealobj(flat) and (flat > 0).all() and flat.min(initial=CLOSE) < CLOSE
    return np.minimum(flat / CLOSE, 1) if small else np.ones((1, 1))
