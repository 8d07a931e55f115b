"""Typed expressions in, products, sums and transposes of them in normal form out: numbers, scalars, matrices."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from texgrad.dims import Shape
from texgrad.explain.build import negative, rational, value_of
from texgrad.explain.polynomials import Term, cancelled, power_of, raised
from texgrad.expr import Expr, number
from texgrad.shapes import Typing

ZERO, ONE = number(0), number(1)


class Algebra:
    """Builds expressions under one typing; nothing is multiplied out, equal terms are collected."""

    def __init__(self, typing: Typing) -> None:
        self.typing = typing
        self.met: dict[Expr, Expr] = {}  # bodies of definitions that were gone through, and the symbols they define

    def shape(self, expr: Expr) -> Shape:
        return self.typing.unifier.shape(self.typing.infer(expr))

    def is_scalar(self, expr: Expr) -> bool:
        return self.shape(expr) == (1, 1)

    def is_column(self, expr: Expr) -> bool:
        rows, cols = self.shape(expr)
        return cols == 1 and rows != 1

    def is_row(self, expr: Expr) -> bool:
        rows, cols = self.shape(expr)
        return rows == 1 and cols != 1

    def same_size(self, x: Expr) -> bool:
        rows, cols = self.shape(x)
        return rows == cols

    # -- terms -------------------------------------------------------------------------------------------------------

    def term(self, expr: Expr) -> Term:
        """An expression that is no sum as its number, its scalars and its chain of matrices."""
        value = value_of(expr)
        if value is not None:
            return value, (), ()
        if expr.op == "neg":
            by, scalars, wide = self.term(expr.args[0])
            return -by, scalars, wide
        if expr.op == "product" and not expr.name:
            by, scalars, wide = Fraction(1), [], []
            for factor in expr.args:
                known = factor.op not in ("product", "neg", "number", "divide")
                inner, some, more = (Fraction(1), (), (factor,)) if known else self.term(factor)
                by *= inner
                scalars.extend(some)
                for each in more:
                    (scalars if self.is_scalar(each) else wide).append(each)
            return by, *self._grouped(scalars, wide)
        if expr.op == "divide" and self.is_scalar(expr.args[1]) and expr.args[0] != ONE:
            by, scalars, wide = self.term(expr.args[0])
            down, factors, _ = self.term(expr.args[1])
            if down:
                return by / down, (*scalars, *(Expr("divide", (ONE, factor)) for factor in factors)), wide
        if expr.op == "divide" and expr.args[0] == ONE and self.is_scalar(expr.args[1]):
            down, factors, _ = self.term(expr.args[1])
            if down and (down != 1 or len(factors) > 1):
                return 1 / down, tuple(Expr("divide", (ONE, factor)) for factor in factors), ()
        return (Fraction(1), (expr,), ()) if self.is_scalar(expr) else (Fraction(1), (), (expr,))

    def _grouped(self, scalars: list[Expr], wide: list[Expr]) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
        """Rows times columns in the middle of a chain are scalars of their own; identities are left out."""
        wide = [each for each in wide if each.op != "identity"] or wide[:1]
        start = 0
        while start < len(wide):
            if self.is_row(wide[start]):
                stop = next((k for k in range(start, len(wide)) if self.is_column(wide[k])), None)
                if stop is None:
                    break
                if stop > start:
                    scalars = [*scalars, self.chain(Fraction(1), (), wide[start : stop + 1])]
                    wide = wide[:start] + wide[stop + 1 :]
                    continue
            start += 1
        return tuple(scalars), tuple(wide)

    def chain(self, by: Fraction, scalars: Sequence[Expr], wide: Sequence[Expr]) -> Expr:
        """A term as an expression; scalars that are products keep their brackets."""
        if by == 0:
            return ZERO
        by, scalars = self._reduced(by, scalars)
        above, below = self._powers(scalars)
        if len(above) == 1 and not wide and not below and above[0].op == "product":
            above = list(above[0].args)  # a product alone needs no brackets
        if below:
            if by.denominator != 1:
                below = [number(by.denominator), *below]
            if abs(by.numerator) != 1:
                above = [number(abs(by.numerator)), *above]
            factors = [Expr("divide", (_joined(above), _joined(below)))]
        else:
            factors = above if abs(by) == 1 else [rational(abs(by)), *above]
        whole = _joined([*factors, *wide])
        return negative(whole) if by < 0 else whole

    def _reduced(self, by: Fraction, scalars: Sequence[Expr]) -> tuple[Fraction, Sequence[Expr]]:
        """(s a - s b) / s as a - b."""
        below = {base for base, times in map(power_of, scalars) if times < 0}
        for at, factor in enumerate(scalars if below else ()):
            terms = [self.term(part) for part in factor.args] if factor.op == "sum" else []
            powers = [dict(map(power_of, term[1])) for term in terms if not term[2]]
            shared = [base for base in below if powers and all(power.get(base) == 1 for power in powers)]
            if shared and len(powers) == len(terms):
                twice = 2 if all(term[0] % 2 == 0 for term in terms) else 1
                out = Expr("product", (*shared, number(twice)))
                rest = self.plus(*(self.over(part, out) for part in factor.args))
                return self._reduced(by * twice, (*scalars[:at], *shared, rest, *scalars[at + 1 :]))
        return by, scalars

    def _powers(self, scalars: Sequence[Expr]) -> tuple[list[Expr], list[Expr]]:
        """Scalar factors above and below the line, equal ones as a power."""
        counted: dict[Expr, int] = {}
        for base, times in map(power_of, scalars):
            counted[base] = counted.get(base, 0) + times
        above = [raised(base, times) for base, times in counted.items() if times > 0]
        return above, [raised(base, -times) for base, times in counted.items() if times < 0]

    # -- constructors --------------------------------------------------------------------------------------------------

    def times(self, *factors: Expr) -> Expr:
        """The product, in normal form."""
        if any(factor == ZERO for factor in factors):
            return ZERO
        return self.chain(*self.term(Expr("product", factors))) if len(factors) > 1 else factors[0]

    def plus(self, *terms: Expr) -> Expr:
        """The sum with equal terms collected; two terms that share their last or first factor have it once."""
        collected: dict[tuple, list] = {}
        for each in terms:
            for part in each.args if each.op == "sum" else (each,):
                if part == ZERO:
                    continue
                by, scalars, wide = self.term(part)
                key = (tuple(sorted(scalars, key=str)), wide)
                if key in collected:
                    collected[key][0] += by
                else:
                    collected[key] = [by, scalars, wide]
        parts = cancelled([tuple(each) for each in collected.values() if each[0]], self.term, self._sum)
        if not parts:
            return ZERO
        if len(parts) == 2:
            shared = self._shared(*parts)
            if shared is not None:
                return shared
        return self._sum(parts)

    def _sum(self, parts: Sequence[Term]) -> Expr:
        built = [self.chain(*part) for part in parts]
        built.sort(key=lambda part: part.op == "neg")
        return built[0] if len(built) == 1 else Expr("sum", tuple(built))

    def _shared(self, first: Term, second: Term) -> Expr | None:
        """A x + A^T x as (A + A^T) x."""
        if first[:2] != second[:2] or len(first[2]) < 2 or len(first[2]) != len(second[2]):
            return None
        a, b = first[2], second[2]
        if a[1:] == b[1:]:
            return self.chain(first[0], first[1], (Expr("sum", (a[0], b[0])), *a[1:]))
        if a[:-1] == b[:-1]:
            return self.chain(first[0], first[1], (*a[:-1], Expr("sum", (a[-1], b[-1]))))
        return None

    def minus(self, expr: Expr) -> Expr:
        return ZERO if expr == ZERO else self.times(number(-1), expr) if expr.op != "sum" else negative(expr)

    def over(self, above: Expr, below: Expr) -> Expr:
        """A quotient by a scalar, or entry by entry."""
        if above == ZERO:
            return ZERO
        if not self.is_scalar(below):
            return Expr("divide" if self.is_scalar(above) else "elementwise_divide", (above, below))
        value = value_of(below)
        if value:
            return self.times(rational(1 / value), above)
        if self.is_scalar(above):
            return self.chain(*self.term(Expr("divide", (above, below))))
        return self.times(Expr("divide", (ONE, below)), above)

    def hadamard(self, x: Expr, y: Expr) -> Expr:
        """Entry by entry; a scalar or a vector of ones on one side leaves an ordinary multiple."""
        if ZERO in (x, y):
            return ZERO
        if self.is_scalar(x) or self.is_scalar(y):
            return self.times(x, y)
        for one, other in ((x, y), (y, x)):
            by, scalars, wide = self.term(one)
            if len(wide) == 1 and wide[0].op in ("ones", "ones_matrix"):
                return self.times(rational(by), *scalars, other)
        by, scalars, wide = self.term(x)
        again, more, rest = self.term(y)
        inner = Expr("hadamard", (self.chain(Fraction(1), (), wide), self.chain(Fraction(1), (), rest)))
        return self.chain(by * again, (*scalars, *more), (inner,))

    def transposed(self, expr: Expr) -> Expr:
        """The transpose, brought down to the symbols."""
        op, args = expr.op, expr.args
        if op == "transpose":
            return args[0]
        if op in ("identity", "diag_part") or self.is_scalar(expr):
            return expr
        if op == "diag" and not self.is_column(expr):
            return expr
        if op == "symbol" and self._symmetric(expr):
            return expr
        if op == "neg":
            return negative(self.transposed(args[0]))
        if op == "sum":
            turned = Expr("sum", tuple(self.transposed(arg) for arg in args))
            return turned if _transposes(turned) <= _transposes(expr) + 1 else Expr("transpose", (expr,))
        if op in ("hadamard", "kronecker", "elementwise_divide"):
            return Expr(op, tuple(self.transposed(arg) for arg in args))
        if op == "divide" and self.is_scalar(args[1]):
            return Expr(op, (self.transposed(args[0]), args[1]))
        if op == "product" and not expr.name:
            by, scalars, wide = self.term(expr)
            return self.chain(by, scalars, tuple(self.transposed(factor) for factor in reversed(wide)))
        if op == "inverse" and self.transposed(args[0]) == args[0]:
            return expr
        if op == "single_entry":
            return Expr(op, args[::-1])
        if op == "sum_over":
            return Expr(op, (self.transposed(args[0]), *args[1:]), expr.name)
        return Expr("transpose", (expr,))

    def turned(self, expr: Expr) -> Expr:
        """The transpose of a whole result: of a sum, term by term."""
        return Expr("sum", tuple(map(self.transposed, expr.args))) if expr.op == "sum" else self.transposed(expr)

    def _symmetric(self, expr: Expr) -> bool:
        properties = self.typing.scope.symbol(expr.name).properties
        if "not-symmetric" in properties:
            return False
        definition = self.typing.definition(expr.name)
        if definition is not None and definition.body.op == "product" and not definition.indices:
            return self.transposed(definition.body) == definition.body
        return bool(properties & {"symmetric", "diagonal", "positive-definite", "positive-semidefinite"})

    def inner(self, x: Expr, y: Expr) -> Expr:
        """The sum of the products of the entries: x^T y, tr(X^T Y)."""
        if ZERO in (x, y):
            return ZERO
        if self.is_scalar(x):
            return self.times(x, y)
        if self.is_column(x):
            return self.times(self.transposed(x), y)
        if self.is_row(x):
            return self.times(x, self.transposed(y))
        if x.op == y.op == "kronecker":
            return self.times(*map(self.inner, x.args, y.args))
        return self.trace(self.times(self.transposed(x), y))

    def trace(self, expr: Expr) -> Expr:
        """The trace of a matrix, scalars in front; of a column times a row, their inner product."""
        if expr == ZERO:
            return ZERO
        if expr.op == "sum":
            return self.plus(*(self.trace(arg) for arg in expr.args))
        if expr.op == "kronecker":
            return self.times(*map(self.trace, expr.args))
        by, scalars, wide = self.term(expr)
        if len(wide) > 1 and self.is_column(wide[0]) and self.is_row(wide[-1]):
            return self.times(rational(by), *scalars, self.times(*wide[1:], wide[0]))
        inside = self.chain(Fraction(1), (), wide) if wide else Expr("identity")
        return self.times(rational(by), *scalars, Expr("trace", (inside,)))


def _joined(factors: Sequence[Expr]) -> Expr:
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Expr("product", tuple(factors))


def _transposes(expr: Expr) -> int:
    return sum(part.op == "transpose" for part in expr.walk())
