"""Derivatives by a symbol, an entry or a function of one; differentials; derivatives of functions; evaluation bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import Shape, product
from texgrad.errors import NeedsContext, Unsupported
from texgrad.expr import Expr
from texgrad.layouts import GRADIENTS, kind_of, option
from texgrad.ops.indexing import LINES, member_key, member_places, position
from texgrad.ops.linear_algebra import vec
from texgrad.ops.table import Array, Example, Op
from texgrad.structures import DIRECTIONS, structure

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing

LOCAL = "\N{INCREMENT}"  # stands for the argument of a function whose derivative is taken
NABLA = "nabla"  # the name of a derivative written as a gradient
TIED = "tied"  # the name of a derivative along the structure of its variable
Bind = Callable[[Array], dict[str, Array]]


def _root(variable: Expr) -> Expr:
    """The symbol that a variable of differentiation is made of: X in X^T, vec(X), X^{-1}, X_ij."""
    while variable.op not in ("symbol", "member", "call"):
        if not variable.args:
            raise Unsupported("this cannot be differentiated by", variable.span)
        variable = variable.args[0]
    return variable


def _upright(variable: Expr) -> tuple[Expr, bool]:
    return (variable.args[0], True) if variable.op == "transpose" else (variable, False)


def _derivative_shape(t: Typing, expr: Expr) -> Shape:
    target, *variables = expr.args
    f = t.infer(target)
    shapes = [t.infer(variable) for variable in variables]
    if len(variables) == 1:
        return _first_shape(t, expr, f, shapes[0], variables[0].op == "transpose")
    return _higher_shape(t, expr, f, shapes)


def _first_shape(t: Typing, expr: Expr, f: Shape, x: Shape, transposed: bool) -> Shape:
    kind = kind_of(t.unifier, f, x)
    if expr.name == NABLA:
        kind = GRADIENTS.get(kind, kind)
    if transposed and kind in GRADIENTS:
        t.plans[id(expr)] = (kind, "same")
    elif transposed and kind == "vector-by-vector" and t.unifier.find(f[1]) == 1:
        t.plans[id(expr)] = (kind, "numerator")
    else:
        t.used.add(kind)
        t.plans[id(expr)] = (kind, t.profile.get(kind, ""))
    kind, name = t.plans[id(expr)]
    return option(kind, {kind: name} if name else {}).shape(f, x)


def _higher_shape(t: Typing, expr: Expr, f: Shape, shapes: list[Shape]) -> Shape:
    """Second and higher derivatives: of anything by scalars, of a scalar by two vectors (Hessian)."""
    u = t.unifier
    wide = [shape for shape in shapes if not u.is_scalar(shape)]
    if not wide:
        return f
    if not u.is_scalar(f):
        raise Unsupported("a second derivative of something that is no scalar", expr.span)
    if len(wide) == 1:
        t.used.add("scalar-by-vector")
        return wide[0]
    if len(wide) == 2:
        if wide[0] != wide[1]:
            t.used.add("second-by-two")
        rows, cols = (product(*u.shape(shape)) for shape in wide)
        if t.profile.get("second-by-two") == "second-rows":
            rows, cols = cols, rows
        return (rows, cols)
    raise Unsupported("a derivative of third order by vectors", expr.span)


def _binding(env: Env, variable: Expr) -> tuple[Array, Bind]:
    """The value of what is varied, and which symbols take which values when it is given another one."""
    handler = _BINDINGS.get(variable.op)
    if handler is None:
        raise Unsupported("this cannot be differentiated by", variable.span)
    return handler(env, variable)


def _bind_symbol(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value = env.evaluate(variable)
    parts = env.typing.scope.coordinates(variable.name) if env.typing.definition(variable.name) else ()
    if len(parts) != value[0].size:
        return value, lambda moved: {variable.name: moved}

    def rebind(moved: Array) -> dict[str, Array]:
        flat = moved.reshape(moved.shape[0], -1, 1)
        return {variable.name: moved} | {part: flat[:, k : k + 1] for k, part in enumerate(parts)}

    return value, rebind


def _bind_entry(env: Env, variable: Expr) -> tuple[Array, Bind]:
    base, *indices = variable.args
    whole, bind = _binding(env, base)
    places = [position(env, index, 10**9) for index in indices]
    i, j = places if len(places) == 2 else (0, places[0]) if whole.shape[1] == 1 else (places[0], 0)
    if i >= whole.shape[1] or j >= whole.shape[2]:
        raise Unsupported("an index beyond its range", variable.span)

    def rebind(moved: Array) -> dict[str, Array]:
        full = np.repeat(whole, moved.shape[0] // whole.shape[0], axis=0)
        full[:, i, j] = moved[:, 0, 0]
        return bind(full)

    return whole[:, i : i + 1, j : j + 1], rebind


def _bind_line(env: Env, variable: Expr, written: Expr | None = None) -> tuple[Array, Bind]:
    """A row or a column of a matrix, also where it is written as the member of a sample."""
    base, index = variable.args
    whole, bind = _binding(env, base)
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
    return _bind_entry(env, Expr("entry", (symbol, *variable.args), span=variable.span))


def _through(forward: Callable[[Array], Array], back: Callable[[Array], Array]):
    """A one-to-one function of a symbol as the variable: the symbol follows."""

    def handler(env: Env, variable: Expr) -> tuple[Array, Bind]:
        value, bind = _binding(env, variable.args[0])
        return forward(value), lambda moved: bind(back(moved))

    return handler


def _bind_power(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value, bind = _binding(env, variable.args[0])
    exponent = float(env.evaluate(variable.args[1]).ravel()[0])
    if value.shape[1:] != (1, 1) or exponent == 0:
        raise Unsupported("a derivative by a power of a matrix", variable.span)
    sign = np.sign(value)

    def rebind(moved: Array) -> dict[str, Array]:
        signs = np.repeat(sign, moved.shape[0] // sign.shape[0], axis=0)
        return bind(signs * np.abs(moved) ** (1 / exponent))

    return value**exponent, rebind


def _bind_vec(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value, bind = _binding(env, variable.args[0])
    rows, cols = value.shape[1:]
    return vec(value), lambda moved: bind(np.swapaxes(moved.reshape(-1, cols, rows), 1, 2))


def _bind_vec_rows(env: Env, variable: Expr) -> tuple[Array, Bind]:
    value, bind = _binding(env, variable.args[0])
    return value.reshape(value.shape[0], -1, 1), lambda moved: bind(moved.reshape(-1, *value.shape[1:]))


def _bind_part(place: complex):
    """The real or the imaginary part of a symbol, the other part held."""

    def handler(env: Env, variable: Expr) -> tuple[Array, Bind]:
        value, bind = _binding(env, variable.args[0])
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
    "vec": _bind_vec,
    "vec_rows": _bind_vec_rows,
}


def _directions(env: Env, variable: Expr, tied: bool) -> Array | None:
    """What moves together when a matrix keeps its structure: as the note says, or as the trial supposes."""
    if variable.op != "symbol":
        return None
    scope, name = env.typing.scope, variable.name
    rows, cols = env.shape_of(variable)
    if rows != cols or rows == 1:
        return None
    kept = next((said.partition("=")[2] for said in scope.all_conventions("restricted")
                 if said.partition("=")[0] == name), None)  # fmt: skip
    stated = tied or set(scope.all_conventions("structured")) & {name, ""}
    if kept is None and (stated or env.model.structured):
        kept = structure(scope.symbol(name).properties)
    return DIRECTIONS[kept](rows) if kept in DIRECTIONS else None


def _partials(env: Env, target: Expr, variables: list[Expr], tied: bool = False) -> Array:
    """(batch, rows of f, columns of f, then rows and columns of each variable, the last one first)."""
    from texgrad.numeric import differentiate

    variable, *rest = variables
    value, bind = _binding(env, variable)

    def inner(moved: Env) -> Array:
        return _partials(moved, target, rest, tied) if rest else moved.evaluate(target)

    if np.iscomplexobj(value):
        return (differentiate(inner, value, bind, env) - 1j * differentiate(inner, value, bind, env, 1j)) / 2
    return differentiate(inner, value, bind, env, directions=_directions(env, variable, tied))


def _derivative(env: Env, expr: Expr) -> Array:
    target, *variables = expr.args
    tied = expr.name == TIED
    if len(variables) == 1:
        kind, name = env.typing.plans[id(expr)]
        return option(kind, {kind: name} if name else {}).arrange(_partials(env, target, variables, tied))
    wide = [v for v in variables if env.shape_of(v) != (1, 1)]
    d = _partials(env, target, variables, tied)
    if not wide:
        return d.reshape(d.shape[:3])
    if len(wide) == 1:
        return d.reshape(env.batch, *env.shape_of(wide[0]))
    last, first = (int(np.prod(env.shape_of(v))) for v in reversed(wide))
    hessian = d.reshape(env.batch, last, first)
    return hessian if env.typing.profile.get("second-by-two") == "second-rows" else np.swapaxes(hessian, 1, 2)


def _differential(env: Env, expr: Expr) -> Array:
    """The derivative along one random direction of all the symbols that the claim varies."""
    from texgrad.numeric import slope

    names = env.typing.varied
    if not names:
        raise NeedsContext("a differential of nothing that varies", expr.span)

    def over(t: Array, points: int) -> dict[str, Array]:
        result = {}
        for name in names:
            value = env.value(name)
            base = np.repeat(value, points, axis=0)
            direction = np.repeat(env.spread(env.model.direction(name, value.shape[1:])), points, axis=0)
            result[name] = base + np.tile(t, env.batch)[:, None, None] * direction
        return result

    return slope(lambda moved: moved.evaluate(expr.args[0]), over, env)


def _directional_shape(t: Typing, expr: Expr) -> Shape:
    """Args are the function's value and the direction; name is the symbol that moves along it."""
    target, direction = expr.args
    t.unifier.same(t.symbol(expr.name), t.infer(direction))
    return t.infer(target)


