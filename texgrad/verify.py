"""A document in, its verdicts out: each chain is tried under every layout and reading, then the note's layout is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from texgrad.claims import Chain, Link, read_claims
from texgrad.document import Document, Piece
from texgrad.errors import NoteError
from texgrad.explain import explained
from texgrad.expr import Expr
from texgrad.facts.directives import parse_directive
from texgrad.facts.fact import LayoutStatement
from texgrad.judge import Judgement, Outcome, Trial, implied, judge, unreached
from texgrad.layouts import NAMED, names_of, profiles
from texgrad.ops import TABLE
from texgrad.readings import alternatives
from texgrad.report import Finding
from texgrad.source import Source, Span

MAX_READINGS = 24
HYPOTHESES = ("symmetric", "orthogonal", "diagonal")


@dataclass
class Case:
    """A chain with its judgements: one per choice of options for the kinds of derivative in it."""

    chain: Chain
    judgements: list[tuple[dict[str, str], Judgement]]


def verify(
    document: Document, *, layout: str | None = None, declarations: str | None = None
) -> tuple[list[Finding], str | None, list[str]]:
    """Findings in reading order, the name of the note's layout, and remarks on the note as a whole."""
    extra = parse_directive(declarations, Span(Source("<configuration>", declarations), 0, 0)) if declarations else ()
    reading = read_claims(document, extra)
    cases = [Case(chain, _judgements(chain)) for chain in reading.chains if chain.links]
    stated = _stated(reading.context.facts, layout)
    note = _note_layout(cases, stated)
    findings = [finding for case in cases for finding in _findings(case, note)]
    findings += [_unread(piece, problem) for piece, problem in reading.problems]
    findings.sort(key=lambda finding: (finding.path, finding.line, finding.column))
    return findings, _layout_name(note), []


# -- trials ------------------------------------------------------------------------------------------------------------


def _judgements(chain: Chain) -> list[tuple[dict[str, str], Judgement]]:
    """One judgement per layout, all under the first reading that makes every link hold in some layout, else the best."""
    best = _under(chain, Trial({}))
    if _complete(best, chain):
        return best
    for trial in _readings(chain, best[0][1]):
        other = _under(chain, trial)
        if _rank(other, chain) > _rank(best, chain):
            best = other
            if _complete(best, chain):
                break
    return best


def _under(chain: Chain, trial: Trial) -> list[tuple[dict[str, str], Judgement]]:
    first = judge(chain, trial)
    choices = profiles(set(first.used))
    if len(choices) == 1:
        return [({}, first)]
    return [(profile, judge(chain, replace(trial, profile=profile))) for profile in choices]


def _complete(judgements: list[tuple[dict[str, str], Judgement]], chain: Chain) -> bool:
    return any(_good(judgement, chain) for _, judgement in judgements)


def _rank(judgements: list[tuple[dict[str, str], Judgement]], chain: Chain) -> int:
    return max(_score(judgement, chain) for _, judgement in judgements)


def _good(judgement: Judgement, chain: Chain) -> bool:
    return all(_holds(judgement.outcomes[link.at]) for link in chain.links)


def _holds(outcome: Outcome) -> bool:
    return outcome.state == "equal"


def _score(judgement: Judgement, chain: Chain) -> int:
    return sum(2 * _holds(judgement.outcomes[link.at]) for link in chain.links)


def _readings(chain: Chain, first: Judgement):
    """Other readings that a reader would admit: kinds of symbols that are in doubt, broadcasting, structured dX."""
    doubtful = []
    for member in chain.members:
        if isinstance(member, NoteError):
            continue
        for name in chain.scope.leaves(member):
            symbol = chain.scope.symbol(name)
            if not symbol.sure and symbol.kind in ALTERNATIVES and name not in doubtful:
                doubtful.append(name)
    opaque = _opaque(chain)
    if opaque:
        yield Trial({}, hidden=opaque)
    yield Trial({}, relaxed=True)
    if opaque:
        yield Trial({}, relaxed=True, hidden=opaque)
    count = 0
    for size in (1, 2, 3):
        for names in combinations(doubtful, size):
            kinds = {name: ALTERNATIVES[chain.scope.symbol(name).kind] for name in names}
            yield Trial({}, kinds)
            count += 1
            if count >= MAX_READINGS:
                return
    if any(o.state == "shape" for o in first.outcomes.values()):
        yield Trial({}, broadcast=True)
    if first.typing.varied:
        yield Trial({}, structured=True)
    ops = {part.op for member in chain.members if isinstance(member, Expr) for part in member.walk()}
    for readings in alternatives(chain.scope.all_conventions, ops):
        yield Trial({}, readings=readings)



