"""A chain in, out which of its letters stand for numbers though the note has them for vectors elsewhere: 1/x, x^2."""

from __future__ import annotations

from collections.abc import Iterable

from texgrad.claims import Chain
from texgrad.dims import Shape
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.judge import Trial, typing_of
from texgrad.ops import TABLE
from texgrad.shapes import Typing
from texgrad.typography import is_bold

OF_NUMBERS = frozenset(("symbol", "number", "sum", "neg", "product", "dot", "divide", "power", "sqrt", "pi",
                        "entry", "primed", "derivative", "differential"))  # fmt: skip

def like_numbers(chain: Chain, typing: Typing) -> frozenset[str]:
    """The letters for vectors in a claim that is written as one about numbers: x^2, 1/x, products, nothing else."""
    if any(typing.implied.values()):
        return frozenset()  # a rule for functions of any kind
    return of_letters(_with_definitions(chain, typing), typing)


def _with_definitions(chain: Chain, typing: Typing) -> list[Expr]:
    """The sides of a claim and what the symbols in them stand for in its section."""
    sides = [member for member in chain.members if isinstance(member, Expr)]
    seen: set[str] = set()
    for side in sides:  # grows with the definitions that are met
        for name in (part.name for part in side.walk() if part.op == "symbol" and part.name not in seen):
            seen.add(name)
            definition = typing.definition(name)
            if definition is not None and not definition.indices and not chain.scope.is_foreign(definition):
                sides.append(definition.body)  # of the z_i, z alone is one
    return sides


def _exponents(chain: Chain, typing: Typing) -> frozenset[str]:
    """The letters for vectors that are exponents, as only numbers can be: the a of (1 + |x|^2)^{-a}."""
    powers = [part for side in _with_definitions(chain, typing) for part in side.walk() if part.op == "power"]
    raised = [part.args[1].args[0] if part.args[1].op == "neg" else part.args[1] for part in powers]
    kinds = {part.name: typing.scope.symbol(part.name).kind for part in raised if part.op == "symbol"}
    return frozenset(name for name, kind in kinds.items() if kind in ("column", "row"))


def of_letters(sides: Iterable[Expr], typing: Typing) -> frozenset[str]:
    """The letters for vectors where sides are made of letters, and are written as if all of them were numbers."""
    parts = [part for side in sides for part in side.walk()]
    if not all(part.op in OF_NUMBERS or (part.op in TABLE and TABLE[part.op].elementwise) for part in parts):
        return frozenset()
    wide = {}
    vectors = {id(part.args[0]) for part in parts if part.op == "entry"}  # \\beta_1 is a number
    for part in parts:
        if part.op != "symbol" or id(part) in vectors:
            continue
        shape = _shape(part, typing)
        unfit = shape is None and typing.scope.symbol(part.name).kind == "column"
        if unfit or (shape is not None and not typing.unifier.is_scalar(shape)):
            wide[part.name] = (1, 1) if unfit else typing.unifier.shape(shape)
    small = all(1 in shape and not is_bold(name) for name, shape in wide.items())
    return frozenset(wide) if small else frozenset()


def as_numbers(chain: Chain, trial: Trial) -> dict[str, str]:
    """The kinds of the letters of a claim like 1/x where the section does not say itself that they are vectors."""
    scope, typing = chain.scope, typing_of(chain, trial)
    letters = like_numbers(chain, typing) or _exponents(chain, typing)
    if not all(scope.declared(name) is None or name in scope.words.left for name in letters):
        return {}
    return dict.fromkeys(sorted(letters), "scalar")


def _shape(symbol: Expr, typing: Typing) -> Shape | None:
    saved = typing.save()
    try:
        return typing.infer(symbol)
    except NoteError:
        typing.restore(saved)
        return None
