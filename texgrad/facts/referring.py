"""Sentences in, what they say of symbols that others name out: "both are symmetric", "by the symmetry of A"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from texgrad.facts.atoms import LIST, Atom, Clause, atoms_of, names_of
from texgrad.facts.fact import Declaration, Fact, Unread
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.phrases import in_sentence, is_subject
from texgrad.facts.predicates import denied, doubted, predicate
from texgrad.facts.runs import Run
from texgrad.facts.saying import declare
from texgrad.facts.scope import from_here, supposed_at
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import Name, capitals

ORDER = 45  # where two facts stand at one place, the word of the higher order comes last

Spoken = tuple[Sentence, Language]

# Words of all languages for the symbols last named: two of them, several, one matrix.
_REFERENCES = (
    re.compile(
        r"(?i)(?<!\w)(?:(?P<two>both(?: of (?:them|which|these)| (?:of )?(?:these |the )?(?:two )?matrices)?"
        r"|(?:the|these) two(?: of them| matrices)?|(?:(?:die|diese) )?beiden?(?: (?:davon|von ihnen|matrizen))?"
        r"|(?:toutes )?(?:les|ces) deux(?: matrices)?|toutes deux|ambas(?: (?:as )?matri\w+)?|las dos|as duas"
        r"|entrambe(?: le matrici)?|tutte e due|обе(?: матрицы| из них)?|cả hai(?: ma trận)?)"
        r"|(?P<several>they|all of (?:them|which)|(?:these|the) matrices|(?:diese|die) matrizen|elles"
        r"|(?:ces|les) matrices|(?:estas|las) matrices|ellas|(?:queste|le) matrici|(?:estas|as) matrizes|elas"
        r"|эти матрицы|они|các ma trận này|chúng)"
        r"|(?P<one>it|(?:the|this) (?:square )?matrix|(?:die|diese) matrix|(?:la|cette) matrice|elle"
        r"|(?:la|esta) matriz|(?:la|questa) matrice|(?:a|esta|essa) matriz|(?:эта )?матрица|она|ma trận này|nó))"
        r"(?!\w)(?! ?⟦)"
    ),
    re.compile(
        r"(?:(?P<two>两者|二者|这?两个矩阵|両方とも|両者|どちらも)|(?P<several>它们|这些矩阵|これら)"
        r"|(?P<one>[该此这]矩阵|这个矩阵|它|この行列))(?! ?⟦)"
    ),
)
# Behind a symbol with a comma or a noun: M, which is symmetric; M is a matrix that is symmetric.
_RELATIVE = re.compile(
    r"(?i),? (?:which|that|qui|que (?:l['’]on|nous) suppos\w+|que (?:se )?sup\w+|que|che|котор(?:ая|ый|ые|ое))(?!\w)"
)
# ... or of what the sentence is about: M is the mass matrix and therefore symmetric.
_HENCE = re.compile(
    r"(?i)(?:,| and| und| et| y| e| и),? (?:is |ist |est |es |è |é )?(?:therefore|hence|thus|so|consequently|daher"
    r"|somit|also|folglich|deshalb|damit|donc|por (?:lo )?tanto|quindi|dunque|perciò|portanto|logo|поэтому"
    r"|следовательно|значит)(?!\w)"
)
# The property itself, as the reason of a formula beside it.
_LISTED = r"⟦\d+⟧(?:(?:, | and | und | et | y | e | и |、|和|与|と)⟦\d+⟧)*"
_NOUN = re.compile(
    r"(?i)(?:\b(?:by|due to|because of|owing to|thanks to|from|using|us(?:es|ed)|exploit\w*|need|invok\w*|with"
    r"|assum\w+|under the assumption of|wegen|aufgrund|dank|aus|mit|(?:be)?nutz\w+|verwend\w+|unter annahme|par"
    r"|grâce à|en raison de|vu|utilis\w+|en supposant|por|gracias a|debido a|us\w+|suponiendo|per|grazie a(?:lla)?|data"
    r"|graças à|devido à|pela|в силу|из-за|ввиду|благодаря|используя) (?:(?:the|der|die|la|a) )?"
    r"(?:symmetry|symmetrie|symétrie|simetría|simmetria|simetria|симметри\w+)"
    r"(?: (?:of|von|der|de|du|des|di|della|da))?(?: (?:the|la))?(?: \w*(?:matri|матриц)\w*)?"
    rf"|(?:由于?|利用|根据|因为?|基于|考虑到)(?= ?{_LISTED} ?的?对称性)"
    rf"|(?={_LISTED} ?の対称性(?:より|から|により|を使|を用い))) ?(?P<what>{_LISTED})"
)
_UNUSED = re.compile(
    r"(?i)(?:\b(?:not|never|without|nicht|nie|ohne|pas|sans|no|sin|non|senza|não|sem|не|без)\b|n['’]t\b)[^.;⟦]{0,25}$"
    r"|[不未]$"
)
# The matrix of a formula, where it has one only.
_CASE = re.compile(
    r"(?i)\b(?:in the|for the|im|nel|no) (?:symmetric|symmetrischen) (?:case|fall)(?!\w)"
    r"|\b(?:dans le cas|en el caso|nel caso|no caso) (?:symétrique|simétrico|simmetrico)\b|в симметричном случае"
    r"|\b(?:for|für) (?:all |alle |an? |eine |the |die )?symmetri(?:c|sche) matri(?:x|ces|zen)(?! ?⟦)"
    r"|\b(?:pour|para|per) (?:les |las |le )?matri(?:ces|ci|zes) (?:symétriques|simétricas|simmetriche)(?! ?⟦)"
    r"|для симметричных матриц(?! ?⟦)|对于?(?:所有)?对称矩阵(?! ?⟦)"
)
# Said of the formula in front: this holds for symmetric A.
_BACKWARD = re.compile(
    r"(?i)^\W*(?:(?:but|note that|however),? )?(?:this|that|(?:this|the) (?:last |above )?(?:formula|identity|result"
    r"|equation|rule|simplification|expression)|dies|das|diese (?:formel|gleichung)|ceci|cela|cette formule|esto"
    r"|esta fórmula|questo|questa formula|isso|esta fórmula|это|эта формула|此式|上式|这)"
    r"(?: (?:only|is|ist|n['’]est|est|es|è|é|nur|solo|sólo|só|верно|справедливо))*"
    r" ?(?:holds|valid|true|correct|applies|works|gilt|gültig|richtig|vaut|valable|vrai|vale|válid[oa]|valid[oa]"
    r"|верн[оа]|только|成立|仅)?\b"
)
_OF_VECTORS = frozenset(("unit", "probability", "one-hot"))
_OF_PAIRS = frozenset(("orthogonal",))  # to each other
_NEAR = 200  # characters between a formula and a sentence on it


def find(note: Note) -> Iterator[Fact]:
    earlier: list[Spoken] = []  # of the paragraph, the last one first
    for sentence, language in note.spoken:
        if not sentence.heading and sentence.formula is None:
            yield from from_here(_nouns(sentence), sentence)
            yield from from_here(_pronouns(note, sentence, language, earlier), sentence)
            if _BACKWARD.search(sentence.text):
                yield from _backward(note, sentence, language)
        earlier = [] if sentence.ends_paragraph or sentence.heading else [(sentence, language), *earlier[:1]]


def _nouns(sentence: Sentence) -> Iterator[Fact]:
    """By the symmetry of A, in the symmetric case."""
    text = sentence.text
    for match in _NOUN.finditer(text):
        names = [name for number in re.findall(r"\d+", match["what"]) for name in sentence.runs[int(number)].names]
        if not _UNUSED.search(text[: match.start()]):
            yield from _symmetric(_of_kind(names, True), *supposed_at(sentence, match.start("what")))
    match = _CASE.search(text)
    if match and not _UNUSED.search(text[: match.start()]):
        names = _in_formulas((*sentence.runs, *sentence.after))
        if len(names) == 1:
            yield from _symmetric(names, "sentence", sentence.reach)
            yield Unread(sentence.span(), frozenset((names[0].name,)), "symmetric")  # how long the case lasts


def _symmetric(names: Iterable[Name], hold, reach) -> Iterator[Declaration]:
    for name in names:
        yield Declaration(name.name, name.span, "matrix", None, frozenset(("symmetric", "square")), hold, name.family,
                          member=name.member, reach=reach)  # fmt: skip


def _pronouns(note: Note, sentence: Sentence, language: Language, earlier: Sequence[Spoken]) -> Iterator[Declaration]:
    """Both are symmetric; the matrix is symmetric; M, which is symmetric."""
    patterns = (*_REFERENCES, _RELATIVE, _HENCE)
    found = [match for pattern in patterns for match in pattern.finditer(sentence.text)]
    atoms = [atom for atom in atoms_of(sentence, language, note.letters) if atom.letter not in "()"] if found else []
    clause = Clause(tuple(atoms), sentence, language)
    if "P" not in clause.letters:
        return
    for match in found:
        before = [atom for atom in atoms if atom.stop <= match.start()]
        at = next((at for at, atom in enumerate(atoms) if atom.start >= match.end()), len(atoms))
        at += clause.letters[at : at + 1] == "h"  # both have unit norm
        said, stop = predicate(clause, at)
        if re.search(r"M[Cc]?$", _letters(before)) and re.match(r"q[xa]*[PKD]", clause.letters[len(before) :]):
            continue  # A and B, both symmetric: the grammar of phrases reads it
        if said is None or not said.properties or said.kind not in (None, "matrix") or said.dims or said.arguments:
            continue
        if denied(_letters(before)) or doubted(_letters(before)) or re.match(r"[xa]*[IFfM]", clause.letters[stop:]):
            continue  # "la matrice symétrique V" names another one
        if match.re is _RELATIVE:
            names = _subject(clause, before, r"(?<![OHE])(M)(?:[xaBbLC]*K[xP]*)?$")
        elif match.re is _HENCE:
            names = _subject(clause, before, r"^[^MEDQ]*(M)[xa]*B[^MEDQ]*(?:O[^B]*)?$")
        elif match["one"] or not said.properties & _OF_PAIRS:
            spoken = [(before, sentence.before)]
            spoken += [(list(atoms_of(each, its, note.letters)), (*each.before, *each.runs)) for each, its in earlier]
            names = _meant(match, spoken, not said.properties & _OF_VECTORS)
        else:
            continue
        hold, reach = supposed_at(sentence, match.start())
        if match.re is not _REFERENCES[0] or not match["one"] or hold == "note":  # not "if A is ..., it is symmetric"
            at = sentence.span(match.start(), match.end())
            yield from (replace(each, span=at) for each in declare(names, said, hold, reach))


def _letters(atoms: Iterable[Atom]) -> str:
    return "".join(atom.letter for atom in atoms)


def _subject(clause: Clause, before: Sequence[Atom], pattern: str) -> tuple[Name, ...]:
    match = re.search(pattern, _letters(before))
    return names_of([before[match.start(1)]]) if match and is_subject(clause, match.start(1)) else ()


def _meant(match: re.Match, spoken: Iterable[tuple[Sequence[Atom], Sequence[Run]]], upper: bool) -> tuple[Name, ...]:
    """The symbols that a pronoun stands for: those named in its sentence, else in the one before it."""
    for atoms, runs in spoken:
        groups = [_of_kind(names_of(atoms[found.start() : found.end()]), upper)
                  for found in re.finditer(LIST, _letters(atoms))]  # fmt: skip
        names = _of_kind([name for group in groups for name in group], upper)
        formulas = [run for run in runs if run.defines and run.names]
        names = names or (_in_formulas(formulas) if upper and match["one"] else ())
        others = re.search("[En]", _letters(atoms)) is not None
        if match["one"] and (names or others):
            return names if len(names) == 1 and not others else ()
        if names:
            listed = next((group for group in reversed(groups) if len(group) > 1), names)
            return listed if len(listed) == 2 or (len(listed) > 2 and match["several"]) else ()
    return ()


def _of_kind(names: Iterable[Name], upper: bool) -> tuple[Name, ...]:
    """Those that are matrices by their letter, or vectors, each once."""
    kept = {name.name: name for name in names if name.flavour[0] == upper and not name.call and not name.transposed}
    return tuple(kept.values())


def _in_formulas(runs: Iterable[Run]) -> tuple[Name, ...]:
    return _of_kind([name for run in runs for name in capitals(run.tokens)], True)


def _backward(note: Note, sentence: Sentence, language: Language) -> Iterator[Declaration]:
    """What a sentence without a formula supposes, for the formula in front of it."""
    start = sentence.span().start
    before = [run for run in note.runs if run.defines and run.span.source is sentence.source
              and start - _NEAR < run.span.end <= start]  # fmt: skip
    if before and not any(run.defines for run in (*sentence.runs, *sentence.after)):
        for fact in in_sentence(sentence, language, note.letters):
            if fact.hold == "sentence":
                yield replace(fact, reach=before[-1].span)
