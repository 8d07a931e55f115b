"""A statement in, the definition that it makes out: z = W x + b, f(x) = ..., p_i = ...; None where it makes none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from texgrad.agreement import agree
from texgrad.called import LETTERS
from texgrad.context import Context, Place, Scope
from texgrad.errors import NoteError
from texgrad.expr import Expr, number
from texgrad.forms.expectation import SIGNS
from texgrad.heads import head_of, is_calculus, logarithm, resolved
from texgrad.layers import level, shift_between
from texgrad.nondefining import is_boundary, is_case, is_set, is_zero
from texgrad.notation.names import label
from texgrad.resolve import Resolver
from texgrad.settle import fits
from texgrad.shapes import Definition
from texgrad.statements import EQUAL, Member, Statement
from texgrad.summation import BINDERS, meaning
from texgrad.trajectories import moved


def registered(context: Context, statement: Statement) -> tuple[Place, Definition] | None:
    """The definition that a statement gives, with its place."""
    if len(statement.members) < 2 or statement.relations[0][0] not in EQUAL:
        return None
    left = statement.members[0]
    place = place_of(statement)
    scope = context.at(place, left.span.source)
    right = _readable(statement, scope)
    if left.expr is None or right is None:
        return None
    definition = _definition(scope, left, right, statement) or _written_out(scope, left, right)
    if definition is None or definition.name.partition("_")[0] in SIGNS:  # \\mathbb{E}[x] = \\mu is said of x
        return None
    stem, _, number = definition.name.rpartition("_{")
    claimed = stem and not definition.parameters and scope.numbered(stem, number.removesuffix("}")) is not None
    if claimed or (statement.relations[0][0] == "=" and _recurs(definition)):
        return None  # \\delta_2 = ... where \\delta_k = \\partial E / \\partial z_k has been said
    return place, definition


def _readable(statement: Statement, scope: Scope) -> Member | None:
    """The first member that a chain's head is equal to: behind a minimum that cannot be read what comes out of it."""
    equal = [member for member, (relation, _) in zip(statement.members[1:], statement.relations, strict=True)
             if relation in EQUAL]  # fmt: skip
    if len(equal) == 1 or len(equal) < len(statement.relations):
        return equal[0] if equal and equal[0].expr is not None else None
    known = ((each, resolved(each.expr, scope)) for each in equal if each.expr)
    readable = [(each, expr) for each, expr in known if isinstance(expr, Expr)]
    if len(readable) > 1 and _moment(readable[0][1]):  # P = E[e e^T] = A P_0 A^T + Q: what is known of it
        readable = [(each, expr) for each, expr in readable if not _averages(expr) and expr.op != "number"] or readable
    return readable[0][0] if readable else None


def _moment(expr: Expr) -> bool:
    """Whether an expression is an expectation and nothing else."""
    return expr.op == "expectation" or (expr.op == "transpose" and _moment(expr.args[0]))


def _averages(expr: Expr) -> bool:
    return any(part.op == "expectation" for part in expr.walk())


def _written_out(scope: Scope, left: Member, right: Member) -> Definition | None:
    """What dL/dw = d(...)/dw says that L is; where that is not what the note has said before, L is taken anew."""
    if left.expr.op not in ("frac", "term") or right.expr.op not in ("frac", "term"):
        return None
    sides = [resolved(side.expr, scope) for side in (left, right)]
    if not all(isinstance(side, Expr) and side.op == "derivative" for side in sides):
        return None
    (target, *variables), (body, *others) = sides[0].args, sides[1].args
    if target.op != "symbol" or variables != others or body.op in ("symbol", "member", "entry") or is_calculus(body):
        return None
    names = {part.name for part in body.walk()}
    if target.name in names or not names & {variable.name for variable in variables}:
        return None
    before = scope.definition(target.name)
    parameters = before.parameters if before is not None else ()
    return Definition(target.name, body, parameters, (), left.span.line, result=True, implied=True)


def _recurs(definition: Definition) -> bool:
    """A recursion over layers (delta of one layer by that of the next) says nothing of what the symbol is."""
    names = {part.name for part in definition.body.walk() if part.op in ("symbol", "member")}
    return any(shift_between(definition.name, name) for name in names) and any(
        level(name) and level(name)[1] > 0 for name in names if shift_between(definition.name, name)
    )


DIAGONAL = "\N{MODIFIER LETTER PRIME}"  # marks the column of the matrix where the note gives R_{nn} alone


