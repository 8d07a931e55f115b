"""An expression in, its differential out: the standard rules, one for each operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from texgrad.errors import Unsupported
from texgrad.explain import members, rules
from texgrad.explain.algebra import ONE, ZERO, Algebra
from texgrad.explain.derivatives import logistic, slope
from texgrad.expr import Expr, number
from texgrad.layouts import option
from texgrad.shapes import Definition, Typing

MAX_DEPTH = 40


class Differential:
    """The differential of expressions by one variable, whose own differential is `mark`.

    Without a variable every symbol of `varied` varies, and its differential is written as one.
    """

    def __init__(self, algebra: Algebra, variable: Expr | None = None, mark: Expr | None = None) -> None:
        self.algebra, self.variable, self.mark = algebra, variable, mark
        self.depth = 0

    def leaf(self, expr: Expr) -> Expr | None:
        """The differential of what varies, None for all else."""
        if self.variable is None:
            varies = expr.op == "symbol" and expr.name in self.algebra.typing.varied
            return Expr("differential", (expr,)) if varies else None
        if self.variable.op == "entry" and expr == self.variable.args[0]:
            indices = self.variable.args[1:]
            return Expr("single_entry" if len(indices) == 2 else "unit_vector", indices)
        if expr == self.variable:
            return self.mark
        if self.variable.op == expr.op == "member" and (expr.name, len(expr.args)) == _family(self.variable):
            pairs = zip(expr.args, self.variable.args, strict=True)
            return self.algebra.times(*(members.delta(i, k) for i, k in pairs), self.mark)
        return None

    def varies(self, body: Expr) -> bool:
        """Whether a body that defines entries may depend on the variable."""
        names = set(self.algebra.typing.scope.leaves(body)) | members.names_in(body)
        return self.variable is None or bool(names & members.names_in(self.variable))

    def __call__(self, expr: Expr) -> Expr:
        """The differential in the shape of the expression; ZERO where it is constant."""
        found = self.leaf(expr)
        if found is not None:
            return found
        if self.depth > MAX_DEPTH:
            raise Unsupported("a definition within itself", expr.span)
        self.depth += 1
        try:
            rule = RULES.get(expr.op)
            if rule is not None:
                return rule(self, expr)
            changes = [self(arg) for arg in expr.args if arg.op != "empty"]
            if all(change == ZERO for change in changes):
                return ZERO
            if len(expr.args) == 1:
                derived = slope(expr, self.algebra.is_scalar(expr.args[0]))
                if derived is not None:
                    return self.algebra.hadamard(derived, changes[0])
        finally:
            self.depth -= 1
        raise Unsupported(f"no rule for the differential of {expr.op}", expr.span)


def _family(member: Expr) -> tuple[str, int]:
    return member.name, len(member.args)


def _symbol(d: Differential, expr: Expr) -> Expr:
    """Through the definition; a symbol that only depends on others, by its derivatives."""
    typing = d.algebra.typing
    definition = typing.definition(expr.name)
    if definition is not None and not definition.indices:
        return _through(d, expr, definition.body)
    if definition is not None and d.varies(definition.body):
        return _of_entries(d, expr, definition)
    changes = []
    for name in typing.arguments(expr.name):
        argument = Expr("symbol", (), name)
        change = d(argument)
        if change != ZERO:
            changes.append(_chained(d, expr, argument, change))
    return d.algebra.plus(*changes) if changes else ZERO


def _of_entries(d: Differential, expr: Expr, definition: Definition) -> Expr:
    """Of a column that is defined by its entries."""
    if len(definition.indices) != 1 or not d.algebra.is_column(expr):
        raise Unsupported("a matrix that is defined by its entries", expr.span)
    return _through(d, expr, members.vector(d.algebra, [definition.body], *definition.indices))


def _chained(d: Differential, function: Expr, argument: Expr, change: Expr) -> Expr:
    """What a change of its argument does to a function: the derivative as the note lays it out, times the change."""
    a = d.algebra
    derivative = Expr("derivative", (function, argument))
    a.typing.infer(derivative)
    kind, name = a.typing.plans[id(derivative)]
    name = option(kind, {kind: name} if name else {}).name
    if kind == "fixed" or (kind.endswith("by-scalar") and name == "same"):
        return a.times(derivative, change)
    if kind.startswith(("scalar-by-", "gradient-by-")):
        return a.inner(derivative if name == "same" else Expr("transpose", (derivative,)), change)
    if kind.endswith("by-scalar"):
        return a.times(Expr("transpose", (derivative,)), change)
    if kind == "vector-by-vector" and a.is_column(function) and a.is_column(argument):
        if name == "numerator":
            return a.times(derivative, change)
        if name == "denominator":
            return a.times(Expr("transpose", (derivative,)), change)
    raise Unsupported("an abstract function of matrices", function.span)


def _call(d: Differential, expr: Expr) -> Expr:
    a = d.algebra
    changes = [d(arg) for arg in expr.args]
    if all(change == ZERO for change in changes):
        return ZERO
    if len(expr.args) == 1 and a.typing.acts_elementwise(expr.name, a.shape(expr.args[0])):
        return a.hadamard(slope(expr), changes[0])
    parts = []
    for arg, change in zip(expr.args, changes, strict=True):
        if change == ZERO:
            continue
        if arg.op != "symbol":
            raise Unsupported("an abstract function of an expression", expr.span)
        parts.append(_chained(d, expr, arg, change))
    return a.plus(*parts)


def _sum(d: Differential, expr: Expr) -> Expr:
    a = d.algebra
    changes = [d(arg) for arg in expr.args]
    if not a.is_scalar(expr) and any(c != ZERO and a.is_scalar(arg) for c, arg in zip(changes, expr.args, strict=True)):
        raise Unsupported("a number that is added to every entry", expr.span)
    return a.plus(*changes)


def _product(d: Differential, expr: Expr) -> Expr:
    """d(ABC) = dA BC + A dB C + AB dC, in the order that the claim's typing found."""
    if any(mark == "dot" for mark in expr.name.split()):
        left, right = expr.args
        if d.algebra.shape(left) == d.algebra.shape(right):
            return d.algebra.plus(d.algebra.inner(d(left), right), d.algebra.inner(left, d(right)))
    parts = []
    for k, factor in enumerate(expr.args):
        change = d(factor)
        if change != ZERO:
            parts.append(d.algebra.times(*expr.args[:k], change, *expr.args[k + 1 :]))
    return d.algebra.plus(*parts) if parts else ZERO


