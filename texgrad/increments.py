r"""Statements in, the same ones out with \Delta x as one symbol, where a note has \Delta only in front of symbols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from texgrad.expr import Expr
from texgrad.statements import Statement

SIGN = "\\Delta"
VARIED = "\\delta"  # a factor elsewhere: an increment only where the note differentiates by one


def joined(found: Sequence[Statement], declared: Iterable[str]) -> list[Statement]:
    """Statements with their increments as symbols; a sign that the note declares stays a symbol of its own."""
    surfaces = [member.expr for statement in found for member in statement.members if member.expr is not None]
    signs = {name for name in (SIGN, VARIED) if name not in declared and _marks(surfaces, name)}
    if not signs:
        return list(found)
    return [
        replace(statement, members=tuple(
            member if member.expr is None else replace(member, expr=_joined(member.expr, signs))
            for member in statement.members
        ))
        for statement in found
    ]  # fmt: skip


def _marks(surfaces: Sequence[Expr], name: str) -> bool:
    """Whether a sign stands in front of a symbol wherever it stands."""
    uses = [use for surface in surfaces for use in _uses(surface, name)]
    return bool(uses) and all(uses) and (name == SIGN or any(_varied(surface) for surface in surfaces))


def _uses(expr: Expr, name: str) -> Iterator[bool]:
    """For each place of a sign, whether a symbol stands behind it."""
    for at, part in enumerate(expr.args):
        if part.op == "symbol" and part.name == name:
            behind = expr.args[at + 1] if expr.op == "term" and at + 1 < len(expr.args) else None
            yield behind is not None and _symbol(behind)
        else:
            yield from _uses(part, name)
    if expr.op == "symbol" and expr.name == name and not expr.args:
        yield False


def _varied(expr: Expr) -> bool:
    """Whether something is differentiated by an increment: \\partial \\delta x."""
    signs = any(a.op == "dsign" and b.op == "symbol" and b.name == VARIED for a, b in pairwise(expr.args))
    return (expr.op == "term" and signs) or any(map(_varied, expr.args))


def _symbol(item: Expr) -> bool:
    while item.op in ("sup", "sub", "prime"):
        item = item.args[0]
    return item.op == "symbol" and item.name not in (SIGN, VARIED)


def _joined(expr: Expr, signs: set[str]) -> Expr:
    args = [_joined(part, signs) for part in expr.args]
    if expr.op == "term":
        for at in range(len(args) - 2, -1, -1):
            if args[at].op == "symbol" and args[at].name in signs:
                args[at : at + 2] = [_named(args[at].name, args[at + 1])]
    if len(args) == 1 and expr.op == "term":
        return args[0]
    return expr if args == list(expr.args) else replace(expr, args=tuple(args))


def _named(sign: str, item: Expr) -> Expr:
    """The symbol under the scripts of an item, with the sign in front of its name."""
    if item.op == "symbol":
        return replace(item, name=f"{sign}{{{item.name}}}")
    return replace(item, args=(_named(sign, item.args[0]), *item.args[1:]))
