r"""Chains in, sizes out that a note works out for a product: W X + b = (4 \times 3)(3 \times 1) + (4 \times 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from texgrad.expr import Expr
from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Clause
from texgrad.facts.sets import declared
from texgrad.facts.spaces import shaped
from texgrad.facts.symbols import Name, Size, name_of, read
from texgrad.notation.names import label

ORDER = 58  # where two facts stand at one place, the word of the higher order comes last

_ONES = frozenset(("\\mathbf{1}", "\\operatorname{1}"))  # a 1 in bold is a size here


def find(note: Note) -> Iterator[Fact]:
    chains = [_sides(clause) for run in note.runs for clause in run.clauses if set(map(str, clause.relations)) == {"="}]
    worked = [[fact for before, after in pairwise(sides) for fact in _worked_out(before, after)] for sides in chains]
    if any(worked):
        for sides, found in zip(chains, worked, strict=True):
            yield from found
            yield from _heads(sides)


def _sides(clause: Clause) -> list[Expr | None]:
    return [read(member) for member in clause.members] if len(clause.members) > 1 else []


def _worked_out(before: Expr | None, after: Expr | None) -> Iterator[Fact]:
    """The sizes of the factors of one side, where the next side has a size in the place of each."""
    if before is None or after is None or after.op not in ("sum", "term"):
        return
    terms, sized = (side.args if side.op == "sum" else (side,) for side in (before, after))
    found: list[tuple[Name, tuple[Size, Size]]] = []
    if len(terms) != len(sized):
        return
    for term, sizes in zip(terms, sized, strict=True):
        factors, groups = (side.args if side.op == "term" else (side,) for side in (term, sizes))
        names = [name_of(factor, factor.span) for factor in factors]
        dims = [_size(group) for group in groups]
        if len(names) != len(dims) or None in names or None in dims:
            return
        if any(left[1] != right[0] for left, right in pairwise(dims)):
            return  # numbers times numbers
        found.extend(zip(names, dims, strict=True))
    yield from _declared(found)


def _heads(sides: Sequence[Expr | None]) -> Iterator[Fact]:
    """The lone symbols of a chain that ends in one size, with a formula before that."""
    size = _size(sides[-1]) if sides and sides[-1] is not None else None
    if size is None or not all(isinstance(each, int) for each in size):
        return
    names = [name_of(side, side.span) if side is not None else None for side in sides[:-1]]
    symbols = [name for name in names if name is not None and not name.call]
    yield from _declared([(name, size) for name in symbols] if len(symbols) < len(names) else [])


def _declared(found: Sequence[tuple[Name, tuple[Size, Size]]]) -> Iterator[Fact]:
    """What the sizes say of the names; rows and numbers among them are said to be such as well."""
    for name, dims in found:
        space = shaped(dims[::-1] if name.transposed else dims)
        if space is not None and not name.call:
            yield declared(name, space)
        if dims[0] == 1:
            yield Convention("worked-sizes", name.name, name.span)


def _size(expr: Expr) -> tuple[Size, Size] | None:
    """(4, 3) of (4 \\times 3)."""
    inside = expr.args[0].args if expr.op == "group" and expr.name == "(" and expr.args[0].op == "term" else ()
    if len(inside) != 3 or inside[1].name != "\\times":
        return None
    first, second = (1 if part.name in _ONES else int(part.name) if part.name.isdigit() else label(part)
                     for part in inside[::2])  # fmt: skip
    return first, second
