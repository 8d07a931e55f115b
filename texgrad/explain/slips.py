"""A right result and the side that was stated in, whether the one is the other with a slip in it out.

Where no edit of the stated side leads to the right result, an edit of the result may lead to what is stated: a factor
or a term that got lost is known from there alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from texgrad.explain.build import plus, times
from texgrad.explain.edits import Place, places, single
from texgrad.explain.probe import Probe, multiple
from texgrad.expr import Expr

MAX_EVALUATED = 150
MAX_LOOKED_AT = 600


def slipped(probe: Probe, right: Expr, stated: Expr) -> bool | None:
    """Whether a slip in the right result that is a usual one gives the stated side; None where no slip does."""
    start, looked = probe.evaluated, 0
    shape, values = probe.infer(stated), probe.values(stated)

    def is_scalar(part: Expr) -> bool | None:
        shape = probe.infer(part)
        return None if shape is None else shape == (1, 1)

    def same(candidate: Expr) -> bool:
        if values is None or shape is None or probe.infer(candidate) != shape:
            return False
        others = probe.values(candidate)
        alike = others is not None and others.shape == values.shape and multiple(values, others) == 1
        return alike and probe.same(candidate, stated)

    seen = {right}
    found = list(places(right))
    for kind, usual in (*single(right, is_scalar), (_lost(found), False), (_exchanged(found), False)):
        for candidate in kind:
            looked += 1
            if probe.evaluated - start > MAX_EVALUATED or looked > MAX_LOOKED_AT:
                return None
            if candidate not in seen:
                seen.add(candidate)
                if _sorted(candidate) == _sorted(stated) or (
                    shape is not None and values is not None and same(candidate)
                ):
                    return usual
    return None


def _lost(found: list[Place]) -> Iterator[Expr]:
    """Without one factor or one term, wherever it stands."""
    for whole in found:
        part = whole.part
        if part.op in ("product", "hadamard", "sum") and not part.name:
            for k in range(len(part.args)):
                rest = (*part.args[:k], *part.args[k + 1 :])
                yield whole.around(plus(*rest) if part.op == "sum" else times(*rest))


def _exchanged(found: list[Place]) -> Iterator[Expr]:
    """With one symbol in the place of another one."""
    symbols = dict.fromkeys(place.part for place in found if place.part.op in ("symbol", "member"))
    for place in found:
        if place.part in symbols:
            yield from (place.around(other) for other in symbols if other != place.part)


def _sorted(expr: Expr) -> Expr:
    """The same with terms in one order: what does not multiply out has no values to compare."""
    args = tuple(map(_sorted, expr.args))
    if expr.op == "identity":
        return Expr("identity")
    return Expr(expr.op, tuple(sorted(args, key=str)) if expr.op in ("sum", "hadamard") else args, expr.name)
