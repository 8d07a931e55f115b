"""A link in, what it leans on out: the hypothesis that the note does not state and under which it would hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from texgrad.claims import Chain, Link
from texgrad.context import Scope
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.facts.fact import NORMED, Convention, Declaration
from texgrad.judge import Judgement, judge
from texgrad.shapes import Typing

SOFTMAX = frozenset(("softmax", "softmax_columns", "log_softmax", "logsumexp"))
DISTRIBUTIONS = {"probability": "a probability vector", "row-stochastic": "a matrix whose rows sum to one"}
HYPOTHESES = ("symmetric", "orthogonal")
UNLIKELY = {"orthogonal": frozenset(("symmetric", "positive-definite", "positive-semidefinite"))}


def hypothesis(chain: Chain, link: Link, judgement: Judgement) -> tuple[str, ...]:
    """The hypothesis under which the link would hold, where one does."""
    typing = judgement.typing
    for first, second in combinations(typing.free, 2) if len(typing.free) < 4 else ():
        apart = replace(chain, conditions=(*chain.conditions, ("\\ne", first, second)))
        if judge(apart, judgement.trial).outcomes[link.at].state == "equal":
            return (f"{first} \N{NOT EQUAL TO} {second}",)
    square = unsaid_square(chain, typing)
    for assumed in HYPOTHESES:
        for names in ([[name] for name in square] + ([square] if len(square) > 1 else [])):
            if any(chain.scope.symbol(name).properties & UNLIKELY.get(assumed, frozenset()) for name in names):
                continue
            added = {name: frozenset((assumed,)) for name in names}
            trial = judge(chain, replace(judgement.trial, hypotheses=added))
            if trial.outcomes[link.at].state == "equal":
                return tuple(f"{name} is {assumed}" for name in names)
    for name, assumed in _distributions(chain, typing):
        trial = judge(chain, replace(judgement.trial, hypotheses={name: frozenset((assumed,))}))
        if trial.outcomes[link.at].state == "equal":
            return (f"{name} is {DISTRIBUTIONS[assumed]}",)
    for name in typing.varied:
        if _varies(chain.members[link.at], name):
            continue
        trial = judge(chain, replace(judgement.trial, constant=frozenset((name,))))
        if len(typing.varied) > 1 and trial.outcomes[link.at].state == "equal":
            return (f"{name} is constant",)
    return ()


def lengths(side: Expr) -> frozenset[str]:
    """The vectors by whose length an expression divides: nobody writes 2/|u| where |u| = 1."""
    below = (part.args[1] for part in side.walk() if part.op == "divide")
    bases = (part.args[0] if part.op == "power" else part for part in below)
    return frozenset(base.args[0].name for base in bases if base.op == "norm" and base.args[0].op == "symbol")


def unsaid_square(chain: Chain, typing: Typing) -> list[str]:
    """Square matrices without a definition that may be symmetric, families of them among these."""
    alike = typing.unifier.find
    found = [name for name, (rows, columns) in typing.symbols.items()
             if alike(rows) == alike(columns) != 1 and typing.definition(name) is None
             and "not-symmetric" not in chain.scope.symbol(name).properties]  # fmt: skip
    return found + [name for name, sizes in typing.members.items()
                    if alike(sizes[-2]) == alike(sizes[-1]) != 1
                    and chain.scope.member_definition(name) is None]  # fmt: skip


def _distributions(chain: Chain, typing: Typing) -> list[tuple[str, str]]:
    """Symbols beside a softmax that may be targets: vectors that sum to one, matrices whose rows do."""
    scope, found = chain.scope, []
    if not any(_applies(scope, member, SOFTMAX) for member in chain.members if isinstance(member, Expr)):
        return []
    for name, shape in typing.symbols.items():
        if scope.definition(name) is None and not typing.unifier.is_scalar(shape):
            wide = typing.unifier.find(shape[1]) != 1
            found.append((name, "row-stochastic" if wide else "probability"))
    return found


def _applies(scope: Scope, side: Expr, ops: frozenset[str], seen: frozenset[str] = frozenset()) -> bool:
    """Whether an expression applies one of the operations, also through definitions."""
    for part in side.walk():
        known = part.op in ("symbol", "member") and part.name not in seen
        definition = scope.definition(part.name) if known else None
        if part.op in ops or (definition is not None and _applies(scope, definition.body, ops, seen | {part.name})):
            return True
    return False


def _varies(side: Expr | NoteError, name: str) -> bool:
    """Whether a side speaks of the differential of a symbol: then its author does not take it for a constant."""
    parts = side.walk() if isinstance(side, Expr) else ()
    return any(part.op == "differential" and any(leaf.name == name for leaf in part.walk()) for part in parts)


def supposes(chain: Chain, link: Link, judgement: Judgement) -> bool:
    """Whether an equation is what the note supposes, \\|u\\| = 1: that it then holds is no merit of the note."""
    span = chain.statement.span
    if any(isinstance(fact, Convention) and fact.name == "one-hot-at" and fact.span.source is span.source
           and span.start <= fact.span.start < span.end for _, fact in chain.scope.context.facts):  # fmt: skip
        return True  # y_c = 1
    found = [fact.name for _, fact in chain.scope.context.facts if isinstance(fact, Declaration)
             and fact.properties & (NORMED | {"idempotent"}) and fact.span.source is span.source
             and span.start <= fact.span.start < span.end] if link.kind == "algebra" else []  # fmt: skip
    return any(judgement.typing.definition(name) is None for name in found)
