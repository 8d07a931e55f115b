"""Sentences in, which vectors have length one and which matrices orthonormal columns out, by words of all languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from texgrad.facts.fact import NORMED, Declaration
from texgrad.facts.mooted import ASKED
from texgrad.facts.note import Note
from texgrad.facts.scope import from_here, supposed_at
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import Name

_LIST = r"⟦\d+⟧(?:(?:,| and| und| et| y| e| и|、|和|与|と) ?⟦\d+⟧)*"
_ONE = r"(?:one|unity|eins|un|une|uno|um|1)"
_LENGTH = (
    rf"(?:unit[- ](?:length|norm)|(?:(?:euclidean )?norm|length) (?:of )?{_ONE}|normali[sz]ed to (?:have )?unit"
    rf" (?:length|norm)|normiert(?:e[mnrs]?)?|(?:länge|norm) {_ONE}|einheitslänge|(?:de |di )(?:norme|longueur|norma"
    rf"|longitud|módulo|comprimento|lunghezza|modulo) (?:{_ONE}|unitari[oa]|unité|unitaire)|norm(?:é|ée|és|ées)"
    rf"|(?:vecteurs?|vector(?:es)?|vetor(?:es)?|vettor[ei]) (?:unitaires?|unitari[oa]?s?)|versor[ei]"
    r"|единичн\w+ (?:длин\w+|норм\w+)|нормирован\w*"
    r"|单位(?:长度|范数)|(?:长度|范数|模长?)(?:为|是|等于) ?1|単位長|(?:ノルム|長さ)(?:が|は)? ?1)(?!\w|\.\d)"
)
_BETWEEN = r"[^⟦⟧.;:，。；]{0,30}?"
_UNITS = (
    re.compile(rf"(?i)(?P<what>{_LIST})(?P<words>{_BETWEEN}(?<!\w){_LENGTH})"),
    re.compile(rf"(?i)(?P<words>(?<!\w){_LENGTH}) ?(?:\w*ve[ck]t\w*|вектор\w*|richtung)? ?(?P<what>{_LIST})"),
)
_LINES = r"(?:columns?|spalten(?:vektoren)?|colonnes|columnas|colonne|colunas|столб\w+)"
_ORTHONORMAL = r"(?:orthonormal\w*|orthonormé\w*|ort[oô]norma(?:l\w*|is)|ортонормированн?\w*)"
_COLUMNS = (
    re.compile(
        rf"(?i){_LINES}(?: vectors?)? (?:of|von|der|de|di|da|du|d['’])? ?(?:(?:the|la|a|der) )?"
        rf"(?:\w*(?:matri|матри)\w* )?(?P<what>⟦\d+⟧)(?P<words>{_BETWEEN}{_ORTHONORMAL})"
    ),
    re.compile(
        rf"(?i)(?P<what>⟦\d+⟧)(?P<words>(?: (?!of|von|de|di)[^\s⟦]+){{0,7}}? (?:{_ORTHONORMAL} {_LINES}"
        rf"|{_LINES}(?: \S+)? {_ORTHONORMAL}))"
    ),
    re.compile(rf"(?i)(?P<words>(?<!\w){_ORTHONORMAL} {_LINES} (?:of|von|der) )(?P<what>⟦\d+⟧)"),
    re.compile(r"(?P<what>⟦\d+⟧) ?的?(?P<words>[各诸]?列(?:向量)?[^⟦。；]{0,6}(?:(?:标准|规范|单位)正交|正交归一))"),
    re.compile(r"(?P<words>列(?:标准|规范|单位)?正交(?:归一)?的?矩阵) ?(?P<what>⟦\d+⟧)"),
    re.compile(r"(?P<what>⟦\d+⟧) ?の(?P<words>各?列(?:ベクトル)?[はが][^⟦。]{0,4}正規直交)"),
)
# On the sphere: what is said there of a vector that the words do not name
_SPHERE = re.compile(
    r"(?i)(?:(?:⟦(?P<at>\d+)⟧)[^⟦.;]{0,12})?(?:\b(?:on|over|along) the (?:euclidean )?unit (?:sphere|circle)(?!s)"
    r"|\bauf (?:der einheits(?:sphäre|kugeloberfläche)|dem einheitskreis)|\bsur (?:la sphère|le cercle) unit(?:é|aire)"
    r"|\b(?:en|sobre) (?:la esfera|el círculo) (?:unidad|unitari[ao])|\bsu(?:lla sfera unitaria|l cerchio unitario)"
    r"|\b(?:na esfera unitária|no círculo unitário)|(?<!\w)на единичной (?:сфере|окружности)|单位(?:球面|圆)上"
    r"|単位(?:球面|円)上|trên (?:mặt cầu|đường tròn) đơn vị"
    r"|\b(?:for|with|on|if|when) (?:all |any |every )?(?:unit(?:[- ](?:norm|length))?|normali[sz]ed) (?:vectors?"
    r"|inputs?)"
    r"(?!\w)|\b(?:für|bei|mit) (?:alle |allen )?(?:einheitsvektoren|normierte[nr]? vektoren)"
    r"|\b(?:pour|avec) (?:les |des |tout )?vecteurs? (?:unitaires?|normés?)(?!\w)"
    r"|\b(?:para|per|con|com) (?:los |todo |os |i |gli )?(?:ve[ct]+or(?:es|i)? (?:unitari[oa]?s?|normalizad[oa]s?"
    r"|normalizzati)|versori)(?!\w)|(?<!\w)для (?:единичных|нормированных) векторов"
    r"|(?:对于?|若为|当为)(?:任意)?(?:单位|归一化的?)向量|単位ベクトル(?:に対して|では|のとき))"
)
_SMALL = r"\\mathbf\{[a-z]\}|[a-z]"
_VARIED = re.compile(rf"\\nabla_\{{?(?P<by>{_SMALL})\}}?|\}}\{{\\partial ?(?P<below>{_SMALL})\}}|\((?P<of>{_SMALL})\)"
                     rf"|\\nabla ?\\(?:\||lVert ?)(?P<long>{_SMALL})\\")
_DENIED = re.compile(
    r"(?i)(?<!\w)(?:not|no|never|neither|nicht|kein\w*|weder|pas|sans|non|não|не|without|ohne|sin|senza|sem|need\w*"
    r"|rows?"
    r"|zeilen|make|iff|whether)(?!\w)|n['’]t\b|[不非未无]"
)
_PLACE = re.compile(r"⟦(\d+)⟧")


def find_normed(note: Note, found: Iterable[object]) -> Iterator[Declaration]:
    """What the other finders have not read already."""
    read = {(fact.name, fact.span.source, fact.span.start) for fact in found
            if isinstance(fact, Declaration) and fact.properties & NORMED}  # fmt: skip
    for sentence, _ in note.spoken:
        if sentence.heading or ASKED.search(sentence.text):
            continue
        for fact in from_here(_in_sentence(sentence), sentence):
            if (fact.name, fact.span.source, fact.span.start) not in read:
                yield fact


def _in_sentence(sentence: Sentence) -> Iterator[Declaration]:
    # "of norm $1$": the number is a word of the sentence, too; as long as its mark, so that places stay
    ones = {f"⟦{number}⟧" for number, run in enumerate(sentence.runs) if run.compact == "1"}
    text = _PLACE.sub(lambda match: "1".ljust(len(match[0])) if match[0] in ones else match[0], sentence.text)
    for patterns, kind, said in ((_UNITS, "vector", "unit"), (_COLUMNS, "matrix", "orthonormal-columns")):
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            if _DENIED.search(match["words"]) or _DENIED.search(text[max(match.start() - 12, 0) : match.start()]):
                continue
            hold, reach = supposed_at(sentence, match.start())
            for name in _names(sentence, match["what"]):
                if name.flavour[0] == (kind == "matrix") and not name.call and not name.transposed:
                    yield Declaration(name.name, name.span, kind, None, frozenset((said,)), hold, name.family,
                                      member=name.member, reach=reach)  # fmt: skip
    match = _SPHERE.search(sentence.text)
    if match and not _DENIED.search(sentence.text[max(match.start() - 12, 0) : match.end()]):
        yield from _on_sphere(sentence, match)


def _on_sphere(sentence: Sentence, match: re.Match) -> Iterator[Declaration]:
    """The vector that stands by the words, else the one that the formulas of the sentence vary."""
    if match["at"]:
        hold, reach = supposed_at(sentence, match.start())
        for name in sentence.runs[int(match["at"])].names:
            if not (name.flavour[0] or name.call):
                yield Declaration(name.name, name.span, "vector", None, frozenset(("unit",)), hold, reach=reach)
        return
    behind = re.match(r" ?⟦(\d+)⟧", sentence.text[match.end() :])
    if behind and sentence.runs[int(behind[1])].names:
        return  # unit vectors u
    names = {found[found.lastgroup] for run in (*sentence.runs, *sentence.after)
             for found in _VARIED.finditer(run.compact)}  # fmt: skip
    if len(names) == 1:
        yield Declaration(names.pop(), sentence.span(match.start(), match.end()), "vector", None,
                          frozenset(("unit",)), "formula", reach=sentence.reach)  # fmt: skip


def _names(sentence: Sentence, marks: str) -> Iterator[Name]:
    for number in _PLACE.findall(marks):
        yield from sentence.runs[int(number)].names
