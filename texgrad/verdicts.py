"""A chain with its judgements and the note's layout in, the findings of its links out: verdict, code, shapes, words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from texgrad.borne_out import Reading, readings_of
from texgrad.claims import Chain, Link
from texgrad.context import Scope
from texgrad.dependence import leaves, root
from texgrad.doubt import doubted
from texgrad.explain import explained
from texgrad.expr import Expr
from texgrad.grounds import grounds, layout_grounds, readable_sizes, shapes
from texgrad.hidden import defined
from texgrad.hypotheses import hypothesis, supposes
from texgrad.identities import asserts, by_slip, slipped
from texgrad.judge import Judgement, Outcome, judge
from texgrad.layouts import names_of
from texgrad.named_losses import is_named
from texgrad.nearby import unread
from texgrad.ops import TABLE
from texgrad.ops.indexing import PLACES
from texgrad.ops.sums import is_literal
from texgrad.otherwise import is_tuple
from texgrad.report import Finding
from texgrad.wording import APART
from texgrad.work import OVERWORK

CONSTANT = "\\operatorname{const}"
CONSTANTS = frozenset(("identity", "ones", "zero"))
DERIVED = ("derivative", "differential", "primed")
NUMBER = "a number stands where a matrix is expected: the symbols may stand for numbers"
MISREAD = "this step does not multiply out as texgrad reads it, and the next one is right again"
HYPOTHESIS = "what the note supposes here is not understood"
UNCLEAR = {"mixed": "the values agree at some points only", "unsupported": "no random point gives finite values"}


@dataclass
class Case:
    """A chain with its judgements: one per choice of options for the kinds of derivative in it.

    `doubt` says why it is not held against the note where it does not hold.
    """

    chain: Chain
    judgements: list[tuple[dict[str, str], Judgement]]
    doubt: str = ""


def holds(outcome: Outcome) -> bool:
    return outcome.state == "equal"


def score(judgement: Judgement, chain: Chain) -> int:
    return sum(2 * holds(judgement.outcomes[link.at]) for link in chain.links)


def agrees(profile: dict[str, str], note: dict[str, str]) -> bool:
    return all(note.get(kind, choice) == choice or choice == "elementwise" for kind, choice in profile.items())


def _chosen(case: Case, note: dict[str, str]) -> tuple[dict[str, str], Judgement]:
    """The best judgement of a chain under the note's layout."""
    usual = [item for item in case.judgements if agrees(item[0], note)] or case.judgements
    return max(usual, key=lambda item: score(item[1], case.chain))


def proven(cases: Sequence[Case], note: dict[str, str]) -> frozenset[Reading]:
    """The readings of symbols under which claims of the note hold."""
    found: set[Reading] = set()
    for case in cases:
        _, judgement = _chosen(case, note)
        if any(link.kind != "algebra" and holds(judgement.outcomes[link.at]) for link in case.chain.links):
            found.update(readings_of(judgement.typing))
    return frozenset(found)


def findings(
    case: Case, note: dict[str, str], lines: Mapping[str, Sequence[int]], borne_out: frozenset[Reading]
) -> list[Finding]:
    """The findings of a chain, under the note's layout and with the lines that settled it by kind of derivative."""
    chain = case.chain
    profile, judgement = _chosen(case, note)
    if any(outcome.state in ("differs", "shape") for outcome in judgement.outcomes.values()):
        judgement = judge(chain, judgement.trial, thorough=True)
    findings, left = [], False
    for link in chain.links:
        outcome = judgement.outcomes[link.at]
        finding = _finding(case, link, outcome, profile, judgement, left)
        if outcome.state in ("differs", "shape"):
            left = True
        if finding is not None:
            departing = _departing(case, link) if finding.verdict in ("wrong", "shape") else ""
            doubt = case.doubt or _regained(finding, link, judgement)
            finding = (replace(finding, verdict="wrong", code=_code(link), message=departing) if departing
                       else doubted(finding, chain, link, judgement, borne_out, doubt))  # fmt: skip
            if by_slip(chain, link) and finding.verdict != "verified" and not slipped(finding, chain, link, judgement):
                continue
            if chain.written is not None:  # what is expected of few steps says nothing of all
                finding = replace(finding, expected=None)
            findings.append(replace(finding, types=(*finding.types, *layout_grounds(profile, lines))))
    return findings


