"""A finding in, the same or a milder one out: texgrad does not accuse a note of what may be its own misreading.

An author's error is nearly always close to the truth (a transpose, a sign, a factor): then the search for a correction
finds it. A difference that no small edit mends is more often a symbol or a sentence that texgrad read otherwise than
the author meant it. Such a link is wrong only where nothing was left to guess, or where what was guessed has proven
itself: other claims of the note hold under the same reading of the same symbols.
"""

from __future__ import annotations

import re
from dataclasses import replace

from texgrad.borne_out import Reading, in_code_alone, readings_of
from texgrad.claims import Chain, Link
from texgrad.dependence import root
from texgrad.errors import IndexMismatch, NoteError
from texgrad.expr import Expr
from texgrad.hidden import defined
from texgrad.judge import Judgement
from texgrad.layers import layerless
from texgrad.nearby import unread
from texgrad.numbers import like_numbers, of_letters
from texgrad.ops import TABLE
from texgrad.ops.indexing import LINES
from texgrad.otherwise import NAMES, of_size, supposed
from texgrad.report import Finding
from texgrad.shapes import Definition, Typing
from texgrad.structures import structure
from texgrad.trials import given, set_aside, told
from texgrad.wording import NUMBERS, supposing

REASON = "the sides differ, but by no small slip: the note may mean its symbols otherwise than texgrad reads them"
DISTRIBUTION = "the sides differ, but an expectation may have what the note knows of its distribution"
EULER = "what e is here, the note does not say"

POINT = "the note may speak of the values at a point that it has chosen"
FUNCTION = "the sides differ, but the note may speak of one function in particular"
SIZE = "the shapes differ, but the note may write out an example of one size"
NUMBERED = re.compile(r"_\{?\d+\}?$")
ITEM = re.compile(r"\n\s*\n|\n\s*(?:[-*+]|\d+[.)]|\\item)\s")
POINTS, VALUES = frozenset(("symbol", "member")), frozenset(("call", "primed", "at"))
PRIMED = re.compile(r"[a-zA-Z}]'")
RIEMANN = re.compile(
    r"(?i)riemann(?! (?:sum|integral|hypoth|zeta))|риманов|黎曼|リーマン|tangent space|"
    r"(?:manifold|mannigfaltigkeit|variété|variedad|varietà) gradient"
)
ZERO = re.compile(r"(?:0|\\(?:mathbf|boldsymbol|bm)\{0\})(?:\^.*)?")


def doubted(
    finding: Finding, chain: Chain, link: Link, judgement: Judgement, proven: frozenset[Reading], doubt: str = ""
) -> Finding:
    """The finding, as undecided for the reason given or where it rests on guesses that nothing else bears out."""
    if finding.verdict not in ("wrong", "shape"):
        return finding
    if doubt:
        return _undecided(finding, doubt)
    if any(isinstance(side, Expr) and "euler" in {part.op for part in side.walk()} for side in chain.members):
        return _undecided(finding, EULER)
    if _random(chain, link, judgement.typing) and not (finding.slip and link.kind != "algebra"):
        return _undecided(finding, DISTRIBUTION)
    if finding.verdict == "shape" and (_of_entries(chain.members[link.at], judgement.typing)
                                       or _of_features(chain, link, judgement.typing)):  # fmt: skip
        return _undecided(finding, REASON)
    if _at_a_point(chain, link):
        return _undecided(finding, POINT)
    if _told_function(finding):
        return _undecided(finding, FUNCTION)
    if finding.verdict == "shape" and any(of_size(chain)):
        return _undecided(finding, SIZE)
    if not finding.slip and _numbered_too(chain.members[link.at], judgement.typing):
        return _undecided(finding, REASON)
    if in_code_alone(chain, judgement.typing, proven) or any(test(chain, judgement.typing) for test in ELSEWHERE):
        return _undecided(finding, REASON)
    if finding.verdict == "wrong" and finding.slip:
        return finding
    if any(number.isdigit() for *_, number in chain.conditions) or supposing(chain.statement):
        return _undecided(finding, REASON)  # of n = 1, where vectors are numbers
    borne_out = finding.slip and finding.expected is not None and proven.issuperset(readings_of(judgement.typing))
    if (_reused(chain) and not borne_out) or like_numbers(chain, judgement.typing):
        return _undecided(finding, REASON)
    side = chain.members[link.at]
    unmended = finding.hint is None or _entrywise(finding)
    if finding.verdict == "shape" and unmended and isinstance(side, Expr) and of_letters([side], judgement.typing):
        return _undecided(finding, REASON)  # a/(a (1 - a)): what is a vector elsewhere is a number here
    declared = said(chain, link)
    mended = finding.hint is not None and (declared or link.kind != "algebra" or _of_any(chain, link, judgement))
    trusted = declared or proven.issuperset(readings_of(judgement.typing))
    if mended and (finding.verdict == "wrong" or _mended(finding, chain, trusted)):
        return finding
    # Shapes that do not fit, and differences that no edit explains, are the likeliest misreadings.
    trusted = trusted and not _other_function(chain, link, judgement.typing) and not _rivals(chain, judgement.typing)
    telling = finding.expected is not None and not ZERO.fullmatch(finding.expected)  # a cost that leads nowhere
    counted = judgement.outcomes[link.at].code == IndexMismatch.code
    if telling and trusted and not counted and not _restated(chain, link) and not _made_up(chain, judgement):
        return finding
    return _undecided(finding, REASON)


