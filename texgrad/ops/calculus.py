"""Derivatives by a symbol, an entry or a function of one; differentials; derivatives of functions; evaluation bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from texgrad.dims import Shape, product
from texgrad.errors import NeedsContext, Unsupported
from texgrad.expr import Expr
from texgrad.layouts import GRADIENTS, kind_of, option
from texgrad.ops.table import Array, Example, Op
from texgrad.ops.variables import binding, directions
from texgrad.sampling import kept

if TYPE_CHECKING:
    from texgrad.numeric import Env
    from texgrad.shapes import Typing

LOCAL = "\N{INCREMENT}"  # stands for the argument of a function whose derivative is taken
NABLA = "nabla"  # the name of a derivative written as a gradient
TIED = "tied"  # the name of a derivative along the structure of its variable


def _root(variable: Expr) -> Expr:
    """The symbol that a variable of differentiation is made of: X in X^T, vec(X), X^{-1}, X_ij."""
    while variable.op not in ("symbol", "member", "call"):
        if not variable.args:
            raise Unsupported("this cannot be differentiated by", variable.span)
        variable = variable.args[0]
    return variable


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


def _partials(env: Env, target: Expr, variables: list[Expr], tied: bool = False) -> Array:
    """(batch, rows of f, columns of f, then rows and columns of each variable, the last one first)."""
    from texgrad.numeric import differentiate

    variable, *rest = variables
    value, bind = binding(env, variable)

    def inner(moved: Env) -> Array:
        return _partials(moved, target, rest, tied) if rest else moved.evaluate(target)

    if np.iscomplexobj(value):
        return (differentiate(inner, value, bind, env) - 1j * differentiate(inner, value, bind, env, 1j)) / 2
    return differentiate(inner, value, bind, env, directions=directions(env, variable, value, tied))


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
            moved = base + np.tile(t, env.batch)[:, None, None] * direction
            structured = env.model.structured
            result[name] = kept(env.typing.scope.symbol(name).properties, moved) if structured else moved
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
        value = t.infer(expr.args[1])
        t.local.pop(LOCAL)
        if saved is not None:
            t.local[LOCAL] = saved
        if t.unifier.is_scalar(shape):
            return value  # p'(t) of a vector p
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
