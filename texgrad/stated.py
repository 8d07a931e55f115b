"""The facts of a note in, the layout that it states out: its own, that of one section, that of one formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from texgrad.claims import Chain
from texgrad.context import Place
from texgrad.facts.fact import Fact, LayoutStatement
from texgrad.layouts import GRADIENTS, NAMED

# facts say column or row of a gradient by a column vector; an option says same or transposed
OPTION_WORDS = {"column": "same", "row": "transposed"}
Facts = Sequence[tuple[Place, Fact]]


@dataclass(frozen=True)
class Stated:
    """What a note says of its layout; `within` are the choices for a stretch of its pieces alone."""

    choices: dict[str, str]
    weak: dict[str, str] = field(default_factory=dict)  # a layout that is named, if not as the note's own
    within: tuple[tuple[int, float, dict[str, str]], ...] = ()
    formulas: tuple[LayoutStatement, ...] = ()
    lines: tuple[LayoutStatement, ...] = ()

    def at(self, chain: Chain) -> dict[str, str]:
        """The choices that hold for a chain and not for the whole note."""
        found: dict[str, str] = {}
        for first, last, choices in self.within:
            found |= choices if first <= chain.place[0] < last else {}
        fact = self._of_formula(chain)
        return found | NAMED[fact.name] if fact is not None else found

    def lines_at(self, chain: Chain) -> dict[str, list[int]]:
        """The lines that say how a chain is laid out other than the note, by kind of derivative."""
        fact = self._of_formula(chain)
        if fact is not None:
            return {kind: [fact.span.line] for kind in NAMED[fact.name]}
        return {kind: told for kind, choice in self.at(chain).items() if (told := self.told(kind, choice))}

    def _of_formula(self, chain: Chain) -> LayoutStatement | None:
        span = chain.statement.members[-1].span
        return next((fact for fact in self.formulas if fact.reach.source is span.source
                     and fact.reach.start <= span.start < fact.reach.end), None)  # fmt: skip

    def told(self, kind: str, choice: str) -> list[int]:
        """The lines that settle the choice for a kind of derivative: those of directives, where there are any."""
        said = [(fact, NAMED.get(fact.name or "", {}) | fact.choices) for fact in self.lines]
        told = [fact for fact, choices in said
                if OPTION_WORDS.get(choices.get(kind, ""), choices.get(kind)) in (choice, choice.removeprefix("row-"))]
        return [fact.span.line for fact in [each for each in told if each.directive] or told]


def stated(facts: Facts, headings: Sequence[int], layout: str | None) -> Stated:
    """What the note says; what a setting says comes before it.

    The first word counts, and one on a kind of derivative more than a layout's name beside it. Where two layouts are
    named, as other authors' ways, that which the note calls its own; and where a later section says of a kind of
    derivative what the note did not, it holds from there to the end of that section, or to that of the note.
    """
    if layout:
        return Stated(dict(NAMED[layout]))
    found = [(place, fact) for place, fact in facts if isinstance(fact, LayoutStatement)]
    formulas = tuple(fact for _, fact in found if fact.reach is not None)
    found = _of_the_note([(place, fact) for place, fact in found if fact.reach is None])
    named: dict[str, str] = {}
    weak: dict[str, str] = {}
    kinds: dict[str, str] = {}
    within = []
    start = next((place[0] for place, _ in found), 0)
    for place, fact in found:
        unsaid = GRADIENTS.values() if fact.directive else (*GRADIENTS.values(), "vector-by-scalar")
        # who names the denominator layout in words still writes dx/dt as a column
        own = {kind: choice for kind, choice in NAMED.get(fact.name or "", {}).items() if kind not in unsaid}
        said = {kind: OPTION_WORDS.get(choice, choice) for kind, choice in fact.choices.items()}
        if fact.directive:
            named, kinds = named | own, kinds | own | said
            continue
        apart = any(start < heading < place[0] for heading in headings)
        meant = own | said if fact.begins else said
        other = {kind: choice for kind, choice in meant.items() if (named | kinds).get(kind, choice) != choice}
        if fact.onward and (own or said):
            within.append((place[0], inf, own | said))
        elif apart and other:
            within.append((place[0], next((at for at in headings if at > place[0]), inf), other))
        if fact.name is not None and not fact.own:
            weak = own | said | weak
        elif not (fact.onward and apart):
            new = {kind: choice for kind, choice in said.items() if not (apart and kind in other)}
            named, kinds = own | named, new | kinds
    return Stated(named | kinds, weak, tuple(within), formulas, tuple(fact for _, fact in found))


def _of_the_note(found: list[tuple[Place, LayoutStatement]]) -> list[tuple[Place, LayoutStatement]]:
    """Without what names another layout than the note's own, where it says which that is."""
    names = {fact.name for _, fact in found if fact.name}
    own = [fact.name for _, fact in found if fact.name and (fact.own or fact.directive)]
    if len(names) < 2 or not own:
        return found
    return [(place, fact) for place, fact in found if fact.name in (None, own[0]) or fact.own or fact.directive]
