"""A sentence in, its atoms out: symbols, sizes, known words of its language, each with the letter of its word class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from texgrad.facts.languages import Language
from texgrad.facts.sentences import Sentence
from texgrad.facts.spaces import Space, read_space
from texgrad.facts.symbols import Name, Size

_SIZED = re.compile(
    r"(?<![\w⟦])(?P<rows>[a-zA-Z]|\d+)\s*(?:×|x|by|\*)\s*(?P<columns>[a-zA-Z]|\d+)(?![\w⟧])(?!\s*[=+])"
    # the shape of an array: W is (D, M), of shape (n, 1)
    r"|(?:(?<=\bis )|(?<=\bare )|(?<=\ball )|(?<=\brow )|(?<=\bvector )|(?<=\bmatrix )|(?<=\barray ))"
    r"\((?P<high>[A-Z]|[1-9]\d*), ?(?P<wide>[A-Z]|[1-9]\d*)\)"
    r"|(?:(?<=shape )|(?<=shape: )|(?<=size )|(?<=形状为)|(?<=形状は)|(?<=形状 ))"
    r"\((?P<above>[a-zA-Z]|\d+), ?(?P<beside>[a-zA-Z]|\d+)\)"
)
_LETTER = r"[^\W\u2e80-\u9fff\uac00-\ud7af]"  # of a script with spaces between its words: E为单位矩阵
SYMBOL = re.compile(rf"(?<!{_LETTER})(?<![⟦'’.\\∂/^_-])[A-Za-zα-ωΑ-Ω](?!{_LETTER}|[⟧'’])")
LIST = r"M(?:[CA]+[xa]*M)*"


_VERBS = frozenset("BbAhVJw")  # the letters of "is", "are", "and", "has", "depends on" among the classes of words


@dataclass(frozen=True)
class Atom:
    """One word, symbol or mark of a sentence: its class letter, what it says, where it stands."""

    letter: str
    start: int
    stop: int
    meaning: tuple = ()
    names: tuple[Name, ...] = ()
    dims: tuple[Size, ...] | None = None
    applied: tuple[Name, ...] = ()
    space: Space | None = None
    defines: bool = False


@dataclass(frozen=True)
class Clause:
    """Atoms without their parentheses, and the string of their letters."""

    atoms: tuple[Atom, ...]
    sentence: Sentence
    language: Language

    @property
    def letters(self) -> str:
        return "".join(atom.letter for atom in self.atoms)


def _is_article(text: str, at: int, language: Language) -> bool:
    """Whether the "A" that begins a sentence is no symbol: no verb is behind it, as in "A is square"."""
    begins = text[at] == "A" and (not text[:at].strip() or text[:at].rstrip()[-1] in ".!?:")
    if not begins or not text[at + 1 : at + 3].strip().isalpha():
        return False
    known = language.word_at(text.lower(), at + 2)
    return known is None or known[1][0] not in _VERBS


def atoms_of(sentence: Sentence, language: Language, letters: frozenset[str]) -> Iterator[Atom]:
    text = sentence.text
    lower = text.lower()
    if len(lower) != len(text):
        return
    sized = {match.start(): match for match in _SIZED.finditer(text)}
    symbols = {
        match.start() for match in SYMBOL.finditer(text) if match[0] in letters and match[0] not in language.letters
        and not _is_article(text, match.start(), language)
    }  # fmt: skip
    at, size = 0, len(text)
    while at < size:
        char, start = text[at], at
        if char.isspace():
            at += 1
        elif char == "⟦":
            at = text.index("⟧", at) + 1
            yield _placed(sentence, int(text[start + 1 : at - 1]), start, at)
        elif at in sized:
            at = sized[start].end()
            dims = tuple(int(each) if each.isdigit() else each for each in sized[start].groups() if each)
            yield Atom("D", start, at, dims=dims)
        elif at in symbols:
            at += 1
            yield Atom("M", start, at, names=(Name(char, sentence.span(start, at)),))
        elif (known := language.word_at(lower, at)) is not None:
            at, (letter, meaning) = known
            yield Atom(letter, start, at, meaning)
        elif (unknown := language.unknown.match(lower, at)) is not None:
            at = unknown.end()
            number = unknown[0].isdigit()
            yield Atom("n" if number else "u", start, at, dims=(int(unknown[0]),) if number else None)
        else:
            at += 1
            yield Atom(_mark(text, start, sentence), start, at)


def _mark(text: str, at: int, sentence: Sentence) -> str:
    """The class letter of a punctuation mark."""
    char = text[at]
    if char == "-" and text[at + 1 : at + 2].isalnum():
        return "x"  # an (n x k)-matrix
    if char in ":：" and (size := re.match(r"\s*⟦(\d+)⟧", text[at + 1 :])) and text[at - 1] == "⟧":
        dims = sentence.runs[int(size[1])].dims
        return "x" if dims is not None and len(dims) == 2 else "R"  # A: m x n
    return _PUNCTUATION.get(char, "R" if char in ":;：；=→⇒–—-" else "x")


_PUNCTUATION = {
    ",": "C",
    "、": "C",
    "，": "c",
    "(": "(",
    ")": ")",
    "（": "(",
    "）": ")",
    ".": ".",
    "。": ".",
    "?": "I",
    "？": "I",
    "[": "(",
    "]": ")",
}


def _placed(sentence: Sentence, number: int, start: int, stop: int) -> Atom:
    run = sentence.runs[number]
    if run.dims is not None and len(run.dims) == 2:
        return Atom("D", start, stop, dims=run.dims)
    if run.names:
        return Atom("M", start, stop, names=run.names, dims=run.dims, applied=run.applied, defines=run.defines)
    if len(run.tokens) <= 24 and (space := read_space(run.tokens)) is not None:
        return Atom("Q", start, stop, space=space)
    if run.dims is not None:
        return Atom("n", start, stop, dims=run.dims)
    return Atom("E", start, stop)


# A symbol that a clause begins with, and what it is in words alone.
_DESCRIBED = re.compile(r"(?:^|[CcALW.R])[xa]*M(?:[xa]*[Bb]|[Cc]?a)[^MEDQnCc]*$")


def bracketed(atoms: Sequence[Atom], sentence: Sentence, language: Language):
    """The clause outside the parentheses, then what stands in them, with the symbol right before where there is one."""
    outside: list[Atom] = []
    stack: list[list[Atom]] = []
    clause = Clause((), sentence, language)
    inside: list[tuple[list[Atom], list[Atom]]] = []
    for at, atom in enumerate(atoms):
        if atom.letter == "(":
            stack.append([])
        elif atom.letter == ")" and stack:
            content = stack.pop()
            holder = stack[-1] if stack else outside
            if holder and holder[-1].letter in "xa" and content and all(atom.letter in "xNP" for atom in content):
                holder += content  # the (symmetric) matrix A
            else:
                inside.append((content, _holders(holder, content, atoms[at + 1 : at + 2], clause)))
        else:
            (stack[-1] if stack else outside).append(atom)
    for rest in stack:
        outside += rest
    yield Clause(tuple(outside), sentence, language), []
    for content, subject in inside:
        clause = Clause(tuple(content), sentence, language)
        if subject:
            yield clause, subject
        yield clause, []


def _holders(before: Sequence[Atom], content: Sequence[Atom], after: Sequence[Atom], whole: Clause) -> list[Atom]:
    """Whom a parenthesis speaks of: the symbol right in front of it, all of a list where it is about several."""
    letters = "".join(atom.letter for atom in before)
    inside = "".join(atom.letter for atom in content)
    if not re.search(r"[PKDZ]", inside):
        return []
    if letters.endswith("M"):
        nouns = [whole.sentence.text[atom.start : atom.stop] for atom in content if atom.letter == "K"]
        several = "q" in inside or plural(nouns, whole.language)
        listed = re.search(r"M(?:[xauK]*[CcA]+[xauK]*M)*$", letters) if several else None
        return [atom for atom in before[listed.start() if listed else -1 :] if atom.letter == "M"]
    # "S is the scatter matrix (symmetric)", "S, the scatter within classes (symmetric)": properties alone.
    doubtful = after and after[0].letter in "FfI"
    subject = _DESCRIBED.search(letters) or (re.search(r"M[xa]*[Bb]", letters) if letters.count("M") == 1 else None)
    if subject is None or doubtful or not re.fullmatch(r"[xqPCcA]+", inside) or letters.endswith(("E", "D", "Q", "n")):
        return []
    return [before[subject.start() + subject[0].index("M")]]


def plural(nouns: Sequence[str], language: Language) -> bool:
    return bool(language.plural) and any(noun.endswith(language.plural) for noun in nouns)


def names_of(atoms: Sequence[Atom]) -> tuple[Name, ...]:
    return tuple(name for atom in atoms if atom.letter == "M" for name in atom.names)
