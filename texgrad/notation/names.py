"""A surface expression in, its canonical spelling out: the name under which a symbol is known in the whole note."""

from __future__ import annotations

from texgrad.expr import Expr

OPENING = {"\\langle": "\\langle "}
CLOSING = {"(": ")", "[": "]", "\\langle": "\\rangle"}
NAMING = frozenset(CLOSING)  # brackets of a layer, a sample or a step: W^{[l]}, x^{(i)}, a^{\langle t\rangle}


def label(expr: Expr) -> str:
    """A compact canonical spelling: x, \\mathbf{x}, S_{b}, W^{(l+1)}, \\hat{y}; equal spellings, equal symbols."""
    writer = _WRITERS.get(expr.op)
    if writer is not None:
        return writer(expr)
    return expr.name or f"<{expr.op}>"


def _scripted(mark: str):
    return lambda expr: f"{label(expr.args[0])}{mark}{{{label(expr.args[1])}}}"


def _sum(expr: Expr) -> str:
    text = "+".join(map(label, expr.args)).replace("+-", "-")
    return text


_WRITERS = {
    "sup": _scripted("^"),
    "sub": _scripted("_"),
    "prime": lambda expr: label(expr.args[0]) + "'" * int(expr.name),
    "neg": lambda expr: "-" + label(expr.args[0]),
    "sum": _sum,
    "term": lambda expr: "".join(map(label, expr.args)),
    "group": lambda expr: OPENING.get(expr.name, expr.name) + label(expr.args[0]) + CLOSING.get(expr.name, ""),
    "brace": lambda expr: label(expr.args[0]),
    "list": lambda expr: ",".join(map(label, expr.args)),
    "relation": lambda expr: expr.name.join(map(label, expr.args)),
    "dsign": lambda expr: "d" if expr.name == "d" else expr.name,
    "words": lambda expr: expr.name,
    "empty": lambda expr: "",
    "frac": lambda expr: f"{label(expr.args[0])}/{label(expr.args[1])}",
}
