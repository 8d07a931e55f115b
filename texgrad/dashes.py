"""A display with a dash in front in, whether it may be the bullet of a list; an expression without its dash out."""

from __future__ import annotations

import re
from dataclasses import replace

from texgrad.expr import Expr
from texgrad.statements import Statement

MANY_DASHES = 3  # displays that begin with a dash: these are the bullets of a list that became signs
BULLET = re.compile(r"-\s")


def dashed(statement: Statement) -> bool:
    """Whether a display begins with a dash and a space, as an item of a list does."""
    member = statement.members[0]
    return statement.display and member.expr is not None and bool(BULLET.match(member.span.text))


def undashed(head: Expr) -> Expr:
    """The head without the sign in front of it."""
    if head.op == "sum":
        return replace(head, args=(undashed(head.args[0]), *head.args[1:]))
    return head.args[0] if head.op == "neg" else head
