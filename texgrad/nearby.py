"""A link in, whether the note says near it what may be the hypothesis that it lacks, in words that were not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from texgrad.claims import Chain, Link
from texgrad.conditions import RELATIONS
from texgrad.dependence import leaves
from texgrad.expr import Expr
from texgrad.facts.fact import HYPOTHESES, NORMED, Declaration, Unread, Withdrawal
from texgrad.hypotheses import lengths
from texgrad.judge import Judgement, judge


def unread(chain: Chain, link: Link, judgement: Judgement, assumed: Sequence[str]) -> bool:
    """Whether the note says something near a claim that may be the hypothesis that it lacks."""
    typing = judgement.typing
    if _in_a_case(chain, link, judgement):
        return True
    needed = [(name, what) for each in assumed for name, _, what in [each.partition(" is ")]]
    if any(what == "constant" and _is_differential(chain, name) for name, what in needed):
        return True  # nobody writes dL of a constant L
    lacking = {name for name, what in needed if what == "symmetric"}
    orthogonal = {name for name, what in needed if what == "orthogonal"}
    if assumed and not (lacking or orthogonal):
        return False
    context, here = chain.scope.context, chain.place[0]
    symbols = lacking or orthogonal or {name for member in (chain.members[link.at - 1], chain.members[link.at])
                          if isinstance(member, Expr) for name in leaves(chain, typing, member)}  # fmt: skip
    right = chain.members[link.at]
    general = lengths(right) if isinstance(right, Expr) else frozenset()
    told: set[str] = set()
    near_by: dict[str, frozenset[str]] = {}
    found, meant, span = False, False, chain.statement.members[0].span
    for (place, _), fact in context.facts:
        if isinstance(fact, Withdrawal) and place <= here and (not fact.names or fact.names & symbols) and (
            fact.reach is None or fact.reach.start <= span.start <= fact.reach.end
        ):
            found, meant, near_by = False, False, {}
        first, last = sorted((place, here))
        wanted = fact.properties & HYPOTHESES if isinstance(fact, Declaration) else frozenset()
        wanted -= NORMED if lacking or (isinstance(fact, Declaration) and fact.name in general) else frozenset()
        near = not any(first < heading <= last for heading in context.headings)
        close = near and sum(first <= end < last for end in context.breaks) <= 1
        if wanted and fact.name in symbols:  # the author may have it in mind before or behind the place that has it
            later = here < place and fact.name not in told and near and fact.onward
            told |= {fact.name}
            meant = meant or later or (fact.hold == "formula" and close)
            if later or (fact.hold != "note" and close):
                near_by[fact.name] = near_by.get(fact.name, frozenset()) | wanted
        if not isinstance(fact, Unread) or fact.of != ("symmetric" if lacking else "other") or _is_side(chain, fact):
            continue
        if fact.of == "other" and fact.names and fact.names <= general:
            continue
        near = close or (near and place <= here and lacking)
        if (near or (fact.general and place <= here)) and (not fact.names or fact.names & symbols):
            found = True
    if meant and not found:
        trial = replace(judgement.trial, hypotheses=near_by)
        found = bool(lacking) or judge(chain, trial).outcomes[link.at].state == "equal"
    return found


def _is_differential(chain: Chain, name: str) -> bool:
    """Whether a side has the differential of a symbol alone."""
    return any(part.op == "differential" and part.args[0] == Expr("symbol", (), name)
               for member in chain.members if isinstance(member, Expr) for part in member.walk())  # fmt: skip


def _is_side(chain: Chain, fact: Unread) -> bool:
    """Whether a side is the difference of the sides of a constraint: under w^T w = 1, w^T w - 1 is nothing to claim."""
    left, equals, right = squeezed(fact.span.text).partition("=")
    differences = {f"{left}-{right}", f"{right}-{left}"}
    return bool(equals) and not differences.isdisjoint(squeezed(each.text) for each in chain.statement.members)


def squeezed(text: str) -> str:
    """A formula without what does not change its meaning."""
    return re.sub(r"[\s{}()$.,;&]|\\[,;!]|\\(?:left|right|big\w*|Big\w*)(?![a-zA-Z])", "", text)


def _in_a_case(chain: Chain, link: Link, judgement: Judgement) -> bool:
    """Whether the note compares an index near a claim in which it has no condition on it.

    With a fixed letter that the claim does not lead to, or with another index, under which it then holds.
    """
    free, told = judgement.typing.free, {frozenset(letters) for _, *letters in chain.conditions}
    head = chain.members[0]
    own = {part.name for part in head.walk()} if isinstance(head, Expr) else set()
    for first, second in ((each, other) for each in free for other in _compared_near(chain, each)):
        if first in own and second not in free and second not in chain.scope.usage.bound:
            return True
        if second in free and frozenset((first, second)) not in told and any(
            judge(replace(chain, conditions=(*chain.conditions, (relation, first, second))), judgement.trial)
            .outcomes[link.at].state == "equal" for relation in RELATIONS
        ):
            return True
    return False


def _compared_near(chain: Chain, letter: str) -> set[str]:
    """What the same paragraph compares an index with."""
    context, here = chain.scope.context, chain.place[0]
    return {other for piece, other in context.usage.compared.get(letter, ())
            if not any(min(piece, here) < at <= max(piece, here) for at in context.headings)
            and not any(min(piece, here) <= at < max(piece, here) for at in context.breaks)}  # fmt: skip
