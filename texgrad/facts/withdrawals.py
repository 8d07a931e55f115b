"""Sentences and headings in, which hypotheses end there out: "we drop the symmetry", "in the general case"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.atoms import atoms_of
from texgrad.facts.fact import Fact, Withdrawal
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.scope import conditional
from texgrad.facts.sentences import Sentence
from texgrad.source import Span

ORDER = 85  # where two facts stand at one place, the word of the higher order comes last

# The properties that may be hypotheses, by the words for them in all languages.
_PROPERTIES = (
    (re.compile(r"(?i)symm?[eé]tr|s[iy]mm?etr|симметр|对称|対称|đối xứng"),
     frozenset(("symmetric", "positive-definite", "positive-semidefinite"))),
    (re.compile(r"(?i)ortogonal|orthogon|ортогонал|正交|直交|trực giao"), frozenset(("orthogonal",))),
    (re.compile(r"(?i)diagonal|диагонал|对角|対角|đường chéo"), frozenset(("diagonal",))),
)  # fmt: skip
_EVERY = frozenset("symmetric skew-symmetric positive-definite positive-semidefinite orthogonal diagonal".split())
# From here on something is assumed no more ...
_DROPPED = re.compile(
    r"(?i)\b(?:drop|remove|relax|lift|abandon|give up|discard|do away with)(?:s|ped|ping|d|ing|ed)?\b"
    r"|\bno longer (?:assum|suppos|requir|impos)\w*|\b(?:do|does|need) not (?:assume|require|suppose)\w* (?:any "
    r"?more|any longer)"
    r"|\bsymmetrie\b[^.;,]{0,30}\b(?:lass\w*|lässt)\b[^.;,]{0,20}\bfallen"
    r"|\b(?:lass\w*|lässt|geb\w*|heb\w*)\b(?=.*\b(?:fallen|auf|weg)\b)|\bverzicht\w*|\bnicht (?:mehr"
    r"|länger)\b(?=.*vorausgesetzt|"
    r".*angenommen|.*annehmen)|\b(?:setzen|nehmen) (?:\w+ ){0,4}nicht (?:mehr|länger)"
    r"|\b(?:abandonn|enl[eè]v|supprim|lev|retir|renon|relâch)\w*|\bne suppos\w+ plus"
    r"|\b(?:quit|elimin|abandon|relaj|suprim|remov|rimuov|togli|lasci)\w*|\bya no (?:suponemos|asumimos|se supone)"
    r"|\bnon (?:supponiamo|assumiamo) più|\bnão (?:supomos|assumimos) mais"
    r"|\b(?:откаж|отказ|отброс|сним|убер)\w*|\b(?:больше|более) не (?:предполаг|требу)\w*"
    r"|去掉|去除|取消|放弃|不再(?:假设|假定|要求)|仮定を(?:外|やめ|落と)|\bbỏ (?:giả thiết|điều kiện)|\bkhông còn giả"
)
# ... said of a hypothesis, or of symmetry itself: not "we drop the transpose"
_HYPOTHESIS = re.compile(
    r"(?i)assum|suppos|suppon|supom|assumi|requir|hypoth|condition|restriction|annahme|annehm|angenommen|vorausse"
    r"|forderung|"
    r"bedingung|hip[oó]tes|supuesto|suposição|condici|ipotesi|condizion|предпол|услови|требу|假设|假定|要求|条件"
    r"|仮定|giả|điều kiện"
    r"|^\W*(?:\w+ ){1,3}(?:(?:the|die|la|a) |l['’])?(?:symmetry|symmetrie|symétrie|simetría|simmetria|simetria)\b"
    r"|^symmetrie"
    r"|^\w+ симметри|(?:对称|対称)性"
)
_REASON = re.compile(
    r"(?i)\b(?:by|since|because|due|as|using|thanks|wegen|weil|aufgrund|dank|durch|par|car|puisque|grâce|por|ya que"
    r"|gracias|"
    r"usando|per|poiché|grazie|благодаря|так как|из-за)\b|因为|由于|利用|vì|nhờ"
)
# ... in this sentence alone
_WITHOUT = re.compile(
    r"(?i)\b(?:without (?:assuming|requiring|supposing|(?:any|the|this) (?:\w+ )?(?:assumption|hypothesis))"
    r"|ohne (?:die |eine |jede )?(?:annahme|voraussetzung)|ohne anzunehmen"
    r"|sans (?:supposer|(?:aucune )?hypothèse|l['’]hypothèse)|sin (?:suponer|asumir|(?:la|ninguna) hipótesis)"
    r"|senza (?:supporre|assumere|(?:l['’]|alcuna )ipotesi)|sem (?:supor|assumir|(?:a|nenhuma) hipótese))\b"
    r"|без предположени[яй]|若?不(?:假设|假定|要求)|仮定しな|không giả (?:sử|thiết)"
)
_ANY = re.compile(r"(?i)\b(?:any|aucune|ninguna|jede|alcuna|nenhuma)\b")
_CASE = (
    r"(?:(?:the |der |le |el |il |o )?(?:general case|allgemeine\w* fall|cas général|caso gen?er[ai]le?|общ\w+ "
    r"случа\w+)"
    r"|一般(?:的)?(?:情形|情况|場合)|trường hợp tổng quát)"
)
_GENERALLY = re.compile(
    rf"(?i)^\W*(?:now |nun |maintenant |ahora )?(?:(?:in|for|im|dans|pour|en|nel|no|в|во|对于?|在|trong) ?{_CASE}|in "
    rf"general\b"
    r"|im allgemeinen\b|en général\b|en general\b|in generale\b|em geral\b|一般地|一般に)"
)
# Headings of what comes behind the symmetric case
_OTHERWISE = re.compile(
    rf"(?i)\bnon-?symm?etr|\b(?:un|a)symmetri|\bnicht-?\s?symmetri|\bunsymmetri|\bnon[- ]sym[eé]tri|\bno simétri|"
    rf"\bnon simmetri|\bnão[- ]simétri|несимметр|非对称|非対称|{_CASE}"
    r"|\b(?:general|arbitrary) matri|\b(?:allgemeine|beliebige) matri|\bmatrices? quelconque|\bmatrices (?:generales"
    r"|arbitrarias)"
    r"|一般(?:的)?矩阵|一般の行列"
)
# What is supposed for a while only
_FIRST = re.compile(
    r"(?i)\b(?:first|for now|for the moment|for the time being|zunächst|vorerst|zuerst|d['’]abord|pour l['’]instant"
    r"|primero|"
    r"por ahora|dapprima|per ora|primeiro|por enquanto|сначала|пока|trước hết|trước tiên)\b|先|首先|暂时|まず"
)
_SECTION = re.compile(
    r"(?i)\b(?:in|throughout|dans|in diesem|en|nella|nesta) (?:this |the present |cette |est[ea] |questa "
    r")?(?:(?:sub)?section|"
    r"(?:unter)?abschnitt|sección|sezione|seção)\b|в этом разделе|在?本(?:小)?节"
)
# "A is arbitrary", "the case where A is general"
_GENERAL = re.compile(
    r"⟦(?P<at>\d+)⟧ ?(?:is |be |being |ist |sei |est |soit |es |sea |è |sia |é |seja |为|是)?(?:now |nun |an? "
    r"|completely |ganz )?"
    r"(?:arbitrary|general|beliebig|allgemein|quelconque|cualquiera|arbitraria|qualsiasi|qualquer|произвольн\w+|任意"
    r"|一般)(?!\w)"
    r"|\b(?:arbitrary|general) (?:square )?matrix ⟦(?P<noun>\d+)⟧|(?:一般|任意)的?(?:方阵|矩阵) ?⟦(?P<last>\d+)⟧"
)  # fmt: skip
_ELSE = re.compile(r"(?i)otherwise|\bsonst|ansonsten|\bsinon\b|por lo demás|unless|\bbut\b|\baber\b|\bmais\b")


def find(note: Note) -> Iterator[Fact]:
    passing: set[str] = set()  # the symbols of which something is supposed for a while
    for sentence, language in note.spoken:
        text, every = sentence.text, frozenset()
        if sentence.heading:
            if _OTHERWISE.search(text):
                yield Withdrawal(sentence.span(), every, _EVERY)
            continue
        symmetric = _PROPERTIES[0][0].search(text)
        if symmetric and sentence.runs:
            passing |= _names(note, sentence, language) if _FIRST.search(text) else every
            if _SECTION.search(text) and (end := _end_of_section(note, sentence)) is not None:
                yield Withdrawal(end, _names(note, sentence, language), _EVERY)
        yield from _ended(note, sentence, language)
        if passing and (match := _GENERALLY.search(text)):
            yield Withdrawal(sentence.span(match.end()), frozenset(passing), _EVERY)
        match = None if symmetric or _ELSE.search(text) else _GENERAL.search(text)
        if match and (name := _name(sentence, int(match["at"] or match["noun"] or match["last"]))):
            reach = sentence.reach if conditional(text, match.start()) else None
            yield Withdrawal(sentence.span(match.end() - 1), frozenset((name,)), _EVERY, reach)


def _ended(note: Note, sentence: Sentence, language: Language) -> Iterator[Withdrawal]:
    """What the words of a sentence drop: the hypotheses that they name, of the symbols that they name."""
    text = sentence.text
    without = _WITHOUT.search(text)
    match = without or _DROPPED.search(text)
    if match is None:
        return
    stop = re.compile(r"[,;:，；：]|$").search(text, match.end()).start()
    words = _REASON.split(text[match.start() : stop])[0]
    if not without and not _HYPOTHESIS.search(words):
        return
    properties = frozenset().union(*(implied for word, implied in _PROPERTIES if word.search(words)))
    if not properties and without and _ANY.search(words):
        properties = _EVERY
    if properties:
        passing = without or conditional(text, match.end())
        names = _names(note, sentence, language, match.start(), stop)
        yield Withdrawal(sentence.span(max(stop - 1, 0)), names, properties, sentence.reach if passing else None)


def _names(
    note: Note, sentence: Sentence, language: Language, start: int = 0, stop: int | None = None
) -> frozenset[str]:
    """The symbols that stand alone in a stretch of a sentence."""
    stop = len(sentence.text) if stop is None else stop
    return frozenset(
        name.name for atom in atoms_of(sentence, language, note.letters)
        if atom.letter == "M" and not atom.defines and start <= atom.start < stop for name in atom.names
    )  # fmt: skip


def _name(sentence: Sentence, number: int) -> str | None:
    names = sentence.runs[number].names
    return names[0].name if len(names) == 1 and names[0].flavour[0] else None


def _end_of_section(note: Note, sentence: Sentence) -> Span | None:
    """The heading that ends the section of a sentence, of its level or a larger one."""
    level, start = 0, sentence.span().start
    for heading in note.document.pieces:
        if heading.kind != "heading" or heading.source is not sentence.source:
            continue
        if heading.span().start < start:
            level = heading.level
        elif heading.level <= level or not level:
            return heading.span()
    return None
