"""Sentences in, which hypotheses their words deny out: "whose columns are not orthonormal", "off the sphere".

The words do not tell for how long: what needs the hypothesis there is neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import HYPOTHESES, NORMED, Fact, Withdrawal
from texgrad.facts.note import Note
from texgrad.facts.scope import conditional
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import TRANSPOSED
from texgrad.facts.withdrawals import ON, OTHER_PROPERTY, PROPERTIES, said_of

ORDER = 86  # where two facts stand at one place, the word of the higher order comes last

_LENGTHS = NORMED | {"orthogonal"}
_NONE: frozenset[str] = frozenset()
_NOT = (
    r"(?:(?<!\w)(?:not|no longer|fails?|failing|lack\w*|without|far from|nicht|kein\w*|ohne|pas|plus|sans|no|sin|non"
    r"|senza|não|sem|не|без|không)(?!\w)(?! (?:only|just|merely|nur|seulement|solo|sólo|somente|только))|n['’]t(?!\w))"
)
_WORD = (
    r"(?:(?:orthonorm|ort[oô]norm|ортонорм)\w*|(?:orthogonal|ortogonal|ортогональн)\w*"
    r"(?! (?:to|zu|auf|à|a|al|к)(?!\w))|(?:ma trận )?trực (?:giao|chuẩn))"
)
# "columns of Q are not orthonormal", "Q lacks orthonormal columns"; of symmetric matrices the phrases tell themselves
_BEHIND = (
    re.compile(rf"(?i)⟦(?P<at>\d+)⟧[^⟦.;:,]{{0,40}}?{_NOT}{ON}(?<!\w){_WORD}"),
    re.compile(r"⟦(?P<at>\d+)⟧[^⟦。；，]{0,8}?(?:不是|并非|未必)[^⟦。；，只仅但而]{0,6}?对称"),
    re.compile(r"⟦(?P<at>\d+)⟧[^⟦。、]{0,10}?(?:対称|直交|単位|正規化)[^⟦。、]{0,8}?(?:な(?!る|っ|の)|限らな|しな|せず)"),
)
# "for non-orthogonal Q", "直交でない Q"
_BEFORE = (
    re.compile(
        r"(?i)(?<!\w)(?:non-?\s?|not |nicht[- ]|un|не ?|no |não |không )(?:orthonorm|orthogonal|ort[oô]norm|ortogonal"
        r"|ортонорм|ортогональн|unit[- ]|normali[sz]ed|normiert|normée?|нормированн|единичн)\w*[^⟦.;:,]{0,25}?"
        r"⟦(?P<at>\d+)⟧"
    ),
    re.compile(r"(?:非|不)(?:正交|归一|单位)[^⟦。；，]{0,8}?⟦(?P<at>\d+)⟧"),
    re.compile(r"(?:非(?:対称|直交)|(?:対称|直交)(?:で|とは限ら)な)[^⟦。、]{0,8}?⟦(?P<at>\d+)⟧"),
)
_WITHOUT = re.compile(rf"(?i)^[^⟦]*?(?<!\w)(?:without|ohne|sans|sin|senza|sem|без)(?!\w)[^⟦.;:,]{{0,15}}?{_WORD}")
_SPHERE = r"(?:sphere|circle|sphäre|einheitskreis|kugel|cercle|sphère|esfera|círculo|sfera|cerchio)"
# "for x not on the sphere", "outside the unit circle"
_OFF = re.compile(
    rf"(?i)(?:⟦(?P<at>\d+)⟧[^⟦.;,]{{0,12}})?"
    rf"(?:{_NOT}[^⟦.;,]{{0,20}}?(?:on|over|to|in|auf|sur|en|sobre|su|na|no|sulla|dans)"
    r"|\b(?:off|outside|beyond|away from|leav(?:e|es|ing)|außerhalb|abseits|hors|en dehors|fuera|fuori|fora))"
    rf"(?: (?!on\b)\w+['’]?){{0,3}}? ?\w*{_SPHERE}(?!s)"
    r"|(?<!\w)(?:вне|не на) (?:единичной )?(?:сферы|сфере|окружности)|(?:不在|离开|之外)[^⟦。；，]{0,6}(?:球面|单位圆)"
    r"|(?:球面|单位圆)[之以]?外|(?:球面|単位円)(?:の外|上にな)|(?:ngoài|không (?:nằm )?trên) (?:mặt cầu|đường tròn)"
)
_ELSEWHERE = re.compile(
    r"(?i)^\W*(?:but |and |aber |mais |pero |ma |mas |но )?(?:elsewhere|everywhere else|anywhere else|anderswo"
    r"|überall sonst|ailleurs|partout ailleurs|en otro lugar|en los demás puntos|fuera de ell[ao]|altrove|noutro lugar"
    r"|nos demais pontos|в (?:остальных|других) точках)(?!\w)|^\W*(?:在?(?:其他|其它|别的)(?:地方|点|处)|别处"
    r"|それ以外(?:の点)?では)"
)
_NAME = r"(?P<name>\\?[A-Za-z]+(?:\{\\?[A-Za-z]+\})?)"
_NE = r"\\neq? ?"
_UNEQUAL = (
    (re.compile(rf"(?:\\\||\\lVert ?){_NAME}(?:\\\||\\rVert)(?:_\{{?2\}}?)?(?:\^\{{?2\}}?)?"
                rf"(?:{_NE}|<|>|\\leq? ?|\\geq? ?)1"), _LENGTHS),
    (re.compile(rf"{_NAME}{TRANSPOSED}(?P=name){_NE}(?:1|I|\\math\w+\{{[I1]\}})"), _LENGTHS),
    (re.compile(rf"{_NAME}(?:{_NE}(?P=name){TRANSPOSED}|{TRANSPOSED}{_NE}(?P=name))"), PROPERTIES[0][1]),
)  # fmt: skip
_MATRIX = (
    r"(?:(?:(?:square|real|quadratische\w*|reelle\w*|квадратн\w+) )?(?:matri[xz]|матриц\w+)|matrice|matriz|ma trận)"
)
_ROMANCE = (
    r"(?:quelconque|arbitraire|générale|cualquiera|arbitraria|arbitrária|general|qualsiasi|qualunque|generica|genérica"
    r"|qualquer|общего вида|bất kỳ|tùy ý)(?!\w)"
)
_GENERAL = re.compile(  # "A eine beliebige Matrix", "A — произвольная матрица": any one from here on
    r"(?i)⟦(?P<at>\d+)⟧ ?(?:[—–-] ?)?(?:(?:is|be|ist|sei|est|soit|es|sea|è|sia|é|seja|là|является) )?(?:now |nun )?"
    r"(?:(?:an?|eine?|une?|una|uma|một) )?"
    rf"(?:(?:beliebige\w*|allgemeine\w*|произвольн\w+|люб(?:ая|ой)) {_MATRIX}(?!\w)"
    rf"|{_MATRIX}(?: (?:carrée|cuadrada|quadrata|quadrada|vuông))? {_ROMANCE})"
    r"|⟦(?P<east>\d+)⟧ ?(?:[をはがも]|为|是) ?(?:任意|一般)[的の]?(?:实|実|正方|n阶)?(?:行列|矩阵|方阵)"
)
_ANY = re.compile(  # "para una matriz arbitraria A", "任意の行列 A": any one here
    rf"(?i){_MATRIX} {_ROMANCE} ⟦(?P<at>\d+)⟧|(?:任意|一般)の(?:正方|実)?行列 ?⟦(?P<east>\d+)⟧"
)


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        if not sentence.heading:
            yield from _denied(sentence)
            yield from _generalized(sentence)
            yield from _unequal(sentence)


def _unequal(sentence: Sentence) -> Iterator[Withdrawal]:
    r"""u^T u \ne 1."""
    for run in sentence.runs:
        for pattern, properties in _UNEQUAL:
            for match in pattern.finditer(run.compact):
                yield Withdrawal(run.span, frozenset((match["name"],)), properties, sentence.reach, True)


def _denied(sentence: Sentence) -> Iterator[Withdrawal]:
    text = sentence.text
    for pattern in (*_BEHIND, *_BEFORE):
        for match in pattern.finditer(text):
            named = frozenset().union(*(group for word, group in PROPERTIES if word.search(match[0])))
            properties = named | (_LENGTHS if named & _LENGTHS else _NONE)
            yield from _ended(sentence, match, int(match["at"]), properties, pattern in _BEHIND)
    for match in (match for pattern in (_OFF, _ELSEWHERE, _WITHOUT) if (match := pattern.search(text))):
        number = match["at"] if "at" in match.re.groupindex else None
        yield from _ended(sentence, match, None if number is None else int(number), _LENGTHS, number is not None)


def _generalized(sentence: Sentence) -> Iterator[Withdrawal]:
    text = sentence.text
    named = said_of(text)
    for pattern in (_GENERAL, _ANY) if not OTHER_PROPERTY.search(text) else ():
        for match in pattern.finditer(text):
            number, lasting = int(match["at"] or match["east"]), pattern is _GENERAL
            yield from _ended(sentence, match, number, HYPOTHESES - named, lasting)


def _ended(
    sentence: Sentence, match: re.Match, number: int | None, properties: frozenset[str], lasting: bool
) -> Iterator[Withdrawal]:
    """What holds no more of the symbol that a run is, of all where there is none."""
    names = sentence.runs[number].names if number is not None else ()
    if number is not None and (len(names) != 1 or names[0].call):
        return
    reach = None if lasting and not conditional(sentence.text, match.start()) else sentence.reach
    yield Withdrawal(sentence.span(match.end() - 1), frozenset(name.name for name in names), properties, reach, True)
