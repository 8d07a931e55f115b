"""Statements of a note in, under what conditions each is meant out: "for i != j", "当 i = j 时", "if z < 0"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import ge, gt, le, lt

from texgrad.document import Document
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.statements import Statement
from texgrad.summation import BINDERS

Condition = tuple[str, str, str]  # relation, first index, second index
Comparison = tuple[str, Expr, Expr]  # of values: relation and sides, as they are written
RELATIONS = frozenset(("=", "\\ne"))
COMPARISONS = {"<": lt, ">": gt, "\\le": le, "\\ge": ge}
PLAIN = 8  # nodes of a side of a comparison that says where a claim holds
APART = re.compile(r"[.;!?](?:\s|$)|[。；！？]")
WORDS_BETWEEN = 40
THEN = re.compile(r"(?i)\s*(?:时|的时候|的情况下|のとき|の場合|なら|,? (?:then|we have|we get|gilt|on a)\b)")


def conditions(document: Document, found: Sequence[Statement]) -> list[tuple[Condition | Comparison, ...]]:
    """For each statement, the conditions that its sentence puts before or behind it.

    Where a sentence begins with a condition (if i = j, A, and if i != j, B), each stands before what it is about, and
    so where words say it (..., z > 0 时 A, z < 0 时 B); else (A if i = j, and B if i != j) behind it.
    """
    own = [_condition(statement) for statement in found]
    result: list[tuple[Condition, ...]] = [()] * len(found)
    for run in _runs(document, found):
        ordered = run if _leads(document, found, own, run) else list(reversed(run))
        about: dict[int, int] = {}
        for first, second in (*pairwise(ordered), *pairwise(reversed(ordered))):
            if own[first] and not own[second] and first not in about and _speaks(found[second], own[first]):
                about[first] = second  # a_i (1 - a_i), and if i != j, -a_i a_j: of i alone it is not said
        for condition, statement in about.items():
            result[statement] = result[statement] or own[condition]
    return result


def _leads(document: Document, found: Sequence[Statement], own: Sequence[tuple], run: Sequence[int]) -> bool:
    """Whether the conditions of a sentence stand before what they are about."""
    stated = [number for number in run if own[number]]
    if not stated or stated[0] == run[0]:
        return True
    behind = "".join(piece.text for piece in document.pieces[found[stated[0]].piece + 1 :][:1] if piece.kind == "prose")
    return THEN.match(behind) is not None or (len(stated) > 1 and stated[-1] != run[-1])


def _speaks(statement: Statement, stated: Sequence[Condition | Comparison]) -> bool:
    """Whether a statement has all letters of a condition; of a comparison, one."""
    names = {part.name for member in statement.members if member.expr is not None for part in member.expr.walk()}
    first = stated[0][1:]
    if isinstance(first[0], str):
        return {*first} <= names
    return not names.isdisjoint(part.name for _, *sides in stated for side in sides for part in side.walk()
                                if part.op == "symbol")  # fmt: skip


def distinct(scope, members: Sequence[Expr | NoteError]) -> Iterator[Condition]:
    """i \\ne j in d f(q_i, q_j) / d q_i: an author with two letters in what is differentiated means two members.

    Where a side has a Kronecker delta, the case of equal letters is spoken of.
    """
    sides = [member for member in members if isinstance(member, Expr)]
    if any(part.op == "delta" for side in sides for part in side.walk()):
        return
    for part in sides[0].walk() if sides else ():
        variable = part.args[1] if part.op == "derivative" and len(part.args) == 2 else None
        variable = variable.args[0] if variable is not None and variable.op == "entry" else variable
        if variable is None or variable.op != "member" or len(variable.args) != 1:
            continue
        for other in sorted(_letters(scope, part.args[0], variable.name) - {variable.args[0].name}):
            yield "\\ne", variable.args[0].name, other


def _letters(scope, target: Expr, family: str) -> set[str]:
    """The free letters that members of a family have in an expression, and in what its symbols stand for."""
    found: set[str] = set()
    for part in target.walk():
        definition = scope.definition(part.name) if part.op == "symbol" else None
        if part.op in BINDERS:
            return set()
        if part.op == "member" and part.name == family:
            found |= {arg.name for arg in part.args if arg.op == "symbol"}
        elif definition is not None and not definition.indices and not definition.parameters:
            found |= _letters(scope, definition.body, family)
    return found


def _runs(document: Document, found: Sequence[Statement]) -> list[list[int]]:
    """Statements of one sentence, by number."""
    runs: list[list[int]] = []
    for number, statement in enumerate(found):
        if number and _near(document, found[number - 1].piece, statement.piece):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _near(document: Document, before: int, after: int) -> bool:
    between = document.pieces[before + 1 : after]
    text = "".join(piece.text for piece in between)
    return all(piece.kind == "prose" for piece in between) and len(text) <= WORDS_BETWEEN and not APART.search(text)


def _condition(statement: Statement) -> tuple[Condition | Comparison, ...]:
    """i = j or i != j between two letters, z < 0 or 0 < z < 1 between plain expressions; also in brackets."""
    sides = [member.expr for member in statement.members]
    relations = [relation for relation, _ in statement.relations]
    if len(sides) == 1 and sides[0] is not None and sides[0].op == "group" and sides[0].args[0].op == "relation":
        relations, sides = [sides[0].args[0].name], list(sides[0].args[0].args)
    if len(sides) == 2 and relations[0] in RELATIONS and all(map(_letter, sides)):
        return ((relations[0], sides[0].name, sides[1].name),)
    if not relations or len(sides) != len(relations) + 1 or not COMPARISONS.keys() >= set(relations):
        return ()
    if any(side is None or sum(1 for _ in side.walk()) > PLAIN for side in sides):
        return ()
    return tuple(zip(relations, sides, sides[1:], strict=False))


def compared(found: Sequence[Statement]) -> dict[str, set[tuple[int, str]]]:
    """The letters of conditions such as w = o and w \\ne o, with the pieces that have them and the other letter."""
    places: dict[str, set[tuple[int, str]]] = {}
    for statement in found:
        for relation, *letters in _condition(statement):
            for name, other in (letters, letters[::-1]) if relation in RELATIONS else ():
                places.setdefault(name, set()).add((statement.piece, other))
    return places


def _letter(side: Expr | None) -> bool:
    return side is not None and side.op == "symbol" and len(side.name) == 1 and side.name.islower()


def allows(condition: Condition, indices: dict[str, int]) -> bool:
    """Whether index values satisfy a condition; one on other letters says nothing."""
    relation, first, second = condition
    if first not in indices or second not in indices:
        return True
    return (indices[first] == indices[second]) == (relation == "=")
