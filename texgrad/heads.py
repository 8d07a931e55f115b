"""The left side of a definition in, what it defines out: name, parameters and indices of z, f(x), p_i, W^{(l)}."""

from __future__ import annotations

from dataclasses import replace

from texgrad.context import Scope
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.forms.covariance import head as covariance_head
from texgrad.forms.densities import density
from texgrad.forms.words import NAMES
from texgrad.notation.names import label
from texgrad.resolve import Resolver
from texgrad.scripts import TRANSPOSES

CALCULUS = frozenset(("derivative", "differential", "directional", "primed"))


def head_of(surface: Expr, scope: Scope) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """(name, parameters, indices) where an expression is what a definition defines: z, f(x), p_i, W^{(l)}."""
    parameters: tuple[str, ...] = ()
    surface = surface if logarithm(surface) is None else logarithm(surface)
    surface = _with_letter_d(surface)
    if surface.op == "function" and surface.name in NAMES:
        surface = replace(surface, op="symbol", name=NAMES[surface.name])  # KL = ...
    if (spread := covariance_head(surface, scope)) is not None:
        return (spread, (), ()) if spread else None
    given = density(*surface.args) if surface.op == "term" and len(surface.args) == 2 else None
    if given is not None:
        plain = all(arg.op == "symbol" for arg in given.args)
        return (given.name, tuple(map(label, given.args)), ()) if plain else (given.exact, (), ())
    if surface.op == "term" and surface.args[0].name != "d" and is_calculus(resolved(surface, scope)):
        return None  # J_F(x), grad f(x): a derivative, not a new symbol
    if surface.op == "term" and len(surface.args) == 2 and surface.args[1].op == "group":
        group = surface.args[1]
        if group.name not in ("(", "["):
            return None
        body = group.args[0]
        if body.name == "\\|":  # D(p \\| q) of two densities is a number
            return head_of(surface.args[0], scope)
        parts = [p for part in (body.args if body.op == "list" else (body,)) for p in
                 (part.args if part.op == "list" else (part,))]  # fmt: skip
        parts = [_with_letter_d(part) for part in parts]
        twins = [part for part in parts if part.op == "prime" and part.args[0] in parts]  # k(x, x')
        if not all(part.op in ("symbol", "sub", "sup") or part in twins for part in parts):
            return None
        # a function of \sigma^2 is one of \sigma
        parameters = tuple(
            label(part.args[0] if part.op == "sup" and part.args[1].op == "number" else part) for part in parts
        )
        surface = surface.args[0]
    if surface.op not in ("symbol", "sub", "sup", "prime"):
        return None
    return _named_head(surface, parameters, scope)


def _with_letter_d(surface: Expr) -> Expr:
    """d(x, y), d_M, d_i^2 as heads: a letter d, no sign of a differential."""
    if surface.op in ("term", "sub", "sup"):
        return replace(surface, args=(_with_letter_d(surface.args[0]), *surface.args[1:]))
    return replace(surface, op="symbol") if surface.op == "dsign" and surface.name == "d" else surface


def resolved(surface: Expr, scope: Scope) -> Expr | NoteError:
    try:
        return Resolver(scope)(surface)
    except NoteError as problem:
        return problem


def logarithm(surface: Expr) -> Expr | None:
    """The head L of \\ln L(b) = ..., which defines L as an exponential; None for other heads."""
    if surface.op != "term" or surface.args[0].op != "function" or surface.args[0].name != "log":
        return None
    rest = surface.args[1:]
    return replace(surface, args=rest) if len(rest) > 1 else rest[0]


def _named_head(surface: Expr, parameters: tuple[str, ...], scope: Scope):
    base = surface
    while base.op in ("sub", "sup", "prime"):
        if base.op == "sup" and label(base.args[1]) in TRANSPOSES | {"-1"}:
            return None
        base = base.args[0]
    if base.op != "symbol":
        return None
    if surface is base and surface.name in ("\\pi", "e"):  # a letter of a constant that the note uses for its own
        return surface.name, parameters, ()
    if parameters and surface.op == "sub" and scope.is_size(base.name):
        return label(surface), parameters, ()  # the model m_k(d) beside m samples
    try:
        resolved = Resolver(scope)(surface)
    except NoteError:
        return None
    of_point = bool(parameters) and surface is base and resolved.op == "call"  # F alone is F(x) elsewhere
    if resolved.op == "symbol" or of_point:
        return resolved.name, parameters, ()
    indices = tuple(arg.name for arg in resolved.args[1:] if arg.op == "symbol")
    if resolved.op == "entry" and resolved.args[0].op in ("symbol", "pi") and len(indices) == len(resolved.args) - 1:
        # \\pi_i = ...: the letter, no entry of a number
        return base.name if resolved.args[0].op == "pi" else resolved.args[0].name, parameters, indices
    if resolved.op in ("member", "unit_vector"):  # e_i = q^T k_i: a score, no unit vector
        indices = tuple(arg.name for arg in resolved.args if arg.op == "symbol")
        return (resolved.name or base.name, parameters, indices) if len(indices) == len(resolved.args) else None
    if resolved.op == "power" and surface.op == "sup" and surface.args[0].op == "symbol":
        return label(surface), parameters, ()
    return None


def is_calculus(member: Expr | NoteError) -> bool:
    return isinstance(member, Expr) and any(part.op in CALCULUS for part in member.walk())
