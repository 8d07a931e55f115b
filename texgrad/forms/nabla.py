"""Gradients and Hessians with a nabla or in words: \\nabla f, \\nabla_x f(x), \\nabla^2 f, \\nabla\\nabla^T f, grad."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import NeedsContext, Unsupported
from texgrad.expr import Expr
from texgrad.forms.lone import filled
from texgrad.forms.operands import operand
from texgrad.notation.names import label
from texgrad.scripts import TRANSPOSES, resolve_scripts

ORDER = 15

GRADIENTS = frozenset("\\operatorname{grad} \\operatorname{Grad} \\operatorname{gradient} \\grad".split())
HESSIANS = frozenset("\\operatorname{Hess} \\operatorname{hess} \\operatorname{Hessian}".split())
JACOBIANS = frozenset("\\operatorname{Jac} \\operatorname{jac} \\operatorname{Jacobian}".split())

WEIGHTS = frozenset("\\alpha \\beta \\gamma \\kappa \\lambda \\mu \\rho \\tau c".split())  # \\nabla \\lambda |w|^2
STEPS = frozenset(("entry", "member"))  # x_k may be a step of an iteration


def _operator(r, item: Expr) -> tuple[str, Expr | None] | None:
    """What the item is: gradient, hessian or jacobian, and the variable in its subscript."""
    order, variable = 1, None
    while item.op in ("sup", "sub"):
        if item.op == "sup":
            if item.args[1].op != "number":
                return None
            order = int(item.args[1].name)
        else:
            variable = item.args[1]
        item = item.args[0]
    if item.op == "nabla":
        return ("gradient" if order == 1 else "hessian" if order == 2 else "higher"), variable
    if item.op == "symbol" and item.name in GRADIENTS:
        return "gradient", variable
    if item.op == "symbol" and item.name in HESSIANS:
        return "hessian", variable
    if item.op == "symbol" and item.name in JACOBIANS:
        return "jacobian", variable
    return None


def _twice(items: Sequence[Expr], at: int) -> tuple[Expr | None, int] | None:
    """\\nabla \\nabla^T, \\nabla_x \\nabla_x^T: the variable of a Hessian, and the place behind."""
    if at + 1 >= len(items) or items[at + 1].op != "sup" or label(items[at + 1].args[1]) not in TRANSPOSES:
        return None
    first, second = items[at], items[at + 1].args[0]
    bare = first.args[0] if first.op == "sub" else first
    if bare.op != "nabla" or label(first) != label(second):
        return None
    return (first.args[1] if first.op == "sub" else None), at + 2


def _by_two(r, items: Sequence[Expr], at: int, sub: Expr, kind: str) -> tuple[Expr, int] | None:
    """\\nabla^2_{xy} f, \\nabla_{xx} f: the second derivative by two variables; a transpose in it says how it lies."""
    parts = [part.args[0] if part.op in ("sup", "prime") else part for part in (sub.args if sub.op == "term" else ())]
    if len(parts) != 2 or kind == "jacobian" or any(part.op not in ("symbol", "sub") for part in parts):
        return None
    first, second = map(r, parts)
    target, end = operand(r, items, at + 1, first)
    return Expr("derivative", (target, first, second), span=items[at].span), end


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    twice = _twice(items, at)
    found = ("hessian", twice[0]) if twice is not None else _operator(r, items[at])
    if found is None:
        return None
    (kind, sub), span = found, items[at].span
    at = twice[1] - 1 if twice is not None else at
    if kind == "higher":
        raise Unsupported("a derivative of higher order", span)
    if at + 1 >= len(items):
        raise Unsupported("a gradient of nothing", span)
    if items[at + 1].op == "mark":
        raise Unsupported("a divergence or curl", span)
    head = items[at + 1]
    if sub is not None and sub.op != "list":
        doubly = _by_two(r, items, at, sub, kind)
        if doubly is not None:
            return doubly
        variable = r(sub)
        target, end = operand(r, items, at + 1, variable)
        return build(r, kind, target, variable, span), end
    composed = composition(r, head.args[0]) if head.op == "group" and sub is None else None
    if composed is not None and at + 2 < len(items) and items[at + 2].op == "group":
        args = r.arguments(items[at + 2])
        if len(args) == 1:
            return of_composition(r, composed, args[0], kind, span), at + 3
    if head.op == "group" and sub is None and at + 2 < len(items) and items[at + 2].op == "group":
        point = items[at + 2].args[0]
        operation = filled(head.args[0], point)
        if operation is not None and point.op == "symbol":
            return build(r, kind, r(operation), r(point), span), at + 3
    picked = [head] if head.op == "sub" and r.has_components(head) else []  # \\nabla r_i(x) of a vector r(x)
    name = r.function_name(head.args[0] if picked else head) if head.op in ("symbol", "sub", "sup") else None
    if name is not None and at + 2 < len(items) and group_of(items[at + 2]) is not None:
        args = r.arguments(group_of(items[at + 2]))
        result = at_arguments(r, name, args, kind, span, picked)
        if result is not None:
            return resolve_scripts(r, result, scripts_of(items[at + 2])), at + 3
    turned = [head] if head.op == "sup" and label(head.args[1]) in TRANSPOSES else []
    turned = turned if turned and r.guess(r(head.args[0])) == "scalar" else []
    target, end = (r(head.args[0]), at + 2) if turned else operand(r, items, at + 1)
    variable = _argument(r, items, at, end) or r.scope.main_variable(target)
    if target.op == "symbol" and target.name in WEIGHTS and end < len(items) and not r.scope.is_defined(target.name):
        rest, behind = operand(r, items, end)
        if r.guess(target) == r.guess(rest) == "scalar" and (by := r.scope.main_variable(rest)) is not None:
            target, variable, end = Expr("product", (target, rest), span=target.span), by, behind
    if variable is None and target.op == "symbol" and len(names := r.scope.parameters(target.name)) > 1:
        several = at_arguments(r, target.name, [Expr("symbol", (), each, span) for each in names], kind, span)
        if several is not None:
            return several, end  # the gradient of F where F(x, y) = ...
    if variable is None:
        raise NeedsContext("a gradient by a variable that is not named", span)
    result = build(r, kind, target, Expr("symbol", (), variable, span), span)
    return resolve_scripts(r, result, turned), end  # \\nabla f^T d is (\\nabla f)^T d


def _argument(r, items: Sequence[Expr], at: int, end: int) -> str | None:
    """The z of \nabla lse(z), by which it is also where z = A x + b."""
    called = end == at + 3 <= len(items) and items[at + 1].op in ("function", "symbol") and items[at + 2].op == "group"
    args = r.arguments(items[at + 2]) if called else []
    return args[0].name if len(args) == 1 and args[0].op == "symbol" else None


def group_of(item: Expr) -> Expr | None:
    """The group under an item's scripts; None where it is none."""
    while item.op in ("sup", "sub", "prime"):
        item = item.args[0]
    return item if item.op == "group" else None


