"""A right side that is wrong in, what its author may have meant out: single edits of it, likely ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from texgrad.explain.build import divided, inverted, negative, plus, power, times, transposed
from texgrad.explain.derivatives import slope
from texgrad.explain.members import names_in
from texgrad.expr import Expr, number, substitute
from texgrad.layers import neighbours

Around = Callable[[Expr], Expr]
LEAVES = frozenset(("symbol", "member", "entry", "number", "pi", "euler"))
ODD = frozenset(("exp", "sigmoid", "softplus"))  # what differs most at -x from what it is at x
SCALED = ODD | {"tanh", "sinh", "cosh", "sin", "cos"}
SQUARED = frozenset(("neg", "sum", "hadamard", "diag"))  # in which a square of each entry is easily lost
CLOSED = frozenset(("derivative", "primed", "condition"))  # whose parts are not edited


@dataclass(frozen=True)
class Place:
    """A part of an expression: `around` gives the whole with something else in its place."""

    part: Expr
    around: Around
    parent: Expr | None
    at: int = 0
    depth: int = 0


def places(expr: Expr, around: Around = lambda new: new, parent: Expr | None = None, at: int = 0, depth: int = 0):
    """Every part of an expression that an edit may change, outermost first."""
    yield Place(expr, around, parent, at, depth)
    if expr.op in CLOSED:
        return
    for k, arg in enumerate(expr.args):
        if arg.op == "list" and expr.op == "block":
            inside = _inside(expr, k, around)
            for m, cell in enumerate(arg.args):
                yield from places(cell, _inside(arg, m, inside), arg, m, depth + 1)
        elif arg.op not in ("empty", "list"):
            yield from places(arg, _inside(expr, k, around), expr, k, depth + 1)


def _inside(expr: Expr, k: int, around: Around) -> Around:
    def outer(new: Expr) -> Expr:
        args = list(expr.args)
        args[k] = new
        if expr.op == "product" and not expr.name:
            return around(times(*args))
        if expr.op == "sum":
            return around(plus(*args))
        return around(replace(expr, args=tuple(args)))

    return outer


def single(expr: Expr, is_scalar: Callable[[Expr], bool | None]) -> Iterator[tuple[Iterator[Expr], bool]]:
    """The whole with one edit at one place: for each kind of edit, the likelier kinds first, all of them.

    True beside the usual slips: that a factor or a term is too many is seldom what an author got wrong.
    """
    found = list(places(expr))
    for kind in KINDS:
        yield (place.around(new) for place in found for new in kind(place, is_scalar)), True
        if kind is _transposes:
            yield (place.around(new) for place in found for new in _turned(place.part)), False
            yield _dropped(found), False
        if kind is _indices:
            yield _other_indices(found), True
            yield _unmatched(found), True
            yield _other_exponents(expr), True


def _dropped(found: list[Place]) -> Iterator[Expr]:
    """Without one factor or one term."""
    for place in found:
        parent = place.parent
        if parent is not None and parent.op in ("product", "sum", "hadamard") and not parent.name and place.depth <= 3:
            whole = next(p for p in found if p.part is parent)
            rest = [arg for k, arg in enumerate(parent.args) if k != place.at]
            if rest:
                yield whole.around(plus(*rest) if parent.op == "sum" else times(*rest))


def _other_indices(found: list[Place]) -> Iterator[Expr]:
    """With one index of an entry, or of a member of a family, exchanged for another one of the formula."""
    indexed = [place.part for place in found if place.part.op in ("entry", "member", "delta")]
    names = sorted({index for part in indexed for index in _indices_of(part)})
    for place in found:
        part = place.part
        for at, arg in enumerate(part.args):
            if part.op == "member" or (part.op == "entry" and at):
                for name in names:
                    if arg.op == "symbol" and arg.name != name:
                        args = (*part.args[:at], replace(arg, name=name), *part.args[at + 1 :])
                        yield place.around(replace(part, args=args))


def _unmatched(found: list[Place]) -> Iterator[Expr]:
    """The sum over i of x_i for that of x_k, in which i does not occur."""
    for place in found:
        over = place.part
        if over.op != "sum_over" or " " in over.name or over.name in names_in(over.args[0]):
            continue
        own = Expr("symbol", (), over.name)
        indexed = (part for part in over.args[0].walk() if part.op in ("entry", "member"))
        for letter in sorted({index for part in indexed for index in _indices_of(part)}):
            yield place.around(replace(over, args=(substitute(over.args[0], {letter: own}), *over.args[1:])))


def _other_exponents(expr: Expr) -> Iterator[Expr]:
    """a^m b^n for a^n b^m."""
    letters = {part.args[1] for part in expr.walk() if part.op == "power" and part.args[1].op == "symbol"}
    if len(letters) == 2:
        first, second = letters
        yield _exchanged(expr, {first: second, second: first})


def _exchanged(expr: Expr, exponents: dict[Expr, Expr]) -> Expr:
    args = tuple(_exchanged(arg, exponents) for arg in expr.args)
    if expr.op == "power":
        args = (args[0], exponents.get(expr.args[1], args[1]))
    return replace(expr, args=args)


def _indices_of(part: Expr) -> list[str]:
    return [arg.name for arg in part.args[1 if part.op == "entry" else 0 :] if arg.op == "symbol"]


def _transposes(place: Place, is_scalar) -> Iterator[Expr]:
    part = place.part
    if "sequence" in (part.op, *(arg.op for arg in part.args)):
        return  # a row of columns, written out: nobody means a stack of them
    if part.op == "transpose":
        yield part.args[0]
    elif part.op not in ("number", "neg") and is_scalar(part) is False:
        yield transposed(part)
    if part.op == "adjoint":
        yield transposed(part.args[0])


def _turned(part: Expr) -> Iterator[Expr]:
    """X^T D X for X D X^T: right where samples are the rows of X, wrong where they are its columns."""
    factors = part.args if part.op == "product" and not part.name else ()
    for k, first in enumerate(factors):
        for m in range(k + 1, len(factors)):
            if transposed(first) == factors[m]:
                yield times(*factors[:k], factors[m], *factors[k + 1 : m], first, *factors[m + 1 :])


def _inverses(place: Place, is_scalar) -> Iterator[Expr]:
    part = place.part
    if part.op in ("inverse", "pinv"):
        yield part.args[0]
        yield transposed(part)
    elif part.op in ("symbol", "member", "sum", "product", "transpose") and is_scalar(part) is False:
        yield inverted(part)
        if part.op == "transpose":
            yield transposed(inverted(part.args[0]))
    factors = part.args if part.op == "product" and not part.name else ()
    for k, first in enumerate(factors):
        for m in range(k + 1, min(k + 3, len(factors))):  # \\sigma^2 (X^T X)^{-1} for \\sigma^2 X^T X
            if (k, m) != (0, len(factors) - 1) and transposed(first) == factors[m]:
                yield times(*factors[:k], inverted(times(*factors[k : m + 1])), *factors[m + 1 :])
    if part.op in ("inverse", "transpose", "symbol") and place.depth <= 3:
        yield Expr("pinv", (part.args[0] if part.op == "inverse" else part,))


def _signs(place: Place, is_scalar) -> Iterator[Expr]:
    part = place.part
    if place.parent is not None and place.parent.op in ("sum", "list"):
        yield negative(part)
    elif part.op == "neg":
        yield part.args[0]
    if part.op in ODD:
        yield replace(part, args=(negative(part.args[0]),))


def _orders(place: Place, is_scalar) -> Iterator[Expr]:
    """Other orders of the factors: neighbours exchanged, then any order of a short product."""
    part = place.part
    if part.op in ("kronecker", "elementwise_divide", "divide"):
        yield replace(part, args=(part.args[1], part.args[0]))
    if part.op != "product" or part.name:
        return
    args = part.args
    for k in range(len(args) - 1):
        if not (is_scalar(args[k]) or is_scalar(args[k + 1])):
            yield times(*args[:k], args[k + 1], args[k], *args[k + 2 :])
    wide = [k for k, arg in enumerate(args) if not is_scalar(arg)]
    if 3 <= len(wide) <= 4:
        for order in permutations(wide):
            new = list(args)
            for place_, k in zip(wide, order, strict=True):
                new[place_] = args[k]
            yield times(*new)


def _products(place: Place, is_scalar) -> Iterator[Expr]:
    """Matrix, Hadamard and Kronecker products for each other, a diagonal matrix for a Hadamard product."""
    part = place.part
    if part.op in ("hadamard", "kronecker"):
        left, right = part.args
        yield times(left, right)
        yield Expr("kronecker" if part.op == "hadamard" else "hadamard", part.args)
        yield times(Expr("diag", (left,)), right)
        yield times(transposed(left), right)
        yield times(left, transposed(right))
    if part.op == "hadamard":
        yield from _moved_out(part)
    elif part.op == "product" and not part.name:
        yield from _moved_in(part)
        for k in range(1, len(part.args)):
            left, right = times(*part.args[:k]), times(*part.args[k:])
            if not is_scalar(left) and not is_scalar(right):
                yield Expr("hadamard", (left, right))
                yield Expr("kronecker", (left, right))


def _quotients(place: Place, is_scalar) -> Iterator[Expr]:
    """The quotients of entries for X^{-1} dX: the differential of the logarithm of each entry."""
    factors = place.part.args if place.part.op == "product" and not place.part.name else ()
    if len(factors) == 2 and factors[0].op == "inverse" and not is_scalar(factors[0]):
        yield Expr("elementwise_divide", (factors[1], factors[0].args[0]))


def _jacobians(place: Place, is_scalar) -> Iterator[Expr]:
    """diag(s) - s s^T for what is its diagonal alone: s . (1 - s)."""
    part = place.part
    factors = _factors(part.args[0] if part.op == "diag" else part)
    for s in factors:
        complement = Expr("sum", (number(1), Expr("neg", (s,))))
        rest = [factor for factor in factors if factor not in (s, complement)]
        if len(rest) == len(factors) - 2 and not is_scalar(s) and not (rest and part.op == "diag"):
            whole = Expr("sum", (Expr("diag", (s,)), Expr("neg", (times(s, transposed(s)),))))
            yield times(whole, *([rest[0]] if len(rest) == 1 else [Expr("hadamard", tuple(rest))] if rest else []))


def _factors(part: Expr) -> list[Expr]:
    return [each for arg in part.args for each in _factors(arg)] if part.op == "hadamard" else [part]


def _moved_in(part: Expr) -> Iterator[Expr]:
    """(A x) . y for A (x . y), and the like."""
    for k, factor in enumerate(part.args):
        if factor.op == "hadamard":
            for first, second in (factor.args, factor.args[::-1]):
                yield Expr("hadamard", (times(*part.args[:k], first, *part.args[k + 1 :]), second))


def _moved_out(part: Expr) -> Iterator[Expr]:
    """A (x . y) for (A x) . y, and the like."""
    for inner, other in (part.args, part.args[::-1]):
        if inner.op == "product" and not inner.name:
            *before, last = inner.args
            first, *behind = inner.args
            yield times(*before, Expr("hadamard", (last, other)))
            yield times(Expr("hadamard", (first, other)), *behind)


def _symmetrised(place: Place, is_scalar) -> Iterator[Expr]:
    """A + A^T for A, also of two factors of a product: X (a b^T + b a^T) for 2 X a b^T."""
    part = place.part
    if part.op in ("symbol", "transpose", "sum", "product") and is_scalar(part) is False:
        yield plus(part, transposed(part))
    factors = part.args if part.op == "product" and not part.name and len(part.args) > 2 else ()
    for k in range(len(factors) - 1):
        pair = times(*factors[k : k + 2])
        if not any(map(is_scalar, factors[k : k + 2])):
            yield times(*factors[:k], plus(pair, transposed(pair)), *factors[k + 2 :])


def _functions(place: Place, is_scalar) -> Iterator[Expr]:
    """A function for its derivative, and what is often lost or gained around an expression."""
    part = place.part
    if len(part.args) == 1:
        derived = slope(part)
        if derived is not None:
            yield derived
    if part.op == "primed" and len(part.args) == 2:
        name, order = part.name.rsplit(" ", 1)
        yield replace(part, name=f"{name} {int(order) + 1}")
    if part.op in ("trace", "diag", "diag_part", "log", "sqrt", "det", "vec", "abs", "norm"):
        yield part.args[0]
    if part.op == "det":
        yield Expr("log", (part,))
    if part.op == "log":
        yield divided(number(1), part.args[0])
    if part.op in SCALED:  # \tanh(x) = 2 \sigma(2x) - 1
        yield replace(part, args=(times(number(2), part.args[0]),))
        yield replace(part, args=(divided(part.args[0], number(2)),))
    if place.depth <= 2 and part.op not in LEAVES | {"neg"} and not is_scalar(part):
        for name in ("diag", "trace", "diag_part"):
            yield Expr(name, (part,))
    elif place.depth <= 3 and part.op == "symbol" and not is_scalar(part):
        yield Expr("diag", (part,))
    if part.op == "identity":
        yield Expr("ones_matrix")


def _powers(place: Place, is_scalar) -> Iterator[Expr]:
    """Squares that are lost or too many, exponents that are off by one."""
    part, parent = place.part, place.parent
    if part.op == "power":
        base, exponent = part.args
        yield base
        if exponent.op == "number" and exponent.name.isdigit():
            yield power(base, int(exponent.name) + 1)
            yield power(base, 2 * int(exponent.name))  # \\sigma^4 of a derivative by \\sigma^2
            if int(exponent.name) > 2:
                yield power(base, int(exponent.name) - 1)
        elif exponent.op != "number":
            yield power(base, plus(exponent, Expr("neg", (number(1),))))
            yield power(base, plus(exponent, number(1)))
            if exponent.op == "sum":
                yield power(base, exponent.args[0])
    elif parent is not None and (parent.op == "divide" or part.op in ("norm", "det", "sum")) and part.op != "number":
        if is_scalar(part):
            yield power(part, 2)
            yield Expr("sqrt", (part,))
            yield power(part, 3)
    elif parent is not None and parent.op == "sum_over" and part.op in LEAVES and is_scalar(part):
        yield divided(number(1), part)
        yield power(part, 2)
    elif is_scalar(part) and place.depth <= 3 and part.op not in ("number", "neg", "product", "sum_over"):
        yield power(part, 2)
    elif parent is not None and parent.op in SQUARED and len(part.args) <= 1 and part.op != "number":
        yield Expr("hadamard", (part, part))  # 1 - tanh(x) for 1 - tanh(x)^2
    if part.op == "hadamard" and part.args[0] == part.args[1]:
        yield part.args[0]
    if part.op == "elementwise_power":
        yield part.args[0]
    if part.op == "divide":
        above, below = part.args
        yield above
        yield times(above, below)
    if part.op == "number" and parent is not None and parent.op in ("power", "sum", "sum_over", "product_over"):
        if part.name.isdigit():
            yield number(int(part.name) + 1)
            if int(part.name):
                yield number(int(part.name) - 1)
    elif part.op == "number":
        yield times(number(2), part)
        yield divided(part, number(2))
    elif parent is not None and parent.op in ("sum_over", "product_over") and place.at == 2 and part.op == "symbol":
        yield plus(part, Expr("neg", (number(1),)))
    elif parent is not None and parent.op == "sum" and place.depth > 1:
        yield times(number(2), part)
        yield times(divided(number(1), number(2)), part)


def _shared(place: Place, is_scalar) -> Iterator[Expr]:
    """With the 1/n of another term of the sum, which an author easily loses in one of them."""
    terms = place.parent.args if place.parent is not None and place.parent.op == "sum" else ()
    own = set(_coefficients(place.part, is_scalar))
    for factor in dict.fromkeys(each for term in terms for each in _coefficients(term, is_scalar)):
        if factor not in own and place.part.op != "number":
            negated = place.part.op == "neg"
            whole = times(factor, place.part.args[0] if negated else place.part)
            yield negative(whole) if negated else whole


def _coefficients(term: Expr, is_scalar) -> list[Expr]:
    """The factors in front of a term that are numbers with letters: 1/n, \\lambda."""
    term = term.args[0] if term.op == "neg" else term
    factors = term.args if term.op == "product" and not term.name else ()
    return [each for each in factors if each.op in ("divide", "symbol") and is_scalar(each)]


def _layers(place: Place, is_scalar) -> Iterator[Expr]:
    """The same symbol of the next layer or step, and of the one before."""
    part = place.part
    if part.op == "symbol":
        yield from (replace(part, name=name) for name in neighbours(part.name))
    elif part.op == "member" and len(part.args) == 1 and part.args[0].op == "symbol":
        yield from (replace(part, args=(plus(part.args[0], step),)) for step in (number(1), negative(number(1))))


def _indices(place: Place, is_scalar) -> Iterator[Expr]:
    part = place.part
    if part.op in ("entry", "member", "delta", "single_entry"):
        first = 1 if part.op == "entry" else 0
        if len(part.args) - first == 2:
            yield replace(part, args=(*part.args[:first], *reversed(part.args[first:])))
    if part.op == "column":
        yield replace(part, op="row")
    if part.op == "row":
        yield replace(part, op="column")


KINDS = (_transposes, _signs, _indices, _layers, _inverses, _symmetrised, _orders, _products, _quotients, _jacobians,
         _functions, _shared, _powers)
