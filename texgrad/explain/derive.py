"""The left side of a claim in, the right side that belongs to it out: derivatives replaced by what the rules give."""

from __future__ import annotations

from dataclasses import replace

from texgrad.dependence import REARRANGED, root
from texgrad.dims import SCALAR
from texgrad.errors import NoteError, Unsupported
from texgrad.explain.algebra import ONE, ZERO, Algebra
from texgrad.explain.build import divided, times
from texgrad.explain.derivatives import entrywise
from texgrad.explain.differential import Differential, binding
from texgrad.explain.extract import gradient, jacobian
from texgrad.explain.members import apart, delta, names_in, summed
from texgrad.explain.probe import Probe
from texgrad.expr import Expr, substitute
from texgrad.layouts import option
from texgrad.ops.calculus import LOCAL

CALCULUS = frozenset(("derivative", "differential", "directional"))


def derived(probe: Probe) -> Expr | None:
    """The goal with its derivatives worked out; None where the rules do not lead to anything new."""
    goal = _written_out(probe)
    if goal.op != "primed" and not any(part.op in CALCULUS for part in goal.walk()):
        return None
    typing, algebra = probe.typing, Algebra(probe.typing)
    shapes, plans = dict(typing.shapes), dict(typing.plans)
    for part in (part for member in probe.chain.members if isinstance(member, Expr) for part in member.walk()):
        definition = typing.definition(part.name) if part.op == "symbol" else None
        if definition is not None and definition.body.args:
            algebra.met[definition.body] = part  # the author has a name for it
    try:
        found = _folded(algebra, worked_out(algebra, goal))
    except NoteError:
        return None
    finally:  # what takes its size from its place was looked at in other places
        typing.shapes.update(shapes)
        typing.plans.update(plans)
    return None if restates(goal, found) else found


def _written_out(probe: Probe) -> Expr:
    """The goal, or the derivative that it is the name of."""
    goal = probe.goal
    definition = probe.typing.definition(goal.name) if goal.op == "symbol" else None
    return definition.body if definition is not None and definition.body.op == "derivative" else goal


def restates(goal: Expr, found: Expr) -> bool:
    """Whether a derivative of the goal is still there, if in other words: d(X^T) as (dX)^T, Df(a) h as f'(a) h."""
    asked = {_asks(part) for part in goal.walk() if part.op in CALCULUS}
    along = {part.args[0] for part in goal.walk() if part.op == "directional"}
    return any(
        part.op in CALCULUS and (_asks(part) in asked or (part.op == "derivative" and part.args[0] in along))
        for part in found.walk()
    )


def _asks(part: Expr) -> tuple[str, ...] | Expr:
    """What is differentiated, by which symbols; the derivative itself where that is no lone symbol."""
    names = [root(arg) if arg.op in REARRANGED or arg.op == "call" else None for arg in part.args]
    return (part.op, *names) if all(names) else part


def _folded(a: Algebra, expr: Expr) -> Expr:
    """With the note's own symbols where what they stand for was written out."""
    return a.met.get(expr) or expr.rebuild(lambda arg: _folded(a, arg))


def worked_out(a: Algebra, expr: Expr) -> Expr:
    if expr.op == "derivative":
        return of_derivative(a, expr)
    if expr.op == "differential":
        return Differential(a)(expr.args[0])
    if expr.op == "directional":
        target, direction = (worked_out(a, arg) for arg in expr.args)
        return Differential(a, Expr("symbol", (), expr.name), direction)(target)
    if expr.op == "primed" and len(expr.args) == 2:
        return _primed(a, expr)
    if not any(part.op in CALCULUS for part in expr.walk()):
        return expr
    return expr.rebuild(lambda arg: worked_out(a, arg))