def first_only(context: Context, found: list[tuple[Place, Definition]]) -> list[tuple[Place, Definition]]:
    """Within a section a name keeps its first definition; what is said of it there later is a claim about it.

    So is what is said of one layer's symbol, the last one's, where that of every layer is the name of a derivative.
    """
    kept: list[tuple[Place, Definition]] = []
    last: dict[tuple[str, bool], tuple[Place, Definition]] = {}
    context.disputed.clear()
    named = [definition.name for _, definition in found if definition.body.op == "derivative"]
    for place, definition in found:
        bar = context.adjoint
        if any(shift_between(name, definition.name) for name in named) or (bar and bar.under(definition.name)):
            continue
        others = (other.indices for _, other in found if other.name == definition.name)
        if DIAGONAL in "".join(definition.indices) and any(DIAGONAL not in "".join(other) for other in others):
            continue  # J_{ii} = s_i (1 - s_i) beside J_{ij} = -s_i s_j
        if definition.parameters and any(part.name == definition.name for part in definition.body.walk()):
            continue  # f(x) = f(a) + f'(a) (x - a) says something of f
        key = (definition.name, definition.sampled)
        before = last.get(key)
        if definition.reach is not None:
            kept.append((place, definition))
            continue
        if before is not None:
            novelty = _novelty(context, before, (place, definition))
            if novelty is None:
                context.disputed.append((place, definition.name))
            if novelty in (None, "supposed") or (definition.implied and novelty == "restated"):
                continue
            definition = replace(definition, restates=novelty == "restated")
        kept.append((place, definition))
        last[key] = (place, definition)
    return kept


def _novelty(context: Context, before: tuple[Place, Definition], after: tuple[Place, Definition]) -> str | None:
    """"new" where a name is defined anew, "restated" where it has its value in other symbols.

    None for a claim, "supposed" for one that holds by what the note supposes.
    """
    if after[0] in context.explanations.anew:
        return "new"
    if "abstract" in (before[1].body.op, after[1].body.op):
        return "new"
    if after[1].parameters and not before[1].parameters:
        return "new"  # g = \nabla f here, another function g(x) there
    apart = any(before[0][0] < heading < after[0][0] for heading in context.headings)
    whole = apart and before[1].body.op == "primed"  # \\mu_i = b'(\\theta_i) of any model, then that of one
    if is_calculus(before[1].body) and not whole and not (apart and before[1].indices != after[1].indices):
        # G = dL/dY here, dL/dO in another section
        return "new" if apart and _variables(before[1].body) != _variables(after[1].body) != () else None
    if before[1].indices != after[1].indices:
        return "new"
    scope = context.at(after[0])
    same = agree(scope, before[1].body, after[1].body)
    if same is None and fits(scope, [before[1].body], {}) and fits(scope, [after[1].body], {}) is False:
        return "new"  # -y log a of numbers behind -\\sum_k y_k log a_k of vectors
    if same:  # on the sphere alone: nothing to differentiate
        return "restated" if agree(scope, before[1].body, after[1].body, everywhere=True) else "supposed"
    other = apart or _made_of(scope, before[1].body) != _made_of(scope, after[1].body)
    return None if same is None and not other else "new"


def _variables(body: Expr) -> tuple[Expr, ...]:
    """What a body that is one derivative differentiates by."""
    return body.args[1:] if body.op == "derivative" else ()


def _composed(scope: Scope, surface: Expr) -> list[str]:
    """The functions of f \\circ g, the outermost first; none for a product of arrays."""
    functions, marks = surface.args[::2], surface.args[1::2]
    if surface.op != "term" or not marks or any(mark.op != "mark" or mark.name != "\\circ" for mark in marks):
        return []
    names = [label(function) for function in functions]
    return names if all(map(scope.is_function, names)) else []


def _made_of(scope: Scope, body: Expr) -> set[str]:
    """The symbols and functions that a body is made of."""
    return {*scope.leaves(body), *(part.name for part in body.walk() if part.op in ("call", "primed"))}


