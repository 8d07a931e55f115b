"""Derivatives named by a letter: J_F(x), H_f, D f(x), D^2 f(x)[h, k], D_x f, and f_x, f_{xy} of a defined function."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.forms.nabla import (
    at_arguments,
    build,
    composition,
    group_of,
    of_composition,
    of_function,
    scripts_of,
    stacked,
)
from texgrad.forms.operands import operand
from texgrad.notation.names import label
from texgrad.scripts import TRANSPOSES, resolve_scripts

ORDER = 16
HESSIAN_LETTERS = frozenset(("H", "\\mathbf{H}", "\\mathcal{H}", "\\mathsf{H}", "\\operatorname{H}", "\\nabla^{2}"))
JACOBIAN_LETTERS = frozenset(
    "J \\mathbf{J} D \\mathbf{D} \\mathrm{D} \\mathcal{J} \\operatorname{D} \\mathsf{D}".split()
)
DIFFERENTIATORS = frozenset(("D", "\\operatorname{D}", "\\mathsf{D}"))
SIGNS = {"\\operatorname{D}": "jacobian", "\\mathsf{D}": "jacobian", "\\mathsf{H}": "hessian",
         "\\operatorname{H}": "hessian"}  # no letters of matrices: what stands behind one may be any expression


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item = items[at]
    if item.op == "sub" and item.args[0].op == "symbol":
        return _of_subscript(r, items, at) or _by_subscript(r, items, at) or _partial(r, items, at)
    applied = at + 1 < len(items) and items[at + 1].op == "group"
    below = item.args[0] if item.op == "sup" and label(item.args[1]) in TRANSPOSES and not applied else None
    if below is not None and below.op == "sub" and below.args[0].op == "symbol":
        found = _of_subscript(r, [below], 0)  # J_f^T
        if found is not None:
            return resolve_scripts(r, found[0], [item]), at + 1
    return _in_front(r, items, at)


def _of_expression(r, kind: str, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """\\mathsf{D}(x^T A x), \\mathsf{H}\\varphi of a \\varphi = x^T A x: by the variable that the note speaks of."""
    target, end = operand(r, items, at + 1)
    variable = r.scope.main_variable(target)
    if variable is None or (target.op == "symbol" and r.scope.definition(target.name) is None):
        return None
    if kind == "hessian" and r.guess(target) not in ("scalar", None):
        return None
    return build(r, kind, target, Expr("symbol", (), variable, items[at].span), items[at].span), end


def _of_subscript(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """J_F(x), H_f: the function stands in the subscript."""
    item = items[at]
    letter, sub = item.args[0].name, item.args[1]
    kind = "jacobian" if letter in JACOBIAN_LETTERS else "hessian" if letter in HESSIAN_LETTERS else None
    name = r.function_name(sub) if sub.op in ("symbol", "sub") else None
    composed = composition(r, sub)
    if kind is None or _means_else(r, letter):
        return None
    if name is None and composed is None:
        return _of_written(r, kind, item, at)
    group = group_of(items[at + 1]) if at + 1 < len(items) else None
    if group is None:
        result = _alone(r, name, kind, item) if name is not None else None
        return None if result is None else (result, at + 1)
    args = r.arguments(group)
    if composed is not None:
        result = of_composition(r, composed, args[0], kind, item.span) if len(args) == 1 else None
    else:
        result = at_arguments(r, name, args, kind, item.span)
    if result is None:
        return None
    return resolve_scripts(r, result, scripts_of(items[at + 1])), at + 2  # J_F(x)^T


def _of_written(r, kind: str, item: Expr, at: int) -> tuple[Expr, int] | None:
    """J_{Ax}, H_{x^T A x}: what is differentiated stands in the subscript, by the variable of the note; no J_{ij}."""
    sub = item.args[1]
    letters = {part.name for part in sub.walk() if part.op == "symbol"}
    made = any(part.op in ("sup", "group", "bars", "function", "frac") for part in sub.walk())
    if len(letters) < 2 or not (made or any(name.removeprefix("\\mathbf{")[0].isupper() for name in letters)):
        return None
    target = r(sub)
    variable = r.scope.main_variable(target)
    if variable not in letters or (kind == "hessian" and r.guess(target) != "scalar"):
        return None
    return build(r, kind, target, Expr("symbol", (), variable, item.span), item.span), at + 1


def _means_else(r, name: str) -> bool:
    """Whether the note says what a name is: with a formula of its own, or in words."""
    definition, words = r.scope.definition(name), r.scope.words
    declared = r.scope.declared(name) is not None and name not in words.distant  # in "direction H" of a later section
    return declared or (definition is not None and not definition.indices)


def _alone(r, name: str, kind: str, item: Expr) -> Expr | None:
    """The derivative of a function that stands without argument, by those that its formula names."""
    definition, point = _function(r, name), r.scope.lone(name)
    names = definition.parameters if definition is not None else (point,) if point is not None else ()
    own = [Expr("symbol", (), each, item.span) for each in names]
    if len(own) < 2:
        return of_function(r, name, own[0], kind, item.span) if own else None
    return build(r, kind, Expr("symbol", (), name, item.span), stacked(own), item.span)


def _by_subscript(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """D_x f, D_x(A x): the variable stands in the subscript."""
    item = items[at]
    letter, sub = item.args[0].name, item.args[1]
    if letter not in DIFFERENTIATORS or at + 1 >= len(items) or items[at + 1].op == "mark":
        return None
    if _means_else(r, letter) or _means_else(r, label(item)) or sub.op not in ("symbol", "sub"):
        return None
    variable = r(sub)
    name = r.function_name(items[at + 1])
    if variable.op != "symbol" or (name is None and r.guess(variable) not in ("vector", "matrix")):
        return None
    target, end = operand(r, items, at + 1, variable)
    return build(r, "jacobian", target, variable, item.span), end


def _partial(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """f_x, f_{xy}(x, y): a defined function with its own variables in the subscript."""
    item = items[at]
    name, sub = item.args[0].name, item.args[1]
    definition = _function(r, name)
    parts = sub.args if sub.op == "term" else (sub,)
    if definition is None or r.scope.declared(label(item)) is not None:
        return None
    if len(parts) == 2 and r.scope.means_entries(name, definition):
        return None
    if not 1 <= len(parts) <= 2 or not all(label(part) in definition.parameters for part in parts):
        return None
    end = at + 1
    if end < len(items) and items[end].op == "group":
        body = items[end].args[0]
        given = tuple(label(part) for part in (body.args if body.op == "list" else (body,)))
        if given != definition.parameters:
            return None  # p_x(y): a function of another name
        end += 1
    target = Expr("symbol", (), name, item.span)
    return Expr("derivative", (target, *map(r, parts)), span=item.span), end


def _function(r, name: str):
    """The last definition of a name as a function before this place; f_x = ... behind it is no family of symbols f."""
    found = [definition for place, definition in r.scope.context.definitions
             if definition.name == name and definition.parameters and place <= r.scope.place]  # fmt: skip
    return found[-1] if found else None


def _in_front(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    """D f, D f(x), D^2 f(x), D^2 f(x)[h, k]."""
    item = items[at]
    twice = item.op == "sup" and label(item.args[1]) == "2"
    letter = item.args[0] if twice else item
    if letter.op != "symbol" or at + 1 >= len(items) or r.scope.known(letter.name):
        return None
    hessian = letter.name in HESSIAN_LETTERS and not twice and items[at + 1].op == "symbol"
    if letter.name not in DIFFERENTIATORS and not hessian:
        return None
    composed = composition(r, items[at + 1].args[0]) if items[at + 1].op == "group" else None
    if composed is not None and at + 2 < len(items) and group_of(items[at + 2]) is not None:  # D(f \\circ g)(x)
        args = r.arguments(group_of(items[at + 2]))
        kind = "hessian" if twice else "jacobian"
        return (of_composition(r, composed, args[0], kind, item.span), at + 3) if len(args) == 1 else None
    following = items[at + 1]
    turned = [following] if following.op == "sup" and label(following.args[1]) in TRANSPOSES else []
    name = r.function_name(following.args[0] if turned else following)
    if name is None and letter.name in SIGNS and not twice:
        return _of_expression(r, SIGNS[letter.name], items, at)
    if name is None or (hessian and r.scope.alias(name) is not None):
        return None
    kind, end = "hessian" if twice or hessian else "jacobian", at + 2
    group = group_of(items[end]) if end < len(items) and not turned else None
    if group is None:
        result = _alone(r, name, kind, item)
        return None if result is None else (resolve_scripts(r, result, turned), end)  # D F^T is (D F)^T
    args, end = r.arguments(group), end + 1
    result = at_arguments(r, name, args, kind, item.span)
    if result is None:
        return None
    result = resolve_scripts(r, result, scripts_of(items[end - 1]))  # D f(x)^T
    if twice and end < len(items) and items[end].op == "group" and items[end].name in ("[", "("):
        along = r.arguments(items[end])
        if len(along) == 2 and all(r.guess(each) == "vector" for each in along):
            first = Expr("transpose", (along[0],), span=item.span)
            return Expr("product", (first, result, along[1]), span=item.span), end + 1
    return result, end
