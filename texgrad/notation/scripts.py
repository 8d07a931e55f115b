"""What stands in a script and the base under it in, signs alone and scripted bases out."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.notation import signs
from texgrad.notation.tokens import Token
from texgrad.source import Span

INVERTING = frozenset(("+", "\\dagger"))


def signs_alone(content: Sequence[Token]) -> Expr | None:
    """^+, ^*, '', and the two signs of a pseudo-inverse turned, ^{+\\top}: no sum without its first term."""
    marks = [Expr("mark", (), token.text, token.span) for token in content]
    if len(marks) == 1 and marks[0].name in signs.SCRIPT_SIGNS:
        return marks[0]
    if all(mark.name in ("'", "\\prime") for mark in marks):
        return Expr("mark", (), "'" * len(marks), content[0].span)
    if len(marks) != 2 or not any(mark.name in INVERTING for mark in marks):
        return None
    known = all(mark.name in signs.SCRIPT_SIGNS or mark.name in ("T", "H", "'") for mark in marks)
    return Expr("term", tuple(marks), span=content[0].span) if known else None


def with_script(kind: str, base: Expr, content: Expr, span: Span | None) -> Expr:
    """A base with a script; the prime of g^{[1]\\prime}, g'^{[1]}, g'_1 and x'_{-i} stands outside of the name."""
    if base.op == "term":  # in \\mathbf{ab}^T the script is that of b
        return Expr("term", (*base.args[:-1], with_script(kind, base.args[-1], content, span)), span=span)
    layer = content.args[0] if content.op == "prime" else content
    named = layer.op == "group" or (kind == "sub" and layer.op in ("symbol", "number", "neg", "sum", "term"))
    if content.op == "prime" and layer.op == "group":
        return Expr("prime", (Expr(kind, (base, layer), span=span),), content.name, span)
    if base.op == "prime" and base.args[0].op == "symbol" and named:
        return Expr("prime", (Expr(kind, (base.args[0], content), span=span),), base.name, span)
    return Expr(kind, (base, content), span=span)
