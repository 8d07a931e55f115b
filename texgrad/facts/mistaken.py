"""Sentences in, the formulas out that their words call a mistake, in any language: "a slip that ...", "gilt nicht".

What words quote so is no claim. A word stands for the formula before it or behind it: in "F, a common mistake is G" for
G, in "F is wrong: it should be G" for F.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Quotation
from texgrad.facts.note import Note
from texgrad.facts.runs import Run

_WORDS = (
    r"(?<!\w)(?<!no )(?<!not )(?<!nothing )(?<!avoid )(?<!kein )(?<!keine )(?<!nicht )(?<!pas )"
    r"(?:mistakes?|mistaken(?:ly)?|misconceptions?|pitfalls?|fallac(?:y|ies|ious)|typos?|misprints?|errat(?:um|a)"
    r"|(?:a|frequent|common|usual|typical) slip|blunders?"
    r"|(?:wrong|incorrect)(?:ly)?(?! (?:\w+ )?(?:class|label|answer|prediction|word|sample|side|direction)\w*)"
    r"|erroneous(?:ly)?|(?:in|by) error"
    r"|(?:common|frequent|classic(?:al)?|typical|popular|usual|easy) errors?|false(?! (?:positive|negative|alarm))"
    r"|not (?:true|correct|right|valid)|untrue|invalid"
    r"|fälschlich\w*|irrtümlich\w*|versehentlich|fehlerhaft\w*"
    r"|falsch\w*(?! (?:klasse|label|antwort|wort|wörter|seite|richtung))"
    r"|irrtum|trugschluss|(?:druck|tipp|denk|rechen"
    r"|flüchtigkeits)fehler|(?:häufige|typische|klassische|beliebte|verbreitete)[rn]? (?:\w+)?fehler"
    r"|nicht (?:richtig|korrekt)|unrichtig"
    r"|à tort|par erreur|erreurs? (?:fréquente|classique|courante|typique|commune)s?|fauss?e?s?|erronée?s?"
    r"|incorrecte?s?|inexacte?s?|coquille|faute (?:classique|courante|fréquente|de frappe)"
    r"|erróneamente|erróne[oa]s?|por error|error(?:es)? (?:común|comunes|frecuentes?|típicos?|habitual(?:es)?"
    r"|clásicos?)"
    r"|equivocad\w+|equivocación|fals[oa]s?|incorrect[oa]s?|no es (?:cierto|verdad|correct[oa]|válid[oa])"
    r"|erroneamente|per (?:errore|sbaglio)|sbagliat[oaie]|errat[oaie]|errore (?:comune|frequente|tipico|classico)"
    r"|scorrett[oa]|refuso|non è (?:ver[oa]|corrett[oa])"
    r"|por engano|por erro|errad[oa]s?|erro (?:comum|frequente|típico|clássico)|incorret[oa]s?|não é (?:verdade"
    r"|corret[oa])"
    r"|ошибочн\w+|по ошибке|ошибкой|(?:частая|распростран[её]нная|типичная|типовая|обычная|грубая) ошибка|неверн\w+"
    r"|неправильн\w+|некорректн\w+|опечатк\w+|заблуждени\w+"
    r"|sai lầm|nhầm|là sai|lỗi (?:thường gặp|phổ biến|hay gặp)|không đúng)(?!\w)"
    r"|错误(?![率项])|误(?:写|认|以为|记|算|区)|错(?:写|记|算|认|的|了)|写错|(?:这|是)(?:并)?不对|不正确|不成立|笔误|陷阱"
    r"|間違[いえっ]|誤(?:って|り|った|植|解)|正しくな"
)
_CALLED = re.compile(rf"(?i){_WORDS}")
# ... unless the same words lead on to what is right
_RIGHT = re.compile(
    r"(?i)(?<!\w)(?:(?<!not )(?:correct|right|true)(?: \w+)?|should (?:be|read)|actually|in fact|instead(?! of)"
    r"|richtig\w*"
    r"|korrekt\w*|vielmehr|sondern|correcte?|juste|correct[oa]|corrett[oa]|corret[oa]|правильн\w+|верн\w+|đúng)(?!\w)"
    r"|(?<!不)正确|应为|正しい|正しくは"
)
_DENIED = re.compile(  # right behind a formula
    r"(?i)^[\s,)\"”»'’*_]*(?:which |that |and |it |in general |here |generally |also |im allgemeinen |en général "
    r"|en general"
    r" |in generale |em geral |вообще говоря |一般|通常|并|は|一般に(?:は)?)*"
    r"(?:(?:does|do|can|need|will)(?: not|n['’]t|not) (?:in general |always |generally )?(?:hold|be|apply)(?! for ⟦)"
    r"|fails (?:in general|already|here|for)|(?:forgets|loses|misses|omits|overlooks)(?!\w)"
    r"|(?:you|one|we) (?:have |has )?(?:forgot|forgotten|lost|missed|dropped|made)(?!\w)"
    r"|(?:gilt|stimmt|trifft)(?: (?:so|hier|im allgemeinen|also|leider|aber|zu))* nicht(?! nur| mehr)"
    r"|(?:(?:erhält|bekommt|schreibt),? )?hat (?:\w+ ){0,3}vergessen|n['’](?:est pas (?:vraie?|valable|exacte?"
    r"|correcte?)|a pas lieu)|ne (?:tient|marche) pas"
    r"|no (?:se cumple|vale|es (?:válid|ciert|verdad|correct)\w*)|non (?:vale|è (?:ver|valid|corrett)\w+)"
    r"|não (?:vale|é (?:verdad|válid|corret)\w*)|не (?:выполн|верн|справедлив)\w+|не имеет места|забывая|không đúng"
    r"|不(?:成立|对|正确)|(?:漏|忘)(?:掉|了|记)|成り立たな|正しくな|とは限らな|と(?:書|し)[^。⟦]{0,8}(?:がち|誤|間違|ミス))"
)
_WARNED = re.compile(  # right before one
    r"(?i)(?:[❌✗✘✖]"
    r"|(?<!\w)(?:do not|don['’]t|never|not to be) (?:confused?|mix(?:ed)? up|mistake)(?!\w)[^.;⟦]{0,25}"
    r"|(?<!\w)(?:we|you|one) (?:do not|don['’]t|cannot|can['’]t|never) (?:get|have|obtain|write|conclude|expect"
    r"|find)(?!\w)"
    r"[^.;⟦]{0,15}|(?<!\w)(?:earlier|previous|old) (?:version|draft|edition|printing)s?(?!\w)[^.;⟦]{0,40}"
    r"|(?<!\w)(?:sloppy|careless(?:ly)?|hasty|hastily|naive(?:ly)?) (?:\w+ ){0,6}?(?:gives?|gets?|yields?|leads?"
    r"|writes?|guess|answer|formula|attempt)(?!\w)[^.;⟦]{0,10}|(?<!\w)first attempt,? |(?<!\w)if you (?:got|get"
    r"|wrote) "
    r"|(?<!\w)(?:students?|beginners?|newcomers?) (?:\w+ )?(?:write|believe|think|claim|conclude|answer)s?(?!\w)"
    r"[^.;⟦]{0,20}"
    r"|(?<!\w)(?:man darf|darf man|dürfen wir) nicht(?!\w)[^.;⟦]{0,20}|(?<!\w)verwechs\w+[^.;⟦]{0,25}"
    r"|(?<!\w)(?:student\w*|anfänger\w*) (?:\w+ )?(?:schreiben|glauben|denken) "
    r"|(?<!\w)(?:(?:faut|doit|peut)(?: surtout)? pas|ne (?:surtout )?pas) (?:\w+ ){0,2}?(?:croire|écrire|penser"
    r"|conclure"
    r"|confondre)(?!\w)[^.;⟦]{0,20}"
    r"|(?<!\w)no (?:hay que|se debe|debemos|confund\w+|conclu\w+)(?!\w)[^.;⟦]{0,30}"
    r"|(?<!\w)non (?:bisogna|si deve|confond\w+)(?!\w)[^.;⟦]{0,30}|(?<!\w)não (?:se deve|confund\w+)(?!\w)[^.;⟦]{0,30}"
    r"|(?<!\w)(?:не следует|нельзя|не надо|не стоит) (?:думать|писать|считать|путать|полагать)(?!\w)[^.;⟦]{0,20}"
    r"|(?<!\w)(?:студенты|новички) (?:\w+ )?(?:пишут|думают|считают)[^.;⟦]{0,12}"
    r"|(?:不要|别|切勿|不能|不可)(?:以为|认为|误以为|混淆|写成)[^。；⟦]{0,6}"
    r"|(?:但|而|却|并|一般|通常)[^。；，⟦]{0,4}(?:没有|并非)[^。；，⟦]{0,3}"
    r"|(?:很多人|初学者|同学们?|学生)[^。；⟦]{0,6}(?:写成|写为|认为|以为|得到)[^。；⟦]{0,3})\s*$"
)
# "Common mistake.", which the next sentence shows
_LABEL = re.compile(r"\W*(?:[^\W\u2e80-\u9fff]+\W+){1,4}|\W*[\u2e80-\u9fff]{2,8}\W*")
_SOON = 60  # characters behind a formula
_APART = re.compile(r"[,;:，；：、.(（—–]|(?<!\w)(?:but|and|aber|und|mais|et|pero|y|ma|e|mas|но|а)(?!\w)|而")
_ONWARD = re.compile(
    r"(?i)^(?:so|hence|therefore|thus|and|because|since|while|whereas|but|also|daher|also|somit|denn|weil|und|aber"
    r"|donc"
    r"|car|et|mais|así|luego|pues|porque|y|pero|quindi|perché|e|ma|logo|mas|поэтому|так как|и|но)(?!\w)"
    r"|^(?:所以|因此|因为|故|而|但|ので|から)"
)


def mistakes(note: Note) -> Iterator[Quotation]:
    label = False
    for sentence, _ in note.spoken:
        text = sentence.text
        if sentence.heading:
            label = False
            continue
        formulas = [(number, run) for number, run in enumerate(sentence.runs) if _is_formula(run)]
        ends = [text.find(f"⟦{number}⟧") for number, _ in formulas]
        starts = [0, *(end + len(f"⟦{number}⟧") for end, (number, _) in zip(ends, formulas, strict=True))]
        parts = [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True)]
        for at, (_, run) in enumerate(formulas):
            shown = label and not _RIGHT.search(parts[at])
            if shown or _leads(parts[at], at > 0) or _follows(parts[at + 1], at + 1 < len(formulas)):
                yield Quotation(run.span)
        if sentence.after and ((label and not _RIGHT.search(parts[-1])) or _leads(parts[-1], len(parts) > 1)):
            yield Quotation(sentence.after[0].span)
        if sentence.before and _follows(parts[0], len(parts) > 1):
            yield Quotation(sentence.before[0].span)
        label = not sentence.runs and _LABEL.fullmatch(f"{text} ") is not None and _is_called(text)


def _is_called(words: str) -> bool:
    """Whether words speak of a mistake, and of nothing right behind it."""
    found = list(_CALLED.finditer(words))
    return bool(found) and not _RIGHT.search(words, found[-1].end())


def _leads(words: str, behind: bool) -> bool:
    """Whether the words before a formula call it wrong; behind another formula only what is apart from it."""
    if behind:
        match = _APART.search(words)
        words = words[match.end() :] if match else ""
        if match and re.match(r"\s*(?:which|what|was|ce qui|lo cual|lo que|que|che|o que|что|这|这是)(?!\w)", words):
            words = ""
    words = re.split(r"[;；]", words)[-1]
    return _is_called(words) or _WARNED.search(words) is not None


def _follows(words: str, before: bool) -> bool:
    """Whether the words behind a formula call it wrong: those up to the next comma."""
    if _DENIED.search(words):
        return True
    lead = re.match(r"[\s,，(（—–\"”»'’*_]*", words)
    words = words[lead.end() : lead.end() + _SOON]
    if before and "," in lead[0] and not re.match(r"(?:which|what|was|ce qui|lo cual|que|che|o que|что|这)", words):
        return False
    match = _APART.search(words)
    return not _ONWARD.search(words) and _is_called(words[: match.start()] if match else words)


def _is_formula(run: Run) -> bool:
    return any(token.kind == "relation" for token in run.tokens)
