"""Tokens of a math piece in, statements out: chains of expressions with the relations between them, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from texgrad.errors import BoundExceeded, NoteError, Unsupported
from texgrad.expr import Expr
from texgrad.nesting import Depth, is_enclosed, is_open, matching, outer
from texgrad.notation.grammar import parse
from texgrad.notation.signs import KNOWN
from texgrad.notation.tokens import Token
from texgrad.source import Span

EQUAL = frozenset(("=", ":=", "\\equiv", "=:"))
ARROWS = frozenset(("\\Rightarrow", "\\Leftarrow", "\\Leftrightarrow"))
DISPLAYS = frozenset(
    "align align* aligned alignat alignat* alignedat gather gather* gathered multline multline* split eqnarray "
    "eqnarray* flalign flalign* equation equation* math displaymath dmath dmath* subequations IEEEeqnarray "
    "IEEEeqnarray* empheq dgroup* darray array".split()
)
LEFT_BRACE = re.compile(r"(?<!\\)\{")
RIGHT_BRACE = re.compile(r"\s*(?<!\\)\}")
SIZED = re.compile(r"\\(?:left|[bB]igg?l?)\s*\Z")
VOWELS = frozenset("aeiou")
UNFINISHED = frozenset(("+", "-", "\\cdot", "\\times", "\\odot", "\\otimes", "*", "/"))


@dataclass(frozen=True)
class Member:
    """One side of a relation; `expr` is None where it cannot be parsed, and `problem` says why.

    `written` is how a side reads that is put together from several places.
    """

    span: Span
    expr: Expr | None = None
    problem: NoteError | None = None
    row: int = 0
    written: str = ""

    @property
    def text(self) -> str:
        return self.written or self.span.text


@dataclass(frozen=True)
class Statement:
    """members[0] relations[0] members[1] relations[1] ...; `words` is the text of the formula just before it."""

    members: tuple[Member, ...]
    relations: tuple[tuple[str, Span], ...]
    words: str = ""
    after: str = ""
    arrow: str = ""
    display: bool = False
    piece: int = 0
    row: int = 0
    continues: bool = False

    @property
    def span(self) -> Span:
        """From the first member to the last, as far as they stand in one file."""
        return self.members[0].span.to(self.members[-1].span)

    def __str__(self) -> str:
        parts = [str(self.members[0].expr)]
        for (relation, _), member in zip(self.relations, self.members[1:], strict=True):
            parts += [relation, str(member.expr)]
        return " ".join(parts)


@dataclass
class _Segment:
    tokens: list[Token]
    words: str = ""
    arrow: str = ""
    row: int = 0
    after: str = ""


def statements(tokens: Sequence[Token], piece: int = 0, display: bool = False) -> list[Statement]:
    """The statements of one math piece, in reading order."""
    found: list[Statement] = []
    dangling: tuple[str, Span] | None = None
    for segment in _segments(_rows(_unwrapped(list(tokens)))):
        parts, relations = _without_sizes(*_chain(segment.tokens))
        if not parts and not relations:
            continue
        starts = bool(relations) and not parts[0]
        ends = bool(relations) and not parts[-1]
        if segment.words and not starts:
            dangling = None  # "= differentiate W, and get": the words begin something else
        if dangling is not None and found and parts and parts[0] and not starts:
            parts, relations, starts = [[], *parts], [dangling, *relations], True
        dangling = relations[-1] if ends else None
        if ends:
            parts, relations = parts[:-1], relations[:-1]
        if starts and segment.words:
            continue  # "differentiate, and get" between two formulas: no equality of what stands on both sides
        if starts and found and len(parts) > 1 and all(parts[1:]):
            members = tuple(member_of(part, segment.row) for part in parts[1:])
            before = found[-1]
            found[-1] = replace(
                before,
                members=before.members + members,
                relations=before.relations + tuple(relations),
                after=segment.after,
            )
            continue
        if (starts and len(parts) < 2) or not all(parts[1 if starts else 0 :]):
            continue
        body = parts[1:] if starts else parts
        members = tuple(member_of(part, segment.row) for part in body)
        if starts:  # the display continues an earlier one: its first relation has no left side here
            empty = Member(relations[0][1], None, None, segment.row)
            members = (empty, *members)
        found.append(
            Statement(members, tuple(relations), segment.words, segment.after, segment.arrow, display, piece,
                      segment.row, starts)
        )  # fmt: skip
    return found


def annotation(tokens: Sequence[Token]) -> bool:
    """Whether a member only notes sizes: (64 * 10)(10 * 1) + (64 \\times 1)."""
    if not tokens:
        return False
    signs = [token for token in tokens if token.text in ("*", "\\times")]
    rest = (token for token in tokens if token not in signs)
    sizes = all(t.kind in ("number", "open", "close") or t.text in ("(", ")", "+", "\\mathbf") for t in rest)
    return bool(signs) and sizes and tokens[0].text == "("


def _without_remark(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without a bracket of words at the end: f'(X) \\odot dX (f acts elementwise)."""
    if not tokens or tokens[-1].text != ")":
        return tokens
    level = braces = 0
    words = False
    for at in range(len(tokens) - 1, 0, -1):
        level += (tokens[at].text == ")") - (tokens[at].text == "(")
        braces += (tokens[at].kind == "close") - (tokens[at].kind == "open")
        words |= tokens[at].kind == "text" and braces == 0
        if level == 0:
            return tokens[:at] if words else tokens
    return tokens


