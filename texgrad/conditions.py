"""Statements of a note in, under what conditions each is meant out: "for i != j", "当 i = j 时", "if z < 0"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import pairwise, takewhile
from operator import ge, gt, le, lt

from texgrad.context import Context
from texgrad.document import Document
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.facts.fact import Convention
from texgrad.facts.languages import CONDITIONS
from texgrad.statements import Statement
from texgrad.summation import BINDERS

Condition = tuple[str, str, str]  # relation, first index, second index
Comparison = tuple[str, Expr, Expr]  # of values: relation and sides, as they are written
RELATIONS = frozenset(("=", "\\ne"))
COMPARISONS = {"<": lt, ">": gt, "\\le": le, "\\ge": ge}
PLAIN = 8  # nodes of a side of a comparison that says where a claim holds
APART = re.compile(r"[.;!?](?:\s|$)|[。；！？]")
WORDS_BETWEEN = 40
OTHERWISE = re.compile(
    r"(?i)(?<!\w)(?:otherwise|in all other cases|else|sonst|andernfalls|sinon|autrement|de lo contrario|en otro caso|"
    r"altrimenti|caso contrário|иначе|в (?:остальных случаях|противном случае)|ngược lại)(?!\w)[^.;]{0,40}$|"
    r"(?:否则|其他情况|其余情况|それ以外|そうでなければ|そうでない)[^。；]{0,12}$"
)
OTHER = {"=": "\\ne", "\\ne": "="}
# Words behind "for n = 1" by which the sentence goes on with all other cases.
GENERALLY = re.compile(
    r"(?i)\b(?:in general|general(?:ly)?|otherwise|arbitrary|any|all|every|allgemein\w*|sonst|beliebig\w*|alle\w*"
    r"|jede\w*|en général|sinon|quelconque|tout\w*|en general|cualquier|todo\w*|in generale|qualsiasi|em geral|qualquer"
    r"|в общем|иначе|любо\w+|произвольн\w+)\b|一般|否则|任意|对于?所有|それ以外|すべて"
)
LABEL = re.compile(r"\s*[).:：。）]")  # what ends "Case n = 1"
THEN = re.compile(r"(?i)\s*(?:时|的时候|的情况下|のとき|の場合|なら|,? (?:then|we have|we get|gilt|on a)\b)")


def conditions(
    document: Document, found: Sequence[Statement], context: Context
) -> list[tuple[Condition | Comparison, ...]]:
    """For each statement, the conditions that its sentence puts before or behind it.

    Where a sentence begins with a condition (if i = j, A, and if i != j, B), each stands before what it is about, and
    so where words say it (..., z > 0 时 A, z < 0 时 B); else (A if i = j, and B if i != j) behind it.
    A condition that is about nothing in its sentence is about the display that it leads to.
    """
    own = [_condition(statement) for statement in found]
    result = numbered(document, found, context)
    if not any(own):
        return result
    speaks = partial(_speaks, _led(found, context), context.usage.bound)
    for run in _runs(document, found):
        ordered = run if _leads(document, found, own, run) else list(reversed(run))
        about: dict[int, int] = {}
        for first, second in (*pairwise(ordered), *pairwise(reversed(ordered))):
            if own[first] and not own[second] and first not in about and speaks(found[second], own[first]):
                about[first] = second  # a_i (1 - a_i), and if i != j, -a_i a_j: of i alone it is not said
        for condition, statement in about.items():
            result[statement] = result[statement] or own[condition]
        for condition in (each for each in run if own[each] and each not in about):
            display = _display_behind(document, found[condition].piece, isinstance(own[condition][0][1], str))
            for number, statement in enumerate(found):
                if statement.piece == display and not own[number] and speaks(statement, own[condition]):
                    result[number] = result[number] or own[condition]
    for number, statement in enumerate(found):
        if not own[number] and not result[number] and OTHERWISE.search(_words_before(document, statement.piece)):
            before = next((each for each in reversed(result[:number]) if each), ())
            other = tuple((OTHER[relation], *letters) for relation, *letters in before if relation in OTHER)
            result[number] = other if len(before) == len(other) == 1 and speaks(statement, other) else ()
    return result


def numbered(
    document: Document, found: Sequence[Statement], context: Context
) -> list[tuple[Condition | Comparison, ...]]:
    """For each statement, the number for a size that its sentence puts before or behind it: "for n = 1, f' = ..."."""
    own = [_number_for_size(statement, context) for statement in found]
    result: list[tuple[Condition, ...]] = [()] * len(found)
    for number in (number for number, stated in enumerate(own) if stated):
        behind = number
        while behind + 1 < len(found) and not own[behind + 1]:
            pieces = found[behind].piece, found[behind + 1].piece
            if not _carries_on(document, *pieces, breaks=behind == number):
                break
            behind += 1
            result[behind] = own[number]
        before = number if behind == number else 0
        while before and not own[before - 1] and _hangs_on(document, found[before - 1].piece, found[before].piece):
            before -= 1
            result[before] = own[number]
        for other in _labelled(document, found, number):
            result[other] = result[other] or own[number]
    return result


def _labelled(document: Document, found: Sequence[Statement], number: int) -> Iterator[int]:
    """The statements of the section, or of the paragraph, that a condition is the label of: "Case n = 1. Here"."""
    pieces, at = document.pieces, found[number].piece
    start = next((each for each in range(at, 0, -1) if pieces[each - 1].kind not in ("prose", "math")), 0)
    words = "".join(piece.text for piece in pieces[start:at])
    headed = start > 0 and pieces[start - 1].kind == "heading"
    plain = all(piece.kind == "prose" for piece in pieces[start:at]) and len(words) <= WORDS_BETWEEN
    label = plain and not APART.search(words) and LABEL.match("".join(piece.text for piece in pieces[at + 1 : at + 2]))
    for other in range(number + 1, len(found)) if headed or label else ():
        between = pieces[at : found[other].piece]
        displayed = any(piece.kind == "math" and piece.display for piece in between)
        paragraphs = sum(piece.kind == "break" for piece in between) - pieces[found[other].piece].display
        if any(piece.kind == "heading" for piece in between) or (not headed and (displayed or paragraphs > 0)):
            return
        yield other


def _carries_on(document: Document, before: int, after: int, breaks: bool) -> bool:
    """Whether a formula stands in the sentence of the one before, which goes on with no other cases."""
    between = document.pieces[before + 1 : after]
    text = " ".join(piece.text for piece in between).rstrip()
    kinds = ("prose", "break") if breaks else ("prose",)
    return all(piece.kind in kinds for piece in between) and not (GENERALLY.search(text) or APART.search(text))


def _hangs_on(document: Document, before: int, after: int) -> bool:
    """Whether a condition stands behind a formula: f'(x) = ... if n = 1."""
    between = document.pieces[before + 1 : after]
    text = " ".join(piece.text for piece in between)
    plain = all(piece.kind == "prose" for piece in between) and len(text) <= WORDS_BETWEEN and not APART.search(text)
    return plain and CONDITIONS.before.search(text) is not None


