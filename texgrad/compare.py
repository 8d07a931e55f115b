"""Two members' values at random points in, whether they are equal, different, or neither out.

Values are kept by choice of sizes: one array (draws, rows, columns) for each combination of the free indices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

TOLERANCE = 1e-6  # true claims measure 1e-10
SOLID = 1e-3  # a difference that no rounding explains
NEGLIGIBLE = 1e-9  # where both sides are zero, nothing is compared
MAJORITY = 2 / 3  # of the points that differ solidly, for a claim that holds at some points by accident

Values = Mapping[int, Sequence[np.ndarray]]
State = str  # equal, differs, mixed, shape, zero (both sides, everywhere), unsupported
Shapes = tuple[str, str]


def compare(values: Sequence[Values], first: int, second: int) -> tuple[State, float | None, Shapes]:
    """The state of the equality, the largest relative error, and both shapes where they differ."""
    errors: list[np.ndarray] = []
    empty = False
    for by_member in values:
        if first not in by_member or second not in by_member:
            return "unsupported", None, ("", "")
        relative, sizes = [], []
        for a, b in zip(by_member[first], by_member[second], strict=True):
            if a.shape != b.shape and not _zero_scalar(a, b):
                left, right = (" x ".join(map(str, v.shape[1:])) for v in (a, b))
                return "shape", None, (left, right)
            size = np.maximum(np.abs(a).max(axis=(1, 2)), np.abs(b).max(axis=(1, 2)))
            relative.append(np.abs(a - b).max(axis=(1, 2)) / (size + 1e-3))
            sizes.append(size)
        if not relative:
            continue
        finite = np.isfinite(relative)
        counted = finite & (np.asarray(sizes) > NEGLIGIBLE)
        empty |= bool((finite & ~counted).any())
        worst = np.where(counted, relative, -1.0).max(axis=0)  # a draw differs where one of its indices does
        errors.append(worst[worst >= 0])
    found = np.concatenate(errors) if errors else np.zeros(0)
    if not found.size:
        return ("zero" if empty else "unsupported"), None, ("", "")
    return _state(found), float(found.max()), ("", "")


def _state(errors: np.ndarray) -> State:
    agree, differ, solid = (errors <= TOLERANCE).mean(), (errors > TOLERANCE).mean(), (errors > SOLID).mean()
    if not differ:
        return "equal"
    if not agree:
        return "differs"
    if not solid and agree >= 0.5:
        return "equal"  # the rest is rounding at ill-conditioned points
    return "differs" if solid >= MAJORITY and solid == differ else "mixed"


def _zero_scalar(a: np.ndarray, b: np.ndarray) -> bool:
    """A zero scalar goes with any shape."""
    return any(x.shape[1:] == (1, 1) and not np.any(x) for x in (a, b))
