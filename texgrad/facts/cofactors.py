"""Sentences in, the letters out whose entries are the cofactors of a matrix: A_{ij} of a_{ij}, C_{ij} of A."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note
from texgrad.facts.symbols import read_name

ORDER = 60  # where two facts stand at one place, the word of the higher order comes last

_WORDS = (
    r"cofactors?|cofacteurs?|cofactores?|cofattor[ei]|kofaktor(?:en)?|adjunkten?|adjuntos?|代数余子式|余因子|"
    r"алгебраическ\w+ дополнени\w+|phần bù đại số"
)
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"⟦(?P<one>\d+)⟧[^.;。；⟦]{{0,30}}(?:{_WORDS})(?:[^.;。；⟦]{{0,20}}⟦\d+⟧)?",
        rf"⟦(?P<one>\d+)⟧ ?(?:为|是|は|:|：) ?⟦\d+⟧ ?(?:的|の) ?(?:{_WORDS})",
        rf"(?:{_WORDS}) ⟦(?P<one>\d+)⟧",
    )
)


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for pattern in _SAID:
            for match in pattern.finditer(sentence.text):
                run = sentence.runs[int(match["one"])]
                name = read_name(run.tokens)
                if name is not None and len(name.family) == 2 and name.flavour[0]:
                    yield Convention("cofactors", name.name, run.span)
