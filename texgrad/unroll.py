"""A chain about step t of many in, the same chain about step 2 of 4 out: sums over all steps written term by term.

What goes on from step to step (h_t by h_{t-1}, a layer by the one below) is then defined from the first to the last,
and a cost of the last layer, or of all steps, is a function of each. Step 2 keeps its name t: h_1 is h_{t-1}, and the
last one, h_T, is h_{t+2}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from texgrad.claims import Chain, differentiated
from texgrad.context import Context, Scope
from texgrad.expr import Expr, number
from texgrad.layers import BRACKETS, LAST, SHIFT, level, script

HERE, END = 2, 4  # the step that t stands for, and the last one
LAYERS = frozenset(("l", "\\ell"))
ENDING = re.compile(r"(?P<core>[A-Z]_\{[a-z]\})(?P<step>[+-]\d+)?")  # the last step of a series has a letter below
MOVED = frozenset(("symbol", "call", "primed"))


@dataclass(frozen=True)
class Steps:
    """Which step each letter stands for; `core` counts the steps of a recursion."""

    scope: Scope
    core: str
    values: Mapping[str, int]
    names: frozenset[str] = frozenset()  # those of the claim

    def at(self, **values: int) -> Steps:
        return replace(self, values={**self.values, **values})

    def step(self, text: str) -> int | None:
        """The step that a script names: t, t-1, T, 0."""
        found = SHIFT.fullmatch(text) or ENDING.fullmatch(text)
        if text.isdigit():
            return int(text)
        if found is None or found["core"] not in self.values:
            return None
        return self.values[found["core"]] + int(found["step"] or 0)

    def named(self, name: str) -> str:
        """The name of a symbol of some step, counted from the step that t stands for."""
        for opener, closer in BRACKETS:
            found = script(name, opener, closer)
            step = self.step(found[1]) if found is not None else None
            if step is None or step > self.values[self.core] + END:
                continue
            usual = found[0] + opener + self.core + found[2]
            if found[1].isdigit() and not self.scope.known(usual):
                continue
            return found[0] + self._stepped((opener, found[2]), step)
        return name

    def _stepped(self, brackets: tuple[str, str], step: int) -> str:
        """The script of a step, counted from the one that t stands for: ^{[l+1]}."""
        off = step - HERE
        return brackets[0] + self.core + (f"{off:+d}" if off else "") + brackets[1]

    def __call__(self, expr: Expr) -> Expr:
        if expr.op in MOVED:
            if expr.op == "symbol" and expr.name in self.values and self.scope.is_size(expr.name):
                return number(self.values[expr.name], expr.span)
            return Expr(expr.op, tuple(map(self, expr.args)), self.named(expr.name), expr.span)
        if expr.op == "member" and len(expr.args) == 1:
            step = self.whole(expr.args[0])
            brackets = self._brackets(expr.name) if step is not None else None
            if brackets is not None:
                return Expr("symbol", (), expr.name + self._stepped(brackets, step), expr.span)
        if expr.op == "sum_over" and self._runs(expr):
            terms = tuple(self.at(**{expr.name: k})(expr.args[0]) for k in self._range(expr))
            return Expr("sum", terms, span=expr.span) if len(terms) > 1 else terms[0]
        return Expr(expr.op, tuple(map(self, expr.args)), expr.name, expr.span)

    def _brackets(self, name: str) -> tuple[str, str] | None:
        """How the note writes the steps of a symbol that a sum runs through: W^{[l]}, h_t."""
        here = {each: f"{name}{each[0]}{self.core}{each[1]}" for each in BRACKETS}
        written = [each for each, usual in here.items() if usual in self.names]
        known = [each for each in here if self.scope.known(here[each])]
        above = [each for each in written if each != BRACKETS[-1]]  # x_t names a member of a sum, however written
        return next(iter((*above, *known, *written)), None)

    def whole(self, expr: Expr) -> int | None:
        """The step that an index names: t, t - 1, 3."""
        if expr.op == "number" and expr.name.isdigit():
            return int(expr.name)
        if expr.op == "symbol":
            return self.values.get(expr.name)
        parts = [self.whole(arg.args[0] if arg.op == "neg" else arg) for arg in expr.args] if expr.op == "sum" else []
        if not parts or None in parts:
            return None
        return sum(-part if arg.op == "neg" else part for part, arg in zip(parts, expr.args, strict=True))

    def _runs(self, expr: Expr) -> bool:
        """Whether a sum is one over steps, with bounds that are steps."""
        if " " in expr.name:
            return False
        over = expr.name == self.core or any(
            part.op == "member" and self._brackets(part.name) is not None for part in expr.walk()
        )
        return over and bool(self._range(expr))

    def _range(self, expr: Expr) -> range:
        bounds = [bound for bound in expr.args[1:] if bound.op != "empty"]
        first, last = (1, END) if not bounds else (self.whole(bounds[0]), self.whole(bounds[-1]))
        if len(bounds) == 1 or first is None or last is None:
            return range(0)
        return range(first, min(last, self.values[self.core] + END) + 1)


def recursions(context: Context) -> Iterator[str]:
    """Letters that count steps: a definition leads from one step to its neighbour, or sums over all layers."""
    found: dict[str, None] = {}
    for _, definition in context.definitions:
        found.update((part.name, None) for part in definition.body.walk() if part.op == "sum_over"
                     and part.name in LAYERS and any(each.op == "member" for each in part.walk()))  # fmt: skip
        own = level(definition.name)
        if own is None or not own[0]:
            continue
        others = [level(part.name) for part in definition.body.walk() if part.op == "symbol"]
        if any(other is not None and other[0] == own[0] and abs(other[1] - own[1]) == 1 for other in others):
            found[own[0]] = None
    yield from found


def unrolled(chain: Chain) -> Chain | None:
    """The chain for one step of few, where a recursion leads through its symbols; None where none does."""
    names = _names(chain)
    if names is None:
        return None
    for core in recursions(chain.scope.context):
        if not any((found := level(name)) is not None and found[0] == core for name in names):
            continue
        numbers = [found[1] for name in names if (found := level(name)) is not None and not found[0]]
        general = any(
            part.op in MOVED and (found := level(part.name)) is not None and found[0] == core
            for member in chain.members if isinstance(member, Expr) for part in member.walk()
        )  # fmt: skip
        last = max(numbers) if numbers and max(numbers) >= HERE and not general else END
        scope = chain.scope.context.at(chain.place, chain.statement.members[0].span.source)
        values = {letter: last for letter in (*LAST, core.upper(), *_ends(chain, core))} | {core: HERE}
        steps = Steps(scope, core, values, frozenset(names))
        scope.unroll(steps, core, (-HERE, last - HERE))
        moved = [steps(member) if isinstance(member, Expr) else member for member in chain.members]
        scope.seek(differentiated(moved))
        return replace(chain, members=moved, scope=scope, written=chain.members, standing=steps)
    return None


def _ends(chain: Chain, core: str) -> set[str]:
    """What sums over steps run to under a letter with an index: T_x."""
    bodies = [*chain.members, *(definition.body for _, definition in chain.scope.context.definitions)]
    parts = (part for body in bodies if isinstance(body, Expr) for part in body.walk() if part.op == "sum_over")
    return {part.args[-1].name for part in parts if part.name == core and ENDING.fullmatch(part.args[-1].name)}


def _names(chain: Chain) -> set[str] | None:
    """The names in a chain and in the definitions that it leads to; None where those no longer hold.

    So it is where a later section has another o_t than the cost was made of: what depends on what is not known then.
    """
    found: set[str] = set()
    stack = [(member, 0) for member in chain.members if isinstance(member, Expr)]
    while stack:
        side, line = stack.pop()
        for part in side.walk():
            running = part.op == "member" and len(part.args) == 1 and part.args[0].op == "symbol"
            name = f"{part.name}_{{{part.args[0].name}}}" if running else part.name
            definition = chain.scope.definition(name) if running or part.op in MOVED else None
            if definition is not None and _replaced(chain, name, line, definition.line):
                return None
            if definition is not None and name not in found:
                stack.append((definition.body, definition.line))
            if running or part.op in MOVED:
                found.add(name)
    return found


def _replaced(chain: Chain, name: str, line: int, now: int) -> bool:
    """Whether a symbol had another definition in the line where it was put into something."""
    lines = [each.line for _, each in chain.scope.context.definitions if each.name == name]
    return bool(line) and now > line and any(each <= line for each in lines)
