"""Code blocks in, the definitions out that a reader takes from them: a1 = W1 x + b1, h = sigmoid(a1).

Code is read as names, operators and calls of well-known functions, and never run. A line that is anything else says
nothing, and so does a name that has two values, or that the note gives a meaning of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby

from texgrad.document import Document, Piece
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.facts.fact import Declaration, Fact
from texgrad.notation import tokenize
from texgrad.notation.code import Line, Unclear, line_of, symbol
from texgrad.notation.names import label
from texgrad.statements import Statement, statements

NUMPY = re.compile(r"\b(?:np|numpy|torch|jnp|tf)\.|@|\.(?:dot|matmul|T)\b")
UPDATE = re.compile(r"\s*([^\W\d]\w*)\s*(?:-=|=\s*\1\s*-).*\*")  # W -= eta * dW, of a step of training
AGAIN = re.compile(r"\s*([^\W\d]\w*)\s*(?:[-+*/@]=|=.*(?<!\w)\1(?!\w))")  # x += f, x = x + f(x)
COMMENT = re.compile(r"#.*")
REMARK = re.compile(r"(?:\s{2,}|^\s*)(?://|%|--).*")
GOES_ON = re.compile(r"\s*(?:[-+*/@)·⊙]|\.\w)")
ASSIGNED = re.compile(r"\s*([^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*)\s*(\[.*?\]\s*)*(?:[-+*/@]|//|\*\*)?=(?!=)|\s*for\s+(\w+)")
OPENS = re.compile(r"\s*(?!def\b|class\b)\w.*:\s*$|\s*(?:for|while|if|else|repeat|until)\b")
NEXT = re.compile(r"[,;]\s+(?=[^\W\d]\w*\s*:?=(?!=))")
FONTS = re.compile(r"\\(?:math\w+|boldsymbol|bm|operatorname)|[^A-Za-z0-9]")

Known = tuple[Statement, set[str]]  # with the symbols of it


@dataclass
class Block:
    """A code block: the number of the piece that it stands behind, its formulas, how often it gives a name a value."""

    number: int
    piece: Piece
    lines: list[Line] = field(default_factory=list)
    assigned: Counter[str] = field(default_factory=Counter)
    updated: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)  # names of an example in numbers


def coded(
    document: Document, found: Sequence[Statement], said: Sequence[Fact], headings: Sequence[int]
) -> Iterator[Statement]:
    """The definitions of the code blocks of a note that its formulas lean on."""
    if not document.code:
        return
    spelled = _spellings(found)
    blocks = [_read(list(group), spelled) for _, group in groupby(document.code, key=_stand)]
    declared = {fact.name: fact.span.start for fact in said if isinstance(fact, Declaration)}
    known = [(each, {name for member in each.members if member.expr is not None for name in _symbols(member.expr)})
             for each in found]  # fmt: skip
    for line, block in _taken(blocks, known, declared, spelled, headings):
        offsets = (line.start,) * (len(line.latex) + 1)
        with suppress(NoteError):
            made = tokenize(Piece("math", line.latex, offsets, block.piece.source, display=True))
            yield from statements(made, max(block.number, 0), display=True)


def _stand(each: tuple[int, Piece]) -> tuple[int, str]:
    return each[0], each[1].source.path


# -- which of them are meant -------------------------------------------------------------------------------------------


def _taken(
    blocks: Sequence[Block],
    known: Sequence[Known],
    declared: Mapping[str, int],
    spelled: Mapping[str, set[str]],
    headings: Sequence[int],
) -> Iterator[tuple[Line, Block]]:
    """The lines of which the note says nothing else, as far as its formulas lead to them."""
    lines = [line for block in blocks for line in block.lines]
    values = Counter(name for _, name in {(line.latex, line.name) for line in lines})
    written = Counter(line.name for line in lines)
    assigned = sum((block.assigned for block in blocks), Counter())
    vague = set().union(*(block.numbers | block.updated for block in blocks))
    vague |= {name for name in assigned if values[name] > 1 or assigned[name] > written[name]}
    loose = {name for name in assigned if assigned[name] - written[name] > 1 or values[name] > 1}
    loose |= set().union(*(block.numbers for block in blocks))
    done: set[str] = set()
    for block in blocks:
        section = max((at for at in headings if at <= block.number), default=-1), min(
            (at for at in headings if at > block.number), default=1 << 40)  # fmt: skip
        said = {line.name for line in block.lines
                if line.name in vague or line.names & loose or block.assigned[line.name] > 1
                or declared.get(line.name, -1) > line.start
                or _otherwise(line.name, block, known, section)}  # fmt: skip
        while more := {line.name for line in block.lines if line.names & said} - said:
            said |= more
        wanted = {line.name for line in block.lines if spelled.get(_plain(line.name))}
        near = any(each.piece >= block.number and each.piece < section[1] and names & wanted for each, names in known)
        if len(wanted) < 2 and not near:
            continue  # one letter, in another section
        while more := {name for line in block.lines if line.name in wanted for name in line.names} - wanted:
            wanted |= more
        for line in block.lines:
            if line.name in wanted - said - done:
                done.add(line.name)
                yield line, block


def _otherwise(name: str, block: Block, known: Sequence[Known], section: tuple[int, int]) -> bool:
    """Whether the note gives a name a meaning of its own.

    That is what it says it is equal to, and what it has of it before the block. Of a formula in an earlier section a
    block tells what it is in its section, where the name does not stand behind that.
    """
    places = [(statement.piece, _is_value(name, statement)) for statement, names in known
              if name in names and not _is_alone(name, statement)]  # fmt: skip
    values = [at for at, value in places if value]
    if not values:
        return any(at <= block.number for at, _ in places)
    return not all(at < section[0] for at in values) or any(
        at >= section[1] or section[0] < at <= block.number for at, _ in places
    )


def _is_alone(name: str, statement: Statement) -> bool:
    """Whether a name stands for itself, or with its set: the note has named it, and no more."""
    first = statement.members[0].expr
    return first is not None and label(first) == name and (
        not statement.relations or statement.relations[0][0] == "\\in")  # fmt: skip


def _is_value(name: str, statement: Statement) -> bool:
    """Whether a name, or one of its members or its value at a point, is a side of an equation; what a derivative is
    equal to has no value by that."""
    sides = [member.expr for member in statement.members if member.expr is not None]
    if len(sides) < 2 or name not in map(_head, sides):
        return False
    return _head(sides[0]) == name or not any(part.op in ("dsign", "nabla") for part in sides[0].walk())


def _head(expr: Expr) -> str:
    """s of s, s_k, and s(z)."""
    if expr.op == "term" and len(expr.args) == 2 and expr.args[1].op == "group":
        expr = expr.args[0]
    while expr.op == "sub" and not label(expr.args[1]).isdigit():
        expr = expr.args[0]
    return label(expr)


def _symbols(expr: Expr) -> Iterator[str]:
    """The symbols of a formula, the s of s_k as well."""
    if expr.op in ("symbol", "sub", "sup"):
        yield label(expr)
    if expr.op == "sub" and label(expr.args[1]).isdigit():
        return
    for part in expr.args:
        yield from _symbols(part)


def _spellings(found: Sequence[Statement]) -> dict[str, set[str]]:
    """The symbols of the note's formulas by their bare letters and numbers: W1 of W_1, \\mathbf{W}_1, W^{[1]}."""
    spelled: dict[str, set[str]] = {}
    for statement in found:
        for member in statement.members:
            for name in _symbols(member.expr) if member.expr is not None else ():
                if not re.search(r"\^(?!\{[(\[])|_\{[ijklmnt]\}", name):
                    spelled.setdefault(_plain(name), set()).add(name)
    return spelled


