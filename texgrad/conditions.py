"""Statements of a note in, under what conditions on indices each is meant out: "for i != j", "当 i = j 时"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from texgrad.document import Document
from texgrad.expr import Expr
from texgrad.statements import Statement

Condition = tuple[str, str, str]  # relation, first index, second index
RELATIONS = frozenset(("=", "\\ne"))
APART = re.compile(r"[.;:!?](?:\s|$)|[。；！？]")
WORDS_BETWEEN = 40


def conditions(document: Document, found: Sequence[Statement]) -> list[tuple[Condition, ...]]:
    """For each statement, the condition that its sentence puts before or behind it.

    Where a sentence begins with a condition (if i = j, A, and if i != j, B), each stands before what it is about; else
    (A if i = j, and B if i != j) behind it.
    """
    own = [_condition(statement) for statement in found]
    result: list[tuple[Condition, ...]] = [()] * len(found)
    for run in _runs(document, found):
        ordered = run if own[run[0]] else list(reversed(run))
        about: dict[int, int] = {}
        for first, second in (*pairwise(ordered), *pairwise(reversed(ordered))):
            if own[first] and not own[second] and first not in about and _speaks(found[second], own[first]):
                about[first] = second  # a_i (1 - a_i), and if i != j, -a_i a_j: of i alone it is not said
        for condition, statement in about.items():
            result[statement] = result[statement] or (own[condition],)
    return result


def _speaks(statement: Statement, condition: Condition) -> bool:
    """Whether a statement has both indices of a condition."""
    names = {part.name for member in statement.members if member.expr is not None for part in member.expr.walk()}
    return {*condition[1:]} <= names


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


def _condition(statement: Statement) -> Condition | None:
    """i = j or i != j between two letters, also in brackets."""
    sides = [member.expr for member in statement.members]
    relation = statement.relations[0][0] if statement.relations else ""
    if len(sides) == 1 and sides[0] is not None and sides[0].op == "group" and sides[0].args[0].op == "relation":
        relation, sides = sides[0].args[0].name, list(sides[0].args[0].args)
    if len(sides) != 2 or relation not in RELATIONS or not all(map(_letter, sides)):
        return None
    return relation, sides[0].name, sides[1].name


def _letter(side: Expr | None) -> bool:
    return side is not None and side.op == "symbol" and len(side.name) == 1 and side.name.islower()


def allows(condition: Condition, indices: dict[str, int]) -> bool:
    """Whether index values satisfy a condition; one on other letters says nothing."""
    relation, first, second = condition
    if first not in indices or second not in indices:
        return True
    return (indices[first] == indices[second]) == (relation == "=")
