"""A link of algebra in, whether it is held against a note where it does not hold: an identity, not a condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from texgrad.claims import Chain, Link
from texgrad.context import Scope
from texgrad.doubt import of_traces, said
from texgrad.errors import NoteError
from texgrad.explain.build import transposed
from texgrad.expr import Expr
from texgrad.judge import Judgement, is_zero, judge
from texgrad.nearby import squeezed
from texgrad.report import Finding
from texgrad.wording import CONDITIONS

ENDS = re.compile(r"[.;]\s|[。；]|\n\s*\n\s*(?=[A-ZÀ-ÝА-Я][^\W\d_]*\s)")
ALGEBRA = frozenset("trace det inverse pinv adjugate eigenvalues matrix_exp".split())
ATOMS = frozenset("symbol member entry call number zeros identity".split())
HYPERBOLIC = frozenset(("tanh", "sinh", "cosh"))
CURVES = HYPERBOLIC | {"sigmoid", "softplus", "exp", "log"}
STACKED = frozenset("kronecker vec vec_rows vech single_entry kronecker_sum direct_sum khatri_rao".split())


def asserts(chain: Chain, link: Link) -> bool:
    """Algebra is held against a note in a derivation, a chain of definition and rewritings, and where it is an identity
    of declared matrices."""
    return link.at >= 2 or (len(chain.links) >= 2 and chain.defines) or _identity(chain, link)


def by_slip(chain: Chain, link: Link) -> bool:
    """What is held against a note only where a slip leads to it: identities between the lines of the derivations, of
    symbols that the left side has, and covariances of what is made of a vector whose covariance the section states."""
    sides = chain.members[link.at - 1 : link.at + 1]
    if link.kind != "algebra" or not _read(sides[:1]):
        return False
    spread = next((part for part in sides[0].walk() if part.op == "covariance"), None)
    if spread is not None:
        return all(_is_stated(chain.scope, part.name) for part in spread.args[2::2])
    anew = any(place == chain.place for place, _ in chain.scope.context.definitions)  # r = A x - b, from here on
    if not _read(sides) or sides[0].op in ATOMS or _conditional(chain) or anew or asserts(chain, link):
        return False
    if not _is_composed(sides[0], chain.statement.members[link.at - 1].expr) or any(map(is_zero, chain.members)):
        return False  # D A^T = A D^T = 0 and A x = (a_1 x, a_2 x) say what holds of A and what stands in it
    left, right = ({name for name in chain.scope.leaves(side) if not chain.scope.is_size(name)} for side in sides)
    return bool(chain.scope.leaves(sides[1])) and right <= left


def _conditional(chain: Chain) -> bool:
    """Whether the sentence makes a condition of an equation; a capital behind a display begins another one."""
    return CONDITIONS.search(ENDS.split(chain.words)[-1]) is not None


def _is_composed(side: Expr, written: Expr | None) -> bool:
    """Whether a side is more than a product of symbols: an operation on one, or a value f(x^*), s(-z)."""
    if side.op in HYPERBOLIC or any(part.op in CURVES and part.args[0].op not in ATOMS for part in side.walk()):
        return True  # \tanh(z) = 2 s(2 z) - 1, s(-z) = 1 - s(z)
    called = written is not None and written.op == "term" and [item.op for item in written.args[1:]] == ["group"]
    return called or any(
        part.op in ALGEBRA | STACKED or (part.op in ("transpose", "norm") and part.args[0].op not in ATOMS)
        for part in side.walk()
    )


def _is_stated(scope: Scope, name: str) -> bool:
    """Whether the section, or only one place before it, says what a covariance is."""
    found = scope.definition(name)
    alone = sum(each.name == name and place < scope.place for place, each in scope.context.definitions) == 1
    return found is not None and (alone or not scope.is_foreign(found))


def slipped(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> bool:
    """Whether a finding accuses a step of a slip; AB = BA is a condition, no slip in AB = AB.

    Nor is a matrix that would have to be symmetric one, but between traces: tr(ABC) = tr(ACB).
    """
    if finding.verdict == "assumption":
        return of_traces(chain, link)
    slip = finding.slip or (finding.hint is not None and said(chain, link))
    left, right = chain.members[link.at - 1], chain.members[link.at]
    if slip and isinstance(right, Expr):  # M = M^T says what M is
        turned = replace(chain, members=[left, transposed(right)], links=[Link(1, link.kind)])
        slip = judge(turned, judgement.trial).outcomes[1].state != "equal"
    return slip and finding.verdict in ("wrong", "shape") and squeezed(finding.hint or "") != squeezed(finding.lhs)


def _read(sides: Sequence[Expr | NoteError]) -> bool:
    return all(isinstance(side, Expr) for side in sides)


def _identity(chain: Chain, link: Link) -> bool:
    """An identity of declared matrices in a display, or alone in an item of a list."""
    number, breaks = chain.statement.piece, chain.scope.context.breaks
    alone = chain.piece.display or {number - 1, number + 1} <= {*breaks}
    return alone and _of_declared(chain, link)


def _of_declared(chain: Chain, link: Link) -> bool:
    """An identity of declared matrices, with no new ones on the right; no condition (A^{-1} = A^T)."""
    left, right = chain.members[link.at - 1], chain.members[link.at]
    if not (isinstance(left, Expr) and isinstance(right, Expr)) or _conditional(chain):
        return False
    scope = chain.scope
    names, others = ({name for name in scope.leaves(side) if not scope.is_size(name)} for side in (left, right))
    if len(names) < 2 or not others or not others <= names or any(scope.declared(name) is None for name in names):
        return False
    parts = [*left.walk(), *right.walk()]
    return any(part.op in ALGEBRA and not all(arg.op == "symbol" for arg in part.args) for part in parts) or any(
        part.op in STACKED for part in parts
    )
