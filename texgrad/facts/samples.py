r"""Runs of math in, what is a vector out: the x_i and \mu of x_1, \dots, x_n \sim N_p(\mu, \Sigma)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from texgrad.facts.covariances import normals
from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.symbols import Name, read_name

ORDER = 11  # where two facts stand at one place, the word of the higher order comes last


def find(note: Note) -> Iterator[Fact]:
    before: Run | None = None
    for run in note.runs:
        for sign, parts in normals(run.tokens):
            mean, spread = read_name(parts[-2]), read_name(parts[-1])
            _, _, size = sign.partition("_")
            if spread is None or not spread.flavour[0] or not (size or spread.name == "\\Sigma"):
                continue
            yield from _vectors([*_subjects(run, before), *([mean] if mean else [])])
        before = run


def _subjects(run: Run, before: Run | None) -> Sequence[Name]:
    """What has the distribution: it stands in front of a sign, or is the formula before with words between."""
    if any(token.text == "\\sim" for token in run.tokens):
        return run.names
    beside = before is not None and run.piece - before.piece == 2 and not before.defines
    return before.names if beside else ()


def _vectors(names: Sequence[Name]) -> Iterator[Declaration]:
    firsts = {name.name for name in names}
    for name in names:
        if name.flavour[0] or name.call:
            continue
        if name.family and f"{name.name}_{{1}}" in firsts:  # x_1, ..., x_n: there are n of the x_i
            member, count = f"{name.name}_{{i}}", name.family[0]
            yield Declaration(name.name, name.span, "vector", family=("i",), member=member, count=count)
        else:
            yield Declaration(name.name, name.span, "vector", family=name.family, member=name.member)
