r"""Math in, the covariance matrices and the noise in it out: v \sim \mathcal{N}(0, R), \operatorname{Var}(x) = R."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
_LETTERS = frozenset(("\\Sigma", "\\Omega", "\\Lambda"))  # what makes N_p one without such a sign
# ... and N(\\mu, \\Sigma)
_MEAN = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec|hat|bar)?\{?(?:\\mu|\\theta)|\\?mu|0|m(?!\w)")
_DETERMINANTS = ("|{}|", r"\det({})", r"\det {}", r"\det{}")
_ZEROS = frozenset(r"0 \mathbf{0 \boldsymbol{0 \bm{0 \vec{0".split())
_GAUSSIAN = re.compile(r"(?i)\bnormal|gau(?:ss|ß)|нормальн|гаусс|正态|正規分布|高斯|ガウス|chuẩn")
_TURNED = r"\)\^\{?(?:\\top|\\intercal|T|'|\\mathsf\{T\}|\\mathrm\{T\})\}? ?"
_COVARIANCE = frozenset(("symmetric", "positive-definite", "square"))


def find(note: Note) -> Iterator[Fact]:
    for run in note.runs:
        for _, parts in normals(run.tokens):
            yield from _covariance(parts[-1])
        for clause in run.clauses:
            yield from _spread(clause)
            yield from _noise(clause)
        yield from _written_out(run.tokens)
    for sentence in note.sentences:
        if _GAUSSIAN.search(sentence.text):
            for run in (*sentence.runs, *sentence.after):
                yield from _precision(run.tokens)


def normals(tokens: Sequence[Token]) -> Iterator[tuple[str, list[list[Token]]]]:
    r"""Each \mathcal{N}_p(x \mid \mu, \Sigma): its sign and its arguments, two or more."""
    for at, token in enumerate(tokens):
        if token.text != "(" or token.kind != "char":
            continue
        start = next((k for k in range(max(at - 6, 0), at) if _is_normal(compact(tokens[k:at]))), None)
        if start is None:
            continue
        loose = tokens[start].text == "N" and (start == 0 or tokens[start - 1].text not in _BEFORE)
        parts: list[list[Token]] = [[]]
        for inner, depth in levels(tokens[at + 1 :]):
            if depth == 0 and inner.text == ")":
                break
            if depth == 0 and inner.text in (",", ";", "|", "\\mid"):
                parts.append([])
            else:
                parts[-1].append(inner)
        mean = at > start + 1 or any(_MEAN.match(compact(part)) for part in parts[:-1])
        if len(parts) > 1 and not (loose and not (mean and parts[-1] and parts[-1][0].text in _LETTERS)):
            yield compact(tokens[start:at]), parts


def _is_normal(sign: str) -> bool:
    r"""N, \mathcal{N}, N_p, N_{n+1}."""
    return sign.partition("_")[0] in _NORMAL


def _written_out(tokens: Sequence[Token]) -> Iterator[Declaration]:
    r"""The \Sigma of a normal density, or of its logarithm: with 2\pi, the determinant |\Sigma| and \Sigma^{-1}."""
    text = compact(tokens)
    if "2\\pi" not in text:
        return
    for at, token in enumerate(tokens):
        if token.kind == "sup" and compact(tokens[at : at + 5]) == "^{-1}":
            names = (tokens[start:at] for start in range(max(at - 6, 0), at))
            whole = (name for name in names if any(bars.format(compact(name)) in text for bars in _DETERMINANTS))
            yield from _covariance(next(whole, ()))


def _precision(tokens: Sequence[Token]) -> Iterator[Declaration]:
    r"""The S of \ln\det S - (x - \mu)^T S (x - \mu), the logarithm of a normal density but for a constant."""
    text = compact(tokens)
    for at, token in enumerate(tokens):
        name = re.escape(token.text)
        logarithm = rf"\\(?:log|ln)(?:\\det ?\(?|\\lvert |\|){name}(?![\w^_])"
        if token.text[-1].isalpha() and re.search(logarithm, text) and re.search(_TURNED + name + r" ?\(", text):
            yield from _covariance(tokens[at : at + 1])
            return


def _noise(clause: Clause) -> Iterator[Declaration]:
    r"""The v of v \sim \mathcal{N}(0, R), whatever the letter was before."""
    for at, relation in enumerate(clause.relations):
        drawn = normals(clause.members[at + 1]) if relation.text == "\\sim" else ()
        name = read_name(clause.members[at])
        if name is not None and not name.call and any(compact(parts[0]).strip("{}") in _ZEROS for _, parts in drawn):
            yield Declaration(name.name, name.span, properties=frozenset(("noise",)), family=name.family)


def _spread(clause: Clause) -> Iterator[Declaration]:
    for at, relation in enumerate(clause.relations):
        head = compact(clause.members[at])
        if relation.text in ("=", ":=") and any(head.startswith(word) and head != word for word in _SPREAD):
            whole = clause.members[at + 1]
            rest = _without_variance(whole)
            for found in _covariance(rest):  # \\sigma^2 M of residuals is singular
                kept = found.properties if rest is whole else found.properties - {"positive-definite"}
                yield replace(found, properties=kept)


def _without_variance(tokens: Sequence[Token]) -> Sequence[Token]:
    r"""\Omega in \sigma^2 \Omega."""
    end = next((at + 1 for at in range(1, len(tokens)) if compact(tokens[1 : at + 1]) in ("^2", "^{2}")), 0)
    return tokens[end:] if end and tokens[0].text in ("\\sigma", "s") else tokens


def _covariance(tokens: Sequence[Token]) -> Iterator[Declaration]:
    r"""The one capital letter that the tokens are, or whose inverse: \Sigma, \Lambda^{-1}."""
    if compact(tokens).endswith("^{-1}"):
        tokens = tokens[: next(at for at in range(len(tokens) - 1, -1, -1) if tokens[at].kind == "sup")]
    name = read_name(tokens)
    if name is None or name.name.partition("_")[0].removeprefix("\\mathbf{").rstrip("}") == "I":
        return  # the identity of N(0, I)
    if name.flavour[0] and not (name.call or name.transposed or name.primed):
        kind = "matrix" if name.family else None  # \\Sigma_k is one of many also beside the blocks \\Sigma_{11}
        yield Declaration(name.name, name.span, kind, None, _COVARIANCE, family=name.family, member=name.member)
