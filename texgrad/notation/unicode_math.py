"""One Unicode character in, the tokens that TeX would write for it out: kind and text, or nothing for white space."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

Parts = tuple[tuple[str, str], ...]

_COMMANDS = {
    "∂": "partial", "∇": "nabla", "Δ": "Delta", "∆": "Delta", "×": "times", "·": "cdot", "⋅": "cdot", "∙": "cdot",
    "•": "cdot", "⊙": "odot", "∘": "circ", "⊗": "otimes", "⊕": "oplus", "⊖": "ominus", "‖": "|", "∥": "|", "∑": "sum",
    "∏": "prod", "∫": "int", "√": "sqrt", "∞": "infty", "…": "ldots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots",
    "±": "pm", "∓": "mp", "÷": "div", "⟨": "langle", "〈": "langle", "⟩": "rangle", "〉": "rangle", "⌈": "lceil",
    "⌉": "rceil", "⌊": "lfloor", "⌋": "rfloor", "ℓ": "ell", "⊤": "top", "⊥": "perp", "⊺": "intercal", "†": "dagger",
    "‡": "ddagger", "∀": "forall", "∃": "exists", "∅": "emptyset", "∪": "cup", "∩": "cap", "∧": "wedge", "∨": "vee",
    "⋆": "star", "★": "star", "ϵ": "epsilon", "ε": "varepsilon", "φ": "varphi", "ϕ": "phi", "ϑ": "vartheta",
    "ϱ": "varrho", "ς": "varsigma", "ϖ": "varpi", "µ": "mu", "Ω": "Omega", "ı": "imath", "ȷ": "jmath", "¬": "neg",
    "≤": "le", "⩽": "le", "≦": "le", "≥": "ge", "⩾": "ge", "≧": "ge", "≠": "ne", "≈": "approx", "≃": "simeq",
    "≅": "cong", "∼": "sim", "∝": "propto", "→": "to", "⟶": "to", "↦": "mapsto", "⟼": "mapsto", "←": "leftarrow",
    "⟵": "leftarrow", "⇒": "Rightarrow", "⟹": "Rightarrow", "⇐": "Leftarrow", "⇔": "Leftrightarrow",
    "⟺": "Leftrightarrow", "∴": "therefore", "∵": "because", "∈": "in", "∉": "notin", "⊂": "subset", "⊆": "subseteq",
    "≻": "succ", "⪰": "succeq", "≽": "succeq", "≺": "prec", "⪯": "preceq", "≼": "preceq", "≪": "ll", "≫": "gg",
    "≡": "equiv", "≜": "triangleq", "≝": "triangleq", "≔": "coloneqq", "≐": "doteq", "≕": "eqqcolon",
}  # fmt: skip
_CHARS = {
    "−": "-", "–": "-", "﹣": "-", "∗": "*", "′": "'", "″": "''", "‴": "'''", "’": "'", "‘": "'", "∣": "|", "│": "|",
    "⁄": "/", "∕": "/", "。": ".", "、": ",", "【": "[", "】": "]", "〔": "(", "〕": ")", "∶": ":", "“": '"', "”": '"',
}  # fmt: skip
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵗ", "0123456789+-=()niTt", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx", strict=True))
_LETTERS = """alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi psi omega"""
_GREEK = {
    unicodedata.lookup(f"GREEK {case} LETTER {name}"): command
    for spelling in _LETTERS.split()
    for name in (spelling.upper().replace("LAMBDA", "LAMDA"),)
    for case, command in (("SMALL", spelling), ("CAPITAL", spelling.capitalize()))
}
# Greek capitals that TeX has no command for look like Latin letters and are written so.
_GREEK |= {"Α": "A", "Β": "B", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ρ": "P", "Τ": "T",
           "Χ": "X", "Ε": "E", "Ο": "O", "ο": "o", "Φ": "Phi"}  # fmt: skip
ACCENTS = {"\u0302": "\\hat", "\u0304": "\\bar", "\u0305": "\\bar", "\u0303": "\\tilde", "\u0307": "\\dot",
           "\u0308": "\\ddot", "\u20d7": "\\vec", "\u030c": "\\check", "\u0332": "\\underline"}  # fmt: skip
_FONTS = {"BOLD": "\\mathbf", "SCRIPT": "\\mathcal", "FRAKTUR": "\\mathfrak", "BLACK-LETTER": "\\mathfrak",
          "DOUBLE-STRUCK": "\\mathbb", "MONOSPACE": "\\mathtt", "SANS-SERIF": "\\mathsf"}  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\ufe0e\ufe0f")


@lru_cache(maxsize=4096)
def parts(char: str) -> Parts:
    """The tokens for one non-ASCII character; kind `accent` is a combining mark for the token before."""
    if char in _INVISIBLE or char.isspace() or "\u2460" <= char <= "\u24ff" or "\u2776" <= char <= "\u2793":
        return ()  # a number in a circle counts the lines of a derivation
    if char in _COMMANDS:
        return (("command", "\\" + _COMMANDS[char]),)
    if char in _GREEK:
        return _letter(_GREEK[char])
    if char in _CHARS:
        return tuple(("char", each) for each in _CHARS[char])
    if char in ACCENTS:
        return (("accent", ACCENTS[char]),)
    if char in _SUPERSCRIPTS:
        return ("sup", "^"), ("open", "{"), _superscript(_SUPERSCRIPTS[char]), ("close", "}")
    if char in _SUBSCRIPTS:
        return ("sub", "_"), ("open", "{"), plain(_SUBSCRIPTS[char]), ("close", "}")
    return _styled(char)


def _superscript(char: str) -> tuple[str, str]:
    return ("command", "\\top") if char == "T" else plain(char)


def plain(char: str) -> tuple[str, str]:
    """The kind and text of one ASCII character."""
    if char.isalpha():
        return "letter", char
    if char.isdigit():
        return "number", char
    return _ASCII_KINDS.get(char, "char"), char


_ASCII_KINDS = {"{": "open", "}": "close", "^": "sup", "_": "sub", "&": "align", "=": "relation", "<": "relation",
                ">": "relation"}  # fmt: skip


def _letter(name: str) -> Parts:
    return (("letter", name),) if len(name) == 1 else (("command", "\\" + name),)


def _styled(char: str) -> Parts:
    """Letters of the mathematical alphabets, full-width forms, letters with an accent; words for what remains."""
    simple = unicodedata.normalize("NFKC", char)
    if len(simple) == 1 and simple != char and not simple.isspace():
        inner = (plain(simple),) if simple.isascii() else parts(simple)
        if char > "\uff00" and char < "\uffef":
            return inner
        name = unicodedata.name(char, "")
        font = next((font for style, font in _FONTS.items() if style in name), None)
        if font is None or len(inner) != 1 or inner[0][0] not in ("letter", "number", "command"):
            return inner
        return ("command", font), ("open", "{"), *inner, ("close", "}")
    above, slash, below = simple.partition("\N{FRACTION SLASH}")
    if slash and above.isdigit() and below.isdigit():
        numbers = (part for digits in (above, below) for part in (("open", "{"), ("number", digits), ("close", "}")))
        return ("command", "\\frac"), *numbers
    apart = unicodedata.normalize("NFD", char)
    if len(apart) == 2 and apart[0].isascii() and apart[1] in ACCENTS:
        return ("command", ACCENTS[apart[1]]), ("open", "{"), ("letter", apart[0]), ("close", "}")
    return (("text", char),)
