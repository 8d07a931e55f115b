"""Sentences and headings in, which hypotheses end there out: "we drop the symmetry", "in the general case"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from texgrad.facts.atoms import atoms_of
from texgrad.facts.fact import DISTRIBUTIONS, HYPOTHESES, NORMED, VALUES, Declaration, Fact, Withdrawal
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.scope import conditional
from texgrad.facts.sentences import Sentence
from texgrad.source import Span

ORDER = 85  # where two facts stand at one place, the word of the higher order comes last

# The properties that may be hypotheses, by the words for them in all languages.
PROPERTIES = (
    (re.compile(r"(?i)symm?[eé]tr|s[iy]mm?etr|симметр|对称|対称|đối xứng"),
     frozenset(("symmetric", "positive-definite", "positive-semidefinite"))),
    (re.compile(r"(?i)ortogonal|orthogon|ort[ho]+norm|ортогонал|ортонорм|正交|直交|trực giao"),
     frozenset(("orthogonal", "orthonormal-columns"))),
    (re.compile(r"(?i)\bunit[- ](?:vector|length|norm)|normali[sz]|\bnormiert|einheits(?:vektor|länge|sphäre)|unitair"
                r"|unitari|\bnormée?s?\b|sphere|sphère|esfera|sfera|нормирован|единичн|сфер|单位(?:向量|长度|范数|球)"
                r"|归一|単位(?:ベクトル|長|球)|正規化|đơn vị|chuẩn hó"),
     frozenset(("unit",))),
    (re.compile(r"(?i)diagonal|диагонал|对角|対角|đường chéo"), frozenset(("diagonal",))),
)  # fmt: skip
_SYMMETRIC = PROPERTIES[0][1]
_DEFINITE = frozenset(("positive-definite", "positive-semidefinite"))
_NO_SYMMETRY = re.compile(
    r"(?i)(?<!\w)(?:not|n['’]t|no|nicht|kein\w*|pas|sans|ohne|without|non|no|sin|senza|não|sem|не|без|không)(?!\w)"
    r"(?! (?:only|just|merely|nur|seulement|solo|sólo|somente|только))[^.;,⟦]{0,25}?"
    r"(?:symm?[eé]tr|s[iy]mm?etr|симметр|đối xứng)|\b(?:non-?|un|a)symmetr|несимметр|(?:不|未必|并非|非)[^。；⟦]{0,6}"
    r"对称|対称(?:性)?(?:で(?:は)?な|と(?:は)?限らな|を仮定しな)"
)
_SYMMETRY_SAID = re.compile(r"(?i)(?<![\w-])(?<!not )symmetric (?:but|and)\b")
_EVERY = frozenset(
    "symmetric skew-symmetric positive-definite positive-semidefinite orthogonal diagonal idempotent".split()
)
_ALL = _EVERY | NORMED | VALUES
_NONE: frozenset[str] = frozenset()
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
_WITHOUT_THIS = re.compile(r"(?i)\b(?:without|ohne|sans|sin|senza|sem|без)\b|没有|không có")
# ... of what was said last
_VAGUE = re.compile(
    r"(?i)\b(?:this|that|these|those|both) (?:\w+ )?(?:assumption|hypothes[ie]s|condition|requirement|restriction)s?\b"
    r"(?! (?:that|of|on|about|for|to)\b)|\bdiese\w* (?:annahme|voraussetzung|forderung|bedingung|einschränkung)\w*"
    r"|\bces? (?:hypothèse|condition|restriction)s?|\bcette (?:hypothèse|condition|restriction)"
    r"|\b(?:est|dich)as? (?:hipótesis|suposici\w+|condici\w+|restricci\w+)|\bquest[ae] (?:ipotesi|condizion\w+)"
    r"|\be[st]s[ae]s? (?:hipóteses?|suposiç\w+|condiç\w+)|\besta (?:hipótese|suposição|condição)"
    r"|\bэт\w+ (?:предположен\w*|услови\w*|требован\w*)|(?:这|该|此|上述)(?:一?个?|些)(?:假设|假定|条件|要求)"
    r"|この(?:仮定|条件)|(?:giả thiết|điều kiện) này"
)
_LATER = re.compile(
    r"(?i)\b(?:later|next (?:section|chapter)|(?:section|chapter|abschnitt|kapitel) \d|später|plus (?:tard|loin)"
    r"|más (?:adelante|tarde)|più avanti|mais (?:tarde|adiante)|позже|позднее)\b|稍后|后面|后文"
)
_ANY = re.compile(r"(?i)\b(?:any|aucune|ninguna|jede|alcuna|nenhuma)\b")
_CASE = (
    r"(?:(?:the |der |le |el |il |o )?(?:general case|allgemeine\w* fall|cas général|caso gen?er[ai]le?|общ\w+ "
    r"случа\w+)"
    r"|一般(?:的)?(?:情形|情况|場合)|trường hợp tổng quát)"
)
_GENERALLY = re.compile(
    rf"(?i)^\W*(?:(?:now|next|nun|jetzt|maintenant|ahora|adesso|agora|теперь)(?: for| zu[mr]?)? |现在){_CASE}"
    rf"|^\W*(?:now |nun |maintenant |ahora )?(?:(?:in|for|im|dans|pour|en|nel|no|в|во|对于?|在|trong) ?{_CASE}|in "
    rf"general\b"
    r"|im allgemeinen\b|en général\b|en general\b|in generale\b|em geral\b|一般地|一般に)"
)
_IN_GENERAL = re.compile(
    rf"(?i)^\W*(?:(?:now|but|however|nun|aber|mais|pero|ma|mas|но|而|但),? )?(?:(?:in|for|im|dans|pour|en|nel|no|в|во"
    rf"|对于?|在|trong) ?{_CASE}|{_CASE}(?!\w)|more generally(?!\w)|allgemeiner(?!\w)|plus généralement|más en general"
    r"|più in generale|mais geralmente|в более общем|更一般地?|より一般に|一般(?:的)?(?:情形|情况|場合))"
)
# "in the nonsymmetric case", "for unsymmetric matrices"
_UNSYMMETRIC = (
    r"(?:non-?\s?symmetric|unsymmetric|asymmetric|(?:un|nicht-?\s?|a)symmetrische[nr]?|non[- ]symétriques?"
    r"|no[- ]simétric[oa]s?|non[- ]simmetric(?:o|he)|não[- ]simétric[oa]s?|несимметричн\w+)"
)
_UNSYMMETRIC_CASE = re.compile(
    rf"(?i)\b(?:case|cas|caso) {_UNSYMMETRIC}(?!\w)|\b{_UNSYMMETRIC} "
    r"(?:case|fall|случа\w+|(?:matri\w+|матриц\w*)(?! ?⟦))"
    r"|(?:非|不)对称的?(?:情形|情况|矩阵(?! ?⟦))|非対称(?:の|な)場合|không đối xứng"
)
_APART = re.compile(
    r"(?i)(?:unlike|contrast|opposed|differ\w*|anders als|gegensatz|unterschied|contrairement|diferen\w+|differenz\w*"
    r"|contrário|отлич\w+|不同)[^.;]{0,30}$"
)
# between a "not" and what it denies: not "has no zeros and is orthogonal"
ON = r"(?:(?!(?<!\w)(?:but|and|aber|und|sondern|mais|et|pero|sino|y|ma|mas|e|но|и)(?!\w))[^⟦.;:,]){0,25}?"
# "if u is not a unit vector", "U is not orthogonal"
_NORMED_WORD = (
    r"(?:unit[- ](?:vector|length|norm)|(?:of )?(?:unit length|unit norm|norm (?:1|one))|normali[sz]ed|normiert"
    r"|einheitsvektor|normée?|unitaire|unitari[oa]|normali[sz]ad[oa]|normalizzat[oa]|нормирован\w*|единичн\w+"
    r"|orthogonal\w*|ortogonal\w*|ортогональн\w+)"
    r"(?! (?:to|zu|auf|à|a|al|к)(?!\w))"
)
_NOT_NORMED = re.compile(
    r"(?i)⟦(?P<at>\d+)⟧[^⟦.;:,]{0,25}?(?<!\w)(?:not|isn['’]t|needn['’]t|no longer|non|nicht|kein\w*|pas|plus|no|não|не"
    r"|không)(?!\w)(?! (?:only|just|merely|nur|seulement|solo|sólo|somente|только))"
    rf"{ON}(?<!\w){_NORMED_WORD}"
    r"|⟦(?P<last>\d+)⟧[^⟦。；，]{0,6}?(?:不是?|非|并非|未必|不一定)[^⟦。；，只仅]{0,4}?(?:正交|单位向量|单位长度|归一)"
)
# "without this normalisation", also in a heading
_UNNORMED = re.compile(
    r"(?i)\b(?:without|no|ohne|sans|sin|senza|sem|без) (?:\w+ )?(?:normali[sz]ation|normierung|normalisierung"
    r"|normalización|normalizzazione|normalização|нормировк\w*|нормализац\w*|unit[- ](?:norm|length))"
    r"(?! (?:constant|factor|term))(?!s?konstant)|(?:不|未|没有)(?:做)?归一"
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
    r"|completely |ganz ){0,3}"
    r"(?:arbitrary|general|beliebig|allgemein|quelconque|cualquiera|arbitraria|qualsiasi|qualquer|произвольн\w+|任意"
    r"|一般)(?!\w)"
    r"|\b(?:arbitrary|general) (?:square )?matrix ⟦(?P<noun>\d+)⟧|(?:一般|任意)的?(?:方阵|矩阵) ?⟦(?P<last>\d+)⟧"
)  # fmt: skip
# ... "for general A", "any nonzero vector": less sure
_ANY_ONE = re.compile(
    r"(?i)\b(?:for|with|für|bei|mit) (?:an? |any |every |all |ein\w* |completely |ganz )?"
    r"(?:general|arbitrary|generic|beliebige\w*|allgemeine\w*)(?: (?:square|real|quadratische\w*|reelle\w*))?"
    r"(?: (?:matri\w+|ve[ck]tor\w*))? ⟦(?P<at>\d+)⟧"
    r"|\b(?:pour|para|per|avec|con|com) (?:(?:tout(?:e)?|un[ae]?|uma?|la) )?(?:(?:matri\w+|ve[ct]+[eo]u?r\w*) )?"
    r"⟦(?P<behind>\d+)⟧ (?:quelconque|générale?|arbitrari[oa]|cualquiera|general|generale|generic[oa]|qualsiasi"
    r"|qualunque|qualquer)(?!\w)"
    r"|(?<!\w)для (?:произвольн\w+|любо\w+|общ\w+)(?: (?:матриц\w*|вектор\w*))? ⟦(?P<ru>\d+)⟧"
    r"|(?:对于?|对于)?(?:任意|一般)的?(?:非零)?(?:向量|矩阵|方阵)? ?⟦(?P<zh>\d+)⟧"
    r"|⟦(?P<named>\d+)⟧ (?:is |be |denotes? |sei |ist )(?:now |nun )?(?:any|every|jeder|ein beliebiger)"
    r"(?: (?:non-?\s?zero|square|real|other|nichtverschwindend\w*))* ?(?:vector|matrix|(?:nicht-?null-?)?vektor)(?!\w)"
)
# "an arbitrary positive definite matrix" has a property after all
OTHER_PROPERTY = re.compile(r"(?i)defini|определён|определен|正定|xác định|idempot")
_NOT = re.compile(
    r"(?i)(?:(?<!\w)(?:not|nicht|kein\w*|pas|non|no|não|не|không)(?!\w) (?:nec\. )?[^.,;⟦]{0,20}|n['’]t [^.,;⟦]{0,20}"
    r"|(?<!\w)(?:non-?|un|a)|[不非未][^，。]{0,3})$"
)
_ELSE = re.compile(r"(?i)otherwise|\bsonst|ansonsten|\bsinon\b|por lo demás|unless|\bbut\b|\baber\b|\bmais\b")


def said_of(text: str) -> frozenset[str]:
    """The properties that words name and do not deny: those of an orthogonal Q, none of one "not nec. orthogonal"."""
    told = ((implied, text[: found.start()]) for word, implied in PROPERTIES for found in word.finditer(text))
    return frozenset().union(*(implied for implied, before in told if not _NOT.search(before)))


def find(note: Note) -> Iterator[Fact]:
    passing: set[str] = set()  # the symbols of which something is supposed for a while
    for sentence, language in note.spoken:
        text, every = sentence.text, frozenset()
        if sentence.heading:
            if _OTHERWISE.search(text):
                yield Withdrawal(sentence.span(), every, _EVERY)
            if _UNNORMED.search(text):
                yield Withdrawal(sentence.span(), every, NORMED, None, True)
            continue
        yield from _unsure(note, sentence, language, passing)
        symmetric = PROPERTIES[0][0].search(text)
        if symmetric and sentence.runs:
            passing |= _names(note, sentence, language) if _FIRST.search(text) else every
            if _SECTION.search(text) and (end := _end_of_section(note, sentence)) is not None:
                yield Withdrawal(end, _names(note, sentence, language), _EVERY)
        yield from _ended(note, sentence, language)
        if passing and (match := _GENERALLY.search(text)):
            yield Withdrawal(sentence.span(match.end()), frozenset(passing), _EVERY)
        plain = not (symmetric or _ELSE.search(text) or OTHER_PROPERTY.search(text))
        match = _GENERAL.search(text) if plain else None
        number = int(match["at"] or match["noun"] or match["last"]) if match else 0
        if match and (name := _name(sentence, number)):
            reach = sentence.reach if conditional(text, match.start()) else None
            yield Withdrawal(sentence.span(match.end() - 1), frozenset((name,)), _EVERY, reach)
        if match and (name := _name_in(sentence, number)):
            named = said_of(text)
            lasting = not conditional(text, match.start())
            ended = NORMED | VALUES | DISTRIBUTIONS
            yield from _open(sentence, match.end(), frozenset((name,)), ended - named, lasting)


def find_unsymmetric(note: Note, found: Iterable[Fact]) -> Iterator[Declaration]:
    """What is called positive definite in a sentence that asks for no symmetry, "we do not require symmetry"."""
    definite = [fact for fact in found if isinstance(fact, Declaration) and fact.properties & _DEFINITE]
    for sentence, _ in note.spoken if definite else ():
        match = None if sentence.heading else _NO_SYMMETRY.search(sentence.text)
        span = sentence.span()
        if match is not None and not _SYMMETRY_SAID.search(sentence.text[: match.start()]):
            names = {fact.name for fact in definite if fact.span.source is span.source
                     and span.start <= fact.span.start <= span.end}  # fmt: skip
            for name in sorted(names):
                yield Declaration(name, sentence.span(len(sentence.text) - 1), "matrix",
                                  properties=frozenset(("not-symmetric",)))  # fmt: skip


def find_vague(note: Note, found: Iterable[Fact]) -> Iterator[Withdrawal]:
    """What "we drop this assumption" ends: the hypotheses of the last sentence before it that has some."""
    said = [fact for fact in found if isinstance(fact, Declaration) and fact.properties & HYPOTHESES]
    for sentence, _ in note.spoken:
        match = None if sentence.heading else _WITHOUT_THIS.search(sentence.text) or _DROPPED.search(sentence.text)
        if match is None or not _VAGUE.search(sentence.text) or _LATER.search(sentence.text):
            continue
        here = sentence.span()
        before = [fact for fact in said if fact.span.source is here.source and fact.span.start < here.start]
        last = max((fact.reach.start if fact.reach else fact.span.start for fact in before), default=0)
        ended = [fact for fact in before if last <= fact.span.start]
        properties = frozenset().union(*(fact.properties & HYPOTHESES for fact in ended))
        properties = properties.union(*(group for _, group in PROPERTIES if group & properties))
        passing = match.re is _WITHOUT_THIS or conditional(sentence.text, match.end())
        if ended:
            names = frozenset(fact.name for fact in ended)
            yield from _open(sentence, len(sentence.text), names, properties, not passing)


def _unsure(note: Note, sentence: Sentence, language: Language, passing: set[str]) -> Iterator[Fact]:
    """What words end that leave open how long: claims that need it then are neither right nor wrong."""
    text, none = sentence.text, frozenset()
    match = _UNSYMMETRIC_CASE.search(text)
    if match and not _APART.search(text[: match.start()]):
        yield from _open(sentence, match.end(), none, _SYMMETRIC)
    match = _IN_GENERAL.search(text)
    if match and not passing:
        yield from _open(sentence, match.end(), none, _ALL)
    match = _UNNORMED.search(text)
    if match:
        yield from _open(sentence, match.end(), none, NORMED)
    for match in _NOT_NORMED.finditer(text):
        name = _name_in(sentence, int(match["at"] or match["last"]))
        if name:
            reach = sentence.reach if conditional(text, match.start()) else None
            yield Withdrawal(sentence.span(match.end() - 1), frozenset((name,)), NORMED | {"orthogonal"}, reach)
    match = _ANY_ONE.search(text)
    name = match and not _ELSE.search(text) and _name_in(sentence, int(next(filter(None, match.groups()))))
    if name:
        named = said_of(text)
        anew = match["named"] is not None  # "let y be any vector of weights": no label, either
        ended = _ALL - named | (DISTRIBUTIONS if anew else _NONE)
        yield from _open(sentence, match.end(), frozenset((name,)), ended, anew)


def _open(
    sentence: Sentence, at: int, names: frozenset[str], properties: frozenset[str], lasting: bool = False
) -> Iterator[Withdrawal]:
    yield Withdrawal(sentence.span(at - 1), names, properties, None if lasting else sentence.reach, True)


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
    properties = frozenset().union(*(implied for word, implied in PROPERTIES if word.search(words)))
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


def _name_in(sentence: Sentence, number: int) -> str | None:
    """The symbol, a matrix or a vector, that stands alone in a run."""
    names = sentence.runs[number].names
    return names[0].name if len(names) == 1 and not names[0].call else None


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
