r"""Sentences in, which functions a note names that the last layer of a network may have out: softmax, the sigmoid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note

ORDER = 60  # where two facts stand at one place, the word of the higher order comes last

_WORDS = (
    (re.compile(r"soft-?max|софтмакс|ソフトマックス", re.IGNORECASE), "softmax"),
    (re.compile(r"sigmoid|logisti|сигмоид|логистич|シグモイド|ロジスティック", re.IGNORECASE), "sigmoid"),
)


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for pattern, operation in _WORDS:
            found = pattern.search(sentence.text)
            if found is not None:
                yield Convention("output", operation, sentence.span(found.start(), found.end()))
