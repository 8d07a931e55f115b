"""Entrywise powers."""

from __future__ import annotations

import numpy as np

from texgrad.ops.table import Example, Op

OPS = (
    Op(
        "elementwise_power",
        "each entry raised to a power",
        lambda u, x, p: x,
        np.power,
        form="structure",
        examples=(Example(r"x^{\odot 2} = x \odot x", "x in R^n"),),
    ),
)