def scripts_of(item: Expr) -> list[Expr]:
    scripts = []
    while item.op in ("sup", "sub", "prime"):
        scripts.append(item)
        item = item.args[0]
    return list(reversed(scripts))


def build(r, kind: str, target: Expr, variable: Expr, span) -> Expr:
    """The gradient, Jacobian, Hessian or plain derivative of an expression."""
    if kind == "gradient" and variable.op == "symbol" and "complex" in r.scope.symbol(variable.name).properties:
        upright = Expr("derivative", (target, Expr("conjugate", (variable,), span=variable.span)), "nabla", span)
        return Expr("product", (Expr("number", (), "2", span), upright), span=span)  # Matrix Cookbook, eq. 231
    if kind in ("hessian", "jacobian") and r.guess(variable) == "matrix":  # Magnus and Neudecker, 9 and 10: D F(X), H f
        columns = Expr("vec", (variable,), span=variable.span)
        if kind == "hessian":
            return Expr("derivative", (target, columns, columns), span=span)
        upright = Expr("transpose", (columns,), span=variable.span)
        return Expr("derivative", (Expr("vec", (target,), span=target.span), upright), span=span)
    if kind == "hessian":
        return Expr("derivative", (target, variable, variable), span=span)
    if kind == "jacobian":
        upright = Expr("transpose", (variable,), span=variable.span)
        return Expr("derivative", (target, upright), span=span)
    return Expr("derivative", (target, variable), "" if kind == "plain" else "nabla", span)


def of_function(r, name: str, point: Expr, kind: str, span, picked: Sequence[Expr] = ()) -> Expr:
    """The gradient of a function, or of an entry of it, at a point: \\nabla f(Ax + b) is by the function's argument."""

    def value(at: Expr) -> Expr:
        return resolve_scripts(r, r.apply(name, [at], 0, span), picked)

    written = f"{point.name}_{{{label(point.args[0])}}}" if point.op == "member" else point.name
    own = point.op in ("member", "symbol") and r.scope.parameters(name) == (written,)
    if own or (point.op == "symbol" and not r.scope.is_defined(point.name)):  # l(m_j) = ..., \\nabla l(m_j)
        return build(r, kind, value(point), point, span)
    steps = any(part.op in STEPS for part in point.walk())
    if kind in ("gradient", "hessian") and point.op != "symbol" and not steps and r.guess(point) == "scalar":
        # grad g(|x|) is one by x
        symbol = Expr("symbol", (), r.scope.main_variable(point) or "", span)
        if any(part == symbol for part in point.walk()) and r.guess(symbol) in ("vector", "matrix"):
            return build(r, kind, value(point), symbol, span)
    fresh = Expr("symbol", (), "\N{INCREMENT}" + name, span)
    inner = build(r, kind, value(fresh), fresh, span)
    return Expr("at", (inner, point), fresh.name, span)


def at_arguments(r, name: str, args: Sequence[Expr], kind: str, span, picked: Sequence[Expr] = ()) -> Expr | None:
    """The gradient of a function at its arguments: of f(x, y) by x and y, where these are numbers or columns."""
    if len(args) == 1:
        return of_function(r, name, args[0], kind, span, picked)
    if not args or picked or not all(arg.op == "symbol" and r.scope.definition(arg.name) is None for arg in args):
        return None
    known = r.scope.definition(name) is not None or all(r.guess(arg) == "scalar" for arg in args)
    return build(r, kind, r.apply(name, list(args), 0, span), stacked(args), span) if known else None


def stacked(parts: Sequence[Expr]) -> Expr:
    """Symbols in one column: what a function of several variables is differentiated by."""
    return Expr("block", tuple(Expr("list", (part,), span=part.span) for part in parts), span=parts[0].span)


def composition(r, sub: Expr) -> list[str] | None:
    """The functions in G \\circ F."""
    if sub.op != "term":
        return None
    names = [r.function_name(part) for part in sub.args if part.op != "mark"]
    marks = [part.name for part in sub.args if part.op == "mark"]
    if len(names) == 2 and marks == ["\\circ"] and all(names):
        return names
    return None


def of_composition(r, names: list[str], point: Expr, kind: str, span) -> Expr:
    """The derivative of G \\circ F at a point."""
    fresh = Expr("symbol", (), "\N{INCREMENT}" + "".join(names), span)
    inner = r.apply(names[1], [fresh], 0, span)
    outer = r.apply(names[0], [inner], 0, span)
    return Expr("at", (build(r, kind, outer, fresh, span), point), fresh.name, span)
