"""A document in, its chains out: every equality that asserts something, resolved, with the context where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from math import inf

from texgrad import facts
from texgrad.adjoints import adjoint
from texgrad.applied import applied
from texgrad.coded import coded
from texgrad.conditions import RELATIONS, Comparison, Condition, compared, conditions, distinct, numbered
from texgrad.context import Context, Place, Scope
from texgrad.continuing import behind_call, breaks, chapters, continued, examples, headings_of, second
from texgrad.counting import counted, iterates, steps, updated
from texgrad.dashes import MANY_DASHES, dashed, undashed
from texgrad.definitions import first_only, place_of, registered
from texgrad.document import Document, Piece
from texgrad.errors import BoundExceeded, NoteError
from texgrad.explanations import explanations
from texgrad.expr import Expr
from texgrad.facts.fact import Declaration, Fact, Quotation, Shorthand, numbers, values
from texgrad.headed import headed
from texgrad.heads import is_calculus, logarithm
from texgrad.increments import joined
from texgrad.layers import shift_between
from texgrad.mappings import with_mappings
from texgrad.notation import tokenize
from texgrad.notation.macros import scopes
from texgrad.notation.tokens import Token
from texgrad.ops import WORDS
from texgrad.resolve import Resolver
from texgrad.settle import settle
from texgrad.shapes import Definition
from texgrad.shorthand import mean, shorthand
from texgrad.source import Span
from texgrad.statements import Statement, statements
from texgrad.summation import meaning
from texgrad.tabled import tabled
from texgrad.usage import scan
from texgrad.wording import SOLVED, as_worded, defining, named_behind, sentence_before
from texgrad.work import Work

Bug = tuple[Span, Exception]

WIDE = frozenset(("column", "row", "matrix"))


@dataclass(frozen=True)
class Link:
    """One equality of a chain: members[at - 1] = members[at]; `kind` derivative, differential or algebra."""

    at: int
    kind: str


@dataclass
class Chain:
    """A chain of equal expressions as the note has it; what cannot be resolved stands as its problem."""

    statement: Statement
    piece: Piece
    place: Place
    scope: Scope
    members: list[Expr | NoteError]
    links: list[Link] = field(default_factory=list)
    defines: bool = False
    conditions: tuple[Condition, ...] = ()
    regions: tuple[Comparison, ...] = ()  # the values that it is said for
    words: str = ""  # the sentence up to it
    other: Chain | None = None  # the same with the dash in front of it read otherwise, as a bullet or as a sign
    work: Work = field(default_factory=Work)
    written: list[Expr | NoteError] | None = None  # the members as the note has them, where they stand for other ones
    standing: Callable[[Expr], Expr] = lambda expr: expr  # what an expression of the note stands for here


@dataclass(frozen=True)
class Reading:
    """All that was read of one note."""

    chains: list[Chain]
    context: Context
    problems: list[tuple[Piece, NoteError]]
    bugs: list[Bug]


@contextmanager
def noting(span: Span, bugs: list[Bug]) -> Iterator[None]:
    """Keep an unexpected error with its place: a bug that one formula brings out must not lose all the others."""
    try:
        yield
    except Exception as error:
        bugs.append((span, error))


def read_claims(document: Document, extra: Sequence[Fact] = ()) -> Reading:
    """Chains of a document in reading order; formulas that cannot be read as tokens are problems of their own."""
    tokens, problems = _tokens(document)
    found: list[Statement] = []
    bugs: list[Bug] = []
    for number, piece_tokens in tokens.items():
        piece = document.pieces[number]
        with noting(piece.span(), bugs):
            found += statements(piece_tokens, number, piece.display)
    said = facts.find(document, tokens)
    declared = {fact.name for fact in said if isinstance(fact, Declaration)}
    found = joined(with_mappings(continued(document, found)), declared)
    headings = headings_of(document)
    code = list(coded(document, found, said, headings))
    said_so = (*named_behind(found), *headed(document, tokens), *tabled(document, tokens), *_shorthands(document, said),
               *code)  # fmt: skip
    found = sorted([*found, *said_so], key=place_of)
    surfaces = [(s.piece, member.expr) for s in found for member in s.members if member.expr is not None]
    context = Context(
        facts=[(_fact_place(document, fact), fact) for fact in (*extra, *said)],
        usage=scan(surfaces, values((*extra, *said), "prime"), compared(found), numbers((*extra, *said))),
        costs=shorthand(found, sorted(values(said, "shorthand"))),
        mean=mean(found, headings),
        dashes=sum(map(dashed, found)) >= MANY_DASHES,
        adjoint=adjoint(found),
        breaks=list(breaks(document)),
        headings=headings,
        chapters=chapters(document),
        examples=examples(document),
        steps=counted(found),
        iterates=iterates(found),
        updated=updated(found),
        explanations=explanations(document, found),
        coded=frozenset(map(place_of, code)),
    )
    chains = _chains(context, found, document, bugs)
    kinds = settle(_equations(chains))
    if kinds:
        context.settle(kinds)
        context.definitions.clear()
        chains = _chains(context, found, document, bugs)
    return Reading(chains, context, problems, bugs)


def _shorthands(document: Document, said: Sequence[Fact]) -> Iterator[Statement]:
    """What words say that a symbol is short for, as the definition that they mean."""
    for fact in said:
        if isinstance(fact, Shorthand):
            number, _ = _fact_place(document, fact)
            yield defining(fact.name, fact.body, max(number, 0))


def _chains(context: Context, found: Sequence[Statement], document: Document, bugs: list[Bug]) -> list[Chain]:
    known: list[tuple[Place, str]] = []
    cases = numbered(document, found, context)
    for _ in range(3):  # the second time with the functions known that are defined; f'' and f_x are no symbols then
        fresh: list[tuple[Place, Definition]] = []
        for statement, case in zip(found, cases, strict=True):
            with noting(statement.span, bugs):
                item = registered(context, statement)
                if item is None and (linked := behind_call(statement)) is not None:
                    item = registered(context, linked)
                if item is None or _is_solution(context, document, statement, item[1]):
                    continue
                if case and any(item[1].name == each.name for _, each in fresh):
                    continue  # what f is for n = 1
                known = _spoken_of(context, fresh, *item)
                also = second(statement)
                under = registered(context, also) if also is not None else None
                if under is not None and all(under[1].name != each.name for _, each in (*fresh, item)):
                    fresh.append(under)
                worded = as_worded(document, context.headings, statement, item[1], known)
                if worded is not None:
                    fresh.append((item[0], worded))
        context.definitions[:] = first_only(context, fresh)
        context.steps |= steps(definition for _, definition in fresh)
        before, known = known, [(place, definition.name) for place, definition in fresh]
        if before == known:
            break
    chains = []
    for statement, stated in zip(found, conditions(document, found, context), strict=True):
        with noting(statement.span, bugs):
            chain = _chain(context, statement, document)
            if chain is not None:
                chain.regions = tuple(_resolved(chain.scope, stated))
                chain.conditions = (*(each for each in stated if each[0] in RELATIONS),
                                    *distinct(chain.scope, chain.members))  # fmt: skip
                chains.append(chain)
    return chains


def _resolved(scope: Scope, stated: Sequence[Condition | Comparison]) -> Iterator[Comparison]:
    """The comparisons of values among the conditions of a statement, as expressions."""
    for relation, left, right in stated:
        if relation not in RELATIONS:
            with suppress(NoteError):
                yield relation, *(meaning(Resolver(scope), side) for side in (left, right))


def _is_solution(context: Context, document: Document, statement: Statement, definition: Definition) -> bool:
    """b = ... where the derivative by b is zero: what b is there, not what it stands for."""
    if definition.name not in context.usage.variables or definition.parameters or statement.relations[0][0] != "=":
        return False
    return bool(statement.arrow) or bool(SOLVED.search(sentence_before(document, statement.piece)))


def _spoken_of(context: Context, fresh: list[tuple[Place, Definition]], place: Place, definition: Definition) -> bool:
    """Whether the note has spoken of a symbol before it defines it: declared it, defined it or defined by it."""
    name = definition.name
    if any(at < place and isinstance(fact, Declaration) and fact.name == name for at, fact in context.facts):
        return True
    return any(name == earlier.name or any(part.name == name for part in earlier.body.walk()) for _, earlier in fresh)


def _equations(chains: Sequence[Chain]) -> Iterator[tuple[Scope, list[Expr], str]]:
    """What the typing of the note is inferred from: definitions whole with their heads, of a claim its left side."""
    for chain in chains:
        sides = [member for member in chain.members[:2] if isinstance(member, Expr)]
        if chain.defines and len(sides) == 2:
            left = sides[0]
            said = left.op == "symbol" and (known := chain.scope.declared(left.name)) and known.kind in WIDE
            said = said and not chain.scope.redefined(left.name)
            yield chain.scope, sides if said else sides[1:], left.name if left.op == "symbol" else ""
        elif chain.links and sides and isinstance(chain.members[0], Expr):
            yield chain.scope, sides[:1], ""


def _tokens(document: Document) -> tuple[dict[int, tuple[Token, ...]], list[tuple[Piece, NoteError]]]:
    tokens: dict[int, tuple[Token, ...]] = {}
    problems = []
    for number, (piece, macros) in enumerate(zip(document.pieces, scopes(document), strict=True)):
        if piece.kind != "math":
            continue
        try:
            tokens[number] = tuple(map(_worded, tokenize(piece, macros)))
        except NoteError as problem:
            problems.append((piece, problem))
    return tokens, problems


def _worded(token: Token) -> Token:
    """\\text{tr} is the trace, not a word between formulas."""
    if token.kind == "text" and token.text.strip() in WORDS:
        return replace(token, kind="command", text=f"\\operatorname{{{token.text.strip()}}}")
    return token


def _fact_place(document: Document, fact: Fact) -> Place:
    """The piece that a fact stands in, and where in it."""
    for number, piece in enumerate(document.pieces):
        here = piece.source is fact.span.source and piece.offsets
        if here and piece.offsets[0] <= fact.span.start <= piece.offsets[-1]:
            return number, fact.span.start
    return (-1, 0)


# -- chains ------------------------------------------------------------------------------------------------------------


def _chain(context: Context, statement: Statement, document: Document) -> Chain | None:
    if len(statement.members) < 2:
        return None
    place = place_of(statement)
    scope = context.at(place, statement.members[0].span.source)
    resolver = Resolver(scope)
    defines, own = _defines(context, scope, statement, place)
    members = _members(resolver, statement, own)
    if scope.mention(part.name for member in members if isinstance(member, Expr) for part in member.walk()):
        members = _members(resolver, statement, own)  # layers that it mentions have their definitions now
    scope.seek(differentiated(members))
    piece = document.pieces[statement.piece]
    chain = Chain(statement, piece, place, scope, members, defines=defines)
    chain.words = sentence_before(document, statement.piece)
    quoted = any(
        isinstance(fact, Quotation) and fact.span.source is piece.source
        and fact.span.start <= statement.members[-1].span.start and fact.span.end >= statement.members[0].span.start
        for _, fact in context.facts
    )  # fmt: skip
    chain.links = [] if quoted else list(_links(chain))
    _dash(context, chain)
    return chain


def _dash(context: Context, chain: Chain) -> None:
    """Read the dash in front of a display as the bullet of a list where the note has many of them; as a sign else."""
    head = chain.members[0]
    if dashed(chain.statement) and isinstance(head, Expr):
        members = [undashed(head), *chain.members[1:]]
        chain.other = replace(chain, members=members)
        if context.dashes:
            chain.members, chain.other.members = members, chain.members


def _members(resolver: Resolver, statement: Statement, own: Expr | None) -> list[Expr | NoteError]:
    """The members of a chain as expressions, or why they are none; `own` stands for a head defined before."""
    members: list[Expr | NoteError] = []
    for number, member in enumerate(statement.members):
        if member.expr is None:
            members.append(member.problem or NoteError("nothing stands here", member.span))
            continue
        try:
            left = members[0] if members and isinstance(members[0], Expr) else None
            members.append(own if number == 0 and own is not None else meaning(resolver, member.expr, left))
        except NoteError as problem:
            members.append(problem)
        except RecursionError:
            members.append(BoundExceeded("nested too deeply", member.span))
    return applied(members)


def differentiated(members: Sequence[Expr | NoteError]) -> Iterator[tuple[str, str]]:
    """(symbol, variable) of derivatives of and by symbols or their entries; "" for what is no symbol."""
    for member in members:
        for part in member.walk() if isinstance(member, Expr) else ():
            for variable in part.args[1:] if part.op == "derivative" else ():
                core = variable.args[0] if variable.op == "entry" else variable
                target = part.args[0].args[0] if part.args[0].op == "entry" else part.args[0]
                yield target.name if target.op in ("symbol", "member") else "", core.name


def _defines(context: Context, scope: Scope, statement: Statement, place: Place) -> tuple[bool, Expr | None]:
    """Whether the first link defines its left side; where that is defined already, the earlier definition's body."""
    mine = [definition for at, definition in context.definitions if at == place]
    if context.adjoint is not None and context.adjoint.place == place:
        return True, None
    if not mine:
        return False, None
    if mine[0].last < inf or mine[0].implied:
        return True, None
    name = mine[0].name
    earlier = [d for at, d in context.definitions if d.name == name and at < place and d.reach is None]
    if "abstract" in (mine[0].body.op, earlier[-1].body.op if earlier else ""):
        return True, None
    if place in context.explanations.anew or mine[0].body.op == "derivative" or mine[0].reach is not None:
        return True, None
    if not earlier or statement.relations[0][0] != "=" or mine[0].indices or earlier[-1].indices:
        return True, None
    body = earlier[-1].body  # of L, where the head is \log L
    return False, Expr("log", (body,), span=body.span) if logarithm(statement.members[0].expr) is not None else body


