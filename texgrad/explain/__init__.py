"""A finding and the claim behind it in, the finding with words and formulas that help its author out.

`hint` is the stated side with the smallest edit that makes the claim hold, `expected` the right side derived anew: both
are LaTeX that could stand in the place of the right side, and both have been read back and checked with numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad.claims import Chain, Link
from texgrad.errors import NoteError
from texgrad.explain.build import transposed
from texgrad.explain.derive import derived, restates
from texgrad.explain.probe import Probe
from texgrad.explain.search import corrections
from texgrad.explain.slips import slipped
from texgrad.explain.style import style_of
from texgrad.explain.words import counterexample, message
from texgrad.expr import Expr
from texgrad.hypotheses import unsaid_square
from texgrad.judge import Judgement
from texgrad.latex import Style, Unprintable, to_latex
from texgrad.otherwise import is_tuple
from texgrad.report import Finding

EXPLAINED = frozenset(("wrong", "shape", "assumption", "layout"))
MAX_CONFIRMED = 4
BRIEF = 80  # characters that a formula may have in any case


def explained(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> Finding:
    """The finding with its hint, the expected result and a message in plain words."""
    if finding.verdict not in EXPLAINED:
        return finding
    finding = replace(finding, message=message(finding, chain, link, judgement))
    try:
        return _with_formulas(finding, chain, link, judgement)
    except (NoteError, ArithmeticError, LookupError, ValueError, RecursionError):
        return finding  # a hint is a courtesy: where none can be found, the verdict stands alone


def _with_formulas(finding: Finding, chain: Chain, link: Link, judgement: Judgement) -> Finding:
    wrong = (chain.written or chain.members)[link.at]
    if not isinstance(wrong, Expr):
        return finding
    probe = Probe(chain, link, judgement.trial)
    if is_tuple(chain, link.at) and not probe.fits(wrong):
        wrong = transposed(wrong)  # the entries of a row, with commas
    style = style_of(chain)
    differ = counterexample(probe, wrong)
    found, expected = _expected(probe, style)
    if expected is not None and len(expected) > BRIEF + 3 * len(finding.latex):
        expected = None  # nobody would read it
    # what is right but laid out otherwise has no slip in it to be found
    known = expected is not None and finding.verdict == "layout"
    hint, slip = (expected, False) if known else _nearest(probe, wrong, style, thorough=expected is None)
    if hint is None:
        hint, slip = _undone(probe, wrong, style, [found, *chain.members[1 : link.at]])
    grounds = [differ] if differ else []
    symmetric = unsaid_square(chain, judgement.typing) if hint is None and link.kind != "algebra" else []
    if symmetric:
        added = {name: frozenset(("symmetric",)) for name in symmetric}
        probe = Probe(chain, link, replace(judgement.trial, hypotheses={**judgement.trial.hypotheses, **added}))
        hint, slip = _nearest(probe, wrong, style, thorough=expected is None)
        grounds += [f"corrected for symmetric {', '.join(symmetric)}"] if hint else []
    return replace(finding, expected=expected, hint=hint, slip=slip, types=(*finding.types, *grounds))


def _expected(probe: Probe, style: Style) -> tuple[Expr | None, str | None]:
    """The right side by the rules of differentiation, if numbers confirm it, and as it is written."""
    found = derived(probe)
    if found is None or not probe.holds(found):
        return None, None
    try:
        latex = to_latex(found, style)
    except Unprintable:
        return found, None
    return found, latex if probe.confirmed(latex) else None


def _undone(probe: Probe, wrong: Expr, style: Style, right: Sequence[Expr | object]) -> tuple[str | None, bool]:
    """A right result of which the stated side is what a slip makes of it."""
    for result in right:
        if not isinstance(result, Expr) or restates(probe.goal, result) or not probe.holds(result):
            continue
        slip = slipped(probe, result, wrong)
        if slip is None or (not slip and (_foreign(probe) or _special(probe, result, wrong))):
            continue
        try:
            latex = to_latex(result, style)
        except Unprintable:
            continue
        if probe.confirmed(latex):
            return latex, slip
    return None, False


def _foreign(probe: Probe) -> bool:
    """Whether what is differentiated is defined in another section: here it may have a term or a factor less."""
    targets = [part.args[0] for part in probe.goal.walk() if part.op == "derivative"]
    definitions = [probe.typing.definition(target.name) for target in targets if target.op == "symbol"]
    return any(definition is not None and probe.chain.scope.is_foreign(definition) for definition in definitions)


def _special(probe: Probe, right: Expr, stated: Expr) -> bool:
    """Whether a number is missing altogether: the note may speak of the case in which it is 0 or 1."""
    left = {part.name for part in stated.walk()}
    missing = [part for part in right.walk() if part.op == "symbol" and part.name not in left]
    return any(probe.infer(part) == (1, 1) for part in missing)


def _nearest(probe: Probe, wrong: Expr, style: Style, thorough: bool) -> tuple[str | None, bool]:
    """The stated side with the smallest edit, and whether that is a usual slip; with the right result known, only
    likely edits are tried."""
    if not probe.telling():
        return None, False  # where the left side is zero, whatever vanishes would do
    for tries, (candidate, slip) in enumerate(corrections(probe, wrong, thorough)):
        if tries >= MAX_CONFIRMED:
            break
        if restates(probe.goal, candidate) and not restates(probe.goal, wrong):
            continue
        try:
            latex = to_latex(candidate, style)
        except Unprintable:
            continue
        if probe.confirmed(latex):
            return latex, slip
    return None, False
