"""Functions of the operation table by their words: \\log x, \\operatorname{tr}(A), \\sin^2 x, \\log_2 x."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import Unsupported
from texgrad.expr import Expr, number
from texgrad.notation.names import label
from texgrad.ops import TABLE
from texgrad.scripts import resolve_scripts

ORDER = 30
NAMES = {"kullback_leibler": "\\operatorname{KL}", "cross_entropy": "\\operatorname{CE}"}  # also names of numbers


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item, scripts, order = items[at], [], 0
    while item.op in ("sup", "sub", "prime"):
        if item.op == "prime":
            order += int(item.name)
        else:
            scripts.append(item)
        item = item.args[0]
    if item.op != "function":
        return None
    if item.name in NAMES and not scripts and not order and not _taken(items, at + 1):
        return r(Expr("symbol", (), NAMES[item.name], item.span)), at + 1
    op = TABLE[item.name]
    args, end = r.operand(items, at + 1, op.takes)
    if order:
        fresh = Expr("symbol", (), "\N{INCREMENT}", item.span)
        result = Expr("primed", (args[0], r.function(op.name, [fresh], item.span)), f"{op.name} {order}", item.span)
    else:
        span = item.span.to(items[end - 1].span) if item.span and items[end - 1].span else item.span
        result = r.function(op.name, args, span)
    for script in scripts:
        result = _scripted(r, result, script, op.name)
    if end == at + 2:
        result = resolve_scripts(r, result, behind(items[at + 1])) if behind(items[at + 1]) else result
    return result, end


def _taken(items: Sequence[Expr], at: int) -> bool:
    """Whether an argument in brackets stands at this place."""
    item = items[at] if at < len(items) else None
    while item is not None and item.op in ("sup", "sub", "prime"):
        item = item.args[0]
    return item is not None and item.op == "group"


def behind(operand: Expr) -> list[Expr]:
    """The scripts behind a group: \\det(X)^2 is a square of the value, not of the argument."""
    scripts = []
    while operand.op in ("sup", "sub", "prime"):
        scripts.append(operand)
        operand = operand.args[0]
    return list(reversed(scripts)) if operand.op == "group" else []


def _scripted(r, result: Expr, script: Expr, name: str) -> Expr:
    text = label(script.args[1])
    if script.op == "sub":
        if name == "log" and script.args[1].op == "number":
            return Expr("divide", (result, Expr("log", (r(script.args[1]),))), span=script.span)
        if name == "log" and text in ("e", "\\operatorname{e}"):
            return result
        if name in ("softmax", "diag", "vec", "trace"):
            return result
        raise Unsupported(f"the subscript {text}", script.span)
    if text == "-1" and TABLE[name].elementwise:
        raise Unsupported(f"the inverse function of {name}", script.span)
    if script.args[1].op == "number":
        return Expr("power", (result, number(script.args[1].name)), span=script.span)
    return resolve_scripts(r, result, [script])
