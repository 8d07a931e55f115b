"""Gradients and Hessians with a nabla or in words: \\nabla f, \\nabla_x f(x), \\nabla^2 f, grad f, J_F(x), D_x f."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import NeedsContext, Unsupported
from texgrad.expr import Expr

ORDER = 15

GRADIENTS = frozenset("\\operatorname{grad} \\operatorname{Grad} \\operatorname{gradient} \\grad".split())
HESSIANS = frozenset("\\operatorname{Hess} \\operatorname{hess} \\operatorname{Hessian}".split())
JACOBIANS = frozenset("\\operatorname{Jac} \\operatorname{jac} \\operatorname{Jacobian}".split())
HESSIAN_LETTERS = frozenset(("H", "\\mathbf{H}", "\\mathcal{H}", "\\nabla^{2}"))
JACOBIAN_LETTERS = frozenset(
    "J \\mathbf{J} D \\mathbf{D} \\mathrm{D} \\mathcal{J} \\operatorname{D} \\mathsf{D}".split()
)

DIFFERENTIATORS = frozenset(("D", "\\operatorname{D}", "\\mathsf{D}"))


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


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    named = _lettered(r, items, at)
    if named is not None:
        return named
    found = _operator(r, items[at])
    if found is None:
        return None
    kind, sub = found
    if kind == "higher":
        raise Unsupported("a derivative of higher order", items[at].span)
    if at + 1 >= len(items):
        raise Unsupported("a gradient of nothing", items[at].span)
    if items[at + 1].op == "mark":
        raise Unsupported("a divergence or curl", items[at].span)
    head = items[at + 1]
    span = items[at].span
    if sub is not None and sub.op != "list":
        variable = r(sub)
        if head.op == "nabla" or (head.op in ("sub",) and head.args[0].op == "nabla"):
            target, end = r.factor(items, at + 1)
        elif _all_functions(r, items[at + 1 :], variable):
            target, end = r.term(items[at + 1 :]), len(items)
        elif head.op == "group":
            target, end = _grouped(r, items, at + 1)
        else:
            target, end = _target(r, items, at + 1)
        return _build(r, kind, target, variable, span), end
    composed = _composed(r, head.args[0]) if head.op == "group" and sub is None else None
    if composed is not None and at + 2 < len(items) and items[at + 2].op == "group":
        args = r.arguments(items[at + 2])
        if len(args) == 1:
            return _composition(r, composed, args[0], kind, span), at + 3
    name = r.function_name(head) if head.op in ("symbol", "sub", "sup") else None
    if name is not None and at + 2 < len(items) and _group(items[at + 2]) is not None:
        group = _group(items[at + 2])
        args = r.arguments(group)
        if len(args) == 1:
            result = of_function(r, name, args[0], kind, span)
            for script in _scripts(items[at + 2]):
                from texgrad.scripts import resolve_scripts

                result = resolve_scripts(r, result, [script])
            return result, at + 3
    target, end = _grouped(r, items, at + 1) if head.op == "group" else _target(r, items, at + 1)
    variable = r.scope.main_variable(target)
    if variable is None:
        raise NeedsContext("a gradient by a variable that is not named", span)
    return _build(r, kind, target, Expr("symbol", (), variable, span), span), end


def _all_functions(r, items: Sequence[Expr], variable: Expr) -> bool:
    """\\nabla_x u v of scalar functions of x: an author who meant (\\nabla_x u) v would have put v in front."""
    symbols = [r.scope.symbol(item.name) for item in items if item.op == "symbol"]
    return 2 <= len(items) == len(symbols) and all(
        variable.name in symbol.arguments and symbol.kind in ("scalar", "function", "unknown") for symbol in symbols
    )


def _group(item: Expr) -> Expr | None:
    while item.op in ("sup", "sub", "prime"):
        item = item.args[0]
    return item if item.op == "group" else None


def _scripts(item: Expr) -> list[Expr]:
    scripts = []
    while item.op in ("sup", "sub", "prime"):
        scripts.append(item)
        item = item.args[0]
    return list(reversed(scripts))


def _grouped(r, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
    """A group alone is what is differentiated; more behind it may be a product with it."""
    rest = items[at + 1 :]
    if items[at].name == "[" or not rest or rest[0].op == "mark":
        return r.factor(items, at)
    return r.term(items[at:]), len(items)


def _target(r, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
    """A function's symbol alone, else all that follows: \\nabla f g is (grad f) g, \\nabla x^T A x is of the form."""
    head = items[at]
    factor, end = r.factor(items, at)
    lone = factor.op in ("symbol", "call") and (r.scope.is_function(factor.name) or r.guess(factor) != "vector")
    if factor.op == "symbol" and "constant" in r.scope.symbol(factor.name).properties and end < len(items):
        lone = False  # \nabla \lambda w^T w: nobody differentiates a constant alone
    if lone and not (head.op == "symbol" and r.guess(factor) == "matrix"):
        return factor, end
    if factor.op in ("norm", "log", "power", "sum_over", "divide", "sqrt", "det", "trace", "logsumexp", "exp"):
        kind = r.guess(factor)
        if kind == "scalar" and (end >= len(items) or items[end].op == "mark"):
            return factor, end
    return r.term(items[at:]), len(items)


