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
        rf"⟦(?P<at>\d+)⟧[^.;。；⟦]{{0,30}}(?:{_WORDS})(?:[^.;。；⟦]{{0,20}}⟦\d+⟧)?",
        rf"⟦(?P<at>\d+)⟧ ?(?:为|是|は|:|：) ?⟦\d+⟧ ?(?:的|の) ?(?:{_WORDS})",
        rf"(?:{_WORDS}) ⟦(?P<at>\d+)⟧",
    )
)


_DETERMINANT = re.compile(r"\\det\(?(?P<name> ?[A-Z]|\\mathbf\{[A-Z]\})\)?|\|(?P<bars>[A-Z]|\\mathbf\{[A-Z]\})\|")


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for match in (match for pattern in _SAID for match in pattern.finditer(sentence.text)):
            run = sentence.runs[int(match["at"])]
            only = read_name(run.tokens)
            for name in run.names if only is None else (only,):  # C_{i1}, \dots, C_{in}
                if len(name.family) == 2 and name.flavour[0]:
                    whole = next(filter(None, (_DETERMINANT.search(each.compact) for each in sentence.runs)), None)
                    of = f"={(whole['name'] or whole['bars']).strip()}" if whole else ""
                    yield Convention("cofactors", name.name + of, run.span)
