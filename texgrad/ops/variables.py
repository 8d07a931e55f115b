"""A variable of differentiation in (x, X_ij, vec(X)), its value out, and what takes which value when it is moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from texgrad.errors import BeyondRange, NeedsContext, Unsupported
from texgrad.expr import Expr
from texgrad.layers import speed
from texgrad.ops.indexing import LINES, member_key, member_places, position
from texgrad.ops.linear_algebra import vec
from texgrad.ops.table import Array
from texgrad.structures import DIRECTIONS, structure

if TYPE_CHECKING:
    from texgrad.numeric import Env

ONE_TO_ONE = frozenset(("log", "inverse"))  # what a parameter is of another one: l = log s^2, P = S^{-1}
Bind = Callable[[Array], dict[str, Array]]


def binding(env: Env, variable: Expr) -> tuple[Array, Bind]:
    """The value of what is varied, and which symbols take which values when it is given another one."""
    handler = _BINDINGS.get(variable.op)
    if handler is None:
        raise Unsupported("this cannot be differentiated by", variable.span)
    return handler(env, variable)


def directions(env: Env, variable: Expr, value: Array, tied: bool = False) -> Array | None:
    """What moves together when a matrix keeps its structure: as the note says, or as the trial supposes."""
    if variable.op != "symbol":
        return None
    scope, name = env.typing.scope, variable.name
    rows, cols = value.shape[1:]
    if rows != cols or rows == 1:
        return None
    kept = next((said.partition("=")[2] for said in scope.all_conventions("restricted")
                 if said.partition("=")[0] == name), None)  # fmt: skip
    stated = tied or set(scope.all_conventions("structured")) & {name, ""}
    if kept is None and (stated or env.model.structured):
        kept = structure(scope.symbol(name).properties)
    return DIRECTIONS[kept](rows) if kept in DIRECTIONS else None


def _bind_symbol(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value = env.evaluate(variable)
    moving = speed(variable.name)
    if moving in env.typing.symbols and moving not in env.over:  # \partial T/\partial q leaves \dot q where it is
        still = env.value(moving)
        return value, lambda moved: {
            variable.name: moved, moving: np.repeat(still, moved.shape[0] // still.shape[0], axis=0)
        }  # fmt: skip
    if variable.name in env.typing.tied:  # z, whose entries the z_j of a definition are
        return value, lambda moved: {variable.name: moved, f"{variable.name}_": moved}
    definition = env.typing.definition(variable.name)
    if definition is not None and origin(definition.body) and not definition.indices:
        return value, _with_origin(lambda moved: {variable.name: moved}, binding(env, definition.body)[1])
    parts = env.typing.scope.coordinates(variable.name) if env.typing.definition(variable.name) else ()
    if len(parts) != value[0].size:
        return value, lambda moved: {variable.name: moved}

    def rebind(moved: Array) -> dict[str, Array]:
        flat = moved.reshape(moved.shape[0], -1, 1)
        return {variable.name: moved} | {part: flat[:, k : k + 1] for k, part in enumerate(parts)}

    return value, rebind


def origin(body: Expr) -> Expr | None:
    """The parameter that another one stands for: s of log s^2, S of S^{-1}; None for other formulas."""
    part = body
    while part.op in ONE_TO_ONE or (part is not body and part.op in ("power", "transpose")):
        part = part.args[0]
    return part if part is not body and part.op in ("symbol", "entry", "member") else None


def _with_origin(own: Bind, origin: Bind) -> Bind:
    """Of a log-variance l = log s^2, or of a precision, the variance goes along: costs are written in that."""
    return lambda moved: own(moved) | origin(moved)


def _bind_entry(env: Env, variable: Expr) -> tuple[Array, Bind]:
    base, *indices = variable.args
    whole, bind = binding(env, base)
    places = [position(env, index, 10**9) for index in indices]
    i, j = places if len(places) == 2 else (0, places[0]) if whole.shape[1] == 1 else (places[0], 0)
    if i >= whole.shape[1] or j >= whole.shape[2]:
        raise BeyondRange("an index beyond its range", variable.span)
    along = directions(env, base, whole)
    entry = whole[:, i : i + 1, j : j + 1]

    def rebind(moved: Array) -> dict[str, Array]:
        times = moved.shape[0] // whole.shape[0]
        full = np.repeat(whole, times, axis=0)
        if along is None:
            full[:, i, j] = moved[:, 0, 0]
        else:
            full += (moved - np.repeat(entry, times, axis=0)) * along[i, j]
        return bind(full)

    return entry, rebind


def _bind_line(env: Env, variable: Expr, written: Expr | None = None) -> tuple[Array, Bind]:
    """A row or a column of a matrix, also where it is written as the member of a sample."""
    base, index = variable.args
    whole, bind = binding(env, base)
    is_row = variable.op != "column"
    at = position(env, index, whole.shape[1 if is_row else 2])

    def rebind(moved: Array) -> dict[str, Array]:
        full = np.repeat(whole, moved.shape[0] // whole.shape[0], axis=0)
        if is_row:
            full[:, at, :] = moved.reshape(moved.shape[0], -1)
        else:
            full[:, :, at] = moved[:, :, 0]
        return bind(full)

    return env.evaluate(written or variable), rebind


def _bind_member(env: Env, variable: Expr) -> tuple[Array, Bind]:
    name = variable.name
    definition = env.typing.member_definition(name, len(variable.args))
    if definition is not None and definition.body.op in LINES:
        return _bind_line(env, Expr(definition.body.op, (definition.body.args[0], variable.args[0])), variable)
    if definition is not None and (env.typing.definition(name) is not definition or env.typing.members.get(name)):
        key = member_key(name, member_places(env, variable))
        return env.evaluate(variable), lambda moved: {key: moved}
    if definition is not None:
        return _bind_defined_member(env, variable)
    whole = env.family(name)
    places = tuple(position(env, index, whole.shape[k + 1]) for k, index in enumerate(variable.args))
    owner = env.typing.owner(name)

    def rebind(moved: Array) -> dict[str, Array]:
        full = np.repeat(whole, moved.shape[0] // whole.shape[0], axis=0)
        full[(slice(None), *places)] = moved
        if owner == name:
            return {f"{name}[]": full}
        return {owner: full.reshape(full.shape[0], full.shape[1], -1)}

    return whole[(slice(None), *places)], rebind


def _bind_defined_member(env: Env, variable: Expr) -> tuple[Array, Bind]:
    """An entry of a vector that is defined entry by entry: z_j = ..."""
    symbol = Expr("symbol", (), variable.name, variable.span)
    value, bind = _bind_entry(env, Expr("entry", (symbol, *variable.args), span=variable.span))
    definition = env.typing.definition(variable.name)
    if definition is None or origin(definition.body) is None:
        return value, bind
    inside = env.with_index(**dict(zip(definition.indices, member_places(env, variable), strict=True)))
    return value, _with_origin(bind, binding(inside, definition.body)[1])


def _through(forward: Callable[[Array], Array], back: Callable[[Array], Array]):
    """A one-to-one function of a symbol as the variable: the symbol follows."""

    def handler(env: Env, variable: Expr) -> tuple[Array, Bind]:
        value, bind = binding(env, variable.args[0])
        return forward(value), lambda moved: bind(back(moved))

    return handler


def _bind_power(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value, bind = binding(env, variable.args[0])
    exponent = float(env.evaluate(variable.args[1]).ravel()[0])
    if value.shape[1:] != (1, 1) or exponent == 0:
        raise Unsupported("a derivative by a power of a matrix", variable.span)
    sign = np.sign(value)

    def rebind(moved: Array) -> dict[str, Array]:
        signs = np.repeat(sign, moved.shape[0] // sign.shape[0], axis=0)
        return bind(signs * np.abs(moved) ** (1 / exponent))

    return value**exponent, rebind


def _bind_vec(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value, bind = binding(env, variable.args[0])
    rows, cols = value.shape[1:]
    return vec(value), lambda moved: bind(np.swapaxes(moved.reshape(-1, cols, rows), 1, 2))


def _bind_vec_rows(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value, bind = binding(env, variable.args[0])
    return value.reshape(value.shape[0], -1, 1), lambda moved: bind(moved.reshape(-1, *value.shape[1:]))


def _bind_block(env: Env, variable: Expr) -> tuple[Array, Bind]:
    """Several variables stacked: (x, y) of f(x, y)."""
    cells = [cell for row in variable.args for cell in row.args]
    bound = [binding(env, cell) for cell in cells]
    sizes = [value.shape[1] for value, _ in bound]
    if any(value.shape[2] != 1 for value, _ in bound) or 1 not in (len(variable.args), len(variable.args[0].args)):
        raise Unsupported("this cannot be differentiated by", variable.span)
    upright = len(variable.args) > 1

    def rebind(moved: Array) -> dict[str, Array]:
        parts = np.split(moved if upright else np.swapaxes(moved, 1, 2), np.cumsum(sizes)[:-1], axis=1)
        found: dict[str, Array] = {}
        for (_, bind), part in zip(bound, parts, strict=True):
            found |= bind(part)
        return found

    return env.evaluate(variable), rebind


def _bind_part(place: complex):
    """The real or the imaginary part of a symbol, the other part held."""

    def handler(env: Env, variable: Expr) -> tuple[Array, Bind]:
        value, bind = binding(env, variable.args[0])
        if not np.iscomplexobj(value):
            raise NeedsContext("a part of something that is not said to be complex", variable.span)
        part, rest = (value.real, 1j * value.imag) if place == 1 else (value.imag, value.real)

        def rebind(moved: Array) -> dict[str, Array]:
            return bind(np.repeat(rest, moved.shape[0] // rest.shape[0], axis=0) + place * moved)

        return part, rebind

    return handler


_SWAP = _through(lambda x: np.swapaxes(x, 1, 2), lambda x: np.swapaxes(x, 1, 2))
_BINDINGS = {
    "symbol": _bind_symbol,
    "call": _bind_symbol,
    "entry": _bind_entry,
    "row": _bind_line,
    "row_upright": _bind_line,
    "column": _bind_line,
    "member": _bind_member,
    "transpose": _SWAP,
    "conjugate": _through(np.conj, np.conj),
    "adjoint": _through(lambda x: np.conj(np.swapaxes(x, 1, 2)), lambda x: np.conj(np.swapaxes(x, 1, 2))),
    "real": _bind_part(1),
    "imag": _bind_part(1j),
    "log": _through(np.log, np.exp),
    "inverse": _through(np.linalg.inv, np.linalg.inv),
    "pinv": _through(np.linalg.pinv, np.linalg.pinv),
    "power": _bind_power,
    "block": _bind_block,
    "vec": _bind_vec,
    "vec_rows": _bind_vec_rows,
}