def _links(chain: Chain):
    members, relations, written = chain.members, chain.statement.relations, chain.statement.members
    definitions = chain.scope.context.definitions
    calculus = any(is_calculus(member) for member in members) or _names_derivative(chain)
    words = _mentions(chain.statement)
    if all(isinstance(m, Expr) and m.op == "differential" and m.args[0].op == "symbol" for m in members):
        return  # dX_1 = dX_2 = dX says which increments are taken
    for at in range(1, len(members)):
        if relations[at - 1][0] not in ("=", "\\equiv", ":="):
            return  # what follows an approximation or an inequality is about something else
        restated = members[0] == members[1]  # members that are the same say how something is written
        if at == 1 and (chain.defines or relations[0][0] == ":=" or restated or _steps(chain)):
            continue
        if at == 2 and any(place == (chain.place[0], written[1].span.start) for place, _ in definitions):
            continue  # y = p(o | c) = ... defines p as well
        if chain.defines and all(isinstance(member, NoteError) for member in members[1:at]) and at > 1:
            continue  # what comes out of a minimum that cannot be read is what the head is known by
        if any(_is_symmetry(chain.scope, *pair) for pair in (members[at - 1 : at + 1], members[at - 1 : at + 1][::-1])):
            continue  # A = A^T says what A is
        kind = "differential" if any(_has(m, "differential") for m in members) else "derivative"
        yield Link(at, kind if calculus or words else "algebra")


