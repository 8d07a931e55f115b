"""Sentences in, which letter names the rows or the columns of a matrix out: x_i beside X and the word for a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import TRANSPOSED, Name

ORDER = 55  # where two facts stand at one place, the word of the higher order comes last

_PLACED = re.compile(r"⟦(\d+)⟧")
_APART = re.compile(r"[.;:!?](?:\s|$)|[。；！？]")
_ENDED = re.compile(r"[.!?](?:\s|$)|[。！？]")
# a_i^T is the i-th row of G: words between a line and the word for it, and between that and a matrix of another letter
_IS = re.compile(
    r"\s*(?:be|is|are|denotes?|being|sind|seien|ist|sei|die|soient|sont|est|soit|les|sean|son|es|sea|las|los|siano|sono|"
    r"sia|sejam|são|é|seja|—|–|это|обозначает|是|为|表示)(?:\s+(?:the|die|der|les|la|las|los|le|i|as|os|a|o))?"
    r"(?:\s*(?:⟦\d+⟧|第\s*⟦\d+⟧)[\w.-]{0,4})?\s*"
)
_OF = re.compile(r"\s*(?:of|von|der|des|de|du|di|da|do|the|la|matrix|Matrix|matrice|matriz|матрицы)?"
                 r"(?:\s+(?:the|la|matrix|Matrix|matrice|matriz|der|a))*\s*")  # fmt: skip
# x^{(i)\\top}, (x^{(i)})^T
_TURNED = re.compile(
    r"\(?(?P<base>\\(?:mathbf|boldsymbol|bm|vec)\{\\?[a-z]+\}|[a-z])(?:\^\{\([a-z]\)(?:\\top|\\intercal|T)?\}|_\{?[a-z]\}?)\)?"
    rf"(?:{TRANSPOSED})?"
)
_NEAR, _FAR = 25, 60  # characters between the word and the letter of a line, between the word and the matrix


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        yield from in_sentence(sentence, language)


def in_sentence(sentence: Sentence, language: Language) -> Iterator[Fact]:
    words = [(match, held) for held, pattern in language.line_words for match in pattern.finditer(sentence.text)]
    if not words:
        return
    lines, wholes = [], []
    for placed in _PLACED.finditer(sentence.text):
        run = sentence.runs[int(placed[1])]
        line, whole = _line(run), _whole(run)
        if line is not None:
            lines.append((placed, line))
        elif whole is not None:
            wholes.append((placed, whole))
    for placed, line in lines:
        word = _nearest(sentence.text, placed, words, _NEAR)
        named = _named(sentence.text, placed, words, wholes)
        if named is not None:
            (match, held), whole = named
            yield Convention(f"{held}-are-samples", f"{whole.name}={line.name}", sentence.span(match.start()))
            continue
        same = [(place, whole) for place, whole in wholes if _letter(whole) == _letter(line)]
        if word is None or not same:
            continue
        match, held = word
        matrix = _nearest(sentence.text, match, same, _FAR, _ENDED)  # X; its i-th row is x_i
        if matrix is not None:
            yield Convention(f"{held}-are-samples", f"{matrix[1].name}={line.name}", sentence.span(match.start()))


def _named(text: str, line: re.Match, words: list[tuple], wholes: list[tuple]) -> tuple | None:
    """The word and the matrix of "let a_1^T, ..., a_m^T be the rows of G", whatever the letters."""
    for word in words:
        if not _IS.fullmatch(text[line.end() : max(word[0].start(), line.end())]):
            continue
        for place, whole in wholes:
            if place.start() > word[0].end() and _OF.fullmatch(text[word[0].end() : place.start()]):
                return word, whole
    return None


def _nearest(text: str, place: re.Match, others: list[tuple], far: int,
             apart: re.Pattern[str] = _APART) -> tuple | None:  # fmt: skip
    """The nearest of the others, with nothing between that parts them and at most so many characters away."""
    found = []
    for other in others:
        first, second = sorted((place, other[0]), key=lambda match: match.start())
        between = text[first.end() : second.start()]
        if len(between) <= far and not apart.search(between):
            found.append((len(between), other))
    return min(found, key=lambda item: item[0])[1] if found else None


def _line(run: Run) -> Name | None:
    """x in x_i, x_i^T or x_1, ..., x_n."""
    bases = {_base(name) for name in run.names}
    turned = _TURNED.fullmatch(run.compact) if not run.names else None
    if turned is not None:
        return Name(re.sub(r"\\(?:boldsymbol|bm|vec)\{", r"\\mathbf{", turned["base"]), run.span)
    if not run.names or None in bases or len(bases) != 1:
        return None
    name = Name(bases.pop() or "", run.names[0].span)
    return None if name.flavour[0] or any(each.call or each.primed for each in run.names) else name


def _base(name: Name) -> str | None:
    text = name.member or name.name
    base, mark, _ = text.rpartition("_{")
    if not mark and text.endswith(")}"):  # x^{(i)}
        base, mark, _ = text.rpartition("^{(")
    return base if mark and "_{" not in base else None


def _whole(run: Run) -> Name | None:
    """X, with its set or without."""
    names = run.names
    if len(names) != 1 or names[0].family or names[0].member or names[0].transposed or names[0].call:
        return None
    return names[0] if names[0].flavour[0] else None


def _letter(name: Name) -> str:
    return re.sub(r"^\\math[a-z]+\{(.*)\}$", r"\1", name.name).lstrip("\\").lower()