def _primed(a: Algebra, expr: Expr) -> Expr:
    """f'(u), f''(u) of a function that the note or the table knows, which is given by its value at a fresh variable."""
    point, found = expr.args
    fresh = Expr("symbol", (), LOCAL)
    a.typing.local[LOCAL] = SCALAR
    try:
        for _ in range(int(expr.name.rsplit(" ", 1)[1])):
            found = Differential(a, fresh, ONE)(found)
    finally:
        a.typing.local.pop(LOCAL)
    return substitute(found if a.is_scalar(point) else entrywise(found), {LOCAL: point})


def of_derivative(a: Algebra, expr: Expr) -> Expr:
    """A derivative, laid out as the note lays it out."""
    target, *variables = expr.args
    a.typing.infer(expr)
    if len(variables) == 1:
        return _first(a, expr, target, variables[0])
    if len(variables) > 2:
        raise Unsupported("a derivative of third order", expr.span)
    return _second(a, expr, target, variables)


def _first(a: Algebra, expr: Expr, target: Expr, variable: Expr) -> Expr:
    kind, name = a.typing.plans[id(expr)]
    layout = option(kind, {kind: name} if name else {}).name
    upright, turned = (variable.args[0], True) if variable.op == "transpose" else (variable, False)
    if upright.op == "entry" and upright.args[0].op in ("symbol", "member"):
        return _by_entry(a, target, upright)
    if upright.op in ("row", "row_upright", "column") and upright.args[0].op == "symbol" and a.is_scalar(target):
        whole = replace(upright, args=(_gradient(a, target, upright.args[0]), *upright.args[1:]))
        return a.turned(whole) if (layout == "transposed") != turned else whole
    if upright.op not in ("symbol", "member"):
        return _by_function(a, expr, target, upright)
    if a.is_scalar(upright):
        change = Differential(a, upright, ONE)(target)
        return _or_zeros(a, a.turned(change) if layout == "transposed" else change, target)
    if kind.startswith(("scalar-by-", "gradient-by-")):
        found = _or_zeros(a, _gradient(a, target, upright), upright)
        return a.turned(found) if (layout == "transposed") != turned else found
    if kind == "vector-by-vector" and a.is_column(upright):
        found = _jacobian(a, target, upright)
        if layout == "elementwise":
            if found.op != "diag":
                raise Unsupported("no elementwise derivative", expr.span)
            return found.args[0]
        return found if layout == "numerator" else a.turned(found)
    raise Unsupported("a derivative of a matrix by a matrix", expr.span)


def _by_function(a: Algebra, expr: Expr, target: Expr, variable: Expr) -> Expr:
    """By a function of one number, sigma^2 or ln x: the derivative by the number, over that of the function."""
    inside = variable.args[0] if variable.args else variable
    if inside.op not in ("symbol", "member") or not (a.is_scalar(inside) and a.is_scalar(target)):
        raise Unsupported("this cannot be differentiated by", expr.span)
    by = Differential(a, inside, ONE)
    return a.over(by(target), by(variable))


def _or_zeros(a: Algebra, found: Expr, like: Expr) -> Expr:
    return Expr("zeros") if found == ZERO and not a.is_scalar(like) else found


def _mark(a: Algebra, variable: Expr) -> Expr:
    """A symbol for the differential of the variable, of its shape."""
    mark = Expr("symbol", (), f"\N{INCREMENT}d{variable.name}")
    a.typing.symbols[mark.name] = a.typing.infer(variable)
    return mark


def _gradient(a: Algebra, target: Expr, variable: Expr) -> Expr:
    mark = _mark(a, variable)
    return gradient(a, Differential(a, variable, mark)(target), mark)


def _jacobian(a: Algebra, target: Expr, variable: Expr) -> Expr:
    upright = a.transposed(target) if a.is_row(target) else target
    mark = _mark(a, variable)
    change = Differential(a, variable, mark)(upright)
    return Expr("zeros") if change == ZERO else jacobian(a, change, mark)


