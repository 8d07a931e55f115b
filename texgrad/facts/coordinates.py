r"""Formulas in, sizes out that entries show: f(x) = x_1^2 + x_1 x_2 on R^2, det X = X_{11} X_{22} - ... of 2 x 2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import Name, compact, read_name
from texgrad.notation.tokens import Token
from texgrad.source import Span

ORDER = 12  # where two facts stand at one place, the word of the higher order comes last

_LETTER = re.compile(r"(?:\\(?:mathbf|boldsymbol|bm|vec)\{)?([a-z]|\\[a-z]+)\}?")
_ENTRY = re.compile(r"(?<!\\)([A-Z])_\{(\d\d)\}")
_EQUAL = ("=", ":=", "\\equiv")


def find(note: Note) -> Iterator[Fact]:
    defined = [(run, name, member) for run in note.runs for name, member in _functions(run)]
    for at, (run, name, member) in enumerate(defined):
        count = _count(name.arguments[0], member)
        if count is None:
            continue
        reach = note.section_from(name.span, run.piece)
        for other, anew, formula in defined[at + 1 :]:  # until a function of all of x
            if anew.arguments == name.arguments and _count(name.arguments[0], formula) != count:
                end = other.span.start
                reach = replace(reach, end=end) if reach.start < end < reach.end else reach
                break
        yield _declared(name, reach, count)
    for sentence in note.sentences:
        yield from _worked(sentence)


def _declared(name: Name, reach: Span, count: int) -> Declaration:
    return Declaration(name.arguments[0], name.span, "vector", (count,), hold="sentence", reach=reach)


def _functions(run: Run) -> Iterator[tuple[Name, Sequence[Token]]]:
    """f(x) of one argument, with the formula that it is equal to."""
    for clause in run.clauses:
        name = read_name(clause.members[0]) if clause.relations and clause.relations[0].text in _EQUAL else None
        if name is not None and name.call and len(name.arguments) == 1:
            yield name, clause.members[1]


def _count(argument: str, formula: Sequence[Token]) -> int | None:
    """How many entries x_1, x_2 of its argument a formula has; None where it has the whole, others, or one alone."""
    letter = _LETTER.fullmatch(argument)
    if letter is None:
        return None
    text = compact(formula)
    found = re.findall(rf"(?<![a-zA-Z\\]){re.escape(letter[1])}(?![a-zA-Z])(?:_(?:\{{(\d)\}}|(\d)))?", text)
    numbers = {int(braced or plain) if braced or plain else 0 for braced, plain in found}
    dotted = any(dots in text for dots in ("dots", "...", "…"))
    return len(numbers) if len(numbers) > 1 and numbers == {*range(1, len(numbers) + 1)} and not dotted else None


def _worked(sentence: Sentence) -> Iterator[Declaration]:
    r"""X of "for a 2 \times 2 matrix, det X = X_{11} X_{22} - X_{12} X_{21}" and of the display behind it."""
    sizes = {run.dims for run in sentence.runs if run.dims is not None and len(run.dims) == 2}
    rows, columns = sizes.pop() if len(sizes) == 1 else (None, None)
    if not (isinstance(rows, int) and isinstance(columns, int)):
        return
    runs = (*sentence.runs, *sentence.after)
    text = " ".join(run.compact for run in runs)
    entries: dict[str, set[str]] = {}
    for name, place in _ENTRY.findall(text):
        entries.setdefault(name, set()).add(place)
    for name, places in entries.items():
        if places == {f"{row}{column}" for row in range(1, rows + 1) for column in range(1, columns + 1)}:
            bold = re.search(rf"\\(?:mathbf|boldsymbol|bm)(?:\{{{name}\}}| ?{name}(?![a-zA-Z]))", text)
            reach = runs[0].span.to(runs[-1].span)
            yield Declaration(f"\\mathbf{{{name}}}" if bold else name, reach, "matrix", (rows, columns),
                              hold="sentence", reach=reach)  # fmt: skip
