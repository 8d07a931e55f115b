"""Functions of one variable in, their derivatives out, both as expressions: the table behind chain rules and hints."""

from __future__ import annotations

from collections.abc import Callable

from texgrad.explain.build import divided, negative, plus, power, times
from texgrad.expr import Expr, number

ONE = number(1)


def _of(op: str, u: Expr) -> Expr:
    return Expr(op, (u,))


def hadamard(x: Expr, y: Expr) -> Expr:
    return Expr("hadamard", (x, y))


# f -> f' at u, for a scalar u; squares and products are written for an entrywise reading by `slope`.
SLOPES: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda u: _of("exp", u),
    "log": lambda u: divided(ONE, u),
    "sqrt": lambda u: divided(ONE, times(number(2), _of("sqrt", u))),
    "sin": lambda u: _of("cos", u),
    "cos": lambda u: negative(_of("sin", u)),
    "tan": lambda u: plus(ONE, power(_of("tan", u), 2)),
    "cot": lambda u: negative(plus(ONE, power(_of("cot", u), 2))),
    "sinh": lambda u: _of("cosh", u),
    "cosh": lambda u: _of("sinh", u),
    "tanh": lambda u: plus(ONE, negative(power(_of("tanh", u), 2))),
    "arcsin": lambda u: divided(ONE, _of("sqrt", plus(ONE, negative(power(u, 2))))),
    "arccos": lambda u: negative(divided(ONE, _of("sqrt", plus(ONE, negative(power(u, 2)))))),
    "arctan": lambda u: divided(ONE, plus(ONE, power(u, 2))),
    "sigmoid": lambda u: times(_of("sigmoid", u), plus(ONE, negative(_of("sigmoid", u)))),
    "softplus": lambda u: _of("sigmoid", u),
    "relu": lambda u: _of("step", u),
    "abs": lambda u: _of("sign", u),
    "normal_cdf": lambda u: _of("normal_pdf", u),
}


def slope(expr: Expr, scalar: bool = True) -> Expr | None:
    """The derivative of a function by its only argument, entry by entry; None where the table has none."""
    if expr.op == "call" and len(expr.args) == 1:
        return Expr("primed", expr.args, f"{expr.name} 1")
    if expr.op == "primed":
        name, order = expr.name.rsplit(" ", 1)
        return Expr("primed", expr.args, f"{name} {int(order) + 1}")
    rule = SLOPES.get(expr.op)
    if rule is None:
        return None
    result = rule(expr.args[0])
    return result if scalar else entrywise(result)


def entrywise(expr: Expr) -> Expr:
    """Products of vectors as Hadamard products, squares of matrices entry by entry; arguments stay as they are."""
    if expr.op == "product" and expr.args[0].op != "number":
        left, *rest = map(entrywise, expr.args)
        for factor in rest:
            left = hadamard(left, factor)
        return left
    if expr.op == "power":
        base = entrywise(expr.args[0])
        return hadamard(base, base) if expr.args[1] == number(2) else Expr("elementwise_power", (base, expr.args[1]))
    return expr.rebuild(entrywise) if expr.op in ("sum", "neg", "divide", "product") else expr


def logistic(expr: Expr) -> Expr | None:
    """The u of 1/(1 + e^{-u}) and of e^u/(1 + e^u)."""
    if expr.op != "divide":
        return None
    above, below = expr.args
    terms = below.args if below.op == "sum" else ()
    powers = [term for term in terms if term.op == "exp"]
    if len(terms) != 2 or ONE not in terms or len(powers) != 1 or above not in (ONE, powers[0]):
        return None
    return powers[0].args[0] if above == powers[0] else negative(powers[0].args[0])
