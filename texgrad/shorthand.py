"""The statements of a note in, its costs J out where it writes dZ for the derivative of J by Z; none elsewhere.

A note may keep the mean over the samples out of it: where dW = 1/m dZ A^T, dW is the derivative of the mean J, and dZ
that of the sum m J.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from texgrad.expr import Expr
from texgrad.notation.names import label
from texgrad.statements import Statement
from texgrad.typography import letter

COSTS = "JLCE"
_COMPOUND = frozenset(("term", "sum", "function"))
_MATRICES = frozenset(("diag", "Diag"))
NAMED = frozenset(("\\ell", "\\operatorname{loss}", "\\operatorname{Loss}"))


@dataclass(frozen=True)
class Mean:
    """The number of samples, the letters of the parameters (by which the mean is differentiated), and the sections."""

    count: str
    parameters: frozenset[str]
    sections: frozenset[int]

    def of_sum(self, name: str) -> bool:
        """Whether the shorthand for a derivative by this symbol is that of the sum over the samples."""
        return letter(name) not in self.parameters


def mean(found: Sequence[Statement], headings: Sequence[int]) -> Mean | None:
    """What the note says of the mean by dW = \\frac{1}{m} dZ A^T, at least twice, and in which of its sections."""
    counts: Counter[str] = Counter()
    parameters: set[str] = set()
    sections: set[int] = set()
    for statement in found:
        for target, count in _share_of(statement):
            counts[count] += 1
            parameters.add(letter(target))
            sections.add(bisect(headings, statement.piece))
    if not counts or counts.most_common(1)[0][1] < 2:
        return None
    return Mean(counts.most_common(1)[0][0], frozenset(parameters), frozenset(sections))


def _share_of(statement: Statement) -> list[tuple[str, str]]:
    """(W, m) of dW = \\frac{1}{m} dZ A^T."""
    head = statement.members[0].expr
    target = _differential_of(head) if head is not None else None
    members = [member.expr for member in statement.members[1:] if member.expr is not None] if target else []
    return [(target, count) for member in members if (count := _share(member)) is not None]


def _differential_of(surface: Expr) -> str | None:
    """The name of X in a lone dX."""
    if surface.op != "term" or len(surface.args) != 2 or surface.args[0].op != "dsign" or surface.args[0].name != "d":
        return None
    return _whole(surface.args[1])


def _share(surface: Expr) -> str | None:
    """The m of \\frac{1}{m} dZ A^T."""
    if surface.op != "term" or surface.args[0].op != "frac" or not _differentials(surface):
        return None
    above, below = surface.args[0].args
    return below.name if above.op == "number" and above.name == "1" and below.op == "symbol" else None


def shorthand(found: Sequence[Statement], said: Sequence[str] = ()) -> list[tuple[tuple[int, int], str]]:
    """The costs that the note differentiates, with their places, where it writes dZ on one side of equations only.

    `said` are the costs of which its words tell so: "dv stands for \\partial L/\\partial v".
    """
    if len({*said}) == 1 and said[0]:
        return [((0, 0), said[0])]
    costs: list[tuple[tuple[int, int], str]] = []
    evidence = 0
    for statement in found:
        sides = [_differentials(member.expr) for member in statement.members if member.expr is not None]
        place = (statement.piece, statement.members[0].span.start)
        for member in statement.members:
            if member.expr is not None:
                costs.extend((place, name) for name in _numerators(member.expr))
        costs.extend((place, name) for name in _defined(statement))
        spoken = [_speaks(member.expr) for member in statement.members if member.expr is not None]
        if (len(sides) >= 2 and any(sides) and not all(spoken) and not _vanishes(statement)) or _share_of(statement):
            evidence += 1
    backward = _backward(found)
    if not costs and (backward or any(_share_of(statement) for statement in found)):
        costs.append(((0, 0), COSTS[0]))  # of a cost that has no name
    differentiated = {name for statement in found for member in statement.members if member.expr is not None
                      for name in _numerators(member.expr)}  # fmt: skip
    if said and differentiated:  # "dT for \\partial L / \\partial T": of L
        costs = [(place, name) for place, name in costs if name in differentiated]
    names = {name for _, name in costs}
    varied = {name for statement in found for member in statement.members if member.expr is not None
              for name in _varied(member.expr)}  # fmt: skip
    if names & varied:
        return []  # dJ = tr(G^T dX): differentials
    ruled = any(_of_compound(member.expr) for statement in found for member in statement.members if member.expr)
    return costs if said or backward or (evidence >= 2 and not ruled) else []


def _vanishes(statement: Statement) -> bool:
    """Whether a side is a number: dA = 0 of a constant, (dX) X^{-1} + X d(X^{-1}) = 0."""
    return any(member.expr is not None and member.expr.op == "number" for member in statement.members)


def _of_compound(surface: Expr) -> bool:
    """Whether a d stands in front of more than a symbol, d(A X B), d \\det X: a differential, as no cost is named."""
    if surface.op == "frac":
        return False
    terms = surface.args if surface.op == "term" and surface.args[0].op != "big" else ()
    for sign, following in pairwise(terms):
        inner = following.args[0].op if following.op == "group" else following.op
        if sign.op == "dsign" and sign.name == "d" and inner in _COMPOUND:
            return True
    return any(map(_of_compound, surface.args))


def _backward(found: Sequence[Statement]) -> bool:
    """Whether equations lead from the d of what depends to the d of what it depends on: Y = X W and dX = dY W^T.

    A differential goes the other way: dY = dX W.
    """
    made: dict[str, set[str]] = {}
    for statement in found:
        head = statement.members[0].expr
        if head is not None and head.op in ("symbol", "sub", "sup") and len(statement.members) > 1:
            bodies = [member.expr for member in statement.members[1:] if member.expr is not None]
            made.setdefault(_whole(head), set()).update(name for body in bodies for name in _names(body))
    directions: Counter[str] = Counter()
    for statement in found:
        head = statement.members[0].expr
        first = _differential_of(head) if head is not None else None
        others = {name for member in statement.members[1:] if member.expr is not None for name in _varied(member.expr)}
        for name in others if first else ():
            directions["back"] += first in _sources(made, name) - {name}
            directions["forth"] += name in _sources(made, first) - {first}
    return directions["back"] >= 2 and not directions["forth"]


def _whole(surface: Expr) -> str:
    """The name of a symbol, of the whole where an entry is written."""
    return label(surface.args[0] if surface.op == "sub" and label(surface.args[1]).isalpha() else surface)


def _names(surface: Expr) -> set[str]:
    return {_whole(part) for part in surface.walk() if part.op in ("symbol", "sub", "sup")}


def _varied(surface: Expr) -> set[str]:
    """The names of each X in dX, fractions aside."""
    if surface.op == "frac" or surface.op == "big":
        return set()
    found = {_whole(following) for sign, following in pairwise(surface.args)
             if sign.op == "dsign" and sign.name == "d" and following.op in ("symbol", "sub", "sup")}  # fmt: skip
    return found.union(*map(_varied, surface.args))


def _sources(made: dict[str, set[str]], name: str) -> set[str]:
    """All that a symbol is made of."""
    found: set[str] = set()
    stack = [name]
    while stack:
        for source in made.get(stack.pop(), ()):
            if source not in found:
                found.add(source)
                stack.append(source)
    return found


def _differentials(surface: Expr) -> bool:
    """Whether an expression has a plain d in front of a capital outside of fractions: dZ^{[2]}."""
    if surface.op == "frac":
        return False
    for sign, following in pairwise(surface.args if surface.op == "term" else ()):  # no d_N
        base = following
        while base.op in ("sup", "sub"):
            base = base.args[0]
        sign = sign.args[0] if sign.op == "sup" and sign.args[1].op == "number" else sign
        capital = base.op == "symbol" and base.name.lstrip("\\")[:1].isupper()
        if sign.op == "dsign" and sign.name == "d" and capital:
            return True
    return any(map(_differentials, surface.args))


def _speaks(surface: Expr) -> bool:
    """Whether an expression has a d of whatever stands behind it, outside of fractions: d(A^{-1}), d \\log\\det A."""
    return surface.op == "dsign" or (surface.op != "frac" and any(map(_speaks, surface.args)))


def _defined(statement: Statement) -> list[str]:
    """The symbol J of J = \\frac{1}{m} \\sum ..., J(w, b) = ..."""
    head = statement.members[0].expr
    if head is not None and head.op == "term" and len(head.args) == 2 and head.args[1].op == "group":
        head = head.args[0]
    if head is None or head.op != "symbol" or len(statement.members) < 2 or not _is_cost(head):
        return []
    body = statement.members[1].expr
    found = [part for part in body.walk() if part.op in ("big", "function")] if body is not None else []
    matrix = any(part.name in _MATRICES for part in found)  # J = diag(p) - p p^T
    return [head.name] if found and not matrix else []


def _is_cost(symbol: Expr) -> bool:
    return label(symbol).removeprefix("\\mathcal{")[:1] in COSTS or symbol.name in NAMED


def _numerators(surface: Expr) -> list[str]:
    """The symbols J of \\frac{dJ}{dW} and \\frac{\\partial J}{\\partial W}, by capital or script letters."""
    found = []
    for part in surface.walk():
        if part.op == "frac" and part.args[0].op == "term" and len(part.args[0].args) == 2:
            sign, target = part.args[0].args
            if sign.op == "dsign" and target.op == "symbol" and _is_cost(target):
                found.append(target.name)
        for sign, target, slash, below in zip(part.args, part.args[1:], part.args[2:], part.args[3:], strict=False):
            if [sign.op, target.op, slash.name, below.op] == ["dsign", "symbol", "/", "dsign"] and _is_cost(target):
                found.append(target.name)
    return found