def _number_for_size(statement: Statement, context: Context) -> tuple[Condition, ...]:
    """n = 1, of a size n."""
    sides = [member.expr for member in statement.members]
    relations = [relation for relation, _ in statement.relations]
    if relations != ["="] or None in sides or [side.op for side in sides] != ["symbol", "number"]:
        return ()
    letter, number = sides
    first = statement.members[0].span
    scope = context.at((statement.piece, first.start), first.source)
    whole = number.name.isdigit() and int(number.name) > 0
    return (("=", letter.name, number.name),) if whole and scope.is_size(letter.name) else ()


def _words_before(document: Document, at: int) -> str:
    """The words between the formula before one and this one, also over the end of a paragraph."""
    solid = [piece for piece in document.pieces[max(at - 2, 0) : at] if piece.kind != "break"]
    return solid[-1].text.rstrip() if solid and solid[-1].kind == "prose" else ""


def _display_behind(document: Document, at: int, labels: bool) -> int | None:
    """The display that a condition leads to, its paragraph being over: an unfinished sentence, a heading, a label.

    Labels are "Case 1 (i = j).", "Off the diagonal, i != j. Here ...": few words at the beginning of a paragraph.
    """
    pieces = document.pieces
    start = at
    while start and pieces[start - 1].kind in ("prose", "math"):
        start -= 1
    end = next((stop for stop in range(at, len(pieces)) if pieces[stop].kind == "break"), len(pieces))
    if start and pieces[start - 1].kind == "heading":
        section = takewhile(lambda stop: pieces[stop].kind != "heading", range(end, len(pieces)))
        return next((stop for stop in section if pieces[stop].kind == "math" and pieces[stop].display), None)
    before, behind = "".join(piece.text for piece in pieces[start:at]), pieces[at + 1 : end]
    words = "".join(piece.text for piece in behind if piece.kind == "prose")
    plain = all(piece.kind == "prose" for piece in pieces[start:at]) and len(before) <= WORDS_BETWEEN
    label = labels and plain and not APART.search(before) and len(APART.split(words)[0]) <= WORDS_BETWEEN
    if any(piece.display for piece in behind) or not (label or not APART.search(words)):
        return None
    following = next((stop for stop in range(end, len(pieces)) if pieces[stop].kind != "break"), None)
    return following if following is not None and pieces[following].display else None


def _leads(document: Document, found: Sequence[Statement], own: Sequence[tuple], run: Sequence[int]) -> bool:
    """Whether the conditions of a sentence stand before what they are about."""
    stated = [number for number in run if own[number]]
    if not stated or stated[0] == run[0]:
        return True
    if found[stated[0]].piece == found[run[0]].piece:
        return False  # behind a row of a display
    behind = "".join(piece.text for piece in document.pieces[found[stated[0]].piece + 1 :][:1] if piece.kind == "prose")
    return THEN.match(behind) is not None or (len(stated) > 1 and stated[-1] != run[-1])


