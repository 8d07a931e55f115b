"""A Markdown note in, its Document out: blocks first, then the math and the words in each of them."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.document import Document, MacroDefinition, Piece
from texgrad.notation.macros import collect, definitions_in
from texgrad.readers.markdown_blocks import blocks
from texgrad.readers.markdown_inline import pieces_of
from texgrad.readers.runs import piece
from texgrad.source import Source, Span

SUFFIXES = (".md", ".markdown", ".qmd", ".rmd", ".mkd")


def read(source: Source, known: Sequence[MacroDefinition] = ()) -> Document:
    """The pieces of a note and the macros that it defines; `known` are the macros of the configuration."""
    macros = list(known)
    pieces: list[Piece] = []
    problems: list[tuple[Span, str]] = []
    code: list[tuple[int, Piece]] = []
    for block in blocks(source.text):
        if block.kind == "macros":
            macros += collect(block.text, macros, order=len(pieces))
            continue
        if block.kind == "code":
            code.append((len(pieces) - 1, piece("code", block.text, block.offsets, source, block.end)))
            continue
        if block.kind == "math":
            found = [piece("math", block.text, block.offsets, source, block.end, display=True)]
        elif block.kind == "break":
            found = []
        else:
            if "\\" in block.text:
                macros += _between_words(block.text, macros, len(pieces))
            found = list(pieces_of(block, source, problems))
        for each in found:
            if each.kind in ("math", "prose") and "\\" in each.text:
                macros += [definition for definition, _, _ in definitions_in(each.text, macros, len(pieces))]
            pieces.append(each)
        if found or block.kind == "break":
            pieces.append(piece("break", "", (), source, block.end))
    return Document(source, tuple(pieces), tuple(macros), tuple(problems), tuple(code))


def _between_words(text: str, known: Sequence[MacroDefinition], order: int) -> list[MacroDefinition]:
    """The macros that stand among the words, as pandoc takes them; not those in code."""
    return [macro for macro, start, _ in definitions_in(text, known, order) if text.count("`", 0, start) % 2 == 0]
