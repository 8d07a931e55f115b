"""A document in, its findings out: chains are tried in every layout and reading, then the note's layout is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from texgrad.claims import Chain, read_claims
from texgrad.document import Document
from texgrad.facts.directives import parse_directive
from texgrad.facts.fact import LayoutStatement
from texgrad.judge import Judgement, Trial, judge
from texgrad.layouts import NAMED, names_of, profiles
from texgrad.report import Finding
from texgrad.source import Source, Span
from texgrad.trials import readings
from texgrad.verdicts import Case, findings, holds, score, unread

MAX_READINGS = 24



def verify(
    document: Document, *, layout: str | None = None, declarations: str | None = None
) -> tuple[list[Finding], str | None, list[str]]:
    """Findings in reading order, the name of the note's layout, and remarks on the note as a whole."""
    extra = parse_directive(declarations, Span(Source("<configuration>", declarations), 0, 0)) if declarations else ()
    reading = read_claims(document, extra)
    cases = [Case(chain, _judgements(chain)) for chain in reading.chains if chain.links]
    stated = _stated(reading.context.facts, layout)
    note = _note_layout(cases, stated)
    found = [finding for case in cases for finding in findings(case, note)]
    found += [unread(piece, problem) for piece, problem in reading.problems]
    found.sort(key=lambda finding: (finding.path, finding.line, finding.column))
    return found, _layout_name(note), []


# -- trials ------------------------------------------------------------------------------------------------------------


def _judgements(chain: Chain) -> list[tuple[dict[str, str], Judgement]]:
    """One judgement per layout, under the first reading that makes every link hold in some layout, else the best."""
    best = _under(chain, Trial({}))
    if _complete(best, chain):
        return best
    for trial in readings(chain, best[0][1]):
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
    return max(score(judgement, chain) for _, judgement in judgements)


def _good(judgement: Judgement, chain: Chain) -> bool:
    return all(holds(judgement.outcomes[link.at]) for link in chain.links)



# facts say column or row of a gradient by a column vector; an option says same or transposed
OPTION_WORDS = {"column": "same", "row": "transposed"}


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
            holding = [profile for profile, judgement in case.judgements if holds(judgement.outcomes[link.at])]
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
