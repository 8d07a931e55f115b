"""An expression in, the shape of each of its parts out: inference with symbolic dimensions, for one claim at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

from texgrad.dims import SCALAR, Dim, Flexible, Shape, Unifier
from texgrad.errors import BoundExceeded, DefinitionMismatch, NeedsContext, NoteError, ShapeMismatch, Unsupported
from texgrad.expr import Expr
from texgrad.layouts import Profile
from texgrad.ops import TABLE

MAX_DEPTH = 60


@dataclass(frozen=True)
class Definition:
    """`name`(`parameters`) = `body`; with `indices`, the entry or family member of that name at those indices.

    `written` is the body of a function as the note has it, to be read again where other functions in it change.
    `powers` are those that the parameters have in the head: N(m, s^2) = ... is a function of s. `restates` says that
    the definition before it gives the same value, in other symbols. `last` is the piece of the note behind which it no
    longer holds, made under an "if"; `reach` are the first and last piece of the sentence in which a special case is
    true. A `result` of a computation says nothing of what stands before it. `sampled`: members that are the values of
    the function of their own name, f_i = f(x_i). `implied` by dL/dw = d(...)/dw, which writes out what L is.
    """

    name: str
    body: Expr
    parameters: tuple[str, ...] = ()
    indices: tuple[str, ...] = ()
    line: int = 0
    powers: tuple[int, ...] = ()
    restates: bool = False
    written: Expr | None = None
    last: float = inf
    sampled: bool = False
    reach: tuple[int, int] | None = None
    result: bool = False
    implied: bool = False


@dataclass(frozen=True)
class Symbol:
    """What is known of one symbol where a claim stands; `dims` as declared, `why` in words for --show-types.

    kind: scalar, column, row, matrix, function (of unknown or `arguments`), unknown
    """

    name: str
    kind: str
    dims: tuple[Dim, ...] | None = None
    properties: frozenset[str] = frozenset()
    arguments: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    sure: bool = False
    why: str = ""
    count: Dim | None = None


class Scope(Protocol):
    """What inference and evaluation ask of the context of a claim."""

    def symbol(self, name: str) -> Symbol: ...
    def definition(self, name: str) -> Definition | None: ...
    def is_size(self, name: str) -> bool: ...
    def runs(self, name: str) -> bool: ...
    def redefined(self, name: str) -> bool: ...
    def member_kind(self, name: str) -> str: ...
    def member_definition(self, name: str, count: int | None = None) -> Definition | None: ...


@dataclass
class Typing:
    """The working state of inference over one claim: shapes by expression identity, symbols, ranges of indices."""

    scope: Scope
    profile: Profile
    kinds: dict[str, str] = field(default_factory=dict)
    unifier: Unifier = field(default_factory=Unifier)
    symbols: dict[str, Shape] = field(default_factory=dict)
    members: dict[str, tuple[Dim, ...]] = field(default_factory=dict)
    ranges: dict[str, Dim] = field(default_factory=dict)
    shapes: dict[int, Shape] = field(default_factory=dict)
    plans: dict[int, object] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    free: dict[str, None] = field(default_factory=dict)
    bound: list[str] = field(default_factory=list)
    local: dict[str, Shape] = field(default_factory=dict)
    depth: int = 0
    keep: list[Expr] = field(default_factory=list)
    rigid: int = 0
    implied: dict[str, tuple[str, ...]] = field(default_factory=dict)
    random: frozenset[str] = frozenset()  # what an expectation is taken over
    broadcast: bool = False
    spreading: bool = False
    varied: tuple[str, ...] = ()
    tied: set[str] = field(default_factory=set)
    relaxed: bool = False
    least: list[tuple[Dim, int]] = field(default_factory=list)
    taller: list[tuple[Dim, Dim]] = field(default_factory=list)  # pairs of a size and one that is no larger
    readings: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    loose: dict[str, Dim] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    lines: Mapping[str, Definition] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)  # letters that stand for the size of a matrix in this reading

    def acts_elementwise(self, name: str, argument: Shape) -> bool:
        """Whether an abstract function works entry by entry: said to, or a scalar function of a scalar."""
        return "elementwise" in self.scope.symbol(name).properties or (
            self.unifier.is_scalar(argument) and not self.scope.symbol(name).properties & VALUED
        )

    def value_shape(self, name: str, arguments: list[Shape]) -> Shape:
        """The shape of an abstract function's value, the same one at every call."""
        if len(arguments) == 1 and self.acts_elementwise(name, arguments[0]):
            return arguments[0]
        key = f"{name}()"
        if key not in self.symbols:
            symbol = self.scope.symbol(name)
            kind = self.kinds.get(name, symbol.kind)
            self.symbols[key] = self.of_kind(symbol, "scalar" if kind in ("function", "unknown") else kind)
        return self.symbols[key]

    def definition(self, name: str) -> Definition | None:
        """The definition of a symbol that this reading goes through."""
        if name in self.lines and not self.lines[name].indices:
            return self.lines[name]
        return None if name in self.hidden else self.scope.definition(name)

    def member_definition(self, name: str, count: int | None = None) -> Definition | None:
        """What the members of a family are, as the note says or as this reading takes them."""
        found = None if name in self.hidden else self.scope.member_definition(name, count)
        return self.lines.get(name) or found

    def expect(self, name: str, kind: str) -> None:
        """A symbol of doubtful kind whose entries are taken is a vector or a matrix."""
        symbol = self.scope.symbol(name)
        if not symbol.sure and name not in self.symbols and symbol.kind not in ("column", "row", "matrix"):
            self.kinds.setdefault(name, kind)

    def size_of(self, expr: Expr) -> Dim:
        """The dimension that an expression names: 3, n, n+1; anything else is a size of its own."""
        if expr.op == "number" and expr.name.isdigit():
            return int(expr.name)
        if self.relaxed:
            return self.loose.setdefault(str(expr), Flexible())
        if expr.op == "symbol":
            return expr.name
        if expr.op == "sum" and len(expr.args) == 2:
            base, step = expr.args
            sign, step = ("-", step.args[0]) if step.op == "neg" else ("+", step)
            if base.op == "symbol" and step.op == "number":
                return f"{base.name}{sign}{step.name}"
        return Flexible()

    def range_of(self, lower: Expr | None, upper: Expr | None) -> Dim:
        """The dimension that a bound index runs over: the upper bound where the sum starts at 1."""
        for bound in (lower, upper):
            definition = self.definition(bound.name) if bound is not None and bound.op == "symbol" else None
            if bound is not None and bound.op != "empty" and not (definition and self.scope.is_foreign(definition)):
                self.infer(bound)  # a K that another section defines, the keys of attention, is a number here
        if upper is None or upper.op == "empty":
            return Flexible()
        if lower is not None and lower.op != "empty" and not (lower.op == "number" and lower.name == "1"):
            return Flexible()
        return self.size_of(upper)

    def family(self, name: str, indices: int) -> tuple[Dim, ...]:
        """The dimensions of a family of symbols: those of its indices, then the rows and columns of a member.

        Scalars x_i are kept as the entries of one vector (two indices: of a matrix) under the name of their owner.
        """
        if name not in self.members:
            symbol = self.scope.symbol(name)
            kind = self.kinds.get(name + "_") or self.scope.member_kind(name)
            member = self.of_kind(symbol, kind)
            first = Flexible() if symbol.count is None or self.relaxed else symbol.count
            sizes = (first, *(Flexible() for _ in range(indices - 1)))
            self.members[name] = (*sizes, *member)
            if member == SCALAR and indices <= 2:
                self.symbols[name + "_"] = (sizes[0], sizes[1] if indices == 2 else 1)
                if name in self.symbols and indices == 1:
                    self._tie(name)
        return self.members[name]

    def owner(self, name: str) -> str:
        """The name under which the values of a family are kept."""
        return name + "_" if name + "_" in self.symbols else name

    def _tie(self, name: str) -> None:
        """y as a vector and y_i in one claim: the same numbers."""
        if self.unifier.find(self.symbols[name][1]) == 1 != self.unifier.find(self.symbols[name][0]):
            self.unifier.same(self.symbols[name], self.symbols[name + "_"])
            self.tied.add(name)

    def arguments(self, name: str) -> tuple[str, ...]:
        """What a symbol without a definition depends on: what the note says, else what the claim implies."""
        return self.implied[name] if name in self.implied else self.scope.symbol(name).arguments

    def save(self) -> tuple:
        """All that inference has found so far, to go back to when an expression fails half-way."""
        return (dict(self.unifier.bound), dict(self.symbols), dict(self.members), dict(self.ranges), dict(self.free),
                set(self.tied))  # fmt: skip

    def restore(self, saved: tuple) -> None:
        self.unifier.bound, self.symbols, self.members, self.ranges, self.free, self.tied = saved
        for inner in (self.bound, self.local, self.open):
            inner.clear()

    def operation(self, expr: Expr) -> str:
        """The operation that an expression is in this reading; also that which a function's symbol stands for."""
        return self.readings.get(expr.name if expr.op == "call" else expr.op, expr.op)

    def infer(self, expr: Expr) -> Shape:
        """The shape of an expression; raises ShapeMismatch or Unsupported with the guilty part's span."""
        op = TABLE.get(self.operation(expr))
        if op is None:
            raise Unsupported(f"'{expr.name or expr.op}' is not understood here", expr.span)
        if self.depth > MAX_DEPTH:
            raise BoundExceeded(f"nested more than {MAX_DEPTH} levels deep", expr.span)
        self.depth += 1
        self.keep.append(expr)  # also where it fails: what is known by identity must not outlive it
        try:
            if op.infer is not None:
                shape = op.infer(self, expr)
            elif not op.takes_arguments(len(expr.args)):
                raise Unsupported(f"{op.name} of {len(expr.args)} arguments")
            else:
                shape = op.shape(self.unifier, *[self.infer(arg) for arg in expr.args])
        except (ShapeMismatch, Unsupported) as error:
            raise error if error.span else type(error)(error.message, expr.span) from None
        finally:
            self.depth -= 1
        self.shapes[id(expr)] = shape
        return shape

    def index(self, name: str) -> Dim:
        """The size of an index's range; an index that no sum binds is free."""
        if name not in self.ranges:
            self.ranges[name] = Flexible()
        if name not in self.bound:
            self.free[name] = None
        return self.ranges[name]

    def run_over(self, index: Expr) -> Dim:
        """The dimension that an index expression runs over; a number or n (a size) names one place only."""
        if index.op == "symbol" and (index.name in RUNNING or self.scope.runs(index.name)):
            return self.index(index.name)
        self.infer(index)
        return Flexible()

    def of_kind(self, symbol: Symbol, kind: str) -> Shape:
        """The shape of a symbol of some kind, with its declared dimensions where there are any."""
        dims = None if self.relaxed else symbol.dims
        if dims and kind in ("column", "row") and len(dims) == 2:
            dims = next(((dim,) for dim in dims if dim != 1), None)
        if kind == "scalar":
            return SCALAR
        if kind == "column":
            return (dims[0] if dims else Flexible(), 1)
        if kind == "row":
            return (1, dims[-1] if dims else Flexible())
        if kind == "matrix":
            shape = (dims[0], dims[1]) if dims and len(dims) == 2 else (Flexible(), Flexible())
            if symbol.properties & SQUARE:
                self.unifier.unify(*shape)
            return shape
        raise NeedsContext(f"what {symbol.name} is, the note does not say")

    def symbol(self, name: str) -> Shape:
        """The shape of a symbol, inferred through its definition where it has one."""
        if name in self.local:
            return self.local[name]
        if name in self.symbols:
            return self.symbols[name]
        if name in self.ranges:
            return SCALAR
        symbol = self.scope.symbol(name)
        definition = self.definition(name)
        if name in self.open:
            raise NeedsContext(f"{name} is defined in terms of itself")
        if definition is not None:
            shape = self._defined(symbol, definition)
        else:
            kind = self.kinds.get(name, symbol.kind)
            if symbol.family and symbol.kind == kind == "scalar" and len(symbol.family) == 1:
                self.family(name, 1)  # y beside y_i: the vector of them
                self.tied.add(name)
                self.symbols[name] = self.symbols[name + "_"]
                return self.symbols[name]
            arguments = self.arguments(name)
            sure = symbol.sure and not (symbol.dims and name in self.scope.words.left)  # a y of n of another section
            shape = None if arguments or sure or name in self.kinds else self._shape_aside(name, symbol)
            shape = shape or self.of_kind(symbol, "scalar" if arguments and kind in ("function", "unknown") else kind)
            self.symbols[name] = shape
            for argument in arguments:
                self.symbol(argument)
        self.symbols[name] = shape
        if name + "_" in self.symbols and definition is None:
            self._tie(name)
        return shape

    def _shape_aside(self, name: str, symbol: Symbol) -> Shape | None:
        """The shape that a definition gives which this reading does not go through: data behind a model."""
        definition = self.scope.definition(name) if name in self.hidden else None
        if definition is None:
            return None
        saved, inside = self.save(), (list(self.bound), dict(self.local), set(self.open))
        try:
            return self._defined(symbol, definition)
        except NoteError:
            self.restore(saved)
            self.bound, self.local, self.open = inside
            return None

    def _defined(self, symbol: Symbol, definition: Definition) -> Shape:
        """The shape that a definition gives its symbol; one that does not fit says nothing against its users."""
        try:
            if definition.indices:
                shape = self.indexed(definition)
                sized = symbol.dims and definition.name not in self.members and symbol.why.startswith("line ")
                return self._agreed(symbol, self.of_kind(symbol, symbol.kind), shape) if sized else shape
            self.open.add(symbol.name)
            outside, self.spreading = self.spreading, True
            try:
                shape = self.infer(definition.body)
            finally:
                self.spreading = outside
                self.open.discard(symbol.name)
            wide = [name for name in definition.parameters if not self.unifier.is_scalar(self.symbol(name))]
            if wide and self.unifier.is_scalar(shape):
                return shape  # f: R^n -> R^m of functions in general, and then one f(x) = x^T A x
            said, kinds = symbol.why.startswith("line "), ("scalar", "column", "row", "matrix")
            open_kind = not symbol.sure or symbol.name in self.kinds
            if not open_kind and symbol.kind in kinds and (said or not definition.parameters):
                stated = self.of_kind(symbol, symbol.kind)
                if said or SCALAR in (stated, self.unifier.shape(shape)):
                    # its look says whether it is a number, and no more
                    shape = self._agreed(symbol, stated, shape)
            return shape
        except ShapeMismatch as error:
            raise DefinitionMismatch(f"the definition of {symbol.name} does not fit: {error.message}") from None

    def _agreed(self, symbol: Symbol, stated: Shape, defined: Shape) -> Shape:
        """What a declaration and a definition say together; the definition alone, where it takes a letter anew."""
        try:
            return self.unifier.same(stated, defined)
        except ShapeMismatch:
            if not self.scope.redefined(symbol.name):
                raise
            return defined

    def indexed(self, definition: Definition) -> Shape:
        """The shape of the vector or matrix whose entries (or members) a definition gives."""
        sizes = [Flexible() for _ in definition.indices]
        saved = {name: self.ranges.get(name) for name in definition.indices}
        self.ranges |= dict(zip(definition.indices, sizes, strict=True))
        self.bound.extend(definition.indices)
        member = self.infer(definition.body)
        del self.bound[-len(definition.indices) :]
        for name, size in saved.items():
            if size is None:
                self.ranges.pop(name, None)
            else:
                self.ranges[name] = size
        if not self.unifier.is_scalar(member):
            self.members[definition.name] = (*sizes, *member)
            return (sizes[0], member[0])
        return (sizes[0], sizes[1] if len(sizes) > 1 else 1)

    def freeze(self) -> None:
        """Make every size that is still free rigid: what comes later must fit what has been said."""
        for shape in list(self.symbols.values()) + [(size, 1) for size in self.ranges.values()]:
            for dim in shape:
                self._freeze(dim)
        for sizes in self.members.values():
            for dim in sizes:
                self._freeze(dim)

    def _freeze(self, dim: Dim) -> None:
        found = self.unifier.find(dim)
        if isinstance(found, Flexible):
            self.rigid += 1
            self.unifier.bound[found] = f"#{self.rigid}"
        elif not isinstance(found, (int, str)):
            self._freeze(found.left)
            self._freeze(found.right)


RUNNING = frozenset("ijk")  # letters that run as an index even where the note also has a size of that name
SQUARE = frozenset(
    "symmetric skew-symmetric invertible positive-definite positive-semidefinite diagonal orthogonal square "
    "idempotent lower-triangular upper-triangular identity toeplitz not-symmetric".split()
)
VALUED = frozenset(("vector-valued", "matrix-valued"))
