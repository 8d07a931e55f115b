"""A document in, its findings out: chains are tried in every layout and reading, then the note's layout is settled."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from texgrad.claims import Chain, Reading, differentiated, noting, read_claims
from texgrad.codes import BY_CODE
from texgrad.dependence import unreached
from texgrad.document import Document
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.facts import contradictions, misunderstood, parse_directive
from texgrad.facts.fact import Convention, Declaration, Fact
from texgrad.hidden import usual
from texgrad.judge import ZERO, Judgement, Trial, judge
from texgrad.layouts import DEFAULT, GRADIENTS, NAMED, is_default, names_of, profiles
from texgrad.otherwise import implicit, in_words, is_tuple, left_out, named, otherwise
from texgrad.report import Finding, Notice, Verdicts
from texgrad.reversed_sizes import reversed_sizes
from texgrad.source import Source, Span
from texgrad.special_values import REASON as SPECIAL
from texgrad.special_values import special
from texgrad.stated import Stated, stated
from texgrad.trials import as_columns, given, natural, readings, set_aside, unled
from texgrad.unchecked import crashed, unread
from texgrad.unroll import unrolled
from texgrad.verdicts import Case, findings, holds, proven, score

DASH = "the dash in front may be a minus sign or the dash of a list"


@np.errstate(all="ignore")  # infinities and NaN are looked at where values are compared
def verify(document: Document, *, layout: str | None = None, declarations: str | None = None) -> Verdicts:
    """What is found of a document, under a layout and declarations that the settings may give."""
    extra = parse_directive(declarations, Span(Source("<configuration>", declarations), 0, 0)) if declarations else ()
    reading, cases = _judged(document, extra)
    shown = _shown(document, cases)
    if shown:
        reading, cases = _judged(document, (*extra, *shown))
    _accept(cases)
    found: list[Finding] = []
    said = stated(reading.context.facts, reading.context.headings, layout)
    own = [case for case in cases if not said.at(case.chain)]  # a formula of other authors shows nothing
    note = _note_layout(own, said.choices, said.weak)
    lines = _settling(cases, said, note)
    borne_out = proven(cases, note)
    for case in cases:
        with noting(case.chain.statement.span, reading.bugs):
            found += findings(case, note | said.at(case.chain), lines | said.lines_at(case.chain), borne_out)
    found += [unread(piece, problem) for piece, problem in reading.problems]
    found += [crashed(*bug) for bug in dict(reading.bugs).items()]  # one for each place
    found.sort(key=lambda finding: (finding.path, finding.line, finding.column))
    facts = [fact for _, fact in reading.context.facts]
    notices = [_notice("TG602", *problem) for problem in misunderstood(document)]
    notices += [_contradiction(*pair) for pair in contradictions(document, facts)]
    notices += _used_reversed(cases)
    return Verdicts(found, _layout_name(note), (), notices)


def _accept(cases: Sequence[Case]) -> None:
    """Let values that a note gives to what it has defined dispute nothing where they are right."""
    right = {case.chain.place for case in cases if _complete(case.judgements, case.chain)}
    for context in {id(case.chain.scope.context): case.chain.scope.context for case in cases}.values():
        context.disputed[:] = [(place, name) for place, name in context.disputed if place not in right]


def _contradiction(first: Declaration, second: Declaration) -> Notice:
    message = f"contradictory declarations: {first} in line {first.span.line}, {second} here"
    return _notice("TG504", second.span, message)


def _used_reversed(cases: Sequence[Case]) -> list[Notice]:
    """One notice for each declaration whose sizes only go together the other way round."""
    found: dict[tuple[str, int], Notice] = {}
    for case in cases:
        judgement = next((each for _, each in case.judgements if each.trial.relaxed and _good(each, case.chain)), None)
        for fact in reversed_sizes(case.chain, judgement.typing) if judgement is not None else ():
            rows, columns = fact.dims
            message = f"contradictory sizes: {fact} in line {fact.span.line}, used as {columns} x {rows} here"
            notice = _notice("TG504", case.chain.statement.span, message)
            found.setdefault((fact.name, fact.span.start), notice)
    return list(found.values())


def _notice(code: str, span: Span, message: str) -> Notice:
    source, (line, column) = span.source, span.source.position(span.start)
    return Notice(source.path, line, column, code, BY_CODE[code].severity, message, source.line_text(line))


def _judged(document: Document, extra: Sequence[Fact]) -> tuple[Reading, list[Case]]:
    reading = read_claims(document, extra)
    cases: list[Case] = []
    for chain in reading.chains:
        if chain.links:
            with noting(chain.statement.span, reading.bugs):
                cases.append(_case(chain))
    return reading, cases


def _section(document: Document, chain: Chain) -> Span:
    """The beginning of the section that a chain stands in."""
    start = max((at + 1 for at in chain.scope.context.headings if at < chain.place[0]), default=0)
    piece = document.pieces[start]
    first = piece.offsets[0] if start and piece.offsets else 0
    return Span(piece.source, first, first)


def _shown(document: Document, cases: Sequence[Case]) -> list[Fact]:
    """What a claim that holds only so shows from its section on: that the x_i are the rows, or the columns, of X."""
    told: dict[str, set[Fact]] = {}
    spans: dict[str, Span] = {}
    for case in cases:
        span = _section(document, case.chain)
        for _, judgement in case.judgements:
            lines = judgement.trial.lines if _good(judgement, case.chain) else {}
            lines = {name: line for name, line in lines.items() if line.indices}
            for name, line in lines.items():
                span = spans.setdefault(name, span)
                kind = "columns-are-samples" if line.body.op == "column" else "rows-are-samples"
                told.setdefault(name, set()).add(Convention(kind, f"{line.body.args[0].name}={name}", span))
            for name in judgement.trial.kinds if lines else ():
                told.setdefault(name, set()).add(Declaration(name, span, "column"))
    return [said for facts in told.values() if len(facts) == 1 for said in facts]


# -- trials ------------------------------------------------------------------------------------------------------------


def _case(chain: Chain) -> Case:
    """A chain as it stands, or with all steps written out where it is about one of many.

    That comes first where a cost of the last or of all steps would otherwise have to be taken for an unknown function.
    """
    wide = unrolled(chain)
    other = Case(wide, _in_steps(wide)) if wide is not None else None
    decided = other is not None and any(_decided(judgement, wide) for _, judgement in other.judgements)
    if decided and _unreached(chain) and (_complete(other.judgements, wide) or not _unreached(wide)):
        return other
    plain = _plain(chain)
    if other is None or _complete(plain.judgements, chain) or _opens(chain, plain.judgements[0][1].trial):
        return plain
    return other if _rank(other.judgements, wide) >= _rank(plain.judgements, chain) else plain


def _unreached(chain: Chain) -> bool:
    """Whether a cost leads to none of what it is differentiated by."""
    return any(unreached(chain, member) for member in chain.members if isinstance(member, Expr))


def _in_steps(wide: Chain) -> list[tuple[dict[str, str], Judgement]]:
    """The judgements of a chain written out, where need be with a cost left open that leads to none of its steps."""
    first = _under(wide, usual(wide))
    if not any(_decided(judgement, wide) for _, judgement in first):
        for hidden in filter(None, (unled(wide), given(wide))):
            opened = _under(wide, Trial({}, hidden=hidden))
            if _complete(opened, wide):
                return opened
    return first


def _plain(chain: Chain) -> Case:
    """A chain with its judgements, in doubt where more of it would hold with the dash in front read otherwise."""
    solved = [Case(same, _judgements(same)) for same in implicit(chain)]
    if solved:
        return max(solved, key=lambda case: _rank(case.judgements, case.chain))
    judgements = _judgements(chain)
    if _complete(judgements, chain):
        return Case(chain, judgements)
    shorter = [Case(same, _judgements(same)) for same in left_out(chain)]
    best = max(shorter, key=lambda case: _rank(case.judgements, case.chain), default=None)
    if best is not None and _rank(best.judgements, best.chain) > _rank(judgements, chain):
        return best
    for same in named(chain):
        return Case(same, _judgements(same))
    for same in otherwise(chain):
        if _complete(others := _judgements(same), same):
            return Case(same, others)
    cases = list(special(chain))
    for same in cases:
        if _complete(others := _judgements(same), same):
            return Case(same, others)
    if cases:
        return Case(chain, judgements, SPECIAL)
    for same in in_words(chain):  # if nothing holds, it is wrong of the function that the sentence names
        return Case(same, _judgements(same))
    if chain.other is None:
        return Case(chain, judgements)
    better = _rank(_judgements(chain.other), chain) > _rank(judgements, chain)
    return Case(chain, judgements, DASH if better else "")


def _decided(judgement: Judgement, chain: Chain) -> bool:
    return all(judgement.outcomes[link.at].state in ("equal", "differs", "shape") for link in chain.links)


def _judgements(chain: Chain) -> list[tuple[dict[str, str], Judgement]]:
    """One judgement per layout, under the first reading that makes every link hold in some layout, else the best."""
    best = _under(chain, usual(chain))
    variables = {*(name for _, name in differentiated(chain.members)), *_points(chain)}
    solved = {name for name in variables if chain.scope.definition(name) is not None}
    nothing = _is_empty(best)
    if nothing or (solved and best[0][1].vanishes):
        if nothing:
            best = _under(chain, replace(usual(chain), unconstrained=True))  # 1 - u^T u, the constraint of a Lagrangian
        for hidden in (solved, given(chain)):  # the K that makes a derivative zero; K_y = K + s I with dK_y/dt
            if hidden and not _complete(best, chain):
                best = _under(chain, replace(usual(chain), hidden=usual(chain).hidden | hidden))
    if _complete(best, chain):
        return best
    for trial in readings(chain, [judgement for _, judgement in best]):
        other = _under(chain, trial)
        rank, before = _rank(other, chain), _rank(best, chain)
        if solved and other[0][1].vanishes:
            continue  # at the K that makes a derivative zero
        nothing = nothing or _is_empty(other)
        unfit = all(judgement.head_problem is not None for _, judgement in best)
        opened = (nothing or unfit) and _opens(chain, trial) and _decided(other[0][1], chain) and rank[0] == before[0]
        likelier = natural(chain, trial) or _vanishing(trial, other) or _multiplies_out(chain, best, other)
        if rank > before or opened or (rank == before and likelier):  # if wrong, then under that reading
            best = other
            if _complete(best, chain):
                break
    return best


def _vanishing(trial: Trial, found: list[tuple[dict[str, str], Judgement]]) -> bool:
    """Whether nothing is left to compare where a curve stays where it must: u^T u' = 0 with |u| = 1."""
    return trial.structured and all(outcome.message == ZERO for outcome in found[0][1].outcomes.values())


