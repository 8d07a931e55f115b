"""A chain in, out the same with one font for each letter that it has now in bold, now plain: |X| = |\\mathbf{X}|."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from texgrad.claims import Chain
from texgrad.expr import Expr
from texgrad.typography import emboldened

NAMED = frozenset(("symbol", "call", "primed"))


def one_font(chain: Chain) -> Chain | None:
    """The chain with a plain letter as the bold one beside it, where the note says nothing of the plain one.

    x is a number beside the vector in many notes: this is a reading for claims that hold under it and under no other.
    """
    members = [member for member in chain.members if isinstance(member, Expr)]
    names = {_root(part.name) for member in members for part in member.walk() if part.op in NAMED}
    scope, one = chain.scope, {}
    for name in names:
        twin = emboldened(name)[0]
        if twin == name or twin not in names or scope.definition(name) is not None:
            continue
        if scope.is_function(name):
            one[twin] = name  # what a note says of a function it says of the plain f
        elif scope.declared(name) is None:
            one[name] = twin
    if not one:
        return None
    same = [_renamed(member, one) if isinstance(member, Expr) else member for member in chain.members]
    return replace(chain, members=same)


def _root(name: str) -> str:
    """f for the f' of a primed function."""
    return name.partition(" ")[0]


def _renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    root = _root(expr.name) if expr.op in NAMED else ""
    name = names[root] + expr.name[len(root) :] if root in names else expr.name
    return Expr(expr.op, tuple(_renamed(arg, names) for arg in expr.args), name, expr.span)
