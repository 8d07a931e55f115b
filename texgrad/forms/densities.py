"""Densities p(y | x, w): one function for each choice of letters, since a note calls all its densities p."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from texgrad.expr import Expr
from texgrad.notation.names import label

ORDER = 90
NAME = re.compile(r"^[^()|]*\([^()]*\|[^()]*\)$")
ACCENTS = re.compile(r"^\\(?:hat|bar|tilde|widehat|widetilde|overline)\{(.*)\}$")


@dataclass(frozen=True)
class Density:
    """A density: `exact` its name with all indices, `name` that with bare letters, `args` what it is a function of."""

    exact: str
    name: str
    args: tuple[Expr, ...]


def density(head: Expr, group: Expr) -> Density | None:
    """The density that a symbol with (... | ...) behind it is; conditions such as y = 1 are part of its name."""
    body = group.args[0] if group.op == "group" and group.name == "(" else None
    if body is None or body.op != "list" or body.name != "|" or head.op not in ("symbol", "sub"):
        return None
    sides = [side.args if side.op == "list" else (side,) for side in body.args]
    exact = "|".join(",".join(map(label, side)) for side in sides)
    bare = "|".join(",".join(map(_letter, side)) for side in sides)
    args = tuple(part for side in sides for part in side if part.op != "relation")
    return Density(f"{label(head)}({exact})", f"{label(head)}({bare})", args)


def _letter(part: Expr) -> str:
    """The letter of an argument without its indices and accents; a condition as it stands."""
    if part.op == "relation":
        return part.name.join(map(_letter, part.args))
    while part.op in ("sub", "sup", "group", "brace"):
        part = part.args[0]
    found = ACCENTS.match(label(part))
    return found[1] if found else label(part)


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """p(x_n | m_k) by the definition of p(x | m), as the symbol that it is by itself, else as a function of both."""
    found = density(items[at], items[at + 1]) if at + 1 < len(items) else None
    if found is None or r.scope.usage.paired:
        return None
    if r.scope.definition(found.exact) is not None and not r.scope.definition(found.exact).parameters:
        return Expr("symbol", (), found.exact, items[at].span), at + 2
    name = found.name if r.scope.definition(found.name) else r.scope.alike(found.name, len(found.args)) or found.name
    return r.apply(name, [r(arg) for arg in found.args], span=items[at].span), at + 2