def _multiplies_out(chain: Chain, best: list, found: list[tuple[dict[str, str], Judgement]]) -> bool:
    """Whether rows have to be columns for the sides to have a shape at all, diag(p) - p p^T of "a row z".

    Or matrices that are m x n elsewhere square: (A B)^{-1} = A^{-1} B^{-1}.
    """
    first, other = best[0][1], found[0][1]
    shaped = all(outcome.state != "shape" for outcome in other.outcomes.values()) and _decided(other, chain)
    broken = any(outcome.state == "shape" for outcome in first.outcomes.values())
    square = bool(other.trial.square) and [link.kind for link in chain.links] == ["algebra"]
    return shaped and broken and (square or (bool(other.trial.kinds) and other.trial.kinds == as_columns(chain)))


def _points(chain: Chain) -> Iterator[str]:
    """The t of \\varphi'(t), the derivative of a function that the note defines."""
    for part in (part for member in chain.members if isinstance(member, Expr) for part in member.walk()):
        if part.op == "primed" and len(part.args) > 1 and part.args[0].op == "symbol":
            yield part.args[0].name


def _is_empty(judgements: list[tuple[dict[str, str], Judgement]]) -> bool:
    """Whether a step has zero on both sides."""
    return any(outcome.message == ZERO for outcome in judgements[0][1].outcomes.values())


