"""A piece of a note's LaTeX in, how its author spells transposes, functions and constants out."""

from __future__ import annotations

import re

from texgrad.claims import Chain
from texgrad.context import Scope
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.forms.named_matrices import SINGLE_ENTRIES, STACKING
from texgrad.latex import Style
from texgrad.ops import TABLE
from texgrad.otherwise import read_as

_TRANSPOSE = re.compile(
    r"\^\s*\{?\s*-?(?P<mark>\\top|\\intercal|T|\\(?:mathsf|mathrm|rm|mathtt|text|operatorname|mathbf)\s*\{\s*[Tt]\s*\})\s*\}?"
)
_UPRIGHT = re.compile(r"\\frac\s*\{\s*d\b|\\mathrm\s*\{?\s*d")
_ABOVE = re.compile(r"(\\[A-Za-z]+|[A-Za-z])\s*\^\s*\{?\s*(\(|\\langle|<)")  # an index above a family's letter
_AROUND = {"(": ("^{(", ")}"), "\\langle": ("^{\\langle ", "\\rangle}"), "<": ("^{<", ">}")}
INDEXED = frozenset(("entry", "member", "row", "row_upright", "column"))
_BOLD = re.compile(r"\\(?P<command>boldsymbol|bm|pmb|mathbf|symbf|bf)\b")


def style_of(chain: Chain) -> Style:
    """The style of a claim, and of its note where the claim shows none."""
    members, scope = chain.statement.members, chain.scope
    text, note = " ".join(member.span.text for member in members), members[0].span.source.text
    found = _TRANSPOSE.search(text) or _TRANSPOSE.search(note)
    transpose = found["mark"] if found else "'" if _primes(chain) else "T"
    bold = _BOLD.search(text)
    choices = {
        "identity": ("\\mathbf{I}", "I"), "ones": ("\\mathbf{1}", "\\mathbb{1}"), "zeros": ("\\mathbf{0}",)
    }  # fmt: skip
    names = {}
    for op, spellings in choices.items():
        known = [name for name in spellings if scope.constant(name) == op]
        written = [name for name in known if name in text]
        names[op] = (written or known or spellings)[0]
    return Style(
        transpose=re.sub(r"\s", "", transpose),
        hadamard="\\circ" if "\\circ" in text and "\\odot" not in text else "\\odot",
        sign="d" if "\\partial" not in text and _UPRIGHT.search(text) else "\\partial",
        differential=_differential(text, scope),
        identity=names["identity"],
        ones=names["ones"],
        zeros=names["zeros"],
        unit="\\mathbf{e}" if "\\mathbf{e}" in text or bold else "e",
        bars_for_det=("\\det" not in text and "|" in text and "\\|" not in text) or "\\lvert" in text,
        words=_words(text) or _words(note),
        bold=bold["command"] if bold else "",
        is_function=scope.is_function,
        arguments=lambda name: _arguments(name, text, scope),
        letters=_letters(text, scope),
        above={name: _AROUND[opener] for name, opener in _ABOVE.findall(text)},
        spelled=_spelled(chain),
    )


def _spelled(chain: Chain) -> dict[Expr, str]:
    """The note's own text of the entries and members in a claim, and in the definitions of its symbols."""
    found: dict[Expr, str] = {}
    stack = [member for member in chain.members if isinstance(member, Expr)]
    bodies = [definition.body for name in {part.name for side in stack for part in side.walk() if part.op == "symbol"}
              if (definition := chain.scope.definition(name)) is not None]  # fmt: skip
    for part in (part for side in [*stack, *bodies] for part in side.walk()):
        if part.op not in INDEXED or part.span is None or part in found:
            continue
        try:
            if read_as(chain, part.span.text) == part:
                found[part] = part.span.text
        except NoteError:
            continue
    return found


def _words(text: str) -> dict[str, str]:
    """The command by which the text writes a function, where it writes it otherwise than by default."""
    found: dict[str, str] = {}
    for name, op in TABLE.items():
        if op.form != "function":
            continue
        for spelling in op.spellings:
            if spelling not in text or not spelling.isalpha():
                continue
            named = rf"\\(?:operatorname|mathrm|text|textrm|mathsf)\*?\{{{spelling}\}}"
            written = re.search(rf"{named}|\\{spelling}(?![a-zA-Z])", text)
            if written:
                found[name] = written[0]
                break
    return found


def _primes(chain: Chain) -> bool:
    """Whether a prime was read as a transpose."""
    parts = (part for member in chain.members if isinstance(member, Expr) for part in member.walk())
    return any(part.op == "transpose" and part.span is not None and part.span.text.endswith("'") for part in parts)


def _differential(text: str, scope: Scope) -> str:
    if scope.convention("differential") == "\\partial":
        return "\\partial "
    found = re.search(r"\\(?:mathrm|text|operatorname|rm)\s*\{?\s*d\b\s*\}?", text)
    return "\\mathrm{d}" if found else "d"


def _letters(text: str, scope: Scope) -> dict[str, str]:
    """The letters of the matrices that are known by their letter."""
    found = {}
    for convention, (op, _) in STACKING.items():
        said = scope.all_conventions(convention)
        if said:
            found[op] = said[0].partition("_")[0]
    single = next((name for name in sorted(SINGLE_ENTRIES, reverse=True) if f"{name}^" in text), None)
    return found | {"single_entry": single} if single else found


def _arguments(name: str, text: str, scope: Scope) -> tuple[str, ...]:
    """The arguments with which a claim writes a function that the note defines: p(x)."""
    definition = scope.definition(name)
    parameters = definition.parameters if definition is not None else ()
    return parameters if parameters and re.search(rf"{re.escape(name)}\s*(?:\\left\s*)?\(", text) else ()
