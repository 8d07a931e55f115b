"""Sentences in, the families of numbers out that are the eigenvalues or singular values of a matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import read_name

ORDER = 64  # where two facts stand at one place, the word of the higher order comes last

_PLACED, _OF = r"⟦(?P<{}>\d+)⟧", r"(?:of|von|der matrix|de|di|da|của|матрицы)"
_THE = r"(?:the |die |der |les |los |las |os |i |gli )?"
_ARE = r"(?:are|denote|be|being|is|sind|seien|sont|son|sean|sono|são|là|—|-|:)"
_WORDS = {
    "singular_values": r"(?:singular values|singulärwerte|valeurs singulières|valores singulares|valori singolari|"
    r"сингулярн\w+ (?:числа|значения)|giá trị kỳ dị)",
    "eigenvalues": r"(?:eigenvalues|eigenwerte|valeurs propres|autovalores|valores propios|autovalori|"
    r"собственн\w+ (?:числа|значения)|giá trị riêng)",
}
_HAN = {"singular_values": r"(?:奇异值|特異値)", "eigenvalues": r"(?:特征值|固有値)"}
_NAME, _MATRIX = _PLACED.format("name"), _PLACED.format("of")
_SAID = {
    op: tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
        # "d_j (are) the singular values of X", "the eigenvalues \\lambda_i of S"
        rf"{_NAME},? (?:{_ARE} )?{_THE}{word} {_OF} {_MATRIX}",
        rf"{word} {_NAME} {_OF} {_MATRIX}",
        # "S has (with) eigenvalues \\lambda_1 \\ge \\dots"
        rf"{_MATRIX},? (?:has|have|with|having|hat|mit|a|avec|tiene|con|ha|имеет|с) {_THE}{word} {_NAME}",
        # "the SVD X = U \\Sigma V^T and the singular values \\sigma_1, \\dots, \\sigma_p"
        rf"{_MATRIX},? (?:and|und|et|y|e|и) {_THE}{word} {_NAME}(?! {_OF} ⟦)",
        rf"{word} {_OF} {_MATRIX} {_ARE} {_NAME}",
        rf"{_MATRIX} ?(?:的|の){_HAN[op]}(?:分别)?(?:为|是|を|は)? ?{_NAME}",
        rf"{_NAME} ?(?:是|为|は|を) ?{_MATRIX} ?(?:的|の){_HAN[op]}",
    ))
    for op, word in _WORDS.items()
}  # fmt: skip


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for op, patterns in _SAID.items():
            for match in (match for pattern in patterns for match in pattern.finditer(sentence.text)):
                yield from _spectrum(op, _run(sentence, match["name"]), _run(sentence, match["of"]))


def _run(sentence: Sentence, number: str) -> Run:
    return sentence.runs[int(number)]


def _spectrum(op: str, names: Run, matrix: Run) -> Iterator[Convention]:
    """The d_j of a family, the largest first; a d without an index is something else."""
    base, whole = names.tokens[:1], matrix.names[0] if len(matrix.names) == 1 else None
    numbered = len(names.tokens) > 2 and names.tokens[1].text == "_" and read_name(base) is not None
    if numbered and whole is not None and whole.flavour[0] and not (whole.call or whole.family):
        yield Convention("spectrum", f"{read_name(base).name}={op}({whole.name})", names.span.to(matrix.span))
