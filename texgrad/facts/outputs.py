r"""Sentences in, which functions a note names that the last layer of a network may have out: softmax, the sigmoid."""

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
_OUTPUTS = {op: re.compile(FUNCTIONS[op], re.IGNORECASE) for op in ("softmax", "sigmoid")}


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for operation, pattern in _OUTPUTS.items():
            found = pattern.search(sentence.text)
            if found is not None:
                yield Convention("output", operation, sentence.span(found.start(), found.end()))
