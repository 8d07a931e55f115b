r"""A run of math in, which matrices are covariances out: \mathcal{N}(\mu, \Sigma), \operatorname{Var}(x) = \Sigma."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Clause
from texgrad.facts.symbols import compact, levels, read_name
from texgrad.notation.tokens import Token

ORDER = 12  # where two facts stand at one place, the word of the higher order comes last

_NORMAL = frozenset(r"\mathcal{N} \mathscr{N} \mathrm{N} \operatorname{N} \mathsf{N} \mathcal{GP} N".split())
_SPREAD = frozenset(
    r"\operatorname{Var} \operatorname{Cov} \operatorname{var} \operatorname{cov} \mathrm{Var} \mathrm{Cov} \mathbb{V} "
    r"\operatorname{AVar} \operatorname{Avar} Var Cov".split()
)
_BEFORE = frozenset(("\\sim", "\\to", "\\approx"))  # what makes a plain N a distribution
_COVARIANCE = frozenset(("symmetric", "positive-definite", "square"))


def find(note: Note) -> Iterator[Fact]:
    for run in note.runs:
        for tokens in _normals(run.tokens):
            yield from _covariance(tokens)
        for clause in run.clauses:
            yield from _spread(clause)


def _normals(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    r"""The last argument of each \mathcal{N}(x \mid \mu, \Sigma)."""
    for at, token in enumerate(tokens):
        if token.text != "(" or token.kind != "char":
            continue
        start = next((k for k in range(max(at - 6, 0), at) if compact(tokens[k:at]) in _NORMAL), None)
        plain = start is not None and compact(tokens[start:at]) == "N"
        if start is None or (plain and (start == 0 or tokens[start - 1].text not in _BEFORE)):
            continue
        parts: list[list[Token]] = [[]]
        for inner, depth in levels(tokens[at + 1 :]):
            if depth == 0 and inner.text == ")":
                break
            if depth == 0 and inner.text in (",", ";", "|", "\\mid"):
                parts.append([])
            else:
                parts[-1].append(inner)
        if len(parts) > 1:
            yield parts[-1]


def _spread(clause: Clause) -> Iterator[Declaration]:
    for at, relation in enumerate(clause.relations):
        head = compact(clause.members[at])
        if relation.text in ("=", ":=") and any(head.startswith(word) and head != word for word in _SPREAD):
            yield from _covariance(clause.members[at + 1])


def _covariance(tokens: Sequence[Token]) -> Iterator[Declaration]:
    r"""The one capital letter that the tokens are, or whose inverse: \Sigma, \Lambda^{-1}."""
    if compact(tokens).endswith("^{-1}"):
        tokens = tokens[: next(at for at in range(len(tokens) - 1, -1, -1) if tokens[at].kind == "sup")]
    name = read_name(tokens)
    if name is None or name.name.removeprefix("\\mathbf{").rstrip("}") == "I":
        return  # the identity of N(0, I)
    if name.flavour[0] and not (name.call or name.transposed or name.primed):
        yield Declaration(name.name, name.span, None, None, _COVARIANCE, family=name.family, member=name.member)
