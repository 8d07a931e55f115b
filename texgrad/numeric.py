"""A typed expression in, its values at random points out: sampling, batched evaluation, numerical derivatives.

All draws, and all perturbed points of a derivative, are evaluated in one pass: every value is an array with a leading
batch axis, (batch, rows, columns). A derivative repeats each entry of the batch once per perturbed point, so nested
derivatives nest by themselves and an operation needs nothing but its evaluation rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

import numpy as np

from texgrad.dims import NUMBERS, Compound, Dim, Flexible, Shape
from texgrad.errors import BeyondRange, BoundExceeded, NeedsContext, ShapeMismatch, Unsupported
from texgrad.expr import Expr
from texgrad.ops import TABLE
from texgrad.ops.indexing import PLACES, member_key
from texgrad.sampling import HIDDEN, WITHIN, kept, sample, weights
from texgrad.shapes import Definition, Typing
from texgrad.steady import COSTLY, shorter_steps, standing, varied
from texgrad.work import Work

Array = np.ndarray

# Central differences of sixth order: f'(x) = sum w_k f(x + k h) / h, error h^6 f^(7) / 140 (Fornberg 1988, table 1).
OFFSETS = np.array([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0])
WEIGHTS = np.array([-1 / 60, 3 / 20, -3 / 4, 3 / 4, -3 / 20, 1 / 60])
STEP = 0.003  # truncation (h / distance to the next pole)^6, rounding 1e-16 / h for each nested derivative
MAX_ENTRIES = 4_000_000  # floats in one array: what a claim may ask for
LARGE = 4_000  # of arrays no larger than this, not even a Kronecker product grows beyond all bounds
KEPT = frozenset(("symmetric", "diagonal", "skew-symmetric"))  # what a matrix's differential has when the matrix has it
CONSTRAINTS = frozenset(("unit", "probability", "row-stochastic", "column-stochastic", "orthogonal",
                         "orthonormal-columns"))  # fmt: skip
TALL = frozenset(("full-column-rank", "orthonormal-columns"))
WIDE = frozenset(("full-row-rank",))
ORDERS = (  # sizes in the order in which dimensions are met, for the two choices of sizes of a claim
    ((3, 2, 4, 5, 6, 7), (2, 3, 4, 5, 6, 7), (4, 3, 2, 5, 6, 7), (5, 4, 6, 3, 7, 2)),
    ((2, 4, 3, 5, 7, 6), (5, 2, 3, 4, 7, 6), (3, 4, 2, 5, 7, 6), (6, 5, 4, 7, 3, 2)),
)
SMALL = 6  # a size written out in a note is used as it stands up to here, else a small one stands for it


@lru_cache(maxsize=4096)
def _sampled(shape: tuple[int, ...], properties: frozenset[str], draws: int, number: int, mode: str) -> Array:
    """The values drawn under a number; the same ones are asked for in every reading of a claim."""
    values = sample(shape, properties, draws, np.random.default_rng(number), mode)
    values.flags.writeable = False
    return values


@dataclass
class Model:
    """One choice of sizes for the dimensions of a claim, and the values drawn for its symbols."""

    typing: Typing
    sizes: dict[str, int]
    seed: str
    draws: int
    mode: str = "general"
    hypotheses: dict[str, frozenset[str]] = field(default_factory=dict)
    structured: bool = False
    unconstrained: bool = False
    drawn: dict[str, Array] = field(default_factory=dict)
    active: set[str] = field(default_factory=set)
    order: tuple[int, ...] = ()
    mentioned: dict[str, frozenset[str]] = field(default_factory=dict)
    work: Work = field(default_factory=Work)
    behind: dict[int, tuple[Expr, frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the first order of sizes under which tall matrices are tall and entries are there."""
        shapes = [*self.typing.symbols.items(), *((name, dims[-2:]) for name, dims in self.typing.members.items())]
        tall = [shape if symbol & TALL else (shape[1], shape[0]) for name, shape in shapes
                if (symbol := self.typing.scope.symbol(name).properties) & (TALL | WIDE)]  # fmt: skip
        tall += self.typing.taller
        for order in ORDERS[int(self.seed[-1]) % 2] if self.seed[-1:].isdigit() else ORDERS[0]:
            self.order, self.sizes = order, {}
            enough = all(self.size(dim) >= number for dim, number in self.typing.least if number <= SMALL)
            if enough and all(self.size(large) >= self.size(small) for large, small in tall):
                break

    def number(self, name: str) -> int:
        """The seed of what is drawn under a name."""
        return crc32(f"{self.seed}|{name}".encode())

    def size(self, dim: Dim) -> int:
        """The number that stands for a dimension in this model."""
        dim = self.typing.unifier.find(dim)
        if isinstance(dim, int):
            return dim if dim <= SMALL else self._named(f"#{dim}")
        if isinstance(dim, Compound):
            return NUMBERS[dim.operator](self.size(dim.left), self.size(dim.right))
        return self._named(f"?{dim.number}" if isinstance(dim, Flexible) else dim)

    def _named(self, name: str) -> int:
        if name not in self.sizes:
            shifted = re.fullmatch(r"(.+)([+-])(\d+)", name)
            if shifted:
                base, step = self._named(shifted[1]), int(shifted[3])
                self.sizes[name] = base + step if shifted[2] == "+" else base - step
            else:
                taken = set(self.sizes.values())
                self.sizes[name] = next((n for n in self.order if n not in taken), 2 + len(self.sizes) % 3)
        return self.sizes[name]

    def shape(self, shape: Shape) -> tuple[int, int]:
        return self.size(shape[0]), self.size(shape[1])

    def value(self, name: str) -> Array:
        """The drawn value of a symbol: (draws, rows, columns), for a family (draws, members..., rows, columns)."""
        if name not in self.drawn:
            self.drawn[name] = self._draw(name, name.rstrip("_"), name, self.shape(self.typing.symbols[name]))
        return self.drawn[name]

    def _draw(self, key: str, name: str, supposed: str, shape: tuple[int, ...]) -> Array:
        """Values with what the note says of them; where a constraint is an equation, they need not have it."""
        stated = self.typing.scope.symbol(name).properties
        held = (stated - CONSTRAINTS if self.unconstrained else stated) | self.hypotheses.get(supposed, frozenset())
        if (size := self.typing.loose.get(PLACES + name)) is not None:
            held = frozenset((f"{WITHIN}{self.size(size)}",))
        return _sampled(shape, held, self.draws, self.number(key), self.mode)

    def members(self, name: str) -> Array:
        """The drawn values of a family: (draws, members..., rows, columns)."""
        key = f"{name}[]"
        if key not in self.drawn:
            shape = tuple(self.size(dim) for dim in self.typing.members[name])
            self.drawn[key] = self._draw(key, name, name, shape)
        return self.drawn[key]

    def mentions(self, name: str) -> frozenset[str]:
        """All names that a symbol's definition leads to."""
        if name not in self.mentioned:
            self.mentioned[name] = frozenset()  # a definition in terms of itself ends here
            definition = self.typing.definition(name)
            names: set[str] = set()
            for part in definition.body.walk() if definition is not None else ():
                if part.op in ("symbol", "member"):
                    names |= {part.name} | self.mentions(part.name)
            self.mentioned[name] = frozenset(names - set(definition.indices if definition else ()))
        return self.mentioned[name]

    def names_in(self, definition: Definition) -> frozenset[str]:
        """All names that a definition leads to, its indices as well."""
        key = f"{definition.name}[{len(definition.indices)}]"
        if key not in self.mentioned:
            self.mentioned[key] = frozenset()
            names = {part.name for part in definition.body.walk() if part.op in ("symbol", "member")}
            self.mentioned[key] = frozenset(names.union(*map(self.mentions, names)))
        return self.mentioned[key]

    def direction(self, name: str, shape: tuple[int, int]) -> Array:
        """The random direction that stands for dX: (draws, rows, columns)."""
        key = f"d {name}"
        if key not in self.drawn:
            properties = self.typing.scope.symbol(name).properties
            held = properties & (KEPT | {"complex"} if self.structured else {"complex"})
            self.drawn[key] = _sampled(shape, held, self.draws, self.number(key), "general")
        return self.drawn[key]


