"""Headings in, which hypotheses end with their sections out: those of an exercise, and what a heading itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from texgrad.facts.fact import DISTRIBUTIONS, HYPOTHESES, NORMED, Declaration, Fact, Unread, Withdrawal
from texgrad.facts.note import Note
from texgrad.source import Span

_ENDED = HYPOTHESES | DISTRIBUTIONS
_OF_VECTORS = NORMED | DISTRIBUTIONS | {"orthogonal"}
_EXERCISE = re.compile(
    r"(?i)\W*(?:\d+(?:\.\d+)*[.)]? )?(?:(?:worked )?examples?|exercises?|problems?|questions?|tasks?|beispiele?"
    r"|(?:übungs)?aufgaben?|übung(?:en)?|exemples?|exercices?|ejemplos?|ejercicios?|problemas?|esempi?o?|esercizio?|exemplos?|exercícios?"
    r"|пример\w*|задач\w*|упражнени\w*|ví dụ|bài tập)(?!\w)|\W*(?:例|例题|例題|习题|練習|演習|問題?|练习)\W{0,2}\d*"
)
# What a heading may say of the exercise above it
_SOLUTION = re.compile(
    r"(?i)\W*(?:solutions?|answers?|proof|hints?|remarks?|checks?|lösung|antwort|beweis|hinweis|tipp|corrigé|réponse"
    r"|preuve|démonstration|indication|soluci[oó]n|respuesta|demostración|pista|soluzione|dimostrazione|solução|resposta"
    r"|demonstração|решение|ответ|доказательство|указание|lời giải|chứng minh)(?!\w)|\W*(?:解|证明|答|提示|略解|ヒント)"
)


def find_left(note: Note, found: Sequence[Fact]) -> Iterator[Fact]:
    """At the end of each such section the hypotheses on symbols that nothing before it has hypotheses on.

    Where an exercise only speaks of a symmetric matrix, later ones may speak of the same one, unless they declare it
    anew. What needs a hypothesis that has ended so is neither right nor wrong.
    """
    said = [fact for fact in found if isinstance(fact, Declaration) and not fact.directive and fact.hold == "note"
            and fact.properties & _ENDED]  # fmt: skip
    left: set[int] = set()  # what has ended with earlier sections
    for start, heading, stop, end in _sections(note) if said else ():
        here = [fact for fact in said if fact.span.source is end.source and fact.span.start < end.start]
        before = {fact.name for fact in here if fact.span.start < start and id(fact) not in left}
        for fact in (fact for fact in here if start <= fact.span.start < stop and fact.name not in before):
            anew = any(isinstance(each, Declaration) and each.name == fact.name and each.dims
                       and each.span.start >= end.start for each in found)  # fmt: skip
            titled = fact.span.start < heading
            properties = fact.properties & (_ENDED if titled or anew else _OF_VECTORS)
            if properties:
                left.add(id(fact))
                names = frozenset((fact.name,))
                yield Withdrawal(end, names, properties)
                if not anew:
                    yield Unread(end, names, "other" if properties & _OF_VECTORS else "symmetric", general=True)


def _sections(note: Note) -> Iterator[tuple[int, int, int, Span]]:
    """Where a section begins, the end of its heading, how far what it supposes is its own, the heading behind it.

    Of an exercise it is all, else what stands in the heading: "The case A = A^T".
    """
    pieces = note.document.pieces
    headings = [at for at, piece in enumerate(pieces) if piece.kind == "heading" and piece.offsets]
    for at in headings:
        heading, start = pieces[at], pieces[at].span().start
        behind = (each for each in headings if each > at and pieces[each].level <= heading.level
                  and any(piece.kind == "break" for piece in pieces[at:each]))  # fmt: skip
        exercise = _EXERCISE.match(heading.text) is not None
        end = next((each for each in behind if not (exercise and _SOLUTION.match(pieces[each].text))), None)
        if end is None or pieces[end].source is not heading.source:
            continue
        last = next(each for each in range(at, end) if pieces[each + 1].kind not in ("heading", "math"))
        titled = pieces[last].span().end
        yield start, titled, pieces[end].span().start if exercise else titled, pieces[end].span()
