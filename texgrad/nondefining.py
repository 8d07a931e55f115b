"""An equation in, whether it says nothing of what its left side stands for: a zero, a set, a case, a value."""

from __future__ import annotations

from texgrad.context import IDENTITIES, Scope
from texgrad.expr import Expr
from texgrad.typography import strip


def is_boundary(scope: Scope, name: str, parameters: tuple[str, ...], body: Expr) -> bool:
    """P(t_f) = S, and S(\\hat{b}) = y^T M y of a known S: a value at one point, not what the function is."""
    names = {*scope.leaves(body)}
    known = [each.parameters for at, each in scope.context.definitions if at < scope.place and each.name == name]
    marked = not {*parameters} & {part.name for part in body.walk()} and all(map(scope.is_defined, parameters))
    if parameters and marked and parameters not in known and tuple(map(strip, parameters)) in known:
        return True
    return bool(parameters) and all(
        "_{" in each and not names & {each, each.partition("_{")[0]} for each in parameters
    )


def is_case(surface: Expr) -> bool:
    """A = I, R = 0{,}5 in a sentence: a case or an example with numbers, not what the symbol stands for."""
    if surface.op in ("symbol", "sub"):  # I, I_n
        return (surface.args[0] if surface.op == "sub" else surface).name in IDENTITIES
    return surface.op == "number" or (surface.op in ("frac", "neg", "brace") and all(map(is_case, surface.args)))


def is_zero(surface: Expr) -> bool:
    return (surface.op == "number" and float(surface.name or 1) == 0) or surface.name in ("\\mathbf{0}",)


def is_set(surface: Expr) -> bool:
    """X = \\mathbb{R}^{m \\times n}, written for X \\in ..."""
    core = surface.args[0] if surface.op == "sup" else surface
    return core.op == "symbol" and core.name.startswith("\\mathbb{")
