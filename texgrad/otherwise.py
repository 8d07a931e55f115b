"""A chain in, chains out that say the same otherwise read: one letter for two fonts, a name as it was before.

These are readings for claims that hold under them and under no other. Where its words name a function, a note is held
to that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice

from texgrad.claims import Chain
from texgrad.expr import Expr
from texgrad.trials import defined
from texgrad.typography import emboldened

NAMED = frozenset(("symbol", "call", "primed"))
MAX_EARLIER = 3
BEFORE = 60  # characters
BEHIND = (r"(?:[\s,:，：、$(|*\\\[]|[^\x00-\x7f。；]|\b(?:function|activation|unit|case|is|has|gives|we have|we get|"
          r"the|its|derivative)\b){0,24}。?[\s$]*$")  # fmt: skip
NAMES = {"sigmoid": r"(?i:sigmo[iï]?de?|logisti\w+|сигмоид\w*|シグモイド)", "tanh": r"(?i:tanh|th|双曲正切|双曲線正接)",
         "relu": r"(?i:relu|rectifier)", "softplus": r"(?i:softplus)"}


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


def named(chain: Chain) -> Iterator[Chain]:
    """The chain with the function whose name stands right before it: "for tanh, g'(z) = 1 - g(z)^2"."""
    span = chain.statement.members[0].span
    words = span.source.text[max(0, span.start - BEFORE) : span.start]
    operation = next((op for op, name in NAMES.items() if re.search(name + BEHIND, words)), None)
    primed = {_root(part.name) for side in _sides(chain) for part in side.walk() if part.op == "primed"}
    for letter in sorted(primed) if operation else ():
        meant = partial(_meant, letter, chain.scope.alias(letter), operation)
        scope = chain.scope.context.at(chain.place, span.source)
        scope.steps = meant
        members = [meant(member) if isinstance(member, Expr) else member for member in chain.members]
        yield replace(chain, members=members, scope=scope)


def _meant(letter: str, read: str | None, operation: str, expr: Expr) -> Expr:
    """An expression with an operation for an abstract function, or for what its letter was read as."""
    args = tuple(_meant(letter, read, operation, arg) for arg in expr.args)
    if expr.op == read or (expr.op == "call" and expr.name == letter):
        return Expr(operation, args, "", expr.span)
    if expr.op == "primed" and len(args) == 1 and _root(expr.name) == letter:
        args = (*args, Expr(operation, (Expr("symbol", (), "\N{INCREMENT}"),), span=expr.span))
    return Expr(expr.op, args, expr.name, expr.span)


def _sides(chain: Chain) -> list[Expr]:
    return [member for member in chain.members if isinstance(member, Expr)]


def _root(name: str) -> str:
    """f for the f' of a primed function."""
    return name.partition(" ")[0]


def _renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    root = _root(expr.name) if expr.op in NAMED else ""
    name = names[root] + expr.name[len(root) :] if root in names else expr.name
    return Expr(expr.op, tuple(_renamed(arg, names) for arg in expr.args), name, expr.span)
