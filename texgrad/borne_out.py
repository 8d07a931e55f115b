"""A judgement in, its readings of the symbols out: other claims of the note that hold under them bear them out."""

from __future__ import annotations

from collections.abc import Iterator

from texgrad.claims import Chain
from texgrad.expr import Expr
from texgrad.layers import layerless
from texgrad.shapes import Typing

Reading = tuple[str, str, Expr | None]  # a symbol without its layer, scalar or column or row or matrix, its definition


def readings_of(typing: Typing) -> Iterator[Reading]:
    """How the symbols of a claim were read."""
    for name, shape in typing.symbols.items():
        if name.endswith(("_", "()")):
            continue
        rows, cols = (typing.unifier.find(dim) == 1 for dim in shape)
        kind = {(True, True): "scalar", (False, True): "column", (True, False): "row"}.get((rows, cols), "matrix")
        definition = typing.definition(name)
        yield layerless(name), kind, definition.body if definition is not None else None


def in_code_alone(chain: Chain, typing: Typing, proven: frozenset[Reading]) -> bool:
    """Whether a claim leans on a symbol's formula in a code block, and no claim that holds does.

    Code has its samples in the rows, or arrays without rows, where formulas have them in columns.
    """
    context = chain.scope.context
    lines = {definition.line for place, definition in context.definitions if place in context.coded}
    names = {layerless(name) for name in typing.symbols if lines
             and (definition := typing.definition(name)) is not None and definition.line in lines}  # fmt: skip
    return any(reading[0] in names and reading not in proven for reading in readings_of(typing))
