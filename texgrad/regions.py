r"""What values a claim is said for in (z < 0, |r| \le \delta), the random points that are among them out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.numeric import Env
from texgrad.shapes import Typing

Region = tuple[str, Expr, Expr]  # a comparison of two expressions
COMPARISONS = {"<": np.less, ">": np.greater, "\\le": np.less_equal, "\\ge": np.greater_equal}


def typed(regions: Sequence[Region], typing: Typing) -> list[Region]:
    """Those whose sides have a sense beside the claim."""
    found = []
    for relation, left, right in regions:
        saved = typing.save()
        try:
            typing.unifier.same(typing.infer(left), typing.infer(right))
            found.append((relation, left, right))
        except NoteError:
            typing.restore(saved)
    return found


def within(value: np.ndarray, env: Env, regions: Sequence[Region]) -> np.ndarray:
    """The value (draws, rows, columns), NaN in the draws at which a comparison does not hold in every entry."""
    for relation, left, right in regions:
        holding = COMPARISONS[relation](env.evaluate(left), env.evaluate(right)).all(axis=(1, 2), keepdims=True)
        value = np.where(holding, value, np.nan)
    return value