def _departing(case: Case, link: Link) -> str:
    """Which entry of a matrix written with dots does not follow the pattern of the others, with which it would hold."""
    chain, side = case.chain, case.chain.members[link.at]
    if not (isinstance(side, Expr) and side.op == "sum" and side.args[0].op == "grid" and len(side.args) == 2):
        return ""
    pattern, change = side.args
    if change.op != "product" or change.args[-1].op != "single_entry":
        return ""
    members = [*chain.members[: link.at], pattern, *chain.members[link.at + 1 :]]
    mended = replace(chain, members=members)
    if not any(judge(mended, each.trial).outcomes[link.at].state == "equal" for _, each in case.judgements):
        return ""
    row, column = (number.name for number in change.args[-1].args)
    return f"the entry in row {row} and column {column} does not follow the pattern of the others"


def _regained(finding: Finding, link: Link, judgement: Judgement) -> str:
    """Why a step that does not multiply out may be misread: the step behind it has the value of those before."""
    later = any(at > link.at and holds(outcome) for at, outcome in judgement.outcomes.items())
    return MISREAD if finding.verdict == "shape" and not finding.slip and later else ""


def _finding(case: Case, link: Link, outcome: Outcome, profile, judgement: Judgement, left: bool) -> Finding | None:
    chain = case.chain
    if _condition(chain, link):
        return _make(chain, link, "verified", judgement, profile) if holds(outcome) else None
    if holds(outcome) and supposes(chain, link, judgement):
        return None
    if holds(outcome):
        remark = "carries on a step that does not hold" if left and outcome.against_head == "differs" else None
        remark = remark or _reading(judgement)
        return _make(chain, link, "verified", judgement, profile, remark=remark)
    if outcome.against_head == "equal":
        return _make(chain, link, "verified", judgement, profile, remark="returns to the value of the head")
    elsewhere = tuple(
        name for other, j in case.judgements if holds(j.outcomes[link.at]) for name in (names_of(other) or ("own",))
    )
    if elsewhere and is_tuple(chain, link.at):
        return _make(chain, link, "verified", judgement, profile, remark="with the entries in a row")
    if elsewhere:
        return _make(chain, link, "layout", judgement, profile, layouts=tuple(dict.fromkeys(elsewhere)),
                     message="holds in another layout than the note's")  # fmt: skip
    if outcome.state in ("unsupported", "mixed"):
        reason, code = outcome.message or UNCLEAR[outcome.state], outcome.code or "TG505"
        return None if link.kind == "algebra" else _make(chain, link, "undecided", judgement, profile, reason=reason,
                                                         code=code)  # fmt: skip
    right = chain.members[link.at]
    if isinstance(right, Expr) and is_literal(right):  # a_k d_k = -2 of an example, \partial q / \partial x = 1
        if link.kind == "algebra":
            return None
        if outcome.state == "shape":
            return _make(chain, link, "undecided", judgement, profile, reason=NUMBER, code="TG505")
    if link.kind == "algebra" and not (asserts(chain, link) or by_slip(chain, link)):
        return None
    reason = _unsettled(chain, link, judgement)
    if reason is not None:
        return _make(chain, link, "undecided", judgement, profile, reason=reason, code="TG502")
    assumed = hypothesis(chain, link, judgement)
    if chain.work.exhausted:
        return _make(chain, link, "undecided", judgement, profile, reason=OVERWORK, code="TG503")
    if unread(chain, link, judgement, assumed):
        return _make(chain, link, "undecided", judgement, profile, reason=HYPOTHESIS, code="TG502")
    if assumed and "\N{NOT EQUAL TO}" in assumed[0] and APART.search(chain.words):  # "and if they differ, ..."
        return _make(chain, link, "verified", judgement, profile, remark=f"for {assumed[0]}")
    if assumed:
        return _make(chain, link, "assumption", judgement, profile, assumptions=assumed,
                     message="holds only if " + " and ".join(assumed))  # fmt: skip
    if outcome.state == "shape" and not _turned(chain, link, outcome):
        message = outcome.message or f"the sides have different shapes: {outcome.shapes[0]} and {outcome.shapes[1]}"
        return _make(chain, link, "shape", judgement, profile, message=message)
    return _make(chain, link, "wrong", judgement, profile, message="the two sides differ", code=_code(link),
                 discrepancy=outcome.discrepancy)  # fmt: skip


def _turned(chain: Chain, link: Link, outcome: Outcome) -> bool:
    """Whether only the commas of (a, b) are in the way, which is neither a row nor a column."""
    left, right = outcome.shapes if not outcome.message and outcome.shapes else ("", "")
    return left != right and left == " x ".join(reversed(right.split(" x "))) and is_tuple(chain, link.at)


