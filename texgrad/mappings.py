r"""Statements in, the same with f: x \mapsto x^T A x written as f(x) = x^T A x, which defines a function, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad.expr import Expr
from texgrad.statements import Member, Statement

NAMES = frozenset(("symbol", "sub", "sup", "prime"))
NEAR = 2  # pieces between the signature and the rule: f: R^n -> R, $x \mapsto ...$


def with_mappings(found: Sequence[Statement]) -> list[Statement]:
    """Each rule with the function's name from the statements before it; rules without a name stay as they are."""
    result: list[Statement] = []
    for at, statement in enumerate(found):
        place = next((k for k, (sign, _) in enumerate(statement.relations) if sign == "\\mapsto"), None)
        head = _head(found, at) if place is not None and _argument(statement, place) else None
        if head is None:
            result.append(statement)
            continue
        members, relations = statement.members[place + 1 :], statement.relations[place + 1 :]
        sign = ("=", statement.relations[place][1])
        result.append(replace(statement, members=(_call(head, statement.members[0]), *members),
                              relations=(sign, *relations)))  # fmt: skip
    return result


def _argument(statement: Statement, place: int) -> bool:
    r"""Whether one symbol stands in front of the arrow, perhaps with its set: t \in R \mapsto."""
    first = statement.members[0].expr
    signs = [sign for sign, _ in statement.relations[:place]]
    return signs in ([], ["\\in"]) and first is not None and (first.op in NAMES or first.op == "group")


def _head(found: Sequence[Statement], at: int) -> Member | None:
    r"""The f of "f: x \mapsto", or of "f: R^n \to R" just before."""
    for before in reversed(found[max(at - 2, 0) : at]):
        first = before.members[0]
        if found[at].piece - before.piece > NEAR:
            return None
        if not before.relations and first.expr is not None and first.expr.op in NAMES:
            return first
        if [sign for sign, _ in before.relations] not in (["\\to"], ["\\subset", "\\to"]):
            return None
    return None


def _call(head: Member, argument: Member) -> Member:
    inner = argument.expr
    group = inner if inner.op == "group" else Expr("group", (inner,), "(", argument.span)
    return Member(head.span.to(argument.span), Expr("term", (head.expr, group), span=head.span), None, argument.row)
