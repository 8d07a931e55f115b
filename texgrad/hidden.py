"""A chain in, the symbols out whose definitions its first reading does not go through: data, Jacobians, old ones."""

from __future__ import annotations

from collections.abc import Iterator

from texgrad.claims import Chain
from texgrad.declared import LABELS
from texgrad.dependence import root, unreached
from texgrad.expr import Expr
from texgrad.judge import Trial
from texgrad.typography import letter

NOISE = frozenset("\\varepsilon \\epsilon \\eta \\xi \\nu u e v E U V".split())  # letters of what is not observed
COVARIANCE = frozenset(("symmetric", "positive-definite", "positive-semidefinite"))  # of S = C P C^T + V


def usual(chain: Chain) -> Trial:
    """The reading that comes first: data are given, also where a model of them (y = X b + e) is written down."""
    hidden = data(chain) | _outdated(chain) | _jacobians(chain) | arguments(chain)
    return Trial({}, hidden=hidden, constant=_held(chain))


def _held(chain: Chain) -> frozenset[str]:
    """The other arguments of what is differentiated, y of b(x, y) in db/dx, which depend on nothing there."""
    scope, found = chain.scope, set()
    for part in (part for member in chain.members if isinstance(member, Expr) for part in member.walk()):
        target = scope.definition(part.args[0].name) if part.op == "derivative" else None
        names = {root(variable) for variable in part.args[1:]} if target is not None else set()
        found |= {*target.parameters} - names if target is not None and names & {*target.parameters} else set()
    return frozenset(found)


def arguments(chain: Chain) -> frozenset[str]:
    r"""The \theta of dg/d\theta for a g(\theta) of this section, where another one says what \theta is made of.

    Or where only a later formula does: \nabla m(p) of any p, and then the Newton step p = -H^{-1} g. And the other
    arguments, which a partial derivative holds.
    """
    scope, found = chain.scope, set()
    later = {id(each) for place, each in scope.context.definitions if place > chain.place}
    for part in (part for member in chain.members if isinstance(member, Expr) for part in member.walk()):
        target = scope.definition(part.args[0].name) if part.op == "derivative" else None
        names = {root(variable) for variable in part.args[1:]} if target is not None else set()
        if names and not scope.is_foreign(target):
            made = {name: scope.definition(name) for name in names & {*target.parameters}}
            found |= {name for name, each in made.items()
                      if each is not None and (id(each) in later or scope.is_foreign(each))}  # fmt: skip
    return frozenset(found | {name for name in _held(chain) if scope.definition(name) is not None})


def _noisy(chain: Chain, body: Expr) -> bool:
    """Whether a definition is a model of data: something and an error, by which nothing is differentiated."""
    terms = body.args if body.op == "sum" else ()
    scope = chain.scope
    drawn = {term.name for term in terms if "noise" in scope.symbol(term.name).properties}
    errors = [term.name for term in terms if term.op in ("symbol", "member")
              and (term.name in drawn or letter(term.name) in NOISE)
              and not scope.symbol(term.name).properties & COVARIANCE]  # fmt: skip
    names = [part.name for part in body.walk()]
    # an error has no formula of its own, as the cost E_D in E = E_D + ... has
    return any(
        names.count(name) == 1 and scope.definition(name) is None
        and not scope.varies_here(name) and (name in drawn or name not in scope.usage.numerators)
        for name in errors
    )


def data(chain: Chain) -> frozenset[str]:
    """Symbols that the note explains by a model only: something and an error."""
    scope, members = chain.scope, [member for member in chain.members if isinstance(member, Expr)]
    bodies = dict(defined(chain, members))
    samples = {part.name for body in (*members, *bodies.values()) for part in body.walk() if part.op == "member"}
    for name in sorted(samples):  # the x_n of x = W z + \mu + \varepsilon
        of_one = scope.definition(name) if scope.instance(name) is not None else None
        bodies |= {name: of_one.body} if of_one is not None else {}
    return frozenset(name for name, body in bodies.items() if _noisy(chain, body))


def _jacobians(chain: Chain) -> frozenset[str]:
    """Derivatives under a name, J = dp/dq, of what leads nowhere and does not stand in the claim.

    So is the A = df/dx of another section, where only that speaks of an f that has no formula: a matrix by now.
    """
    scope, members = chain.scope, [member for member in chain.members if isinstance(member, Expr)]
    bodies = dict(defined(chain, members))
    named = {name: body.args[0].name for name, body in bodies.items() if body.op == "derivative"}
    if not named:
        return frozenset()
    here = {part.name for member in members for part in member.walk()}
    nowhere = {name for member in members for name in unreached(chain, member)} - here
    spoken = here.union(*({part.name for part in body.walk()} for name, body in bodies.items() if name not in named))
    return frozenset(name for name, target in named.items() if target in nowhere or (
        target not in spoken and scope.definition(target) is None and scope.is_foreign(scope.definition(name))))


def defined(chain: Chain, members: list[Expr]) -> Iterator[tuple[str, Expr]]:
    """The defined symbols that expressions lead to, also by a J_k of a family, with what they stand for."""
    seen: set[str] = set()
    stack = [part for member in members for part in member.walk() if part.op in ("symbol", "member")]
    while stack:
        part = stack.pop()
        known = chain.scope.definition if part.op == "symbol" else chain.scope.member_definition
        definition = known(part.name) if (key := f"{part.op} {part.name}") not in seen else None
        seen.add(key)
        if definition is not None:
            if part.op == "symbol":
                yield part.name, definition.body
            stack.extend(part for part in definition.body.walk() if part.op in ("symbol", "member"))


def _outdated(chain: Chain) -> frozenset[str]:
    """What an earlier section defines with a letter for labels that has a formula by now: L of targets y, y a layer."""
    scope, members = chain.scope, [member for member in chain.members if isinstance(member, Expr)]
    places = {definition.name: place for place, definition in scope.context.definitions}
    found = set()
    for name, body in defined(chain, members):
        used = scope.definition(name)
        since = next((place for place, each in scope.context.definitions if each is used), None)
        letters = {part.name for part in body.walk() if part.op in ("symbol", "member")} if since else ()
        if since and scope.is_foreign(used) and any(
            places.get(each, since) > since and scope.symbol(each).properties & LABELS and scope.redefined(each)
            for each in letters
        ):
            found.add(name)
    return frozenset(found)
