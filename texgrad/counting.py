"""The definitions and statements of a note in, the letters out that count the steps of its recursions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from texgrad.expr import Expr
from texgrad.notation.names import label
from texgrad.shapes import Definition
from texgrad.statements import Statement

_IDENTITIES = frozenset(("I", "\\mathbf{I}", "T"))
TIMES = frozenset(("t", "\\tau"))


def steps(found: Iterable[Definition]) -> set[str]:
    """Letters that count the steps of a recursion: a_t leads to h_{t-1}, and h_t to a_t. Such a_t are no sample."""
    families = [item for item in found if len(item.indices) == 1]
    leads: dict[str, set[str]] = {item.name: set() for item in families}
    for item in families:
        leads[item.name] |= {part.name for part in item.body.walk() if part.op == "member" and part.name in leads}
    for _ in leads:
        leads = {name: to.union(*(leads[other] for other in to)) for name, to in leads.items()}
    return {item.indices[0] for item in families if item.name in leads[item.name] and _shifts(item)}


def counted(found: Iterable[Statement]) -> set[str]:
    """Letters of time that count the steps of a recursion as it is written: t in h_t = f(h_{t-1}), a^{<t>}."""
    letters: set[str] = set()
    for statement in found:
        for member in statement.members:
            letters |= set(_angled(member.expr)) if member.expr is not None else set()
        head = statement.members[0].expr
        if head is None or head.op != "sub" or label(head.args[1]) not in TIMES or len(statement.members) < 2:
            continue
        before = f"{label(head.args[1])}-1"
        bodies = [member.expr for member in statement.members[1:] if member.expr is not None]
        if any(part.op == "sub" and part.args[0] == head.args[0] and label(part.args[1]) == before
               for body in bodies for part in body.walk()):  # fmt: skip
            letters.add(label(head.args[1]))
    return letters


def iterates(found: Iterable[Statement]) -> set[str]:
    """What a method goes on with from step to step, as it writes the next one: x of x_{k+1} = x_k + a_k p_k, "x_k"."""
    names: set[str] = set()
    for statement in found:
        head = statement.members[0].expr
        if head is None or head.op != "sub" or head.args[0].op != "symbol" or len(statement.members) < 2:
            continue
        base, index, body = head.args[0], head.args[1], statement.members[1].expr
        here = Expr("sub", (base, index.args[0])) if index.op == "sum" and label(index).endswith("+1") else None
        if here is not None and body is not None and body.op == "sum" and body.args[0] == here:
            names.add(label(here))
    return names


def updated(found: Iterable[Statement]) -> set[str]:
    """Whose next values are written with a plus, by the formulas for them: P of P^+ = (I - K H) P, x of x^+ = x - t d.

    A pseudo-inverse, A^+ = (A^T A)^{-1} A^T, is made of no other matrix beside its own.
    """
    names: set[str] = set()
    for statement in found:
        head = statement.members[0].expr
        head = head.args[0] if head is not None and head.op == "term" and head.args[-1].op == "group" else head
        bodies = [member.expr for member in statement.members[1:] if member.expr is not None]
        if head is None or head.op != "sup" or (head.args[1].op, head.args[1].name) != ("mark", "+") or not bodies:
            continue
        base = label(head.args[0])
        letters = {label(part) for part in bodies[0].walk() if part.op == "symbol"}
        others = {each for each in letters - {base} if each.rstrip("}")[-1].isupper() and each not in _IDENTITIES}
        if base in letters and (others or base.rstrip("}")[-1].islower()):
            names.add(base)
    return names


def _angled(expr: Expr) -> Iterator[str]:
    """The letters in the angles of superscripts, which count steps and nothing else."""
    for part in expr.walk():
        parts = part.args[1].args if part.op == "sup" and part.args[1].op == "term" else part.args[1:]
        for script in parts if part.op == "sup" else ():
            if script.op == "group" and script.name == "\\langle":
                core = script.args[0].args[0] if script.args[0].op == "sum" else script.args[0]
                if core.op == "symbol":
                    yield core.name


def _shifts(item: Definition) -> bool:
    """Whether a member is defined through a member one step before or behind it."""
    moved = (part.args[0] for part in item.body.walk() if part.op == "member")
    return any(index.op == "sum" and index.args[0].name == item.indices[0] for index in moved)
