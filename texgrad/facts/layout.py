"""Sentences and formulas in, what they say of the layout of derivatives out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from texgrad.facts.fact import Declaration, Fact, LayoutStatement
from texgrad.facts.note import Note
from texgrad.facts.sentences import Sentence
from texgrad.facts.shapes import by_definition, by_shape, by_size

ORDER = 70  # where two facts stand at one place, the word of the higher order comes last

_GRADIENT = re.compile(r"(?i)gradi|градиент|梯度|勾配|그래디언트|⟦")
_OF_SCALARS = ("scalar-by-vector", "scalar-by-matrix")
# Words that name a layout to tell it from the note's own.
_ELSEWHERE = re.compile(
    r"contrast|unlike|instead of|opposed|rather than|\bnot\b|differs? from|transpose of|不同于|而不是|不是|区别于|"
    r"contrairement"
    r"|au lieu de|im gegensatz|anders als|statt|a diferencia|en lugar de|в отличие|ao contrário|a differenza|khác với|"
    r"と異な|ではなく|"
    r"\bothers?\b|\bsome (?:people|authors?|books?|texts?|papers?)|elsewhere|有人|有些|有的|别人|manche|andere|"
    r"certains|d'autres|algunos|otros|некотор|другие|alcuni|altri|alguns|outros|文献によって|他の"
)


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        lower = sentence.text.lower()
        merged: dict[str, str] = {}
        name: str | None = None
        first: tuple[int, int] | None = None
        for phrase in language.layout:
            match = phrase.compiled.search(sentence.text) if phrase.possible(lower) else None
            if match is None:
                continue
            called = phrase.name
            if called is not None and _ELSEWHERE.search(lower[max(match.start() - 45, 0) : match.start()]):
                continue
            found = _settled(phrase.says, sentence, match.group(0))
            if _GRADIENT.search(match.group(0)):  # a row of partial derivatives is no word about the gradient's column
                found |= {f"gradient{kind[6:]}": found[kind] for kind in _OF_SCALARS if kind in found}
            if not found and called is None:
                continue
            if called and name and called != name:
                # "whether in numerator or in denominator layout": nothing is chosen.
                name, merged, first = None, {}, None
                break
            for kind, option in found.items():
                merged.setdefault(kind, option)
            name = name or called
            first = first or match.span()
        if first is not None and (merged or name):
            yield LayoutStatement(sentence.span(*first), merged, name)


def _settled(choices: Mapping[str, str], sentence: Sentence, text: str) -> dict[str, str]:
    """The choices of a pattern; those that depend on the symbols named are looked up in the sentence's formulas."""
    found = dict(choices)
    if found.get("vector-by-vector") == "by-names":
        del found["vector-by-vector"]
        numbers = [int(part.partition("⟧")[0]) for part in text.split("⟦")[1:]]
        if len(numbers) == 3:
            fraction, rows, columns = (sentence.runs[number].compact for number in numbers)
            above, _, below = fraction.partition("}{")
            if rows in below and columns in above:
                found["vector-by-vector"] = "denominator"
            elif rows in above and columns in below:
                found["vector-by-vector"] = "numerator"
    return found


def find_by_shape(note: Note, declared: Mapping[str, Declaration]) -> Iterator[Fact]:
    """What formulas with a set or a matrix of partial derivatives show of the layout."""
    for sentence in note.sentences:
        yield from by_size(sentence, declared)
    for run in note.runs:
        yield from by_shape(run, declared)
        yield from by_definition(run)
