"""Derivatives written as fractions of \\partial or d: \\frac{\\partial f}{\\partial x}, \\partial f/\\partial x,
\\frac{\\partial}{\\partial x} f, second derivatives, and \\partial_x f."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad.errors import Unsupported
from texgrad.expr import Expr
from texgrad.forms import words
from texgrad.forms.operands import operand
from texgrad.notation.names import label
from texgrad.trajectories import TIME, rate

ORDER = 10
OF_VARIABLES = frozenset(("vec", "vec_rows", "real", "imag", "conjugate", "diag"))  # dx may be d vec(X), d Re(z)


def sign_order(item: Expr) -> int:
    """The order of \\partial, \\partial^2, d^2 ...; 0 for what is no differentiation sign."""
    if item.op == "dsign":
        return 1
    if item.op == "sup" and item.args[0].op == "dsign" and item.args[1].op == "number":
        return int(item.args[1].name) if item.args[1].name.isdigit() else 0
    return 0


def _items(expr: Expr) -> list[Expr]:
    if expr.op == "brace":
        return _items(expr.args[0])
    return list(expr.args) if expr.op == "term" else [expr]


def variables(r, items: Sequence[Expr]) -> list[Expr] | None:
    """dx dy, \\partial x^2, (d x)^2 -> the variables of differentiation, resolved; None where it is none."""
    found: list[Expr] = []
    at = 0
    while at < len(items):
        item = items[at]
        if item.op == "group" and item.name == "(":
            inner = variables(r, _items(item.args[0]))
            if inner is None:
                return None
            found.extend(inner)
            at += 1
            continue
        if sign_order(item) != 1 or at + 1 >= len(items):
            return None
        variable, at = _one(r, items, at + 1)
        found.extend(variable)
    return found or None


def _one(r, items: Sequence[Expr], at: int) -> tuple[list[Expr], int]:
    """One variable behind its sign; x^2 is x twice where the numerator is of second order."""
    item = items[at]
    if item.op == "function" and item.name in OF_VARIABLES:
        found, end = words.read(r, items, at)
        return [found], end
    if item.op == "function" and item.name == "log" and at + 1 < len(items):  # an elasticity
        factor, end = r.factor(items, at + 1)
        return [Expr("log", (factor,), span=item.span)], end
    if item.op in ("function", "nabla", "big", "mark"):
        raise Unsupported("this cannot be differentiated by", item.span)
    factor, end = r.factor(items, at)
    while factor.op == "symbol" and end < len(items) and sign_order(items[end]) == 0:
        raise Unsupported("this cannot be differentiated by", items[end].span)
    return [factor], end


def _repeat(found: list[Expr], order: int) -> list[Expr]:
    """\\partial x^2 under \\partial^2: the square counts the differentiations."""
    if len(found) == order:
        return found
    result: list[Expr] = []
    for variable in found:
        if variable.op == "power" and variable.args[1].op == "number" and variable.args[1].name.isdigit():
            result.extend([variable.args[0]] * int(variable.args[1].name))
        else:
            result.append(variable)
    if len(result) != order:
        raise Unsupported(f"a derivative of order {order} by {len(result)} variables", found[0].span)
    return result


def build(r, target: Expr, found: list[Expr], order: int, span, sign: Expr | None = None) -> Expr:
    """The derivative node: target, then the variables; \\partial(x, y)/\\partial(r, s) has a row for each of x, y."""
    moving = _moving(r, target, found, order, sign)
    if moving is not None:
        return replace(moving, span=span)
    several = len(found) == order == 1 and target.op == found[0].op == "block"
    found = [Expr("transpose", (found[0],), span=found[0].span)] if several else found
    return Expr("derivative", (target, *_repeat(found, order)), _tied(r, sign), span)


def _moving(r, target: Expr, found: list[Expr], order: int, sign: Expr | None) -> Expr | None:
    """dV/dt, where V is a function of the state of \\dot{x} = A x."""
    by_time = order == 1 and [variable.name for variable in found] == [TIME]
    plain = sign is not None and sign.name != "\\partial"
    return rate(r.scope, target) if by_time and plain and r.scope.definition(TIME) is None else None


def _tied(r, sign: Expr | None) -> str:
    """Where \\partial is said to treat the entries of a matrix as independent, a d beside it keeps its structure."""
    while sign is not None and sign.op == "sup":
        sign = sign.args[0]
    plain = sign is None or sign.name == "\\partial" or "\\partial" not in r.scope.usage.signs
    return "" if plain or "" not in r.scope.all_conventions("unstructured") else "tied"


def _is_operator(numerator: list[Expr]) -> int:
    return sign_order(numerator[0]) if len(numerator) == 1 else 0


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item = items[at]
    if item.op == "frac":
        return _fraction(r, items, at)
    if sign_order(item):
        return _slash(r, items, at)
    if _with_subscript(item) is not None:
        return _subscripted(r, items, at)
    return None


def _fraction(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item = items[at]
    above, below = _items(item.args[0]), _items(item.args[1])
    if not above or not below or (not sign_order(below[0]) and below[0].op != "group"):
        return None
    if above[0].op == "neg":
        return None
    order = sign_order(above[0])
    if not order and len(above) > 1 and above[0].op == "group" and len(above) == 1:
        return None
    if not order:
        return _bracketed(r, item, above, below, at)
    found = variables(r, below)
    if found is None:
        return None
    if _is_operator(above):
        return _operator(r, items, at, found, order, above[0])
    target = r.term(above[1:])
    return _taken(r, items, at, above[1:], build(r, target, found, order, item.span, above[0]))


def _taken(r, items: Sequence[Expr], at: int, above: Sequence[Expr], result: Expr) -> tuple[Expr, int]:
    """A derivative of a function, and where it is taken: \\frac{\\partial f}{\\partial x}(a), (f(a), b)."""
    head = above[0].args[0] if above[0].op == "sub" and r.has_components(above[0]) else above[0]  # F of F_i
    name = r.function_name(head) if len(above) == 1 else None
    group = items[at + 1] if at + 1 < len(items) else None
    if name is None or group is None or group.op != "group" or group.name != "(":
        return result, at + 1
    parameters = r.scope.parameters(name)
    points = group.args[0].args if group.args[0].op == "list" else (group.args[0],)
    if len(points) != len(parameters) or not all(_is_point(r, point) for point in points):
        return result, at + 1
    for parameter, point in zip(parameters, points, strict=True):
        if label(point) != parameter:
            result = Expr("at", (result, r(point)), parameter, result.span)
    return result, at + 2


def _is_point(r, point: Expr) -> bool:
    """Whether a bracket holds a point to take a function at: a symbol, a number, f(x); x - a would be a factor."""
    if point.op == "term" and len(point.args) == 2 and point.args[1].op == "group":
        return r.function_name(point.args[0], point.args[1]) is not None
    return point.op in ("symbol", "sub", "number")


def _bracketed(r, item: Expr, above: list[Expr], below: list[Expr], at: int) -> tuple[Expr, int] | None:
    """\\frac{(\\partial f)}{\\partial x}: the sign inside brackets."""
    if len(above) != 1 or above[0].op != "group":
        return None
    inside = _items(above[0].args[0])
    if not inside or not sign_order(inside[0]) or len(inside) < 2:
        return None
    found = variables(r, below)
    if found is None:
        return None
    return build(r, r.term(inside[1:]), found, sign_order(inside[0]), item.span), at + 1


def _operator(r, items: Sequence[Expr], at: int, found: list[Expr], order: int, sign: Expr) -> tuple[Expr, int]:
    """\\frac{\\partial}{\\partial x} in front of what it acts on: a group alone, else the rest of the term."""
    rest = items[at + 1 :]
    if rest and rest[0].op == "mark" and rest[0].name in ("\\cdot", "\\circ", "\\times"):
        raise Unsupported("a differential operator that is multiplied", rest[0].span)
    if not rest:
        raise Unsupported("a differential operator without what it acts on", items[at].span)
    alone = len(rest) == 1 or rest[0].name == "[" or rest[0].op == "brace"
    if _closed(rest[0]) and (alone or (rest[1].op == "mark" and rest[1].name != "/")):
        target, end = r.factor(items, at + 1)
    else:
        target, end = r.term(rest), len(items)
    span = items[at].span
    if span is not None and items[end - 1].span is not None:
        span = span.to(items[end - 1].span)
    moving = _moving(r, target, found, order, sign)
    return (replace(moving, span=span) if moving is not None else build(r, target, found, order, span)), end


def _closed(item: Expr) -> bool:
    return item.op == "group" and item.name in ("(", "[", "\\{")


def _slash(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """\\partial f/\\partial x: the sign, the target, a slash, the sign, the variable."""
    place = next((k for k in range(at + 1, len(items)) if items[k].op == "mark" and items[k].name == "/"), None)
    if place is None or place + 2 >= len(items):
        if place is not None and place + 1 < len(items) and items[place + 1].op == "group":
            return _slash_group(r, items, at, place)
        return None
    if not sign_order(items[place + 1]):
        if items[place + 1].op == "group":
            return _slash_group(r, items, at, place)
        return None
    if any(sign_order(items[k]) for k in range(at + 1, place)):
        return None
    order = sign_order(items[at])
    found: list[Expr] = []
    end = place + 1
    while len(found) < order and end + 1 < len(items) and sign_order(items[end]) == 1:
        variable, end = _one_factor(r, items, end + 1)
        found.append(variable)
    if len(found) != order:
        found = _repeat(found, order)
    if place == at + 1:
        rest = [Expr("frac", (), span=items[at].span), *items[end:]]
        return _operator(r, rest, 0, found, order, items[at])[0], len(items)
    target = r.term(items[at + 1 : place])
    moving = _moving(r, target, found, order, items[at])
    if moving is not None:
        return moving, end
    return Expr("derivative", (target, *found), span=items[at].span.to(items[end - 1].span)), end


def _one_factor(r, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
    if items[at].op == "function":
        found, end = _one(r, items, at)
        return found[0], end
    return r(items[at]), at + 1


def _slash_group(r, items: Sequence[Expr], at: int, place: int) -> tuple[Expr, int] | None:
    """\\partial^2 f/(\\partial x \\partial y)."""
    found = variables(r, [items[place + 1]])
    if found is None or place == at + 1:
        return None
    target = r.term(items[at + 1 : place])
    return build(r, target, found, sign_order(items[at]), items[at].span), place + 2


def _with_subscript(item: Expr) -> Expr | None:
    """The subscript of \\partial_x, \\partial_{ij}, \\partial^2_{xy}."""
    sub = None
    while item.op == "sub" or (item.op == "sup" and item.args[1].op == "number"):
        sub = item.args[1] if item.op == "sub" else sub
        item = item.args[0]
    return sub if item.op == "dsign" and item.name == "\\partial" else None


def _subscripted(r, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
    """\\partial_x f, \\partial_i f, \\partial_{xy} f."""
    item = items[at]
    sub = _with_subscript(item)
    if at + 1 >= len(items):
        raise Unsupported(f"{label(item)} without what it acts on", item.span)
    target, end = operand(r, items, at + 1)
    by = [_variable(r, part, target) for part in (sub.args if sub.op in ("term", "list") else (sub,))]
    return Expr("derivative", (target, *by), span=item.span), end


def _variable(r, sub: Expr, target: Expr) -> Expr:
    """What \\partial_x and \\partial_i differentiate by: x, and the entry i of what the target is a function of."""
    main = r.scope.main_variable(target)
    index = sub.op in ("symbol", "number") and r.scope.is_index(label(sub)) and not r.scope.known(label(sub))
    if not index or main is None:
        return r(sub)
    return Expr("entry", (Expr("symbol", (), main, sub.span), r(sub)), span=sub.span)
