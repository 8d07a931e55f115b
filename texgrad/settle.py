"""The formulas of a note in, kinds for its doubtful symbols out: one typing for the note, from all that it writes.

A plain letter is taken for a scalar (lower case) or a matrix (upper case) until a formula does not multiply out with
that. Then the fewest doubtful symbols are read otherwise that make it fit, and the note is read so everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, islice, product

from texgrad.context import SETTLED, Scope
from texgrad.errors import NoteError, ShapeMismatch
from texgrad.expr import Expr
from texgrad.shapes import Typing
from texgrad.typography import letter

NUMBERS = frozenset("c k m n t \\alpha \\beta \\gamma \\epsilon \\varepsilon \\eta \\lambda \\mu \\rho \\tau".split())
ALTERNATIVES = {"scalar": ("column",), "matrix": ("scalar", "column"), "column": ("scalar",)}
MAX_TRIES = 60


def doubtful(scope: Scope, expressions: Iterable[Expr]) -> list[str]:
    """Symbols whose kind the note only suggests, in order of appearance."""
    names: list[str] = []
    for expr in expressions:
        for name in scope.leaves(expr):
            symbol = scope.symbol(name)
            open_kind = not symbol.sure or symbol.why == SETTLED
            if name not in names and open_kind and symbol.kind in ALTERNATIVES and not scope.is_size(name):
                names.append(name)
    return names


def alternatives(scope: Scope, names: list[str], most: int = 3) -> Iterator[dict[str, str]]:
    r"""Other kinds for doubtful symbols: one of them, then two, then three.

    Small letters become vectors before a capital becomes a scalar: a note whose matrices shrink fits everything. In
    x + t v and x + \alpha s the vectors are v and s.
    """
    lower = sorted(names, key=lambda name: (scope.symbol(name).kind != "scalar", letter(name) in NUMBERS))
    small = [name for name in lower if scope.symbol(name).kind == "scalar"]
    for size in range(1, most + 1):
        for chosen in combinations(small, size):
            yield {name: ALTERNATIVES["scalar"][0] for name in chosen}
    for size in range(1, most + 1):
        for chosen in combinations(lower, size):
            if set(chosen) <= set(small):
                continue
            yield {name: ALTERNATIVES[scope.symbol(name).kind][0] for name in chosen}
    options = {name: ALTERNATIVES[scope.symbol(name).kind] for name in lower}
    for size in range(1, most):
        for chosen in combinations(lower, size):
            for kinds in product(*(options[name] for name in chosen)):
                if any(kind != options[name][0] for name, kind in zip(chosen, kinds, strict=True)):
                    yield dict(zip(chosen, kinds, strict=True))


def fits(scope: Scope, sides: list[Expr], kinds: dict[str, str], relaxed: bool = False) -> bool | None:
    """Whether each side multiplies out, and the first two agree; None where that cannot be told."""
    typing = Typing(scope, {}, dict(kinds), relaxed=relaxed)
    shapes = []
    for side in sides:
        try:
            shapes.append(typing.infer(side))
        except ShapeMismatch:
            return False
        except NoteError:
            return None
    if len(shapes) == 2:
        try:
            typing.unifier.same(*shapes)
        except ShapeMismatch:
            return False
    return True


def settle(equations: Iterable[tuple[Scope, list[Expr]]]) -> dict[str, str]:
    """Kinds that the equations of a note force on symbols in doubt, by name."""
    votes: dict[str, Counter[str]] = {}
    for scope, sides in equations:
        for relaxed in (False, True):  # f on R^n is also taken of A x + b in R^m
            if fits(scope, sides, {}, relaxed) is not False:
                break
            found = _mended(scope, sides, relaxed)
            if found is not None:
                for name, kind in found.items():
                    votes.setdefault(name, Counter())[kind] += 1
                break
    return {name: counter.most_common(1)[0][0] for name, counter in votes.items()}


def _mended(scope: Scope, sides: list[Expr], relaxed: bool) -> dict[str, str] | None:
    """Kinds of doubtful symbols under which the sides multiply out."""
    names = doubtful(scope, sides)
    tries = islice(alternatives(scope, names), MAX_TRIES)
    return next((kinds for kinds in tries if fits(scope, sides, kinds, relaxed)), None)
