"""Names of layers and steps: how W^{(l)} goes over into W^{(l+1)}, h_t into h_{t-1}, and formulas with them."""

from __future__ import annotations

import re

from texgrad.expr import Expr

SHIFT = re.compile(r"(?P<core>[a-zA-Z]|\\[a-zA-Z]+)(?P<step>[+-]\d+)?")
LAST = frozenset("LNTKMH")  # what the last layer or step is called, whatever letter runs
STEPPED = frozenset(("t", "l", "\\ell", "k", "\\tau"))  # letters that count steps where they are subscripts
BRACKETS = (("^{(", ")}"), ("^{[", "]}"), ("^{\\langle ", "\\rangle}"), ("^{", "}"), ("_{", "}"))


def script(name: str, opener: str, closer: str) -> tuple[str, str, str] | None:
    """(before, inside, behind) of the last script of a name with these brackets."""
    start = name.rfind(opener)
    if start < 0:
        return None
    end = name.find(closer, start)
    return (name[:start], name[start + len(opener) : end], name[end:]) if end > 0 else None


def level(name: str) -> tuple[str, int] | None:
    """The layer that a name speaks of: ("l", -1) for a^{(l-1)}, ("", 2) for W^{[2]}."""
    for opener, closer in BRACKETS:
        found = script(name, opener, closer)
        if found is None:
            continue
        if found[1].isdigit():
            return "", int(found[1])
        match = SHIFT.fullmatch(found[1])
        if match:
            return match["core"], int(match["step"] or 0)
    return None


def shift_between(pattern: str, name: str) -> tuple[str, str] | None:
    """How a layer's name goes over into another's: W^{(l)}, W^{(l+1)} is ("l", "l+1"); None where they differ more."""
    if pattern == name:
        return None
    for opener, closer in BRACKETS:
        a, b = script(pattern, opener, closer), script(name, opener, closer)
        if a is None or b is None or a[0] != b[0] or a[2] != b[2]:
            continue
        found = SHIFT.fullmatch(a[1])
        if found is None or found["step"] or a[1] == b[1]:
            continue
        if opener == "_{" and b[1].isdigit():
            continue
        other = SHIFT.fullmatch(b[1])
        if (other is not None and other["core"] in (found["core"], a[1].upper(), *LAST)) or b[1].isdigit():
            return a[1], b[1]
    return None


def number_of(pattern: str, name: str) -> tuple[str, str] | None:
    """("i", "2") where a symbol G_2 is one of the G_i; None where it is none of them."""
    found, other = script(pattern, "_{", "}"), script(name, "_{", "}")
    if found is None or other is None or (found[0], found[2]) != (other[0], other[2]):
        return None
    return (found[1], other[1]) if SHIFT.fullmatch(found[1]) and found[1].isalpha() and other[1].isdigit() else None


def layer_of(pattern: str, name: str) -> tuple[str, str] | None:
    """("l", "2") where a symbol W_2 is that of a layer or step, for a W_l."""
    found = number_of(pattern, name)
    return found if found is not None and found[0] in STEPPED else None


def shift_text(text: str, old: str, new: str) -> str:
    """n_{l-1} under l -> l+1 is n_{l}."""

    def replaced(found: re.Match[str]) -> str:
        step = int(found["step"] or 0)
        if new.isdigit():
            return str(int(new) + step)
        target = SHIFT.fullmatch(new)
        total = step + int(target["step"] or 0)
        return target["core"] + (f"{total:+d}" if total else "")

    inside = re.compile(rf"(?<=[\[({{, ])(?P<core>{re.escape(old)})(?P<step>[+-]\d+)?(?=[\])}},]|\\rangle)")
    return inside.sub(replaced, text) if text != old else new


def shift(expr: Expr, old: str, new: str) -> Expr:
    """An expression with a layer index moved on: every symbol's name, every part new."""
    name = shift_text(expr.name, old, new) if expr.op in ("symbol", "member", "call", "primed") else expr.name
    return Expr(expr.op, tuple(shift(arg, old, new) for arg in expr.args), name, expr.span)


def layerless(name: str) -> str:
    """The name without its layer or step: a for a^{(l-1)}, h for h_{t}."""
    for opener, closer in BRACKETS:
        found = script(name, opener, closer)
        if found is not None and ((found[1].isdigit() and opener != "_{") or SHIFT.fullmatch(found[1])):
            return found[0] + found[2][len(closer) :]
    return name


def neighbours(name: str) -> list[str]:
    """The names of the same symbol one layer or step on and back: W^{(l+1)} and W^{(l-1)} of W^{(l)}."""
    for opener, closer in BRACKETS:
        found = script(name, opener, closer)
        match = SHIFT.fullmatch(found[1]) if found is not None else None
        if match is not None and (match["step"] or opener != "_{" or match["core"] in STEPPED):
            step = int(match["step"] or 0)
            steps = (step + 1, step - 1)
            return [found[0] + opener + match["core"] + (f"{each:+d}" if each else "") + found[2] for each in steps]
    return []


def speed(name: str) -> str:
    """\\dot{x} for x, \\dot{W}_{1} for W_{1}."""
    stem, mark, number = name.partition("_{")
    return f"\\dot{{{stem}}}{mark}{number}"
