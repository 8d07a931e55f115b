"""The matrix IR: an expression is an operation on expressions; it never evaluates, reorders or simplifies itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from texgrad.errors import Unsupported
from texgrad.source import Span


@dataclass(frozen=True)
class Expr:
    """One operation: `op` its name in the operation table, `name` what else identifies it (a symbol's name, a number).

    Two expressions are equal when they say the same, wherever they stand.
    """

    op: str
    args: tuple[Expr, ...] = ()
    name: str = ""
    span: Span | None = field(default=None, compare=False, repr=False)

    def walk(self) -> Iterator[Expr]:
        """This expression and all parts of it, outermost first."""
        return iter(self._parts)

    @cached_property
    def _parts(self) -> tuple[Expr, ...]:
        """Kept, since nearly everything that is asked of an expression goes through all of it."""
        found: list[Expr] = []
        stack = [self]
        while stack:
            part = stack.pop()
            found.append(part)
            stack += part.args[::-1]
        return tuple(found)

    def rebuild(self, change: Callable[[Expr], Expr]) -> Expr:
        """The same operation on changed arguments."""
        if not self.args:
            return self
        return replace(self, args=tuple(change(arg) for arg in self.args))

    def __str__(self) -> str:
        label = f"{self.op}:{self.name}" if self.name else self.op
        if self.op in ("symbol", "number"):
            return self.name
        return f"{label}({', '.join(map(str, self.args))})" if self.args else label


def symbol(name: str, span: Span | None = None) -> Expr:
    return Expr("symbol", (), name, span)


def number(value: float | int | str, span: Span | None = None) -> Expr:
    return Expr("number", (), str(value), span)


def join(left: Expr, right: Expr) -> Span | None:
    """The span from the start of one expression to the end of another."""
    if left.span is None or right.span is None:
        return left.span or right.span
    return left.span.to(right.span)


def product(factors: Sequence[Expr]) -> Expr:
    """The product of factors, products without marks flattened."""
    flat: list[Expr] = []
    for factor in factors:
        if factor.op == "product" and not factor.name and len(factors) > 1 and factor is factors[0]:
            flat.extend(factor.args)
        else:
            flat.append(factor)
    if not flat:
        raise Unsupported("a factor is missing")
    if len(flat) == 1:
        return flat[0]
    return Expr("product", tuple(flat), span=join(flat[0], flat[-1]))


def substitute(expr: Expr, values: dict[str, Expr]) -> Expr:
    """The expression with symbols replaced, every part new (inference keeps shapes by identity)."""
    if expr.op == "symbol" and expr.name in values:
        return _copy(values[expr.name])
    return replace(expr, args=tuple(substitute(arg, values) for arg in expr.args))


def _copy(expr: Expr) -> Expr:
    return replace(expr, args=tuple(map(_copy, expr.args)))
