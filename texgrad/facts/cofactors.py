"""Sentences in, the letters out whose entries are the cofactors of a matrix: A_{ij} of a_{ij}, C_{ij} of A."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note

ORDER = 60  # where two facts stand at one place, the word of the higher order comes last

_WORDS = (
    r"cofactors?|cofacteurs?|cofactores?|cofattor[ei]|kofaktor(?:en)?|adjunkten?|adjuntos?|代数余子式|余因子|"
    r"алгебраическ\w+ дополнени\w+|phần bù đại số"
)
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"⟦(?P<at>\d+)⟧[^.;。；⟦]{{0,30}}(?:{_WORDS})(?:[^.;。；⟦]{{0,20}}⟦\d+⟧)?",
        rf"⟦(?P<at>\d+)⟧ ?(?:为|是|は|:|：) ?⟦\d+⟧ ?(?:的|の) ?(?:{_WORDS})",
        rf"(?:{_WORDS}) ⟦(?P<at>\d+)⟧",
    )
)


def find(note: Note) -> Iterator[Fact]:
    for name, run in note.named(_SAID):
        if len(name.family) == 2 and name.flavour[0]:
            yield Convention("cofactors", name.name, run.span)
