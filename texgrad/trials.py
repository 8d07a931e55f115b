"""A chain in, the other readings of it out that a reader would admit, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from texgrad.claims import Chain
from texgrad.context import Scope
from texgrad.defined import line_of
from texgrad.dependence import pairs, root, unreached, varied
from texgrad.expr import Expr
from texgrad.hidden import arguments, data, defined, usual
from texgrad.judge import Judgement, Trial, is_zero, stated_derivatives
from texgrad.layers import LAST, level
from texgrad.named_losses import is_named, named_losses
from texgrad.numbers import as_numbers
from texgrad.readings import alternatives as op_alternatives
from texgrad.sampling import KEEPERS
from texgrad.settle import alternatives, doubtful, fits
from texgrad.shapes import Definition
from texgrad.structures import structure
from texgrad.typography import is_bold

MAX_KINDS = 24
STATED = frozenset(("symmetric", "positive-definite", "positive-semidefinite", "diagonal", "orthogonal"))
SIZES = frozenset("n m p d k q N M D K".split())  # letters of sizes
ENTRIES = {"power": "elementwise_power"}


def readings(chain: Chain, judgements: Sequence[Judgement]) -> Iterator[Trial]:
    """Definitions not gone through, sizes let go, doubtful kinds, array broadcasting, operations of the same name.

    Where in one of the layouts all sizes go together there is no reason to let them go.
    """
    first = judgements[0]
    members = [member for member in chain.members if isinstance(member, Expr)]
    fitting = any(_fitting(judgement) for judgement in judgements)
    sized = fitting or (first.head_problem is None and _counts_so_far(chain.scope, members))
    sized = sized or (any(map(_valued, judgements)) and bool(stated_derivatives(chain)))
    zero = data(chain) and any(map(is_zero, members))  # y - X w is no constant by y = X w + e
    if first.trial.hidden and not zero:
        yield Trial({})
    labels = _labels(chain)
    if labels and not fitting:
        yield Trial({}, labels)
    numbers = as_numbers(chain, first.trial)
    if numbers:
        bare = (name for name in numbers if (said := chain.scope.definition(name)) is not None and said.indices)
        yield Trial({}, numbers, hidden=first.trial.hidden | {*bare})
    rows = as_columns(chain)
    if rows:
        yield Trial({}, rows)
    constants = _constants(chain, first)
    if constants:
        yield Trial({}, constants, hidden=first.trial.hidden)
    opaque = _opaque(chain, members)
    if opaque:
        yield Trial({}, hidden=opaque)
    if not sized:
        yield Trial({}, relaxed=True)
    for hidden in filter(None, (opaque, first.trial.hidden) if not sized else ()):
        yield Trial({}, relaxed=True, hidden=hidden)
    square = _square(chain.scope, members, first)
    if square:
        yield Trial({}, square=square)
        yield Trial({}, square=square, relaxed=True)
    strange = _strange(chain, members) if first.head_problem else frozenset()
    if strange:
        yield Trial({}, hidden=strange)
    numbers = _numbers(chain, members) if first.head_problem else {}
    if numbers:
        yield Trial({}, numbers)
    for lines in _lines(chain.scope, members):
        yield Trial({}, hidden=first.trial.hidden, lines=lines)
        yield Trial({}, _stacked(chain.scope, members), hidden=first.trial.hidden, lines=lines)
    firm = bool(members) and any(fits(chain.scope, members[:1], {}, relaxed=free) is True for free in (False, True))
    nowhere = unled(chain)
    for number, kinds in enumerate(islice(alternatives(chain.scope, doubtful(chain.scope, members)), MAX_KINDS)):
        # A scalar goes with everything: where the left side has a sense without, that would prove nothing.
        if not (firm and "scalar" in kinds.values()):
            if first.trial.hidden:
                yield Trial({}, kinds, hidden=first.trial.hidden)
            yield Trial({}, kinds)
            if nowhere and number < len(members):
                yield Trial({}, kinds, hidden=nowhere)
    if not fitting and any(outcome.state == "shape" for outcome in first.outcomes.values()):
        yield Trial({}, broadcast=True)
        bias = _bias(chain, first)
        if bias:
            yield Trial({}, bias, broadcast=True)
    if any(outcome.state == "shape" for outcome in first.outcomes.values()) and any(
        part.op == "power" and _is_wide(first, part.args[0]) for member in members for part in member.walk()
    ):
        yield Trial({}, readings=ENTRIES)
    tied = _tied(chain, members)
    if first.typing.varied or tied or _bound(chain, members, first):
        yield Trial({}, structured=True)
    if first.typing.varied:
        fewer = varied(chain, last=True)
        if fewer and fewer != first.typing.varied:
            yield Trial({}, varied=fewer)
    written = frozenset(
        part.name for member in members for part in member.walk()
        if part.op == "symbol" and chain.scope.definition(part.name) is not None
    )  # fmt: skip
    differentiated = {name for name, _ in pairs(chain) if chain.scope.definition(name) is not None}
    plain = _in_plain_sight(chain)
    foreign = {name for name, _ in defined(chain, members) if chain.scope.is_foreign(chain.scope.definition(name))}
    for hidden in (differentiated, written, foreign):
        if hidden and hidden.isdisjoint(plain):
            yield Trial({}, hidden=frozenset(hidden))
    used = {part.op for member in members for part in member.walk()}
    for chosen in op_alternatives(chain.scope.all_conventions, used):
        yield Trial({}, readings=chosen)
        if tied:  # 2 X^{-1} - diag(X^{-1})
            yield Trial({}, readings=chosen, structured=True)
    yield from named_losses(chain, first)
    for chosen in _outputs(chain, members):
        yield Trial({}, readings=chosen)
    numbered = _numbered(members, first)
    if numbered:
        yield Trial({}, sizes=numbered, hidden=first.trial.hidden)
    for sizes in _unsaid_sizes(chain, members, first):
        yield Trial({}, sizes=sizes)


def as_columns(chain: Chain) -> dict[str, str]:
    """The rows of a note as columns: "a row z" of a batch is one in the rules of the softmax, too."""
    scope, members = chain.scope, [member for member in chain.members if isinstance(member, Expr)]
    names = {name for _, body in defined(chain, members) for name in scope.leaves(body)}
    names |= {name for member in members for name in scope.leaves(member)}
    return {name: "column" for name in sorted(names) if scope.symbol(name).kind == "row"}


def _constants(chain: Chain, first: Judgement) -> dict[str, str]:
    """The c of x^T A x - b^T x + c for a number, though c is a vector elsewhere in the note."""
    found: dict[str, str] = {}
    known, scalar = first.typing.shapes, first.typing.unifier.is_scalar
    for _, body in defined(chain, [member for member in chain.members if isinstance(member, Expr)]):
        terms = body.args if body.op == "sum" else ()
        wide = [term for term in terms if id(term) in known and not scalar(known[id(term)])]
        lone = len(terms) > 1 and len(wide) == 1 and wide[0].op == "symbol"
        if lone and chain.scope.definition(wide[0].name) is None:
            found[wide[0].name] = "scalar"
    return found


def _bias(chain: Chain, first: Judgement) -> dict[str, str]:
    """The b of X w + b as one number for all rows, where nothing but the sum makes a vector of it."""
    head = chain.members[0]
    name = root(head.args[1]) if isinstance(head, Expr) and head.op == "derivative" else None
    if name is None or chain.scope.declared(name) is not None or chain.scope.definition(name) is not None:
        return {}
    added = any(part.op == "sum" and any(arg.op == "symbol" and arg.name == name for arg in part.args)
                for _, body in defined(chain, [head]) for part in body.walk())  # fmt: skip
    return {name: "scalar"} if added and not first.typing.unifier.is_scalar(first.typing.symbols[name]) else {}


def _is_wide(judgement: Judgement, part: Expr) -> bool:
    """Whether what is raised is no square matrix in a reading: H^2 is the square of each entry then."""
    shape = judgement.typing.shapes.get(id(part))
    rows, cols = map(judgement.typing.unifier.find, shape) if shape is not None else (1, 1)
    return rows != cols and rows != 1 != cols


def told(chain: Chain, trial: Trial) -> bool:
    """Whether a claim itself tells a reading: as many entries as are written, a vector y beside the labels y_i."""
    sized = any(isinstance(size, int) for size in trial.sizes.values())
    return sized or (bool(trial.kinds) and trial.kinds == _labels(chain))


def natural(chain: Chain, trial: Trial) -> bool:
    """Whether a reading is the right one though nothing holds under it: the claim tells it, or speaks of numbers."""
    numbers = bool(trial.kinds) and trial.kinds == as_numbers(chain, usual(chain))
    return numbers or told(chain, trial) or is_named(chain, trial)


def _labels(chain: Chain) -> dict[str, str]:
    """The y of h - y in a claim that leads to the y_i, as a vector."""
    members = [member for member in chain.members if isinstance(member, Expr)]
    bare = {part.name for member in members for part in member.walk() if part.op == "symbol"}
    bodies = [*members, *(body for _, body in defined(chain, members))]
    numbered = {part.name for body in bodies for part in body.walk() if part.op == "member"}
    return {name: kind for name, kind in _stacked(chain.scope, members).items() if name in bare & numbered}


def _counts_so_far(scope: Scope, members: list[Expr]) -> bool:
    """Whether a sum runs to the size of a symbol: with sizes let go it would run to any other as well."""
    bounds = (part.args[-1] for member in members for part in member.walk() if part.op in ("sum_over", "product_over"))
    letters = {bound.name for bound in bounds if bound.op == "symbol"} & scope.words.sizes.keys()
    symbols = [scope.symbol(name) for member in members for name in scope.leaves(member)] if letters else []
    return any(letters & {*(symbol.dims or ()), symbol.count} for symbol in symbols)


def _fitting(judgement: Judgement) -> bool:
    """Whether every side has values and those of each step have one shape."""
    return all(outcome.state in ("equal", "differs") for outcome in judgement.outcomes.values())


def _valued(judgement: Judgement) -> bool:
    """Whether every side has values, of whatever shapes."""
    return all(outcome.state in ("equal", "differs") or (outcome.state == "shape" and not outcome.message)
               for outcome in judgement.outcomes.values())  # fmt: skip


def _numbered(members: list[Expr], first: Judgement) -> dict[str, int]:
    """Vectors of unsaid size with as many entries as the claim has by number: c_1, c_2 and c_3 of c."""
    typing = first.typing
    found: dict[str, int] = {}
    for part in (part for member in members for part in member.walk() if part.op == "entry" and len(part.args) == 2):
        base, index = part.args
        shape = typing.unifier.shape(typing.symbols[base.name]) if base.name in typing.symbols else (1, 1)
        if index.op == "number" and shape[1] == 1 and str(shape[0]).startswith("#"):
            found[base.name] = max(found.get(base.name, 0), int(index.name))
    return {name: size for name, size in found.items() if size > 1}


def _outputs(chain: Chain, members: list[Expr]) -> Iterator[dict[str, str]]:
    """f_L as the softmax or the sigmoid that the note speaks of, where it is the function of the last layer only."""
    said = list(dict.fromkeys(chain.scope.all_conventions("output")))
    calls = [body for _, body in defined(chain, members) if body.op == "call"] if said else []
    for call in calls:
        layers = [level(arg.name) for arg in call.args if arg.op == "symbol"]
        last = layers[0] if len(call.args) == len(layers) == 1 else None
        alone = level(call.name) == last or [each.name for each in calls].count(call.name) == 1
        if last is not None and last[0] in LAST and alone:
            yield from ({call.name: operation} for operation in said)


def _unsaid_sizes(chain: Chain, members: list[Expr], first: Judgement) -> Iterator[dict[str, str]]:
    """n of n / 2c, of 1^T z / n beside a matrix or vector of unsaid size, where n is the size of nothing else here."""
    scope, typing = chain.scope, first.typing
    names = {name for member in members for name in scope.leaves(member)}
    shapes = {name: typing.unifier.shape(shape) for name, shape in typing.symbols.items()}
    taken = {dim for shape in shapes.values() for dim in shape}
    letters = [name for name in sorted(names) if name in SIZES and name not in taken and scope.declared(name) is None
               and scope.symbol(name).kind == "scalar"]  # fmt: skip
    for name, (rows, columns) in sorted(shapes.items()):
        unsaid = columns in (rows, 1) and str(rows).startswith("#")
        plain = name in names and scope.definition(name) is None
        if unsaid and (rows == columns or plain):
            yield from ({name: letter} for letter in letters)
        if plain and rows != columns and str(columns).startswith("#"):
            yield from ({f"{name}^T": letter} for letter in letters)  # I_k for X^T X


def _square(scope: Scope, members: list[Expr], first: Judgement) -> frozenset[str]:
    """The matrices of unsaid sizes that are inverted somewhere, or are factors in a determinant.

    A size that another sentence supposes, behind a formula of its own, is none that is said.
    """
    inverses = [part.args[0] for member in members for part in member.walk() if part.op == "inverse"]
    found = {part.name for part in inverses if part.op == "symbol"}
    found |= {factor.name for member in members for part in member.walk() if part.op in ("det", "log_det")
              for factor in part.args[0].args if part.args[0].op == "product" and factor.op == "symbol"}  # fmt: skip
    typing, unsaid = first.typing, set()
    for name in found:
        rows, columns = typing.unifier.shape(typing.symbols[name]) if name in typing.symbols else ("", None)
        said = any(fact.dims and not fact.aside for fact in scope.words.facts.get(name, ()))
        if rows != columns and (str(rows).startswith("#") or not said):
            unsaid.add(name)
    return frozenset(unsaid)


def _lines(scope: Scope, members: list[Expr]) -> Iterator[dict[str, Definition]]:
    """Vectors x_i beside a matrix X as its rows, then as its columns, where the note says of them nothing else."""
    names = {name for member in members for name in scope.leaves(member)}
    pairs = [(name, capital) for name in sorted(names) if (capital := _capital(name)) in names - {name}
             and scope.symbol(capital).kind == "matrix" and scope.definition(capital) is None
             and scope.member_kind(name) == "column" and scope.member_definition(name) is None]  # fmt: skip
    for op in ("row_upright", "column") if pairs else ():
        yield {name: line_of(capital, op, name) for name, capital in pairs}


def _numbers(chain: Chain, members: list[Expr]) -> dict[str, str]:
    """The letters of a definition that makes sense for numbers only, though they are vectors elsewhere: y log a."""
    scope, found = chain.scope, {}
    said = [(Expr("symbol", (), name), scope.definition(name)) for name, _ in defined(chain, members)]
    said += [(part, scope.member_definition(part.name)) for member in members for part in member.walk()
             if part.op == "member"]  # fmt: skip
    for part, definition in said:
        if definition is None or scope.is_foreign(definition):
            continue
        whole = {each.args[0].name for each in definition.body.walk() if each.op == "entry"}
        letters = {each: "scalar" for each in scope.leaves(definition.body)
                   if scope.symbol(each).kind == "column" and each not in whole}
        apart = not any(map(is_bold, letters))
        if apart and not fits(scope, [part], {}) and fits(scope, [part], letters):
            found |= letters
    return found


def _stacked(scope: Scope, members: list[Expr]) -> dict[str, str]:
    """Symbols y of which the note has the entries y_i, as vectors."""
    names = {name for member in members for name in scope.leaves(member)}
    return {name: "column" for name in names if scope.symbol(name).kind == "scalar" and not scope.symbol(name).sure
            and scope.member_kind(name) == "scalar" and scope.usage.subscripts[name] & scope.usage.bound}  # fmt: skip


def _capital(name: str) -> str:
    """X for x, bold for bold."""
    head, brace, core = name.rpartition("{")
    return f"{head}{brace}{core.capitalize()}"


def _tied(chain: Chain, members: list[Expr]) -> bool:
    """Whether a side is differentiated by a matrix whose structure ties its entries, and the note does not say how."""
    said = chain.scope.all_conventions("unstructured")
    names = {root(variable) for member in members for part in member.walk() if part.op == "derivative"
             for variable in part.args[1:] if variable.op in ("symbol", "entry")}  # fmt: skip
    return not said and any(structure(chain.scope.symbol(name).properties) for name in names if name)


def _bound(chain: Chain, members: list[Expr], first: Judgement) -> bool:
    """Whether a side has a curve that a constraint holds, R(t) with R^T R = I: it moves within these values only."""
    names = {name for member in members for name in chain.scope.leaves(member) if first.typing.arguments(name)}
    return any(chain.scope.symbol(name).properties & KEEPERS.keys() for name in names)


def _strange(chain: Chain, members: list[Expr]) -> frozenset[str]:
    """What another section defines in a way that makes no sense here: the letter stands for something else by now."""
    scope = chain.scope
    found: set[str] = set()
    seen: set[str] = set()
    stack = [(part.name, False) for member in members for part in member.walk() if part.op in ("symbol", "member")]
    while stack:
        name, spoilt = stack.pop()
        definition = scope.definition(name) if name not in seen else None
        seen.add(name)
        if definition is None:
            continue
        spoils = fits(scope, [definition.body], {}) is not True
        if scope.is_foreign(definition):
            found |= {name} if spoils or spoilt else set()
        elif spoils:
            stack += [(part.name, True) for part in definition.body.walk() if part.op in ("symbol", "member")]
    return frozenset(found)


def _opaque(chain: Chain, members: list[Expr]) -> frozenset[str]:
    """Defined symbols that may stand for themselves.

    Matrices of which the note states a property, data behind a model (y = X b + e), a cost that is written for the
    last layer only.
    """
    names = {name for name, body in defined(chain, members) if chain.scope.symbol(name).properties & STATED}
    return frozenset(names | unled(chain) | data(chain))


def _in_plain_sight(chain: Chain) -> frozenset[str]:
    """What the same paragraph makes of the variable, under a derivative: b in "b = C x, \\nabla_x b^T x"."""
    head, scope = chain.members[0], chain.scope
    if not isinstance(head, Expr) or head.op != "derivative" or head.args[0].op in ("symbol", "member"):
        return frozenset()
    places = {definition.name: place for place, definition in scope.context.definitions if place <= chain.place}
    variables = {root(variable) for variable in head.args[1:]}
    return frozenset(
        name for part in head.args[0].walk() if part.op == "symbol" and (name := part.name) in places
        and not any(places[name][0] <= end < chain.place[0] for end in scope.context.breaks)
        and variables & {*scope.leaves(scope.definition(name).body, hidden={*places})}
    )  # fmt: skip


def unled(chain: Chain) -> frozenset[str]:
    """The fewest of the symbols that lead nowhere: with K = K(t) left open, a cost that is made of K leads to t."""
    members = [member for member in chain.members if isinstance(member, Expr)]
    names = {name for member in members for name in unreached(chain, member)}
    for name in sorted(names):
        others = frozenset(names - {name})
        if others and not any(unreached(chain, member, others) for member in members):
            names.discard(name)
    return frozenset(names)


def given(chain: Chain) -> frozenset[str]:
    """Defined symbols whose derivatives stand on a right side: there it is known what they are."""
    parts = [part for member in chain.members[1:] if isinstance(member, Expr) for part in member.walk()]
    return frozenset(part.args[0].name for part in parts if part.op == "derivative" and part.args[0].op == "symbol"
                     and chain.scope.definition(part.args[0].name) is not None)  # fmt: skip


def set_aside(chain: Chain, trial: Trial) -> frozenset[str]:
    """Definitions that a trial passes over although they would serve: not those that never reach the variable."""
    needed = {name for member in chain.members if isinstance(member, Expr) for name in unreached(chain, member)}
    return frozenset(trial.hidden - needed - data(chain) - arguments(chain))
