"""Frechet differentials: df_x(h), df(x)[h], DF(X) \\cdot H, d(\\det)(M) \\cdot H, D^2 f(x)[h, k], f'(x; h)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from texgrad.expr import Expr
from texgrad.forms.lone import filled
from texgrad.forms.nabla import composition
from texgrad.forms.partial import sign_order
from texgrad.notation.names import label

ORDER = 12
LETTERS = frozenset(("D", "\\operatorname{D}", "\\mathbf{D}", "\\mathsf{D}"))

Target = Callable[[Expr], Expr]  # the function's value at a surface expression


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    order = _order(r, items[at])
    if items[at].op == "prime":
        return _primed(r, items, at)
    if not order or at + 2 >= len(items):
        return None
    head = items[at + 1]
    if head.op == "sub" and _group(items[at + 2]) and not r.scope.known(label(head)):  # df_x(h)
        target, points = _function(r, head.args[0]), [head.args[1]]
        end = at + 2
    else:
        target = _function(r, head)
        points = _listed(items[at + 2]) if _group(items[at + 2]) else []
        end = at + 3
    if target is None or len(points) != 1 or end >= len(items):
        return None
    found = _directions(items, end, order, head)
    lone = items[end].op in ("symbol", "sub")
    if found is None or (lone and sign_order(items[at]) == 0 and r.guess(r(points[0])) != "matrix"):
        return None  # D f(x) A at a vector is a Jacobian and a factor
    directions, end = found
    return _along(r, target, points[0], directions, items[at].span), end


def _primed(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """f'(x; h), f'(x)[h]; at a matrix also f'(X) H and f'(X) \\cdot H."""
    head, order = items[at].args[0], int(items[at].name)
    target = _function(r, head) if head.op == "symbol" and order == 1 else None
    if target is None or at + 1 >= len(items) or items[at + 1].op != "group" or items[at + 1].name != "(":
        return None
    points = _listed(items[at + 1])
    if len(points) == 2:
        return _along(r, target, points[0], points[1:], items[at].span), at + 2
    if at + 2 >= len(items) or len(points) != 1:
        return None
    bracket = items[at + 2].op == "group" and items[at + 2].name == "["
    if not bracket and r.guess(r(points[0])) != "matrix":
        return None
    found = _directions(items, at + 2, order, head)
    return (_along(r, target, points[0], found[0], items[at].span), found[1]) if found else None


def _order(r, item: Expr) -> int:
    """1 for d and D, 2 for d^2 and D^2; 0 for what is no sign of a differential."""
    letter = item.args[0] if item.op == "sup" else item
    if letter.op == "symbol" and letter.name in LETTERS and not r.scope.known(letter.name):
        return 1 if letter is item else int(item.args[1].name) if item.args[1].name in ("1", "2") else 0
    return sign_order(item) if sign_order(item) <= 2 else 0


def _function(r, head: Expr) -> Target | None:
    """What is differentiated: a function of one argument, a composition, an operation such as det in brackets."""
    name = r.function_name(head) if head.op in ("symbol", "sub", "sup") else None
    if name is not None:
        return (lambda point: r.apply(name, [r(point)])) if _unary(r, name) else None
    if head.op == "group" and head.name == "(":
        names = composition(r, head.args[0])
        if names is not None:
            return lambda point: r.apply(names[0], [r.apply(names[1], [r(point)])])
        if filled(head.args[0], head) is not None:
            return lambda point: r(filled(head.args[0], point))
    if head.op == "function":
        return lambda point: r(filled(head, point))
    return None


def _unary(r, name: str) -> bool:
    return len(r.scope.parameters(name)) == 1 or (
        not r.scope.parameters(name) and r.scope.words.is_function(name) and r.scope.definition(name) is None
    )


def _group(item: Expr) -> bool:
    return item.op == "group" and item.name in ("(", "[")


def _listed(item: Expr) -> list[Expr]:
    body = item.args[0]
    return list(body.args) if body.op == "list" and body.name != "|" else [body]


def _directions(items: Sequence[Expr], at: int, order: int, head: Expr) -> tuple[list[Expr], int] | None:
    """The directions that stand at this place: [h], (h, k), \\cdot h, and a lone symbol; one may serve for two."""
    item = items[at]
    if item.op == "mark" and item.name == "\\cdot" and at + 1 < len(items):
        item, at = items[at + 1], at + 1
        found = [item]
    elif _group(item):
        found = _listed(item)
    elif item.op == "sup" and _group(item.args[0]) and item.args[1].name == str(order):  # D^2 f(x)[h]^2
        found = _listed(item.args[0])
    elif item.op in ("symbol", "sub") and head.op != "function":
        found = [item]
    else:
        return None
    if head.op == "function" and item.op == "group" and item.name == "(":
        return None  # d \\tr(A)(B) is a product
    found = found * order if len(found) == 1 else found
    return (found, at + 1) if len(found) == order else None


def _along(r, target: Target, point: Expr, directions: Sequence[Expr], span) -> Expr:
    """The derivative at a point along the directions; a point that is no symbol takes the place of a fresh one."""
    plain = point.op == "symbol" and not r.scope.is_defined(point.name)
    moving = point if plain else Expr("symbol", (), "\N{INCREMENT}point", span)
    result = target(moving)
    for direction in directions:
        result = Expr("directional", (result, r(direction)), moving.name, span)
    return result if plain else Expr("at", (result, r(point)), moving.name, span)
