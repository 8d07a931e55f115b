"""The left side of a link, typed and evaluated once; candidates for the right side in, whether they fit it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product as combinations

import numpy as np

from texgrad.claims import Chain, Link
from texgrad.compare import SOLID, TOLERANCE
from texgrad.conditions import Comparison, allows
from texgrad.dims import Shape
from texgrad.errors import BeyondRange, NoteError, ShapeMismatch
from texgrad.expr import Expr
from texgrad.judge import DRAWS, MORE_DRAWS, Trial, judge, typing_of
from texgrad.numeric import Env, Model
from texgrad.otherwise import read_as
from texgrad.regions import typed, within
from texgrad.sampling import MODES
from texgrad.shapes import Typing

MAX_POINTS = 4
FEWEST = 2  # numbers that say something
ROUNDED = 1e-5  # of numerical second derivatives where a function is steep
STEEP = 1e3  # beyond, a point may be too near a pole for numerical derivatives
# What takes its size from its place, so that the same part may have another value in another candidate.
SIZED = frozenset(("identity", "ones", "ones_matrix", "zeros", "unit_vector", "single_entry"))
BINDING = SIZED | frozenset(
    ("entry", "row", "row_upright", "column", "member", "delta", "sequence", "grid", "sum_over", "product_over", "at")
)
SIMPLE = frozenset(Fraction(sign * top, below) for sign in (1, -1) for top in (1, 2, 3, 4, 6) for below in (1, 2, 3, 4))


class _Typing(Typing):
    """Inference that goes through a part that many candidates share only once."""

    def infer(self, expr: Expr) -> Shape:
        known = self.shapes.get(id(expr))
        if known is not None and not _has(expr, BINDING, self.plans):
            return known
        return super().infer(expr)


class _Env(Env):
    """Evaluation that goes through a part that many candidates share only once."""

    def evaluate(self, expr: Expr) -> np.ndarray:
        key = id(expr)
        if key not in self.memo:
            value = super().evaluate(expr)
            self.typing.keep.append(expr)  # what is known by identity must not outlive it
            if _has(expr, SIZED, self.typing.plans):
                return value
            self.memo[key] = value
        return self.memo[key]


def _has(expr: Expr, ops: frozenset[str], known: dict) -> bool:
    """Whether an operation occurs in an expression; remembered under the expression's identity."""
    key = (id(expr), len(ops))
    if key not in known:
        known[key] = expr.op in ops or any(_has(arg, ops, known) for arg in expr.args)
    return known[key]


