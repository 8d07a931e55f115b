"""The tables of a note in, what their rows say of symbols out: a cell of symbols, then one that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from texgrad.facts.conventions import in_sentence as conventions_in
from texgrad.facts.fact import Fact
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.phrases import in_sentence as phrases_in
from texgrad.facts.sentences import Sentence

ORDER = 50  # where two facts stand at one place, the word of the higher order comes last

_PLACED = re.compile(r"⟦\d+⟧")
_SEPARATORS = re.compile(r"[,;，；、]")
# A row of a Markdown table, or of a tabular.
_ROW = re.compile(r"\|.*\||^\s*\||[^\\]&|\|")
_MARKS = re.compile(r"[\s,;、，()]|and|和|与|et|und|y|e|и|và|及")
_WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u9fff]")


@dataclass(frozen=True)
class _Cell:
    """The sentences of one cell, and their language."""

    sentences: tuple[Sentence, ...]
    language: Language

    @property
    def line(self) -> int:
        return self.sentences[0].span().line

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def symbols(self) -> bool:
        """Whether the cell lists symbols and says nothing."""
        runs = self.sentences[0].runs
        if len(self.sentences) > 1 or not runs or _MARKS.sub("", _PLACED.sub("", self.text)):
            return False
        return all(run.names or _is_sign(run) for run in runs) and not self.size

    @property
    def size(self) -> bool:
        run = self.sentences[0].runs[0] if self.sentences[0].runs else None
        return run is not None and run.dims is not None and len(run.dims) == 2

    @property
    def formula(self) -> bool:
        return (
            any(
                token.kind == "relation"
                for sentence in self.sentences
                for run in sentence.runs
                for token in run.tokens
                if token.text in ("=", "\\to")
            )
            and not self.symbols
        )


def _is_sign(run) -> bool:
    return len(run.tokens) <= 2


def find(note: Note) -> Iterator[Fact]:
    for row in _rows(note):
        if any(cell.formula for cell in row):
            continue
        at = 0
        while at + 1 < len(row):
            if not row[at].symbols:
                if row[at].sentences[0].runs:
                    break  # x^T A | A | row vector: the row is about x^T A
                at += 1
                continue
            said = at + 1
            while said < len(row) and not row[said].symbols:
                yield from _told(row[at], row[said], note.letters)
                said += 1
            at = said


def _rows(note: Note) -> Iterator[list[_Cell]]:
    """Cells of one line of the source, two or more."""
    cells: list[_Cell] = []
    current: list[tuple[Sentence, Language]] = []
    for sentence, language in note.spoken:
        current.append((sentence, language))
        if sentence.ends_paragraph:
            cells.append(_Cell(tuple(each for each, _ in current), current[0][1]))
            current = []
    row: list[_Cell] = []
    for cell in cells:
        if row and cell.line == row[-1].line and cell.sentences[0].source is row[-1].sentences[0].source:
            row.append(cell)
            continue
        if _is_row(row):
            yield row
        row = [cell]
    if _is_row(row):
        yield row


def _is_row(row: Sequence[_Cell]) -> bool:
    return len(row) > 1 and _ROW.search(row[0].sentences[0].source.line_text(row[0].line)) is not None


def _told(symbols: _Cell, meaning: _Cell, letters: frozenset[str]) -> Iterator[Fact]:
    """Each part of the meaning is read as a sentence about the symbols."""
    words = meaning.language.words
    verb = words.get("are", words["is"]).split("|")[0]
    for part in _parts(meaning):
        sentence = _sentence(symbols.sentences[0], verb, part, meaning.sentences[0])
        yield from phrases_in(sentence, meaning.language, letters)
        yield from conventions_in(sentence, meaning.language)


def _parts(meaning: _Cell) -> list[str]:
    if meaning.size:
        return [_PLACED.search(meaning.text)[0]]  # type: ignore[index]
    if not _WORD.search(meaning.text):
        return []
    return [part.strip() for part in _SEPARATORS.split(meaning.text) if part.strip()]


def _sentence(subject: Sentence, verb: str, part: str, told: Sentence) -> Sentence:
    """subject is part: one sentence out of two cells; its places are those of the subject."""
    first = len(subject.runs)
    moved = _PLACED.sub(lambda match: f"⟦{int(match[0][1:-1]) + first}⟧", part)
    space = " " if verb.isascii() or verb[0] < "\u2e80" else ""
    text = f"{subject.text.strip()}{space}{verb}{space}{moved}"
    offsets = [subject.offsets[min(at, len(subject.offsets) - 1)] for at in range(len(text))]
    return Sentence(subject.source, text, offsets, [*subject.runs, *told.runs], end=subject.end)