def _build(r, kind: str, target: Expr, variable: Expr, span) -> Expr:
    if kind == "gradient" and variable.op == "symbol" and "complex" in r.scope.symbol(variable.name).properties:
        upright = Expr("derivative", (target, Expr("conjugate", (variable,), span=variable.span)), "nabla", span)
        return Expr("product", (Expr("number", (), "2", span), upright), span=span)  # Matrix Cookbook, eq. 231
    if kind == "hessian":
        return Expr("derivative", (target, variable, variable), span=span)
    if kind == "jacobian" and r.guess(variable) == "matrix":  # Magnus and Neudecker, chapter 9: D F(X)
        stacked = Expr("transpose", (Expr("vec", (variable,), span=variable.span),), span=variable.span)
        return Expr("derivative", (Expr("vec", (target,), span=target.span), stacked), span=span)
    if kind == "jacobian":
        upright = Expr("transpose", (variable,), span=variable.span)
        return Expr("derivative", (target, upright), span=span)
    return Expr("derivative", (target, variable), "nabla", span)


def of_function(r, name: str, point: Expr, kind: str, span) -> Expr:
    """The gradient of a function at a point: \\nabla f(Ax + b) is taken by the function's argument."""
    if point.op == "symbol" and not r.scope.is_defined(point.name):
        return _build(r, kind, r.apply(name, [point], 0, span), point, span)
    fresh = Expr("symbol", (), "\N{INCREMENT}" + name, span)
    inner = _build(r, kind, r.apply(name, [fresh], 0, span), fresh, span)
    return Expr("at", (inner, point), fresh.name, span)


def _lettered(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """J_F(x), Df(x), H_f(x): a letter whose subscript or operand is a function."""
    item = items[at]
    if item.op == "sub" and item.args[0].op == "symbol" and at + 1 < len(items) and _group(items[at + 1]) is not None:
        letter, sub = item.args[0].name, item.args[1]
        kind = "jacobian" if letter in JACOBIAN_LETTERS else "hessian" if letter in HESSIAN_LETTERS else None
        name = r.function_name(sub) if sub.op in ("symbol", "sub") else None
        composed = _composed(r, sub)
        if kind and (name is not None or composed is not None) and not r.scope.known(letter):
            args = r.arguments(_group(items[at + 1]))
            if len(args) != 1:
                return None
            if composed is not None:
                return _composition(r, composed, args[0], kind, item.span), at + 2
            return of_function(r, name, args[0], kind, item.span), at + 2
    if item.op == "symbol" and item.name in DIFFERENTIATORS and at + 2 < len(items) and not r.scope.known("D"):
        name = r.function_name(items[at + 1])
        if name is not None and _group(items[at + 2]) is not None:
            args = r.arguments(_group(items[at + 2]))
            if len(args) == 1:
                return of_function(r, name, args[0], "jacobian", item.span), at + 3
    return None


def _composed(r, sub: Expr) -> list[str] | None:
    """G \\circ F in a subscript."""
    if sub.op != "term":
        return None
    names = [r.function_name(part) for part in sub.args if part.op != "mark"]
    marks = [part.name for part in sub.args if part.op == "mark"]
    if len(names) == 2 and marks == ["\\circ"] and all(names):
        return names
    return None


def _composition(r, names: list[str], point: Expr, kind: str, span) -> Expr:
    fresh = Expr("symbol", (), "\N{INCREMENT}" + "".join(names), span)
    inner = r.apply(names[1], [fresh], 0, span)
    outer = r.apply(names[0], [inner], 0, span)
    return Expr("at", (_build(r, kind, outer, fresh, span), point), fresh.name, span)
