"""The statements of a note in, its mark for gradients out: the bar of \\bar{v} = \\partial L / \\partial v for any v.

The note says so by that equation, or in words: "\\bar v for \\partial L / \\partial v".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from texgrad.declared import Place
from texgrad.expr import Expr
from texgrad.notation.names import label
from texgrad.statements import EQUAL, Statement

ACCENTS = ("\\bar{", "\\overline{", "\\widetilde{", "\\tilde{")


@dataclass(frozen=True)
class Adjoint:
    """From its place on, what bears this accent is the gradient of the cost by what stands under it."""

    place: Place
    accent: str
    cost: str

    def under(self, name: str) -> str | None:
        """The symbol whose gradient a name is: h_{t} for \\bar{h}_{t}."""
        if not name.startswith(self.accent) or name.endswith("_"):
            return None
        depth = 0
        for at, sign in enumerate(name):
            depth += (sign == "{") - (sign == "}")
            if depth == 0 and sign == "}":
                return name[len(self.accent) : at] + name[at + 1 :]
        return None


def adjoint(found: Sequence[Statement]) -> Adjoint | None:
    """The first accent that the note says to stand for a gradient."""
    for statement in found:
        sides = [member.expr for member in statement.members[:2]]
        if len(sides) == 2 and None not in sides and statement.relations[0][0] in EQUAL:
            said = _said(statement, sides[0], sides[1])
            if said is not None:
                return said
    for first, second in pairwise(found):
        alone = len(first.members) == len(second.members) == 1 and first.piece < second.piece <= first.piece + 2
        if alone and None not in (first.members[0].expr, second.members[0].expr):
            said = _said(second, first.members[0].expr, second.members[0].expr)
            if said is not None:
                return said
    return None


def _said(statement: Statement, mark: Expr, derivative: Expr) -> Adjoint | None:
    fraction = _fraction(derivative)
    accent = next((accent for accent in ACCENTS if label(mark).startswith(accent)), None)
    if fraction is None or accent is None:
        return None
    found = Adjoint((statement.piece, statement.members[0].span.start), accent, fraction[0])
    return found if found.under(label(mark)) == fraction[1] else None


def _fraction(surface: Expr) -> tuple[str, str] | None:
    """(L, v) of \\frac{\\partial L}{\\partial v} and of \\partial L / \\partial v."""
    if surface.op == "frac":
        parts = [part for side in surface.args for part in (side.args if side.op == "term" else ())]
    else:
        parts = [part for part in surface.args if part.name != "/"] if surface.op == "term" else []
    if [part.op == "dsign" for part in parts] != [True, False, True, False]:
        return None
    return label(parts[1]), label(parts[3])
