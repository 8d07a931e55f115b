"""What a phrase says and of whom in, declarations out: kinds, sizes and properties brought together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from texgrad.facts.fact import Declaration, Hold
from texgrad.facts.spaces import shaped
from texgrad.facts.symbols import Name, Size
from texgrad.ops import TABLE
from texgrad.source import Span

_VALUED = {
    "scalar": "scalar-valued",
    "vector": "vector-valued",
    "column": "vector-valued",
    "row": "vector-valued",
    "matrix": "matrix-valued",
}
_MATRICES = frozenset(
    (
        "symmetric",
        "skew-symmetric",
        "not-symmetric",
        "invertible",
        "orthogonal",
        "orthonormal-columns",
        "positive-definite",
        "positive-semidefinite",
        "diagonal",
        "lower-triangular",
        "upper-triangular",
        "square",
        "not-square",
        "idempotent",
        "toeplitz",
        "full-column-rank",
        "full-row-rank",
        "row-stochastic",
        "positive-diagonal",
    )
)
_VECTORS = frozenset(("one-hot", "probability"))
# What is no hypothesis on a symbol, but says what it is.
_LASTING = frozenset(("constant", "elementwise", "one-hot", "scalar-valued", "vector-valued", "matrix-valued"))
# What remains of a property when it is denied; the others then say nothing.
_DENIED = {"symmetric": "not-symmetric", "square": "not-square"}
_SQUARE = frozenset(
    ("symmetric", "skew-symmetric", "invertible", "positive-definite", "positive-semidefinite", "orthogonal")
)


@dataclass(frozen=True)
class Said:
    """What a phrase says of its subject."""

    kind: str | None = None
    dims: tuple[Size, ...] | None = None
    properties: frozenset[str] = frozenset()
    arguments: tuple[str, ...] = ()
    independent_of: tuple[str, ...] = ()

    def of_kind(self, kind: str | None, *properties: str) -> Said:
        chosen = self.kind if kind is None or (self.kind and kind == "vector") else kind
        if self.kind == "function" and kind in _VALUED:
            chosen, properties = "function", (*properties, _VALUED[kind])
        return replace(self, kind=chosen, properties=self.properties | set(properties))

    def sized(self, dims: tuple[Size, ...]) -> Said:
        return self if self.dims is not None else replace(self, dims=dims)

    def depending_on(self, names: tuple[str, ...]) -> Said:
        return replace(self, arguments=(*self.arguments, *names))

    def with_properties(self, properties: tuple[str, ...], negated: bool) -> Said:
        if negated:
            properties = tuple(_DENIED[each] for each in properties if each in _DENIED)
        return replace(self, properties=self.properties | set(properties))

    def without_properties(self) -> Said:
        return replace(self, properties=self.properties & {"scalar-valued", "vector-valued", "matrix-valued"})


def declare(
    names: Iterable[Name], said: Said, hold: Hold, reach: Span | None, behind: bool = False
) -> Iterator[Declaration]:
    """The declarations of all the names; `behind` a formula, a size that is a condition holds there first of all."""
    for name in names:
        declaration = _declare(name, said)
        if declaration is None:
            continue
        if hold != "sentence":
            yield replace(declaration, hold=hold, reach=reach)
            continue
        # A size or a signature said under a condition is the note's own; a kind alone or a property is a hypothesis.
        named = bool(declaration.dims) and all(isinstance(size, str) for size in declaration.dims or ())
        lasting = declaration.properties & _LASTING
        if named or declaration.kind == "function" or lasting:
            kind = declaration.kind if named or declaration.kind == "function" else None
            yield replace(declaration, kind=kind, properties=lasting, aside=behind and named)
            if behind and named:
                yield replace(declaration, hold=hold, reach=reach)
        if declaration.properties - lasting - {"square"} or not (named or declaration.kind == "function" or lasting):
            yield replace(declaration, hold=hold, reach=reach, properties=declaration.properties - lasting)


def _declare(name: Name, said: Said) -> Declaration | None:
    kind, dims, properties = _shape(said)
    if name.name in TABLE and "elementwise" not in properties:
        return None  # an operation that texgrad knows needs no declaration
    if name.transposed:
        return _of_transpose(name, kind, dims)
    if name.primed and kind == "matrix":
        return None
    blank = kind is None and dims is None and not properties and not said.arguments and not said.independent_of
    if blank:
        return None
    if name.call and kind in _VALUED:
        properties, value, kind = properties | {_VALUED[kind]}, dims if kind != "scalar" else (), "function"
        return Declaration(
            name.name,
            name.span,
            "function",
            None,
            properties,
            family=name.family,
            member=name.member,
            arguments=name.arguments,
            value_dims=value,
            independent_of=said.independent_of,
        )
    arguments = said.arguments or (name.arguments if kind == "function" else ())
    return Declaration(
        name.name,
        name.span,
        kind,
        dims,
        properties,
        family=name.family,
        member=name.member,
        arguments=arguments,
        independent_of=said.independent_of,
    )


def _shape(said: Said) -> tuple[str | None, tuple[Size, ...] | None, frozenset[str]]:
    """Kind, sizes and properties made to agree."""
    kind, dims, properties = said.kind, said.dims, said.properties
    if kind in ("column", "vector") and dims is not None and len(dims) == 2:
        dims = dims[:1] if dims[1] == 1 else dims[1:] if dims[0] == 1 else None
    if kind == "row" and dims is not None and len(dims) == 2:
        dims = dims[1:]
    if kind == "matrix" and dims is not None and len(dims) == 1:
        dims = dims * 2
    if kind is None and dims is not None:
        space = shaped(dims) if len(dims) == 2 else None
        kind, dims = (space.kind, space.dims) if space else (None, None)
    if kind is None and properties & _MATRICES:
        kind = "matrix"
    if kind is None and properties & _VECTORS:
        kind = "vector"
    if kind == "matrix" and (properties & _SQUARE or (dims is not None and dims[0] == dims[1])):
        properties |= {"square"}
    if kind == "scalar":
        dims = ()
    if kind == "function":
        dims = None
    if kind == "column":
        kind = "vector"
    return kind, dims, properties


def _of_transpose(name: Name, kind: str | None, dims: tuple[Size, ...] | None) -> Declaration | None:
    """x^T is a row: x is a vector; A^T is n x m: A is m x n."""
    if kind == "row":
        return Declaration(name.name, name.span, "vector", dims, family=name.family, member=name.member)
    if kind == "matrix" and dims is not None and len(dims) == 2:
        return Declaration(name.name, name.span, "matrix", dims[::-1], family=name.family, member=name.member)
    return None
