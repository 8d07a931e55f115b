"""Sentences in, the matrices out whose rows are labels or probabilities: "each row of T is one-hot", "строки Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.note import Note

ORDER = 61  # where two facts stand at one place, the word of the higher order comes last

_LABELS = r"(?:one-?hot|1-of-[KkCc]|(?:class|label) indicators?|sums? to (?:one|1)|probability vector|独热|ワンホット)"
_ROWS = r"(?:rows?|zeilen?|lignes?|filas?|righe|riga|linhas?|строк[аи]|hàng)"
_OF = r"(?: (?:of|von|der matrix|de(?: la (?:matrice|matriz))?|di|của|матрицы))?"
# ... "is the matrix of", "contains the": what may stand between a matrix and the labels in it
_HOLDS = (
    r"(?:[ ,:]*(?:is|be|being|denotes|contains|holds|collects|stacks|with|of|the|an?|our|labels?|targets?|matrix|ist|"
    r"sei|die|eine|der|enthält|est|soit|la|les?|des?|une|matrice|étiquettes|contient|es|sea|matriz|etiquetas|las|los|"
    r"una|contiene|è|sia|delle|etichette|é|seja|rótulos|contém|dos|uma|—|–|-|это|матрица|содержит|метки|là|ma trận|"
    r"chứa|nhãn|是|为|包含|は|が)(?!\w)){1,6} ?"
)
_PLACED = r"⟦(?P<at>\d+)⟧"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ROWS}{_OF} {_PLACED}[^.;⟦]{{0,25}}{_LABELS}",
        rf"{_PLACED},? (?:with|has|having|mit|avec|con|с) {_LABELS} {_ROWS}",
        rf"{_PLACED} ?(?:的|の)? ?(?:每一?|各) ?行[^。；⟦]{{0,8}}{_LABELS}",
        rf"{_PLACED},? \(?(?:(?:is|are|be|=) )?(?:the )?(?:matrix of )?(?:the )?{_LABELS} "
        rf"(?:{_ROWS}|labels|targets|matrix)(?! ⟦)",
        rf"{_PLACED}{_HOLDS}{_LABELS}",
        rf"{_LABELS}[ -](?:encoded )?(?:label |target )?matrix {_PLACED}",
        rf"{_PLACED} ?(?:是|为|為)? ?{_LABELS} ?(?:编码)?的?(?:标签)?矩阵",
        rf"{_LABELS} ?(?:编码)?的?(?:标签)?矩阵 ?{_PLACED}",
    )
)


def find(note: Note) -> Iterator[Fact]:
    for name, run in note.named(_SAID):
        if name.flavour[0] and not (name.call or name.family or name.transposed):
            yield Declaration(name.name, run.span, properties=frozenset(("row-stochastic",)))
