"""Facts in, the pairs of declarations out that cannot both hold: one name with two sizes or kinds in one section."""

from __future__ import annotations

import re
from collections.abc import Iterable

from texgrad.document import Document
from texgrad.facts.fact import DISTRIBUTIONS, Declaration, Fact
from texgrad.facts.languages import LANGUAGES

# Words that take a symbol anew.
_FRESH = re.compile(
    "|".join(
        rf"(?<!\w)(?:{language.words['let']})(?!\w)" if language.spaced else language.words["let"]
        for language in LANGUAGES.values()
    ),
    re.IGNORECASE,
)
# ... or for a case beside the note's own: "if instead the samples are columns, X is D x N"
_BESIDE = re.compile(
    r"(?i)(?<!\w)(?:if|instead|alternatively|others?|some (?:authors|books|people)|wenn|falls|"
    r"stattdessen|manche|si|sinon|d['’]autres|certains|en cambio|algunos|se|invece|alcuni|alguns|если|некоторые)(?!\w)|"
    r"如果|若|有的|有些|也有|もし|場合"
)
_DELIMITER, _STOP = re.compile(r"\$|\\[()\[\]]"), re.compile(r"[.!?]\s|[。；！？]|\n\s*\n")
_RANK = {"scalar": 0, "vector": 1, "row": 1, "column": 1, "matrix": 2}


def contradictions(document: Document, facts: Iterable[Fact]) -> list[tuple[Declaration, Declaration]]:
    """The contradictions of a note, each name once in a section: a new section may use a name anew."""
    found: list[tuple[Declaration, Declaration]] = []
    known: dict[tuple[int, str, tuple[str, ...]], Declaration] = {}
    told: set[tuple[int, str]] = set()
    starts = [piece.span().start for piece in document.pieces if piece.kind == "heading" and piece.text]
    for fact in facts:
        if not isinstance(fact, Declaration) or fact.hold != "note" or fact.span.source is not document.source:
            continue
        labels = fact.properties & DISTRIBUTIONS  # "one-hot labels Y": a matrix of them as well as one
        if fact.kind not in _RANK or fact.directive or labels:
            continue
        section = sum(start <= fact.span.start for start in starts)
        key = (section, fact.name, fact.family)
        earlier = known.get(key)
        if earlier is not None and _introduced(earlier, fact):
            known[key] = fact  # "let A be": a symbol taken anew
            continue
        apart = earlier is not None and _differ(earlier, fact) and not _together(earlier, fact)
        if apart and (section, fact.name) not in told:
            told.add((section, fact.name))
            found.append((earlier, fact))
        if earlier is None or (earlier.dims is None and fact.dims is not None):
            known[key] = fact
    return found


def _introduced(earlier: Declaration, fact: Declaration) -> bool:
    """Whether a word like "let" or "if" stands before the declaration in its sentence, and behind the earlier one."""
    text, start = fact.span.source.text, fact.span.start
    begin = max(text.rfind(mark, max(start - 300, 0), start) for mark in (". ", ".\n", "\n\n", "。", "；"))
    return any(words.search(text, max(begin, earlier.span.end), start) for words in (_FRESH, _BESIDE))


def _together(earlier: Declaration, fact: Declaration) -> bool:
    """Whether one formula says both, I = (I_1, ..., I_m), or the words behind it a kind: of another symbol in it."""
    between = fact.span.source.text[earlier.span.end : fact.span.start]
    return not _DELIMITER.search(between) or (fact.dims is None and not _STOP.search(between))


def _differ(first: Declaration, second: Declaration) -> bool:
    """A matrix of m x n and one of n x m differ; so do a vector and a matrix; sizes under other names may be equal."""
    if _RANK[first.kind or ""] != _RANK[second.kind or ""]:
        return True
    if first.dims is None or second.dims is None or len(first.dims) != len(second.dims):
        return False
    if len(first.dims) == 2 and first.dims == second.dims[::-1] and first.dims[0] != first.dims[1]:
        return True
    return any(
        isinstance(a, int) and isinstance(b, int) and a != b for a, b in zip(first.dims, second.dims, strict=True)
    )
