"""Terms with the same matrices in, fewer of them out: their numbers multiplied out, where much of that cancels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from texgrad.expr import Expr, number

ONE = number(1)
MAX_TERMS = 12
Term = tuple[Fraction, tuple[Expr, ...], tuple[Expr, ...]]  # number, scalar factors, matrix factors
Power = tuple[Expr, int]
Polynomial = dict[frozenset[Power], Fraction]


def power_of(factor: Expr) -> Power:
    """A scalar factor as a base and its exponent, -1 for one below a line."""
    if factor.op == "divide" and factor.args[0] == ONE:
        base, times = power_of(factor.args[1])
        return base, -times
    if factor.op == "power" and factor.args[1].op == "number" and factor.args[1].name.isdigit():
        base, times = power_of(factor.args[0])
        return base, times * int(factor.args[1].name)
    return factor, 1


def raised(base: Expr, times: int) -> Expr:
    return base if times == 1 else Expr("power", (base, number(times)))


def cancelled(terms: Sequence[Term], term: Callable[[Expr], Term], plus: Callable[..., Expr]) -> list[Term]:
    """The terms, those of the same matrices as one where that is shorter: t (1 - q) v - (1 - t) q v as (t - q) v."""
    groups: dict[tuple[Expr, ...], list[Term]] = {}
    for each in terms:
        groups.setdefault(each[2], []).append(each)
    found: list[Term] = []
    for wide, group in groups.items():
        short = _short(group, term) if len(group) > 1 else None
        if short is None:
            found += group
        elif short:
            found.append(_factored(short, wide, plus))
    return found


def _short(group: Sequence[Term], term: Callable[[Expr], Term]) -> Polynomial | None:
    total: Polynomial = {}
    size = 0
    for by, scalars, _ in group:
        expanded = _expanded(by, scalars, term)
        if expanded is None:
            return None
        size += len(expanded)
        for monomial, each in expanded.items():
            total[monomial] = total.get(monomial, Fraction(0)) + each
    total = {monomial: by for monomial, by in total.items() if by}
    return total if len(total) < size and len(total) <= len(group) else None


def _expanded(by: Fraction, scalars: Sequence[Expr], term: Callable[[Expr], Term]) -> Polynomial | None:
    result: Polynomial = {frozenset(): by}
    for base, times in map(power_of, scalars):
        if base.op == "sum" and times in (1, 2):
            inner = [term(part) for part in base.args]
            factor = [(each, tuple(map(power_of, some))) for each, some, wide in inner if not wide]
        else:
            factor, times = [(Fraction(1), ((base, times),))], 1
        for _ in range(times):
            product: Polynomial = {}
            for monomial, number_ in result.items():
                for each, powers in factor:
                    key = _times(monomial, powers)
                    product[key] = product.get(key, Fraction(0)) + number_ * each
            if len(product) > MAX_TERMS:
                return None
            result = product
    return result


def _times(monomial: frozenset[Power], powers: Sequence[Power]) -> frozenset[Power]:
    counted = dict(monomial)
    for base, times in powers:
        counted[base] = counted.get(base, 0) + times
    return frozenset((base, times) for base, times in counted.items() if times)


def _factored(total: Polynomial, wide: tuple[Expr, ...], plus: Callable[..., Expr]) -> Term:
    """What all have in common in front of what is left."""
    counts = [dict(monomial) for monomial in total]
    common = {base: min(count.get(base, 0) for count in counts) for base in counts[0]}
    common = {base: times for base, times in common.items() if times}
    bys = list(total.values())
    if len(bys) == 1:
        return bys[0], _scalars(counts[0]), wide
    sign = -1 if all(by < 0 for by in bys) else 1
    rest = []
    for by, count in zip(bys, counts, strict=True):
        left = {base: times - common.get(base, 0) for base, times in count.items()}
        left |= {base: -times for base, times in common.items() if base not in count}
        rest.append((sign * by, _scalars(left), ()))
    return Fraction(sign), (*_scalars(common), plus(rest)), wide


def _scalars(powers: dict[Expr, int]) -> tuple[Expr, ...]:
    above = [raised(base, times) for base, times in powers.items() if times > 0]
    return (*above, *(Expr("divide", (ONE, raised(base, -times))) for base, times in powers.items() if times < 0))
