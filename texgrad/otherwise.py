"""A chain in, chains out that say the same otherwise read: one letter for two fonts, a name as before, (a, b) flat.

These are readings for claims that hold under them and under no other. Where its words name a function, a note is held
to that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice

from texgrad.claims import Chain, differentiated
from texgrad.context import Context, Scope
from texgrad.document import Piece
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.facts.mooted import LEFT_OUT
from texgrad.facts.outputs import FUNCTIONS
from texgrad.notation import tokenize
from texgrad.notation.grammar import parse
from texgrad.resolve import Resolver
from texgrad.shapes import Definition
from texgrad.source import Source
from texgrad.summation import meaning
from texgrad.trials import defined
from texgrad.typography import emboldened

NAMED = frozenset(("symbol", "call", "primed"))
MAX_EARLIER, MOST_ROWS = 3, 5
BEFORE, SENTENCE = 60, 200  # characters
STOP = re.compile(r"[.。;；]\s|[。；]|\n\s*\n|\n\s*(?:[-*+]|\d+\.)\s|\n\s*\\item(?![a-z])")
OPENED = re.compile(r"(?:[\s$&]|\\\[|\\begin\s*\{[^{}]*\}(?:\{[^{}]*\})?)*$")  # where a display begins
SUPPOSED = re.compile(
    r"(?i)\W*(?:with|for|mit|für|bei|avec|pour|con|para|per|с|при|для|若|当|对|用"
    r"|(?:but |and )?in (?:the|this|an?) (?:\w+ ){0,2}(?:case|setting|limit|regime)|im (?:\w+ )?(?:spezial|sonder)?fall"
    r"|dans le cas|en el caso|nel caso|no caso|в (?:\w+ )?случае)(?!\w)|在[^，。]{0,8}(?:情形|情况)"
)
VANISHING = r"\s*\((?:[^()$]|\([^()]*\))*\)\s*=\s*(?:0|\\(?:mathbf|bm|boldsymbol)\{?0)"  # g(x(p), p) = 0
RELATED = re.compile(r"[\s&\\]*=")
BEHIND = (r"(?:[\s,:，：、$(|*\\\[\]]|[^\x00-\x7f。；]|\b(?:function|activation|unit|case|is|has|gives|we have|we get|"
          r"the|its|derivative)\b){0,24}。?[\s$]*$")  # fmt: skip
NAMES = {op: rf"(?<![a-zA-Z])(?i:{words})\w*" for op, words in FUNCTIONS.items() if op != "softmax"}  # of numbers
UNLIKE = (r"(?i:(?:unlike|not|except(?: for)?|instead of|rather than|anders als|statt|contrairement (?:à|au)|sauf|"
          r"a diferencia de|salvo|в отличие от|кроме)\s+(?:\w+\s+)?)")  # fmt: skip


def otherwise(chain: Chain) -> Iterator[Chain]:
    """The other readings of the names in a chain."""
    yield from _one_font(chain)
    yield from in_words(chain)
    yield from _still(chain)
    yield from islice(_earlier(chain), MAX_EARLIER)
    yield from _of_any(chain)
    yield from _taken(chain)
    yield from _by_another(chain)
    yield from _flat(chain)
    yield from of_size(chain)


def of_size(chain: Chain) -> Iterator[Chain]:
    """The chain for n = 2, where it is about n x n matrices and writes out one with two rows."""
    blocks = [side for side in _sides(chain) if side.op == "block" and 1 < len(side.args) < MOST_ROWS]
    symbols = (chain.scope.symbol(name) for side in _sides(chain) for name in chain.scope.leaves(side))
    sizes = {size for symbol in symbols for size in symbol.dims or () if isinstance(size, str)}
    if len(blocks) == 1 and len(sizes) == 1 and any(link.kind != "algebra" for link in chain.links):
        yield replace(chain, conditions=(*chain.conditions, ("=", sizes.pop(), str(len(blocks[0].args)))))


def _one_font(chain: Chain) -> Iterator[Chain]:
    """The chain with a plain letter as the bold one beside it, where the note says nothing of one of them."""
    names = {_root(part.name) for member in _sides(chain) for part in member.walk() if part.op in NAMED}
    scope, one = chain.scope, {}
    for name in names:
        twin = emboldened(name)[0]
        if twin == name or twin not in names or scope.definition(name) is not None:
            continue
        if scope.is_function(name):
            one[twin] = name  # what a note says of a function it says of the plain f
        elif scope.declared(name) is None:
            one[name] = twin
        elif scope.declared(twin) is None and scope.definition(twin) is None:
            one[twin] = name
    if one:
        same = [_renamed(member, one) if isinstance(member, Expr) else member for member in chain.members]
        yield replace(chain, members=same)


def _earlier(chain: Chain) -> Iterator[Chain]:
    """The chain with a definition before the last one: "with a temperature, s = ...", and then s without it again."""
    context = chain.scope.context
    for name, _ in defined(chain, _sides(chain)):
        said = [item for item in context.definitions if item[1].name == name]
        last = [item for item in said if item[1].line == chain.scope.definition(name).line]
        like = [place for place, other in said if last and other.parameters == last[-1][1].parameters]
        again = len({other.indices for _, other in said}) == 1  # and not a beside a^{(i)}
        if like and like[0] < last[-1][0] and not last[-1][1].implied and not (again and _anew(chain, *last[-1])):
            without = replace(context, definitions=[item for item in context.definitions if item is not last[-1]])
            yield replace(chain, scope=fresh_scope(chain, without))


def _anew(chain: Chain, last: tuple[int, int], definition: Definition) -> bool:
    """Whether the last definition is meant: the claim's section has it.

    What a sentence supposes, "with a temperature, s = ...", may end with its paragraph, and P^+ = P - K S K^T = ... may
    be a value that P^+ turns out to have.
    """
    span, text = definition.body.span, definition.body.span.source.text
    if last > chain.place or any(last[0] < heading <= chain.place[0] for heading in chain.scope.context.headings):
        return False
    if RELATED.match(text[span.end :]) and not definition.parameters:
        return False
    if not STOP.search(text[span.end : chain.statement.span.start]):
        return True
    return not supposed(definition)


def supposed(definition: Definition) -> bool:
    """Whether a sentence begins with the definition as a case: "for J = ...", "with a temperature, s = ..."."""
    span = definition.body.span
    before = span.source.text[max(0, span.start - SENTENCE) : span.start]
    return SUPPOSED.match(STOP.split(before)[-1]) is not None


def _of_any(chain: Chain) -> Iterator[Chain]:
    """The chain as one about any function, where the f that it leads to is an example of another section or item.

    Or one that stands behind it: "for J = c^T x and x = A^{-1} b".
    """
    context, here = chain.scope.context, chain.place[0]
    bounds = [*context.headings, *context.breaks]
    bodies = [*_sides(chain), *(body for _, body in defined(chain, _sides(chain)))]
    names = {_root(part.name) for body in bodies for part in body.walk() if part.op in NAMED}
    examples = [item for item in context.definitions if item[1].name in names and (
        (item[1].parameters and any(item[0][0] < bound < here for bound in bounds))
        or (any(here < bound < item[0][0] for bound in context.breaks) and supposed(item[1]))
    )]  # fmt: skip
    if examples:
        without = replace(context, definitions=[item for item in context.definitions if item not in examples])
        yield replace(chain, scope=fresh_scope(chain, without))


def implicit(chain: Chain) -> Iterator[Chain]:
    """The chain with what the implicit function theorem says of dx/dp where g(x, p) = 0, in either order of factors.

    -(dg/dx)^{-1} dg/dp, in denominator layout -(dg/dp) (dg/dx)^{-1} (Magnus and Neudecker, section 7.13).
    """
    head = chain.members[0]
    if not isinstance(head, Expr) or head.op != "derivative" or len(head.args) != 2:
        return
    solved, variable = head.args
    if not solved.op == variable.op == "symbol":
        return
    text = chain.statement.span.source.text[: chain.statement.span.start]
    slopes = [part for side in _sides(chain)[1:] for part in side.walk() if part.op == "derivative"]
    for by_solved in slopes:
        zero = by_solved.args[0]
        by_variable = next((part for part in slopes if part.args == (zero, variable)), None)
        if by_solved.args[1:] != (solved,) or by_variable is None or zero.op != "symbol":
            continue
        if re.search(re.escape(zero.name) + VANISHING, text):
            inverted = Expr("inverse", (by_solved,))
            for factors in ((inverted, by_variable), (by_variable, inverted)):
                value = Expr("neg", (Expr("product", factors),), span=head.span)
                yield replace(chain, members=[value, *chain.members[1:]])
            return


def _taken(chain: Chain) -> Iterator[Chain]:
    """The chain with a function of its sentence, \\pi(A x + b), where it has \\pi without the argument."""
    bare = {part.name for side in _sides(chain)[1:] for part in side.walk() if part.op == "symbol"}
    span = chain.statement.span
    text = span.source.text
    before = STOP.split(text[max(0, span.start - SENTENCE) : span.start])[-1]
    sentence = before + text[span.start : span.end] + STOP.split(text[span.end : span.end + SENTENCE])[0]
    for name in sorted(bare):
        parameters = definition.parameters if (definition := chain.scope.definition(name)) is not None else ()
        for match in re.finditer(re.escape(name) + r"\(([^()]+)\)", sentence) if len(parameters) == 1 else ():
            with suppress(NoteError):
                taken = read_as(chain, match[0])
                if taken != Expr("symbol", (), name):
                    put = partial(_replaced, name, taken)
                    members = [put(each) if isinstance(each, Expr) else each for each in chain.members]
                    yield replace(chain, members=members)


def read_as(chain: Chain, latex: str) -> Expr:
    """A piece of LaTeX as it would be read where a claim stands."""
    piece = Piece("math", latex, tuple(range(len(latex) + 1)), Source("", latex))
    return Resolver(chain.scope)(parse(tokenize(piece)))


def _replaced(name: str, by: Expr, expr: Expr) -> Expr:
    if expr.op == "symbol" and expr.name == name:
        return by
    return Expr(expr.op, tuple(_replaced(name, by, arg) for arg in expr.args), expr.name, expr.span)


def _by_another(chain: Chain) -> Iterator[Chain]:
    """The chain with a gradient by z of |z|^2 where \\nabla says of none, and z = W x leads on to the usual x."""
    head, written = chain.members[0], chain.statement.members[0].expr
    if not isinstance(head, Expr) or head.op != "derivative" or head.name != "nabla" or written is None:
        return
    if any(part.op in ("sub", "frac") and part.args[0].op == "nabla" for part in written.walk()):
        return
    scope, target, variable = chain.scope, *head.args[:2]
    names = {part.name for side in _sides(chain) for part in side.walk() if part.op == "symbol"}
    for name in sorted(name for name in names if _leads_on(scope, name, variable.name))[:MAX_EARLIER]:
        other = replace(head, args=(target, *(replace(each, name=name) for each in head.args[1:])))
        fresh = fresh_scope(chain, scope.context)
        fresh.seek([(target.name, name)])
        yield replace(chain, members=[other, *chain.members[1:]], scope=fresh)


def _leads_on(scope: Scope, name: str, variable: str) -> bool:
    """Whether a symbol stands for a column that is made of the variable."""
    definition = scope.definition(name)
    if definition is None or variable not in scope.leaves(definition.body):
        return False
    shape = scope.shape_of(definition.body)
    return shape is not None and shape[1] == 1 != shape[0]


def _still(chain: Chain) -> Iterator[Chain]:
    """The chain with what the note only elsewhere has as a function, y(x), for a constant; also the A of e^{At}."""
    names = {name for side in _sides(chain) for name in chain.scope.leaves(side) if chain.scope.curve(name)}
    context, here = chain.scope.context, chain.place[0]
    taken = [piece for name in names for piece in context.usage.taken[name]]
    apart = [any(min(piece, here) < heading <= max(piece, here) for heading in context.headings) for piece in taken]
    grown = [{each.name for each in part.walk()} for side in _sides(chain) for part in side.walk()
             if part.op == "matrix_exp"]  # fmt: skip
    steady = names and all(any({name, chain.scope.curve(name)} <= found for found in grown) for name in names)  # e^{At}
    if names and (all(apart) or steady):
        scope = fresh_scope(chain, chain.scope.context)
        scope.still = frozenset(names)
        yield replace(chain, scope=scope)


def named(chain: Chain) -> Iterator[Chain]:
    """The chain with the function whose name stands right before it: "for tanh, g'(z) = 1 - g(z)^2"."""
    span = chain.statement.members[0].span
    words = span.source.text[max(0, span.start - BEFORE) : span.start]
    operation = next((op for op, name in NAMES.items() if re.search(name + BEHIND, words)), None)
    letters = {_root(part.name) for side in _sides(chain) for part in side.walk() if part.op == "primed"}
    primed = {part.args[0].name for member in chain.statement.members if member.expr is not None
              for part in member.expr.walk() if part.op == "prime" and part.args[0].op == "symbol"}  # fmt: skip
    if operation and len(primed) == 1 and any(map(chain.scope.definition, primed)):  # in the next item g = max(0, z)
        context = chain.scope.context
        others = [each for each in context.definitions if each[1].name not in primed]
        scope = fresh_scope(chain, replace(context, definitions=others))
        with suppress(NoteError):
            members = [meaning(Resolver(scope), member.expr) for member in chain.statement.members]
            chain, letters = replace(chain, scope=scope, members=members), primed
    yield from _as_function(chain, letters, operation)


def in_words(chain: Chain) -> Iterator[Chain]:
    """The chain with the one function that its sentence names for the one that it leads to: "for ReLU in one go"."""
    span = chain.statement.members[0].span
    words = STOP.split(span.source.text[max(0, span.start - SENTENCE) : span.start])[-1]
    found = [op for op, name in NAMES.items() if re.search(name, words)]
    bodies = [*_sides(chain), *(body for _, body in defined(chain, _sides(chain)))]
    letters = {_root(part.name) for body in bodies for part in body.walk() if part.op in ("call", "primed")}
    free = {letter for letter in letters if chain.scope.definition(letter) is None}
    if len(found) == len(free) == 1 and not re.search(UNLIKE + NAMES[found[0]], words):
        yield from _as_function(chain, free, found[0])


def _as_function(chain: Chain, letters: Iterable[str], operation: str | None) -> Iterator[Chain]:
    """The chain with an operation for each of these functions."""
    for letter in sorted(letters) if operation else ():
        meant = partial(_meant, letter, chain.scope.alias(letter), operation)
        scope = fresh_scope(chain, chain.scope.context)
        scope.steps = meant
        members = [meant(member) if isinstance(member, Expr) else member for member in chain.members]
        yield replace(chain, members=members, scope=scope)


def _meant(letter: str, read: str | None, operation: str, expr: Expr) -> Expr:
    """An expression with an operation for an abstract function, or for what its letter was read as."""
    args = tuple(_meant(letter, read, operation, arg) for arg in expr.args)
    if expr.op == read or (expr.op == "call" and expr.name == letter):
        return Expr(operation, args, "", expr.span)
    if expr.op == "primed" and _root(expr.name) == letter:
        args = (args[0], Expr(operation, (Expr("symbol", (), "\N{INCREMENT}"),), span=expr.span))
    return Expr(expr.op, args, expr.name, expr.span)


def left_out(chain: Chain) -> Iterator[Chain]:
    """The chain with a cost short of one of its later terms, where its sentence says: "forget the regulariser"."""
    span = chain.statement.members[0].span
    before = OPENED.sub("", span.source.text[max(0, span.start - SENTENCE) : span.start])
    if not LEFT_OUT.search(STOP.split(before)[-1]):
        return
    context, names = chain.scope.context, {name for name, _ in defined(chain, _sides(chain))}
    for name in sorted(names):
        whole = chain.scope.definition(name)
        for at in range(1, len(whole.body.args) if whole is not None and whole.body.op == "sum" else 0):
            rest = (*whole.body.args[:at], *whole.body.args[at + 1 :])
            body = rest[0] if len(rest) == 1 else replace(whole.body, args=rest)
            known = [(place, replace(each, body=body, written=None) if (each.name, each.line) == (name, whole.line)
                      else each) for place, each in context.definitions]  # fmt: skip
            yield replace(chain, scope=fresh_scope(chain, replace(context, definitions=known)))


def fresh_scope(chain: Chain, context: Context) -> Scope:
    """What a context knows at the place of a chain, which differentiates by what it did."""
    scope = context.at(chain.place, chain.statement.members[0].span.source)
    scope.seek(differentiated(chain.members))
    return scope


def _flat(chain: Chain) -> Iterator[Chain]:
    """The chain with (a, b) as a row: the derivative by \\theta^T, written on one line."""
    lists = [at for at, member in enumerate(chain.members) if isinstance(member, Expr) and is_tuple(chain, at, "(")]
    if lists:
        turned = [Expr("transpose", (member,), span=member.span) if at in lists else member
                  for at, member in enumerate(chain.members)]  # fmt: skip
        yield replace(chain, members=turned)


def is_tuple(chain: Chain, at: int, brackets: str = "([") -> bool:
    """Whether a side is (a, b) or [a, b] with commas, which is neither a row nor a column."""
    written = chain.statement.members[at].expr
    return written is not None and written.op == "group" and written.name in brackets and written.args[0].op == "list"


def _sides(chain: Chain) -> list[Expr]:
    return [member for member in chain.members if isinstance(member, Expr)]


def _root(name: str) -> str:
    """f for the f' of a primed function."""
    return name.partition(" ")[0]


def _renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    root = _root(expr.name) if expr.op in NAMED else ""
    name = names[root] + expr.name[len(root) :] if root in names else expr.name
    return Expr(expr.op, tuple(_renamed(arg, names) for arg in expr.args), name, expr.span)
