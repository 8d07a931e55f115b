"""A chain and a choice of layout in, what numbers say of every link out: equal, different, or why neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product as combinations

import numpy as np

from texgrad.claims import Chain
from texgrad.compare import State, compare
from texgrad.conditions import Condition, allows
from texgrad.context import Scope
from texgrad.errors import NeedsContext, NoteError, ShapeMismatch, Unsupported
from texgrad.expr import Expr
from texgrad.layouts import Profile
from texgrad.numeric import Env, Model
from texgrad.ops import TABLE
from texgrad.sampling import MODES
from texgrad.shapes import Typing
from texgrad.typography import letter

DRAWS = 3
MORE_DRAWS = 9  # where the first draws do not agree among themselves
MAX_COMBINATIONS = 16
REARRANGED = frozenset(("symbol", "entry", "member", "transpose", "conjugate", "adjoint"))  # a lone symbol, in effect
MAX_NAMES = 60
ZERO = "both sides are zero: neither depends on it"
LINES = frozenset(("row", "row_upright", "column"))

VARIABLES = frozenset("xyzXYZ")  # letters that vary where a note does not say so


@dataclass(frozen=True)
class Outcome:
    """Of one link: how it compares with the member before and with the head."""

    state: State
    against_head: State | None = None
    message: str = ""
    span: object = None
    discrepancy: float | None = None
    shapes: tuple[str, str] = ("", "")
    code: str | None = None

    @property
    def settled(self) -> bool:
        """Whether the link does not hold, or cannot be evaluated, whatever the sizes."""
        return self.against_head != "equal" and (self.state in ("differs", "shape") or bool(self.message))


@dataclass
class Trial:
    """One attempt at a chain: a layout, kinds for the symbols that are in doubt, hypotheses added on trial."""

    profile: Profile
    kinds: Mapping[str, str] = field(default_factory=dict)
    hypotheses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    broadcast: bool = False
    structured: bool = False
    relaxed: bool = False
    hidden: frozenset[str] = frozenset()
    constant: frozenset[str] = frozenset()
    readings: Mapping[str, str] = field(default_factory=dict)
    varied: tuple[str, ...] = ()
    unconstrained: bool = False
    sizes: Mapping[str, str] = field(default_factory=dict)  # a square matrix and the letter that its size has


@dataclass
class Judgement:
    """What a trial gave: outcomes by link, the kinds of derivative that occur, the typing."""

    outcomes: dict[int, Outcome]
    used: frozenset[str]
    typing: Typing
    trial: Trial
    head_problem: NoteError | None = None


def typing_of(chain: Chain, trial: Trial, make: type[Typing] = Typing) -> Typing:
    """Inference as a trial wants it, at its beginning."""
    typing = make(chain.scope, trial.profile, dict(trial.kinds), broadcast=trial.broadcast,
                  relaxed=trial.relaxed, hidden=trial.hidden, readings=trial.readings)  # fmt: skip
    typing.implied = implied(chain, trial.hidden)
    for name, size in trial.sizes.items():
        typing.unifier.unify(typing.symbol(name)[0], size)
        typing.counted.add(size)
    typing.varied = tuple(name for name in trial.varied or varied(chain) if name not in trial.constant)
    return typing


def judge(chain: Chain, trial: Trial, thorough: bool = False) -> Judgement:
    """Type the members, the head first, and compare their values at random points.

    Where no link holds for the first choice of sizes, only a thorough judgement looks at others.
    """
    typing = typing_of(chain, trial)
    members = chain.members
    problems: dict[int, NoteError] = {}
    frozen = False
    for number, member in enumerate(members):
        if isinstance(member, NoteError):
            problems[number] = member
            continue
        saved = typing.save()
        try:
            _check_reach(chain, typing, member)
            typing.infer(member)
        except NoteError as problem:
            problems[number] = problem
            typing.restore(saved)
            continue
        if not frozen:
            typing.freeze()
            frozen = True
        else:
            _fit(typing, members, problems, number)
    values = [_values(chain, typing, trial, problems, 0)]
    outcomes = {link.at: _outcome(chain, typing, link.at, problems, values) for link in chain.links}
    if thorough or not all(outcome.settled for outcome in outcomes.values()):
        values.append(_values(chain, typing, trial, problems, 1))
        outcomes = {link.at: _outcome(chain, typing, link.at, problems, values) for link in chain.links}
    if any(outcome.state == "mixed" for outcome in outcomes.values()):
        values += [_values(chain, typing, trial, problems, seed, MORE_DRAWS) for seed in (10, 11)]
        outcomes = {link.at: _outcome(chain, typing, link.at, problems, values) for link in chain.links}
    head_problem = problems.get(0)
    return Judgement(outcomes, frozenset(typing.used), typing, trial, head_problem)


def _fit(typing: Typing, members: Sequence, problems: Mapping[int, NoteError], number: int) -> None:
    """Let the sizes that a member leaves open (I, 0, a symbol of its own) follow from what it is equal to."""
    for before in range(number - 1, -1, -1):
        if before in problems or isinstance(members[before], NoteError):
            continue
        saved = dict(typing.unifier.bound)
        try:
            typing.unifier.same(typing.shapes[id(members[before])], typing.shapes[id(members[number])])
            return
        except ShapeMismatch:
            typing.unifier.bound = saved


def _values(chain: Chain, typing: Typing, trial: Trial, problems: dict[int, NoteError], seed: int,
            draws: int = DRAWS):  # fmt: skip
    """Values of every member for each combination of the free indices, in the first mode that is finite."""
    best: dict[int, list[np.ndarray]] = {}
    for mode in MODES:
        model = Model(typing, {}, f"{chain.statement.members[0].span.text}|{seed}", draws, mode,
                      dict(trial.hypotheses), trial.structured, trial.unconstrained, work=chain.work)  # fmt: skip
        values: dict[int, list[np.ndarray]] = {}
        for number, member in enumerate(chain.members):
            if number in problems or isinstance(member, NoteError):
                continue
            try:
                values[number] = _all_points(typing, model, member, chain.conditions)
            except ShapeMismatch as problem:
                problems[number] = problem
            except Unsupported as problem:
                problems[number] = problem
        finite = all(np.isfinite(np.concatenate([v.ravel() for v in value])).mean() > 0.6
                     for value in values.values() if value)  # fmt: skip
        if finite or not best:
            best = values
        if finite:
            break
    return best


def _all_points(typing: Typing, model: Model, member: Expr, conditions: Sequence[Condition]) -> list[np.ndarray]:
    names = list(typing.free)
    sizes = [range(min(model.size(typing.ranges[name]), 4)) for name in names]
    combos = [
        combo for combo in combinations(*sizes)
        if all(allows(condition, dict(zip(names, combo, strict=True))) for condition in conditions)
    ]  # fmt: skip
    if len(combos) > MAX_COMBINATIONS:
        step = len(combos) / MAX_COMBINATIONS
        combos = [combos[int(k * step)] for k in range(MAX_COMBINATIONS)]
    results: list[np.ndarray] = []
    kinked = any(TABLE[part.op].kinks for part in member.walk() if part.op in TABLE)
    for combo in combos:
        env = Env(model, indices=dict(zip(names, combo, strict=True)))
        value = env.evaluate(member)
        if kinked:
            other = Env(model, indices=env.indices, step=env.step / 2).evaluate(member)
            scale = 1 + np.abs(value).max(axis=(1, 2), keepdims=True)
            value = np.where(np.abs(value - other).max(axis=(1, 2), keepdims=True) > 1e-6 * scale, np.nan, value)
        results.append(np.broadcast_to(value, (model.draws, *value.shape[1:])))
    return results


def _outcome(chain: Chain, typing: Typing, at: int, problems: Mapping[int, NoteError], values) -> Outcome:
    before = at - 1
    while before > 0 and before in problems:
        before -= 1
    if at in problems:
        problem = problems[at]
        if all(number in problems for number in range(at)):  # nothing to hold it against: the note is misread
            return Outcome("unsupported", None, problems[0].message, problems[0].span, code=problems[0].code)
        state = "shape" if type(problem) is ShapeMismatch and before not in problems else "unsupported"
        return Outcome(state, None, problem.message, problem.span, code=problem.code)
    if before in problems:
        problem = problems[before]
        return Outcome("unsupported", None, problem.message, problem.span, code=problem.code)
    state, size, shapes = compare(values, before, at)
    if state == "zero":
        said = _is_zero(chain.members[before]) or _is_zero(chain.members[at])
        state, message = ("equal", "") if said else ("unsupported", ZERO)
    else:
        message = ""
    head = None
    if before != 0 and 0 not in problems:
        head = compare(values, 0, at)[0]
    return Outcome(state, head, message, None, size, shapes)


def _is_zero(member: Expr | NoteError) -> bool:
    """Whether a side says that it is zero: 0, 2 0, -0."""
    return isinstance(member, Expr) and any(
        part.op == "zeros" or (part.op == "number" and float(part.name) == 0) for part in member.walk()
    )


# -- what depends on what ----------------------------------------------------------------------------------------------


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


def pairs(chain: Chain) -> list[tuple[str, str]]:
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
                definition = chain.scope.definition(part.name)
                if definition is not None:
                    stack.append(definition.body)
    return found


def implied(chain: Chain, hidden: frozenset[str] = frozenset()) -> dict[str, tuple[str, ...]]:
    """Symbols that a claim differentiates though nothing defines them: functions of what they are differentiated by.

    Where one variable lies upstream of another (z = W x + b, dL/dW and dL/dz), only the nearest ones are arguments.
    """
    scope = chain.scope
    wanted: dict[str, list[str]] = {}
    for name, variable in pairs(chain):
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
    definition = scope.definition(second) or scope.member_definition(second)
    if definition is not None and second not in hidden:
        names = {part.name for part in definition.body.walk() if part.op in ("symbol", "member", "call")}
    else:
        names = {*wanted.get(second, ()), *scope.symbol(second).arguments}
    return first in names or any(
        upstream(scope, wanted, first, name, depth + 1, hidden) for name in names if name != second
    )


def varied(chain: Chain, last: bool = False) -> tuple[str, ...]:
    """The symbols whose differentials a chain speaks of: those without a definition, else the defined ones."""
    names: list[str] = []
    for member in chain.members[-1:] if last else chain.members:
        if isinstance(member, NoteError):
            continue
        for part in member.walk():
            if part.op == "differential" and part.args[0].op in ("symbol", "entry", "member", "transpose", "vec"):
                name = origin(chain.scope, part.args[0])
                if name and name not in names:
                    names.append(name)
    implied_names = implied(chain)
    names = [name for name in names if name not in implied_names]
    free = [name for name in names if chain.scope.definition(name) is None]
    if not free:  # of defined symbols those that depend on none of the others
        free = [n for n in names if not any(upstream(chain.scope, {}, other, n) for other in names if other != n)]
    free = free or _differentiated(chain)
    return tuple(sorted({*free, *companions(chain, free)}))


def _differentiated(chain: Chain) -> list[str]:
    """The symbols inside d(...) where no side has a differential of one symbol: what varies by its letter, else all."""
    found = [name for member in chain.members if isinstance(member, Expr) for part in member.walk()
             if part.op == "differential" for name in chain.scope.leaves(part)]  # fmt: skip
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
                alike = letter(name) in VARIABLES and scope.symbol(name).kind in kinds
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
        if any(not upstream(chain.scope, wanted, name, target, hidden=hidden) for name in names):
            found.append(target)
    return found


def leaves(chain: Chain, typing: Typing, side: Expr) -> list[str]:
    """The symbols that a side is made of in a reading: through the definitions and dependences that it goes through."""
    found: list[str] = []
    stack = [side]
    while stack:
        for name in chain.scope.leaves(stack.pop(), hidden=typing.hidden):
            if name not in found:
                found.append(name)
                stack += [Expr("symbol", (), argument) for argument in typing.implied.get(name, ())]
    return found


def _check_reach(chain: Chain, typing: Typing, member: Expr) -> None:
    """How a symbol depends on what it is differentiated by must be said."""
    missing = unreached(chain, member, typing.hidden)
    if missing:
        raise NeedsContext(f"how {missing[0]} depends on the variable is not said", member.span)
