"""A finding in, the same or a milder one out: texgrad does not accuse a note of what may be its own misreading.

An author's error is nearly always a slip close to the truth (a transpose, a sign, a factor): then the search for a
correction finds it. A difference that no small edit mends is more often a symbol or a sentence that texgrad read
otherwise than the author meant it. Such a link is wrong only where nothing was left to guess.
"""

from __future__ import annotations

from dataclasses import replace

from texgrad.claims import Chain, Link
from texgrad.expr import Expr
from texgrad.judge import Judgement
from texgrad.report import Finding

REASON = "the sides differ, but by no small slip: the note may mean its symbols otherwise than texgrad reads them"


def doubted(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> Finding:
    """The finding, as undecided where an error was found on the strength of guesses."""
    if finding.verdict not in ("wrong", "shape") or finding.hint is not None:
        return finding
    if _plain(judgement) and _said(chain, link, sure_is_enough=finding.expected is not None):
        return finding
    return replace(finding, verdict="undecided", code="TG505", message="", reason=REASON, expected=None, discrepancy=None)


def _plain(judgement: Judgement) -> bool:
    """Whether the note was read as it stands: no size let go, no definition passed over, no kind tried out."""
    trial = judgement.trial
    return not (trial.relaxed or trial.hidden or trial.kinds or trial.broadcast or trial.readings)


def _said(chain: Chain, link: Link, sure_is_enough: bool) -> bool:
    """Whether the note itself says what every symbol of the link is."""
    scope = chain.scope
    for member in (chain.members[0], chain.members[link.at - 1], chain.members[link.at]):
        if not isinstance(member, Expr):
            return False
        for name in scope.leaves(member):
            declared = scope.declared(name)
            said = declared is not None and declared.kind != "unknown"
            if not said and not scope.is_size(name) and not (sure_is_enough and scope.symbol(name).sure):
                return False
    return True