def of_traces(chain: Chain, link: Link) -> bool:
    """Whether a step leads from a trace to a trace, which is a rule of matrices even where none is declared."""
    return all(isinstance(side, Expr) and side.op == "trace" for side in chain.members[link.at - 1 : link.at + 1])


def _of_any(chain: Chain, link: Link, judgement: Judgement) -> bool:
    """Whether a rule of traces is meant of any matrices: nothing is said of symmetric ones."""
    names = sorted(chain.scope.leaves(chain.members[0])) if of_traces(chain, link) else []
    return bool(names) and not unread(chain, link, judgement, [f"{name} is symmetric" for name in names])


def _random(chain: Chain, link: Link, typing: Typing) -> bool:
    """Whether an expectation is behind the sides of a link; of two that have none it is not."""
    if link.kind != "algebra" or link.at < 2:
        return bool(typing.random)
    sides = [side for side in chain.members[link.at - 1 : link.at + 1] if isinstance(side, Expr)]
    bodies = [*sides, *(body for _, body in defined(chain, sides))]
    names = {part.name for body in bodies for part in body.walk() if part.op in ("symbol", "member")}
    return bool(names & typing.random) or any(part.op == "expectation" for body in bodies for part in body.walk())


def _at_a_point(chain: Chain, link: Link) -> bool:
    """Whether numbers alone are said to be a value at a numbered point: f'(x_k) = 4, \\nabla f(x_0) = (6, 8)."""
    side = chain.members[link.at]
    if not isinstance(side, Expr) or any(part.op in POINTS or part.op in VALUES for part in side.walk()):
        return False
    parts = (part for member in chain.members[: link.at] if isinstance(member, Expr) for part in member.walk())
    return any(each.op in ("member", "entry") or (each.op == "symbol" and "_{" in each.name)
               for part in parts if part.op in VALUES for each in part.walk())  # fmt: skip


def _of_later_example(chain: Chain, typing: Typing) -> bool:
    """Whether a claim leads to what only a later paragraph supposes: "for J = c^T x and x = A^{-1} b"."""
    context, here = chain.scope.context, chain.place
    places = {id(definition): place for place, definition in context.definitions}
    found = [(places.get(id(definition), here), definition) for definition in _definitions(chain, typing)]
    return any(here < place and any(here[0] < end < place[0] for end in context.breaks) and supposed(definition)
               for place, definition in found)  # fmt: skip


def _total(chain: Chain, typing: Typing) -> bool:
    """Whether the derivative of a symbol stands on a right side, too: dJ/dp = \\partial J/\\partial p + ..."""
    head = chain.members[0]
    if not isinstance(head, Expr) or head.op != "derivative" or head.args[0].op != "symbol":
        return False
    sums = [member for member in chain.members[1:] if isinstance(member, Expr) and member.op == "sum"]
    return any(part.op == "derivative" and part.args == head.args for member in sums for part in member.args)


def _named_other(chain: Chain, typing: Typing) -> bool:
    """Whether the item or paragraph names a function, "- sigmoid: ...", and the claim leads to another one."""
    span = chain.statement.span
    words = ITEM.split(span.source.text[: span.start])[-1]
    named = {op for op, name in NAMES.items() if re.search(name, words)}
    bodies = [*(side for side in chain.members if isinstance(side, Expr)),
              *(definition.body for definition in _definitions(chain, typing))]  # fmt: skip
    used = {"relu" if TABLE[part.op].kinks else part.op for body in bodies for part in body.walk()
            if part.op in TABLE} & NAMES.keys()  # fmt: skip
    return bool(named and used) and named.isdisjoint(used)


