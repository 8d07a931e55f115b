"""A sentence in, the declarations that its words make out: one grammar for all languages over their word classes.

The sentence becomes a string of class letters (texgrad.facts.languages.table.CLASSES): M names, E other math, D sizes,
n a number, K a kind, P a property, u an unknown word, and so on. "where a, b are vectors and A a matrix" is LMbKAMaK.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from texgrad.facts.fact import Declaration, Fact, Hold
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.runs import INDEX_LETTERS, Name, Size
from texgrad.facts.saying import Said, declare
from texgrad.facts.scope import conditional
from texgrad.facts.sentences import Sentence
from texgrad.facts.spaces import Space, read_space
from texgrad.source import Span

_SIZED = re.compile(
    r"(?<![\w⟦])(?P<rows>[a-zA-Z]|\d+)\s*(?:×|x|by|\*)\s*(?P<columns>[a-zA-Z]|\d+)(?![\w⟧])(?!\s*[=+])"
)
_SYMBOL = re.compile(r"(?<![\w⟦'’.\\∂/^_-])[A-Za-zα-ωΑ-Ω](?![\w⟧'’])")
_LINES = ("row", "column")
# Words in parentheses that are clean up to here: properties, kinds and sizes, nothing else.
_CLEAN = re.compile(r"[xaqN]*[PKD][xaPKDZ]*(?:[CcA]+[xaqN]*[PKD][xaPKD]*(?![uMEV]))*(?=[CcAR]|$)")
_LIST = r"M(?:[CA]+[xa]*M)*"


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
class _Clause:
    """Atoms without their parentheses, and the string of their letters."""

    atoms: tuple[Atom, ...]
    sentence: Sentence
    language: Language

    @property
    def letters(self) -> str:
        return "".join(atom.letter for atom in self.atoms)


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        if sentence.runs or _SYMBOL.search(sentence.text):
            yield from in_sentence(sentence, language, note.letters)


def in_sentence(sentence: Sentence, language: Language, letters: frozenset[str]) -> Iterator[Declaration]:
    atoms = list(_atoms(sentence, language, letters))
    if not any(atom.letter in "KPDnZJwVM" for atom in atoms) or "M" not in {atom.letter for atom in atoms}:
        return
    found: list[Declaration] = []
    for clause, subject in _bracketed(atoms, sentence, language):
        if subject:
            found += _apposition(clause, subject)
        else:
            found += _clause(clause)
    yield from sorted(found, key=lambda declaration: declaration.span.start)


# -- atoms -------------------------------------------------------------------------------------------------------------


def _atoms(sentence: Sentence, language: Language, letters: frozenset[str]) -> Iterator[Atom]:
    text = sentence.text
    lower = text.lower()
    if len(lower) != len(text):
        return
    sized = {match.start(): match for match in _SIZED.finditer(text)}
    symbols = {match.start() for match in _SYMBOL.finditer(text) if match[0] in letters and match[0] not in language.letters}
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
            dims = tuple(int(each) if each.isdigit() else each for each in sized[start].groups())
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


_PUNCTUATION = {",": "C", "、": "C", "，": "c", "(": "(", ")": ")", "（": "(", "）": ")", ".": ".", "。": ".", "?": "I", "？": "I",
                "[": "(", "]": ")"}  # fmt: skip


def _placed(sentence: Sentence, number: int, start: int, stop: int) -> Atom:
    run = sentence.runs[number]
    if run.dims is not None and len(run.dims) == 2:
        return Atom("D", start, stop, dims=run.dims)
    if run.names:
        return Atom("M", start, stop, names=run.names, dims=run.dims, applied=run.applied, defines=run.defines)
    if len(run.tokens) <= 16 and (space := read_space(run.tokens)) is not None:
        return Atom("Q", start, stop, space=space)
    if run.dims is not None:
        return Atom("n", start, stop, dims=run.dims)
    return Atom("E", start, stop)


def _bracketed(atoms: Sequence[Atom], sentence: Sentence, language: Language):
    """The clause outside the parentheses, then what stands in them, with the symbol right before where there is one."""
    outside: list[Atom] = []
    stack: list[list[Atom]] = []
    inside: list[tuple[list[Atom], list[Atom]]] = []
    for atom in atoms:
        if atom.letter == "(":
            stack.append([])
        elif atom.letter == ")" and stack:
            content = stack.pop()
            holder = stack[-1] if stack else outside
            if holder and holder[-1].letter in "xa" and content and all(atom.letter in "xNP" for atom in content):
                holder += content  # the (symmetric) matrix A
            else:
                inside.append((content, _holders(holder, content, sentence, language)))
        else:
            (stack[-1] if stack else outside).append(atom)
    for rest in stack:
        outside += rest
    yield _Clause(tuple(outside), sentence, language), []
    for content, subject in inside:
        clause = _Clause(tuple(content), sentence, language)
        if subject:
            yield clause, subject
        yield clause, []


def _holders(before: Sequence[Atom], content: Sequence[Atom], sentence: Sentence, language: Language) -> list[Atom]:
    """Whom a parenthesis speaks of: the symbol right in front of it, all of a list where it is about several."""
    letters = "".join(atom.letter for atom in before)
    inside = "".join(atom.letter for atom in content)
    if not re.search(r"[PKDZ]", inside):
        return []
    if letters.endswith("M"):
        nouns = [sentence.text[atom.start : atom.stop] for atom in content if atom.letter == "K"]
        several = "q" in inside or (language.plural and any(noun.endswith(language.plural) for noun in nouns))
        listed = re.search(r"M(?:[xauK]*[CcA]+[xauK]*M)*$", letters) if several else None
        return [atom for atom in before[listed.start() if listed else -1 :] if atom.letter == "M"]
    # "S is the scatter matrix (symmetric)": properties alone, and one symbol in the whole clause.
    if letters.count("M") == 1 and re.fullmatch(r"[xqPCcA]+", inside) and not letters.endswith(("E", "D", "Q", "n")):
        return [atom for atom in before if atom.letter == "M"] if re.search(r"M[xa]*[Bb]", letters) else []
    return []


# -- clauses -----------------------------------------------------------------------------------------------------------


def _apposition(clause: _Clause, subjects: Sequence[Atom]) -> Iterator[Declaration]:
    """A (symmetric, n x n): what stands in parentheses right behind a symbol."""
    letters = clause.letters
    if re.fullmatch(r"[xaNPKDnZACcSOBbhMHq]*", letters) is None or "M" in letters.replace("MZ", ""):
        # Words that are not known may turn the sense around; what is said in front of them may still be clear.
        match = _CLEAN.match(letters)
        applied = tuple(name for atom in subjects for name in atom.applied)
        if match is None and applied and re.fullmatch(r"[xu]*[CcR][xa]*P", letters):
            clause = _Clause(clause.atoms[-1:], clause.sentence, clause.language)
        elif match is None:
            return
        else:
            clause = _Clause(clause.atoms[: match.end()], clause.sentence, clause.language)
    said, _ = _predicate(clause, 0)
    if said is not None:
        yield from declare(_actors(subjects, said), said, *_hold(clause, subjects[0].start))


def _actors(subjects: Sequence[Atom], said: Said) -> tuple[Name, ...]:
    """The names that are spoken of; in "a = g(z) elementwise" it is g that acts so."""
    if "elementwise" in said.properties:
        return tuple(name for atom in subjects if atom.letter == "M" for name in (atom.applied or atom.names))
    return _names(subjects)


def _clause(clause: _Clause) -> Iterator[Declaration]:
    letters = clause.letters
    taken: set[int] = set()
    for reader in (_independent, _sized_by, _in_space, _copular, _prenominal):
        yield from reader(clause, letters, taken)


def _hold(clause: _Clause, position: int) -> tuple[Hold, Span | None]:
    if clause.sentence.formula is not None:
        return "formula", clause.sentence.formula
    if conditional(clause.sentence.text, position):
        return "sentence", clause.sentence.reach
    return "note", None


def _names(atoms: Sequence[Atom]) -> tuple[Name, ...]:
    return tuple(name for atom in atoms if atom.letter == "M" for name in atom.names)


def _independent(clause: _Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """A and b do not depend on x; A 与 x 无关."""
    for match in re.finditer(rf"(?P<subject>{_LIST})[xacBb]*J[xaK]*(?P<of>{_LIST})|(?P<head>M(?:CM)*)[xB]*[AO]?(?P<last>M)[xB]*w", letters):
        group, of = ("subject", "of") if match["subject"] else ("head", "last")
        if not _is_subject(letters, match.start()):
            continue
        names = _names(clause.atoms[match.start(group) : match.end(group)])
        others = tuple(name.member or name.name for name in _names(clause.atoms[match.start(of) : match.end(of)]))
        said = Said(independent_of=others)
        yield from declare(names, said, *_hold(clause, clause.atoms[match.start()].start))
        if names:
            taken.update(range(match.start(of), match.end(of)))


def _sized_by(clause: _Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """The size of A is m x n; A 的大小为 m x n; A of size m x n stands with the predicates."""
    for match in re.finditer(rf"S[xa]*O[xaK]*(?P<subject>{_LIST})[xBb]+(?P<dims>D)|(?P<owner>{_LIST})[xK]*HS[xBb]*(?P<size>D)", letters):
        group, dims = ("subject", "dims") if match["subject"] else ("owner", "size")
        names = _names(clause.atoms[match.start(group) : match.end(group)])
        yield from declare(names, Said(dims=clause.atoms[match.start(dims)].dims), "note", None)
        taken.update(range(match.start(), match.end()))


def _in_space(clause: _Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """vectors a and b in R^n, where the set is math of its own."""
    for match in re.finditer(rf"(?P<subject>{_LIST})[xaBb]*(?:K|P|u)?[xa]*OQ", letters):
        space = clause.atoms[match.end() - 1].space
        word = clause.atoms[match.end() - 2]
        inside = clause.sentence.text[word.start : word.stop].lower() in _INSIDE
        if space is None or not inside or not _is_subject(letters, match.start()):
            continue
        names = [name for name in _names(clause.atoms[match.start() : match.end("subject")]) if not name.call]
        yield from declare(names, Said(space.kind, space.dims, space.properties), "note", None)


_INSIDE = frozenset(("in", "dans", "en", "im", "из", "в", "trong", "em", "属于"))
# Nothing, a verb, or a comma and "both" between the symbols and what is said of them.
_COPULAR = re.compile(
    r"(?P<subject>M(?:[CA]+[xaKPu]*M)*)(?P<copula>[Cc][xa]*q[xa]*|[Cc](?=N?P[CcA.R])|[xu]?[Bbhxq]*)(?=(?P<first>.))"
)


def _copular(clause: _Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """a, b are vectors; A is symmetric and B diagonal; Let A be a matrix and x a vector; S symmetric:"""
    at, elided = 0, False
    while match := _COPULAR.search(letters, at):
        at = match.end("subject")
        copula = match["copula"]
        has_copula = bool(set(copula) & set("Bbh"))
        if match.start() in taken:
            continue
        rest = letters[match.end("copula") :]
        if not has_copula and ("u" in copula or not re.match(r"[xaN]*(?:[PKDWMn]|O[xa]*S)", rest)):
            continue
        if not _is_subject(letters, match.start()):
            elided = False
            continue
        said, stop = _predicate(clause, match.end("copula"), _denied(letters[: match.start()]))
        if said is None or (stop < len(letters) and letters[stop] == "I"):
            elided = False
            continue
        if not has_copula and not _may_lack_copula(letters, match, said, stop, elided, clause.language):
            continue
        if letters[stop : stop + 1] == "F":
            said = said.without_properties()
        start = match.start()
        # "x, A is symmetric" speaks of A alone; "A and B is" of nobody.
        alone = "B" in copula and "b" not in copula and clause.language.spaced
        if alone or (not has_copula and "q" not in copula and not _for_all(clause, match, said, stop)):
            start = match.start() + max(k for k, letter in enumerate(match["subject"]) if letter == "M")
        atoms = [atom for k, atom in enumerate(clause.atoms[start : match.end("subject")], start) if atom.letter == "M"]
        yield from declare(_actors(atoms, said), said, *_hold(clause, clause.atoms[start].start))
        elided = True
        taken.update(range(match.start(), stop))
        at = max(at, stop)


def _for_all(clause: _Clause, match: re.Match, said: Said, stop: int) -> bool:
    """Whether words without a verb speak of a whole list: "A and B symmetric", but not "y, X symmetric"."""
    if "A" not in match["subject"]:
        return False
    plural, text = clause.language.plural, clause.sentence.text
    nouns = [text[atom.start : atom.stop] for atom in clause.atoms[match.end() : stop] if atom.letter == "K"]
    return not plural or not nouns or any(noun.endswith((plural, "ces")) for noun in nouns)


def _is_subject(letters: str, start: int) -> bool:
    """Whether the symbol is what the clause is about, not "the derivative of A"."""
    before = letters[:start].rstrip("xaKPDNZ")
    if before.endswith("A") or before.endswith("C"):
        # a list that began behind a preposition: "the product of E and A is"
        listed = re.search(r"[OH][xaKPD]*[ME](?:[CA]+[xaKP]*[ME])*[xaKP]*[CA]+$", letters[: len(before)])
        if listed and not re.search(r"[Bb]", listed[0]):
            return False
    return not before.endswith(("O", "H", "V", "I", "J", "E"))


def _may_lack_copula(letters: str, match: re.Match, said: Said, stop: int, elided: bool, language: Language) -> bool:
    """A verb may be missing in a list that goes on ("and A matrices"), after let and with, in notes ("S symmetric:")."""
    following = letters[stop : stop + 1]
    if match["copula"][:1] in ("C", "c"):
        return following in ("C", "c", "A", ".", "R", "") and said.kind in (None, "matrix", "vector", "scalar")
    if following and following not in "CcAR.OFfIGWL":
        return False
    if following == "O" and language.spaced:
        return False
    before = letters[: match.start()].rstrip("xaKP")
    if said.kind is not None and not said.properties and said.dims is None:
        return elided or "L" in before or before.endswith(("W", "G")) or not before or not language.spaced
    return True


# -- predicates --------------------------------------------------------------------------------------------------------


def _denied(before: str) -> bool:
    """Whether a "not" stands in front of the subject: had we not required A symmetric."""
    return re.search(r"[NI][xuabBhKLq]*$", before) is not None


def _predicate(clause: _Clause, start: int, denied: bool = False) -> tuple[Said | None, int]:
    """What the atoms from here on say of a subject, and where that ends; None where they say nothing."""
    letters, atoms = clause.letters, clause.atoms
    said, negated, article, unknown, poisoned = Said(), denied, False, False, False
    at, found = start, False
    pending: list[tuple[tuple[str, ...], bool]] = []
    while at < len(letters):
        letter, rest = letters[at], letters[at:]
        if letter in "xaqZ":
            article |= letter == "a"
        elif letter == "N":
            negated = True
        elif letter == "U":
            poisoned = True
        elif letter == "P":
            if not poisoned:
                pending.append((atoms[at].meaning, negated))
                found = True
            poisoned = False
            if not re.match(r"P[xa]*(?:[ACc]+[xa]*)?[PKN]", rest):
                negated = negated and re.match(r"P[xa]*[AC]", rest) is not None
        elif letter == "K":
            if not clause.language.loose_nouns and re.match(r"Ku", rest) and not re.match(r"KuB", rest):
                return (_settle(said, pending, article, False) if found and said.kind else None), at
            if re.match(r"K[xP]*H[xaPK]*[uKE]", rest):
                return None, at
            if negated and not pending:
                return None, at
            if not poisoned:
                said = said.of_kind(*atoms[at].meaning)
                found = True
        elif letter == "D" or (letter in "Mn" and re.match(r"[Mn](?:Z|x?K)", rest) and atoms[at].dims):
            if negated:
                return None, at
            said = said.sized(atoms[at].dims or ())
            found = True
        elif letter in "Mn" and re.match(r"[Mn]Y[xa]*[Mn]", rest) and atoms[at].dims:
            other = next(atom for atom in atoms[at + 1 :] if atom.letter in "Mn")
            if other.dims:
                said = said.sized((*(atoms[at].dims or ()), *other.dims))
                found = True
                at += rest.index("M", 1) if "M" in rest[1:4] else rest.index("n", 1)
        elif letter in "OWh" and (match := re.match(r"[OWh][xa]*S?[xaOBb]*(?=D)|[OWhZ][xa]*S[xaOBb]*(?=[Mn](?!H))", rest)):
            at += match.end()
            if atoms[at].dims is None:
                break
            said = said.sized(atoms[at].dims or ())
            found = True
        elif letter == "S" and (match := re.match(r"S[xaOBbZ]*(?=[DMn])", rest)) and atoms[at + match.end()].dims:
            at += match.end()
            said = said.sized(atoms[at].dims or ())
            found = True
        elif letter == "W" and re.match(r"W[xa]*[PN]", rest):
            pass
        elif letter in "OV" and said.kind == "function" and (match := re.match(rf"[OV][xaKP]*(?P<of>{_LIST})", rest)):
            first = at + match.start("of")
            said = said.depending_on(
                tuple(name.member or name.name for name in _names(atoms[first : at + match.end("of")]))
            )
            at += match.end() - 1
        elif letter == "V" and (match := re.match(rf"V[xaKP]*(?P<of>{_LIST})", rest)):
            first = at + match.start("of")
            said = said.of_kind("function").depending_on(
                tuple(name.member or name.name for name in _names(atoms[first : at + match.end("of")]))
            )
            found = True
            at += match.end() - 1
        elif letter in "M" and (match := re.match(r"(?P<of>M(?:[CA]M)*)HK", rest)):
            # f 是 x 的函数
            said = said.depending_on(tuple(name.member or name.name for name in _names(atoms[at : at + match.end("of")])))
            at += match.end("of")
            continue
        elif (letter in "CcA" and re.match(r"[CcA]+[xabBh]*N?[xa]*(?:[PK](?![xPK]*M)|D(?!K)|W[xa]*P|J|OS)", rest)) or (letter == "H" and re.match(r"H[xP]*[KP]|H(?:[CcA.Rf]|$)", rest)):
            pass
        elif letter == "u":
            if found and not said.kind and not clause.language.spaced:
                break
            if found and clause.language.spaced and said.kind is None and article and pending:
                unknown = True
            if clause.language.spaced and not found:
                unknown = False
            elif not clause.language.spaced and not re.match(r"u+[PK]", rest):
                break
        elif letter in "Bb" and at == start:
            pass
        else:
            break
        at += 1
    if not found:
        return None, at
    return _settle(said, pending, article, unknown), at


def _settle(said: Said, pending: Sequence[tuple[tuple[str, ...], bool]], article: bool, unknown: bool) -> Said | None:
    """The properties said, unless they belong to a noun that is not known ("the diagonal entry")."""
    if unknown and said.kind is None:
        pending = ()
    for properties, negated in pending:
        said = said.with_properties(properties, negated)
    return said if said.kind or said.properties or said.dims is not None or said.arguments else None


# -- in front of the symbol --------------------------------------------------------------------------------------------

_PRENOMINAL = re.compile(r"(?P<group>(?:[PKDNxaU]|[Mn]Z|[Mn](?=[xa]*K)|A(?=[xa]*P)|C(?=P[xaP]*K)|H(?=[PKM])|n)+)(?P<subject>M(?:[CA]+[xa]*M)*)")


def _prenominal(clause: _Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """a symmetric matrix A; vectors a and b; the n x k matrix X; 对称矩阵 A."""
    at = 0
    while match := _PRENOMINAL.search(letters, at):
        at = match.end()
        group = match["group"]
        first = re.search(r"[PKDNUMn]", group)
        if first is None or not set(group) & set("PK") or "U" in group:
            continue
        if "K" not in group and re.search(r"[MEu]$", letters[: match.start() + first.start()]):
            # In "M P M" the property belongs to what stands before it.
            continue
        start = match.start() + first.start()
        if letters[match.end() : match.end() + 1] == "Z" or (re.match(r"[xa]*[K]", letters[match.end() :]) and group.endswith("n")):
            continue
        said, _ = _predicate(_Clause(clause.atoms[: match.start("subject")], clause.sentence, clause.language), start)
        if said is None or (start in taken and said.kind is None):
            continue
        if re.search(r"[Bb][xaN]*$", letters[:start]) and "K" not in group:
            continue
        subjects = clause.atoms[match.start("subject") : match.end("subject")]
        names = _names([atom for k, atom in enumerate(subjects) if k == 0 or not atom.defines])
        names = _alike(names) if said.kind else names
        if said.kind in _LINES and (letters[match.end() :].startswith("O") or names[0].name in INDEX_LETTERS):
            continue  # row i of X
        if said.kind is None and said.dims is None and names and not names[0].call and _is_size_word(letters, match):
            continue
        yield from declare(names, said, *_hold(clause, clause.atoms[start].start))


def _is_size_word(letters: str, match: re.Match) -> bool:
    return letters[match.end() : match.end() + 1] in ("Z", "Y")


def _alike(names: Sequence[Name]) -> tuple[Name, ...]:
    """The first name and those of its flavour: "vectors a and b", but not "the matrix A and b"."""
    return tuple(name for name in names if name.flavour == names[0].flavour)