def _code(link: Link) -> str:
    """The rule that a wrong link breaks."""
    if link.kind == "algebra":
        return "TG104"
    if link.at > 1:
        return "TG102"
    return "TG103" if link.kind == "differential" else "TG101"


def _reading(judgement: Judgement) -> str | None:
    """The meaning of a sign that a claim holds under, where it is not the usual one."""
    read = [f"{op} read as {TABLE[name].summary}" for op, name in sorted(judgement.trial.readings.items())]
    return "; ".join(read) or None


def _condition(chain: Chain, link: Link) -> bool:
    """= 0: a condition, unless it holds everywhere."""
    member = chain.members[link.at]
    surface = chain.statement.members[link.at].expr
    if isinstance(member, Expr) and (member.op == "zeros" or (member.op == "number" and float(member.name) == 0)):
        return True
    return surface is not None and surface.op == "number" and surface.name == "0"


def _abstract_primes(chain: Chain, member: Expr) -> list[str]:
    """Functions without a definition whose derivative a member takes."""
    return [part.name.rpartition(" ")[0] for part in member.walk() if part.op == "primed" and len(part.args) == 1]


def _unsettled(chain: Chain, link: Link, judgement: Judgement) -> str | None:
    """Why a difference proves nothing: a symbol that only one side knows and the note never explains."""
    scope = chain.scope
    right = chain.members[link.at]
    lefts = [m for m in chain.members[: link.at] if isinstance(m, Expr)]
    if not isinstance(right, Expr) or not lefts:
        return "a side cannot be read"
    if is_named(chain, judgement.trial):
        return None  # the words tell of every symbol that the sides have
    primed = {name for member in lefts for name in _abstract_primes(chain, member)}
    if primed - set(_abstract_primes(chain, right)):
        return f"what function {min(primed)} is, the note does not say"
    applied = {name for member in lefts for name in _functions(scope, member)}
    known = _functions(scope, right)
    step = known - _functions(scope, lefts[-1]) if link.at > 1 else set()  # what the step before does not speak of
    for name in sorted((applied - known - _constant(scope, lefts[0])) | step):
        if scope.definition(name) is None and scope.alias(name) is None:
            return f"what function {name} is, the note does not say"
    for part in (part for member in (*lefts, right) for part in member.walk() if part.op == "symbol"):
        definition = scope.definition(part.name)
        if definition is not None and definition.body.op == "mean_over":
            return f"what {part.name} is, the note does not say"
    left_names = {name for member in lefts for name in leaves(chain, judgement.typing, member)}
    left_names |= applied
    right_names = set(leaves(chain, judgement.typing, right))
    if CONSTANT in right_names:  # that of a step takes in what the step has dropped
        return "what the constant is, the note does not say"
    related = _related(chain, left_names) | {name for name, _ in defined(chain, lefts)}
    for name in sorted(right_names - left_names):
        if scope.is_size(name) or name in judgement.typing.ranges or PLACES + name in judgement.typing.loose:
            continue
        if not scope.explained(name):
            return f"what {name} is, the note does not say"
        if not scope.symbol(name).properties & CONSTANTS and name not in related:
            return f"how {name} is related to the left side, the note does not say"
    for name in sorted(right_names - _reached(chain, left_names)):
        if scope.symbol(name).arguments and scope.definition(name) is None:
            return f"{name} has no definition"
    for name in sorted(_functions(scope, right) - left_names):
        if scope.definition(name) is None and "elementwise" not in scope.symbol(name).properties:
            return f"what {name} is, the note does not say"
    for member in lefts:
        for part in member.walk():
            if part.op == "member" and scope.member_definition(part.name) is None and scope.definition(part.name):
                return f"what {part.name} is at each index, the note does not say"
    derived = any(part.op in DERIVED for part in right.walk())
    for part in (part.args[0] for member in lefts for part in member.walk() if part.op == "derivative"):
        unknown = part.op == "call" and scope.definition(part.name) is None and not scope.alias(part.name)
        told = (_functions(scope, right) | set(scope.leaves(right))) if derived else ()  # g' = g (1 - g) says what g is
        if unknown and part.name not in told:
            return f"what function {part.name} is, the note does not say"
    depends = judgement.typing.implied
    for name in sorted(name for name in depends if depends[name]):
        apart = name in right_names - left_names  # p of dl/dz = -1/p dp/dz, where l is given by z alone
        if not scope.symbol(name).arguments and (apart or _guessed(scope, right, depends[name])):
            return f"how {name} depends on the variable is not said"
        if name not in right_names and not scope.symbol(name).arguments:
            return f"{name} has no definition"
    return None


