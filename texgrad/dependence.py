"""A chain in, what its symbols depend on out: as the note says, through definitions, or as the claim itself implies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from texgrad.claims import Chain
from texgrad.context import Scope
from texgrad.declared import LABELS
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.ops.indexing import LINES
from texgrad.ops.variables import origin as parameter
from texgrad.shapes import Typing
from texgrad.typography import letter

REARRANGED = frozenset(("symbol", "entry", "member", "transpose", "conjugate", "adjoint"))  # a lone symbol, in effect
_LONE = frozenset(("symbol", "entry", "member", "transpose", "vec"))  # what a differential names, if of one symbol
MAX_NAMES = 60
VARIABLES = frozenset("xyzXYZ")  # letters that vary where a note does not say so


def root(variable: Expr) -> str | None:
    """The name of the symbol that a variable is made of."""
    while variable.op not in ("symbol", "member", "call"):
        if not variable.args:
            return None
        variable = variable.args[0]
    return variable.name


def origin(scope: Scope, variable: Expr) -> str | None:
    """The name of the symbol that varies with a variable: X for x_i where that is a row of X."""
    name = root(variable)
    member = name is not None and any(part.op == "member" and part.name == name for part in variable.walk())
    line = scope.member_definition(name) if name is not None and member else None
    return line.body.args[0].name if line is not None and line.body.op in LINES else name


def pairs(chain: Chain, hidden: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """(numerator, variable) of every derivative of a lone symbol, also in the definitions that the chain leads to."""
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    stack = [member for member in chain.members if not isinstance(member, NoteError)]
    while stack:
        for part in stack.pop().walk():
            if part.op == "derivative" and part.args[0].op in REARRANGED:
                name = origin(chain.scope, part.args[0])
                variables = (origin(chain.scope, variable) for variable in part.args[1:])
                found.extend((name, variable) for variable in variables if variable and name)
            elif part.op in ("symbol", "member") and part.name not in seen and len(seen) < MAX_NAMES:
                seen.add(part.name)
                definition = chain.scope.definition(part.name) if part.name not in hidden else None
                if definition is not None:
                    stack.append(definition.body)
    return found


def implied(chain: Chain, hidden: frozenset[str] = frozenset()) -> dict[str, tuple[str, ...]]:
    """Symbols that a claim differentiates though nothing defines them: functions of what they are differentiated by.

    Where one variable lies upstream of another (z = W x + b, dL/dW and dL/dz), only the nearest ones are arguments.
    """
    scope = chain.scope
    wanted: dict[str, list[str]] = {}
    for name, variable in pairs(chain, hidden):
        if scope.is_independent(name, variable):
            continue
        if (scope.definition(name) is None or name in hidden) and name != variable:
            wanted.setdefault(name, [])
            if variable not in wanted[name]:
                wanted[name].append(variable)
    result: dict[str, tuple[str, ...]] = {}
    for name, variables in wanted.items():
        declared = scope.symbol(name).arguments
        if declared and all(v in declared or any(upstream(scope, wanted, v, d) for d in declared) for v in variables):
            result[name] = declared
            continue
        nearest = [v for v in variables if not any(upstream(scope, wanted, v, w) for w in variables if w != v)]
        result[name] = tuple(sorted(nearest))
    return result


def upstream(scope: Scope, wanted: Mapping[str, Sequence[str]], first: str, second: str, depth: int = 0,
             hidden: frozenset[str] = frozenset()) -> bool:  # fmt: skip
    """Whether the second symbol depends on the first; of those that are hidden it is known what is `wanted` of them."""
    if depth > 12:
        return False
    found = [scope.definition(second), scope.member_definition(second)]  # f(x), and its values f_i at a sample
    bodies = [definition.body for definition in found if definition is not None]
    if bodies and second not in hidden:
        names = {part.name for body in bodies for part in body.walk() if part.op in ("symbol", "member", "call")}
    else:
        names = {*wanted.get(second, ()), *scope.symbol(second).arguments}
    if first in names or names & {*scope.coordinates(first)}:
        return True
    return any(upstream(scope, wanted, first, name, depth + 1, hidden) for name in names if name != second)


def varied(chain: Chain, last: bool = False) -> tuple[str, ...]:
    """The symbols whose differentials a chain speaks of: those without a definition, else the defined ones."""
    names: list[str] = []
    for member in chain.members[-1:] if last else chain.members:
        if isinstance(member, NoteError):
            continue
        for part in member.walk():
            if part.op == "differential" and part.args[0].op in _LONE:
                name = origin(chain.scope, part.args[0])
                if name and name not in names:
                    names.append(name)
    implied_names = implied(chain)
    names = [name for name in names if name not in implied_names]
    free = [name for name in names if chain.scope.definition(name) is None]
    behind = [] if free else _behind(chain, names)
    if behind:
        free = [name for name in behind if name not in implied_names]
    elif not free:  # of defined symbols those that depend on none of the others
        free = [n for n in names if not any(upstream(chain.scope, {}, other, n) for other in names if other != n)]
    free = free or _differentiated(chain)
    return tuple(sorted({*free, *companions(chain, free)}))


def _behind(chain: Chain, names: Sequence[str]) -> list[str]:
    """The u of dq = d(u^T u) / (2 q): the differential of q, which is made of u, is one of u there."""
    wholes = [part for member in chain.members if isinstance(member, Expr) for part in member.walk()
              if part.op == "differential" and part.args[0].op not in _LONE]  # fmt: skip
    if {part.name for whole in wholes for part in whole.walk()} & set(names):
        return []
    inner = _differentiated(chain, compound=True)
    made = all(any(upstream(chain.scope, {}, each, name) for each in inner) for name in names)
    return inner if made else []


def _differentiated(chain: Chain, compound: bool = False) -> list[str]:
    """The symbols inside d(...) where no side has a differential of one symbol: what varies by its letter, else all."""
    found = [name for member in chain.members if isinstance(member, Expr) for part in member.walk()
             if part.op == "differential" and not (compound and part.args[0].op in _LONE)
             for name in chain.scope.leaves(part)]  # fmt: skip
    found = [name for name in found if not chain.scope.is_independent(name)]
    return [name for name in found if letter(name) in VARIABLES] or found


def companions(chain: Chain, names: Sequence[str]) -> list[str]:
    """What varies beside X in d(X Y): a symbol of the same kind whose letter is one of a variable, too."""
    scope = chain.scope
    kinds = {scope.symbol(name).kind for name in names if letter(name) in VARIABLES}
    found = []
    for member in chain.members:
        for part in member.walk() if isinstance(member, Expr) else ():
            if part.op != "differential":
                continue
            for name in scope.leaves(part.args[0]):
                symbol = scope.symbol(name)
                alike = letter(name) in VARIABLES and symbol.kind in kinds and not symbol.properties & LABELS
                if alike and name not in names and name not in found and not scope.is_independent(name):
                    found.append(name)
    return found


def _derivatives(chain: Chain, side: Expr, hidden: frozenset[str]) -> Iterator[Expr]:
    """The derivatives of lone symbols in an expression, and those that its symbols are the names of."""
    seen: set[str] = set()
    stack = [side]
    while stack:
        for part in stack.pop().walk():
            if part.op == "derivative" and part.args[0].op == "symbol":
                yield part
            elif part.op == "symbol" and part.name not in seen | hidden:
                seen.add(part.name)
                definition = chain.scope.definition(part.name)
                if definition is not None and definition.body.op == "derivative":
                    stack.append(definition.body)


def unreached(chain: Chain, member: Expr, hidden: frozenset[str] = frozenset()) -> list[str]:
    """Defined symbols that are differentiated by something that their definition does not lead to."""
    found, wanted = [], implied(chain, hidden) if hidden else {}
    for part in _derivatives(chain, member, hidden):
        target = part.args[0].name
        if chain.scope.definition(target) is None or target in hidden:
            continue
        names = [name for variable in part.args[1:] if (name := origin(chain.scope, variable)) and name != target]
        if any(not upstream(chain.scope, wanted, each, target, hidden=hidden)
               for each in (_beneath(chain.scope, name, target) for name in names)):  # fmt: skip
            found.append(target)
    return found


def _beneath(scope: Scope, name: str, target: str) -> str:
    """The s of a log-variance l = log s^2, where a cost is written in s and differentiated by l."""
    definition = scope.definition(name)
    beneath = parameter(definition.body) if definition is not None else None
    if beneath is None or upstream(scope, {}, name, target):
        return name
    return root(beneath) or name


def leaves(chain: Chain, typing: Typing, side: Expr) -> list[str]:
    """The symbols that a side is made of in a reading: through the definitions and dependences that it goes through."""
    found: list[str] = []
    stack, lines = [side], dict(typing.lines)
    while stack:
        part = stack.pop()
        stack += [lines.pop(each.name).body for each in part.walk() if each.name in lines]
        for name in chain.scope.leaves(part, hidden=typing.hidden):
            if name not in found:
                found.append(name)
                stack += [Expr("symbol", (), argument) for argument in typing.implied.get(name, ())]
    return found


def randomness(chain: Chain, hidden: frozenset[str] = frozenset()) -> frozenset[str]:
    """What the expectations of a chain are taken over: what they say, else the symbols that stand in them only."""
    said: set[str] = set()
    inside: set[str] = set()
    outside: set[str] = set()
    stack = [(member, outside) for member in chain.members if isinstance(member, Expr)]
    seen: set[tuple[str, bool]] = set()
    while stack:
        part, place = stack.pop()
        name = part.name
        if part.op == "expectation":
            said.update(name.split())
            stack.append((part.args[0], inside))
            stack.extend((given, outside) for given in part.args[1:])
            continue
        stack.extend((arg, place) for arg in part.args)
        if part.op == "derivative":
            outside.update(variable for arg in part.args[1:] if (variable := root(arg)))
        if part.op in ("symbol", "member") and (name, place is inside) not in seen:
            seen.add((name, place is inside))
            definition = chain.scope.definition(name) if name not in hidden else None
            if definition is None:
                place.add(name)
            else:
                stack.append((definition.body, place))
    return frozenset(said or inside - outside)
