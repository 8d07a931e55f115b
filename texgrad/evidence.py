"""How a note uses its letters, as evidence on what they are, by the name that `key` gives them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from texgrad.expr import Expr
from texgrad.notation.names import label

UNSURE = frozenset("C F J K L".split())  # capitals of costs and constants that are matrices beside others in a trace
ONES = frozenset(("\\mathbf{1}", "\\mathbb{1}", "\\mathds{1}", "\\mathbbm{1}", "\\operatorname{1}"))
NUMBERED = re.compile(r"(?<=^[a-z])_\{?[0-9f]\}?$")  # the values t_0 and t_f of t
RUNNING = frozenset("tknijsh") | {"\\tau"}  # letters that count steps
GREEK = re.compile(r"\\[a-z]+")
LETTER = re.compile(r"(?!\\differential)\\[A-Za-z]+|[A-Za-z]|\\mathbf\{\\?[A-Za-z]+\}")


@dataclass
class Usage:
    """Evidence on names; `vectors` and `matrices` hold keys, with a trailing _ for what is true of indexed members."""

    transposed: Counter = field(default_factory=Counter)
    matrices: set[str] = field(default_factory=set)
    normed: set[str] = field(default_factory=set)
    variables: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # with the pieces
    differentials: Counter = field(default_factory=Counter)
    numerators: set[str] = field(default_factory=set)
    applied: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # the pieces with P(t)
    primed: set[str] = field(default_factory=set)
    primed_members: set[str] = field(default_factory=set)  # x_i of (x_i - m_k)'
    indices: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    bounds: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # what sums run to, by their pieces
    subscripts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    subscripted: Counter = field(default_factory=Counter)
    exponents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shifted: set[str] = field(default_factory=set)
    samples: set[str] = field(default_factory=set)
    squared: int = 0  # terms like x'A x, in which a letter stands with a prime and without
    primes_transpose: bool = False
    stepped: set[str] = field(default_factory=set)
    names: Counter = field(default_factory=Counter)
    plain: set[str] = field(default_factory=set)
    signs: Counter = field(default_factory=Counter)
    paired: bool = False
    marks: set[str] = field(default_factory=set)
    numbered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # the i of x^{(i)}
    angles: set[str] = field(default_factory=set)
    components: set[str] = field(default_factory=set)  # a, b, c of a column (a, b, c)^T
    factors: set[str] = field(default_factory=set)  # k of k X^{k-1}: a power, no layer
    entrywise: set[str] = field(default_factory=set)  # functions whose derivatives stand in Hadamard products
    centred: dict[str, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))  # the i of (x_i - m)^T
    dotted: set[str] = field(default_factory=set)  # members on either side of a dot
    beside: set[str] = field(default_factory=set)  # what stands right behind a transposed vector
    first: dict[str, int] = field(default_factory=dict)  # the piece where a name first looks like a vector
    summed: set[str] = field(default_factory=set)  # whose one subscript is an index that a sum around it binds
    compared: dict[str, set[tuple[int, str]]] = field(default_factory=dict)  # o of w = o and w \\ne o, with the w
    deltas: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # with \\delta_{yk}, [y = k]
    choosing: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # y of p_{y_i}, with the pieces
    sloped: set[str] = field(default_factory=set)  # x of \\nabla f(x), which is a gradient by a vector
    bent: set[str] = field(default_factory=set)  # functions behind \\nabla^2: numbers, whose gradients are transposed
    gradients: Counter[str] = field(default_factory=Counter)  # how often there is \\nabla f^T
    graded: set[str] = field(default_factory=set)  # functions behind a nabla: \\nabla\\phi(x)
    turned: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # the pieces with a transpose of it
    squares: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # the pieces with (x_i - m)^2
    crossed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # i and j of df / dx_i dx_j
    whole: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # the n of x_n^T
    led: set[str] = field(default_factory=set)  # x of (1, x_1, ..., x_d), w of (w_0, w_1, ...): the vector has one more
    biases: set[str] = field(default_factory=set)  # b of W_1 x + b_1: the number is that of a layer, not of an entry
    small: bool = False  # whether a small t transposes
    traced: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # the pieces with C of tr(B X C)
    horizons: set[str] = field(default_factory=set)  # what has a plain T for an exponent
    turned_apart: set[str] = field(default_factory=set)  # what has another sign of a transpose
    powers: frozenset[str] = frozenset()  # \gamma of \gamma^T, where T is the horizon
    piece: int = 0  # the piece that is being read

    def curve(self, name: str) -> str | None:
        """The t of a symbol that the note applies to it and to its values only: P(t), P(0), P(t_0), M(\\mathbf{q}).

        Nobody writes a product so.
        """
        points = (each for names in self.applied.get(name, ()) for each in names if not each.isdigit())
        letters = {NUMBERED.sub("", each) for each in points}
        plain = all(len(names) == 1 for names in self.applied.get(name, ()))
        return min(letters) if plain and len(letters) == 1 and LETTER.fullmatch(min(letters)) else None

    def numbered_only(self, name: str) -> bool:
        """Whether a symbol is numbered everywhere: \\mathbf{d}_1 and \\mathbf{d}_2 are vectors, no entries."""
        numbers = all(text.isdigit() for text in self.subscripts.get(name, ()))
        return bool(self.subscripted[name]) and numbers and self.names[name] <= self.subscripted[name]

    def raised_to_horizon(self, numbers: Collection[str]) -> frozenset[str]:
        """The Greek letters with T for a power: numbers, with others like \\gamma^t and \\gamma^{T-1} beside it.

        T counts something, as the last step of a sum; what has entries, a length or a gradient is a vector.
        """
        counted = "T" in self.bounds or "T" in self.shifted or any("T" in labels for labels in self.subscripts.values())
        if not counted:
            return frozenset()
        wide = self.turned_apart | self.normed | self.plain | self.subscripted.keys()
        shifted = self.exponents.get("T", set())
        steps = shifted.union(numbers, *(self.exponents.get(letter, ()) for letter in RUNNING))
        found = (self.horizons & steps) | shifted
        return frozenset(name for name in found - wide if GREEK.fullmatch(name))

    @property
    def transposes(self) -> bool:
        return bool(self.transposed)


def key(expr: Expr) -> str | None:
    """The name that evidence on an expression is kept under; x_ for the members x_i of a family."""
    if expr.op == "brace":
        return key(expr.args[0])
    if expr.op == "symbol" or (expr.op == "dsign" and expr.name == "d"):
        return expr.name
    if expr.op == "group" and expr.name == "(":
        return key(expr.args[0])
    if expr.op == "sub" and expr.args[0].op in ("symbol", "sup", "dsign"):
        base = key(expr.args[0])
        return None if base is None else base + "_"
    if expr.op == "sup" and expr.args[0].op in ("symbol", "sub"):
        base = key(expr.args[0])
        if base == "e" and expr.args[1].op != "group":
            return None  # a power of the number, not a vector e
        if base is not None and expr.args[1].op == "group":
            inner = label(expr.args[1].args[0])
            return f"{base}^{{{expr.args[1].name}}}" if len(inner) <= 4 else base
        return base
    return None


def members(group: Expr) -> set[str]:
    """The x_i and m_k of (x_i - m_k)^T: vectors, since nobody transposes numbers."""
    found = terms(group)
    return {key(part) or "" for part in found} if len(numbered(found)) == len(found) else set()


def terms(group: Expr) -> list[Expr]:
    body = group.args[0] if group.op == "group" else group
    return [part.args[0] if part.op == "neg" else part for part in body.args] if body.op == "sum" else []


def numbered(parts: Sequence[Expr]) -> list[Expr]:
    return [part for part in parts if part.op == "sub" and part.args[1].op == "symbol" and letters(part).islower()]


def letters(part: Expr) -> str:
    return (key(part) or "").removeprefix("\\mathbf{").lstrip("\\").rstrip("}_")