def member_of(tokens: Sequence[Token], row: int) -> Member:
    tokens = _without_remark(tokens)
    span = _whole(tokens[0].span.to(tokens[-1].span))
    word = _word(tokens)
    if word is not None:
        return Member(span, None, word, row)
    try:
        return Member(span, parse(tokens), None, row)
    except NoteError as problem:
        return Member(span, None, problem, row)
    except RecursionError:
        return Member(span, None, BoundExceeded("nested too deeply", span), row)


def _word(tokens: Sequence[Token]) -> NoteError | None:
    """An unknown function spelled in plain letters, as in rank(A): no product of its letters."""
    start = 0
    for at, token in enumerate((*tokens, None)):
        small = token is not None and token.kind == "letter" and token.text.islower()
        if small and (at == start or token.span.start == tokens[at - 1].span.end):
            continue
        text = "".join(each.text for each in tokens[start:at])
        applied = token is not None and token.text == "(" and len(text) >= 4 and text not in KNOWN
        if applied and set(text) & VOWELS and set(text) - VOWELS:
            return Unsupported(f"'{text}' is not understood here", tokens[start].span.to(tokens[at - 1].span))
        start = at if small else at + 1
    return None


def _without_sizes(
    parts: list[list[Token]], relations: list[tuple[str, Span]]
) -> tuple[list[list[Token]], list[tuple[str, Span]]]:
    """The chain without members that only note sizes, and without the first of two relation signs in a row."""
    if not parts or annotation(parts[0]):
        return [], []
    kept, signs = [parts[0]], []
    for at, (part, relation) in enumerate(zip(parts[1:], relations, strict=True), 1):
        if annotation(part) or (not part and at < len(parts) - 1):
            continue
        kept.append(part)
        signs.append(relation)
    return kept, signs


