"""A claim's judgement in, what its verdict rests on out, in words: kinds, sizes and hypotheses of symbols, definitions.

Inference has names of its own for sizes that the note does not name (#1, ?17); a reader is shown a free letter instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from texgrad.claims import Chain
from texgrad.dims import Shape
from texgrad.judge import Judgement
from texgrad.ops import TABLE
from texgrad.shapes import Definition, Symbol, Typing

MADE = re.compile(r"[#?]\d+")
LETTERS = "n m p q k r s t u v a b c g h".split()
KINDS = {"column": "column vector", "row": "row vector"}
FUNCTION = "()"  # ends the name that a function's value has in a typing
FRESH = ("\N{INCREMENT}", "\N{BULLET}", "\N{WHITE BULLET}")


def letters(taken: Iterable[str]) -> Callable[[str], str]:
    """A function that puts letters, none of those taken, for the sizes that inference named; always the same ones."""
    used = {letter for name in taken for letter in re.findall(r"[A-Za-z]", name)}
    free = iter([letter for letter in LETTERS if letter not in used] + [f"n{number}" for number in range(1, 1000)])
    given: dict[str, str] = {}

    def readable(text: str) -> str:
        for made in MADE.findall(text):
            if made not in given:
                given[made] = next(free)
        return MADE.sub(lambda match: given[match[0]], text)

    return readable


def readable_sizes(typing: Typing) -> Callable[[str], str]:
    """The letters for the sizes of one claim: not those that its symbols have, nor those of sizes that have a name."""
    named = [str(typing.unifier.find(dim)) for shape in typing.symbols.values() for dim in shape]
    names = [*typing.symbols, *typing.ranges, *typing.members]
    return letters([*(name for name in named if not MADE.search(name)), *(n for n in names if not n.startswith("\\"))])


def shapes(typing: Typing) -> dict[str, str]:
    """The shape of every symbol of a claim: "n x d", "n", "scalar"; of a family that of a member."""
    found = {name: _sizes(typing, shape) for name, shape in typing.symbols.items() if _shown(name)}
    for name, sizes in typing.members.items():
        if name not in found:
            found[name] = _sizes(typing, (sizes[-2], sizes[-1]))
    return found


def _sizes(typing: Typing, shape: Shape) -> str:
    rows, cols = typing.unifier.shape(shape)
    if rows == cols == 1:
        return "scalar"
    return f"{rows}" if cols == 1 else f"{rows} x {cols}"


def _shown(name: str) -> bool:
    return not name.endswith((FUNCTION, "_")) and not name.startswith(FRESH)


def grounds(chain: Chain, judgement: Judgement) -> Iterator[str]:
    """One line for each symbol, then the definitions gone through and the readings tried."""
    typing = judgement.typing
    names = shapes(typing)
    for name, shape in names.items():
        symbol, arguments = chain.scope.symbol(name), typing.arguments(name)
        said = [_kind(shape, name in typing.members), *sorted(symbol.properties | _tried(judgement, name))]
        said += [f"depends on {', '.join(arguments)}"] if arguments else []
        yield f"{name}: {', '.join(said)} ({_origin(symbol, _definition(chain, typing, name), judgement)})"
    for name in names:
        definition = _definition(chain, typing, name)
        if definition is not None and definition.line:
            yield f"definition of {name}: line {definition.line}"
    yield from _readings(judgement)


def _tried(judgement: Judgement, name: str) -> frozenset[str]:
    return judgement.trial.hypotheses.get(name, frozenset())


def _definition(chain: Chain, typing: Typing, name: str) -> Definition | None:
    return typing.member_definition(name) if name in typing.members else typing.definition(name)


def layout_grounds(profile: Mapping[str, str], lines: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """How each kind of derivative in a claim is arranged, with the lines that settled it for the note."""
    for kind, choice in profile.items():
        settled = ", ".join(map(str, sorted(set(lines.get(kind, ())))))
        yield f"layout of a {kind} derivative: {choice} ({f'line {settled}' if settled else 'not settled by the note'})"


def _kind(shape: str, family: bool) -> str:
    rows, _, cols = shape.partition(" x ")
    if shape == "scalar":
        words = "scalar"
    elif not cols:
        words = f"column vector of {rows}"
    else:
        words = f"row vector of {cols}" if rows == "1" else f"matrix {shape}"
    return f"each a {words}" if family else words


def _origin(symbol: Symbol, definition: Definition | None, judgement: Judgement) -> str:
    """Where the kind of a symbol comes from: a line of the note, its definition, its look, this claim."""
    if symbol.name in judgement.trial.kinds:
        return f"read as {KINDS.get(judgement.trial.kinds[symbol.name], judgement.trial.kinds[symbol.name])} here"
    if symbol.why.startswith("line "):
        return symbol.why
    if definition is not None:
        return "from its definition"
    return f"guess: {symbol.why or 'from this claim'}"


def _readings(judgement: Judgement) -> Iterator[str]:
    trial = judgement.trial
    if trial.relaxed:
        yield "sizes read as general: the claim holds for more than the declared ones"
    if trial.broadcast:
        yield "vectors added to every row or column of a matrix"
    if trial.structured:
        yield "differentials with the structure of their matrices"
    for name, line in sorted(trial.lines.items()):
        if line.indices:
            yield f"{name}: the {'columns' if line.body.op == 'column' else 'rows'} of {line.body.args[0].name}"
        else:
            yield f"{name}: the cost, or the function, that the words name"
    for name in sorted(trial.constant):
        yield f"{name} taken as constant"
    for name in sorted(trial.hidden):
        yield f"definition of {name} not gone through"
    for op, reading in sorted(trial.readings.items()):
        yield f"{op} read as {TABLE[reading].summary}"
