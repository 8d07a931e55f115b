"""A finding and its claim in, the message in plain words out: what does not hold, in the note's own notation."""

from __future__ import annotations

import numpy as np

from texgrad.claims import Chain, Link
from texgrad.explain.plain import plain
from texgrad.explain.probe import Probe
from texgrad.expr import Expr
from texgrad.judge import Judgement
from texgrad.latex import Unprintable, to_latex
from texgrad.layouts import names_of
from texgrad.report import Finding

LONG = 48
NOUNS = {"scalar-by-vector": "gradient", "scalar-by-matrix": "gradient",
         "gradient-by-vector": "gradient", "gradient-by-matrix": "gradient", "vector-by-vector": "Jacobian"}


def message(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> str:
    """What is wrong with a claim, in one line."""
    return _MESSAGES[finding.verdict](finding, chain, link, judgement)


def _wrong(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> str:
    noun = _noun(chain, link, judgement)
    left, right = _sides(finding, chain, link)
    if link.at > 1:
        said = f"{left or 'the step before'} is not {right or 'what follows it'}"
        return f"this step breaks the chain: {said}{_later(chain, link, judgement)}"
    if left and right:
        said = f"{left} is not {right}"
    elif right:
        said = f"the left side is not {right}"
    else:
        said = f"the right side is not {left}" if left else "the two sides differ"
    return f"wrong {noun}: {said}{_later(chain, link, judgement)}"


def _sides(finding: Finding, chain: Chain, link: Link) -> tuple[str | None, str | None]:
    """Both sides in plain text: as they are written, else (where macros are in the way) as they are understood."""
    texts = []
    for written, member in ((finding.lhs, chain.members[link.at - 1]), (finding.rhs, chain.members[link.at])):
        text = plain(written, LONG)
        if text is None and isinstance(member, Expr) and len(written) < 4 * LONG:
            try:
                text = plain(to_latex(member), LONG)
            except Unprintable:
                text = None
        texts.append(text)
    return texts[0], texts[1]


def _noun(chain: Chain, link: Link, judgement: Judgement) -> str:
    """Gradient, Jacobian, Hessian: what the left side is, in a word."""
    if link.kind == "algebra":
        return "step"
    if link.kind == "differential":
        return "differential"
    heads = [m for m in chain.members[: link.at] if isinstance(m, Expr) and m.op == "derivative"]
    if not heads:
        return "derivative"
    if len(heads[0].args) == 3:
        wide = any(judgement.typing.shapes.get(id(v), (1, 1)) != (1, 1) for v in heads[0].args[1:])
        return "Hessian" if wide else "second derivative"
    kind, _ = judgement.typing.plans.get(id(heads[0]), ("", ""))
    return NOUNS.get(kind, "derivative")


def _later(chain: Chain, link: Link, judgement: Judgement) -> str:
    """Whether a later step of the chain has the right value again."""
    for later in chain.links:
        outcome = judgement.outcomes.get(later.at)
        if later.at > link.at and outcome is not None and outcome.against_head == "equal":
            line = chain.statement.members[later.at].span.line
            here = chain.statement.members[link.at].span.line
            return f" (line {line} returns to the right value)" if line != here else " (a later step is right again)"
    return ""


def _shape(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> str:
    left, right = (_shape_of(judgement, chain.members[at]) for at in (link.at - 1, link.at))
    if left and right:
        if left != right:
            return f"shapes do not fit: the left side is {left}, the right side {right}"
        sizes = judgement.outcomes[link.at].shapes
        if all(sizes) and sizes[0] != sizes[1]:
            return f"shapes do not fit: both sides are {left}, but of other sizes, as {sizes[0]} and {sizes[1]}"
    inner = judgement.outcomes[link.at].message
    return f"shapes do not fit: {inner}" if inner else finding.message


def _shape_of(judgement: Judgement, member) -> str | None:
    if not isinstance(member, Expr) or id(member) not in judgement.typing.shapes:
        return None
    return judgement.typing.unifier.describe(judgement.typing.shapes[id(member)])


def _assumption(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> str:
    hypotheses = " and ".join(_hypothesis(text) for text in finding.assumptions)
    left, right = _sides(finding, chain, link)
    said = f"{left} = {right}" if left and right else "this"
    return f"{said} holds only if {hypotheses}"


def _hypothesis(text: str) -> str:
    name, is_, rest = text.partition(" is ")
    return f"{plain(name) or name}{is_}{rest}"


def _layout(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> str:
    there = " or ".join(name for name in finding.layouts if name != "own")
    here = next(iter(names_of(judgement.trial.profile)), None)
    right = f"right in {there} layout" if there else "right in another layout"
    return f"{right}, but the note uses {here} layout" if here else f"{right}, but the note uses its own"


_MESSAGES = {"wrong": _wrong, "shape": _shape, "assumption": _assumption, "layout": _layout}


def counterexample(probe: Probe, wrong: Expr) -> str | None:
    """The entry in which both sides differ most, with both values."""
    if not probe.fits(wrong):
        return None
    left, right = probe.left(), probe.values(wrong)
    if right is None or left.shape != right.shape or not np.isfinite(left[0]).all() or not np.isfinite(right[0]).all():
        return None
    row, col = np.unravel_index(np.abs(left[0] - right[0]).argmax(), left[0].shape)
    values = f"{left[0, row, col]:.4g} on the left, {right[0, row, col]:.4g} on the right"
    if left[0].size == 1:
        return f"at a random point: {values}"
    entry = row + col + 1 if 1 in left[0].shape else f"({row + 1}, {col + 1})"
    return f"at a random point they differ most in entry {entry}: {values}"
