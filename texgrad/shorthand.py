"""The statements of a note in, the cost J out where the note writes dZ for the derivative of J by Z; None elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.notation.names import label
from texgrad.statements import Statement

COSTS = "JLCE"


def shorthand(found: Sequence[Statement]) -> str | None:
    """The cost J where the note writes dZ for dJ/dZ: dZ on one side, and no other differential to match it."""
    costs: Counter[str] = Counter()
    evidence = 0
    for statement in found:
        sides = [_differentials(member.expr) for member in statement.members if member.expr is not None]
        for member in statement.members:
            if member.expr is not None:
                costs.update(_numerators(member.expr))
        if len(sides) >= 2 and any(sides) and not all(sides):
            evidence += 1
    return costs.most_common(1)[0][0] if evidence >= 2 and costs else None


def _differentials(surface: Expr) -> bool:
    """Whether an expression has a plain d in front of a capital outside of fractions: dZ^{[2]}."""
    if surface.op == "frac":
        return False
    items = surface.args
    for sign, following in zip(items, items[1:], strict=False):
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
