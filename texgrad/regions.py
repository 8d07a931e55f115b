r"""What values a claim is said for in (z < 0, |r| \le \delta), the random points that are among them out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from texgrad.conditions import COMPARISONS, Comparison
from texgrad.errors import NoteError
from texgrad.numeric import Env
from texgrad.shapes import Typing


def typed(regions: Sequence[Comparison], typing: Typing) -> list[Comparison]:
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


def within(value: np.ndarray, env: Env, regions: Sequence[Comparison]) -> np.ndarray:
    """The value (draws, rows, columns), NaN in the draws at which a comparison does not hold in every entry."""
    for relation, left, right in regions:
        holding = COMPARISONS[relation](env.evaluate(left), env.evaluate(right)).all(axis=(1, 2), keepdims=True)
        value = np.where(holding, value, np.nan)
    return value
