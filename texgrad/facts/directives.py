r"""The text of a directive in, the facts that it states out: `x in R^n; A in R^{n x n} symmetric; layout numerator`.

Statements are separated by semicolons:

    x, y in R^n [properties]       A in R^{m x n}, S^n, {0,1}, ...: names and the set they lie in
    f: R^n -> R^m                  a function's signature
    A m x n                        a size
    a, b vectors                   a kind, with properties before or behind it: A symmetric positive definite matrix
    A not symmetric                a denied property
    J function of W, b             what a function depends on
    a independent of x             what a symbol does not depend on
    layout numerator               numerator, denominator or mixed; or one kind of derivative: layout gradient row
    prime transpose                what a prime means: transpose or derivative
    bars determinant               what bars mean
    rows of X are x                the rows (columns) of X are the family x_i
    f is sigmoid                   an abstract name for an operation that texgrad knows
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from texgrad.document import Document, Piece
from texgrad.errors import NoteError
from texgrad.facts.fact import Convention, Declaration, Fact, LayoutStatement
from texgrad.facts.note import Note
from texgrad.facts.runs import Run, split
from texgrad.facts.saying import Said, declare
from texgrad.facts.sets import in_run
from texgrad.facts.symbols import Name, read_dims, read_name
from texgrad.notation import tokenize
from texgrad.notation.tokens import Token
from texgrad.ops import WORDS
from texgrad.source import Span

ORDER = 90  # where two facts stand at one place, the word of the higher order comes last

_CONTROL = re.compile(r"(?:ignore-next|ignore-file|ignore|off|on)(?![\w-]).*", re.DOTALL | re.IGNORECASE)
LAYOUTS = ("numerator", "denominator", "mixed")
_LAYOUT_CHOICES = {
    "gradient column": {"scalar-by-vector": "column"},
    "gradient row": {"scalar-by-vector": "row"},
    "jacobian numerator": {"vector-by-vector": "numerator"},
    "jacobian denominator": {"vector-by-vector": "denominator"},
    "matrix same": {"scalar-by-matrix": "same"},
    "matrix transposed": {"scalar-by-matrix": "transposed"},
}
_KINDS = {
    "scalar": ("scalar",),
    "vector": ("vector",),
    "column": ("vector",),
    "column vector": ("vector",),
    "row": ("row",),
    "row vector": ("row",),
    "matrix": ("matrix",),
    "matrices": ("matrix",),
    "function": ("function",),
    "index": ("index",),
    "indices": ("index",),
    "number": ("scalar",),
    "square matrix": ("matrix", "square"),
    "integer": ("scalar", "integer"),
    "scalar function": ("function", "scalar-valued"),
    "vector function": ("function", "vector-valued"),
    "matrix function": ("function", "matrix-valued"),
    "identity": ("matrix", "identity"),
    "ones": (None, "ones"),
    "zero": (None, "zero"),
}
_PROPERTIES = {
    "symmetric": ("symmetric",),
    "skew-symmetric": ("skew-symmetric",),
    "antisymmetric": ("skew-symmetric",),
    "invertible": ("invertible",),
    "nonsingular": ("invertible",),
    "orthogonal": ("orthogonal",),
    "orthonormal columns": ("orthonormal-columns",),
    "positive definite": ("positive-definite",),
    "positive-definite": ("positive-definite",),
    "positive semidefinite": ("positive-semidefinite",),
    "positive-semidefinite": ("positive-semidefinite",),
    "spd": ("symmetric", "positive-definite"),
    "psd": ("positive-semidefinite",),
    "diagonal": ("diagonal",),
    "lower triangular": ("lower-triangular",),
    "lower-triangular": ("lower-triangular",),
    "upper triangular": ("upper-triangular",),
    "upper-triangular": ("upper-triangular",),
    "square": ("square",),
    "idempotent": ("idempotent",),
    "toeplitz": ("toeplitz",),
    "full column rank": ("full-column-rank",),
    "full row rank": ("full-row-rank",),
    "constant": ("constant",),
    "positive": ("positive",),
    "nonnegative": ("nonnegative",),
    "nonzero": ("nonzero",),
    "probability": ("probability",),
    "binary": ("binary",),
    "sign": ("sign",),
    "unit": ("unit",),
    "complex": ("complex",),
    "real": ("real",),
    "elementwise": ("elementwise",),
    "entrywise": ("elementwise",),
    "one-hot": ("one-hot",),
}
_SIZE = re.compile(r"(\S+?)\s*(?:×|\\times|\bx\b|\bby\b)\s*(\S+)")


def find(note: Note) -> Iterator[Fact]:
    """The facts of a note's own directives; what cannot be understood says nothing (see `misunderstood`)."""
    for text, span in _statements(note.document):
        with suppress(NoteError):
            yield from parse_directive(text, span)


