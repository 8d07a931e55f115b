"""A document and its tokens in, what the finders of facts look at out: sentences, runs of math, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from texgrad.document import Document
from texgrad.facts.languages import Language, of_sentence, spoken
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence, chains, rows, runs_of, sentences
from texgrad.facts.symbols import Name, read_name
from texgrad.notation.tokens import Token
from texgrad.source import Span


@dataclass(frozen=True, eq=False)
class Note:
    """One document with the tokens of its math pieces, by piece index; a piece that cannot be read is missing."""

    document: Document
    tokens: Mapping[int, Sequence[Token]]

    @cached_property
    def parts(self) -> dict[int, list[list[Run | Token]]]:
        """The rows of each math piece, a row as runs of math and the words between them."""
        return {
            index: [runs_of(row, index, piece.display) for row in (rows(tokens) if piece.display else (tokens,))]
            for index, piece in enumerate(self.document.pieces)
            if piece.kind == "math" and (tokens := self.tokens.get(index))
        }

    @cached_property
    def sentences(self) -> list[Sentence]:
        return sentences(self.document, self.tokens, self.parts)

    @cached_property
    def spoken(self) -> list[tuple[Sentence, Language]]:
        """The sentences with their languages."""
        languages = spoken(" ".join(sentence.text for sentence in self.sentences))
        return [(sentence, of_sentence(sentence.text, languages)) for sentence in self.sentences]

    def section_from(self, span: Span, piece: int) -> Span:
        """From a place in a piece to the next heading: in another section the same letter is another symbol."""
        pieces, source = self.document.pieces[piece:], span.source
        ends = (each.offsets[0] for each in pieces if each.kind == "heading" and each.source is source)
        return Span(source, span.start, next(ends, len(source.text)))

    def named(self, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[Name, Run]]:
        """The symbols that sentences speak of: the group `at` of each pattern is the number of a run of math."""
        for sentence, _ in self.spoken:
            for pattern in patterns:
                for match in pattern.finditer(sentence.text):
                    run = sentence.runs[int(match["at"])]
                    name = read_name(run.tokens)
                    if name is not None:
                        yield name, run

    @cached_property
    def runs(self) -> list[Run]:
        """Every run of math, row by row for displays, in document order."""
        return [part for found in self.parts.values() for row in found for part in row if isinstance(part, Run)]

    def chain(self, run: Run) -> Span:
        """A run with the rows of its display that it carries on."""
        return self._chains.get(id(run), run.span)

    @cached_property
    def _chains(self) -> dict[int, Span]:
        return {id(part): span for found in self.parts.values() for row, span in zip(found, chains(found), strict=True)
                for part in row if isinstance(part, Run) and part.display}  # fmt: skip

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters that the note's math uses: a lone letter in prose may be one of these symbols."""
        return frozenset(token.text for tokens in self.tokens.values() for token in tokens if token.kind == "letter")
