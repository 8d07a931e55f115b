"""A chain and a choice of layout in, what numbers say of every link out: equal, different, or why neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import product as combinations

import numpy as np

from texgrad.claims import Chain
from texgrad.compare import NEGLIGIBLE, State, compare
from texgrad.conditions import Comparison, Condition, allows
from texgrad.dependence import implied, leaves, randomness, root, unreached, upstream, varied
from texgrad.errors import BeyondRange, IndexMismatch, NeedsContext, NoteError, ShapeMismatch, Unsupported
from texgrad.expr import Expr
from texgrad.layouts import Profile
from texgrad.numeric import Env, Model
from texgrad.ops import TABLE
from texgrad.regions import typed, within
from texgrad.sampling import MODES
from texgrad.shapes import Definition, Typing

DRAWS = 3
MORE_DRAWS = {"mixed": 9, "nowhere": 40}  # where the first draws do not agree among themselves, or none is finite
MAX_COMBINATIONS = 16
ZERO = "both sides are zero: neither depends on it"
LINES = frozenset(("row", "row_upright", "column"))



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
    lines: Mapping[str, Definition] = field(default_factory=dict)
    sizes: Mapping[str, str | int] = field(default_factory=dict)  # rows, by X^T columns: a letter or a number
    square: frozenset[str] = frozenset()


@dataclass
class Judgement:
    """What a trial gave: outcomes by link, the kinds of derivative that occur, the typing."""

    outcomes: dict[int, Outcome]
    used: frozenset[str]
    typing: Typing
    trial: Trial
    head_problem: NoteError | None = None
    vanishes: bool = False  # whether the head is zero everywhere

    def named(self, profile: Profile) -> Judgement:
        """The same under a profile that says what the trial left to the default."""
        self.typing.profile = profile
        return replace(self, trial=replace(self.trial, profile=profile))


def typing_of(chain: Chain, trial: Trial, make: type[Typing] = Typing) -> Typing:
    """Inference as a trial wants it, at its beginning."""
    typing = make(chain.scope, trial.profile, dict(trial.kinds), broadcast=trial.broadcast,
                  relaxed=trial.relaxed, hidden=trial.hidden, readings=trial.readings,
                  lines=trial.lines)  # fmt: skip
    depends = implied(chain, trial.hidden)
    typing.implied = {name: depends[name] for name in depends if name not in trial.lines}
    typing.implied |= dict.fromkeys(sorted(trial.constant), ())
    typing.random = randomness(chain, trial.hidden)
    for name, size in trial.sizes.items():
        with suppress(NoteError):  # what does not fit shows again where the members are typed
            typing.unifier.unify(typing.symbol(name.removesuffix("^T"))[name.endswith("^T")], size)
        typing.counted |= {size} if isinstance(size, str) else set()
    for _, name, number in chain.conditions:
        if number.isdigit():  # n = 1
            typing.unifier.bound[name] = int(number)
    for name in sorted(trial.square):
        with suppress(NoteError):
            typing.unifier.unify(*typing.symbol(name))
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
            if number == 0:
                _check_dependence(chain, typing, member)
            typing.infer(member)
        except NoteError as problem:
            problems[number] = problem
            typing.restore(saved)
            continue
        if not frozen:
            _sized(chain, typing)
            typing.freeze()
            frozen = True
        else:
            _fit(typing, members, problems, number)
    regions = typed(chain.regions, typing)
    values = [_values(chain, typing, trial, problems, 0, regions)]
    outcomes = {link.at: _outcome(chain, typing, link.at, problems, values) for link in chain.links}
    if thorough or not all(outcome.settled for outcome in outcomes.values()):
        values.append(_values(chain, typing, trial, problems, 1, regions))
        outcomes = {link.at: _outcome(chain, typing, link.at, problems, values) for link in chain.links}
    unclear = max((MORE_DRAWS.get(_unclear(outcome), 0) for outcome in outcomes.values()), default=0)
    if unclear:
        # instead of the first ones, of which one may be too near a pole
        values = [_values(chain, typing, trial, problems, seed, regions, unclear) for seed in (10, 11)]
        outcomes = {link.at: _outcome(chain, typing, link.at, problems, values) for link in chain.links}
    head = [value for each in values for value in each.get(0, ())]
    vanishes = bool(head) and all(np.abs(value).max() < NEGLIGIBLE for value in head)
    return Judgement(outcomes, frozenset(typing.used), typing, trial, problems.get(0), vanishes)


def _sized(chain: Chain, typing: Typing) -> None:
    """Let the sizes of G = dL/dY that the note states say what Y is made of: of these sizes the head is, too."""
    for name in stated_derivatives(chain):
        saved = typing.save()
        try:
            typing.symbol(name)
        except NoteError:
            typing.restore(saved)


def stated_derivatives(chain: Chain) -> list[str]:
    """The symbols of the later members that are matrices of derivatives, with sizes that the note states."""
    scope = chain.scope
    names = {part.name for member in chain.members[1:] if isinstance(member, Expr) for part in member.walk()
             if part.op == "symbol"}  # fmt: skip
    found = ((name, scope.definition(name)) for name in sorted(names))
    return [name for name, definition in found if definition is not None and definition.body.op == "derivative"
            and len(scope.symbol(name).dims or ()) == 2]  # fmt: skip


def _unclear(outcome: Outcome) -> str:
    """Why more points are needed: a logarithm of b - A x, say, has a value at few of them."""
    return "nowhere" if outcome.state == "unsupported" and not outcome.message else outcome.state


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
            regions: Sequence[Comparison], draws: int = DRAWS):  # fmt: skip
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
                values[number] = _all_points(typing, model, member, chain.conditions, draws > DRAWS, regions)
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


def _all_points(typing: Typing, model: Model, member: Expr, conditions: Sequence[Condition],
                careful: bool, regions: Sequence[Comparison]) -> list[np.ndarray]:  # fmt: skip
    """One array for each combination of the free indices; points near a kink (or, if careful, a pole) are NaN.

    So are those at the ends of a range where x_{i+1} is not there.
    """
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
    kinked = careful or any(TABLE[part.op].kinks for part in member.walk() if part.op in TABLE)
    beyond: BeyondRange | None = None
    for combo in combos:
        env = Env(model, indices=dict(zip(names, combo, strict=True)))
        try:
            value = env.evaluate(member)
        except BeyondRange as problem:
            beyond = problem
            value = env.constant(np.full(env.shape_of(member), np.nan))
        if kinked and np.isfinite(value).any():
            other = Env(model, indices=env.indices, step=env.step / 2).evaluate(member)
            scale = 1 + np.abs(value).max(axis=(1, 2), keepdims=True)
            value = np.where(np.abs(value - other).max(axis=(1, 2), keepdims=True) > 1e-6 * scale, np.nan, value)
        value = within(value, env, regions)
        results.append(np.broadcast_to(value, (model.draws, *value.shape[1:])))
    if beyond is not None and not any(np.isfinite(value).any() for value in results):
        raise beyond
    return results


def _outcome(chain: Chain, typing: Typing, at: int, problems: Mapping[int, NoteError], values) -> Outcome:
    before = at - 1
    while before > 0 and before in problems:
        before -= 1
    if at in problems:
        problem = problems[at]
        if all(number in problems for number in range(at)):  # nothing to hold it against: the note is misread
            return Outcome("unsupported", None, problems[0].message, problems[0].span, code=problems[0].code)
        state = "shape" if type(problem) in (ShapeMismatch, IndexMismatch) and before not in problems else "unsupported"
        return Outcome(state, None, problem.message, problem.span, code=problem.code)
    if before in problems:
        problem = problems[before]
        return Outcome("unsupported", None, problem.message, problem.span, code=problem.code)
    state, size, shapes = compare(values, before, at)
    if state == "zero":
        said = any(map(is_zero, chain.members[: at + 1]))  # 0 = d(X X^{-1}) = ...
        state, message = ("equal", "") if said else ("unsupported", ZERO)
    else:
        message = ""
    head = None
    if before != 0 and 0 not in problems and not _defines(chain, at):
        head = compare(values, 0, at)[0]
    return Outcome(state, head, message, None, size, shapes)


def _defines(chain: Chain, at: int) -> bool:
    """Whether a later member is what the head stands for: P = E[e e^T] = A P_0 A^T says of the head nothing more."""
    head = chain.members[0]
    definition = chain.scope.definition(head.name) if chain.defines and head.op == "symbol" else None
    return definition is not None and at > 1 and definition.body == chain.members[at]


def is_zero(member: Expr | NoteError) -> bool:
    """Whether a side says that it is zero: 0, 2 0, -0."""
    return isinstance(member, Expr) and any(
        part.op == "zeros" or (part.op == "number" and float(part.name) == 0) for part in member.walk()
    )


def _check_dependence(chain: Chain, typing: Typing, head: Expr) -> None:
    """What is differentiated speaks of the variable, or the claim is that the derivative is zero."""
    if head.op != "derivative" or any(isinstance(m, Expr) and is_zero(m) for m in chain.members[1:]):
        return
    names = {part.name for part in head.args[0].walk() if part.op in ("symbol", "member", "call", "primed")}
    names.update(leaves(chain, typing, head.args[0]))
    for variable in head.args[1:]:
        name = root(variable)
        if name is None or chain.scope.definition(name) or typing.member_definition(name):
            continue
        reached = (upstream(chain.scope, typing.implied, name, each, hidden=typing.hidden) for each in names)
        if name not in {each.split(" ")[0] for each in names} and not any(reached):
            raise NeedsContext(f"how the left side depends on {name} is not said", head.span)


def _check_reach(chain: Chain, typing: Typing, member: Expr) -> None:
    """How a symbol depends on what it is differentiated by must be said."""
    missing = [name for name in unreached(chain, member, typing.hidden) if name not in typing.lines]
    if missing:
        raise NeedsContext(f"how {missing[0]} depends on the variable is not said", member.span)