def misunderstood(document: Document) -> Iterator[tuple[Span, str]]:
    """What cannot be understood in the directives of a note, with the reason."""
    for text, span in _statements(document):
        try:
            parse_directive(text, span)
        except NoteError as error:
            yield span, f"texgrad comment not understood: {error.message}"


def _statements(document: Document) -> Iterator[tuple[str, Span]]:
    """The statements of the directives, each with its place; words that silence findings take a comment to its end."""
    for piece in document.pieces:
        if piece.kind != "directive" or _CONTROL.fullmatch(piece.text.strip()):
            continue
        for match in re.finditer(r"[^;\s](?:[^;]*[^;\s])?", piece.text):
            yield match[0], piece.span(*match.span())


def parse_directive(text: str, span: Span) -> tuple[Fact, ...]:
    """The facts of a directive; NoteError names what cannot be understood. Inline-control words are left to others."""
    found: list[Fact] = []
    for part in text.split(";"):
        statement = " ".join(part.split()).strip(" .")
        if statement and not _CONTROL.fullmatch(statement):
            found += [replace(fact, directive=True) for fact in _statement(statement, span)]
    return tuple(found)


def _statement(text: str, span: Span) -> list[Fact]:
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return reader(match, span)
    return _described(text, span)


def _layout(match: re.Match, span: Span) -> list[Fact]:
    word = match["what"].lower()
    if word in LAYOUTS:
        return [LayoutStatement(span, {}, word)]
    if word in _LAYOUT_CHOICES:
        return [LayoutStatement(span, dict(_LAYOUT_CHOICES[word]))]
    raise NoteError(f"layout '{match['what']}' is not known: {', '.join((*LAYOUTS, *_LAYOUT_CHOICES))}", span)


def _convention(*values: str) -> Callable[[re.Match, Span], list[Fact]]:
    def read(match: re.Match, span: Span) -> list[Fact]:
        name, value = match["name"].lower(), match["what"].lower()
        if value not in values:
            raise NoteError(f"'{name} {value}' is not understood; known are {', '.join(values)}", span)
        return [Convention(name, value, span)]

    return read


def _samples(match: re.Match, span: Span) -> list[Fact]:
    stack, family = (_one_name(match[group], span) for group in ("matrix", "family"))
    return [Convention(f"{match['name'].lower()}-are-samples", f"{stack.name}={family.name}", span)]


def _operation(match: re.Match, span: Span) -> list[Fact]:
    word = match["what"]
    operation = WORDS.get(word) or WORDS.get(word.lower())
    if operation is None:
        return _described(match[0], span)
    return [Convention("named-function", f"{_one_name(match['names'], span).name}={operation}", span)]


def _member(match: re.Match, span: Span) -> list[Fact]:
    """x, y in R^n symmetric."""
    space, rest = _first_word(match["rest"])
    run = Run(tuple(_tokens(f"{match['names']} \\in {_field(space)}", span)), 0, False)
    found = list(in_run(run))
    if not found:
        raise NoteError(f"the set '{space}' is not understood", span)
    words = _said(rest, span) if rest else Said()
    return [_with(declaration, words) for declaration in found]


def _signature(match: re.Match, span: Span) -> list[Fact]:
    text = f"{match['names']} : {_field(match['domain'])} \\to {_field(match['value'])}"
    found = list(in_run(Run(tuple(_tokens(text, span)), 0, False)))
    if not found:
        raise NoteError(f"the signature '{match[0]}' is not understood", span)
    return list(found)


def _dependence(match: re.Match, span: Span) -> list[Fact]:
    said = Said(kind="function", arguments=_labels(match["rest"], span))
    return list(declare(_names(match["names"], span), said, "note", None))


def _independence(match: re.Match, span: Span) -> list[Fact]:
    said = Said(independent_of=_labels(match["rest"], span))
    return list(declare(_names(match["names"], span), said, "note", None))


