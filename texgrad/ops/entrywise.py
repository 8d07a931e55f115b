"""Entrywise powers."""

from __future__ import annotations

import numpy as np

from texgrad.dims import Shape, Unifier
from texgrad.ops.table import Example, Op


def entrywise_power_shape(u: Unifier, x: Shape, exponent: Shape) -> Shape:
    """One exponent for all entries, or one for each."""
    return x if u.is_scalar(exponent) else u.same(x, exponent)


OPS = (
    Op(
        "elementwise_power",
        "each entry raised to a power",
        entrywise_power_shape,
        np.power,
        form="structure",
        examples=(Example(r"x^{\odot 2} = x \odot x", "x in R^n"),),
    ),
)
