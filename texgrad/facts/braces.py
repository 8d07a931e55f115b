r"""A formula in, what the notes at its braces say of the content out: \underbrace{W x}_z, \underbrace{U^T U}_{=I}."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.errors import NoteError
from texgrad.facts.fact import Declaration, Fact, Shorthand
from texgrad.facts.note import Note
from texgrad.facts.relations import equation
from texgrad.facts.runs import Clause
from texgrad.facts.symbols import Name, is_dots, read_name
from texgrad.notation.clean import under_braces
from texgrad.notation.lexer import lex
from texgrad.notation.macros import scopes
from texgrad.notation.tokens import Token

ORDER = 91  # where two facts stand at one place, the word of the higher order comes last

_BRACES = re.compile(r"\\(?:under|over)(?:brace|bracket|paren)")


def find(note: Note) -> Iterator[Fact]:
    pieces = note.document.pieces
    marked = [at for at in note.tokens if _BRACES.search(pieces[at].text)]
    macros = scopes(note.document) if marked else ()
    for at in marked:
        try:
            found = list(under_braces(lex(pieces[at], macros[at])))
        except NoteError:
            continue
        for body, name in found:
            while name and name[0].kind in ("open", "relation"):
                name = name[1:]
            name = name[:-1] if name and name[-1].kind == "close" else name
            said = list(_said(note, at, body, name))
            yield from said
            symbol = None if said else read_name(name)
            counted = any(is_dots((token,)) for token in body)  # \underbrace{1 + ... + 1}_{n}
            called = symbol is not None and symbol.call and not _of_its_arguments(symbol, body)
            if symbol is not None and not (symbol.transposed or called or counted or len(body) < 2):
                yield Shorthand(body[0].span.to(name[-1].span), name, body)


def _of_its_arguments(symbol: Name, body: tuple[Token, ...]) -> bool:
    """Whether J(x, u) under a brace names a function of what stands in it, and not a value such as f(0)."""
    letters = {token.text for token in body}
    return bool(symbol.arguments) and not symbol.primed and all(
        any(letter in argument for letter in letters if letter.isalpha() or letter.startswith("\\"))
        for argument in symbol.arguments
    ) and symbol.name not in letters


def _said(note: Note, at: int, body: tuple[Token, ...], name: tuple[Token, ...]) -> Iterator[Declaration]:
    """What the content says where its note is another form of it: A is symmetric in \\underbrace{A + A^T}_{=2A}."""
    if not name:
        return
    span = body[0].span.to(name[-1].span)
    runs = [run for run in note.runs if run.piece == at and run.span.start <= span.start <= run.span.end]
    for found, kind, properties in equation(Clause((body, name), (Token("relation", "=", span),), False)):
        for run in runs[-1:]:
            yield Declaration(found.name, span, kind, None, properties, "formula", found.family, member=found.member,
                              reach=note.chain(run))  # fmt: skip