def _hadamard(d: Differential, expr: Expr) -> Expr:
    left, right = expr.args
    return d.algebra.plus(d.algebra.hadamard(d(left), right), d.algebra.hadamard(left, d(right)))


def _kronecker(d: Differential, expr: Expr) -> Expr:
    left, right = expr.args
    parts = [Expr("kronecker", pair) for pair in ((d(left), right), (left, d(right))) if ZERO not in pair]
    return d.algebra.plus(*parts) if parts else ZERO


def _logistic(d: Differential, value: Expr, inside: Expr) -> Expr:
    """Of p = 1/(1 + e^{-u}), p (1 - p) du."""
    return d.algebra.times(value, Expr("sum", (ONE, Expr("neg", (value,)))), d(inside))


def _divide(d: Differential, expr: Expr) -> Expr:
    """d(u/v) = du/v - u dv/v^2."""
    a, (above, below) = d.algebra, expr.args
    inside = logistic(expr)
    if inside is not None and a.is_scalar(inside):
        return _logistic(d, expr, inside)
    du, dv = d(above), d(below)
    first = a.over(du, below)
    if dv == ZERO:
        return first
    square = Expr("power", (below, number(2))) if a.is_scalar(below) else a.hadamard(below, below)
    if a.is_scalar(below):
        return a.plus(first, a.minus(a.times(a.over(above, square), dv)))
    return a.plus(first, a.minus(a.hadamard(a.over(above, square), dv)))


def _inverse(d: Differential, expr: Expr) -> Expr:
    change = d(expr.args[0])
    return ZERO if change == ZERO else d.algebra.minus(d.algebra.times(expr, change, expr))


def _linear(d: Differential, expr: Expr) -> Expr:
    change = d(expr.args[0])
    return ZERO if change == ZERO else replace(expr, args=(change, *expr.args[1:]))


def _transpose(d: Differential, expr: Expr) -> Expr:
    change = d(expr.args[0])
    return ZERO if change == ZERO else d.algebra.transposed(change)


