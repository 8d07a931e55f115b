"""A document and the tokens of its math in, the facts that it states out, in order. A kind of fact is one module.

find(document, tokens)           all facts of a note; `tokens` are those of each math piece, by piece index
parse_directive(text, span)      the facts of a directive, from a comment or from the configuration
misunderstood(document)          what in its directives cannot be understood
contradictions(document, facts)  pairs of declarations that cannot both hold
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules

from texgrad.document import Document
from texgrad.facts import layout, sets
from texgrad.facts.contradictions import contradictions
from texgrad.facts.directives import misunderstood, parse_directive
from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.headings import find_left
from texgrad.facts.normed import find_normed
from texgrad.facts.note import Note
from texgrad.facts.unread import find_unread
from texgrad.facts.withdrawals import find_unsymmetric, find_vague
from texgrad.notation.tokens import Token

__all__ = ["contradictions", "find", "misunderstood", "parse_directive"]

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if not module.ispkg]
_KINDS = sorted((module for module in _MODULES if hasattr(module, "find")), key=lambda module: module.ORDER)


def find(document: Document, tokens: Mapping[int, Sequence[Token]]) -> tuple[Fact, ...]:
    """All the facts of a note; a math piece that cannot be tokenized is missing from `tokens`."""
    note = Note(document, tokens)
    found = [fact for module in _KINDS for fact in module.find(note)]
    declared: dict[str, Declaration] = {}
    for fact in found:
        sized = isinstance(fact, Declaration) and (fact.dims is not None or fact.argument_dims is not None)
        if sized and fact.hold == "note":
            declared.setdefault(fact.name, fact)
    found += layout.find_by_shape(note, declared)
    found += sets.find_arguments(note, {fact.name for fact in found if isinstance(fact, Declaration)})
    found += list(find_normed(note, found))
    found += list(find_unsymmetric(note, found))
    found += list(find_vague(note, found))
    found += list(find_left(note, found))
    found += list(find_unread(note, found))
    places = _places(document)
    return tuple(sorted(found, key=lambda fact: places.get(id(fact.span.source), 0) + fact.span.start))


def _places(document: Document) -> dict[int, int]:
    """Where each source begins in reading order, for notes made of several files."""
    starts: dict[int, int] = {}
    total = 0
    for piece in document.pieces:
        if id(piece.source) not in starts:
            starts[id(piece.source)] = total
            total += len(piece.source.text) if piece.source is not document.source else 0
    return starts
