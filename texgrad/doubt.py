"""A finding in, the same or a milder one out: texgrad does not accuse a note of what may be its own misreading.

An author's error is nearly always a slip close to the truth (a transpose, a sign, a factor): then the search for a
correction finds it. A difference that no small edit mends is more often a symbol or a sentence that texgrad read
otherwise than the author meant it. Such a link is wrong only where nothing was left to guess.
"""

from __future__ import annotations

from dataclasses import replace

from texgrad.claims import Chain, Link
from texgrad.expr import Expr
from texgrad.judge import Judgement, leaves
from texgrad.report import Finding
from texgrad.trials import set_aside

REASON = "the sides differ, but by no small slip: the note may mean its symbols otherwise than texgrad reads them"


def doubted(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> Finding:
    """The finding, as undecided where an error was found on the strength of guesses."""
    if finding.verdict not in ("wrong", "shape"):
        return finding
    if finding.hint is not None and (finding.verdict == "wrong" or finding.expected is not None or _said(chain, link)):
        return finding  # shapes that do not fit are the likeliest misreading: those need a second witness
    if finding.expected is not None and not _made_up(chain, judgement) and _clear(chain, link, judgement):
        return finding
    return replace(finding, verdict="undecided", code="TG505", message="", reason=REASON, expected=None,
                   discrepancy=None)  # fmt: skip


def _made_up(chain: Chain, judgement: Judgement) -> bool:
    """Whether the reading passes over what the note says: definitions, or how arrays are added."""
    trial = judgement.trial
    return bool(set_aside(chain, trial) or trial.broadcast or trial.readings)


def _clear(chain: Chain, link: Link, judgement: Judgement) -> bool:
    """Whether every symbol of the link is of a kind that the note shows; Greek letters are scalars until shown else."""
    scope = chain.scope
    for member in (chain.members[0], chain.members[link.at - 1], chain.members[link.at]):
        if not isinstance(member, Expr):
            return False
        for name in leaves(chain, judgement.typing, member):
            symbol = scope.symbol(name)
            differentiated = name in judgement.typing.implied  # a cost by its place, whatever its letter
            plain_scalar = symbol.kind == "scalar" and (name.startswith("\\") or name in SCALARS or differentiated)
            if not (symbol.sure or scope.is_size(name) or plain_scalar):
                return False
    return True


def _said(chain: Chain, link: Link) -> bool:
    """Whether the note declares every symbol of the link."""
    scope = chain.scope
    members = [chain.members[0], chain.members[link.at - 1], chain.members[link.at]]
    names = {name for member in members if isinstance(member, Expr) for name in scope.leaves(member)}
    return all(scope.is_size(name) or scope.declared(name) is not None for name in names)


SCALARS = frozenset("abcknmst")