def _plain(name: str) -> str:
    return FONTS.sub("", name)


# -- code --------------------------------------------------------------------------------------------------------------


def _read(group: Sequence[tuple[int, Piece]], spelled: Mapping[str, set[str]]) -> Block:
    """The formulas of a block; what stands under a loop or a condition only counts as another value."""
    block = Block(*group[0])
    text = "\n".join(piece.text for _, piece in group)
    numpy = NUMPY.search(text) is not None
    heads = {match[1] for match in map(ASSIGNED.match, text.splitlines()) if match and match[1]}
    heads |= {match[1] for match in re.finditer(r"[,;]\s+(\w+)\s*:?=(?!=)", text)}
    blocked = None
    for _, piece in group:
        place = 0
        rows = piece.text.split("\n")
        for row, after in zip(rows, [*rows[1:], ""], strict=True):
            line = COMMENT.sub("", row) if numpy else REMARK.sub("", COMMENT.sub("", row))
            indent = len(line) - len(line.lstrip())
            if line.strip() and blocked is not None and indent <= blocked:
                blocked = None
            if blocked is None and OPENS.match(line):
                blocked = indent
            plain = blocked is None and not GOES_ON.match(after)
            start = 0
            for part in NEXT.split(line):
                start = line.index(part, start)
                _assign(block, part, piece.offsets[place + start], numpy, heads, spelled, plain)
            place += len(row) + 1
    return block


def _assign(
    block: Block, text: str, start: int, numpy: bool, heads: set[str], spelled: Mapping[str, set[str]], plain: bool
) -> None:
    """Note what a line gives a value to, and the formula where it is one."""
    match = ASSIGNED.match(text.replace(":=", "=", 1))
    if match is None:
        return
    names = [name for each in (match[1] or match[3]).split(",") if (name := symbol(each.strip(), spelled))]
    if UPDATE.match(text):
        block.updated.update(names)
        return
    block.assigned.update(names * (2 if AGAIN.match(text) else 1))
    try:
        line = line_of(text.replace(":=", "=", 1), start, numpy, heads, spelled)
    except Unclear:
        return
    if not line.names:
        block.numbers.add(line.name)
    elif plain and not line.alias:
        block.lines.append(line)
