r"""The covariance of what is made of a random vector whose own covariance the note states: \operatorname{Cov}(A u)."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.notation.names import label

ORDER = 4
SIGNS = frozenset(
    "\\operatorname{Cov} \\operatorname{cov} \\mathbb{V} \\operatorname{\\mathbb{V}}".split()
)
ESTIMATES = ("\\hat", "\\widehat", "\\tilde")
STATED = "\\operatorname{Cov}"


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    body = _argument(items[at : at + 2])
    if body is None:
        return None
    of = r(body)
    random = [name for name in dict.fromkeys(r.scope.leaves(of)) if r.scope.definition(stated(name)) is not None]
    if not random:
        return None
    if of == Expr("symbol", (), random[0]):
        return Expr("symbol", (), stated(random[0]), items[at].span), at + 2
    pairs = (Expr("symbol", (), each, items[at].span) for name in random for each in (name, stated(name)))
    return Expr("covariance", (of, *pairs), span=items[at].span), at + 2


def head(surface: Expr, scope) -> str | None:
    """The name of the covariance that an equation states, that of a symbol which no formula stands for.

    It is "" where the covariance of another symbol is known: then an equation says nothing new of the sign itself.
    """
    body = _argument(surface.args) if surface.op == "term" and len(surface.args) == 2 else None
    if body is None:
        return None
    if body.op == "symbol" and scope.definition(body.name) is None and not body.name.startswith(ESTIMATES):
        return stated(label(body))
    known = any(definition.name.startswith(f"{STATED}(") for _, definition in scope.context.definitions)
    return "" if known else None


def stated(name: str) -> str:
    return f"{STATED}({name})"


def _argument(items: Sequence[Expr]) -> Expr | None:
    """What stands in the brackets behind the sign, without a condition."""
    if len(items) < 2 or items[1].op != "group" or items[1].name not in ("(", "[", "\\{"):
        return None
    sign, body = items[0], items[1].args[0]
    if not (sign.op == "symbol" and sign.name in SIGNS) and not (sign.op == "function" and sign.name == "variance"):
        return None
    if body.op == "list":
        return body.args[0] if body.name == "|" else None
    return body
