"""Sentences in, the formulas out that symbols are said to be short for: "write r for A x - b"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact, Shorthand
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import read_name

ORDER = 90  # where two facts stand at one place, the word of the higher order comes last
_SIGNS = frozenset(("\\partial", "\\nabla", "\\differential"))


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        lower = sentence.text.lower()
        for phrase in language.short:
            if phrase.possible(lower):
                for match in phrase.compiled.finditer(sentence.text):
                    yield from _shorthand(sentence, match)


def _shorthand(sentence: Sentence, match: re.Match[str]) -> Iterator[Fact]:
    name, body = (_run(sentence, match[group]) for group in ("name", "body"))
    symbol = read_name(name.tokens)
    equation = body.clauses[0] if len(body.clauses) == 1 else None
    if equation is not None and len(equation.relations) == 1 and equation.relations[0].text == "=":
        value = Run(equation.members[-1], body.piece, body.display)  # det J = 1 + w^T u, call it \\rho
        body = value if value.tokens else body
    if symbol is None or symbol.transposed or symbol.call or _relates(body):
        return
    if symbol.family and any(token.text in _SIGNS for token in body.tokens):  # K_j for \\partial K / \\partial\\theta_j
        yield Convention("derivatives", f"{symbol.name}_{''.join(symbol.family)}", name.span)
        return
    other = read_name(body.tokens)
    if other is None or other.name != symbol.name:
        yield Shorthand(name.span.to(body.span), name.tokens, body.tokens)


def _run(sentence: Sentence, placed: str) -> Run:
    return sentence.runs[int(placed.strip("⟦⟧"))]


def _relates(run: Run) -> bool:
    """Whether a run is more than one expression: a list, an equation."""
    return len(run.clauses) != 1 or bool(run.clauses[0].relations)
