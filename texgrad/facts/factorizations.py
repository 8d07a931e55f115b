r"""A sentence with a factorization in, what its factors are out: "the SVD X = U S V^T", "by Cholesky C = L L^T"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Clause
from texgrad.facts.symbols import compact
from texgrad.source import Span

ORDER = 13  # where two facts stand at one place, the word of the higher order comes last

_CAPITAL = r"\\mathbf\{\\?[A-Z][a-z]*\}|\\[A-Z][a-z]+|[A-Z]"
_TRANSPOSED = r"(?:\^\{?(?:\\top|T|\\intercal|\\mathsf\{T\}|\\mathrm\{T\}|H|\*)\}?|')"
_THREE = re.compile(rf"(?P<left>{_CAPITAL}) ?(?P<middle>{_CAPITAL}) ?(?P<right>{_CAPITAL}){_TRANSPOSED}")
_TWO = re.compile(rf"(?P<lower>{_CAPITAL}) ?(?P=lower){_TRANSPOSED}|(?P<upper>{_CAPITAL}){_TRANSPOSED}(?P=upper)")
_SINGULAR = re.compile(
    r"(?i)\bsvd\b|singular[- ]value|singulärwert|valeurs singulières|valor\w+ singular|valori singolari|сингулярн\w+ "
    r"(?:разложен|чис)|奇异值|特異値|giá trị kỳ dị"
)
_SPECTRAL = re.compile(
    r"(?i)eigen-?(?:value[- ])?decomposition|spectral (?:decomp|theorem)|orthogonally diagonali|eigenwertzerlegung|"
    r"spektral(?:zerlegung|satz)|décomposition spectrale|théorème spectral|(?:descomposición|teorema|decomposição) "
    r"espectral|(?:decomposizione|teorema) spettrale|спектральн\w+ (?:разложен|теорем)|特征(?:值)?分解|谱分解|"
    r"固有値分解|スペクトル分解|phân tích phổ"
)
_EIGEN = re.compile(
    r"(?i)eigenve[ck]tor|eigenvalue|eigenwert|(?:vecteurs?|valeurs?) propres?|autov[ae][lct]|(?:valor|vector)es propios"
    r"|собственн\w+ (?:вектор|знач|числ)|特征(?:向量|值)|固有(?:ベクトル|値)|(?:vec?tor|giá trị) riêng"
)
_ORTHONORMAL = re.compile(r"(?i)ort[ho]+[gn]o|ort[oô]nor|ортонорм|正交|直交|trực")
_CHOLESKY = re.compile(r"(?i)cholesky|холецк|コレスキー|乔列斯基|楚列斯基")

_VALUES = frozenset(("\\Lambda", "\\mathbf{\\Lambda}", "D", "\\mathbf{D}"))  # the matrix of the eigenvalues


def find(note: Note) -> Iterator[Fact]:
    before = nothing = (False, False)
    for sentence, _ in note.spoken:
        singular, spectral, cholesky, eigen, orthonormal = (
            pattern.search(sentence.text) is not None
            for pattern in (_SINGULAR, _SPECTRAL, _CHOLESKY, _EIGEN, _ORTHONORMAL)
        )
        vectors, values = (eigen and orthonormal) or before[0], eigen or before[1]
        before = nothing if sentence.ends_paragraph or sentence.heading else (eigen and orthonormal, eigen)
        if singular or spectral or cholesky or values:
            for run in (*sentence.runs, *sentence.after):
                reach = note.section_from(run.span, run.piece)
                for clause in run.clauses:
                    yield from _factors(clause, reach, singular, spectral or vectors, cholesky, values)


def _factors(clause: Clause, reach: Span, singular: bool, spectral: bool, cholesky: bool,
             eigen: bool) -> Iterator[Fact]:  # fmt: skip
    if len(clause.relations) != 1 or clause.relations[0].text not in ("=", ":="):
        return
    body = compact(clause.members[1])
    three, two = _THREE.fullmatch(body), _TWO.fullmatch(body)
    if three and three["left"] == three["right"] != three["middle"] and (spectral or singular):
        yield _factor(three["left"], clause, reach, "orthogonal", "square")
        yield _factor(three["middle"], clause, reach, "diagonal")
    elif three and eigen and three["left"] == three["right"] and three["middle"] in _VALUES:
        yield _factor(three["middle"], clause, reach, "diagonal")
    elif three and len({*three.groups()}) == 3 and singular:
        for side in ("left", "right"):
            yield _factor(three[side], clause, reach, "orthonormal-columns")
            columns = f"{three[side]}={three[side].lower()}"
            yield Convention("columns-are-samples", columns, clause.span, "sentence", reach)
        yield _factor(three["middle"], clause, reach, "diagonal")
    elif two and cholesky:
        half = "lower" if two["lower"] else "upper"
        yield _factor(two[half], clause, reach, f"{half}-triangular", "square")


def _factor(name: str, clause: Clause, reach: Span, *properties: str) -> Declaration:
    return Declaration(name, clause.span, "matrix", None, frozenset(properties), "sentence", reach=reach)
