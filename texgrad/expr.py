"""The matrix IR: an expression is an operation on expressions; it never evaluates, reorders or simplifies itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

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
        yield self
        for arg in self.args:
            yield from arg.walk()

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
