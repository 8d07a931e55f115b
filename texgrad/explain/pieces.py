"""A wrong right side and the parts of the left side in, the one with such a part put in out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from texgrad.explain.build import divided, inverted, times, transposed
from texgrad.explain.edits import LEAVES, places
from texgrad.expr import Expr


def pieces_of(expr: Expr, limit: int = 14) -> list[Expr]:
    """The parts of the left side that may be missing on the right: symbols first, then what is made of them."""
    symbols: dict[Expr, None] = {}
    made: dict[Expr, None] = {}
    for part in expr.walk():
        if part.op in ("symbol", "member", "entry"):
            symbols.setdefault(part)
        elif part.args and part.op not in ("derivative", "list", "sum_over", "neg", "condition", "cases"):
            made.setdefault(part)
    small = sorted(made, key=lambda part: sum(1 for _ in part.walk()))
    return [*symbols, *small][:limit]


def with_piece(expr: Expr, pieces: list[Expr], is_scalar: Callable[[Expr], bool | None]) -> Iterator[tuple[Expr, bool]]:
    """The whole with a part of the left side put in; True where that stands in the place of another part."""
    found = [place for place in places(expr) if place.depth <= 3]
    shapes = {piece: is_scalar(piece) for piece in pieces}
    scalars = [piece for piece in pieces if shapes[piece]]
    wide = [variant for piece in pieces if shapes[piece] is False for variant in _variants(piece)]
    for piece in scalars:
        yield times(piece, expr), False
        yield divided(expr, piece), False
    for place in found:
        part = place.part
        if part.op == "number" or part.op in ("neg", "sum_over"):
            continue
        scalar = is_scalar(part)
        if part.op in LEAVES | {"transpose", "inverse"} or place.depth == 0:
            for piece in scalars if scalar else wide:
                if piece != part:
                    yield place.around(piece), True
        if place.parent is None or place.parent.op == "sum":
            for piece in wide:
                if part.op == "product" and not part.name:
                    for k in range(len(part.args) + 1):
                        yield place.around(times(*part.args[:k], piece, *part.args[k:])), False
                else:
                    yield place.around(times(piece, part)), False
                    yield place.around(times(part, piece)), False
        elif part.op in LEAVES | {"transpose", "inverse"} and not scalar:
            for piece in wide:
                yield place.around(Expr("hadamard", (part, piece))), False
        if place.parent is not None and (place.parent.op == "sum" or (place.parent.op == "sum_over" and not place.at)):
            for piece in scalars:
                yield place.around(times(piece, part)), False


def _variants(piece: Expr) -> list[Expr]:
    if piece.op in ("symbol", "member"):
        return [piece, transposed(piece), inverted(piece), transposed(inverted(piece))]
    return [piece, transposed(piece)]
