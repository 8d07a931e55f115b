r"""Sentences in, the functions that a note names for the last layer of a network out, and its cost: cross-entropy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note

ORDER = 60  # where two facts stand at one place, the word of the higher order comes last

# operations by the words for them, in every language
FUNCTIONS = {
    "softmax": r"soft-?max|софтмакс|ソフトマックス",
    "sigmoid": r"sigmo[iï]?d|logisti|сигмоид|логистич|シグモイド|ロジスティック",
    "tanh": r"tanh|\bth\b|双曲正切|双曲線正接",
    "relu": r"\brelu|rectifie[rd]",
    "softplus": r"softplus",
}
_LOSS = re.compile(
    r"(?i)cross[- ]?entrop|kreuzentropie|entropie[- ]croisée|entrop[ií]a cruzada|cross-entropia|entropia incrociata"
    r"|(?:кросс-|перекр[её]стн\w+ )энтропи|交叉熵|交差エントロピー|クロスエントロピー|"
    r"negative log[- ]likelihood|(?<!\w)(?:NLL|BCE)(?!\w)|log[- ]loss|logistic loss"
)
_OUTPUTS = {op: re.compile(FUNCTIONS[op], re.IGNORECASE) for op in ("softmax", "sigmoid")}


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for operation, pattern in _OUTPUTS.items():
            found = pattern.search(sentence.text)
            if found is not None:
                yield Convention("output", operation, sentence.span(found.start(), found.end()))
        found = _LOSS.search(sentence.text)
        if found is not None:
            yield Convention("loss", "cross-entropy", sentence.span(found.start(), found.end()))
