"""What is said of one example in, the matrix of all examples out: P with the rows p_n = softmax(z_n); and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from texgrad.agreement import agree
from texgrad.expr import Expr, substitute
from texgrad.facts.batches import WHOLE, small
from texgrad.shapes import Definition

if TYPE_CHECKING:
    from texgrad.context import Scope

INDEX = "\N{BULLET}n"
LINES = {"batch-rows": "row_upright", "batch-columns": "column"}
DATA = "X"  # also where the sentence does not name it, as what the note defines for all examples at once
DEPTH = 6  # definitions gone through


def members(scope: Scope) -> set[str]:
    """The letters of one example whose matrices of all examples the note speaks of."""
    return {value.partition("=")[2] for convention in LINES for value in scope.words.values(convention)}


def batched(scope: Scope, name: str) -> Definition | None:
    """P, whose rows (columns) the note says are examples, by what it says of p for one example."""
    for convention, line in LINES.items():
        wholes = dict(value.split("=") for value in scope.words.values(convention))
        if name not in wholes:
            continue
        others = {*wholes, DATA, *(each.name for _, each in scope.context.definitions if WHOLE.fullmatch(each.name))}
        lines = {small(whole): Expr(line, (Expr("symbol", (), whole), Expr("symbol", (), INDEX)))
                 for whole in sorted(others - {name}) if not scope.is_size(whole)}  # fmt: skip
        found = _of_one(scope, wholes[name], lines, DEPTH)
        if found is None:
            return None
        stack = Expr("sequence", (found,), INDEX)
        return Definition(name, Expr("transpose", (stack,)) if convention == "batch-rows" else stack)
    return None


def in_a_row(scope: Scope, definition: Definition | None) -> Definition | None:
    """What is given by its entries as a row, where the note calls it one, and not as the column of these entries."""
    declared = scope.declared(definition.name) if definition is not None and len(definition.indices) == 1 else None
    if declared is None or declared.kind != "row" or declared.family:
        return definition
    stack = Expr("sequence", (definition.body,), definition.indices[0])
    return Definition(definition.name, Expr("transpose", (stack,)), line=definition.line)


def of_one_row(scope: Scope, name: str) -> Definition | None:
    """p_j by P_{ij} = e^{Z_{ij}} / \\sum_c e^{Z_{ic}}, where the note says no more: one row, without its index."""
    whole = scope.whole_definition(name)
    body = _without(whole.body, whole.indices[0]) if whole is not None and whole.indices else None
    if body is None or not any(part.op == "member" for part in body.walk()):
        return None
    return in_a_row(scope, Definition(name, body, (), whole.indices[1:], whole.line))


def _without(body: Expr, row: str) -> Expr | None:
    """Z_{ic} as z_c; None where the index of the row stands for itself anywhere, or in another place."""
    if body.op in ("entry", "member"):
        base, *indices = body.args if body.op == "entry" else (Expr("symbol", (), body.name), *body.args)
        first, *others = indices
        if base.op != "symbol" or not WHOLE.fullmatch(base.name) or (first.op, first.name) != ("symbol", row):
            return None
        if len(others) != 1 or any(part.name == row for part in others[0].walk()):
            return None
        return Expr("member", tuple(others), small(base.name), body.span)
    if body.op == "symbol" and body.name == row:
        return None
    args = [_without(arg, row) for arg in body.args]
    return None if None in args else replace(body, args=tuple(args))


def _of_one(scope: Scope, name: str, lines: dict[str, Expr], depth: int) -> Expr | None:
    """The vector of one example through the definitions, in the rows of the matrices of the others."""
    definition = scope.definition(name)
    body = vector(scope, definition) if definition is not None and depth else None
    if body is None:
        return None
    values: dict[str, Expr] = {}
    for part in body.walk():
        if part.op == "member":
            return None
        if part.op == "symbol" and part.name not in values:
            inner = lines.get(part.name) or _of_one(scope, part.name, lines, depth - 1)
            values |= {part.name: inner} if inner is not None else {}
    return substitute(body, values) if values else None


def vector(scope: Scope, definition: Definition) -> Expr | None:
    """The body for the whole vector, where it is given by its entries p_k = e^{z_k} / \\sum_j e^{z_j}, too."""
    if definition.parameters or len(definition.indices) > 1:
        return None
    if not definition.indices:
        return definition.body
    index = Expr("symbol", (), definition.indices[0])
    for name in dict.fromkeys(part.args[0].name for part in definition.body.walk()
                              if part.op == "entry" and part.args[0].op == "symbol"):  # fmt: skip
        whole = Expr("softmax", (Expr("symbol", (), name),))
        if agree(scope, definition.body, Expr("entry", (whole, index))):
            return whole
    return None
