"""A document and its statements in, out which explain what stands before ("where p_i = ..."), and which start anew.

What a sentence explains behind a formula is meant in the formula already, whatever the symbol stood for until then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from texgrad.declared import Place
from texgrad.document import Document, Piece
from texgrad.facts.languages import NOW, WHERE
from texgrad.statements import Statement

STOP = re.compile(r"[.!?](?=\s|$)|[。！？]")
LINK = re.compile(r"(?i)[\s,;，；、]*(?:and|und|et|y|e|и|和|以及|và)?[\s,]*")
INTRODUCED = re.compile(rf"(?i)(?:^|(?<!\w))(?:{WHERE})(?P<now>\s*(?:{NOW}))?[\s,:，：]*$")
ANEW = re.compile(rf"(?i)(?:^|(?<!\w))(?:{NOW})[\s,:，：]*(?:let|set|write|put|sei|soit|sea|设|令)?[\s,:，：]*$")


@dataclass(frozen=True)
class Explanations:
    """`since`: the place from which on a statement holds, where that is before it; `anew`: those that say "now"."""

    since: dict[Place, Place] = field(default_factory=dict)
    anew: frozenset[Place] = frozenset()


def explanations(document: Document, found: Sequence[Statement]) -> Explanations:
    since: dict[Place, Place] = {}
    anew: set[Place] = set()
    begun: dict[int, Place] = {}  # by the piece of math that explains
    for statement in found:
        at = statement.piece
        before = document.pieces[at - 1] if at else None
        if before is None or before.kind != "prose":
            continue
        place = at, statement.members[0].span.start
        match = INTRODUCED.search(before.text)
        if match is not None:
            begun[at] = _begin(document, at - 1, before.text[: match.start()])
        elif LINK.fullmatch(before.text) and at - 2 in begun:
            begun[at] = begun[at - 2]
        if at in begun:
            since[place] = begun[at]
        if ANEW.search(before.text) or (match is not None and match["now"]):
            anew.add(place)
    return Explanations(since, frozenset(anew))


def _begin(document: Document, at: int, text: str) -> Place:
    """The begin of the sentence that `text`, which stands in prose piece `at`, is the end of."""
    first, behind = at + 1, ""
    while at >= 0:
        piece = document.pieces[at]
        words = text if piece.kind == "prose" else ""
        text = document.pieces[at - 1].text if at else ""
        if piece.kind == "heading" or STOP.search(words) or (piece.kind == "break" and behind.strip()):
            break
        if _ended(piece):
            break
        first = at if piece.kind == "math" else first
        behind, at = words + behind, at - 1
    return first, -1


def _ended(piece: Piece) -> bool:
    return piece.kind == "math" and piece.display and re.search(r"[.。]\W*$", piece.text) is not None
