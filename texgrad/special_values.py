"""A chain in, the same with the values that its sentence gives to letters out: "for \\lambda = 0", "if A = I".

A claim that does not hold with them either may still be one about the special case: it is left undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from texgrad.claims import Chain
from texgrad.dependence import root
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.otherwise import SENTENCE, STOP, fresh_scope, read_as
from texgrad.shapes import Definition

REASON = "the sides differ, but the note may speak of a special case"
WORDS = (
    r"(?:for|if|when(?:ever)?|with|at|where|set(?:ting)?|take|taking|case|let|für|bei|wenn|falls|mit|setzt man|pour|si"
    r"|avec|lorsque|quand|para|con|cuando|per|se|quando|com|при|если|когда|для|khi|nếu|với)"
)
VALUE = (
    r"(?:-?\d+(?:\.\d+)?|\\(?:mathbf|boldsymbol|bm|vec)\{?[01]\}?|(?:\\?[a-z]+(?:\^\{?2\}?)?\s*)?"
    r"(?:\\(?:mathbf|boldsymbol|bm|mathbb|mathrm)\{)?[IE1]\}?(?:_\{?\w\}?)?)"
)
NAME = r"(?:\\[A-Za-z]+|[A-Za-z])(?:\{\\?[A-Za-z]+\})?"
SET = re.compile(rf"(?:\$|\\\()\s*(?P<name>{NAME})\s*=\s*(?P<value>{VALUE})\s*(?:\$|\\\))")
BEFORE = re.compile(
    rf"(?i)(?<!\w){WORDS}(?!\w)[^.;$]{{0,40}}$|[若当取令对在为][^，。；$]{{0,8}}$"
    r"|(?<!\w)(?:and|und|et|y|e|и)\s*$|[和且]\s*$"
)
BEHIND = re.compile(r"\s*(?:时|の?とき|の?場合)")
EQUATION = re.compile(r"\$[^$]*=[^$]*\$|\\\(.*?=.*?\\\)")
NEAR = 40


def special(chain: Chain) -> Iterator[Chain]:
    """The chain with the values for letters that it leads to."""
    names = {name for member in chain.members if isinstance(member, Expr) for name in chain.scope.leaves(member)}
    names |= {part.name for member in chain.members if isinstance(member, Expr) for part in member.walk()}
    variables = {root(each) for member in chain.members if isinstance(member, Expr) for part in member.walk()
                 if part.op == "derivative" for each in part.args[1:]}  # fmt: skip
    found: dict[str, Expr] = {}
    for name, value in _settings(chain):
        with suppress(NoteError):
            letter, meant = read_as(chain, name), read_as(chain, value)
            if letter.op == "symbol" and letter.name in names and not chain.scope.is_size(letter.name):
                found[letter.name] = meant
    zeros = {name: Expr("zeros", ()) for name, value in found.items() if value.op == "number" and value.name == "0"}
    for values in (found, found | zeros) if zeros else (found,) if found else ():  # a number, or a vector of zeros
        yield _with(chain, {name: value for name, value in values.items() if name not in variables}, found)


def _with(chain: Chain, values: dict[str, Expr], said: dict[str, Expr]) -> Chain:
    context, place = chain.scope.context, (chain.place[0], chain.place[1] - 1)
    told = [(place, Definition(name, value)) for name, value in values.items()]
    others = [each for each in context.definitions if each[1].name not in said]
    scope = fresh_scope(chain, replace(context, definitions=[*others, *told]))
    return replace(chain, scope=scope, members=[_put(member, values) for member in chain.members])


def _put(member: Expr | NoteError, values: dict[str, Expr]) -> Expr | NoteError:
    if not isinstance(member, Expr) or (member.op == "symbol" and member.name in values):
        return values[member.name] if isinstance(member, Expr) else member
    return Expr(member.op, tuple(_put(arg, values) for arg in member.args), member.name, member.span)


def _settings(chain: Chain) -> Iterator[tuple[str, str]]:
    """What the sentence sets in front of the claim, or right behind it; in a table, in the cells of its row before it.

    "For A = I it is x - b, for b = 0 it is A x": behind another formula, what is set there.
    """
    span = chain.statement.span
    text = span.source.text
    row = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    tabled = row.lstrip().startswith("|")
    whole = text[max(0, span.start - SENTENCE) : span.start].rstrip("$ \n\\[(")
    before = row if tabled else STOP.split(whole)[-1]
    places = [match for match in SET.finditer(before) if tabled or BEFORE.search(before[: match.start()])
              or BEHIND.match(before[match.end() :])]  # fmt: skip
    others = [match.end() for match in EQUATION.finditer(before) if not SET.fullmatch(match[0])]
    nearest = [match for match in places if not others or match.start() >= others[-1]]
    yield from ((match["name"], match["value"]) for match in nearest or places)
    behind = text[span.end : span.end + SENTENCE]
    match = SET.search(behind)
    words = behind[: match.start()] if match else ""
    if match and len(words) <= NEAR and not STOP.search(words) and BEFORE.search(words):
        yield match["name"], match["value"]