def _sum_over(d: Differential, expr: Expr) -> Expr:
    """Term by term; by one member of a family, only its own term is left."""
    if d.variable is not None:
        expr = members.apart(expr, members.names_in(d.variable))
    with binding(d.algebra.typing, expr):
        return members.summed(d.algebra, expr, d(expr.args[0]))


@contextmanager
def binding(typing: Typing, expr: Expr) -> Iterator[None]:
    """The indices of a sum run over their ranges inside."""
    names = expr.name.split()
    saved = {name: typing.ranges.get(name) for name in names}
    if id(expr) not in typing.plans:
        typing.infer(expr)
    typing.ranges.update(typing.plans[id(expr)])
    typing.bound.extend(names)
    try:
        yield
    finally:
        del typing.bound[len(typing.bound) - len(names) :]
        for name, size in saved.items():
            if size is None:
                typing.ranges.pop(name, None)
            else:
                typing.ranges[name] = size


def _entry(d: Differential, expr: Expr) -> Expr:
    change = d(expr.args[0])
    return ZERO if change == ZERO else replace(expr, args=(change, *expr.args[1:]))


def _indexed(d: Differential, expr: Expr) -> Expr:
    """An entry of a vector or matrix: by an entry of its own, a Kronecker delta; through a definition by entries."""
    base, *indices = expr.args
    if d.variable is not None and d.variable.op == "entry" and base == d.variable.args[0]:
        return d.algebra.times(*map(members.delta, indices, d.variable.args[1:]), ONE)
    definition = d.algebra.typing.definition(base.name) if base.op == "symbol" else None
    if definition is not None and len(definition.indices) == len(indices):
        return _through(d, expr, members.instance(definition, indices))
    return _entry(d, expr)


def _member(d: Differential, expr: Expr) -> Expr:
    """A member of a family, through what the note says of all of them."""
    definition = d.algebra.typing.member_definition(expr.name, len(expr.args))
    if definition is None or len(definition.indices) != len(expr.args):
        return ZERO
    return _through(d, expr, members.instance(definition, expr.args))


def _through(d: Differential, expr: Expr, body: Expr) -> Expr:
    inside = logistic(body)
    if inside is not None and d.algebra.is_scalar(inside):
        return _logistic(d, expr, inside)
    change = d(body)
    if change != ZERO and body.args:
        d.algebra.met[body] = expr
    return change


def _cells(d: Differential, expr: Expr) -> Expr:
    """A matrix that is written out, entry by entry."""
    changes = tuple(map(d, expr.args))
    if expr.op == "block":
        return ZERO if all(cell == ZERO for row in changes for cell in row.args) else replace(expr, args=changes)
    return replace(expr, args=changes)


def _constant(d: Differential, expr: Expr) -> Expr:
    return ZERO


def _primed(d: Differential, expr: Expr) -> Expr:
    change = d(expr.args[0])
    return ZERO if change == ZERO else d.algebra.hadamard(slope(expr), change)


def _derivative(d: Differential, expr: Expr) -> Expr:
    from texgrad.explain.derive import of_derivative

    inside = of_derivative(d.algebra, expr)
    if inside == expr and expr.args[1:] == (d.variable,) and d.mark == ONE:
        return replace(expr, args=(*expr.args, d.variable))
    if inside == expr:
        raise Unsupported("a second derivative of an abstract function", expr.span)
    return d(inside)


RULES: dict[str, Callable[[Differential, Expr], Expr]] = rules.RULES | {
    "symbol": _symbol,
    "call": _call,
    "sum": _sum,
    "product": _product,
    "multiply": _product,
    "neg": lambda d, e: d.algebra.minus(d(e.args[0])),
    "hadamard": _hadamard,
    "kronecker": _kronecker,
    "divide": _divide,
    "elementwise_divide": _divide,
    "inverse": _inverse,
    "transpose": _transpose,
    "vec": _linear,
    "diag": _linear,
    "diag_part": _linear,
    "sum_over": _sum_over,
    "entry": _indexed,
    "row": _entry,
    "row_upright": _entry,
    "block": _cells,
    "list": _cells,
    "expectation": _entry,
    "column": _entry,
    "primed": _primed,
    "derivative": _derivative,
    "member": _member,
    "number": _constant,
    "identity": _constant,
    "ones": _constant,
    "zeros": _constant,
    "pi": _constant,
    "euler": _constant,
}