@dataclass
class Env:
    """Where an expression is evaluated: a model, the number of perturbed points per draw, and what is overridden."""

    model: Model
    repeat: int = 1
    over: dict[str, Array] = field(default_factory=dict)
    indices: dict[str, int] = field(default_factory=dict)
    tangents: tuple[str, ...] = ()
    memo: dict[tuple, Array] = field(default_factory=dict)
    step: float = STEP
    outside: tuple[Env, int, frozenset[str]] | None = None  # what this repeats, how often, and what is varied

    @property
    def batch(self) -> int:
        return self.model.draws * self.repeat

    @property
    def typing(self) -> Typing:
        return self.model.typing

    def evaluate(self, expr: Expr) -> Array:
        """The values of a typed expression; raises ShapeMismatch or Unsupported where arrays do not fit."""
        op = TABLE[self.typing.operation(expr)]
        if op.name in COSTLY and self.outside is not None and (found := standing(self, expr)) is not None:
            return found
        if op.run is not None:
            try:
                result = op.run(self, expr)
            except ValueError:  # a plain 0, say, beside a column that inference took for a number
                raise Unsupported(f"the arrays of {op.summary} do not fit together", expr.span) from None
            self.model.work.spend(result.size)
            return result
        args = [self.evaluate(arg) for arg in expr.args]
        if any(arg.size > LARGE for arg in args):
            self._check_size(expr)
        try:
            result = op.evaluate(*args)
        except np.linalg.LinAlgError:  # a ValueError, too
            result = np.full((self.batch, *self.shape_of(expr)), np.nan)
        except ValueError:
            raise ShapeMismatch(" and ".join(str(a.shape[1:]) for a in args) + " do not fit", expr.span) from None
        self.model.work.spend(result.size)
        return result

    def _check_size(self, expr: Expr) -> None:
        """Refuse what would not fit into memory before it is computed."""
        rows, cols = self.shape_of(expr)
        if self.batch * rows * cols > MAX_ENTRIES:
            raise BoundExceeded(f"an array of more than {MAX_ENTRIES} entries", expr.span)

    def shape_of(self, expr: Expr) -> tuple[int, int]:
        """Rows and columns that inference found for an expression."""
        return self.model.shape(self.typing.shapes[id(expr)])

    def constant(self, value: float | Array) -> Array:
        """A scalar, or one matrix, for every point of the batch."""
        array = np.asarray(value)
        return np.broadcast_to(array.reshape((1, 1, 1)) if array.ndim == 0 else array[None], (self.batch, *(
            (1, 1) if array.ndim == 0 else array.shape)))  # fmt: skip

    def spread(self, drawn: Array) -> Array:
        """Values per draw, repeated for the perturbed points."""
        return drawn if self.repeat == 1 else np.repeat(drawn, self.repeat, axis=0)

    def expand(self, points: int, over: dict[str, Array]) -> Env:
        """This environment with each point of the batch repeated `points` times and more symbols overridden."""
        moved = {name: np.repeat(value, points, axis=0) for name, value in self.over.items()} | over
        return Env(self.model, self.repeat * points, moved, self.indices, self.tangents, {}, self.step,
                   (self, points, varied(over)))  # fmt: skip

    def with_index(self, **values: int) -> Env:
        return Env(self.model, self.repeat, self.over, self.indices | values, self.tangents, self.memo, self.step,
                   self.outside)  # fmt: skip

    def member(self, definition: Definition, places: tuple[int, ...]) -> Array:
        """The value that a definition gives to one member, computed once for all terms that it stands in."""
        inside = self.with_index(**dict(zip(definition.indices, places, strict=True)))
        names = self.model.names_in(definition)
        key = (definition.name, *sorted((index, at) for index, at in inside.indices.items() if index in names))
        if key not in self.memo:
            self.memo[key] = inside.evaluate(definition.body)
        return self.memo[key]

    def family(self, name: str) -> Array:
        """All members of a family: (batch, members, rows, columns)."""
        owner = self.typing.owner(name)
        if owner != name:
            whole = self.value(owner)
            places = len(self.typing.members[name]) - 2
            return whole.reshape(*whole.shape[: 1 + places], 1, 1)
        key = f"{name}[]"
        return self.over[key] if key in self.over else self.spread(self.model.members(name))

    def value(self, name: str) -> Array:
        """The value of a symbol: overridden, defined, a function of others, or drawn."""
        if name in self.over:
            return self.over[name]
        if name in self.indices:
            return self.constant(float(self.indices[name] + 1))
        if name in self.typing.tied:
            return self.value(name + "_")
        mentioned = self.model.mentions(name)
        key = (name, *sorted((index, at) for index, at in self.indices.items() if index in mentioned))
        if key not in self.memo:
            if name in self.model.active:
                raise NeedsContext(f"{name} is defined in terms of itself")
            self.model.active.add(name)
            try:
                self.memo[key] = self._value(name)
            finally:
                self.model.active.discard(name)
        return self.memo[key]

    def _value(self, name: str) -> Array:
        if name not in self.typing.symbols:
            self.typing.symbol(name)  # a symbol that only a direction or a dependency mentions
        if name not in self.typing.symbols:
            raise NeedsContext(f"what the index {name} runs over is not said")
        definition = self.typing.definition(name)
        if definition is not None and not definition.indices:
            return self.evaluate(definition.body)
        if definition is not None:
            return self._assembled(name)
        arguments = self.typing.arguments(name)
        if arguments:
            values = [self.value(argument) for argument in arguments]
            values += [self.value(each + "_") for each in arguments if self._varies_by_numbers(each)]
            return self.abstract(name, values, self.model.shape(self.typing.symbols[name]))
        if self.typing.scope.is_size(name) or name in self.typing.counted:
            return self.constant(float(self.model.size(self.typing.loose.get(name, name))))
        return self.spread(self.model.value(name))

    def _varies_by_numbers(self, name: str) -> bool:
        """Whether \\theta, which something depends on, stands for the numbers \\theta_j of the claim."""
        return name in self.typing.members and name not in self.typing.tied and self.typing.owner(name) != name

    def _assembled(self, name: str) -> Array:
        """A vector or matrix whose entries are defined one by one."""
        definition = self.typing.definition(name)
        rows, cols = self.model.shape(self.typing.symbols[name])
        parts = []
        for i in range(rows):
            inner = [
                self._defined_member(definition, (i, j)[: len(definition.indices)])
                for j in range(cols if len(definition.indices) > 1 else 1)
            ]
            parts.append(np.concatenate(inner, axis=2))
        return np.concatenate(parts, axis=1)

    def _defined_member(self, definition: Definition, places: tuple[int, ...]) -> Array:
        moved = self.over.get(member_key(definition.name, places))
        if moved is not None:
            return moved
        inside = self.with_index(**dict(zip(definition.indices, places, strict=True)))
        try:
            return inside.evaluate(definition.body)
        except BeyondRange:  # of d_i = x_{i+1} - x_i the last one; what is made of it is known no more
            return self.constant(np.nan)

    def abstract(self, name: str, values: list[Array], shape: tuple[int, int]) -> Array:
        """A fixed smooth random function of its arguments, the same at every call.

        Of complex arguments it is a function of their real and imaginary parts, analytic in none.
        """
        flat = np.concatenate([value.reshape(self.batch, -1) for value in values], axis=1)
        properties = self.typing.scope.symbol(name).properties | self.model.hypotheses.get(name, frozenset())
        if np.iscomplexobj(flat):
            flat = np.concatenate([flat.real, flat.imag], axis=1)
            result = self._smooth(name, flat, shape)
            return result if "real" in properties else result + 1j * self._smooth(f"{name} imaginary", flat, shape)
        result = self._smooth(name, flat, shape)
        if shape[0] == shape[1] > 1:
            result = 0.4 * result + 2 * np.eye(shape[0])  # well conditioned, as drawn matrices are
        if properties & {"positive", "probability", "nonzero"}:
            result = np.exp(0.5 * result)
        if "symmetric" in properties or "positive-definite" in properties:
            result = (result + np.swapaxes(result, 1, 2)) / 2
        return kept(properties, result) if self.model.structured else result

    def _smooth(self, name: str, flat: Array, shape: tuple[int, int]) -> Array:
        """Sines of random combinations of the columns of `flat`, plus a linear part: (batch, *shape)."""
        number = self.model.number(f"function {name} {flat.shape[1]} {shape}")
        inner, phase, outer, slope, height = weights(number, flat.shape[1], shape[0] * shape[1])
        self.model.work.spend(2 * HIDDEN * len(flat))
        result = np.sin(flat @ inner + phase) @ outer + flat @ slope + height
        return result.reshape(self.batch, *shape)

    def waves(self, name: str) -> tuple[Array, Array, Array]:
        """Amplitudes, paces and phases of an abstract function of one variable: sum a sin(p u + c)."""
        rng = np.random.default_rng(self.model.number(f"curve {name}"))
        return rng.uniform(0.4, 1, 3), rng.uniform(0.5, 1.3, 3), rng.uniform(0, 3, 3)

    def curve(self, name: str, order: int, u: Array) -> Array:
        """The `order`-th derivative of an abstract function of one variable, at every entry of u."""
        amplitude, pace, phase = self.waves(name)
        waves = np.sin(u[..., None] * pace + phase + order * np.pi / 2)
        return (amplitude * pace**order * waves).sum(axis=-1)


