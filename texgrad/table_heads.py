"""The heads of a table in words and its cells out, which column holds functions and which their derivatives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from texgrad.facts.named_derivatives import MATRIX, WORDS
from texgrad.notation.signs import GREEK
from texgrad.notation.tokens import Token

_FUNCTION = re.compile(
    r"(?i)(?:scalar |skalare )?(?:functions?|expressions?|funktion(?:en)?|ausdruck|fonctions?|función|funciones|"
    r"expresión|funzion[ei]|espressione|função|expressão|функция|выражение|函数|表达式|関数|式|hàm số|hàm|함수)?"
)
_DERIVATIVES = {  # by what is put in front of a function
    r"\frac{\partial}{\partial %s}":
        r"(?:partial )?derivative|(?:partielle )?ableitung|dérivée|derivada|derivata|производная|导数|求导结果|微分|"
        r"đạo hàm|미분",
    r"\nabla_{%s}": WORDS["gradient"],
    r"\nabla_{%s}^2": rf"(?:{WORDS['hessian']}){MATRIX}",
}
_BY = (
    r"(?:,? ?\(?(?:with respect to|w\.? ?r\.? ?t\.?|by|in|nach|bezüglich|par rapport à|respecto (?:a|de)|rispetto a|по|"
    r"关于|对)?)?"
)
_FORMULA = re.compile(r"\$+([^$]+)\$+|\\\((.+?)\\\)")
_VALUES = {latex: re.compile(rf"(?i)(?:the )?(?:{words}){_BY}\W*") for latex, words in _DERIVATIVES.items()}
_FONTS = frozenset(("\\mathbf", "\\boldsymbol", "\\bm", "\\vec", "\\mathrm"))
_USUAL = "x X w z W u t v \\theta".split()
_ARGUMENT = re.compile(
    r"\(([^()]+)\)\s*$|\\partial\s*([^{}]+)\}\s*$|\\nabla_\{?([^{}^]+)\}?|^\s*([^{}()\s]+|\\\w+\{\w\})\s*$"
)
# the heads f(x) and J_f, J f(x) or Df(x), with the letters of the function and of its argument
_LETTER = r"\\?\w+|\\\w+\{\w\}"
_OF_ARGUMENT = re.compile(rf"\$+\s*(?P<name>{_LETTER})\s*\((?P<by>{_LETTER})\)\s*\$+")
_JACOBIAN = re.compile(
    rf"\$+\s*(?:J|D|\\math\w+\{{[JD]\}})_?\{{?\s*(?P<name>{_LETTER})\s*\}}?\s*(?:\([^()]*\))?\s*\$+"
)


@dataclass(frozen=True)
class Worded:
    """The column of the functions, and by their columns what stands in front of a function for its derivatives."""

    function: int
    values: Mapping[int, str]


def in_words(titles: Sequence[str], rows: Sequence[Mapping[int, Sequence[Token]]]) -> Worded | None:
    """What the heads say; None where no column is one of derivatives, or it is not clear by what they are."""
    jacobians = _jacobians([title.strip() for title in titles])
    if jacobians is not None:
        return jacobians
    plain = [re.sub(r"[*_`]", "", _FORMULA.sub("", title)).strip() for title in titles]
    formulas = [[found[1] or found[2] for found in _FORMULA.finditer(title)] for title in titles]
    values = {at: latex for at, text in enumerate(plain) for latex, words in _VALUES.items() if words.fullmatch(text)}
    functions = [at for at, text in enumerate(plain) if _FUNCTION.fullmatch(text) and (text or formulas[at])
                 and at not in values]  # fmt: skip
    if not values or not functions or functions[0] > min(values):
        return None
    cells = [row[functions[0]] for row in rows if functions[0] in row]
    common = _common(cells)
    found = {}
    for at, latex in values.items():
        named = [match for formula in formulas[at] if (match := _ARGUMENT.search(formula))]
        variable = next(filter(None, named[-1].groups()), "").strip() if named else common
        if variable:
            found[at] = latex % variable
    return Worded(functions[0], found) if found else None


def _jacobians(titles: Sequence[str]) -> Worded | None:
    """The columns of f(x) and of its Jacobian, where two heads are these."""
    functions = {found["name"]: (at, found["by"]) for at, title in enumerate(titles)
                 if (found := _OF_ARGUMENT.fullmatch(title))}  # fmt: skip
    for at, title in enumerate(titles):
        found = _JACOBIAN.fullmatch(title)
        if found is not None and found["name"] in functions and functions[found["name"]][0] != at:
            function, variable = functions[found["name"]]
            return Worded(function, {at: rf"\frac{{\partial}}{{\partial {variable}}}"})
    return None


def _common(cells: Sequence[Sequence[Token]]) -> str:
    """The letter that all functions of a column have; of several the most usual variable."""
    shared = None
    for cell in cells:
        names = {_written(cell, at) for at, token in enumerate(cell)
                 if token.kind == "letter" or (token.kind == "command" and token.text in GREEK)}  # fmt: skip
        shared = names if shared is None else shared & names
    shared = shared or set()
    fonts = ("%s", *(font + "{%s}" for font in sorted(_FONTS)))
    usual = [font % name for name in _USUAL for font in fonts if font % name in shared]
    return usual[0] if usual else min(shared) if len(shared) == 1 else ""


def _written(cell: Sequence[Token], at: int) -> str:
    """A letter with the font that stands around it."""
    framed = at >= 2 and cell[at - 1].kind == "open" and cell[at - 2].text in _FONTS
    return f"{cell[at - 2].text}{{{cell[at].text}}}" if framed else cell[at].text
