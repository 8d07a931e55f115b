"""The formulas of a note in, kinds for its doubtful symbols out: one typing for the note, from all that it writes.

A plain letter is taken for a scalar (lower case) or a matrix (upper case) until a formula does not multiply out with
that. Then the fewest doubtful symbols are read otherwise that make it fit, and the note is read so everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice, product

from texgrad.context import SETTLED, Scope
from texgrad.errors import NoteError, ShapeMismatch
from texgrad.expr import Expr
from texgrad.layers import layerless, level
from texgrad.shapes import Typing
from texgrad.typography import letter

NUMBERS = frozenset("c k m n t \\alpha \\beta \\gamma \\epsilon \\varepsilon \\eta \\lambda \\mu \\rho \\tau".split())
ALTERNATIVES = {"scalar": ("column",), "matrix": ("scalar", "column"), "column": ("scalar",)}
CAPITAL = ("matrix",)
MAX_TRIES = 60
WEIGHTS = frozenset("W U V \\Theta".split())  # letters of a layer's matrix


def doubtful(scope: Scope, expressions: Iterable[Expr]) -> list[str]:
    """Symbols whose kind the note only suggests, in order of appearance; then families as m_, the m_k."""
    names: list[str] = []
    families: list[str] = []
    for expr in expressions:
        for name in scope.leaves(expr):
            symbol = scope.symbol(name)
            open_kind = not symbol.sure or symbol.why == SETTLED
            if symbol.kind == "matrix" and scope.has_entries(name):
                continue
            if letter(name).isupper() and symbol.kind == "scalar" and name in scope.usage.numerators:
                continue  # L is a loss
            if name not in names and open_kind and symbol.kind in ALTERNATIVES and not scope.is_size(name):
                names.append(name)
            key = f"{name}_"
            if key not in families and name in scope.usage.summed and scope.member_kind(name) == "scalar":
                families.append(key)
    return [*names, *(key for key in families if scope.symbol(key[:-1]).family == ())]


def alternatives(scope: Scope, names: list[str], most: int = 3) -> Iterator[dict[str, str]]:
    r"""Other kinds for doubtful symbols: one of them, then two, then three.

    Small letters become vectors before a capital becomes a scalar: a note whose matrices shrink fits everything. In
    x + t v and x + \alpha s the vectors are v and s.
    """
    lower = sorted(names, key=lambda name: (scope.symbol(name).kind != "scalar", letter(name) in NUMBERS))
    small = [name for name in lower if scope.symbol(name).kind == "scalar"]
    for size in range(1, most + 1):
        for chosen in combinations(small, size):
            yield {name: ALTERNATIVES["scalar"][0] for name in chosen}
    for size in range(1, most + 1):
        for chosen in combinations(lower, size):
            if set(chosen) <= set(small):
                continue
            yield {name: ALTERNATIVES[scope.symbol(name).kind][0] for name in chosen}
    options = {name: ALTERNATIVES[scope.symbol(name).kind] + (CAPITAL if _may_be_matrix(scope, name) else ())
               for name in lower}  # fmt: skip
    for size in range(1, most):
        for chosen in combinations(lower, size):
            for kinds in product(*(options[name] for name in chosen)):
                if any(kind != options[name][0] for name, kind in zip(chosen, kinds, strict=True)):
                    yield dict(zip(chosen, kinds, strict=True))


def _may_be_matrix(scope: Scope, name: str) -> bool:
    """T and C are scalars by their looks, and matrices beside matrices; so is w^l, the weights of a layer."""
    layered = letter(name).upper() in WEIGHTS and level(name) is not None
    return scope.symbol(name).kind == "scalar" and (letter(name).isupper() or layered)


def fits(scope: Scope, sides: list[Expr], kinds: dict[str, str], head: str = "", *, relaxed: bool = False,
         spreading: bool = False) -> bool | None:  # fmt: skip
    """Whether each side multiplies out, and the first two agree; None where that cannot be told.

    Where the side defines a symbol, the head, the same symbol of another step has to be of its kind.
    """
    typing = Typing(scope, {}, dict(kinds), relaxed=relaxed, spreading=spreading)
    shapes = []
    for side in sides:
        try:
            shapes.append(typing.infer(side))
        except ShapeMismatch:
            return False
        except NoteError:
            return None
    if len(shapes) == 2:
        try:
            typing.unifier.same(*shapes)
        except ShapeMismatch:
            return False
    wide = not typing.unifier.is_scalar(shapes[-1])
    return not wide or not any(
        _other_step(head, name) and typing.unifier.is_scalar(shape) for name, shape in typing.symbols.items()
    )


def _other_step(head: str, name: str) -> bool:
    """Whether a name is that of the head at another step or layer: c_{t-1} of c_t."""
    first, second = level(head), level(name)
    return first is not None and second is not None and first[0] == second[0] and layerless(head) == layerless(name)


def biases(scope: Scope, body: Expr, names: Sequence[str]) -> dict[str, str]:
    """The kinds of small letters added to a product of matrices: a row in X W + b, else a column, as in W A + b."""
    found: dict[str, str] = {}
    for part in body.walk():
        terms = part.args if part.op == "sum" else ()
        products = [term for term in terms if term.op == "product" and _is_matrix(scope, term)]
        small = [term.name for term in terms if term.op == "symbol" and term.name in names]
        for name in small if products else ():
            if scope.symbol(name).kind == "scalar":
                found[name] = "row" if letter(str(products[0].args[-1])) in WEIGHTS else "column"
    return found


def _is_biased(scope: Scope, body: Expr) -> bool:
    """Whether a vector that the note calls one is added to a product of matrices: the b_1 of X W_1 + b_1."""
    for terms in (part.args for part in body.walk() if part.op == "sum"):
        symbols = [scope.symbol(term.name) for term in terms if term.op == "symbol"]
        wide = any(symbol.sure and symbol.kind in ("column", "row") for symbol in symbols)
        if wide and any(term.op == "product" and _is_matrix(scope, term) for term in terms):
            return True
    return False


def _is_matrix(scope: Scope, expr: Expr) -> bool:
    typing = Typing(scope, {}, spreading=True)
    try:
        return 1 not in typing.unifier.shape(typing.infer(expr))
    except NoteError:
        return False


def settle(equations: Iterable[tuple[Scope, list[Expr], str]]) -> dict[str, str]:
    """Kinds that the equations of a note force on symbols in doubt, by name."""
    votes: dict[str, Counter[str]] = {}
    for scope, sides, head in equations:
        for relaxed in (False, True):  # f on R^n is also taken of A x + b in R^m
            if fits(scope, sides, {}, head, relaxed=relaxed) is not False:
                break
            if not relaxed and fits(scope, sides, {}, head, relaxed=True):
                break  # sizes that differ say nothing of kinds
            if _is_biased(scope, sides[-1]) and fits(scope, sides, {}, head, relaxed=relaxed, spreading=True):
                break
            found = _mended(scope, sides, head, relaxed)
            if found is not None:
                for name, kind in found.items():
                    votes.setdefault(name, Counter())[kind] += 1
                break
    return {name: counter.most_common(1)[0][0] for name, counter in votes.items()}


def _mended(scope: Scope, sides: list[Expr], head: str, relaxed: bool) -> dict[str, str] | None:
    """Kinds of doubtful symbols under which the sides multiply out, or add up as arrays do."""
    names = doubtful(scope, sides)
    for kinds in islice(alternatives(scope, names), MAX_TRIES):
        if fits(scope, sides, kinds, head, relaxed=relaxed):
            alike = kinds | _added(scope, sides, kinds, names)
            return alike if fits(scope, sides, alike, head, relaxed=relaxed) else kinds
    kinds = biases(scope, sides[-1], names)
    return kinds if kinds and fits(scope, sides, kinds, head, relaxed=relaxed, spreading=True) else None


def _added(scope: Scope, sides: list[Expr], kinds: dict[str, str], names: list[str]) -> dict[str, str]:
    """The kind of m_1 for the m_2 of m_1 - m_2: two of a letter that are added are of one kind."""
    found: dict[str, str] = {}
    bodies, met = list(sides), set()
    for part in (part for body in bodies for part in body.walk()):
        if part.op == "symbol" and part.name not in met:
            met.add(part.name)
            definition = scope.definition(part.name)
            bodies += [definition.body] if definition is not None else []
        added = part.args if part.op == "sum" else ()
        terms = [(term.args[0] if term.op == "neg" else term).name for term in added]
        for name in terms:
            if name in kinds:
                found |= {each: kinds[name] for each in terms if each in names and letter(each) == letter(name)}
    return found