def _apart(chain: Chain, typing: Typing) -> bool:
    """Whether u_o, which is compared with the u_w alone, stands beside a sum over u_k: it may be none of these.

    So may the vector of the right word o beside a sum over K others, where these are not all that there are.
    """
    head = chain.members[0]
    variable = head.args[1] if isinstance(head, Expr) and head.op == "derivative" else None
    if variable is None or variable.op != "member":
        return False
    comparisons = chain.scope.usage.compared
    others = {other for arg in variable.args for _, other in comparisons.get(arg.name, ())}
    parts = [part for definition in _definitions(chain, typing) for part in definition.body.walk()]
    summed = {arg.name: part.args[-1].name for part in parts if part.op == "sum_over" for each in part.walk()
              if (each.op, each.name) == ("member", variable.name) for arg in each.args if arg.name == part.name}
    if variable not in parts or not summed:
        return False
    line = chain.scope.member_definition(variable.name)
    whole = chain.scope.symbol(line.body.args[0].name).dims if line is not None and line.body.op in LINES else None
    right = {arg.name for arg in variable.args} & {*chain.scope.words.values("class-index")}
    some = bool(right and whole) and not {*summed.values()} <= {*whole, ""}
    return some or (bool(others) and others.isdisjoint(summed))


def _of_numbers(chain: Chain, typing: Typing) -> bool:
    """Whether the sentence speaks of one variable, and the claim was read with vectors."""
    return NUMBERS.search(chain.words) is not None and any(kind != "scalar" for _, kind, _ in readings_of(typing))


def _of_two(chain: Chain, typing: Typing) -> bool:
    """Whether a gradient names no variable and has functions of several: f(y) and g(x) in \\nabla(fg)."""
    head, written = chain.members[0], chain.statement.members[0].expr
    if not isinstance(head, Expr) or head.op != "derivative" or head.name != "nabla" or written is None:
        return False
    if any(part.op in ("sub", "frac") and part.args[0].op == "nabla" for part in written.walk()):
        return False
    taken = {typing.arguments(part.name) for part in head.args[0].walk() if part.op == "symbol"} - {()}
    return len(taken) > 1


def _definitions(chain: Chain, typing: Typing) -> list[Definition]:
    found = (typing.definition(name) for name in typing.symbols)
    return [definition for definition in found if definition is not None]


def _other_function(chain: Chain, link: Link, typing: Typing) -> bool:
    """Whether a right side distinguishes cases and no definition does: "ReLU has y' = ..." in a list of functions y."""
    side = chain.members[link.at]
    kinks = {op for op in TABLE if TABLE[op].kinks}
    if not isinstance(side, Expr) or not any(part.op == "cases" for part in side.walk()):
        return False
    bodies = [definition.body for definition in _definitions(chain, typing)]
    return not any(part.op in kinks for body in [*bodies, chain.members[0]] for part in body.walk())


def _rivals(chain: Chain, typing: Typing) -> bool:
    """Whether another section defines a symbol in two ways: one of the two costs of that section is meant here."""
    context, scope, stated = chain.scope.context, chain.scope, given(chain)
    for used in _definitions(chain, typing):
        if not scope.is_foreign(used) or used.restates or used.name in stated:
            continue
        place = next(at for at, each in context.definitions if each is used)
        for at, other in context.definitions:
            same = other.name == used.name and other.indices == used.indices and not other.restates
            first, last = sorted((at[0], place[0]))
            if same and other.body != used.body and not any(first < heading < last for heading in context.headings):
                return True
    return False


def _of_entries(side: Expr | NoteError, typing: Typing) -> bool:
    """Whether y and p were read as numbers in X^T (y - p) of a claim that has the numbers y_i and p_i."""
    names = {part.name for part in side.walk() if part.op == "symbol"} if isinstance(side, Expr) else set()
    members = {name for name in names if {f"{name}_", f"{name}_{{}}"} & typing.symbols.keys()}
    return any(name not in typing.symbols or typing.unifier.is_scalar(typing.symbols[name]) for name in members)


def _of_features(chain: Chain, link: Link, typing: Typing) -> bool:
    """Whether a number stands for the derivative by a sample: d\\mu/dx_i = 1/N of each feature."""
    head, side = chain.members[0], chain.members[link.at]
    by_sample = isinstance(head, Expr) and head.op == "derivative" and head.args[1].op == "member"
    return by_sample and isinstance(side, Expr) and typing.unifier.is_scalar(typing.shapes.get(id(side), (0, 0)))


def _disputed(chain: Chain, typing: Typing) -> bool:
    """Whether the paragraph gives a symbol another value before it claims something: "for the Poisson model, where"."""
    context, here = chain.scope.context, chain.place
    used = {definition.name for definition in _definitions(chain, typing)}
    return any(
        name in used and place < here and not any(place[0] <= end < here[0] for end in context.breaks)
        for place, name in context.disputed
    )


def _told_function(finding: Finding) -> bool:
    """Whether a correction has \\phi' where the side has something else: the author may say which function \\phi is."""
    offered = f"{finding.hint} {finding.expected}"
    return not finding.slip and bool(PRIMED.search(offered)) and not PRIMED.search(finding.rhs)


