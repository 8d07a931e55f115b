"""Symbolic dimensions and their unification: sizes that must be equal are made equal, or the mismatch is named.

A dimension is an int (a size written out), a str (a size with a name, rigid), a Flexible (a size nobody has named
yet) or a Compound (a product, sum or difference of dimensions, as for a Kronecker product or a stacked vector; the
number of entries on and below a diagonal).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from operator import add, mul, sub

from texgrad.errors import ShapeMismatch

_numbers = count(1)


@dataclass(frozen=True)
class Flexible:
    """A size that inference may still choose; never 1 unless `may_be_one` (a vector never shrinks to a scalar)."""

    number: int = field(default_factory=lambda: next(_numbers))
    may_be_one: bool = False

    def __str__(self) -> str:
        return f"?{self.number}"


@dataclass(frozen=True)
class Compound:
    """`left` operator `right`, as in m*n or n+1; under "triangle" left (right + 1) / 2, with both the same."""

    operator: str
    left: Dim
    right: Dim

    def __str__(self) -> str:
        if self.operator == "triangle":
            return f"{self.left}({self.right}+1)/2"
        return f"{self.left}{'' if self.operator == '*' else self.operator}{self.right}"


Dim = int | str | Flexible | Compound
Shape = tuple[Dim, Dim]

SCALAR: Shape = (1, 1)


def column() -> Shape:
    return (Flexible(), 1)


def matrix() -> Shape:
    return (Flexible(), Flexible())


def product(left: Dim, right: Dim) -> Dim:
    """The dimension left*right."""
    if left == 1:
        return right
    if right == 1:
        return left
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    return Compound("*", left, right)


def total(left: Dim, right: Dim) -> Dim:
    """The dimension left+right."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return Compound("+", left, right)


def difference(left: Dim, right: Dim) -> Dim:
    """The dimension left-right."""
    return left - right if isinstance(left, int) and isinstance(right, int) else Compound("-", left, right)


def triangular(size: Dim) -> Dim:
    """The dimension size*(size+1)/2."""
    return size * (size + 1) // 2 if isinstance(size, int) else Compound("triangle", size, size)


def parts(dim: Dim) -> list[Dim]:
    """The factors of a product, the terms of a sum; of any other compound left and right."""
    assert isinstance(dim, Compound)
    if dim.operator not in "*+":
        return [dim.left, dim.right]
    return [
        part
        for side in (dim.left, dim.right)
        for part in (parts(side) if isinstance(side, Compound) and side.operator == dim.operator else [side])
    ]


NUMBERS: dict[str, Callable[[int, int], int]] = {
    "*": mul,
    "+": add,
    "-": sub,
    "triangle": lambda left, right: left * (right + 1) // 2,
}


def _are_open(found: list[Dim]) -> bool:
    """Whether nothing is known of any of the dimensions."""
    return all(isinstance(part, Flexible) for part in found)


class Unifier:
    """What is known of the flexible dimensions of one claim."""

    def __init__(self) -> None:
        self.bound: dict[Flexible | str, Dim] = {}

    def find(self, dim: Dim) -> Dim:
        """The dimension with all that is known of it put in."""
        while isinstance(dim, (Flexible, str)) and dim in self.bound:
            dim = self.bound[dim]
        if isinstance(dim, Compound):
            left, right = self.find(dim.left), self.find(dim.right)
            if dim.operator == "*":
                return product(left, right)
            if isinstance(left, int) and isinstance(right, int):
                return NUMBERS[dim.operator](left, right)
            return Compound(dim.operator, left, right)
        return dim

    def shape(self, shape: Shape) -> Shape:
        return self.find(shape[0]), self.find(shape[1])

    def _occurs(self, flexible: Flexible, dim: Dim) -> bool:
        if isinstance(dim, Compound):
            return self._occurs(flexible, self.find(dim.left)) or self._occurs(flexible, self.find(dim.right))
        return dim == flexible

    def unify(self, first: Dim, second: Dim) -> None:
        """Make two dimensions equal; raises ShapeMismatch where they cannot be."""
        a, b = self.find(first), self.find(second)
        if a == b:
            return
        if isinstance(b, Flexible) and not isinstance(a, Flexible):
            a, b = b, a
        if isinstance(a, Flexible):
            if isinstance(b, Flexible) and a.may_be_one != b.may_be_one:
                a, b = (a, b) if a.may_be_one else (b, a)
            if b == 1 and not a.may_be_one:
                raise ShapeMismatch("a vector or matrix against a scalar")
            if self._occurs(a, b):
                raise ShapeMismatch("a size that contains itself")
            self.bound[a] = b
            return
        if isinstance(a, Compound) and isinstance(b, Compound) and a.operator == b.operator:
            self._unify_parts(parts(a), parts(b))
            return
        if isinstance(a, str) or isinstance(b, str):
            name, whole = (a, b) if isinstance(a, str) else (b, a)
            if isinstance(whole, Compound) and whole.operator == "+" and name not in map(self.find, parts(whole)):
                self.bound[name] = whole  # X with k columns is [X_1 X_2]
                return
        if isinstance(a, Compound) or isinstance(b, Compound):
            return  # settled by the sizes themselves when the claim is evaluated
        raise ShapeMismatch(f"{a} against {b}" if named(a) and named(b) else "two sizes that differ")

    def _unify_parts(self, left: list[Dim], right: list[Dim]) -> None:
        """Products (or sums) are equal when their parts are in some order; where that leaves a choice, sizes decide."""
        for part in list(left):
            if part in right:
                left.remove(part)
                right.remove(part)
        if len(left) == len(right) and len({*left}) == len({*right}) == 1:  # m m and n n among them
            self.unify(left[0], right[0])
        elif len(left) == len(right) and (_are_open(left) or _are_open(right)):
            for a, b in zip(left, right, strict=True):
                self.unify(a, b)

    def same(self, first: Shape, second: Shape) -> Shape:
        """Make two shapes equal and return the shape; raises ShapeMismatch naming both."""
        try:
            self.unify(first[0], second[0])
            self.unify(first[1], second[1])
        except ShapeMismatch:
            raise ShapeMismatch(f"{self.describe(first)} against {self.describe(second)}") from None
        return first

    def is_scalar(self, shape: Shape) -> bool:
        return self.find(shape[0]) == 1 and self.find(shape[1]) == 1

    def show(self, shape: Shape) -> str:
        """A shape as a reader writes it: scalar, n, 1 x n, m x n; in words where its sizes have no names."""
        rows, cols = self.find(shape[0]), self.find(shape[1])
        if rows == 1 and cols == 1:
            return "scalar"
        if named(rows) and named(cols):
            return f"{rows}" if cols == 1 else f"{rows} x {cols}"
        if 1 in (rows, cols):
            return "vector" if cols == 1 else "row vector"
        return "square matrix" if rows == cols else "matrix"

    def describe(self, shape: Shape) -> str:
        """A shape as a message names it: n x 1, a column vector, a square matrix."""
        rows, cols = self.find(shape[0]), self.find(shape[1])
        if rows == 1 and cols == 1:
            return "a scalar"
        if named(rows) and named(cols):
            return f"{rows} x {cols}"
        if 1 in (rows, cols):
            return "a column vector" if cols == 1 else "a row vector"
        return "a square matrix" if rows == cols else "a matrix"


def named(dim: Dim) -> bool:
    """Whether a reader knows a dimension by its name: inference's own names never leave it."""
    if isinstance(dim, Compound):
        return named(dim.left) and named(dim.right)
    return not isinstance(dim, Flexible) and not str(dim).startswith("#")
