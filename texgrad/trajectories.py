"""An expression in, its derivative by time out, where the note has laws of motion: \\dot{x} = A x, or P(t)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from texgrad.expr import Expr
from texgrad.layers import speed
from texgrad.shapes import Definition

if TYPE_CHECKING:
    from texgrad.context import Scope

DOTTED = re.compile(r"\\(?P<second>d?)dot\{(?P<inner>(?:[^{}]|\{[^{}]*\})*)\}(?P<number>_\{[^{}]*\})?")
TIME = "t"


def dotted(scope: Scope, name: str) -> Definition | None:
    """\\dot{V} along the solutions of \\dot{x} = A x; \\dot{P} in a note that differentiates by t or has P(t)."""
    second, base = resting(name)
    if not base:
        return None
    if scope.definition(base) is not None:
        return moved(scope, name)
    timed = TIME in scope.usage.variables or scope.symbol(base).arguments == (TIME,)
    if not timed or scope.usage.primed & {name} or scope.law(name) is not None:
        return None
    t = Expr("symbol", (), TIME)
    return Definition(name, Expr("derivative", (Expr("symbol", (), base), t, *([t] if second else []))))


def moved(scope: Scope, name: str) -> Definition | None:
    """\\dot{V} of a known V(x) along the solutions of \\dot{x} = A x."""
    second, base = resting(name)
    known = scope.definition(base) if base and not second else None
    plain = known is not None and not known.indices and known.body.op != "block"  # of x = (q, v) a note says it anew
    body = rate(scope, known.body) if plain else None
    return Definition(name, body) if body is not None else None


def rate(scope: Scope, target: Expr) -> Expr | None:
    """The derivative by time of what moves as the note says, by all that moves in it; None where no law is known."""
    names = dict.fromkeys(scope.leaves(target))
    laws = [name for name in names if scope.law(speed(name)) is not None]
    written = {part.name for part in target.walk()}
    if not laws or TIME in names or written & {*map(speed, laws)}:  # \dot{q} as a variable of its own
        return None
    timed = [name for name in names if name not in laws and _is_timed(scope, name)]
    steps = [Expr("directional", (target, Expr("symbol", (), speed(name))), name) for name in (*laws, *timed)]
    return steps[0] if len(steps) == 1 else Expr("sum", tuple(steps))


def _is_timed(scope: Scope, name: str) -> bool:
    """Whether the note has written P(t) by now."""
    written = any((piece, 0) <= scope.place for piece in scope.usage.taken[name])
    return written and scope.symbol(name).arguments == (TIME,)


def resting(name: str) -> tuple[bool, str]:
    """Whether there are two dots, and what they stand on: W_1 of \\dot{W}_1; "" where there are none."""
    found = DOTTED.fullmatch(name)
    return (bool(found["second"]), found["inner"] + (found["number"] or "")) if found else (False, "")
