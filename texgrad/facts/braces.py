r"""A formula with braces in, the symbols that their notes name the content by out: \underbrace{W x + b}_{z}."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.errors import NoteError
from texgrad.facts.fact import Fact, Shorthand
from texgrad.facts.note import Note
from texgrad.facts.symbols import is_dots, read_name
from texgrad.notation.clean import under_braces
from texgrad.notation.lexer import lex
from texgrad.notation.macros import scopes

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
            symbol = read_name(name)
            counted = any(is_dots((token,)) for token in body)  # \underbrace{1 + ... + 1}_{n}
            if symbol is not None and not (symbol.transposed or symbol.call or counted or len(body) < 2):
                yield Shorthand(body[0].span.to(name[-1].span), name, body)