def _opaque(chain: Chain) -> frozenset[str]:
    """Defined symbols that may stand for themselves: matrices of which the note states a property, a cost that it
    writes for the last layer only."""
    names = set()
    for member in chain.members:
        if isinstance(member, NoteError):
            continue
        for part in member.walk():
            if part.op != "symbol" or chain.scope.definition(part.name) is None:
                continue
            if chain.scope.symbol(part.name).properties & {"symmetric", "positive-definite", "diagonal"}:
                names.add(part.name)
        names.update(unreached(chain, member))
    return frozenset(names)


# facts say column or row of a gradient by a column vector; an option says same or transposed
OPTION_WORDS = {"column": "same", "row": "transposed"}
ALTERNATIVES = {"scalar": "column", "matrix": "scalar"}


# -- the note's layout -------------------------------------------------------------------------------------------------


def _stated(facts: Sequence, layout: str | None) -> dict[str, str]:
    if layout:
        return dict(NAMED[layout])
    choices: dict[str, str] = {}
    for _, fact in facts:
        if isinstance(fact, LayoutStatement):
            if fact.name in NAMED and not choices:
                choices.update(NAMED[fact.name])
            for kind, choice in fact.choices.items():
                choices[kind] = OPTION_WORDS.get(choice, choice)
    return choices


def _note_layout(cases: Sequence[Case], stated: dict[str, str]) -> dict[str, str]:
    """What the note states; for kinds of which it says nothing, what most of its claims need."""
    votes: dict[str, Counter[str]] = {}
    for case in cases:
        if len(case.judgements) < 2:
            continue
        for link in case.chain.links:
            holding = [profile for profile, judgement in case.judgements if _holds(judgement.outcomes[link.at])]
            if not holding or len(holding) == len(case.judgements):
                continue
            for kind in holding[0]:
                options = {profile[kind] for profile in holding}
                if len(options) == 1 and "elementwise" not in options:
                    votes.setdefault(kind, Counter())[options.pop()] += 1
    note = {}
    for kind, counter in votes.items():
        ranked = counter.most_common(2)
        if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
            note[kind] = ranked[0][0]
    return note | stated


def _layout_name(note: dict[str, str]) -> str | None:
    if not note:
        return None
    names = names_of({kind: choice for kind, choice in note.items() if kind in NAMED["mixed"]})
    for name in ("denominator", "numerator", "mixed"):
        if name in names:
            return name
    return "own"


def _agrees(profile: dict[str, str], note: dict[str, str]) -> bool:
    return all(note.get(kind, choice) == choice or choice == "elementwise" for kind, choice in profile.items())


# -- verdicts ----------------------------------------------------------------------------------------------------------


def _findings(case: Case, note: dict[str, str]) -> list[Finding]:
    chain = case.chain
    if chain.quoted:
        return []
    usual = [item for item in case.judgements if _agrees(item[0], note)] or case.judgements
    profile, judgement = max(usual, key=lambda item: _score(item[1], chain))
    findings, left = [], False
    for link in chain.links:
        outcome = judgement.outcomes[link.at]
        finding = _finding(case, link, outcome, profile, judgement, left)
        if outcome.state in ("differs", "shape"):
            left = True
        if finding is not None:
            findings.append(finding)
    return findings


def _finding(case: Case, link: Link, outcome: Outcome, profile, judgement: Judgement, left: bool) -> Finding | None:
    chain = case.chain
    if _condition(chain, link):
        return _make(chain, link, "verified", judgement, profile) if _holds(outcome) else None
    if _holds(outcome):
        remark = "carries on a step that does not hold" if left and outcome.against_head == "differs" else None
        remark = remark or _reading(judgement)
        return _make(chain, link, "verified", judgement, profile, remark=remark)
    if outcome.against_head == "equal":
        return _make(chain, link, "verified", judgement, profile, remark="returns to the value of the head")
    elsewhere = tuple(
        name for other, j in case.judgements if _holds(j.outcomes[link.at]) for name in (names_of(other) or ("own",))
    )
    if elsewhere:
        return _make(chain, link, "layout", judgement, profile, layouts=tuple(dict.fromkeys(elsewhere)),
                     message="holds in another layout than the note's")  # fmt: skip
    if outcome.state in ("unsupported", "mixed"):
        reason = outcome.message or "the values agree at some points only"
        return None if link.kind == "algebra" else _make(chain, link, "undecided", judgement, profile, reason=reason)
    if link.kind == "algebra" and not _assertive(chain, link):
        return None
    reason = _unsettled(chain, link, judgement)
    if reason is not None:
        return _make(chain, link, "undecided", judgement, profile, reason=reason)
    hypothesis = _hypothesis(chain, link, profile, judgement)
    if hypothesis:
        return _make(chain, link, "assumption", judgement, profile, assumptions=hypothesis,
                     message="holds only if " + " and ".join(hypothesis))  # fmt: skip
    if outcome.state == "shape":
        message = outcome.message or f"the sides have different shapes: {outcome.shapes[0]} and {outcome.shapes[1]}"
        return _make(chain, link, "shape", judgement, profile, message=message)
    return _make(chain, link, "wrong", judgement, profile, message="the two sides differ",
                 discrepancy=outcome.discrepancy)  # fmt: skip