def _is_symmetry(scope: Scope, side: Expr | NoteError, turned: Expr | NoteError) -> bool:
    """Whether an equation is A = A^T, for a matrix without a formula of its own."""
    if not (isinstance(turned, Expr) and turned.op == "transpose" and turned.args[0] == side):
        return False
    return turned.args[0].op == "symbol" and scope.definition(turned.args[0].name) is None


def _steps(chain: Chain) -> bool:
    """x^{t+1} = x^t - ...: a rule by which a step leads to the next one."""
    head, body = chain.members[:2]
    if not (isinstance(head, Expr) and head.op == "symbol" and isinstance(body, Expr)):
        return False
    return any((between := shift_between(part.name, head.name)) is not None and between[1] == f"{between[0]}+1"
               for part in body.walk() if part.op == "symbol")  # fmt: skip


def _names_derivative(chain: Chain) -> bool:
    """Whether the head is a symbol that stands for a derivative, as a delta of back-propagation."""
    head = chain.members[0]
    if not isinstance(head, Expr) or head.op not in ("symbol", "member", "entry"):
        return False
    name = head.args[0].name if head.op == "entry" else head.name
    definition = chain.scope.definition(name)
    return definition is not None and is_calculus(definition.body)


def _has(member: Expr | NoteError, op: str) -> bool:
    return isinstance(member, Expr) and any(part.op == op for part in member.walk())


def _mentions(statement: Statement) -> bool:
    """Whether an unresolved side speaks of a derivative."""
    signs = ("dsign", "nabla")
    return any(
        part.op in signs and part.name != "d"
        for member in statement.members
        if member.expr is not None
        for part in member.expr.walk()
    ) or any("\\partial" in member.span.text or "\\nabla" in member.span.text for member in statement.members)
