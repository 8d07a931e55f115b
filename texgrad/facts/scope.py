"""A place in a sentence in, how far it reaches out: "if A is symmetric" is true in its sentence alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from texgrad.columns import row_at
from texgrad.facts.fact import HYPOTHESES, Declaration, Fact, Hold
from texgrad.facts.languages import CONDITIONS
from texgrad.facts.mooted import ASKED, DEMANDED, UNREAL
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import compact
from texgrad.source import Span

# A condition reaches over what follows it in the sentence, up to a full clause break.
_LOOK_AHEAD = 12
_WITH = re.compile(r"(?i)(?<!\w)(?:with|mit|avec|con|com|с)(?!\w)[^⟦⟧.,;:]{0,30}$")
_FOR = re.compile(r"(?i)(?:(?<!\w)(?:for|with|für|mit|pour|avec|para|con|per|для|с)(?!\w)|对于?)[^⟦⟧.,;:，。]{0,40}$")
# "in the special case U^T U = I"
_SPECIAL = re.compile(
    r"(?i)\b(?:in the (?:(?:special|particular) )?case(?: where| when| that| of)?|im (?:spezial|sonder)fall"
    r"|in particular|special case|taking|setting|choosing|insbesondere|speziell|setzt man|en particulier|en prenant"
    r"|en particular|tomando|in particolare|prendendo|em particular|в частности|взяв|nói riêng|đặc biệt"
    r"|dans le cas (?:particulier|spécial)|en el caso (?:particular|especial)|nel caso (?:particolare|speciale)"
    r"|no caso (?:particular|especial)|в (?:частном|особом) случае|trường hợp đặc biệt)[^⟦.;]{0,20}$"
    r"|特殊(?:情形|情况)[^。；，⟦]{0,8}$|(?:特别地?|特に)[，、]?[^。；，⟦]{0,6}$|取[^。；，⟦]{0,2}$"
)
# How a sentence begins that supposes something from there on.
_OPENING = re.compile(
    r"(?i)^\W*(?:(?:now|next|then|finally|also|so),? )?(?:let|suppose|assume|consider|take)\b|^\W*now\b"
    r"|^\W*(?:(?:nun|jetzt|es) )?(?:seien|sei|angenommen|betrachte\w*|nehmen wir)\b|^\W*(?:nun|jetzt)\b"
    r"|^\W*(?:maintenant,? )?(?:soient|soit|supposons|considérons|prenons)\b|^\W*maintenant\b"
    r"|^\W*(?:(?:ahora|ora|agora),? )?(?:sean?|supong\w+|consider\w+|siano|sia|supponiamo|sejam|seja|suponha\w*)\b"
    r"|^\W*(?:теперь )?(?:пусть|предположим|рассмотрим)\b|^\W*теперь\b|^\W*(?:现在)?(?:设|假设|令|考虑|现在)"
    r"|^\W*(?:いま|今)|^\W*(?:bây giờ )?(?:cho|giả sử|xét)\b"
)
# ... or says that something is so later on, or in many cases.
_LATER = re.compile(
    r"(?i)\b(?:from (?:now|here) on|later|henceforth|below|in the (?:next|following|sequel)|often|usually|typically"
    r"|in (?:many|most|some)|frequently|oft|häufig|meist|später|ab (?:hier|jetzt)|im (?:nächsten|folgenden)|in vielen"
    r"|souvent|désormais|(?:par|dans) la suite|a menudo|en adelante|más adelante|spesso|d['’]ora in poi|в дальнейшем"
    r"|далее|часто|обычно)\b|今后|以后|下文|下面|接下来|往往|通常|以下"
)
_ALWAYS = re.compile(
    r"(?i)\b(?:throughout|always|everywhere|durchweg|stets|immer|überall|toujours|partout|siempre|sempre|всюду|везде"
    r"|всегда|luôn)\b|始终|总是|通篇|つねに|常に|以上"
)
GIVEN = re.compile(r"(?i), (?:where|wobei|où|donde|dove|onde|где)(?!\w)|[，,]其中")  # what stands behind is given
_OF_A_ROW = re.compile(  # the head of a column of a table that says when a row holds
    r"(?i)^\W*$|^\W*(?:where|when|if|for|with|requires?|needs?|wobei|falls|für|où|si|pour|donde|dove|se|где|если)\W*$|"
    r"condition|assum|hypothes|remark|comment|notes?\b|valid|voraussetzung|bedingung|bemerkung|annahme|remarque|"
    r"hypothèse|condici[oó]n|hip[oó]tesis|observaci[oó]n|condizion|ipotesi|услови|примечан|条件|备注|说明|前提|備考"
)
_RELATION = re.compile(r"=|\\(?:succ|in|ge|ne)(?:q|eq)?(?![a-zA-Z])|>")
_CALCULUS = re.compile(r"\\partial|\\nabla|\\frac\{d|\\differential|'$")
# min f(x), not the maximum of some numbers, \max(0, z)
EXTREMUM = re.compile(
    r"\\(?:min|max)(?![a-zA-Z])(?!\s*(?:\\left\s*)?(?:\(|\\\{))|\\operatorname\*?\{(?:min|max)imi[sz]e\}"
)


def from_here(facts: Iterable[Fact], sentence: Sentence) -> Iterator[Fact]:
    """Facts, a hypothesis with the sentence that it is said in: "let A be symmetric" holds from there on.

    What the sentence only wishes for, calls a mistake or asks is no hypothesis.
    """
    demanded = ASKED.search(sentence.text) and DEMANDED.search(sentence.text)
    for fact in facts:
        if isinstance(fact, Declaration) and fact.properties & HYPOTHESES:
            before = sentence.text[: bisect_left(sentence.offsets, fact.span.start)]
            if demanded or UNREAL.search(before):
                fact = replace(fact, properties=fact.properties - HYPOTHESES - {"square"})
        if not isinstance(fact, Declaration) or fact.hold != "note" or not fact.properties & HYPOTHESES:
            yield fact
            continue
        before = sentence.text[: bisect_left(sentence.offsets, fact.span.start)]
        opens = _OPENING.search(sentence.text) or any(each.search(before) for each in (_LATER, _WITH, _FOR))
        onward = bool(opens) and not _ALWAYS.search(sentence.text)
        yield replace(fact, reach=sentence.reach, onward=onward)


def hold_at(sentence: Sentence, position: int) -> tuple[Hold, Span | None]:
    """The hold of a hypothesis at this place, and the stretch it is true in (none for the rest of the note)."""
    if sentence.formula is not None:
        return "formula", sentence.formula
    row = conditions_of_row(sentence, position)
    if row is not None:
        return "sentence", row
    if conditional(sentence.text, position) and not _of_a_problem(sentence, position):
        return ("note", None) if defining(sentence, position) else ("sentence", sentence.reach)
    return "note", None


def supposed_at(sentence: Sentence, position: int) -> tuple[Hold, Span | None]:
    """The same of what words say of a symbol."""
    if sentence.formula is not None:
        return "formula", sentence.formula
    row = conditions_of_row(sentence, position)
    if row is not None:
        return "sentence", row
    supposed = conditional(sentence.text, position) or accompanying(sentence, position)
    if supposed and not defining(sentence, position):
        return "sentence", sentence.reach
    return "note", None


def conditions_of_row(sentence: Sentence, position: int) -> Span | None:
    """What stands before a place in the row of a table, where it says the conditions of the row."""
    here = sentence.offsets[position] if position < len(sentence.offsets) else None
    row = row_at(sentence.source, here) if here is not None else None
    return Span(sentence.source, row[0], here) if row is not None and _OF_A_ROW.search(row[1]) else None


def defining(sentence: Sentence, position: int) -> bool:
    """Whether a sentence defines by the symbol that it says something of: "f(x) = x^T A x for a symmetric A"."""
    text = sentence.text
    place = text.find("⟦", position)
    if place < 0 or not _FOR.search(text[:place]):
        return False
    name = _RELATION.split(sentence.run_at(place).compact)[0]  # the X of "for X > 0"
    return any(name != left and not _CALCULUS.search(left) and any(name in other for other in others)
               for left, *others in _equations((*sentence.runs, *sentence.after)))  # fmt: skip


def _equations(runs: Iterable[Run]) -> Iterator[list[str]]:
    """The sides of each equation."""
    for clause in (clause for run in runs for clause in run.clauses if len(clause.members) > 1):
        yield [compact(member) for member in clause.members]


def accompanying(sentence: Sentence, position: int) -> bool:
    """Whether a symbol comes with its property in front of a derivative: "with a symmetric A, \\partial ... = ..."."""
    text = sentence.text
    place = text.find("⟦", position)
    if place < 0 or not _WITH.search(text[:place]):
        return False
    behind = (*sentence.runs[text.count("⟦", 0, place) + 1 :], *sentence.after)
    return any(_CALCULUS.search(left) for left, *_ in _equations(behind))


def _of_a_problem(sentence: Sentence, position: int) -> bool:
    """Whether the conditions of a place are those of a problem, min f(x) subject to A x = b: they hold from there."""
    before = sentence.runs[: sentence.text.count("⟦", 0, position)]
    return any(EXTREMUM.search(run.span.text) for run in before)


def conditional(text: str, position: int) -> bool:
    """Whether words like "if", "for", "when" before the place, or "时" behind it, make it a condition."""
    start = max(text.rfind(mark, 0, position) for mark in ("; ", ": ", "：", "；"))
    before = GIVEN.split(text[start + 1 : position])[-1]
    if CONDITIONS.before.search(before) or _SPECIAL.search(before):
        return True
    after = text[position : position + _LOOK_AHEAD]
    return CONDITIONS.after.search(after) is not None