def _guessed(scope: Scope, right: Expr, arguments: tuple[str, ...]) -> bool:
    """Whether a difference rests on how a symbol depends on its variables, which only the claim itself tells.

    Such a symbol is a random function of what it is differentiated by: of two variables it could be one through the
    other, and a side without any derivative of it says what its own derivative is.
    """
    named = (scope.definition(part.name) for part in right.walk() if part.op == "symbol")
    bodies = [right, *(found.body for found in named if found is not None)]
    derived = any(part.op in (*DERIVED, "call") for body in bodies for part in body.walk())
    return len(arguments) > 1 or not derived


def _constant(scope: Scope, head: Expr) -> set[str]:
    """The functions in what is differentiated that are taken of other things than the variables: c(y), by theta."""
    names = {root(variable) for variable in head.args[1:]} if head.op == "derivative" else {None}
    if any(name is None or scope.definition(name) is not None for name in names):
        return set()
    calls = list(_calls(scope, head.args[0]))
    varying = [call for call in calls if names & {name for arg in call.args for name in scope.leaves(arg)}]
    return {call.name.split()[0] for call in calls} - {call.name.split()[0] for call in varying}


def _calls(scope: Scope, side: Expr, seen: frozenset[str] = frozenset()) -> Iterator[Expr]:
    """The calls of abstract functions in a side, also through definitions."""
    for part in side.walk():
        if part.op == "call" or (part.op == "primed" and len(part.args) == 1):  # \\tanh' tells which function it is of
            yield part
        known = part.op in ("symbol", "member") and part.name not in seen
        definition = scope.definition(part.name) if known else None
        if definition is not None:
            yield from _calls(scope, definition.body, seen | {part.name})


def _functions(scope: Scope, side: Expr) -> set[str]:
    """The abstract functions that a side applies, also through definitions."""
    return {call.name.split()[0] for call in _calls(scope, side)}


def _related(chain: Chain, names: set[str]) -> set[str]:
    """The names that the left side leads to: what it depends on, what a chain rule goes through, and what that is
    made of."""
    scope, found = chain.scope, _reached(chain, names)
    for part in (part for member in chain.members if isinstance(member, Expr) for part in member.walk()):
        if part.op == "derivative":
            found.update(name for variable in part.args for name in scope.leaves(variable))
    for name in sorted({leaf for member in chain.members if isinstance(member, Expr) for leaf in scope.leaves(member)}):
        if found & set(scope.symbol(name).arguments):
            found.add(name)
    return found


def _reached(chain: Chain, names: set[str]) -> set[str]:
    """The names, and what the functions among them are functions of."""
    found: set[str] = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(chain.scope.symbol(name).arguments)
    return found


# -- findings ----------------------------------------------------------------------------------------------------------


def _make(chain: Chain, link: Link, verdict, judgement: Judgement, profile, **more) -> Finding:
    statement = chain.statement
    left, right = statement.members[link.at - 1], statement.members[link.at]
    relation = statement.relations[link.at - 1][1]
    head = next((m for m in reversed(statement.members[: link.at]) if m.expr is not None), left)
    source = relation.source
    line, column = source.position(relation.start)
    end_line, end_column = source.position(right.span.end)
    finding = Finding(
        path=source.path, line=line, column=column, end_line=end_line, end_column=end_column,
        latex=f"{head.text} = {right.text}", lhs=head.text, rhs=right.text, verdict=verdict,
        shapes=shapes(judgement.typing), source_line=source.line_text(line), types=tuple(grounds(chain, judgement)),
        layouts=more.pop("layouts", None) or names_of(profile), **more,
    )  # fmt: skip
    return _readable(explained(finding, chain, link, judgement), readable_sizes(judgement.typing))


def _readable(finding: Finding, readable: Callable[[str], str]) -> Finding:
    """The finding with letters for the sizes that the note does not name."""
    return replace(
        finding,
        shapes={name: readable(shape) for name, shape in finding.shapes.items()},
        types=tuple(map(readable, finding.types)),
        message=readable(finding.message),
        reason=readable(finding.reason) if finding.reason else None,
    )