class Probe:
    """What the right side of one link should be equal to, as numbers; says of an expression how it compares."""

    def __init__(self, chain: Chain, link: Link, trial: Trial) -> None:
        self.chain, self.link, self.trial = chain, link, trial
        self.typing = typing_of(chain, trial, _Typing)
        self.goal, self.shape = self._goal()
        self.typing.freeze()
        self.free = tuple(self.typing.free)
        self.regions = typed(chain.regions, self.typing)
        self.models: dict[int, tuple[list[_Env], np.ndarray]] = {}
        self.evaluated = 0
        self.stood: dict[int, tuple[Expr, Expr]] = {}

    def _goal(self) -> tuple[Expr, Shape]:
        """The head of the chain, or the first member after it that can be evaluated, with its shape."""
        for member in self.chain.members[: self.link.at]:
            saved = self.typing.save()
            try:
                if isinstance(member, Expr):
                    return member, self.typing.infer(member)
            except NoteError:
                self.typing.restore(saved)
        raise ShapeMismatch("nothing to compare with")

    def _standing(self, expr: Expr) -> Expr:
        """What an expression stands for; always the same one, since inference keeps shapes by identity."""
        found = self.stood.get(id(expr))
        if found is None:
            found = self.stood[id(expr)] = (expr, self.chain.standing(expr))
        return found[1]

    def infer(self, expr: Expr) -> Shape | None:
        """The shape of an expression under the typing of the left side, None where its parts do not fit."""
        saved = self.typing.save(), dict(self.typing.shapes)
        try:
            return self.typing.unifier.shape(self.typing.infer(self._standing(expr)))
        except NoteError:
            self._forget(*saved)
            return None

    def fits(self, expr: Expr) -> bool:
        """Whether an expression has the shape of the left side."""
        saved = self.typing.save(), dict(self.typing.shapes)
        free = dict.fromkeys(self.free)
        self.typing.free = dict(free)
        try:
            self.typing.unifier.same(self.shape, self.typing.infer(self._standing(expr)))
        except NoteError:
            self._forget(*saved)
            return False
        found, self.typing.free = self.typing.free, free
        return len(found) <= len(free)

    def _forget(self, typing: tuple, shapes: dict) -> None:
        """Leave nothing behind of what did not fit: the sizes of symbols that were met there are open again."""
        self.typing.restore(typing)
        self.typing.shapes = shapes

    def left(self, seed: int = 0) -> np.ndarray:
        return self._model(seed)[1]

    def _model(self, seed: int) -> tuple[list[_Env], np.ndarray]:
        """Environments, one per choice of free indices, and the goal's values in all of them."""
        if seed not in self.models:
            text = self.chain.statement.members[0].span.text
            for mode, draws in (*((mode, DRAWS) for mode in MODES), ("general", MORE_DRAWS["nowhere"])):
                model = Model(self.typing, {}, f"{text}|{seed}", draws, mode, dict(self.trial.hypotheses),
                              self.trial.structured, self.trial.unconstrained)  # fmt: skip
                sizes = [range(model.size(self.typing.ranges[name])) for name in self.free]
                combos = [combo for combo in combinations(*sizes) if all(
                    allows(condition, dict(zip(self.free, combo, strict=True))) for condition in self.chain.conditions
                )]  # fmt: skip
                envs = [_Env(model, indices=dict(zip(self.free, combo, strict=True)))
                        for combo in combos[:: max(1, len(combos) // MAX_POINTS)]]  # fmt: skip
                envs = list(filter(self._within, envs)) if self.free else envs
                goal = _values(envs, self.goal, self.regions)
                finite = np.isfinite(goal).mean() > 0.6
                if draws > DRAWS or (np.abs(np.nan_to_num(goal)) > STEEP).any():
                    goal = _smooth(envs, self.goal, goal)
                if seed not in self.models or finite or draws > DRAWS:
                    self.models[seed] = envs, goal
                if finite:
                    break
        return self.models[seed]

    def _within(self, env: _Env) -> bool:
        """Whether every x_{i+1} of the claim is there."""
        for side in self.chain.members[: self.link.at + 1]:
            try:
                if isinstance(side, Expr):
                    self.typing.infer(side)
                    env.evaluate(side)
            except BeyondRange:
                return False
            except (NoteError, ValueError, IndexError, KeyError):
                continue
        return True

    def values(self, expr: Expr, seed: int = 0) -> np.ndarray | None:
        """The values of an expression where the goal was evaluated; None where it has none."""
        self.evaluated += 1
        try:
            return _values(self._model(seed)[0], self._standing(expr))
        except (NoteError, ValueError, IndexError, KeyError):
            return None

    def factor(self, expr: Expr) -> Fraction | None:
        """The simple number c for which the goal is c times the expression, at every point."""
        if not self.fits(expr):
            return None
        value, left = self.values(expr), self.left()
        if value is None or value.shape != left.shape:
            return None
        found = multiple(left, value)
        if found is None:
            return None
        if not _telling(self.left(1)):
            return found
        again = self.values(expr, 1)
        return found if again is not None and multiple(self.left(1), again) == found else None

    def telling(self) -> bool:
        """Whether the left side has values other than zero."""
        return _telling(self.left()) or _telling(self.left(1))

    def holds(self, expr: Expr) -> bool:
        return self.factor(expr) == 1

    def same(self, expr: Expr, other: Expr) -> bool:
        """Whether two expressions that can be evaluated have the same values, whatever their shape."""
        for seed in (0, 1):
            values, others = self.values(expr, seed), self.values(other, seed)
            if values is None or others is None or values.shape != others.shape or multiple(others, values) != 1:
                return False
        return True

    def combination(self, parts: list[Expr]) -> list[Fraction] | None:
        """Simple numbers c_k for which the goal is the sum of c_k times the parts, at every point."""
        found = None
        for seed in (0, 1):
            left = self.left(seed)
            if seed and not _telling(left):
                continue
            values = [self.values(part, seed) for part in parts]
            if any(value is None or value.shape != left.shape for value in values):
                return None
            numbers = combination(left, values)
            if numbers is None or found not in (None, numbers):
                return None
            found = numbers
        return found

    def confirmed(self, latex: str) -> bool:
        """Whether the link holds with this text for its right side, read where the claim stands."""
        try:
            expr = read_as(self.chain, latex)
        except (NoteError, RecursionError):
            return False
        spent = self.evaluated
        if self.holds(expr):
            self.evaluated = spent
            return True
        members = [*self.chain.members[: self.link.at], self.chain.standing(expr)]
        chain = replace(self.chain, members=members, links=[self.link])
        outcome = judge(chain, self.trial).outcomes[self.link.at]
        return "equal" in (outcome.state, outcome.against_head)


def _values(envs: list[_Env], expr: Expr, regions: Sequence[Comparison] = ()) -> np.ndarray:
    found = [within(env.evaluate(expr), env, regions) for env in envs]
    return np.concatenate([np.broadcast_to(value, (env.model.draws, *value.shape[1:]))
                           for env, value in zip(envs, found, strict=True)])  # fmt: skip


def _smooth(envs: list[_Env], expr: Expr, values: np.ndarray) -> np.ndarray:
    """The values, NaN where a derivative is not to be trusted: near a pole another step gives another one."""
    finer = [_Env(env.model, indices=env.indices, step=env.step / 2) for env in envs]
    close = np.abs(values - _values(finer, expr)) <= 1e-6 * (np.abs(values) + 1e-3)
    return np.where(close, values, np.nan)


def _telling(values: np.ndarray) -> bool:
    """Whether values say anything: in some choices of sizes a matrix of the claim is singular."""
    good = values[np.isfinite(values)]
    return good.size >= FEWEST and np.abs(good).max() > 1e-9


def multiple(left: np.ndarray, right: np.ndarray) -> Fraction | None:
    """The simple number c with left = c right."""
    good = np.isfinite(left) & np.isfinite(right)
    if good.sum() < max(1, 0.6 * np.isfinite(left).sum()):
        return None
    if (np.abs(right[good]) ** 2).sum() < 1e-18:
        return Fraction(1) if np.abs(left[good]).max() < 1e-9 else None
    # each point counts alike: no large values near a pole outweigh the others
    largest = np.where(good, np.abs(left), 0).reshape(len(left), -1).max(axis=1) + 1e-3
    weights = (1 / largest).reshape(-1, *[1] * (left.ndim - 1))
    a, b = _parts((left * weights)[good]), _parts((right * weights)[good])
    number = _simple(float(a @ b) / float(b @ b))
    if number is None:
        return None
    error = np.where(good, np.abs(left - float(number) * right), 0).reshape(len(left), -1).max(axis=1)
    error /= largest
    rounded = (error <= ROUNDED).mean() >= 0.5 and error.max() <= SOLID  # as claims are compared: near poles
    return number if rounded else None


def _parts(values: np.ndarray) -> np.ndarray:
    """The values in one row, complex ones as real and imaginary parts."""
    flat = values.ravel()
    return np.concatenate([flat.real, flat.imag])


def combination(left: np.ndarray, parts: list[np.ndarray]) -> list[Fraction] | None:
    """Simple numbers c_k with left = sum c_k parts_k; None where there are none or more than one choice."""
    table = np.stack([_parts(part) for part in parts], axis=1)
    goal = _parts(left)
    good = np.isfinite(goal) & np.isfinite(table).all(axis=1)
    if good.sum() < max(len(parts) + 1, 0.6 * np.isfinite(goal).sum()):
        return None
    solution, _, rank, _ = np.linalg.lstsq(table[good], goal[good], rcond=1e-9)
    if rank < len(parts):
        return None
    numbers = [Fraction(0) if abs(c) < 1e-7 else _simple(float(c)) for c in solution]
    if any(number is None for number in numbers):
        return None
    error = goal[good] - table[good] @ np.array([float(number) for number in numbers])
    return numbers if np.abs(error).max() <= TOLERANCE * (np.abs(goal[good]).max() + 1e-3) else None


def _simple(value: float) -> Fraction | None:
    if not np.isfinite(value) or abs(value) > 10:
        return None
    found = Fraction(value).limit_denominator(6)
    return found if abs(value - found) < 1e-5 and found in SIMPLE else None
