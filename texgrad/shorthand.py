"""The statements of a note in, its costs J out where it writes dZ for the derivative of J by Z; none elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from texgrad.expr import Expr
from texgrad.notation.names import label
from texgrad.statements import Statement

COSTS = "JLCE"


def shorthand(found: Sequence[Statement]) -> list[tuple[tuple[int, int], str]]:
    """The costs that the note differentiates, with their places, where it writes dZ on one side of equations only."""
    costs: list[tuple[tuple[int, int], str]] = []
    evidence = 0
    for statement in found:
        sides = [_differentials(member.expr) for member in statement.members if member.expr is not None]
        place = (statement.piece, statement.members[0].span.start)
        for member in statement.members:
            if member.expr is not None:
                costs.extend((place, name) for name in _numerators(member.expr))
        if len(sides) >= 2 and any(sides) and not all(sides):
            evidence += 1
    return costs if evidence >= 2 else []


def _differentials(surface: Expr) -> bool:
    """Whether an expression has a plain d in front of a capital outside of fractions: dZ^{[2]}."""
    if surface.op == "frac":
        return False
    items = surface.args
    for sign, following in pairwise(items):
        base = following
        while base.op in ("sup", "sub"):
            base = base.args[0]
        if sign.op == "dsign" and sign.name == "d" and base.op == "symbol" and base.name.isupper():
            return True
    return any(map(_differentials, items))


def _numerators(surface: Expr) -> list[str]:
    """The symbols J of \\frac{dJ}{dW} and \\frac{\\partial J}{\\partial W}, by capital or script letters."""
    found = []
    for part in surface.walk():
        if part.op == "frac" and part.args[0].op == "term" and len(part.args[0].args) == 2:
            sign, target = part.args[0].args
            if sign.op == "dsign" and target.op == "symbol" and label(target).removeprefix("\\mathcal{")[:1] in COSTS:
                found.append(target.name)
    return found