def _described(text: str, span: Span) -> list[Fact]:
    """Names, then what they are: `a, b vectors`, `A n x n symmetric`, `A, B are not symmetric`."""
    names, rest = _split_names(text)
    if not rest:
        raise NoteError(f"'{text}' says nothing of a symbol", span)
    rest = re.sub(r"^(?:is|are|be)\s+", "", rest)
    return list(declare(_names(names, span), _said(rest, span), "note", None))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match, Span], list[Fact]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (r"layout[:= ]+(?P<what>.+?)(?: layout)?", _layout),
        (r"(?P<name>prime)s?[:= ]+(?:is |means )?(?P<what>\w+)", _convention("transpose", "derivative")),
        (r"(?P<name>bars)[:= ]+(?:are |mean )?(?P<what>\w+)", _convention("determinant", "absolute", "norm")),
        (r"(?P<name>rows|columns) of (?P<matrix>\S+) are (?P<family>\S+)", _samples),
        (r"(?P<names>.+?)\s*:\s*(?P<domain>.+?)\s*(?:->|→|\\to|\\rightarrow)\s*(?P<value>.+)", _signature),
        (r"(?P<names>.+?)\s+(?:in|∈|\\in)\s+(?P<rest>.+)", _member),
        (r"(?P<names>.+?)\s+(?:is a |is |are |a )?(?:function of|depends on|depend on)\s+(?P<rest>.+)", _dependence),
        (
            r"(?P<names>.+?)\s+(?:is |are )?(?:independent of|constant in|does not depend on)"
            r"\s+(?P<rest>.+)",
            _independence,
        ),
        (r"(?P<names>\S+)\s*(?:=|is)\s*(?P<what>\w+)", _operation),
    )
)


def _split_names(text: str) -> tuple[str, str]:
    """The list of names at the start, and the rest: names go on as long as commas do."""
    words = text.replace(",", ", ").split()
    stop = 1
    while stop < len(words) and words[stop - 1].endswith(","):
        stop += 1
    if stop + 1 < len(words) and words[stop] == "and":
        stop += 2
    return " ".join(words[:stop]).replace(" and ", ", "), " ".join(words[stop:])


def _said(text: str, span: Span) -> Said:
    """Kinds, sizes and properties, read from left to right, the longest known words first."""
    said, negated = Said(), False
    match = _SIZE.search(text)
    if match is not None:
        dims = read_dims(_tokens(f"{match[1]} \\times {match[2]}", span))
        if dims is None:
            raise NoteError(f"the size '{match[0]}' is not understood", span)
        said = said.sized(dims)
        text = f"{text[: match.start()]} {text[match.end() :]}"
    words = [
        word for word in text.lower().replace(",", " ").split() if word not in ("a", "an", "the", "and", "is", "are")
    ]
    at = 0
    while at < len(words):
        if words[at] in ("not", "non"):
            negated, at = True, at + 1
            continue
        length = next((size for size in (3, 2, 1) if _known(words[at : at + size])), 0)
        if not length:
            raise NoteError(f"'{words[at]}' is not understood in a directive", span)
        phrase = _known(words[at : at + length])
        kind, properties = _KINDS.get(phrase), _PROPERTIES.get(phrase, ())
        said = said.of_kind(*kind) if kind is not None else said.with_properties(properties, negated)
        negated, at = False, at + length
    return said


def _known(words: list[str]) -> str | None:
    """The words as the table has them, plural or not."""
    text = " ".join(words)
    for form in (text, text.removesuffix("s")):
        if form in _KINDS or form in _PROPERTIES:
            return form
    return None


def _with(declaration: Declaration, said: Said) -> Declaration:
    kind = said.kind if said.kind and said.kind != "vector" else declaration.kind
    return replace(declaration, kind=kind, properties=declaration.properties | said.properties)


def _first_word(text: str) -> tuple[str, str]:
    """The set, up to the first space outside braces and parentheses."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "{([") - (char in "})]")
        if char == " " and depth == 0:
            return text[:at], text[at:].strip()
    return text, ""


def _field(text: str) -> str:
    r"""R, \R and RR are the real numbers; a brace without a backslash at the start is a set of values."""
    text = re.sub(r"(?<![{\\])\bRR?(?![a-zA-Z{])|\\RR(?![a-zA-Z])|\\R(?![a-zA-Z])", r"\\mathbb{R}", text)
    text = re.sub(r"(?<![a-zA-Z\\{])C(?=\^|$| )", r"\\mathbb{C}", text)
    if text.startswith("{") and text.endswith("}"):
        text = f"\\{text[:-1]}\\}}"
    return re.sub(r"(?<=[\w}])\s+x\s+(?=[\w{\\])", r" \\times ", text)


def _tokens(text: str, span: Span) -> tuple[Token, ...]:
    piece = Piece("math", text, (span.start,) * (len(text) + 1), span.source)
    try:
        found = tokenize(piece)
    except NoteError as error:
        raise NoteError(f"'{text}' is not understood: {error.message}", span) from None
    return tuple(replace(token, span=span) for token in found)


def _names(text: str, span: Span) -> list[Name]:
    names = []
    for clause in split(_tokens(text, span)):
        name = read_name(clause.members[0]) if not clause.relations else None
        if name is None:
            raise NoteError(f"'{text}' is not a list of symbols", span)
        names.append(name)
    return names


def _one_name(text: str, span: Span) -> Name:
    return _names(text, span)[0]


def _labels(text: str, span: Span) -> tuple[str, ...]:
    return tuple(name.member or name.name for name in _names(text.replace(" and ", ", "), span))