def _whole(span: Span) -> Span:
    """The span with the braces that its last macro call closes, and with the \\left of its first bracket."""
    text, start, end = span.source.text, span.start, span.end
    missing = len(LEFT_BRACE.findall(span.text)) - len(RIGHT_BRACE.findall(span.text))
    while missing > 0 and (brace := RIGHT_BRACE.match(text, end)):
        end, missing = brace.end(), missing - 1
    sized = SIZED.search(text, max(0, start - 12), start)
    return Span(span.source, sized.start() if sized else start, end)


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Without the display environments around the whole, and without the brace of a system of equations."""
    while len(tokens) >= 2:
        first = tokens[0]
        if first.kind == "begin" and first.text in DISPLAYS and _only_punctuation(tokens, matching(tokens, 0)):
            tokens = tokens[1 : matching(tokens, 0)]
        elif is_enclosed(tokens):
            tokens = tokens[1:-1]
        elif first.text == "\\{" and len(tokens) > 2 and tokens[1].kind == "begin" and tokens[1].text in DISPLAYS:
            tokens = tokens[1:]
        else:
            break
    return tokens


def _only_punctuation(tokens: Sequence[Token], end: int) -> bool:
    return end > 0 and all(token.text in (".", ",", ";", "\\quad") for token in tokens[end + 1 :])


def _rows(tokens: Sequence[Token]) -> list[list[list[Token]]]:
    """Rows of cells; a display environment that fills a row gives its own rows."""
    rows: list[list[list[Token]]] = [[[]]]
    depth = Depth()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "begin" and depth.hard == 0 and _maps(tokens[at : matching(tokens, at)], rows[-1][-1]):
            while rows[-1][-1][-1].text != ":":
                rows[-1][-1].pop()
            end = matching(tokens, at)
            rows += [*_rows(tokens[at + 1 : end]), [[]]]
            depth, at = Depth(), end + 1
            continue
        if token.kind == "begin" and token.text in DISPLAYS and token.text != "array" and depth.hard == 0:
            end = matching(tokens, at)
            if end > 0 and not any(cell for cell in rows[-1]):
                rows[-1:] = [*_rows(tokens[at + 1 : end]), [[]]]
                at = end + 1
                continue
            if end > 0 and rows[-1][-1] and rows[-1][-1][-1].kind == "relation":
                inner = _rows(tokens[at + 1 : end])
                rows[-1][-1].extend(inner[0][0])
                rows[-1].extend(inner[0][1:])
                rows.extend([*inner[1:], [[]]] if len(inner) > 1 else [[[]]])
                at = end + 1
                continue
        if depth.hard == 0 and token.kind == "row":
            rows.append([[]])
            depth.soft = 0
        elif depth.hard == 0 and token.kind == "align":
            rows[-1].append([])
        else:
            depth.step(token)
            rows[-1][-1].append(token)
        at += 1
    return [[_remark(cell) for cell in row] for row in rows if any(row)]


def _remark(cell: list[Token]) -> list[Token]:
    """The words of a cell that is a column of words and nothing else: what a step is done by, beside it."""
    words = [token for token in cell if token.kind == "text"]
    boxed = words and cell[0].kind == "begin" and matching(cell, 0) == len(cell) - 1
    rest = (token for token in cell[1:-1] if token.kind not in ("text", "row", "align") and token.text != "\\quad")
    return words if boxed and not any(rest) else cell


def _maps(environment: Sequence[Token], before: Sequence[Token]) -> bool:
    r"""Whether an environment behind "f:" (and a bar or brace) gives a function: R^n \to R, x \mapsto ..."""
    signs = [token.text for token in before if token.text not in ("|", "\\{", "\\quad")]
    return signs[-1:] == [":"] and any(token.text == "\\mapsto" for token in environment)


def _segments(rows: list[list[list[Token]]]) -> list[_Segment]:
    segments: list[_Segment] = []
    for number, row in enumerate(_joined(rows)):
        for cells in _columns(row):
            segments.extend(_split([token for cell in cells for token in cell], number))
    return segments


def _joined(rows: list[list[list[Token]]]) -> list[list[list[Token]]]:
    """A row that only goes on with an expression is put behind the row before it."""
    result: list[list[list[Token]]] = []
    for row in rows:
        flat = [token for cell in row for token in cell if token.text != "\\quad"]
        if result and flat:
            before = [token for cell in result[-1] for token in cell]
            goes_on = flat[0].text in ("+", "-", "\\cdot", "\\times", "\\odot", "\\otimes", ")", "]") and not any(
                token.kind == "relation" for token in outer(flat)
            )
            broken = before and before[-1].text in UNFINISHED and before[-1].kind in ("char", "command")
            has_relation = any(token.kind == "relation" for token in before)
            if (goes_on and has_relation) or broken or (is_open(before) and flat[0].kind != "relation"):
                result[-1][-1] = result[-1][-1] + flat
                continue
        result.append([list(cell) for cell in row])
    return result


def _columns(row: list[list[Token]]) -> list[list[list[Token]]]:
    """Cells that make one equation: a cell that starts a new left side starts a new equation."""
    groups: list[list[list[Token]]] = [[]]
    for at, cell in enumerate(row):
        solid = [token for token in cell if token.text != "\\quad"]
        before = [token for group_cell in groups[-1] for token in group_cell if token.text != "\\quad"]
        starts_new = (
            at >= 2
            and solid
            and solid[0].kind != "relation"
            and before
            and before[-1].kind != "relation"
            and any(token.kind == "relation" for token in before)
            and any(token.kind == "relation" for later in row[at:] for token in later)
        )
        if starts_new:
            groups.append([])
        groups[-1].append(cell)
    return groups


def _split(tokens: list[Token], row: int) -> list[_Segment]:
    """Parts between commas, wide spaces, words and arrows that stand outside of all brackets."""
    segments = [_Segment([], row=row)]
    depth = Depth()
    for at, token in enumerate(tokens):
        depth.step(token)
        if depth.hard or depth.soft:
            dot = token.text == "." and _between_factors(tokens, at)
            segments[-1].tokens.append(_times(token) if dot else token)
            continue
        if token.kind == "text":
            segments[-1].after += token.text + " "
            segments.append(_Segment([], words=token.text, row=row))
        elif token.kind == "relation" and token.text in ARROWS:
            segments.append(_Segment([], arrow=token.text, row=row))
        elif (token.kind == "char" and token.text in (",", ";")) or token.text == "\\quad":
            words = segments[-1].words if not segments[-1].tokens else ""
            arrow = segments[-1].arrow if not segments[-1].tokens else ""
            segments.append(_Segment([], words=words, arrow=arrow, row=row))
        elif token.text == "." and _between_fractions(tokens, at):
            segments[-1].tokens.append(_times(token))
        elif token.text in (".", ":") and token.kind == "char":
            if at != len(tokens) - 1:
                segments.append(_Segment([], row=row))
        else:
            segments[-1].tokens.append(token)
    return [replace_tokens(segment) for segment in segments if segment.tokens]


def _between_fractions(tokens: list[Token], at: int) -> bool:
    """Whether a full stop is a product: dL/dy . dy/dx with built-up fractions."""
    followed = at + 1 < len(tokens) and tokens[at + 1].text == "\\frac"
    return followed and at > 0 and tokens[at - 1].kind == "close"


def _between_factors(tokens: list[Token], at: int) -> bool:
    """Whether a full stop inside of brackets is a product: [y_1.x_1 + y_2.x_2]; no sentence ends there."""
    before, behind = tokens[at - 1], tokens[min(at + 1, len(tokens) - 1)]
    ends = before.kind in ("letter", "close") or before.text in (")", "]")
    return at > 0 and ends and (behind.kind == "letter" or behind.text in ("\\frac", "("))


def _times(token: Token) -> Token:
    return replace(token, kind="command", text="\\cdot")


def replace_tokens(segment: _Segment) -> _Segment:
    """Without an enumerator such as (2) in front."""
    tokens = segment.tokens
    if (
        len(tokens) > 4
        and [tokens[0].text, tokens[2].text] == ["(", ")"]
        and tokens[1].kind == "number"
        and tokens[3].kind not in ("relation", "sup", "sub")
        and tokens[3].text not in ("+", "-", "/")
    ):
        segment.tokens = tokens[3:]
    return segment


def _chain(tokens: list[Token]) -> tuple[list[list[Token]], list[tuple[str, Span]]]:
    """Members and relations of one segment; the first or last member may be empty."""
    parts: list[list[Token]] = [[]]
    relations: list[tuple[str, Span]] = []
    depth = Depth()
    closed = not is_open(tokens)
    for token in tokens:
        depth.step(token)
        # Where a bracket is never closed, nothing can stand inside it.
        if token.kind == "relation" and not depth.hard and not (depth.soft and closed):
            relations.append((token.text, token.span))
            parts.append([])
        else:
            parts[-1].append(token)
    return parts, relations
