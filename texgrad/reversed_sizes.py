"""A judgement in, the matrices out that the note declares as m x n and uses as n x m."""

from __future__ import annotations

from collections.abc import Iterator

from texgrad.claims import Chain
from texgrad.dims import Dim
from texgrad.facts.fact import Declaration
from texgrad.shapes import Typing


def reversed_sizes(chain: Chain, typing: Typing) -> Iterator[Declaration]:
    """What is declared as (m x n) beside vectors of R^m and R^n that fit it the other way round only."""
    said = {name: fact for name in typing.symbols if (fact := _said(chain, name)) is not None}
    lengths: dict[str | int, set[Dim]] = {}
    for name, fact in said.items():
        if len(fact.dims) == 1:
            rows, columns = map(typing.unifier.find, typing.symbols[name])
            lengths.setdefault(fact.dims[0], set()).add(columns if rows == 1 else rows)
    for name, fact in said.items():
        if len(fact.dims) != 2 or fact.dims[0] == fact.dims[1]:
            continue
        shape = tuple(map(typing.unifier.find, typing.symbols[name]))
        known = [(lengths[dim], own, other) for dim, own, other in zip(fact.dims, shape, shape[::-1], strict=True)
                 if dim in lengths]  # fmt: skip
        if known and all(own not in sizes and other in sizes for sizes, own, other in known):
            yield fact


def _said(chain: Chain, name: str) -> Declaration | None:
    """The one size that the section declares a symbol with, if it declares one."""
    context, here = chain.scope.context, chain.place[0]
    found = [fact for (piece, _), fact in context.facts
             if isinstance(fact, Declaration) and fact.name == name and fact.dims and not fact.family
             and fact.hold == "note" and piece <= here
             and not any(piece < at <= here for at in context.headings)]  # fmt: skip
    return found[0] if len({fact.dims for fact in found}) == 1 else None
