"""A document and its tokens in, what the finders of facts look at out: sentences, runs of math, the note's languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from texgrad.document import Document
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence, rows, sentences, worded
from texgrad.notation.tokens import Token


@dataclass(frozen=True, eq=False)
class Note:
    """One document with the tokens of its math pieces, by piece index; a piece that cannot be read is missing."""

    document: Document
    tokens: Mapping[int, Sequence[Token]]

    @cached_property
    def sentences(self) -> list[Sentence]:
        return sentences(self.document, self.tokens)

    @cached_property
    def runs(self) -> list[Run]:
        """Every run of math, row by row for displays, in document order."""
        found = []
        for index, piece in enumerate(self.document.pieces):
            tokens = self.tokens.get(index, ()) if piece.kind == "math" else ()
            if not tokens:
                continue
            for row in rows(tokens) if piece.display else (tokens,):
                found += [Run(tuple(part), index, piece.display) for part in worded(row) if isinstance(part, list) and part]
        return found

    @cached_property
    def prose(self) -> str:
        """All the words, for telling the languages apart."""
        return " ".join(sentence.text for sentence in self.sentences)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that the note's math uses: a lone letter in prose may be one of these symbols."""
        return frozenset(token.text for tokens in self.tokens.values() for token in tokens if token.kind == "letter")
