"""Sentences in, what symbols are said to depend on out: "if the elements of A depend on a scalar t"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from texgrad.facts.atoms import LIST, Clause, atoms_of, bracketed, names_of
from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.phrases import is_subject
from texgrad.facts.saying import Said, declare

ORDER = 40  # where two facts stand at one place, the word of the higher order comes last

_PARTS = re.compile(
    r"(?i)(?:elements?|entries|components|coefficients?|einträge|elemente|komponenten|éléments|composantes|elementos|"
    r"entradas|componentes|coeficientes|elementi|componenti|coefficienti|элементы|компоненты|коэффициенты)\s+(?:\w+\s*)?$"
)
_DEPENDS = re.compile(rf"(?P<subject>{LIST})[xq]*V[xaK]*(?P<of>{LIST})")
_DENIED = re.compile(r"[NIJ][xa]*$")


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        if not sentence.runs or sentence.formula is not None:
            continue
        atoms = list(atoms_of(sentence, language, note.letters))
        if "V" not in {atom.letter for atom in atoms}:
            continue
        for clause, subject in bracketed(atoms, sentence, language):
            for declaration in () if subject else _dependent(clause):
                # in another section the letter may be another one's
                reach = note.section_from(declaration.span, sentence.runs[0].piece)
                yield replace(declaration, hold="sentence", reach=reach)


def _dependent(clause: Clause) -> Iterator[Declaration]:
    """A depends on t; the elements of A depend on a scalar t; A 依赖于 t."""
    for match in _DEPENDS.finditer(clause.letters):
        before = clause.sentence.text[: clause.atoms[match.start()].start]
        whole = is_subject(clause, match.start()) and not _DENIED.search(clause.letters[: match.start()])
        names = names_of(clause.atoms[match.start("subject") : match.end("subject")])
        if (whole or _PARTS.search(before)) and not any(name.call for name in names):
            on = names_of(clause.atoms[match.start("of") : match.end("of")])
            said = Said().of_kind("function").depending_on(tuple(name.member or name.name for name in on))
            yield from declare(names, said, "note", None)
