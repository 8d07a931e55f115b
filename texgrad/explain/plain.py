"""A piece of LaTeX in, the same formula in plain text out: ∂(xᵀAx)/∂x; None where one line of text cannot hold it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from texgrad.ops import WORDS

TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}^_&]|\s+|.", re.DOTALL)
SIGNS = {
    "partial": "∂", "nabla": "∇", "odot": "⊙", "otimes": "⊗", "oslash": "⊘", "circ": "∘", "cdot": "·", "times": "×",
    "sum": "Σ", "prod": "Π", "top": "ᵀ", "intercal": "ᵀ", "infty": "∞", "ell": "ℓ", "|": "‖", "lVert": "‖",
    "rVert": "‖", "lvert": "|", "rvert": "|", "vert": "|", "Vert": "‖", "langle": "⟨", "rangle": "⟩", "le": "≤",
    "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "in": "∈", "dots": "…", "ldots": "…", "cdots": "…",
    "dagger": "†", "star": "*", "ast": "*", "prime": "'", "pm": "±", "to": "→", "{": "{", "}": "}", "epsilon": "ε",
    "varepsilon": "ε", "varphi": "φ", "vartheta": "θ", "%": "%", "_": "_", "&": "&", "mid": "|",
}  # fmt: skip
FONTS = frozenset(
    ("mathbf", "boldsymbol", "bm", "pmb", "mathrm", "mathit", "mathsf", "mathtt", "mathbb", "mathcal", "mathscr",
     "mathfrak", "operatorname", "operatorname*", "text", "textrm", "textbf", "mathop", "vec", "boxed", "mathds")
)  # fmt: skip
SILENT = frozenset(
    ("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr",
     "displaystyle", "textstyle", "limits", "nolimits", "quad", "qquad", "bf", "rm", "it", "!")
)  # fmt: skip
FUNCTIONS = frozenset(spelling for spelling in WORDS if spelling.isalpha())
ACCENTS = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
           "widetilde": "\u0303", "dot": "\u0307", "ddot": "\u0308"}  # fmt: skip
RAISED = dict(zip("0123456789+-=()niTt'*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵗ'*", strict=True)) | {"ᵀ": "ᵀ", "†": "†"}
LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


class _TooRich(ValueError):
    """There is no plain text for this."""


def plain(latex: str, longest: int = 60) -> str | None:
    """The formula as one line of text, None where that would be too long or would lose its sense."""
    try:
        text, _ = _until(TOKEN.findall(latex), 0, None)
    except (_TooRich, IndexError):
        return None
    text = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).strip())
    return text if 0 < len(text) <= longest else None


def _until(tokens: list[str], at: int, end: str | None) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(tokens) and tokens[at] != end:
        text, at = _next(tokens, at)
        if parts and text[:1].isalpha() and parts[-1][-1:].isalpha() and (_is_word(text) or _is_word(parts[-1])):
            parts.append(" ")
        elif parts and "/" in parts[-1] and parts[-1] != "/" and (text[:1].isalnum() or text[:1] in "∂∇(‖|√["):
            parts.append(" ")  # 1/2 A, and not 1/(2A)
        if text:
            parts.append(text)
    return "".join(parts), at


def _is_word(text: str) -> bool:
    return len(text) > 1 and text.isascii() and text.isalpha()


def _argument(tokens: list[str], at: int) -> tuple[str, int]:
    """A group in braces or a single token."""
    while at < len(tokens) and tokens[at].isspace():
        at += 1
    if tokens[at] == "{":
        text, at = _until(tokens, at + 1, "}")
        return text, at + 1
    return _next(tokens, at)


def _next(tokens: list[str], at: int) -> tuple[str, int]:
    token = tokens[at]
    if token.startswith("\\"):
        return _command(tokens, at)
    if token == "{":
        return _argument(tokens, at)
    if token in "^_":
        text, at = _argument(tokens, at + 1)
        return _script(token, text), at
    if token == "&":
        return "", at + 1
    if token.isspace():
        return "", at + 1
    if token in "+-=<>":
        return f" {token} " if at and _binary(tokens[:at]) else token, at + 1
    return (", " if token == "," else token), at + 1


def _binary(before: list[str]) -> bool:
    """Whether a sign stands between two things rather than in front of one."""
    solid = [token for token in before if not token.isspace() and token not in ("\\left", "&")]
    return bool(solid) and solid[-1] not in ("(", "[", "{", "=", "+", "-", "\\frac", "^", "_", ",")


def _command(tokens: list[str], at: int) -> tuple[str, int]:
    name = tokens[at][1:]
    at += 1
    if name in ("frac", "dfrac", "tfrac", "cfrac"):
        above, at = _argument(tokens, at)
        below, at = _argument(tokens, at)
        return f"{_operand(above)}/{_operand(below)}", at
    if name == "sqrt":
        inside, at = _argument(tokens, at)
        return f"√{_operand(inside)}", at
    if name in FONTS:
        return _argument(tokens, at)
    if name in ACCENTS:
        inside, at = _argument(tokens, at)
        return inside[:1] + ACCENTS[name] + inside[1:], at
    if name in SILENT or (not name[0].isalpha() and name not in SIGNS):
        return ("", at + 1) if name in ("left", "right") and tokens[at] == "." else ("", at)
    if name in SIGNS:
        sign = SIGNS[name]
        return (f" {sign} " if sign in "⊙⊗⊘∘×≤≥≠∈→" else sign), at
    greek = _greek(name)
    if greek:
        return greek, at
    if name not in FUNCTIONS:
        raise _TooRich
    return name, at


@cache
def _greek(name: str) -> str | None:
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")
    except KeyError:
        return None


# A symbol with its scripts, a number, a call, a norm: what needs no brackets beside a slash.
_PLAIN_OPERAND = re.compile(
    r"(?:\d+(?:\.\d+)?|[^\W\d_][\u0300-\u036f]?|[A-Za-z]+\([^()]*\)|\([^()]*\)|\|[^|]*\||‖[^‖]*‖)[\u2070-\u209c⁰¹²³ᵀᵗⁿⁱᵢᵣᵤᵥₓⱼ'*]*"
)
_SIGN = re.compile(r"(?:∂|d(?!et\b|iag\b|im\b|ist\b))[²³⁴]?(?=.)")


def _operand(text: str) -> str:
    """One side of a slash: a sign of differentiation keeps its place, what is composite goes into brackets."""
    text = text.strip()
    if len(text) == 1 or _PLAIN_OPERAND.fullmatch(text.removeprefix("√")):
        return text
    sign = _SIGN.match(text)
    if sign and text[0] == "∂" and "∂" in text[1:]:
        return text  # the two variables of a second derivative
    if sign:
        return sign[0] + _operand(text[sign.end() :])
    return f"({text})"


def _script(mark: str, text: str) -> str:
    table = RAISED if mark == "^" else LOWERED
    text = text.strip().replace(" ", "")
    if text and all(char in table for char in text):
        return "".join(table[char] for char in text)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"