def _definition(scope: Scope, left: Member, right: Member, statement: Statement) -> Definition | None:
    sampled = _is_sampled(left.expr, right.expr)
    head = (left.expr.args[0].name, (), (left.expr.args[1].name,)) if sampled else head_of(left.expr, scope)
    if head is None or is_zero(right.expr) or is_set(right.expr):
        return None
    name, parameters, indices = head
    if right.expr.op == "prime" and not parameters and scope.is_function(label(right.expr.args[0])):
        point = Expr("symbol", (), "\N{INCREMENT}" + name)
        body = Resolver(scope).apply(label(right.expr.args[0]), [point], int(right.expr.name), right.span)
        return Definition(name, body, (point.name,), (), left.span.line)  # f = F'
    if not parameters and not indices and (chain := _composed(scope, right.expr)):
        point = body = Expr("symbol", (), "\N{INCREMENT}" + name)
        for function in reversed(chain):
            body = Resolver(scope).apply(function, [body], span=right.span)
        return Definition(name, body, (point.name,), (), left.span.line)
    sized = scope.is_size(name) and not parameters
    if scope.constant(name) or _is_range(scope, name, right.expr) or moved(scope, name) is not None:
        return None
    if not statement.display and not parameters and is_case(right.expr):
        return None
    if not sampled:
        scope._definitions[name] = None
    try:
        with scope.binding(indices):
            body = meaning(Resolver(scope), right.expr)
    except NoteError:
        return None
    if logarithm(left.expr) is not None:
        body = Expr("exp", (body,), span=body.span)
    if body.op == "symbol" and {*indices} & {*LETTERS.findall(body.name.partition("_{")[2])}:
        return None  # u_s for u_{w_s}: one of them, by another number
    if scope.names_unit(name) and indices and not {*indices} & _free(body):
        return None  # e_i = (0, ..., 1, ..., 0) tells what a unit vector is
    if len(indices) == 2 and not parameters and not {*indices} & _free(body):
        name, indices = label(left.expr), ()  # J_{sm}: the letters are no indices
    if indices:
        parameters = parameters or _taken_of(scope, name, body, indices)
        body = _of_entries(body, parameters)
    if parameters and not indices:
        body = _of_members(body, parameters)
    if name.endswith("^{2}") and _is_known_square(scope, name.removesuffix("^{2}"), body):
        return None
    if any(part.op in ("symbol", "member") and part.name == name and not _of_step(scope, part) for part in body.walk()):
        return None  # an update rule or a recursion
    differential = name == "d" and not indices and (is_calculus(body) or body.op == "number")
    if is_boundary(scope, name, parameters, body) or differential:
        return None  # d(f) = \\nabla f^T dx is about a differential, d = 2 about a dimension
    core = body.args[0] if body.op == "transpose" else body
    if core.op in ("sequence", "grid") and core.args[0].op in ("symbol", "entry", "member"):
        return None  # x = (x_1, ..., x_n) says that x is a vector
    if core.op == "sequence" and _is_line_of(scope, core.args[0], name):
        return None  # A stacked of its own rows a_i^T
    if sized and scope.shape_of(body) in (None, (1, 1)):
        return None  # N = n_1 + n_2 counts, h = \sigma(W x) is a vector beside a size h
    if len(indices) == 2 and indices[0] == indices[1] and not parameters:
        if not _is_diagonal(scope, name, indices[0], body):
            return None
        indices = (indices[0], indices[0] + DIAGONAL)
        delta = Expr("delta", tuple(Expr("symbol", (), index) for index in indices))
        body = Expr("product", (delta, body), span=body.span)
    composed = body.op == "call" and parameters and {*parameters}.isdisjoint(arg.name for arg in body.args)
    depends = None if composed else _dependence(scope, body, name)  # h(x) = g(f) with f of x is made of g and f
    if depends is not None:
        body = Expr("abstract", tuple(Expr("symbol", (), argument) for argument in depends), name, body.span)
    powers = _powers(left.expr) if parameters else ()
    written = right.expr if parameters else None
    return Definition(name, body, parameters, indices, left.span.line, powers, sampled=sampled, written=written)


def _is_diagonal(scope: Scope, name: str, index: str, body: Expr) -> bool:
    """Whether entries R_{nn} give the whole matrix: one declared diagonal, or with entries of what the note defines."""
    if (declared := scope.declared(name)) is not None and "diagonal" in declared.properties:
        return True
    names = {part.name for part in body.walk() if part.op in ("symbol", "member")} - {index}
    known = all(scope.definition(each) is not None or scope.member_definition(each) is not None for each in names)
    return bool(names) and known and not is_calculus(body)


def _is_known_square(scope: Scope, name: str, body: Expr) -> bool:
    """Whether H^2 = H, or s^2 = v + e of an s that has its own formula, says nothing new of a square."""
    own = scope.definition(name)
    return any(part.name == name for part in body.walk()) or (own is not None and own.body.args[:1] != (
        Expr("symbol", (), f"{name}^{{2}}"),))  # fmt: skip


