"""A chain in, chains out that say the same otherwise read: a letter in two fonts as one, a name as it was before.

These are readings for claims that hold under them and under no other; nothing is held against a note under one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from texgrad.claims import Chain
from texgrad.expr import Expr
from texgrad.trials import defined
from texgrad.typography import emboldened

NAMED = frozenset(("symbol", "call", "primed"))
MAX_EARLIER = 3


def otherwise(chain: Chain) -> Iterator[Chain]:
    """The other readings of the names in a chain."""
    yield from _one_font(chain)
    yield from islice(_earlier(chain), MAX_EARLIER)


def _one_font(chain: Chain) -> Iterator[Chain]:
    """The chain with a plain letter as the bold one beside it, where the note says nothing of the plain one."""
    names = {_root(part.name) for member in _sides(chain) for part in member.walk() if part.op in NAMED}
    scope, one = chain.scope, {}
    for name in names:
        twin = emboldened(name)[0]
        if twin == name or twin not in names or scope.definition(name) is not None:
            continue
        if scope.is_function(name):
            one[twin] = name  # what a note says of a function it says of the plain f
        elif scope.declared(name) is None:
            one[name] = twin
    if one:
        same = [_renamed(member, one) if isinstance(member, Expr) else member for member in chain.members]
        yield replace(chain, members=same)


def _earlier(chain: Chain) -> Iterator[Chain]:
    """The chain with a definition before the last one: "with a temperature, s = ...", and then s without it again."""
    context = chain.scope.context
    for name, body in defined(chain, _sides(chain)):
        said = [item for item in context.definitions if item[1].name == name]
        last = [item for item in said if item[1].body is body]
        if last and said[0][0] < last[-1][0]:
            without = replace(context, definitions=[item for item in context.definitions if item is not last[-1]])
            yield replace(chain, scope=without.at(chain.place, chain.statement.members[0].span.source))


def _sides(chain: Chain) -> list[Expr]:
    return [member for member in chain.members if isinstance(member, Expr)]


def _root(name: str) -> str:
    """f for the f' of a primed function."""
    return name.partition(" ")[0]


def _renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    root = _root(expr.name) if expr.op in NAMED else ""
    name = names[root] + expr.name[len(root) :] if root in names else expr.name
    return Expr(expr.op, tuple(_renamed(arg, names) for arg in expr.args), name, expr.span)
