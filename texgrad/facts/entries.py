"""Sentences in, which letter the entries of a matrix or vector have out: "with W_{kj} the entries of W_2"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note
from texgrad.facts.symbols import read_name

ORDER = 65  # where two facts stand at one place, the word of the higher order comes last

_WORD = (
    r"(?:entries|elements|components|coefficients|einträgen?|elementen?|komponenten|coefficients|composantes|éléments|"
    r"elementos|entradas|componentes|coeficientes|elementi|componenti|элементы|компоненты|phần tử)"
)
_OF = r"(?:of(?: the matrix)?|von|der matrix|de(?: la (?:matrice|matriz))?|di|da matriz|матрицы|của)"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"⟦(?P<entry>\d+)⟧,? (?:(?:are|be|being|denote|denoting|for|sind|seien|sont|son|sono|são|là|—|-) )?"
        rf"(?:the |die |den |les |los |las |os |gli |i )?{_WORD} {_OF} ⟦(?P<whole>\d+)⟧",
        rf"{_WORD} ⟦(?P<entry>\d+)⟧ {_OF} ⟦(?P<whole>\d+)⟧",
        rf"{_WORD} {_OF} ⟦(?P<whole>\d+)⟧ (?:by|as|are|mit|sind|par|sont|por|son|é|sono|là|—|через) ⟦(?P<entry>\d+)⟧",
        r"⟦(?P<entry>\d+)⟧ ?(?:是|为|は|を) ?⟦(?P<whole>\d+)⟧ ?(?:的|の) ?(?:元素|分量|成分|要素)",
        r"⟦(?P<whole>\d+)⟧ ?(?:的|の) ?(?:元素|分量|成分|要素) ?(?:记为|是|为|を|は)? ?⟦(?P<entry>\d+)⟧",
    )
)


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for match in (match for pattern in _SAID for match in pattern.finditer(sentence.text)):
            entry, whole = (read_name(sentence.runs[int(match[each])].tokens) for each in ("entry", "whole"))
            if entry is None or whole is None or not entry.family or entry.call or whole.call or whole.family:
                continue
            if entry.name != whole.name:
                yield Convention("entries", f"{whole.name}={entry.name}", sentence.span(match.start(), match.end()))
