"""Matrices and densities known by their looks: J^{ij}, K_{mn}, [x]_\\times, \\mathcal N_s(m, \\Sigma), \\Gamma(a)."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.notation.names import label
from texgrad.scripts import index_parts, resolve_scripts

ORDER = 6
SINGLE_ENTRIES = frozenset(("J", "\\mathbf{J}", "E", "\\mathbf{E}"))
SPECIAL = {"\\Gamma": "gamma_function", "\\operatorname{\\Gamma}": "gamma_function", "B": "beta_function",
           "\\mathrm{B}": "beta_function", "\\operatorname{B}": "beta_function"}  # fmt: skip
ARGUMENTS = {"gamma_function": 1, "digamma": 1, "beta_function": 2}
STACKING = {"commutation": ("commutation", 2), "duplication": ("duplication", 1), "elimination": ("elimination", 1)}


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item, scripts = items[at], []
    while item.op in ("sup", "sub", "prime"):
        for reader in (_single_entry, _stacking, _skew, _without):
            found = reader(r, item)
            if found is not None:
                return resolve_scripts(r, found, scripts[::-1]), at + 1
        scripts.append(item)
        item = item.args[0]
    found = _stacking(r, item)
    if found is not None:
        return resolve_scripts(r, found, scripts[::-1]), at + 1
    item = items[at]
    if item.op == "group" and item.name == "\\{" and len(items) == 1:
        found = _set(r, item)
        return (found, 1) if found is not None else None
    if at + 1 < len(items) and items[at + 1].op == "group" and items[at + 1].name in ("(", "["):
        found = _gaussian(r, item, items[at + 1]) or _special(r, item, items[at + 1])
        if found is not None:
            return found, at + 2
    return None


def _single_entry(r, item: Expr) -> Expr | None:
    """J^{ij}, all zeros but a one at (i, j): two letters as a superscript are no power."""
    if item.op != "sup" or item.args[0].op != "symbol":
        return None
    name, script = item.args[0].name, item.args[1]
    if name not in r.scope.all_conventions("single-entry") and (name not in SINGLE_ENTRIES or r.scope.known(name)):
        return None
    parts = index_parts(script)
    if len(parts) != 2 or any(part.op not in ("symbol", "number") for part in parts):
        return None
    return Expr("single_entry", tuple(map(r, parts)), span=item.span)


def _stacking(r, item: Expr) -> Expr | None:
    """K_{mn}, D_n where the note says what they are; the size may be left out."""
    base = item.args[0] if item.op == "sub" else item
    if base.op != "symbol":
        return None
    for convention, (op, count) in STACKING.items():
        said = r.scope.all_conventions(convention)
        sized = item.op == "sub" or op == "commutation"  # beside a D_n a lone D is nothing of the kind
        if base.name in said or (sized and any(value.startswith(base.name + "_{") for value in said)):
            sizes = index_parts(item.args[1]) if item.op == "sub" else []
            return Expr(op, tuple(map(r, sizes)) if len(sizes) in (1, count) else (), span=item.span)
    return None


def _set(r, item: Expr) -> Expr | None:
    """{eig(A)}, the set of the eigenvalues: the same numbers in any order."""
    body = item.args[0]
    if body.op == "list" or not any(part.op == "function" and part.name == "eigenvalues" for part in body.walk()):
        return None
    return Expr("in_order", (r(body),), span=item.span)


def _without(r, item: Expr) -> Expr | None:
    """[A]_{ij} where the note says that row i and column j are left out."""
    if item.op != "sub" or item.args[0].name != "[" or not r.scope.all_conventions("submatrix"):
        return None
    parts = index_parts(item.args[1])
    if len(parts) != 2:
        return None
    return Expr("without", (r(item.args[0].args[0]), *map(r, parts)), span=item.span)


def _skew(r, item: Expr) -> Expr | None:
    """[x]_\\times, x^\\wedge, x^\\times."""
    if item.op not in ("sub", "sup") or label(item.args[1]) not in ("\\times", "\\wedge"):
        return None
    base = item.args[0].args[0] if item.args[0].op == "group" else item.args[0]
    return Expr("skew", (r(base),), span=item.span)


def _gaussian(r, item: Expr, group: Expr) -> Expr | None:
    """\\mathcal N_s(\\mu, \\Sigma), the density at s, where the note does not define it in another way."""
    if item.op != "sub" or item.args[0].name not in ("\\mathcal{N}", "N", "\\operatorname{N}"):
        return None
    parts = group.args[0].args if group.args[0].op == "list" else ()
    if len(parts) != 2 or r.scope.known(item.args[0].name) or r.scope.is_defined(label(item)):
        return None
    return Expr("gaussian", (r(item.args[1]), *map(r, parts)), span=item.span)


def _special(r, item: Expr, group: Expr) -> Expr | None:
    """\\Gamma(a), B(a, b), of scalars, where the letter is nothing else."""
    op = SPECIAL.get(item.name) if item.op == "symbol" else None
    if op is None and item.name == "\\psi" and "\\Gamma" in r.scope.usage.names:
        op = "digamma"
    if op is None or r.scope.known(item.name) or r.scope.usage.transposed.get(item.name):
        return None
    arguments = r.arguments(group)
    if len(arguments) != ARGUMENTS[op] or any(r.guess(argument) != "scalar" for argument in arguments):
        return None
    return Expr(op, tuple(arguments), span=item.span.to(group.span) if item.span and group.span else item.span)
