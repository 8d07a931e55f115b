"""A probe and a wrong right side in, the smallest edit with which the link holds out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from texgrad.dependence import root
from texgrad.explain.build import combined, divided, scaled, times
from texgrad.explain.edits import places, single
from texgrad.explain.pieces import pieces_of, with_piece
from texgrad.explain.probe import Probe, multiple
from texgrad.expr import Expr, number, substitute

TWO = number(2)
MAX_EVALUATED = 150  # candidates whose values are compared
MAX_SIZES = 6  # letters that a sum may run to
MAX_LOOKED_AT = 900  # candidates whose shape is looked at


def corrections(probe: Probe, wrong: Expr, thorough: bool = True) -> Iterator[tuple[Expr, bool]]:
    """Expressions near the wrong one that are equal to the left side, the nearest first; True beside a usual slip."""
    share = 1 if thorough else 3
    right_fits = probe.fits(wrong)
    if right_fits:
        yield from ((scaled_, True) for scaled_ in _multiples(probe, wrong))
        yield from ((cells, True) for cells in _cells(probe, wrong))
    for likely in (*_limits(probe, wrong), *_stretched(probe, wrong)):
        if probe.factor(likely) == 1:
            yield likely, True
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
    pieces = _pieces(probe, wrong)
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


def _limits(probe: Probe, wrong: Expr) -> Iterator[Expr]:
    """The sums to other sizes that the note declares: to m samples, not to n features; c^n det(A) for c det(A)."""
    sizes = list(probe.chain.scope.words.sizes)
    whole = wrong.args if wrong.op == "product" and any(arg.op in ("det", "abs") for arg in wrong.args) else ()
    for k, factor in enumerate(whole):
        if factor.op == "symbol":
            raised = (Expr("power", (factor, Expr("symbol", (), size))) for size in sizes[:MAX_SIZES])
            yield from (times(*whole[:k], each, *whole[k + 1 :]) for each in raised)
    for place in places(wrong):
        part = place.part
        if part.op in ("sum_over", "product_over") and part.args[-1].op == "symbol":
            others = [size for size in sizes if size != part.args[-1].name][:MAX_SIZES]
            for size in others:
                yield place.around(replace(part, args=(*part.args[:-1], replace(part.args[-1], name=size))))


def _stretched(probe: Probe, wrong: Expr) -> Iterator[Expr]:
    """With s(2z) or s(z/2) for s(z), a function of one number that the note defines."""
    for place in places(wrong):
        definition = probe.typing.definition(place.part.name) if place.part.op == "symbol" else None
        if definition is not None and len(definition.parameters) == 1 and probe.infer(place.part) == (1, 1):
            point = Expr("symbol", (), definition.parameters[0])
            for other in (times(TWO, point), divided(point, TWO)):
                yield place.around(substitute(definition.body, {point.name: other}))


def _cells(probe: Probe, wrong: Expr) -> Iterator[Expr]:
    """A matrix written out, with other numbers in front of some entries; the others, not all of them numbers, hold."""
    value, left = (probe.values(wrong), probe.left()) if wrong.op == "block" else (None, None)
    cells = [cell for row in wrong.args for cell in row.args] if wrong.op == "block" else []
    if value is None or value.shape != left.shape or value.shape[1] * value.shape[2] != len(cells):
        return
    by = [multiple(left[:, i : i + 1, j : j + 1], value[:, i : i + 1, j : j + 1])
          for i in range(value.shape[1]) for j in range(value.shape[2])]  # fmt: skip
    told = any(each == 1 and cell.op != "number" for cell, each in zip(cells, by, strict=True))
    if told and all(by) and any(each != 1 for each in by):
        mended = iter(scaled(cell, each) for cell, each in zip(cells, by, strict=True))
        yield replace(wrong, args=tuple(replace(row, args=tuple(next(mended) for _ in row.args)) for row in wrong.args))


def _pieces(probe: Probe, wrong: Expr) -> list[Expr]:
    """Parts of the left side, through the definition of what is differentiated, here or on the way: dL/ds for s = ...

    Then entries that are differentiated on the right, r_i of \\nabla^2 r_i; no whole side of the chain (or H^T).
    """
    goal = probe.goal
    found = pieces_of(goal)
    steps = (root(variable) for part in wrong.walk() if part.op == "derivative" for variable in part.args[1:])
    for name in (*(part.name for part in goal.walk() if part.op == "symbol"), *steps):
        definition = probe.typing.definition(name) if name else None
        if definition is not None:
            found += [piece for piece in pieces_of(definition.body) if piece not in found]
    targets = [part.args[0] for part in wrong.walk() if part.op == "derivative"
               and part.args[0].op in ("entry", "member")]  # fmt: skip
    found = [piece for piece in found if piece not in probe.chain.members][:16]
    return [*found, *(target for target in dict.fromkeys(targets) if target not in found)]