def _free(body: Expr) -> set[str]:
    """The names in a body that no sum of it binds."""
    names = {body.name} if body.op == "symbol" else set()
    return names.union(*map(_free, body.args)) - ({*body.name.split()} if body.op in BINDERS else set())


def _taken_of(scope: Scope, name: str, body: Expr, indices: tuple[str, ...]) -> tuple[str, ...]:
    """The z of s_k = e^{z_k} / sum_l e^{z_l} where the note has s(z), and perhaps s of another vector, too.

    No r_k = b - A x_k of iterates x_k.
    """
    indexed = {part.args[0].name if part.op == "entry" else part.name for part in body.walk()
               if part.op in ("entry", "member")}  # fmt: skip
    named = [names for names in scope.usage.applied.get(name, ()) if names and indexed.issuperset(names)
             and not any(f"{each}_{{{index}}}" in scope.context.iterates for each in names for index in indices)]
    return named[0] if named else ()


def _of_entries(body: Expr, parameters: tuple[str, ...]) -> Expr:
    """The members of what a function is taken of as entries, so that another vector can stand in its place."""
    body = body.rebuild(lambda part: _of_entries(part, parameters))
    base, _, place = body.name.rstrip("}").partition("_{")
    if body.op == "symbol" and base in parameters and place.isdigit():
        return Expr("entry", (Expr("symbol", (), base, body.span), number(place)), span=body.span)
    if body.op != "member" or body.name not in parameters:
        return body
    return Expr("entry", (Expr("symbol", (), body.name, body.span), *body.args), span=body.span)


def _of_members(body: Expr, parameters: tuple[str, ...]) -> Expr:
    """k(x_i, x_j) = x_i^T x_j as a function of any two points, where nothing else of the family is in it."""
    points = {label: part for part in body.walk() if part.op == "member" and len(part.args) == 1
              and (label := f"{part.name}_{{{part.args[0].name}}}") in parameters}  # fmt: skip
    if not points:
        return body
    found = _replaced(body, {part: Expr("symbol", (), label) for label, part in points.items()})
    names = {part.name for part in found.walk()}
    return body if any(part.name in names or part.args[0].name in _free(found) for part in points.values()) else found


def _replaced(body: Expr, others: Mapping[Expr, Expr]) -> Expr:
    return others.get(body) or body.rebuild(lambda part: _replaced(part, others))


def _is_sampled(left: Expr, right: Expr) -> bool:
    """f_i = f(x_i): the values of a function at the members of a sample."""
    if left.op != "sub" or right.op != "term" or len(right.args) != 2:
        return False
    (function, index), (applied, group) = left.args, right.args
    named = function.op == index.op == "symbol" and len(index.name) == 1
    return named and applied == function and group.op == "group" and index in group.walk()


def _of_step(scope: Scope, part: Expr) -> bool:
    """L_t in L = \\sum_t L_t: a symbol of its own at every step."""
    return part.op == "member" and len(part.args) == 1 and part.args[0].name in scope.context.steps


def _is_line_of(scope: Scope, item: Expr, name: str) -> bool:
    """Whether the items of a stack are the rows or columns of the matrix that it is."""
    item = item.args[0] if item.op == "transpose" else item
    tied = scope.member_definition(item.name) if item.op == "member" else None
    return tied is not None and tied.body.args[:1] == (Expr("symbol", (), name),)


def _powers(head: Expr) -> tuple[int, ...]:
    """The powers of the parameters in a head f(a, b^2): (1, 2); () where all are 1."""
    parts = [p for part in head.args[-1].args for p in (part.args if part.op == "list" else (part,))]
    powers = tuple(int(p.args[1].name) if p.op == "sup" and p.args[1].name.isdigit() else 1 for p in parts)
    return powers if any(power != 1 for power in powers) else ()


def _is_range(scope: Scope, name: str, body: Expr) -> bool:
    """i = 1, ..., n: where an index starts, and i = j: no definition."""
    indices = scope.usage.indices | scope.usage.bound | set(scope.usage.samples)
    return len(name) == 1 and name in indices and (
        body.op == "number" or (body.op == "symbol" and len(body.name) == 1 and body.name in indices)
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


def place_of(statement: Statement) -> Place:
    return statement.piece, statement.members[0].span.start
