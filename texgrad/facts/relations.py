r"""A run of math in, what its relations say of symbols out: \lambda > 0, M \succ 0, A = A^T, Q^T Q = I."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from texgrad.facts.fact import NORMED, Declaration, Fact, Unread
from texgrad.facts.note import Note
from texgrad.facts.runs import Clause, Run, split
from texgrad.facts.scope import GIVEN, from_here, hold_at
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import TRANSPOSED, Name, capitals, compact, is_dots, read_name
from texgrad.notation.tokens import Token
from texgrad.source import Span

ORDER = 30  # where two facts stand at one place, the word of the higher order comes last

_NAME = r"(?P<name>\\?[A-Za-z]+(?:\{\\?[A-Za-z]+\})?(?:_(?:\{[^{}]*\}|\w))?)"
_LETTER = r"(?P<name>\\?[A-Za-z]+(?:\{\\?[A-Za-z]+\})?)"
_BARS = {"\\lVert": "\\|", "\\rVert": "\\|"}
_SPACE = re.compile(r"\\(?:[lr]Vert|left(?![a-z])|right(?![a-z])|[,;!]) ?")
_SUM = r"\\sum_\{?(?P<index>[a-z])(?:=1)?\}?(?:\^\{?\w+\}?)?"
_IDENTITY = r"(?:\\math(?:bf|bb|rm)\{[IE1]\}|[IE]|\\mathbb\{1\})(?:_(?:\{[^{}]*\}|\w))?"
_ONES = r"\\math(?:bf|bb|bbm|ds)\{1\}(?:_\{?\w\}?)?"
_PRESUP = r"\\presup\^\{?(?:t|T|\\top|\\mathrm\{t\})\}?"

# Words that make a constraint or a question of what stands behind them: it is no fact of the note.
_CONSTRAINT = re.compile(
    r"constraint|subject to|s\.t\.|contrainte|约束|限制|nebenbedingung|sujeto|restric|vincol|ограничен|ràng buộc|制約|"
    r"без|without"
    r"|\biff\b|if and only if|当且仅当|\bssi\b|seulement si|genau dann|sólo si|solo si|только тогда|chỉ khi|se e solo|"
    r"show that|prove"
    r"|check that|verify|whether|证明|montrer|zeige|demuestr|покажите|докажите|示せ",
    re.IGNORECASE,
)
# A sentence that a display of hypotheses ends.
_SUPPOSED = re.compile(
    r"(?i)(?<!\w)(?:suppose|assum\w+|let|given|with|such that|satisf\w+|seien|sei|gelte|angenommen|mit|soient|soit"
    r"|suppos\w+|avec|tel(?:le)?s? que|sean?|supong\w+|con|tal(?:es)? que|siano?|suppon\w+|sejam?|пусть"
    r"|предпол\w+)(?!\w)[^.;⟦]{0,30}$|(?:设|假设|满足)[^。；⟦]{0,10}$"
)
# ... and of what has length one
_PROBLEM = re.compile(
    r"(?i)\b(?:maximi|minimi|optimi|gesucht|sucht|suchen|se busca|buscamos|cherch|cerca|trova|procura|find\b|solve\b)"
    r"|найти|найдём|ищем|максимиз|минимиз|最大化|最小化|求|\btìm\b"
)
# What a whole equation says of the matrix in it, both sides in one string.
_EQUATIONS = tuple(
    (re.compile(pattern), frozenset(properties))
    for pattern, properties in (
        (rf"{_NAME}\^\{{?2\}}?=(?P=name)=(?P=name){TRANSPOSED}", ("idempotent", "symmetric", "square")),
        (rf"{_NAME}(?:{TRANSPOSED}=(?P=name)|=(?P=name){TRANSPOSED})=(?P=name)\^\{{?2\}}?",
         ("idempotent", "symmetric", "square")),
        (rf"{_NAME}=(?P=name){TRANSPOSED}", ("symmetric", "square")),
        (rf"{_NAME}{TRANSPOSED}=(?P=name)", ("symmetric", "square")),
        (rf"{_NAME}={_PRESUP}(?P=name)", ("symmetric", "square")),
        (rf"{_PRESUP}{_NAME}=(?P=name)", ("symmetric", "square")),
        (rf"\(?{_NAME}(?:\+(?P=name){TRANSPOSED}|{TRANSPOSED}\+(?P=name))\)?=2(?P=name)", ("symmetric", "square")),
        (rf"{_NAME}{TRANSPOSED}=-(?P=name)", ("skew-symmetric", "square")),
        (rf"{_NAME}=-(?P=name){TRANSPOSED}", ("skew-symmetric", "square")),
        (rf"{_NAME}{TRANSPOSED}(?P=name)={_IDENTITY}", ("orthonormal-columns",)),
        (rf"{_PRESUP}{_NAME}(?P=name)={_IDENTITY}", ("orthonormal-columns",)),
        (rf"{_NAME}{TRANSPOSED}(?P=name)=(?P=name)(?P=name){TRANSPOSED}={_IDENTITY}", ("orthogonal", "square")),
        (rf"{_NAME}(?P=name){TRANSPOSED}=(?P=name){TRANSPOSED}(?P=name)={_IDENTITY}", ("orthogonal", "square")),
        (rf"{_NAME}_\{{?ij\}}?=(?P=name)_\{{?ji\}}?", ("symmetric", "square")),
        (rf"{_NAME}\^\{{?-1\}}?=(?P=name){TRANSPOSED}", ("orthogonal", "square")),
        (rf"{_NAME}{TRANSPOSED}=(?P=name)\^\{{?-1\}}?", ("orthogonal", "square")),
        (rf"{_SUM}{_LETTER}_\{{?(?P=index)\}}?=1", ("probability",)),
        (rf"{_ONES}{TRANSPOSED}{_LETTER}=1", ("probability",)),
        (rf"{_LETTER}{TRANSPOSED}{_ONES}=1", ("probability",)),
        (rf"{_SUM}{_LETTER}_\{{[a-z],?(?P=index)\}}=1", ("row-stochastic",)),
    )
)
_ARGUMENT = re.compile(r"(?<=[A-Z}])\((?:[a-z]|\\[a-z]+)\)")  # P(t) = P(t)^T
# \|u\| = \|v\| = 1, u^T u = 1
_LENGTH = re.compile(
    rf"(?:(?:\\\||\|(?=\\math)){_NAME}\\?\|(?:_\{{?2\}}?)?(?:\^\{{?2\}}?)?"
    rf"|{_NAME.replace('name', 'dot')}(?:{TRANSPOSED}|\\cdot ?)(?P=dot))="
)
# A A^{-1} = E, Q^T Q = E: the letter on the right is the identity, whatever it is called.
_CAPITAL = r"\\math(?:bf|rm|bb)\{[A-Z]\}|[A-Z]"
_INVERSE = rf"(?:\^\{{?-1\}}?|{TRANSPOSED})"
_UNIT = re.compile(
    rf"(?:(?P<one>{_CAPITAL})(?P=one){_INVERSE}|(?P<two>{_CAPITAL}){_INVERSE}(?P=two))(?:=[^=]*)?=(?P<name>{_CAPITAL})"
)
_GOAL = re.compile(r"\\(?:arg|operatorname\{arg)?\\?(?:min|max)\}?_(\{.*?\}|\\?\w+)")  # what a problem is solved for
_SIGNS = {(">", "0"): "positive", ("\\ge", "0"): "nonnegative", ("\\ne", "0"): "nonzero", ("\\gg", "0"): "positive"}
_SIGNED = frozenset(_SIGNS.values())
_CONES = {"\\succ": "positive-definite", "\\succeq": "positive-semidefinite", ">": "positive-definite"}
_SIGN_RELATIONS = frozenset(relation for relation, _ in _SIGNS) | _CONES.keys()
_OVER = re.compile(r"\\(?:overset|stackrel|underset)\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{?\s*=")
_OVER_SYMMETRIC = re.compile(
    rf"(?P<name>\\?[A-Z][a-z]*)(?:{TRANSPOSED}=(?P=name)|=(?P=name){TRANSPOSED})"
    r"|(?P<named>[A-Z])?(?:is|ist|est|es|è|é|为|是)?(?:by|wegen|par|por|per|в силу)?"
    r"(?:symm?\.?|symm?[eé]tr\w*|simm?[eé]tr\w*|симметр\w*|[对対]称性?)"
)
_SYMMETRIC = frozenset(("symmetric", "square"))
_SHORT = 24  # tokens of an equation in brackets
_ZERO = re.compile(r"0|\\math(?:bf|rm)\{0\}|O")


def find(note: Note) -> Iterator[Fact]:
    seen: set[tuple[int, int]] = set()
    for sentence in note.sentences:
        for index, run in enumerate(sentence.runs):
            seen.add((run.span.start, run.piece))
            yield from from_here(_in_run(note, run, sentence, sentence.text.find(f"⟦{index}⟧")), sentence)
    opened = {run.piece: sentence for sentence in note.sentences for run in sentence.after}
    for run in note.runs:
        if run.display and (run.span.start, run.piece) not in seen:
            opening = opened.get(run.piece)
            supposed = opening is not None and _is_setting(run, opening)
            said = _in_run(note, run, None, 0, supposed)
            yield from from_here(said, opening) if supposed else said


def _is_setting(run: Run, opening: Sentence) -> bool:
    """Whether a display only supposes and defines: let f = x^T A x, A = A^T."""
    if _CONSTRAINT.search(opening.text) or _PROBLEM.search(opening.text):
        return False
    defines = _SUPPOSED.search(opening.text) is not None
    return all(any(_said(clause, ())) or (defines and _defines(clause)) for clause in run.clauses)


def _defines(clause: Clause) -> bool:
    name = read_name(clause.members[0])
    return len(clause.relations) == 1 and name is not None and not (name.transposed or name.primed)


def _in_run(
    note: Note, run: Run, sentence: Sentence | None, position: int, supposed: bool = False
) -> Iterator[Declaration | Unread]:
    waiting: list[Sequence[Token]] = []
    stated = False
    for clause in run.clauses:
        if not clause.comma:
            waiting = []
        if not clause.relations:
            waiting.append(clause.members[0])
            continue
        # A side condition behind a formula, as in \sqrt{x}' = ..., x > 0, is true in that formula.
        own = (stated or run.display) and not supposed
        hold, reach = ("formula", note.chain(run)) if own else ("note", None)
        if hold == "note" and sentence is not None:
            hold, reach = hold_at(sentence, position)
        constrained = sentence is not None and _CONSTRAINT.search(GIVEN.split(sentence.text[:position])[-1]) is not None
        found = list(_said(clause, waiting))
        for name, kind, properties in found:
            if sentence is not None and properties & _SIGNED and _is_case(name, sentence):
                continue
            data = kind == "matrix" and sentence is not None and _is_data(name, sentence)
            if constrained and not data:
                continue
            if properties & NORMED and sentence is not None and _PROBLEM.search(sentence.text[:position]):
                continue
            lasting = data or "identity" in properties
            yield Declaration(
                name.name,
                name.span,
                kind,
                properties=properties,
                hold="note" if lasting else hold,
                family=name.family,
                member=name.member,
                reach=None if lasting else reach,
            )
        stated = stated or (not found and any(token.text in ("=", ":=") for token in clause.relations))
        waiting = []
    said = [each for clause in _bracketed(run) for each in equation(clause)]
    for name, kind, properties in said:
        yield Declaration(name.name, name.span, kind, None, properties, "formula", name.family, member=name.member,
                          reach=note.chain(run))  # fmt: skip
    yield from _over_relations(run, note.chain(run))


def _bracketed(run: Run) -> Iterator[Clause]:
    """The equations in brackets: ... = 2 A x (A = A^T)."""
    opened: list[int] = []
    for at, token in enumerate(run.tokens):
        if token.kind == "char" and token.text == "(":
            opened.append(at)
        elif token.kind == "char" and token.text == ")" and opened:
            inside = run.tokens[opened.pop() + 1 : at]
            if len(inside) < _SHORT and any(each.kind == "relation" for each in inside):
                yield from split(inside)


def _over_relations(run: Run, reach: Span) -> Iterator[Declaration | Unread]:
    r"""What stands over a sign: \overset{A = A^T}{=}, \overset{A \text{ symmetric}}{=}, \overset{\text{sym.}}{=}."""
    for token in run.tokens:
        over = _OVER.match(token.span.text) if token.kind == "relation" else None
        if over is None:
            continue
        written = re.sub(r"[\s{}()$]|\\text", "", over[1])
        match = _OVER_SYMMETRIC.fullmatch(written)
        if match is None:
            continue
        named = match["name"] or match["named"]
        names = [Name(named, token.span)] if named else capitals(run.tokens)
        if len(names) == 1:
            yield Declaration(names[0].name, token.span, "matrix", None, _SYMMETRIC, "formula", reach=reach)
        elif names:
            which = frozenset(name.name for name in names)
            yield from (Unread(token.span, which, of) for of in ("symmetric", "other"))  # A, or A B


def _is_case(name: Name, sentence: Sentence) -> bool:
    """Whether a sentence speaks of negative values as well: "1 for z > 0, 0 for z < 0"."""
    below = re.compile(re.escape(name.name) + r"(?:<|\\leq?)0")
    return any(below.fullmatch(run.compact) for run in (*sentence.runs, *sentence.after))


def _is_data(name: Name, sentence: Sentence) -> bool:
    """Whether a matrix is given in a problem that the sentence states: P in min_x x^T P x s.t. C x = d, P = P^T."""
    goals = [found[1] for run in sentence.runs if (found := _GOAL.match(run.compact))]
    return bool(goals) and not any(name.name in goal for goal in goals)


def _said(clause: Clause, waiting: Sequence[Sequence[Token]]) -> Iterator[tuple[Name, str | None, frozenset[str]]]:
    yield from equation(clause)
    for at, relation in enumerate(clause.relations):
        if relation.text not in _SIGN_RELATIONS or len(clause.members[at + 1]) > 6:
            continue
        right = compact(clause.members[at + 1])
        if at > 0 and relation.text == ">" and clause.relations[at - 1].text in ("<", ">"):
            return
        if not _ZERO.fullmatch(right):
            continue
        names = [
            read_name(member) for member in (*(waiting if at == 0 else ()), clause.members[at]) if not is_dots(member)
        ]
        for name in names:
            if name is None or name.call or name.transposed or name.primed:
                continue
            yield from _signed(name, relation.text, right)
    if len(clause.relations) == 1 and clause.relations[0].text == "<" and compact(clause.members[0]) == "0":
        name = read_name(clause.members[1])
        if name is not None and not name.call and not name.transposed:
            yield from _signed(name, ">", "0")


def _signed(name: Name, relation: str, zero: str) -> Iterator[tuple[Name, str | None, frozenset[str]]]:
    upper, _ = name.flavour
    if relation in ("\\succ", "\\succeq"):
        if upper:
            yield name, "matrix", frozenset((_CONES[relation], "symmetric", "square"))
        else:
            yield name, None, frozenset(("positive" if relation == "\\succ" else "nonnegative",))
    elif (relation, zero) in _SIGNS or ((relation, "0") in _SIGNS and zero != "0" and not upper):
        yield name, None, frozenset((_SIGNS[relation, "0"],))


def equation(clause: Clause) -> Iterator[tuple[Name, str | None, frozenset[str]]]:
    """A = A^T, also with a set behind it: A = A^T \\in S."""
    count = next((at for at, token in enumerate(clause.relations) if token.text != "="), len(clause.relations))
    if not count or sum(len(member) for member in clause.members[: count + 1]) > 40:
        return
    text = "=".join(compact(member) for member in clause.members[: count + 1])
    text = _SPACE.sub(lambda match: _BARS.get(match[0].strip(), ""), text)
    text = _ARGUMENT.sub("", text)
    for written in _of_length_one(text):
        name = _first_name(clause.members, written)
        if name is not None and not name.flavour[0]:
            yield name, None, frozenset(("unit",))
    sides = text.split("=")
    pairs = list(map("=".join, pairwise(sides))) if len(sides) > 2 else []
    for pattern, properties in _EQUATIONS:
        match = pattern.fullmatch(text)
        if match is None and "symmetric" in properties:  # P^2 = P = P^T
            match = next(filter(None, map(pattern.fullmatch, pairs)), None)
        if match is None:
            continue
        name = _first_name(clause.members[: count + 1], match["name"])
        if name is not None:
            yield name, "matrix" if name.flavour[0] else None, properties
        break
    unit = _UNIT.fullmatch(text)
    name = _first_name(clause.members[count : count + 1], unit["name"]) if unit is not None else None
    if name is not None:
        yield name, "matrix", frozenset(("identity",))


def _of_length_one(text: str) -> list[str]:
    names, at = [], 0
    while match := _LENGTH.match(text, at):
        names.append(match["name"] or match["dot"])
        at = match.end()
    return names if text[at:] == "1" else []


def _first_name(members: Sequence[Sequence[Token]], text: str) -> Name | None:
    """The name in one of the members that is written so."""
    for member in members:
        for start in range(len(member)):
            for stop in range(start + 1, min(start + 8, len(member)) + 1):
                if compact(member[start:stop]) == text:
                    name = read_name(member[start:stop])
                    if name is not None and not name.transposed:
                        return name
    return None
