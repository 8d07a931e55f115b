"""What a note says of its symbols: the facts that context is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from texgrad.source import Span

# vector: a column unless the note says that its vectors are rows
Kind = Literal["scalar", "vector", "column", "row", "matrix", "function", "index", "set"]
Hold = Literal["note", "sentence", "formula"]

PROPERTIES = frozenset(
    (
        "symmetric", "skew-symmetric", "not-symmetric", "invertible", "orthogonal", "orthonormal-columns",
        "positive-definite", "positive-semidefinite", "diagonal", "lower-triangular", "upper-triangular", "square",
        "not-square", "idempotent", "toeplitz", "full-column-rank", "full-row-rank", "constant", "positive",
        "nonnegative", "nonzero", "probability", "binary", "sign", "integer", "unit", "complex", "real",
        "elementwise", "scalar-valued", "vector-valued", "matrix-valued", "one-hot", "row-stochastic", "identity",
        "ones", "zero",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Declaration:
    """A statement on one symbol: its kind, its dimensions, its properties; None and empty where nothing is said.

    `name` is the canonical name (texgrad.notation.names.label). `dims` holds one entry for a vector, two for a matrix;
    an entry is an int or the canonical spelling of a size, "n", "n_{l}", "n+1".
    `hold` says how far it reaches: from here to the end of the note (or its next declaration), this sentence with the
    formula that follows it, or the one formula it stands in.
    `family` is set where the name was declared through an indexed member: "x_i is a vector" declares x with family
    ("i",): every x_i is a vector.
    `arguments` are the names that a function was said to depend on (J is a differentiable function of W).
    """

    name: str
    span: Span
    kind: Kind | None = None
    dims: tuple[str | int, ...] | None = None
    properties: frozenset[str] = frozenset()
    hold: Hold = "note"
    family: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    independent_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class LayoutStatement:
    """What the note says of its layout.

    `choices` maps a kind of derivative to an option:
      "scalar-by-vector": "column" | "row"        "vector-by-scalar": "column" | "row"
      "vector-by-vector": "numerator" | "denominator"
      "scalar-by-matrix": "same" | "transposed"   "matrix-by-scalar": "same" | "transposed"
      "matrix-by-matrix": "vec" | "kronecker" | ...
    `name` is the layout's own name where the note uses it: numerator, denominator, mixed.
    """

    span: Span
    choices: dict[str, str] = field(default_factory=dict)
    name: str | None = None


@dataclass(frozen=True)
class Convention:
    """A statement on notation: ("differential", "\\\\partial"), ("prime", "transpose"), ("bars", "determinant"),
    ("matrix-exponential", ""), ("matrix-functions", ""), ("rows-are-samples", "X"), ("columns-are-samples", "X"),
    ("vectors-are", "rows"), ("structured", "X"), ("unstructured", "X"), ("conjugate", "*") ..."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True)
class Quotation:
    """A formula that the prose calls wrong ("a common mistake is ..."): not a claim. `span` is the formula's place."""

    span: Span


Fact = Declaration | LayoutStatement | Convention | Quotation