def _opens(chain: Chain, trial: Trial) -> bool:
    """Whether a reading leaves open nothing but costs of other sections, which lead to none of the variables here."""
    found = [(name, chain.scope.definition(name)) for name in trial.hidden]
    return bool(found) and all(
        definition is not None and chain.scope.is_foreign(definition) and chain.scope.symbol(name).kind == "scalar"
        for name, definition in found
    )


def _under(chain: Chain, trial: Trial) -> list[tuple[dict[str, str], Judgement]]:
    first = judge(chain, trial)
    choices = profiles(set(first.used))
    if len(choices) == 1:
        return [({}, first)]
    return [
        (profile, first.named(profile) if is_default(profile) else judge(chain, replace(trial, profile=profile)))
        for profile in choices
    ]


def _complete(judgements: list[tuple[dict[str, str], Judgement]], chain: Chain) -> bool:
    return any(_good(judgement, chain) for _, judgement in judgements)


def _rank(judgements: list[tuple[dict[str, str], Judgement]], chain: Chain) -> tuple[int, bool]:
    """How many links hold; of equally good readings, one in which the head fits its definitions is better."""
    return max(
        (score(judgement, chain), judgement.head_problem is None and not set_aside(chain, judgement.trial))
        for _, judgement in judgements
    )


def _good(judgement: Judgement, chain: Chain) -> bool:
    return all(holds(judgement.outcomes[link.at]) for link in chain.links)


