"""A sentence in, the declarations that its words make out: one grammar for all languages over their word classes.

The sentence becomes a string of class letters (texgrad.facts.languages.table.CLASSES): M names, E other math, D sizes,
n a number, K a kind, P a property, u an unknown word, and so on. "where a, b are vectors and A a matrix" is LMbKAMaK.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from texgrad.facts.atoms import LIST, SYMBOL, Atom, Clause, atoms_of, bracketed, names_of, plural
from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.predicates import denied, doubted, predicate
from texgrad.facts.saying import Said, declare
from texgrad.facts.scope import from_here, supposed_at
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import INDEX_LETTERS, Name, capitals

ORDER = 40  # where two facts stand at one place, the word of the higher order comes last

_LINES = ("row", "column")
# Words in parentheses that are clean up to here: properties, kinds and sizes, nothing else.
_CLEAN = re.compile(r"[xaqN]*[PKD][xaPKDZ]*(?:[CcA]+[xaqN]*[PKD][xaPKD]*(?![uMEV]))*(?=[CcAR]|$)")


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        if sentence.runs or SYMBOL.search(sentence.text):
            yield from from_here(in_sentence(sentence, language, note.letters), sentence)


def in_sentence(sentence: Sentence, language: Language, letters: frozenset[str]) -> Iterator[Declaration]:
    atoms = list(atoms_of(sentence, language, letters))
    if not any(atom.letter in "KPDnZJwVM" for atom in atoms) or "M" not in {atom.letter for atom in atoms}:
        return
    found: list[Declaration] = []
    for clause, subject in bracketed(atoms, sentence, language):
        if subject:
            found += _apposition(clause, subject)
        else:
            found += _clause(clause)
    yield from sorted(found, key=lambda declaration: declaration.span.start)


def _apposition(clause: Clause, subjects: Sequence[Atom]) -> Iterator[Declaration]:
    """A (symmetric, n x n): what stands in parentheses right behind a symbol."""
    letters = clause.letters
    if re.fullmatch(r"[xaNPKDnZACcSOBbhMHq]*", letters) is None or "M" in letters.replace("MZ", ""):
        # Words that are not known may turn the sense around; what is said in front of them may still be clear.
        match = _CLEAN.match(letters)
        applied = tuple(name for atom in subjects for name in atom.applied)
        if match is None and applied and re.fullmatch(r"[xu]*[CcR][xa]*P", letters):
            clause = Clause(clause.atoms[-1:], clause.sentence, clause.language)
        elif match is None:
            return
        else:
            clause = Clause(clause.atoms[: match.end()], clause.sentence, clause.language)
    said, _ = predicate(clause, 0)
    if said is not None:
        yield from declare(_actors(subjects, said), said, *supposed_at(clause.sentence, subjects[0].start))


def _actors(subjects: Sequence[Atom], said: Said) -> tuple[Name, ...]:
    """The names that are spoken of; in "a = g(z) elementwise" it is g that acts so."""
    if "elementwise" in said.properties:
        return tuple(name for atom in subjects if atom.letter == "M" for name in (atom.applied or atom.names))
    return names_of(subjects)


def _clause(clause: Clause) -> Iterator[Declaration]:
    letters = clause.letters
    taken: set[int] = set()
    for reader in (_independent, _sized_by, _in_space, _on_space, _all_of_formula, _copular, _prenominal):
        yield from reader(clause, letters, taken)


def _independent(clause: Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """A and b do not depend on x; A 与 x 无关."""
    for match in re.finditer(
        rf"(?P<subject>{LIST})[xacBb]*J[xaK]*(?P<of>{LIST})|(?P<head>M(?:CM)*)"
        rf"[xB]*[AO]?(?P<last>M)[xB]*w",
        letters,
    ):
        group, of = ("subject", "of") if match["subject"] else ("head", "last")
        if not is_subject(clause, match.start()):
            continue
        names = names_of(clause.atoms[match.start(group) : match.end(group)])
        others = tuple(name.member or name.name for name in names_of(clause.atoms[match.start(of) : match.end(of)]))
        said = Said(independent_of=others)
        yield from declare(names, said, *supposed_at(clause.sentence, clause.atoms[match.start()].start))
        if names:
            taken.update(range(match.start(of), match.end(of)))


def _sized_by(clause: Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """The size of A is m x n; A 的大小为 m x n; A of size m x n stands with the predicates."""
    for match in re.finditer(
        rf"S[xa]*O[xaK]*(?P<subject>{LIST})[xBb]+(?P<dims>D)|(?P<owner>{LIST})"
        rf"[xK]*HS[xBb]*(?P<size>D)",
        letters,
    ):
        group, dims = ("subject", "dims") if match["subject"] else ("owner", "size")
        names = names_of(clause.atoms[match.start(group) : match.end(group)])
        yield from declare(names, Said(dims=clause.atoms[match.start(dims)].dims), "note", None)
        taken.update(range(match.start(), match.end()))


def _in_space(clause: Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """vectors a and b in R^n, where the set is math of its own."""
    for match in re.finditer(rf"(?P<subject>{LIST})[xaBb]*(?:K|P|u)?[xa]*(?P<word>O)(?P<between>[xauK]*)Q", letters):
        space = clause.atoms[match.end() - 1].space
        word = clause.atoms[match.start("word")]
        if match["between"] and not _is_set(clause, match.end() - 2):
            continue
        said = clause.sentence.text[word.start : word.stop].lower()
        if space is None or said not in _INSIDE | _ON or not is_subject(clause, match.start()):
            continue
        names = list(names_of(clause.atoms[match.start() : match.end("subject")]))
        if said in _ON:  # f(X) = ... on S^n: said of X
            names = [Name(name.arguments[0], name.span) for name in names if name.call and len(name.arguments) == 1]
        names = [name for name in names if not name.call]
        yield from declare(names, Said(space.kind, space.dims, space.properties), "note", None)


def _is_set(clause: Clause, at: int) -> bool:
    """Whether a word only says what the formula behind it is: on the cone S^n_{++}."""
    atom = clause.atoms[at]
    return _SET.fullmatch(clause.sentence.text[atom.start : atom.stop].lower()) is not None


def _on_space(clause: Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """On S^n the function f(X) = ...: said of X, in this sentence."""
    for match in re.finditer(r"O(?P<between>[xauK]*)(?P<space>Q)[xacCP]*K?(?=M)", letters):
        word, space = clause.atoms[match.start()], clause.atoms[match.start("space")].space
        if match["between"] and not _is_set(clause, match.start("space") - 1):
            continue
        if space is None or clause.sentence.text[word.start : word.stop].lower() not in _ON:
            continue
        names = [Name(name.arguments[0], name.span) for name in clause.atoms[match.end()].names
                 if name.call and len(name.arguments) == 1]  # fmt: skip
        yield from declare(names, Said(space.kind, space.dims, space.properties), "sentence", clause.sentence.reach)


# A formula, a comma, "where all matrices are"
_ALL = re.compile(r"(?P<formula>[ME])[CcR]+[xaLWG]*q[xaO]*(?P<kind>K)[xaBbqO]*(?=[PDNnM]|S[xaO]*[DnM])")


def _all_of_formula(clause: Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """f(X) = tr(A X B X), where all matrices are n x n: said of the matrices in the formula, not of f."""
    for match in _ALL.finditer(letters):
        atom, noun = clause.atoms[match.start("formula")], clause.atoms[match.start("kind")]
        run = clause.sentence.run_at(atom.start)
        if noun.meaning[0] != "matrix" or not (run.display or atom.letter == "E" or atom.defines):
            continue
        said, stop = predicate(clause, match.end())
        if said is not None:
            yield from declare(capitals(run.tokens), said.of_kind("matrix"), *supposed_at(clause.sentence, atom.start))
        taken.update(range(match.start(), max(stop, match.end())))


_INSIDE = frozenset(("in", "dans", "en", "im", "из", "в", "trong", "em", "属于"))
_SET = re.compile(
    r"(?:open )?(?:cone|set|space|manifold)|kegel|menge|raum|c[oô]n[eo]|ensemble|espac[eo]|espaço|conjunto|insieme|"
    r"spazio|(?:открыт\w+ )?(?:конус|множеств|пространств)\w*"
)
_ON = frozenset(("on", "over", "sur", "auf", "sobre", "su", "sul", "sullo", "sulla", "no", "на", "trên", "em", "en"))
# Nothing, a verb, a comma and "both", or "known," between the symbols and what is said of them.
_COPULAR = re.compile(
    r"(?P<subject>M(?:[CA]+[xaKPu]*M)*)"
    r"(?P<copula>[Cc][xa]*q[xa]*|(?:[Cc]|x+[CcA])(?=N?P[CcA.R])|[xu]?[Bbhxq]*)(?=(?P<first>.))"
)


def _copular(clause: Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
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
        if doubted(letters[: match.start()]) or not is_subject(clause, match.start()):
            last = match.start() + match["subject"].rindex("M")
            at = last if last > match.start() and _begins_anew(clause, last) else at
            elided = False
            continue
        said, stop = predicate(clause, match.end("copula"), denied(letters[: match.start()]))
        owned = has_copula and not set(copula) & set("Bb") and said is not None and said.kind in _LINES
        if said is None or owned or (stop < len(letters) and letters[stop] == "I"):
            elided = False
            continue
        if not has_copula and not _may_lack_copula(letters, match, said, stop, elided, clause.language):
            continue
        if (
            "orthogonal" in said.properties
            and said.kind is None
            and letters[match.start() : match.end("subject")].count("M") > 1
        ):
            continue  # orthogonal to each other
        if letters[stop : stop + 1] == "F":
            said = said.without_properties()
        start = match.start()
        named = re.search(r"u[xaKPu]*M(?=[CA]+M$)", match["subject"])  # "input x, output b = ..., f is a function"
        # "x, A is symmetric" speaks of A alone; "A and B is" of nobody.
        alone = "B" in copula and "b" not in copula and clause.language.spaced
        if alone or named or (not has_copula and "q" not in copula and not _for_all(clause, match, said, stop)):
            start = match.start() + max(k for k, letter in enumerate(match["subject"]) if letter == "M")
        atoms = [atom for k, atom in enumerate(clause.atoms[start : match.end("subject")], start) if atom.letter == "M"]
        behind = re.search(r"[EM][xaq]*[FG]", letters[:start]) is not None
        yield from declare(_actors(atoms, said), said, *supposed_at(clause.sentence, clause.atoms[start].start), behind)
        elided = True
        taken.update(range(match.start(), stop))
        at = max(at, stop)


def _for_all(clause: Clause, match: re.Match, said: Said, stop: int) -> bool:
    """Whether words without a verb speak of a whole list: "A and B symmetric", but not "y, X symmetric"."""
    plural, text = clause.language.plural, clause.sentence.text
    if any(atom.defines for atom in clause.atoms[match.start() : match.end("subject") - 1]):
        return False  # "J = \\partial r / \\partial x and W positive definite"
    nouns = [text[atom.start : atom.stop] for atom in clause.atoms[match.end() : stop] if atom.letter == "K"]
    if plural and nouns:
        return any(noun.endswith((plural, "ces")) for noun in nouns)
    opens = re.search(r"(?:^|[LWFG])[xa]*$", clause.letters[: match.start()]) is not None
    names = names_of(clause.atoms[match.start() : match.end("subject")]) if opens else ()
    apart = "K" in match["subject"]  # "y and a matrix X of size n x p"
    return ("A" in match["subject"] and not apart) or (opens and all(name.flavour[0] for name in names))


def _begins_anew(clause: Clause, at: int) -> bool:
    """Whether a comma alone stands in front of a symbol, as in "the vector of the sample i, X is n x k"."""
    return clause.language.spaced and re.search(r"[^CA]C$", clause.letters[:at]) is not None


def _is_other(clause: Clause, at: int) -> bool:
    """Whether a matrix with its property stands behind a vector and a comma: "over unit vectors w, S symmetric"."""
    if not _begins_anew(clause, at) or clause.atoms[at - 2].letter != "M":
        return False
    first, second = clause.atoms[at - 2].names, clause.atoms[at].names
    apart = bool(first and second) and not first[-1].flavour[0] and second[0].flavour[0]
    return apart and re.match(r"M[xa]*P[xaPK]*(?:[CcAR.]|$)", clause.letters[at:]) is not None


def is_subject(clause: Clause, start: int) -> bool:
    """Whether the symbol is what the clause is about, not "the derivative of A"."""
    letters = clause.letters
    if _begins_anew(clause, start) and re.match("M[xa]*[Bb]", letters[start:]):
        return True
    if _is_other(clause, start):
        return True
    before = letters[:start].rstrip("xaKPDNZ")
    if before.endswith("A") or before.endswith("C"):
        # a list that began behind a preposition: "the product of E and A is"
        listed = re.search(r"[OH][xaKPD]*[ME](?:[CA]+[xaKP]*[ME])*[xaKP]*[CA]+$", letters[: len(before)])
        if listed and not re.search(r"[Bb]", listed[0]):
            return False
    return not before.endswith(("O", "H", "V", "I", "J", "E"))


def _may_lack_copula(letters: str, match: re.Match, said: Said, stop: int, elided: bool, language: Language) -> bool:
    """A verb may be missing in a list ("and A matrices"), after let and with, in headings ("S symmetric:")."""
    following = letters[stop : stop + 1]
    if match["copula"][:1] in ("C", "c"):
        return following in ("C", "c", "A", ".", "R", "") and said.kind in (None, "matrix", "vector", "scalar")
    verb_last = re.match(r"[Bb](?:[CcAR.]|$)", letters[stop:]) is not None
    if following and following not in "CcAR.OFfIGWL" and not verb_last:
        return False
    if following == "O" and language.spaced:
        return False
    before = letters[: match.start()].rstrip("xaKP")
    if said.kind is not None and not said.properties and said.dims is None:
        return elided or "L" in before or before.endswith(("W", "G")) or not before or not language.spaced
    return True


_PRENOMINAL = re.compile(
    r"(?P<group>(?:[PKDNxaU]|[Mn]Z|M(?=x*K)|n(?=[xa]*K)|A(?=[xa]*P)|C(?=P[xaP]*K)|H(?=[PKM])|(?<=P)u(?=K)|n)+)"
    r"(?P<made>(?<=[KP])[OH][xa]*[xu]{1,2}(?=M))?"
    r"(?P<subject>M(?:[CA]+[xa]*M)*)"
)


def _prenominal(clause: Clause, letters: str, taken: set[int]) -> Iterator[Declaration]:
    """a symmetric matrix A; vectors a and b; the n x k matrix X; a vector of weights w; 对称矩阵 A."""
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
        if letters[match.end() : match.end() + 1] == "Z" or (
            re.match(r"[xa]*[K]", letters[match.end() :]) and group.endswith("n")
        ):
            continue
        said, _ = predicate(Clause(clause.atoms[: match.start("subject")], clause.sentence, clause.language), start)
        if said is None or (start in taken and said.kind is None):
            continue
        if match["made"] and not (said.kind in ("matrix", "vector") and _is_of_many(clause, match.start("subject"))):
            continue  # a symmetric matrix of multipliers L, but not a function of time t, the vector of the word w
        if re.search(r"[Bb][xaN]*$", letters[:start]) and ("K" not in group or "u" in group):
            continue
        stop = match.end("subject")
        if said.kind in _LINES:  # "with rows a_i^T, b in R^m": a comma ends what the word speaks of
            stop = match.start("subject") + re.match(r"M(?:[xa]*A[xa]*M)*", match["subject"]).end()
        subjects = clause.atoms[match.start("subject") : stop]
        names = names_of([atom for k, atom in enumerate(subjects) if k == 0 or not atom.defines])
        names = _alike(names) if said.kind else names
        if said.kind == "function" and subjects[0].defines and not said.arguments:
            continue  # the loss function J = ...: J is what the formula says
        if said.kind in _LINES and (letters[match.end() :].startswith("O") or names[0].name in INDEX_LETTERS):
            continue  # row i of X
        if said.kind is None and said.dims is None and names and not names[0].call and _is_size_word(letters, match):
            continue
        yield from declare(names, said, *supposed_at(clause.sentence, clause.atoms[start].start))


def _is_of_many(clause: Clause, subject: int) -> bool:
    """Whether the word in front of a symbol is a plural."""
    word = clause.atoms[subject - 1]
    return plural([clause.sentence.text[word.start : word.stop].lower()], clause.language)


def _is_size_word(letters: str, match: re.Match) -> bool:
    return letters[match.end() : match.end() + 1] in ("Z", "Y")


def _alike(names: Sequence[Name]) -> tuple[Name, ...]:
    """The first name and those of its flavour: "vectors a and b", but not "the matrix A and b"."""
    return tuple(name for name in names if name.flavour == names[0].flavour)