def _reading(judgement: Judgement) -> str | None:
    """The meaning of a sign that a claim holds under, where it is not the usual one."""
    read = [f"{op} read as {TABLE[name].summary}" for op, name in sorted(judgement.trial.readings.items())]
    return "; ".join(read) or None


def _condition(chain: Chain, link: Link) -> bool:
    """= 0: a condition, unless it holds everywhere."""
    member = chain.members[link.at]
    surface = chain.statement.members[link.at].expr
    if isinstance(member, Expr) and member.op in ("zeros", "number") and (member.op == "zeros" or float(member.name) == 0):
        return True
    return surface is not None and surface.op == "number" and surface.name == "0"


def _assertive(chain: Chain, link: Link) -> bool:
    """Algebra is held against a note only in a derivation: a chain of definition and rewritings."""
    return link.at >= 2 or len(chain.links) >= 2 and chain.defines


def _unsettled(chain: Chain, link: Link, judgement: Judgement) -> str | None:
    """Why a difference proves nothing: a symbol that only one side knows and the note never explains."""
    scope = chain.scope
    right = chain.members[link.at]
    lefts = [m for m in chain.members[: link.at] if isinstance(m, Expr)]
    if not isinstance(right, Expr) or not lefts:
        return "a side cannot be read"
    left_names = {name for member in lefts for name in scope.leaves(member)}
    right_names = set(scope.leaves(right))
    for name in sorted(right_names - left_names):
        if not scope.is_size(name) and scope.declared(name) is None and name not in judgement.typing.ranges:
            return f"what {name} is, the note does not say"
    depends = implied(chain)
    for name in sorted(depends):
        if name not in right_names and not scope.symbol(name).arguments:
            return f"{name} has no definition"
    return None


def _hypothesis(chain: Chain, link: Link, profile, judgement: Judgement) -> tuple[str, ...]:
    """The hypothesis under which the link would hold, where one does."""
    typing = judgement.typing
    square = [name for name, shape in typing.symbols.items()
              if typing.unifier.find(shape[0]) == typing.unifier.find(shape[1]) != 1
              and chain.scope.definition(name) is None
              and "not-symmetric" not in chain.scope.symbol(name).properties]  # fmt: skip
    for hypothesis in HYPOTHESES:
        for names in ([[name] for name in square] + ([square] if len(square) > 1 else [])):
            added = {name: frozenset((hypothesis,)) for name in names}
            trial = judge(chain, Trial(profile, typing.kinds, added))
            if _holds(trial.outcomes[link.at]):
                return tuple(f"{name} is {hypothesis}" for name in names)
    return ()


# -- findings ----------------------------------------------------------------------------------------------------------


def _make(chain: Chain, link: Link, verdict, judgement: Judgement, profile, **more) -> Finding:
    statement = chain.statement
    left, right = statement.members[link.at - 1], statement.members[link.at]
    relation = statement.relations[link.at - 1][1]
    head = next((m for m in reversed(statement.members[: link.at]) if m.expr is not None), left)
    source = relation.source
    line, column = source.position(relation.start)
    end_line, end_column = source.position(right.span.end)
    typing = judgement.typing
    shapes = {name: typing.unifier.show(shape) for name, shape in typing.symbols.items() if not name.endswith("()")}
    finding = Finding(
        path=source.path, line=line, column=column, end_line=end_line, end_column=end_column,
        latex=f"{head.span.text} = {right.span.text}", lhs=head.span.text, rhs=right.span.text, verdict=verdict,
        shapes=shapes, source_line=source.line_text(line), code=None,
        layouts=more.pop("layouts", None) or names_of(profile), **more,
    )  # fmt: skip
    return explained(finding, chain, link, judgement)


def _unread(piece: Piece, problem: NoteError) -> Finding:
    span = problem.span or piece.span()
    line, column = span.source.position(span.start)
    return Finding(
        path=span.source.path, line=line, column=column, end_line=line, end_column=column, latex=piece.text, lhs="",
        rhs=piece.text, verdict="undecided", reason=problem.message, source_line=span.source.line_text(line),
    )  # fmt: skip