def _directional(env: Env, expr: Expr) -> Array:
    from texgrad.numeric import slope

    target, direction = expr.args
    value, along = env.value(expr.name), env.evaluate(direction)

    def over(t: Array, points: int) -> dict[str, Array]:
        step = np.tile(t, env.batch)[:, None, None] * np.repeat(along, points, axis=0)
        return {expr.name: np.repeat(value, points, axis=0) + step}

    return slope(lambda moved: moved.evaluate(target), over, env)


def _primed_shape(t: Typing, expr: Expr) -> Shape:
    shape = t.infer(expr.args[0])
    if len(expr.args) == 2:
        saved = t.local.get(LOCAL)
        t.local[LOCAL] = shape
        t.infer(expr.args[1])
        t.local.pop(LOCAL)
        if saved is not None:
            t.local[LOCAL] = saved
    return shape


def _primed(env: Env, expr: Expr) -> Array:
    """f'(u), f''(u) at every entry of u; args are u and, where the function is known, its value at u."""
    from texgrad.numeric import slope

    name, order = expr.name.rsplit(" ", 1)
    point = env.evaluate(expr.args[0])
    if len(expr.args) == 1:
        return env.curve(name, int(order), point)

    def along(inside: Env, times: int, at: Array) -> Array:
        def over(t: Array, points: int) -> dict[str, Array]:
            moved = np.repeat(at, points, axis=0)
            return {LOCAL: moved + np.tile(t, at.shape[0])[:, None, None]}

        def f(moved: Env) -> Array:
            if times > 1:
                return along(moved, times - 1, moved.over[LOCAL])
            return moved.evaluate(expr.args[1])

        return slope(f, over, inside)

    return along(env, int(order), point)


