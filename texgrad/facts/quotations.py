"""Sentences in, the formulas out that they quote and do not claim: "a common mistake is ...", "is it true that"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from texgrad.facts import mooted
from texgrad.facts.fact import Fact, Quotation
from texgrad.facts.mistaken import mistakes
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence

ORDER = 80  # where two facts stand at one place, the word of the higher order comes last

# ... or tell from what holds: "it is A, not B", "sondern nicht", "而不是".
_DENIED = re.compile(
    r"(?i)(?:(?<!\w)(?:is|are|gives?|and|but)|[,;(—–-]|^\W*)\s*(?:certainly |in general |generally )?not"
    r"(?: just| simply| always| necessarily| in general)?\s*$"
    r"|(?:und|aber|also|im allgemeinen|,|^\W*)\s*nicht(?: immer| notwendig(?:erweise)?| unbedingt| einfach| etwa)?\s*$"
    r"|(?:et|mais|,|^\W*)\s*(?:en général )?(?:non|pas)(?: pas| toujours| forcément| en général)?\s*$"
    r"|(?:y|pero|,|^\W*)\s*(?:en general )?no(?: siempre| necesariamente)?\s*$"
    r"|(?:e|ma|mas|,|^\W*)\s*(?:in generale |em geral )?n(?:on|ão)(?: sempre| necessariamente)?\s*$"
    r"|(?:а|и|но|,|^\W*)\s*(?:вообще говоря )?не(?: всегда| обязательно)?\s*$"
    r"|(?:而不是|并不是|而非|不等于|并非|不一定有?|未必有?|一般不等于|不总是)\s*$"
)
# An item of a list that begins with a formula.
_ITEM = re.compile(r"\W*(?:\d+|[a-z])?\W*⟦")
_STRUCK = re.compile(r"~~(.+?)~~", re.DOTALL)


def find(note: Note) -> Iterator[Fact]:
    """Each formula once."""
    yield from {(quoted.span.start, quoted.span.end): quoted for quoted in (*_found(note), *mistakes(note))}.values()


def _found(note: Note) -> Iterator[Quotation]:
    sentences = [sentence for sentence, _ in note.spoken]
    for number, (sentence, language) in enumerate(note.spoken):
        before, after = language.wrong
        scaled = mooted.SCALED.search(sentence.text) is not None
        for index, run in enumerate(sentence.runs):
            start = sentence.text.find(f"⟦{index}⟧")
            ahead, behind = sentence.text[:start], sentence.text[start + len(f"⟦{index}⟧") :]
            if _is_formula(run) and (
                scaled or any(pattern.search(ahead) for pattern in (before, mooted.BEFORE, _DENIED))
                or any(pattern.search(behind) for pattern in (after, mooted.AFTER))
            ):  # fmt: skip
                yield Quotation(run.span)
        # "A common mistake is" and then the formula as a display.
        ending = sentence.text.rstrip(" :：") + " "
        if sentence.after and (
            scaled or before.search(sentence.text) or before.search(ending) or mooted.BEFORE.search(ending)
        ):
            yield Quotation(sentence.after[0].span)
        if sentence.before and (after.search(sentence.text) or mooted.AFTER.search(sentence.text)):
            yield Quotation(sentence.before[0].span)
        yield from _struck(sentence)
        yield from _asked(sentence, sentences[number + 1 : number + 2])
        if mooted.TESTED.search(sentence.text):
            yield from _tested(note, sentences, number)


def _asked(sentence: Sentence, following: Sequence[Sentence]) -> Iterator[Quotation]:
    """The formulas of a question; "why is A = B?" takes it for granted."""
    if sentence.after and not mooted.GRANTED.search(sentence.text):
        # "Is it true that", a display, "for all x?"
        goes_on = any(re.match(r"[a-zа-я?？]", each.text) and mooted.ASKED.search(each.text) for each in following)
        ending = sentence.after[0].tokens[-1].text
        if ending == "?" or (goes_on and ending != "."):
            yield Quotation(sentence.after[0].span)
    if not mooted.ASKED.search(sentence.text):
        return
    for index, run in enumerate(sentence.runs):
        if _is_formula(run) and not mooted.GRANTED.search(sentence.text[: sentence.text.find(f"⟦{index}⟧")]):
            yield Quotation(run.span)


def _tested(note: Note, sentences: Sequence[Sentence], number: int) -> Iterator[Quotation]:
    """What a sentence puts to the test: its formulas, the display or the list behind it; else those before it."""
    sentence, found = sentences[number], []
    found += [run for run in (*sentence.runs, *sentence.after) if _is_formula(run)]
    listed = number + 1
    while listed < len(sentences) and _ITEM.match(sentences[listed].text) and not sentences[listed].heading:
        found += [run for run in (*sentences[listed].runs, *sentences[listed].after) if _is_formula(run)]
        listed += 1
    if listed == number + 1:
        following = sentences[listed].span().start if listed < len(sentences) else float("inf")
        found += [run for run in note.runs if run.display and run.span.source is sentence.source
                  and sentence.end <= run.span.start < following]  # fmt: skip
    if not found and number and not sentences[number - 1].heading:
        found += [*sentences[number - 1].runs, *sentences[number - 1].after, *sentence.before]
    yield from (Quotation(run.span) for run in found)


def _is_formula(run: Run) -> bool:
    return any(token.kind == "relation" for token in run.tokens)


def _struck(sentence: Sentence) -> Iterator[Quotation]:
    """Formulas between ~~ and ~~ in the source."""
    if not sentence.runs:
        return
    text = sentence.source.text
    for run in sentence.runs:
        line_start = text.rfind("\n\n", 0, run.span.start) + 1
        line_end = text.find("\n\n", run.span.end)
        around = text[line_start : len(text) if line_end < 0 else line_end]
        if "~~" not in around:
            continue
        for match in _STRUCK.finditer(around):
            if match.start() + line_start < run.span.start and run.span.end < match.end() + line_start:
                yield Quotation(run.span)
