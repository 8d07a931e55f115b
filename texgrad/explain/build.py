"""Small constructors for expressions: products, sums and multiples without needless brackets, ones and zeros."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from texgrad.expr import Expr, number


def times(*factors: Expr) -> Expr:
    """The product of factors, a sign brought to the front and numbers of the first factors left as they stand."""
    sign, flat = 1, []
    for factor in factors:
        if factor.op == "neg":
            sign, factor = -sign, factor.args[0]
        if factor.op == "product" and not factor.name:
            flat.extend(factor.args)
        elif not (factor.op == "number" and factor.name == "1" and len(factors) > 1):
            flat.append(factor)
    result = flat[0] if len(flat) == 1 else Expr("product", tuple(flat)) if flat else number(1)
    return negative(result) if sign < 0 else result


def plus(*terms: Expr) -> Expr:
    flat: list[Expr] = []
    for term in terms:
        flat.extend(term.args if term.op == "sum" else (term,))
    return flat[0] if len(flat) == 1 else Expr("sum", tuple(flat))


def negative(expr: Expr) -> Expr:
    if expr.op == "neg":
        return expr.args[0]
    if expr.op == "sum":
        return Expr("sum", tuple(map(negative, expr.args)))
    return Expr("neg", (expr,))


def transposed(expr: Expr) -> Expr:
    return expr.args[0] if expr.op == "transpose" else Expr("transpose", (expr,))


def inverted(expr: Expr) -> Expr:
    return expr.args[0] if expr.op == "inverse" else Expr("inverse", (expr,))


def divided(above: Expr, below: Expr) -> Expr:
    return Expr("divide", (above, below))


def power(base: Expr, exponent: Expr | int) -> Expr:
    if exponent == 1:
        return base
    return Expr("power", (base, number(exponent) if isinstance(exponent, int) else exponent))


def rational(value: Fraction) -> Expr:
    """A number in lowest terms; a negative one as a negative."""
    size = number(abs(value.numerator))
    if value.denominator != 1:
        size = divided(size, number(value.denominator))
    return negative(size) if value < 0 else size


def value_of(expr: Expr) -> Fraction | None:
    """The number that an expression of numbers alone stands for."""
    if expr.op == "number":
        try:
            return Fraction(expr.name)
        except ValueError:
            return None
    if expr.op == "neg":
        inner = value_of(expr.args[0])
        return None if inner is None else -inner
    if expr.op == "divide":
        above, below = map(value_of, expr.args)
        return above / below if above is not None and below else None
    return None


def split(expr: Expr) -> tuple[Fraction, Expr | None]:
    """A number and the rest of a product; None for the rest of a number alone."""
    whole = value_of(expr)
    if whole is not None:
        return whole, None
    if expr.op == "neg":
        number_, rest = split(expr.args[0])
        return -number_, rest
    if expr.op == "product" and not expr.name:
        first = value_of(expr.args[0])
        if first is not None:
            number_, rest = split(times(*expr.args[1:]))
            return first * number_, rest
    if expr.op == "divide":
        # 2 a / 3 b is 2/3 times a / b
        above, top = split(expr.args[0])
        below, bottom = split(expr.args[1])
        if below and (above, below) != (1, 1) and top is not None and bottom is not None:
            return above / below, divided(top, bottom)
    return Fraction(1), expr


def scaled(expr: Expr, by: Fraction) -> Expr:
    """A multiple of an expression, with the numbers of both drawn together."""
    if by == 1:
        return expr
    if expr.op == "sum" and by == -1:
        return negative(expr)
    if expr.op == "divide" and by.denominator == 1 and value_of(expr) is None:
        # twice a/(2 b) is a/b, twice a/b is 2a/b
        above, below = expr.args
        inner, rest = split(below)
        if inner == abs(by) and rest is not None:
            return negative(divided(above, rest)) if by < 0 else divided(above, rest)
        above = scaled(above, abs(by))
        return negative(divided(above, below)) if by < 0 else divided(above, below)
    first, rest = split(expr)
    total = first * by
    if rest is None:
        return rational(total)
    if abs(total) == 1:
        return negative(rest) if total < 0 else rest
    body = times(rational(abs(total)), rest)
    return negative(body) if total < 0 else body


def combined(numbers: Sequence[Fraction], parts: Sequence[Expr]) -> Expr | None:
    """The sum of multiples of the parts, the first positive one in front; None where nothing is left."""
    terms = [scaled(part, by) for by, part in zip(numbers, parts, strict=True) if by]
    if not terms:
        return None
    return plus(*terms)