# -- the note's layout -------------------------------------------------------------------------------------------------


def _note_layout(cases: Sequence[Case], stated: dict[str, str], weak: dict[str, str]) -> dict[str, str]:
    """What the note states; for kinds of which it says nothing, what most of its claims need."""
    votes: dict[str, Counter[str]] = {}
    shown: dict[tuple[str, Expr | NoteError, int], set[str]] = {}
    for case in cases:
        if len(case.judgements) < 2:
            continue
        for link in case.chain.links:
            holding = [profile for profile, judgement in case.judgements if holds(judgement.outcomes[link.at])]
            if not holding or len(holding) == len(case.judgements) or is_tuple(case.chain, link.at):
                continue
            for kind in holding[0]:
                options = {profile[kind] for profile in holding}
                if len(options) == 1 and "elementwise" not in options and kind != "matrix-by-scalar":
                    votes.setdefault(kind, Counter()).update(options)
                    section = bisect(case.chain.scope.context.headings, case.chain.place[0])
                    shown.setdefault((kind, case.chain.members[0], section), set()).update(options)
    note = {"matrix-by-scalar": "same"}  # the transpose is nobody's convention
    if stated.get("scalar-by-vector") != "transposed":
        note |= dict.fromkeys(GRADIENTS.values(), "same")
    note |= weak
    for kind, counter in votes.items():
        ranked = counter.most_common(2)
        enough = 2 if kind in GRADIENTS.values() else 1  # claims that show it
        twice = any(each == kind and len(options) > 1 for (each, *_), options in shown.items())
        if twice and len(ranked) > 1 and ranked[0][1] == ranked[1][1] and DEFAULT.get(kind) in counter:
            note[kind] = DEFAULT[kind]  # one derivative in two layouts
        if kind == "scalar-by-matrix" and len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
            note[kind] = DEFAULT[kind]  # X^T G and G 1 with the G of one note
        first = kind == "vector-by-vector"  # of as many claims for each, the first shows how the note has its Jacobians
        if ranked[0][1] >= enough and (len(ranked) == 1 or first or ranked[0][1] > ranked[1][1]):
            note[kind] = ranked[0][0]
    # a layout's name does not tell whether matrices are stacked by columns or by rows
    by_rows = {kind: f"row-{choice}" for kind, choice in stated.items() if kind == "matrix-by-matrix"}
    return note | stated | {kind: choice for kind, choice in by_rows.items() if note.get(kind) == choice}


def _settling(cases: Sequence[Case], said: Stated, note: Mapping[str, str]) -> dict[str, list[int]]:
    """The lines that settled the note's layout, by kind of derivative: where it is stated, else where it shows."""
    lines = {kind: said.told(kind, choice) for kind, choice in note.items()}
    shown: dict[str, list[int]] = {}
    for case in cases:
        for link in case.chain.links:
            holding = [profile for profile, judgement in case.judgements if holds(judgement.outcomes[link.at])]
            if 0 < len(holding) < len(case.judgements):
                for kind in holding[0]:
                    if {profile[kind] for profile in holding} == {note.get(kind)}:
                        shown.setdefault(kind, []).append(case.chain.statement.relations[link.at - 1][1].line)
    return shown | {kind: told for kind, told in lines.items() if told}


def _layout_name(note: dict[str, str]) -> str | None:
    if not note:
        return None
    names = names_of({kind: choice for kind, choice in note.items() if kind in NAMED["mixed"]})
    for name in ("denominator", "numerator", "mixed"):
        if name in names:
            return name
    return "own"
