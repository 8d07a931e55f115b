"""Sentences in, the masks out: of zeros and ones by any words, or with other entries, of which nothing is said then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from texgrad.facts.fact import Convention, Declaration, Fact, Unread
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import compact, read_name
from texgrad.notation.tokens import Token

ORDER = 70  # where two facts stand at one place, the word of the higher order comes last

_MASK = (
    r"(?:(?<!\w)(?:mask|mask[es]|dropout-?maske|masques?|máscaras?|mascher[ae]|маск\w*|mặt nạ)(?!\w)|掩码|掩膜|遮罩|"
    r"マスク)"
)
_BINARY = (
    r"(?:0 ?[/-] ?1|zeros? and ones?|binary|binär\w*|binaire|binari[ao]|binária|бинарн\w*|двоичн\w*|二值|二元|二値|"
    r"nhị phân)"
)
_SPOKEN = re.compile(rf"(?i){_MASK}|dropout|дропаут|ドロップアウト")
_PLAIN = re.compile(
    rf"(?i)⟦(?P<at>\d+)⟧[^.;。；⟦]{{0,25}}(?:{_MASK}[^.;。；⟦]{{0,4}}{_BINARY}|{_BINARY}[^.;。；⟦]{{0,4}}{_MASK})"
)
_CALLED = re.compile(rf"(?i){_MASK}[^.;。；⟦]{{0,12}}⟦(?P<at>\d+)⟧|⟦(?P<on>\d+)⟧[^.;。；⟦]{{0,30}}{_MASK}")
_ELSE = (
    r"(?:otherwise|else|if not|sonst|andernfalls|sinon|autrement|en otro caso|de lo contrario|altrimenti|"
    r"caso contrário|иначе|в противном случае|nếu không|否则|其余|それ以外)"
)
# "M_{ij} = 1 if X_{ij} is observed and 0 otherwise"
_CASES = re.compile(
    r"(?i)⟦(?P<at>\d+)⟧,? ?(?:if|when|where|for|wenn|falls|für|si|lorsque|pour|cuando|para|se|quando|per|если|когда|"
    rf"при|nếu|khi|当|若|如果|のとき|は)[^.;。；]{{1,60}}?(?P<zero>⟦\d+⟧|(?<!\d)0|zero) ?,? ?(?:{_ELSE}|$)"
    rf"|⟦(?P<on>\d+)⟧[^.;。；]{{1,60}}?{_ELSE}[^.;。；⟦]{{0,6}}(?P<none>⟦\d+⟧|0|zero)"
)
_ENTRY = re.compile(r"(.+?)_\{?[a-z](?:,?[a-z])?\}?=1")
_BERNOULLI = re.compile(r"^ ?Bern")
_PIECEWISE = re.compile(
    r"(?<![A-Za-z\\}])([A-Za-z])_\{?[a-z],?\s?[a-z]?\}?\s*=\s*\\begin\{cases\}\s*([01])\s*[,&](?:(?!\\begin|\\\\).)*"
    r"\\\\\s*([01])\s*[,&](?:(?!\\begin|\\\\).)*\\end\{cases\}", re.DOTALL
)
_DRAWN = re.compile(r"(.+?)_\{?[a-z](?:,?[a-z])?\}?\\sim.*?Bern")
# What has other entries than 0 and 1: surely, and maybe, 1/(1-p) or any number between them
_SURELY = re.compile(
    r"(?i)inverted[- ]?dropout|(?:not|non|nicht|no|não|не|không|非|不是)[- ]?(?:\w+ )?"
    r"(?:binar|binär|binári|бинарн|двоичн|nhị phân|二[值値])"
)
_SET = re.compile(r"\\\{0,[^}]*(?:/|frac)")
_SCALED = re.compile(
    r"(?i)(?<!un)scal(?:ed|ing)|rescal|skalier|échelle|escalad|scalat|масштаб|缩放|倍率|スケール|real-valued|reellwertig|"
    r"à valeurs réelles|valores reales|(?<!\w)(?:soft|weich\w*|doux|douce|suave|мягк\w*)(?!\w)|软|ソフト"
)
_FRACTION = re.compile(
    r"(?<![\w}])\[0,1\]|(?:0,)?(?:\\[dt]?frac\{?1\}?\{[^=|]+\}|1/[^=|]+)$|=[^=|]+/[^=|]+$"
)

# P_\\Omega(X): what keeps the entries of X with indices in \\Omega and makes the others zero
_KEEPS = re.compile(r"(?:\\[a-z]+\{)?\\?[A-Z][a-z]*\}?_\{?(?P<of>\\Omega)\}?")
_ENTRIES = re.compile(
    r"(?i)\bentr(?:y|ies|ées?|adas?)\b|observ|beobacht|einträge|osserv|\b(?:coefficients|elementos|elementi)\b"
    r"|элемент|наблюд|观测|已知|元素|条目|観測|要素|成分|phần tử|quan sát"
)


def find(note: Note) -> Iterator[Fact]:
    yield from _kept(note)
    for piece in (piece for piece in note.document.pieces if piece.kind == "math"):
        for match in _PIECEWISE.finditer(piece.text):
            if {match[2], match[3]} == {"0", "1"}:
                yield Declaration(match[1], piece.span(), properties=frozenset(("binary",)))
    found = [sentence for sentence, _ in note.spoken]
    spoken = any(_SPOKEN.search(sentence.text) for sentence in found)
    for at, sentence in enumerate(found):
        yield from _binary(sentence, spoken)
        if spoken and _SPOKEN.search(sentence.text):
            behind = [each for each in found[at + 1 : at + 2] if not (each.heading or _CALLED.search(each.text))]
            yield from _scaled(sentence, [sentence, *behind])


def _kept(note: Note) -> Iterator[Fact]:
    """The functions that keep some entries, where words speak of entries beside their letters."""
    for run in note.runs:
        for at, token in enumerate(run.tokens):
            name = _applied(run.tokens, at) if token.kind == "sub" else None
            match = name and _KEEPS.fullmatch(compact(name))
            if match and any(_ENTRIES.search(sentence.text) and match["of"] in _written(sentence)
                             for sentence, _ in note.spoken):  # fmt: skip
                function = read_name(name)
                yield Declaration(function.name, function.span, "function")
                yield Declaration(match["of"], function.span, "matrix", properties=frozenset(("binary",)))
                yield Convention("keeps-entries", f"{function.name}={match['of']}", function.span)


def _applied(tokens: Sequence[Token], at: int) -> Sequence[Token] | None:
    """The letter, with its font, and the subscript at a place where parentheses follow."""
    texts = [token.kind for token in tokens]
    end = at + 2 if texts[at + 1 : at + 2] != ["open"] else texts.index("close", at) + 1
    start = at - 1 if texts[at - 1] != "close" else at - 4
    return tokens[start:end] if end < len(tokens) and tokens[end].text == "(" and start >= 0 else None


def _written(sentence: Sentence) -> str:
    return " ".join(run.compact for run in (*sentence.runs, *sentence.after))


def _scaled(sentence: Sentence, near: list[Sentence]) -> Iterator[Fact]:
    """That the masks of a sentence have other entries than 0 and 1, surely or maybe, behind all that it says."""
    runs = sentence.runs
    said = re.search(_BINARY, sentence.text, re.IGNORECASE) or any("\\{0,1\\}" in run.compact for run in runs)
    surely = any(_SURELY.search(each.text) for each in near) or any(_SET.search(run.compact) for run in runs)
    maybe = not said and (any(_SCALED.search(each.text) for each in near)
                          or any(_FRACTION.search(run.compact) for run in runs if not run.display))  # fmt: skip
    names = {name.name for match in _CALLED.finditer(sentence.text)
             for name in runs[int(match["at"] or match["on"])].names} if surely or maybe else set()  # fmt: skip
    end = sentence.span(len(sentence.text) - 1)
    for name in sorted(names):
        yield Declaration(name, end, properties=frozenset(("not-binary",)))
    if names and not surely:
        yield Unread(end, frozenset(names), "other", general=True)


def _binary(sentence: Sentence, spoken: bool) -> Iterator[Declaration]:
    """What a sentence says to be of zeros and ones; `spoken`: the note speaks of masks."""
    for match in _PLAIN.finditer(sentence.text):
        yield from _declared(_name(sentence.runs[int(match["at"])]), sentence)
    for match in _CASES.finditer(sentence.text):
        zero = match["zero"] or match["none"]
        nothing = compact(sentence.runs[int(zero[1:-1])].tokens) if zero.startswith("⟦") else "0"
        entry = _ENTRY.fullmatch(compact(sentence.runs[int(match["at"] or match["on"])].tokens))
        if entry and nothing == "0":
            yield from _declared(entry[1], sentence)
    for number, run in enumerate(sentence.runs) if spoken else ():
        words = sentence.text.partition(f"⟦{number}⟧")[2]  # \\text{Bernoulli} is one of the words
        if drawn := _DRAWN.match(compact(run.tokens) + _BERNOULLI.sub("Bern", words, count=1)[:4]):
            yield from _declared(drawn[1], sentence)


def _declared(name: str | None, sentence: Sentence) -> Iterator[Declaration]:
    if name:
        yield Declaration(name, sentence.span(), properties=frozenset(("binary",)))


def _name(run: Run) -> str | None:
    name = read_name(run.tokens)
    return name.name if name is not None and not (name.call or name.family) else None