def _led(found: Sequence[Statement], context: Context) -> dict[str, set[str]]:
    """What stands in the equations of each letter: c under L in L = -\\log p_c, and under a y that is one-hot at c."""
    led = {vector: {vector, index} for _, fact in context.facts if isinstance(fact, Convention)
           and fact.name == "one-hot-at" for vector, _, index in [fact.value.partition("=")]}  # fmt: skip
    for statement in found:
        head = statement.members[0].expr if len(statement.members) > 1 else None
        while head is not None and head.op in ("sub", "sup", "term", "prime"):
            head = head.args[0]
        if head is not None and head.op == "symbol":
            led.setdefault(head.name, set()).update(_names(statement))
    return led


def _names(statement: Statement) -> set[str]:
    return {part.name for member in statement.members if member.expr is not None for part in member.expr.walk()}


def _speaks(
    led: Mapping[str, set[str]], bound: Set[str], statement: Statement, stated: Sequence[Condition | Comparison]
) -> bool:
    """Whether a statement has all letters of a condition, one of them maybe in what it leads to; of a comparison, one.

    A letter that is summed over somewhere is no fixed one that the note leads to.
    """
    names = _names(statement)
    first = stated[0][1:]
    if isinstance(first[0], str):
        missing = {*first} - names
        if len(missing) != 1 or not missing.isdisjoint(bound):
            return not missing
        reached, waiting = set(names), list(names)
        while waiting:
            fresh = led.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting += fresh
        return missing <= reached
    return not names.isdisjoint(part.name for _, *sides in stated for side in sides for part in side.walk()
                                if part.op == "symbol")  # fmt: skip


def distinct(scope, members: Sequence[Expr | NoteError]) -> Iterator[Condition]:
    """i \\ne j in d f(q_i, q_j) / d q_i: an author with two letters in what is differentiated means two members.

    Where a side has a Kronecker delta, the case of equal letters is spoken of.
    """
    sides = [member for member in members if isinstance(member, Expr)]
    if any(part.op == "delta" for side in sides for part in side.walk()):
        return
    for part in sides[0].walk() if sides else ():
        variable = part.args[1] if part.op == "derivative" and len(part.args) == 2 else None
        variable = variable.args[0] if variable is not None and variable.op == "entry" else variable
        if variable is None or variable.op != "member" or len(variable.args) != 1:
            continue
        for other in sorted(_letters(scope, part.args[0], variable.name) - {variable.args[0].name}):
            yield "\\ne", variable.args[0].name, other


def _letters(scope, target: Expr, family: str) -> set[str]:
    """The free letters that members of a family have in an expression, and in what its symbols stand for."""
    found: set[str] = set()
    for part in target.walk():
        definition = scope.definition(part.name) if part.op == "symbol" else None
        if part.op in BINDERS:
            return set()
        if part.op == "member" and part.name == family:
            found |= {arg.name for arg in part.args if arg.op == "symbol"}
        elif definition is not None and not definition.indices and not definition.parameters:
            found |= _letters(scope, definition.body, family)
    return found


def _runs(document: Document, found: Sequence[Statement]) -> list[list[int]]:
    """Statements of one sentence, by number."""
    runs: list[list[int]] = []
    for number, statement in enumerate(found):
        if number and _near(document, found[number - 1].piece, statement.piece):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _near(document: Document, before: int, after: int) -> bool:
    between = document.pieces[before + 1 : after]
    text = "".join(piece.text for piece in between)
    return all(piece.kind == "prose" for piece in between) and len(text) <= WORDS_BETWEEN and not APART.search(text)


def _condition(statement: Statement) -> tuple[Condition | Comparison, ...]:
    """i = j or i != j between two letters, z < 0 or 0 < z < 1 between plain expressions; also in brackets."""
    sides = [member.expr for member in statement.members]
    relations = [relation for relation, _ in statement.relations]
    if len(sides) == 1 and sides[0] is not None and sides[0].op == "group" and sides[0].args[0].op == "relation":
        relations, sides = [sides[0].args[0].name], list(sides[0].args[0].args)
    if len(sides) == 2 and relations[0] in RELATIONS and all(map(_letter, sides)):
        return ((relations[0], sides[0].name, sides[1].name),)
    if not relations or len(sides) != len(relations) + 1 or not COMPARISONS.keys() >= set(relations):
        return ()
    if any(side is None or sum(1 for _ in side.walk()) > PLAIN for side in sides):
        return ()
    return tuple(zip(relations, sides, sides[1:], strict=False))


def compared(found: Sequence[Statement]) -> dict[str, set[tuple[int, str]]]:
    """The letters of conditions such as w = o and w \\ne o, with the pieces that have them and the other letter."""
    places: dict[str, set[tuple[int, str]]] = {}
    for statement in found:
        for relation, *letters in _condition(statement):
            for name, other in (letters, letters[::-1]) if relation in RELATIONS else ():
                places.setdefault(name, set()).add((statement.piece, other))
    return places


def _letter(side: Expr | None) -> bool:
    return side is not None and side.op == "symbol" and len(side.name) == 1 and side.name.islower()


def allows(condition: Condition, indices: dict[str, int]) -> bool:
    """Whether index values satisfy a condition; one on other letters says nothing."""
    relation, first, second = condition
    if first not in indices or second not in indices:
        return True
    return (indices[first] == indices[second]) == (relation == "=")