def _by_entry(a: Algebra, target: Expr, entry: Expr) -> Expr:
    """An entry of the gradient by the whole; of a matrix, the change of one entry alone."""
    base, *indices = entry.args
    if not a.is_scalar(target):
        return Differential(a, entry)(target)
    try:
        return picked(a, _gradient(a, target, base), indices)
    except NoteError:
        return Differential(a, entry)(target)


def picked(a: Algebra, expr: Expr, indices: list[Expr]) -> Expr:
    """The entry of an expression; of a sum of c_k e_k, the number c_i; of u v^T, u_i v_j."""
    if expr == ZERO:
        return ZERO
    if expr.op == "sum":
        return a.plus(*(picked(a, arg, indices) for arg in expr.args))
    if expr.op == "neg":
        return a.minus(picked(a, expr.args[0], indices))
    if expr.op == "sum_over" and " " not in expr.name:
        expr = apart(expr, names_in(*indices))
        with binding(a.typing, expr):
            return summed(a, expr, picked(a, expr.args[0], indices))
    by, scalars, wide = a.term(expr)
    if not wide:
        return expr
    split = next((k for k in range(1, len(wide)) if a.is_column(wide[k - 1]) and a.is_row(wide[k])), None)
    if len(indices) == 2 and split is not None:
        left = _line(wide[:split], indices[0])
        right = _line(tuple(a.transposed(factor) for factor in reversed(wide[split:])), indices[1])
        return a.chain(by, (*scalars, left, right), ())
    return a.chain(by, (*scalars, _line(wide, *indices)), ())


def _line(wide: tuple[Expr, ...], *indices: Expr) -> Expr:
    """An entry of a chain of matrices; one that ends in a unit vector is an entry of the rest."""
    if len(indices) == 1 and wide[-1].op == "unit_vector":
        if len(wide) == 1:
            return delta(indices[0], wide[-1].args[0])
        return _line(wide[:-1], indices[0], wide[-1].args[0])
    inside = wide[0] if len(wide) == 1 else Expr("product", wide)
    if inside.op == "transpose" and len(indices) == 2:
        inside, indices = inside.args[0], indices[::-1]
    if inside.op == "hadamard":
        return times(*(_line((factor,), *indices) for factor in inside.args))
    if inside.op == "divide" and inside.args[0] == ONE:
        return divided(ONE, _line(inside.args[1:], *indices))
    if inside.op in ("neg", "sum") and any(arg.op == "number" for arg in inside.args):
        return inside.rebuild(lambda arg: arg if arg.op == "number" else _line((arg,), *indices))
    if inside.op == "neg":
        return inside.rebuild(lambda arg: _line((arg,), *indices))
    return Expr("entry", (inside, *indices))


def _second(a: Algebra, expr: Expr, target: Expr, variables: list[Expr]) -> Expr:
    """The Jacobian of the gradient: rows by the first variable."""
    first, second = (v.args[0] if v.op == "transpose" else v for v in variables)
    if first.op == second.op == "symbol" and a.is_scalar(first) and a.is_scalar(second):
        return Differential(a, second, ONE)(Differential(a, first, ONE)(target))
    if a.is_scalar(first) or a.is_scalar(second):
        return _in_turn(a, expr, target, variables)
    if first.op != "symbol" or second.op != "symbol":
        raise Unsupported("a second derivative by entries", expr.span)
    if not (a.is_scalar(target) and a.is_column(first) and a.is_column(second)):
        raise Unsupported("a second derivative of this kind", expr.span)
    if a.typing.profile.get("second-by-two") == "second-rows":
        first, second = second, first
    return _jacobian(a, _or_zeros(a, _gradient(a, target, first), first), second)


def _in_turn(a: Algebra, expr: Expr, target: Expr, variables: list[Expr]) -> Expr:
    """A second derivative as the derivative of a derivative."""
    first = replace(expr, args=(target, variables[1]))
    a.typing.infer(first)
    whole = replace(expr, args=(_first(a, first, target, variables[1]), variables[0]))
    a.typing.infer(whole)
    return _first(a, whole, *whole.args)
