"""A probe and a wrong right side in, the smallest edit with which the link holds out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from texgrad.explain.build import combined, scaled
from texgrad.explain.edits import pieces_of, single, with_piece
from texgrad.explain.probe import Probe
from texgrad.expr import Expr

MAX_EVALUATED = 150  # candidates whose values are compared
MAX_LOOKED_AT = 900  # candidates whose shape is looked at


def corrections(probe: Probe, wrong: Expr, thorough: bool = True) -> Iterator[tuple[Expr, bool]]:
    """Expressions near the wrong one that are equal to the left side, the nearest first; True beside a usual slip."""
    share = 1 if thorough else 3
    right_fits = probe.fits(wrong)
    if right_fits:
        yield from ((multiple, True) for multiple in _multiples(probe, wrong))
    seen = {wrong, *(member for member in probe.chain.members if isinstance(member, Expr))}
    looked = 0

    def is_scalar(part: Expr) -> bool | None:
        shape = probe.infer(part)
        return None if shape is None else shape == (1, 1)

    def bounded(candidates):
        nonlocal looked
        for candidate in candidates:
            looked += 1
            if probe.evaluated > MAX_EVALUATED // share or looked > MAX_LOOKED_AT // share:
                return
            whole = candidate[0] if isinstance(candidate, tuple) else candidate
            if whole not in seen:
                seen.add(whole)
                yield candidate

    for kind, slip in single(wrong, is_scalar):
        multiples = []  # a second edit, another number in front, comes after all that need none
        for candidate in bounded(kind):
            by = probe.factor(candidate)
            if by == 1:
                yield candidate, slip
            elif by is not None:
                multiples.append((scaled(candidate, by), slip))
        yield from multiples
    pieces = _pieces(probe)
    for candidate, replaces in bounded(with_piece(wrong, pieces, is_scalar)):
        by = probe.factor(candidate)
        if by is not None:
            yield scaled(candidate, by), False
        elif replaces and right_fits and probe.fits(candidate):
            numbers = probe.combination([wrong, candidate])
            if numbers is not None and all(numbers):
                yield combined(numbers, [wrong, candidate]), False


def _multiples(probe: Probe, wrong: Expr) -> Iterator[Expr]:
    """Other numbers in front: of the whole, or of each of its terms."""
    by = probe.factor(wrong)
    if by is not None:
        yield scaled(wrong, by)
    terms = list(wrong.args) if wrong.op == "sum" else []
    if 2 <= len(terms) <= 5 and all(probe.fits(term) for term in terms):
        numbers = probe.combination(terms)
        if numbers is not None and any(by != Fraction(0) for by in numbers):
            found = combined(numbers, terms)
            if found is not None:
                yield found


def _pieces(probe: Probe) -> list[Expr]:
    """Parts of the left side, through the definition of what is differentiated."""
    goal = probe.goal
    found = pieces_of(goal)
    for part in goal.walk():
        definition = probe.typing.definition(part.name) if part.op == "symbol" else None
        if definition is not None:
            found += [piece for piece in pieces_of(definition.body) if piece not in found]
    return found[:16]
