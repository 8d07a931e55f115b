"""A document and its statements in, how they go on out: chains over displays, ends of paragraphs, chains in chains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from texgrad.document import Document
from texgrad.statements import Statement

# "where ..." at the beginning of a paragraph goes on with what stands before; so does a paragraph in lower case
GOES_ON = re.compile(r"\s*(?:[a-zà-ÿа-я]|Here|Hier|Ici|Aquí|Qui|Aqui|Здесь|Где|Where|其中|这里|此处|ここで|ただし)")


EXAMPLE = re.compile(
    r"(?i)\W*(?:examples?|exercises?|problems?|theorem|lemma|proposition|corollary|claim|beispiel|aufgabe|satz|exemple|"
    r"exercice|théorème|lemme|ejemplo|ejercicio|teorema|lema|esempio|esercizio|exemplo|exercício|пример|задача|теорема|"
    r"лемма|ví dụ|bài tập|định lý)\b|\W*(?:例|例题|例題|习题|定理|引理|命题)\W{0,2}\d*"
)


def breaks(document: Document) -> Iterator[int]:
    """The ends of paragraphs, unless the next one goes on with the sentence or is a formula."""
    for at, piece in enumerate(document.pieces):
        following = next((p for p in document.pieces[at + 1 :] if p.kind != "break"), None)
        if piece.kind != "break" or following is None or (following.kind == "math" and following.display):
            continue
        if following.kind != "prose" or not GOES_ON.match(following.text):
            yield at


def headings_of(document: Document) -> list[int]:
    """The pieces that headings begin with: "Exercise 1 (symmetric A)" goes on behind the formula in it."""
    pieces = document.pieces
    return [at for at, piece in enumerate(pieces) if piece.kind == "heading"
            and not (at > 1 and pieces[at - 1].kind == "math" and pieces[at - 2].kind == "heading")]  # fmt: skip


def chapters(document: Document) -> list[int]:
    """The headings of the highest level that has several."""
    levels = Counter(piece.level for piece in document.pieces if piece.kind == "heading")
    highest = min((level for level, count in levels.items() if count > 1), default=0)
    return [at for at, piece in enumerate(document.pieces) if piece.kind == "heading" and piece.level <= highest]


def examples(document: Document) -> list[tuple[int, int]]:
    """The stretches of pieces that an example, an exercise, a proposition is: up to the next one or a heading."""
    found: list[tuple[int, int]] = []
    start = None
    for at, piece in enumerate(document.pieces):
        begins = piece.kind == "prose" and (not at or document.pieces[at - 1].kind in ("break", "heading"))
        begins = begins and EXAMPLE.match(piece.text) is not None
        if start is not None and (begins or piece.kind == "heading"):
            found.append((start, at))
            start = None
        start = at if begins else start
    return found if start is None else [*found, (start, len(document.pieces))]


def continued(document: Document, found: list[Statement]) -> list[Statement]:
    """Displays that begin with a relation go on with the chain of the display before."""
    result: list[Statement] = []
    last = 0  # the piece that the last statement ends in
    for statement in found:
        before_piece, last = last, statement.piece
        if statement.continues and result and _adjacent(document, before_piece, statement.piece):
            before = result[-1]
            result[-1] = replace(
                before,
                members=before.members + statement.members[1:],
                relations=before.relations + statement.relations,
            )
        elif not statement.continues:
            result.append(statement)
    return result


def _adjacent(document: Document, before: int, after: int) -> bool:
    """Whether two formulas are one behind the other with at most a few words between."""
    between = document.pieces[before + 1 : after]
    words = sum(len(piece.text.split()) for piece in between if piece.kind == "prose")
    return after > before and words <= 12 and not any(piece.kind in ("heading", "math") for piece in between)


def second(statement: Statement) -> Statement | None:
    """What a chain says of its second member: p(o | c) in y = p(o | c) = exp(...) / ..., a function of arguments."""
    member = statement.members[1].expr if len(statement.members) > 2 else None
    if member is None or member.op != "term" or len(member.args) != 2 or member.args[1].op != "group":
        return None
    return replace(statement, members=statement.members[1:], relations=statement.relations[1:])


def behind_call(statement: Statement) -> Statement | None:
    """What g(\\mu_i) = \\eta_i = x_i^T b says of \\eta_i, where g is any function."""
    if len(statement.members) < 3:
        return None
    head, named, *_ = (member.expr for member in statement.members)
    called = head is not None and head.op == "term" and len(head.args) == 2 and head.args[1].op == "group"
    if not called or named is None or named.op not in ("symbol", "sub"):
        return None
    return replace(statement, members=statement.members[1:], relations=statement.relations[1:])
