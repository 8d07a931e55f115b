"""Sentences in, the symbols out that they let be any: "real-valued weights M", "several ones", "any square B".

What was said of the values, the length or the symmetry of such a symbol holds there no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import DISTRIBUTIONS, HYPOTHESES, VALUES, Fact, Unread, Withdrawal
from texgrad.facts.note import Note
from texgrad.facts.scope import conditional
from texgrad.facts.sentences import Sentence
from texgrad.facts.withdrawals import OTHER_PROPERTY, said_of

ORDER = 87  # where two facts stand at one place, the word of the higher order comes last

_SPECIAL = HYPOTHESES | {"idempotent"}
_ONE = r"⟦(?P<at>\d+)⟧"
_AND = r"(?:(?:,| and| und| et| y| e| и|、|和|与|と) ?⟦(?P<also>\d+)⟧)?"
_NOUNS = (
    r"(?:matri(?:x|ces|zen|z)|ve[ck]tor(?:s|en)?|matric[ei]s?|vecteurs?|vectores|vettori|матриц\w*|вектор\w*)"
)
_SIZES = (
    r"(?:square|real|non-?\s?zero|invertible|non-?singular|nonnegative|quadratische\w*|reelle\w*|invertierbare\w*"
    r"|nichtverschwindende\w*|carrée?s?|квадратн\w+|ненулев\w+|обратим\w+)"
)
# "for any square B", "for any matrix B"; "general matrices D and E"
_ANY = re.compile(
    rf"(?i)(?<!\w)(?:for|with|für|bei|mit) (?:any|every|jedes?|jeden|jede[rm]?)(?: {_SIZES})*(?: {_SIZES}"
    rf"| {_NOUNS}) {_ONE}"
    rf"|(?<!\w)для (?:любой|любого|всякой|всякого)(?: {_SIZES})*(?: {_SIZES}| {_NOUNS}) ⟦(?P<ru>\d+)⟧"
    r"|(?:对|对于)(?:任何|任一|任意)(?:的)?(?:非零|可逆|实)?(?:方阵|矩阵|向量) ?⟦(?P<zh>\d+)⟧"
)
_PLURAL = re.compile(
    rf"(?i)(?<!\w)(?:general|arbitrary|generic|allgemeine|beliebige"
    rf"|произвольны[ех]) (?:{_SIZES} )?{_NOUNS} {_ONE}{_AND}"
    rf"|(?<!\w)(?:matrices|vecteurs|vectores|vettori|matrici|vetores) ⟦(?P<behind>\d+)⟧{_AND.replace('also', 'other')}"
    r" (?:quelconques|arbitraires|arbitrari[oa]s?|cualesquiera|generales|generici|qualsiasi|quaisquer)(?!\w)"
)
# "real-valued weights M", "for real targets y"
_VALUED = re.compile(
    r"(?i)(?<!\w)(?:real-valued|real|continuous|arbitrary|reellwertige[rn]?|reelle[rn]?|kontinuierliche[rn]?"
    r"|beliebige[rn]?"
    r"|вещественн\w+|произвольн\w+) (?:weights?|targets?|labels?|masks?|values|entries|gewichte[n]?|zielwerte[n]?"
    rf"|labels|масок|весов|меток|ответов) {_ONE}"
    r"|(?<!\w)(?:poids|cibles|pesos|etiquetas|pesi) (?:réels|réelles|quelconques|reales|arbitrari[oa]s|reali)"
    r" ⟦(?P<romance>\d+)⟧|(?:实值|实数|任意)的?(?:权重|标签|目标)(?:矩阵|向量)? ?⟦(?P<zh>\d+)⟧"
    r"|⟦(?P<east>\d+)⟧ ?(?:为|是|取)?(?:任意|一般)的?(?:实|非负)?(?:向量|数|实数|权重)"
)
_ENTRIES = re.compile(
    rf"(?i){_ONE} (?:now |may |can |also |again )*(?:has|have|having|takes?|with|holds?) (?:now )?(?:arbitrary|any"
    rf"|real"
    r"|continuous|general) (?:\w+ )?(?:entries|values|weights|components|elements)"
    r"|⟦(?P<de>\d+)⟧ (?:habe|hat|besitze)(?: nun)? beliebige \w*(?:einträge|werte)"
)
# "y may have several ones", "y is not one-hot", "several labels may be active"
_SEVERAL = re.compile(
    r"(?i)(?<!\w)(?:multi-?hot|(?:several|many|multiple|two or more|more than one) (?:ones|1s?|labels?)(?!\w)"
    r"|(?:not|n['’]t|nicht|pas|no|non|não|не|không)(?: \w+){0,2} (?:be )?one-?hot|mehrere einsen|plusieurs uns?"
    r"|varios unos|несколько единиц)|(?:多个|若干个?|不止一个) ?1|多热"
    r"|(?:不是|未必是|不再是) ?one-?hot|one-?hot ?(?:では|と(?:は)?限ら)な"
)
_LABELED = re.compile(r"⟦(\d+)⟧")


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        text = sentence.text
        if sentence.heading or OTHER_PROPERTY.search(text):
            continue
        for pattern, ended in ((_ANY, _SPECIAL), (_PLURAL, _SPECIAL), (_VALUED, VALUES | DISTRIBUTIONS),
                               (_ENTRIES, VALUES | DISTRIBUTIONS | _SPECIAL)):  # fmt: skip
            for match in pattern.finditer(text):
                names = frozenset().union(*(_names(sentence, number) for number in filter(None, match.groups())))
                if names:
                    yield from _ended(sentence, match, names, ended - said_of(text), pattern is _ENTRIES)
        match = _SEVERAL.search(text)
        names = frozenset().union(*(_names(sentence, number) for number in _LABELED.findall(text))) if match else None
        if names:
            yield from _ended(sentence, match, names, DISTRIBUTIONS, True)


def _ended(
    sentence: Sentence, match: re.Match, names: frozenset[str], properties: frozenset[str], lasting: bool
) -> Iterator[Fact]:
    """What holds no more there, or from there on; then what needs it is neither right nor wrong."""
    place = sentence.span(match.end() - 1)
    lasting = lasting and not conditional(sentence.text, match.start())
    yield Withdrawal(place, names, properties, None if lasting else sentence.reach, True)
    if lasting:
        yield Unread(place, names, "other", general=True)


def _names(sentence: Sentence, number: str) -> frozenset[str]:
    """The one symbol that a run of math is, or what it is said to lie in: y \\in \\{0, 1\\}^K."""
    names = sentence.runs[int(number)].names
    return frozenset((names[0].name,)) if len(names) == 1 and not names[0].call else frozenset()