def _numbered_too(side: Expr | NoteError, typing: Typing) -> bool:
    """Whether a side has P where what it is held against has P_{k+1}, and the note does not say what P is."""
    names = {part.name for part in side.walk() if part.op == "symbol"} if isinstance(side, Expr) else set()
    return any(name in typing.members and typing.definition(name) is None for name in names)


def _reused(chain: Chain) -> bool:
    """Whether something is differentiated by a letter that another section defines: here it may mean something new.

    Not by a Z_1: what has a number is the layer of the forward pass.
    """
    variables = {root(variable) for member in chain.members if isinstance(member, Expr) for part in member.walk()
                 if part.op == "derivative" for variable in part.args[1:]}  # fmt: skip
    letters = [name for name in variables if name is not None and layerless(name) == name and not NUMBERED.search(name)]
    definitions = [chain.scope.definition(name) for name in letters]
    return any(definition is not None and chain.scope.is_foreign(definition) for definition in definitions)


def _entrywise(finding: Finding) -> bool:
    """Whether the correction has an entry-by-entry product that the note does not: it may speak of numbers there."""
    return any(sign in finding.hint and sign not in finding.rhs for sign in ("\\odot", "\\circ"))


def _mended(finding: Finding, chain: Chain, trusted: bool) -> bool:
    """Whether the correction of what does not multiply out can be trusted.

    Authors lay out the Jacobians of their functions in many ways, but those of numbered layers in one.
    """
    sides = [member for member in chain.members if isinstance(member, Expr)]
    functions = any(part.op in ("call", "primed") for side in sides for part in side.walk())
    derived = any(part.op == "derivative" for side in sides[1:] for part in side.walk())
    known = finding.expected is not None or (trusted and not (finding.slip and functions))
    known = known or (finding.slip and not functions and not derived)
    return known and not _entrywise(finding)


def _undecided(finding: Finding, reason: str) -> Finding:
    return replace(finding, verdict="undecided", code="TG505", message="", reason=reason, expected=None, hint=None,
                   discrepancy=None)  # fmt: skip


def _restated(chain: Chain, link: Link) -> bool:
    """Whether a step only writes out what is differentiated: the author then says anew what a symbol stands for."""
    sides = chain.members[:2]
    if link.at != 1 or not all(isinstance(side, Expr) and side.op == "derivative" for side in sides):
        return False
    left, right = sides
    return left.args[0].op in ("symbol", "member") and left.args[1:] == right.args[1:]


def _made_up(chain: Chain, judgement: Judgement) -> bool:
    """Whether the reading passes over what the note says: definitions, kinds, or how arrays are added."""
    trial = judgement.trial
    guessed = trial.kinds and not told(chain, trial)
    return bool(set_aside(chain, trial) or trial.broadcast or trial.readings or guessed)


def said(chain: Chain, link: Link) -> bool:
    """Whether the note declares every symbol of the link, or gives the signature of a function of it."""
    scope = chain.scope
    members = [chain.members[0], chain.members[link.at - 1], chain.members[link.at]]
    names = {name for member in members if isinstance(member, Expr) for name in scope.leaves(member)}
    signed = [name for name, facts in scope.words.facts.items() if any(fact.argument_dims for fact in facts)]
    arguments = {parameter for name in signed for parameter in scope.parameters(name)}
    return all(scope.is_size(name) or scope.declared(name) is not None or name in arguments for name in names)


def _curved(chain: Chain, typing: Typing) -> bool:
    """Whether the paragraph speaks of the gradient on a manifold: of a part of what is read."""
    span = chain.statement.span
    return RIEMANN.search(ITEM.split(span.source.text[: span.start])[-1]) is not None


def _tied(chain: Chain, typing: Typing) -> bool:
    """Whether an entry of a symmetric matrix is differentiated by another one: authors tie these in several ways."""
    head = chain.members[0]
    pair = head.args if isinstance(head, Expr) and head.op == "derivative" and len(head.args) == 2 else ()
    names = {root(part) if part.op == "entry" else None for part in pair}
    return len(names) == 1 and any(name and structure(chain.scope.symbol(name).properties) for name in names)


def _of_classes(chain: Chain, typing: Typing) -> bool:
    """Whether a claim for each j leads to a sum over the j \\ne y_i: words say which of the j it is about."""
    found = (*_definitions(chain, typing), *map(chain.scope.member_definition, sorted(typing.members)))
    bodies = [definition.body for definition in found if definition is not None]
    return bool(typing.free) and any(
        part.op == "condition" and part.name == "\\ne" and any(arg.op == "member" for arg in part.args)
        for body in bodies for part in body.walk()
    )


ELSEWHERE = (_curved, _disputed, _of_two, _of_later_example, _total, _named_other, _apart, _of_numbers,
             _tied, _of_classes)  # claims that may mean something else