def differentiate(
    f: Callable[[Env], Array],
    base: Array,
    bind: Callable[[Array], dict[str, Array]],
    env: Env,
    unit: complex = 1,
    directions: Array | None = None,
) -> Array:
    """Derivative of f by the entries of `base` (batch, r, c): (batch, *f's shape, r, c), by central differences.

    `bind` says which symbols take which values when the varied quantity has the value given; `unit` is what the
    entries are moved along, 1j for the imaginary part; `directions` (r, c, r, c) what moves with each entry.
    """
    batch, rows, cols = base.shape
    count, points = rows * cols, len(OFFSETS)
    along = np.eye(count) if directions is None else directions
    moves = along.reshape(count, 1, rows, cols) * (OFFSETS * env.step * unit)[:, None, None]
    if batch * moves.size > MAX_ENTRIES:
        raise BoundExceeded("a derivative with too many entries")
    shorter = shorter_steps(base) if directions is None and unit == 1 else np.ones((1, 1))
    moved = (base[:, None, None] + moves[None] * shorter[..., None, None, None]).reshape(-1, rows, cols)
    result = f(env.expand(count * points, bind(moved)))
    result = result.reshape(batch, count, points, *result.shape[1:])
    slopes = np.tensordot(result, WEIGHTS / env.step, axes=([2], [0]))
    slopes = slopes / shorter.reshape(*shorter.shape, *[1] * (slopes.ndim - 2))
    return np.moveaxis(slopes, 1, -1).reshape(batch, *result.shape[3:], rows, cols)


def slope(f: Callable[[Env], Array], over: Callable[[float, int], dict[str, Array]], env: Env) -> Array:
    """Derivative of f along one direction; `over(t, points)` gives the overridden symbols at parameter values t."""
    points = len(OFFSETS)
    result = f(env.expand(points, over(OFFSETS * env.step, points)))
    result = result.reshape(-1, points, *result.shape[1:])
    return np.tensordot(result, WEIGHTS / env.step, axes=([1], [0]))
