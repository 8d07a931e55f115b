"""Sentences in, the formulas out that they call wrong ("a common mistake is ..."): what is quoted, not claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Fact, Quotation
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence

ORDER = 80  # where two facts stand at one place, the word of the higher order comes last

# ... or tell from what holds: "it is A, not B", "sondern nicht", "而不是".
_DENIED = re.compile(
    r"(?i)(?:(?<!\w)(?:is|are|gives?|and|but)|[,;(—–-])\s*(?:certainly |in general )?not(?: just| simply)?\s*$"
    r"|(?:und|,)\s*nicht\s*$|(?:et|,)\s*non(?: pas)?\s*$|(?:y|,)\s*no\s*$|(?:e|,)\s*n(?:on|ão)\s*$|(?:а|и|,)\s*не\s*$"
    r"|(?:而不是|并不是|而非|不等于|并非)\s*$"
)
_STRUCK = re.compile(r"~~(.+?)~~", re.DOTALL)


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        before, after = language.wrong
        for index, run in enumerate(sentence.runs):
            start = sentence.text.find(f"⟦{index}⟧")
            stop = start + len(f"⟦{index}⟧")
            ahead = sentence.text[:start]
            if _is_formula(run) and (
                before.search(ahead) or _DENIED.search(ahead) or after.search(sentence.text[stop:])
            ):
                yield Quotation(run.span)
        # "A common mistake is" and then the formula as a display.
        ending = sentence.text.rstrip(" :：")
        if (sentence.after and before.search(ending + " ")) or (sentence.after and before.search(sentence.text)):
            yield Quotation(sentence.after[0].span)
        if sentence.before and after.search(sentence.text):
            yield Quotation(sentence.before[0].span)
        yield from _struck(sentence)


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
