"""A document in, its chains out: every equality that asserts something, resolved, with the context where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from texgrad import facts
from texgrad.context import Context, Place, Scope
from texgrad.document import Document, Piece
from texgrad.errors import BoundExceeded, NoteError
from texgrad.expr import Expr
from texgrad.facts.fact import Fact, Quotation
from texgrad.layers import level, shift_between
from texgrad.notation import tokenize
from texgrad.notation.macros import scopes
from texgrad.notation.names import label
from texgrad.notation.tokens import Token
from texgrad.numeric import agree
from texgrad.ops import WORDS
from texgrad.resolve import Resolver
from texgrad.scripts import TRANSPOSES
from texgrad.indices import apart, summed
from texgrad.settle import settle
from texgrad.shapes import Definition
from texgrad.source import Span
from texgrad.statements import EQUAL, Member, Statement, statements
from texgrad.usage import scan
from texgrad.work import Work

WIDE = frozenset(("column", "row", "matrix"))
# words that make an equation a condition, a constraint or an equation to solve
CONDITIONS = re.compile(
    r"(?i)\b(if|when|whenever|iff|suppose|assum\w*|such that|subject to|constraint\w*|satisf\w*|solv\w*|require\w*|"
    r"provided|si|lorsque|tel que|telle que|sous|wenn|falls|gilt|sofern|sujeto|cuando)\b|若|如果|当|假设|令|约束|满足|"
    r"使得|とき|ならば|если|когда|при условии|nếu|khi|sao cho"
)
CALCULUS = frozenset(("derivative", "differential", "primed"))


Bug = tuple[Span, Exception]


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
    quoted: bool = False
    apart: frozenset[tuple[str, str]] = frozenset()
    conditional: bool = False
    work: Work = field(default_factory=Work)


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
    found = _continued(document, found)
    surfaces = [member.expr for s in found for member in s.members if member.expr is not None]
    context = Context(
        facts=[(_fact_place(document, fact), fact) for fact in (*extra, *facts.find(document, tokens))],
        usage=scan(surfaces),
        headings=[at for at, piece in enumerate(document.pieces) if piece.kind == "heading"],
    )
    chains = _chains(context, found, document, bugs)
    kinds = settle(_equations(chains))
    if kinds:
        context.settle(kinds)
        context.definitions.clear()
        chains = _chains(context, found, document, bugs)
    return Reading(chains, context, problems, bugs)


def _chains(context: Context, found: Sequence[Statement], document: Document, bugs: list[Bug]) -> list[Chain]:
    for _ in range(2):  # the second time with the functions known that are defined behind their first use
        fresh: list[tuple[Place, Definition]] = []
        for statement in found:
            with noting(statement.span, bugs):
                item = _registered(context, statement)
                if item is not None:
                    fresh.append(item)
        context.definitions[:] = _first_only(context, fresh)
    chains = []
    for number, statement in enumerate(found):
        with noting(statement.span, bugs):
            chain = _chain(context, statement, document)
            if chain is not None:
                chain.apart = apart(found, number, partial(_adjacent, document))
                chains.append(chain)
    return chains


def _equations(chains: Sequence[Chain]) -> Iterator[tuple[Scope, list[Expr]]]:
    """What the typing of the note is inferred from: definitions whole, of a claim only its left side."""
    for chain in chains:
        sides = [member for member in chain.members[:2] if isinstance(member, Expr)]
        if chain.defines and len(sides) == 2:
            left = sides[0]
            said = left.op == "symbol" and (known := chain.scope.declared(left.name)) and known.kind in WIDE
            yield chain.scope, sides if said else sides[1:]
        elif chain.links and sides and isinstance(chain.members[0], Expr):
            yield chain.scope, sides[:1]


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
        if piece.source is fact.span.source and piece.offsets and piece.offsets[0] <= fact.span.start <= piece.offsets[-1]:
            return number, fact.span.start
    return (-1, 0)


def _continued(document: Document, found: list[Statement]) -> list[Statement]:
    """Displays that begin with a relation go on with the chain of the display before."""
    result: list[Statement] = []
    last = 0  # the piece that the last statement ends in
    for statement in found:
        before_piece, last = last, statement.piece
        if statement.continues and result and _adjacent(document, before_piece, statement.piece):
            before = result[-1]
            result[-1] = replace(
                before,
                members=before.members + statement.members[1:],
                relations=before.relations + statement.relations,
            )
        elif not statement.continues:
            result.append(statement)
    return result


def _adjacent(document: Document, before: int, after: int) -> bool:
    """Whether two formulas are one behind the other with at most a few words between."""
    between = document.pieces[before + 1 : after]
    words = sum(len(piece.text.split()) for piece in between if piece.kind == "prose")
    return after > before and words <= 12 and not any(piece.kind in ("heading", "math") for piece in between)


# -- definitions -------------------------------------------------------------------------------------------------------


def head_of(surface: Expr, scope: Scope) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """(name, parameters, indices) where an expression is what a definition defines: z, f(x), p_i, W^{(l)}."""
    parameters: tuple[str, ...] = ()
    surface = surface if _logarithm(surface) is None else _logarithm(surface)
    if surface.op == "term" and len(surface.args) == 2 and surface.args[1].op == "group":
        group = surface.args[1]
        if group.name not in ("(", "["):
            return None
        body = group.args[0]
        parts = [p for part in (body.args if body.op == "list" else (body,)) for p in
                 (part.args if part.op == "list" else (part,))]  # fmt: skip
        if not all(part.op in ("symbol", "sub", "sup") for part in parts):
            return None
        # a function of \sigma^2 is one of \sigma
        parameters = tuple(
            label(part.args[0] if part.op == "sup" and part.args[1].op == "number" else part) for part in parts
        )
        surface = surface.args[0]
    if surface.op not in ("symbol", "sub", "sup", "prime"):
        return None
    return _named_head(surface, parameters, scope)


def _logarithm(surface: Expr) -> Expr | None:
    """The head L of \\ln L(b) = ..., which defines L as an exponential; None for other heads."""
    if surface.op != "term" or surface.args[0].op != "function" or surface.args[0].name != "log":
        return None
    rest = surface.args[1:]
    return replace(surface, args=rest) if len(rest) > 1 else rest[0]


def _named_head(surface: Expr, parameters: tuple[str, ...], scope: Scope):
    base = surface
    while base.op in ("sub", "sup", "prime"):
        if base.op == "sup" and label(base.args[1]) in TRANSPOSES | {"-1"}:
            return None
        base = base.args[0]
    if base.op != "symbol":
        return None
    if surface is base and surface.name in ("\\pi", "e"):  # a letter of a constant that the note uses for its own
        return surface.name, parameters, ()
    try:
        resolved = Resolver(scope)(surface)
    except NoteError:
        return None
    if resolved.op == "symbol":
        return resolved.name, parameters, ()
    indices = tuple(arg.name for arg in resolved.args[1:] if arg.op == "symbol")
    if resolved.op == "entry" and resolved.args[0].op == "symbol" and len(indices) == len(resolved.args) - 1:
        return resolved.args[0].name, parameters, indices
    if resolved.op == "member":
        indices = tuple(arg.name for arg in resolved.args if arg.op == "symbol")
        return (resolved.name, parameters, indices) if len(indices) == len(resolved.args) else None
    if resolved.op == "power" and surface.op == "sup" and surface.args[0].op == "symbol":
        return label(surface), parameters, ()
    return None


def _registered(context: Context, statement: Statement) -> tuple[Place, Definition] | None:
    """The definition that a statement gives, with its place."""
    if len(statement.members) < 2 or statement.relations[0][0] not in EQUAL:
        return None
    left, right = statement.members[:2]
    if left.expr is None or right.expr is None:
        return None
    place = _place(statement)
    scope = context.at(place, left.span.source)
    definition = _definition(scope, left, right, statement)
    if definition is None:
        return None
    if statement.relations[0][0] == "=" and _recurs(definition):
        return None
    return place, definition


def _recurs(definition: Definition) -> bool:
    """A recursion over layers (delta of one layer by that of the next) says nothing of what the symbol is."""
    names = {part.name for part in definition.body.walk() if part.op in ("symbol", "member")}
    return any(shift_between(definition.name, name) for name in names) and any(
        level(name) and level(name)[1] > 0 for name in names if shift_between(definition.name, name)
    )


def _first_only(context: Context, found: list[tuple[Place, Definition]]) -> list[tuple[Place, Definition]]:
    """Within a section a name keeps its first definition; what is said of it there later is a claim about it."""
    kept: list[tuple[Place, Definition]] = []
    last: dict[str, tuple[Place, Definition]] = {}
    for place, definition in found:
        before = last.get(definition.name)
        if before is not None and not _is_new(context, before, (place, definition)):
            continue
        kept.append((place, definition))
        last[definition.name] = (place, definition)
    return kept


def _is_new(context: Context, before: tuple[Place, Definition], after: tuple[Place, Definition]) -> bool:
    if "abstract" in (before[1].body.op, after[1].body.op):
        return True
    if _is_calculus(before[1].body):
        return False
    if before[1].indices != after[1].indices:
        return True
    if any(before[0][0] < heading < after[0][0] for heading in context.headings):
        return True
    scope = context.at(after[0])
    if set(scope.leaves(before[1].body)) != set(scope.leaves(after[1].body)):
        return True
    return agree(scope, before[1].body, after[1].body) is False


def _definition(scope: Scope, left: Member, right: Member, statement: Statement) -> Definition | None:
    head = head_of(left.expr, scope)
    if head is None or _is_zero(right.expr):
        return None
    name, parameters, indices = head
    if right.expr.op == "prime" and not parameters and scope.is_function(label(right.expr.args[0])):
        point = Expr("symbol", (), "\N{INCREMENT}" + name)
        body = Resolver(scope).apply(label(right.expr.args[0]), [point], int(right.expr.name), right.span)
        return Definition(name, body, (point.name,), (), left.span.line)  # f = F'
    if scope.constant(name) or (scope.is_size(name) and not parameters) or _is_range(scope, name, right.expr):
        return None
    saved = list(scope.bound_names)
    scope.bound_names.extend(indices)
    scope._definitions[name] = None
    try:
        body = _resolved(Resolver(scope), right.expr)
    except NoteError:
        return None
    finally:
        scope.bound_names[:] = saved
    if _logarithm(left.expr) is not None:
        body = Expr("exp", (body,), span=body.span)
    if any(part.op in ("symbol", "member") and part.name == name for part in body.walk()):
        return None  # an update rule or a recursion
    if _is_boundary(scope, parameters, body):
        return None
    core = body.args[0] if body.op == "transpose" else body
    if core.op in ("sequence", "grid") and core.args[0].op in ("symbol", "entry", "member"):
        return None  # x = (x_1, ..., x_n) says that x is a vector
    depends = _dependence(scope, body, name)
    if depends is not None:
        body = Expr("abstract", tuple(Expr("symbol", (), argument) for argument in depends), name, body.span)
    return Definition(name, body, parameters, indices, left.span.line)


def _is_boundary(scope: Scope, parameters: tuple[str, ...], body: Expr) -> bool:
    """P(t_f) = S: a value at one point, not what the function is."""
    return bool(parameters) and all("_{" in name for name in parameters) and not {*parameters} & {*scope.leaves(body)}


def _is_range(scope: Scope, name: str, body: Expr) -> bool:
    """i = 1, ..., n: where an index starts, and i = j: no definition."""
    indices = scope.usage.indices | scope.usage.bound | set(scope.usage.samples)
    return len(name) == 1 and name in indices and (
        body.op == "number" or body.op == "symbol" and len(body.name) == 1 and body.name in indices
    )


def _dependence(scope: Scope, body: Expr, name: str) -> tuple[str, ...] | None:
    """The arguments in y = f(x), which says that y depends on x and hides what y was before; None for other bodies."""
    if body.op == "symbol" and scope.definition(body.name) is None and scope.is_function(body.name):
        return scope.parameters(body.name)
    if body.op != "call":
        return None
    elementwise = "elementwise" in scope.symbol(body.name).properties or body.name in scope.usage.primed
    if elementwise and body.name != name:
        return None
    names = tuple(arg.name for arg in body.args if arg.op == "symbol")
    return names if len(names) == len(body.args) else None


def _is_zero(surface: Expr) -> bool:
    return surface.op == "number" and float(surface.name or 1) == 0 or surface.name in ("\\mathbf{0}",)


def _place(statement: Statement) -> Place:
    return statement.piece, statement.members[0].span.start


# -- chains ------------------------------------------------------------------------------------------------------------


def _chain(context: Context, statement: Statement, document: Document) -> Chain | None:
    if len(statement.members) < 2:
        return None
    place = _place(statement)
    scope = context.at(place, statement.members[0].span.source)
    resolver = Resolver(scope)
    defines, own = _defines(context, scope, statement, place)
    members: list[Expr | NoteError] = []
    for number, member in enumerate(statement.members):
        if member.expr is None:
            members.append(member.problem or NoteError("nothing stands here", member.span))
            continue
        try:
            members.append(own if number == 0 and own is not None else _resolved(resolver, member.expr))
        except NoteError as problem:
            members.append(problem)
        except RecursionError:
            members.append(BoundExceeded("nested too deeply", member.span))
    piece = document.pieces[statement.piece]
    scope.mention(part.name for member in members if isinstance(member, Expr) for part in member.walk())
    chain = Chain(statement, piece, place, scope, members, defines=defines)
    chain.conditional = bool(CONDITIONS.search(_sentence_before(document, statement.piece)))
    chain.links = list(_links(chain))
    chain.quoted = any(
        isinstance(fact, Quotation) and fact.span.source is piece.source
        and fact.span.start <= statement.members[-1].span.start and fact.span.end >= statement.members[0].span.start
        for _, fact in context.facts
    )  # fmt: skip
    return chain


def _resolved(resolver: Resolver, surface: Expr) -> Expr:
    """What an expression means, with the sums that the note leaves out."""
    expr = resolver(surface)
    return summed(expr) if resolver.scope.all_conventions("einstein") else expr


def _sentence_before(document: Document, number: int) -> str:
    """The prose between the last full stop and a formula."""
    words = ""
    for piece in reversed(document.pieces[:number]):
        if piece.kind == "heading" or (piece.kind == "prose" and re.search(r"[.。!?！？]\s*$", piece.text) and words):
            break
        if piece.kind == "prose":
            words = piece.text + words
            if re.search(r"[.。!?！？]\s", piece.text):
                break
    return re.split(r"[.。!?！？]\s", words)[-1]


def _defines(context: Context, scope: Scope, statement: Statement, place: Place) -> tuple[bool, Expr | None]:
    """Whether the first link defines its left side; where that is defined already, the earlier definition's body."""
    mine = [definition for at, definition in context.definitions if at == place]
    if not mine:
        return False, None
    name = mine[0].name
    earlier = [d for at, d in context.definitions if d.name == name and at < place]
    if mine[0].body.op == "abstract" or (earlier and earlier[-1].body.op == "abstract"):
        return True, None
    if not earlier or statement.relations[0][0] != "=" or mine[0].indices != earlier[-1].indices:
        return True, None
    if mine[0].indices:
        return True, None
    return False, earlier[-1].body


def _links(chain: Chain):
    members, relations = chain.members, chain.statement.relations
    calculus = any(_is_calculus(member) for member in members) or _names_derivative(chain)
    words = _mentions(chain.statement)
    for at in range(1, len(members)):
        if relations[at - 1][0] not in ("=", "\\equiv", ":="):
            return  # what follows an approximation or an inequality is about something else
        if at == 1 and (chain.defines or relations[0][0] == ":="):
            continue
        if calculus or words:
            kind = "differential" if any(_has(m, "differential") for m in members) else "derivative"
            yield Link(at, kind)
        else:
            yield Link(at, "algebra")


def _names_derivative(chain: Chain) -> bool:
    """Whether the head is a symbol that stands for a derivative, as a delta of back-propagation."""
    head = chain.members[0]
    if not isinstance(head, Expr) or head.op not in ("symbol", "member", "entry"):
        return False
    name = head.args[0].name if head.op == "entry" else head.name
    definition = chain.scope.definition(name)
    return definition is not None and _is_calculus(definition.body)


def _is_calculus(member: Expr | NoteError) -> bool:
    return isinstance(member, Expr) and any(part.op in CALCULUS for part in member.walk())


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
