"""The atoms behind a subject in, what they say of it out: kind, size, properties, what it depends on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from texgrad.facts.atoms import LIST, Clause, names_of
from texgrad.facts.saying import Said

_RANKS = {"scalar": 0, "vector": 1, "column": 1, "row": 1, "matrix": 2}


def denied(before: str) -> bool:
    """Whether a "not" stands in front of the subject: we do not assume that A is symmetric."""
    return re.search(r"N[xuabBhKLq]*(?:L[xa]*R[xaK]*)?$", before) is not None


def doubted(before: str) -> bool:
    """Whether it is asked or supposed against the facts: could we take A symmetric."""
    return re.search(r"I[xuabBhKLq]*$", before) is not None


def predicate(clause: Clause, start: int, denied: bool = False) -> tuple[Said | None, int]:
    """What the atoms from here on say of a subject, and where that ends; None where they say nothing."""
    letters, atoms = clause.letters, clause.atoms
    said, negated, article, unknown, poisoned = Said(), denied, False, False, False
    at, found = start, False
    pending: list[tuple[tuple[str, ...], bool]] = []
    while at < len(letters):
        letter, rest = letters[at], letters[at:]
        if letter == "a" and pending and letters[at - 1] == "P" and clause.language.spaced:
            break  # since A is symmetric the two terms agree: another subject
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
            if re.match(r"K[xP]*(?:[EMn](?:[CA][EMn])*)?H[xaPK]*[uKE]", rest):
                return None, at
            if not clause.language.spaced and re.match(r"Kx*[EMn](?:[CA][EMn])*[^CcA.R)Z]", rest):
                return None, at  # a_ij 为矩阵 A 第 i 行 ...
            if negated and found and said.kind and re.search(r"[Cc][xa]*N[xa]*$", letters[:at]):
                break  # a matrix, no number
            if found and _unlike(said.kind, atoms[at].meaning[0]):
                return None, at  # "matrices and vectors": who is which is not said
            if negated and not pending:
                return None, at
            if not poisoned:
                said = said.of_kind(*atoms[at].meaning)
                found = True
        elif letter == "D" or (letter in "Mn" and _counts(clause, at) and atoms[at].dims):
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
        elif letter in "OWh" and (
            match := re.match(
                r"[OWh][xa]*S?[xaOBb]*(?=D)|[OWhZ][xa]*S[xaOBb]*(?=[Mn](?!H)"
                r")",
                rest,
            )
        ):
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
        elif letter in "OV" and said.kind == "function" and (match := re.match(rf"[OV][xaKP]*(?P<of>{LIST})", rest)):
            first = at + match.start("of")
            said = said.depending_on(
                tuple(name.member or name.name for name in names_of(atoms[first : at + match.end("of")]))
            )
            at += match.end() - 1
        elif letter == "V" and (match := re.match(rf"V[xaKP]*(?P<of>{LIST})", rest)):
            first = at + match.start("of")
            said = said.of_kind("function").depending_on(
                tuple(name.member or name.name for name in names_of(atoms[first : at + match.end("of")]))
            )
            found = True
            at += match.end() - 1
        elif letter in "M" and (match := re.match(r"(?P<of>M(?:[CA]M)*)HK", rest)):
            # f 是 x 的函数
            said = said.depending_on(
                tuple(name.member or name.name for name in names_of(atoms[at : at + match.end("of")]))
            )
            at += match.end("of")
            continue
        elif (
            found
            and letter in "CcAR"
            and re.match(
                r"[CcA]+[xabBh]*N?[xa]*(?:[PK](?![xPK]*M)|D(?!K)|W[xa]*P|J|"
                r"OS)|[CcA]*R[xabBhL]*N[xau]*P(?![xPK]*M)",  # positive definite, but not necessarily symmetric
                rest,
            )
        ) or (
            letter == "H"
            and re.match(
                r"H[xP]*[KP]|"
                r"H(?:[CcA.Rf]|$)",
                rest,
            )
        ):
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


def _unlike(first: str | None, second: str | None) -> bool:
    return first in _RANKS and second in _RANKS and _RANKS[first] != _RANKS[second]


def _counts(clause: Clause, at: int) -> bool:
    """Whether a symbol is a number of entries: n-dimensional, an n-vector."""
    rest = clause.letters[at + 1 :]
    behind = clause.sentence.text[clause.atoms[at].stop :][:1]
    return rest.startswith("Z") or (behind == "-" and rest.startswith(("K", "xK")))


def _settle(said: Said, pending: Sequence[tuple[tuple[str, ...], bool]], article: bool, unknown: bool) -> Said | None:
    """The properties said, unless they belong to a noun that is not known ("the diagonal entry")."""
    if unknown and said.kind is None:
        pending = ()
    for properties, negated in pending:
        said = said.with_properties(properties, negated)
    return said if said.kind or said.properties or said.dims is not None or said.arguments else None
