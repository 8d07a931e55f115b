"""A math piece in, its tokens out (`tokenize`), and from there surface expressions."""

from __future__ import annotations

from texgrad.document import Piece
from texgrad.notation.clean import clean
from texgrad.notation.lexer import lex
from texgrad.notation.macros import NO_MACROS, Macros
from texgrad.notation.tokens import Token


def tokenize(piece: Piece, macros: Macros = NO_MACROS) -> tuple[Token, ...]:
    """The clean tokens of one math piece; NotationError where it cannot be read."""
    return clean(lex(piece, macros))
