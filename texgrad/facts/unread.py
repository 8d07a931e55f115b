"""Sentences and what was read of them in, the hypotheses out that they speak of and that were not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from texgrad.facts.atoms import atoms_of
from texgrad.facts.fact import DISTRIBUTIONS, NORMED, VALUES, Declaration, Fact, Unread, Withdrawal
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.symbols import TRANSPOSED
from texgrad.source import Span

# Words for what may be a hypothesis, in all languages, whatever language the sentence was taken for.
_SYMMETRIC = re.compile(
    r"(?i)(?<!skew-)(?<!skew )(?<!non-)(?<!non)(?<!anti)(?<!anti-)(?<!schief)(?<!un)(?<!\ba)(?:symmetr(?!i[sz](?!ch))"
    r"|symétr(?!is)|simétr"
    r"|simetr|"
    r"simmetr|симметр|hermit(?!ian transp)|эрмитов|厄米|エルミート)|(?<!非)(?<!反)(?:对称|対称)|đối xứng"
)
_DENIED = re.compile(
    r"(?i)(?:(?<!\w)(?:not|no|nicht|kein\w*|non|pas|sin|ohne|sans|without|не|без|não|không)(?!\w)[^.;,]{0,20}"
    r"|[不未非无][^，。；]{0,3})$"
)
# ... and for matrices that are symmetric for what they are
_INHERENT = re.compile(r"(?i)hess|гесс|laplac|лаплас|gram\b|covarian|kovarian|ковариац"
    r"|黑塞|海森|协方差|拉普拉斯|ヘッセ|共分散")
_SAME = re.compile(
    r"(?i)\b(?:the same (?:goes|holds|is true|applies)|likewise|so (?:is|are)|ebenso|(?:das)?selbe gilt|gleiches "
    r"gilt|de même|"
    r"il en va de même|lo mismo|igualmente|lo stesso|o mesmo|то же)\b|同样|也是?如此|同様"
)
# said of the formula in front of it
_ONLY = re.compile(
    r"(?i)\b(?:only (?:valid|true|correct|holds?|applies)|(?:holds?|valid|true|correct|applies) only|"
    r"gilt nur|nur gültig|"
    r"valable (?:que|seulement)|n['’]est vraie? que|(?:solo|sólo|só) (?:es |é |è )?(?:vale|válid[oa]|valid[oa])|"
    r"vale s(?:olo|ó)|верн[оа] только)\b|仅当|只有|只对|のみ成り立"
)
_ALL = re.compile(
    r"(?i)\b(?:all|every|alle|jede|toutes?|todas?|tutte|все|каждая|mọi|tất cả)\b[^.;⟦]*(?:matri|матриц|ma trận|ovarian)"
    r"|(?:所有|全部|すべて)[^。；⟦]*(?:矩阵|行列)"
)
_OTHERS = re.compile(
    r"(?i)orthonorm|ortonorm|unit (?:norm|length|vector)|normali[sz]|normiert|normée?s?\b|unitari|нормирован|ортонорм|"
    r"\bsphere\b|sphäre|sphère|esfera|\bsfera|сфер[аеуы]\b|球面|mặt cầu|\bcommut|kommutier|"
    r"vertausch|conmut|commutano|коммутир|перестанов|正交|单位(?:向量|长度)|归一|可交换|正規直交"
    r"|可換"
)
_EQUAL = re.compile(
    rf"(?<![\w\\])(?P<a>\\?[A-Za-z]+)(?:{TRANSPOSED}[=-](?P=a)(?![\w^'])|[=-](?P=a){TRANSPOSED})"
)
_UNIT = re.compile(
    rf"(?:\\\|(?P<a>\\?[A-Za-z]+)\\\|(?:_\{{?2?\}}?)?(?:\^\{{?2\}}?)?"
    rf"|(?<![\w\\])(?P<b>\\?[A-Za-z]+){TRANSPOSED}(?P=b))=1(?![\d.])"
)
_LINES = re.compile(
    rf"(?<![\w\\])(?P<a>\\?[A-Za-z]+){TRANSPOSED}(?P=a)=(?:I|\\math\w+\{{[I1]\}})(?:_\w|_\{{\w\}})?(?!\w)"
)
_SPACE = re.compile(r"\s+|\\(?:lVert|rVert|left|right|[,;!])|\\q?quad")
_BARS = {"\\lVert": "\\|", "\\rVert": "\\|"}
_NORMED = NORMED | {"orthogonal"}
_OTHER = _NORMED | DISTRIBUTIONS | VALUES | {"idempotent", "diagonal"}
_DEFINITE = frozenset(("positive-definite", "positive-semidefinite"))
_SYMMETRY = frozenset(("symmetric", "not-symmetric", "skew-symmetric"))


def find_unread(note: Note, found: Iterable[Fact]) -> Iterator[Unread]:
    """What a note says of hypotheses that nothing was read of at that place."""
    read = [fact for fact in found if isinstance(fact, (Declaration, Withdrawal))]
    before = False
    yield from _definite(read)
    yield from _ended(read)
    for sentence, language in note.spoken:
        text, span = sentence.text, sentence.span()
        symmetric = any(not _DENIED.search(text[: match.start()]) for match in _SYMMETRIC.finditer(text))
        same = _SAME.search(text) is not None and (before or symmetric)
        others = _OTHERS.search(text) is not None
        inherent = _INHERENT.search(text) is not None
        if symmetric or same or others or inherent:
            names = frozenset(name.name for atom in atoms_of(sentence, language, note.letters)
                              for name in atom.names if not atom.defines)  # fmt: skip
            if others and names and not _is_read(read, span, _NORMED):
                yield Unread(span, names, "other")
            if same or (symmetric and (_ONLY.search(text) or not _is_read(read, span, _SYMMETRY))):
                yield Unread(span, names, "symmetric", bool(_ALL.search(text)))
            elif names and not symmetric and inherent:
                yield Unread(span, names, "symmetric")
        before = symmetric
    for run in note.runs:
        yield from _written(run, read)


def _definite(read: Sequence[Declaration | Withdrawal]) -> Iterator[Unread]:
    """Whether a matrix that is called positive definite after it was called unsymmetric is symmetric now."""
    unsymmetric = {fact.name for fact in read if isinstance(fact, Declaration) and "not-symmetric" in fact.properties}
    for fact in read:
        definite = isinstance(fact, Declaration) and fact.name in unsymmetric and fact.properties & _DEFINITE
        if definite and not fact.properties & _SYMMETRY:
            yield Unread(fact.span, frozenset((fact.name,)), "symmetric")


def _ended(read: Sequence[Declaration | Withdrawal]) -> Iterator[Unread]:
    """What may be supposed no more of symbols that it was supposed of."""
    for ended in read:
        if not isinstance(ended, Withdrawal) or not ended.unsure:
            continue
        for of, properties in (("symmetric", _DEFINITE | {"symmetric"}), ("other", _OTHER)):
            names = frozenset(fact.name for fact in read if isinstance(fact, Declaration)
                              and fact.properties & properties & ended.properties
                              and (not ended.names or fact.name in ended.names) and fact.hold != "formula"
                              and (fact.span.source is not ended.span.source or fact.span.start < ended.span.start))
            if names:
                yield Unread(ended.span, names, of)


def _written(run: Run, read: Iterable[Fact]) -> Iterator[Unread]:
    """A = A^T, |u| = 1."""
    text = _SPACE.sub(lambda match: _BARS.get(match[0], ""), run.compact)
    for match in _EQUAL.finditer(text):
        if not _is_read(read, run.span, _SYMMETRY):
            yield Unread(run.span, frozenset((match["a"],)), "symmetric")
    for match in (*_UNIT.finditer(text), *_LINES.finditer(text)):
        if not _is_read(read, run.span, _NORMED):
            yield Unread(run.span, frozenset(filter(None, match.groupdict().values())), "other")


def _is_read(read: Iterable[Fact], span: Span, properties: frozenset[str]) -> bool:
    """Whether something of the kind was read within a stretch of the note."""
    return any(fact.properties & properties and fact.span.source is span.source
               and span.start <= fact.span.start <= span.end for fact in read)  # fmt: skip