def _at_shape(t: Typing, expr: Expr) -> Shape:
    """Args are the body and the value; name is the symbol that takes the value."""
    body, value = expr.args
    shape = t.infer(value)
    if expr.name.startswith("\N{INCREMENT}"):
        saved = t.local.get(expr.name)
        t.local[expr.name] = shape
        try:
            return t.infer(body)
        finally:
            if saved is None:
                del t.local[expr.name]
            else:
                t.local[expr.name] = saved
    t.unifier.same(t.symbol(expr.name), shape)
    return t.infer(body)


def _at(env: Env, expr: Expr) -> Array:
    body, value = expr.args
    inside = env.expand(1, {expr.name: env.evaluate(value)})
    return inside.evaluate(body)


OPS = (
    Op("derivative", "derivative of the first argument by the others", form="structure", infer=_derivative_shape,
       run=_derivative, examples=(Example(r"\frac{\partial x^T A x}{\partial x} = (A + A^T) x",
                                          "x in R^n; A in R^{n x n}; layout denominator"),)),
    Op("differential", "differential: the derivative along a direction", form="structure",
       infer=lambda t, e: t.infer(e.args[0]), run=_differential,
       examples=(Example(r"d(X Y) = (dX) Y + X dY", "X in R^{m x n}; Y in R^{n x p}"),)),
    Op("directional", "directional (Frechet) derivative of a function along a matrix or vector", form="structure",
       infer=_directional_shape, run=_directional,
       examples=(Example(r"D F(X)[H] = H^T X + X^T H", "X, H in R^{m x n}", "Let $F(X) = X^T X$."),)),
    Op("primed", "derivative of a function of one variable, at every entry", form="structure", infer=_primed_shape,
       run=_primed, examples=(Example(r"\tanh'(a) = 1 - \tanh^2(a)", "a scalar"),)),
    Op("at", "the value at a point: an evaluation bar", form="structure", infer=_at_shape, run=_at,
       examples=(Example(r"\left. \frac{d a^2}{d a} \right|_{a = b} = 2 b", "a, b scalars"),)),
)  # fmt: skip
