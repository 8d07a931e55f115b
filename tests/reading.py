"""Helpers of the reader and lexer tests: a text in, what the stages make of it out as plain text."""

from __future__ import annotations

from texgrad.document import Document, Piece
from texgrad.notation import tokenize
from texgrad.notation.macros import Macros, collect, scopes
from texgrad.readers import read
from texgrad.source import Source


def note(text: str, name: str = "note.md") -> Document:
    return read(Source(name, text))


def math(text: str, name: str = "note.md") -> list[str]:
    """The texts of the math pieces."""
    return [piece.text for piece in note(text, name).pieces if piece.kind == "math"]


def prose(text: str, name: str = "note.md") -> list[str]:
    return [" ".join(piece.text.split()) for piece in note(text, name).pieces if piece.kind == "prose"]


def kinds(text: str, name: str = "note.md") -> str:
    """One letter per piece: p, m, h, b, d."""
    return "".join(piece.kind[0] for piece in note(text, name).pieces)


def formula(text: str) -> Piece:
    return Piece("math", text, tuple(range(len(text) + 1)), Source("formula", text))


def tokens(text: str, definitions: str = "") -> str:
    """The clean tokens of a formula, separated by spaces; environments as `<align` and `align>`."""
    found = collect(definitions)
    macros = Macros(
        {each.name: each for each in found if each.kind == "command"},
        {each.name: each for each in found if each.kind == "environment"},
    )
    return shown(tokenize(formula(text), macros))


def shown(found) -> str:
    marks = {"begin": "<{}", "end": "{}>"}
    return " ".join(marks.get(token.kind, "{}").format(token) for token in found)


def note_tokens(text: str, name: str = "note.md") -> list[str]:
    """The clean tokens of each math piece of a note, with the macros in force there."""
    document = note(text, name)
    pairs = zip(document.pieces, scopes(document), strict=True)
    return [shown(tokenize(piece, macros)) for piece, macros in pairs if piece.kind == "math"]
