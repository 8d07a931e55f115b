"""A line of code in, the formula out that it is: names, operators, calls of well-known functions; it is never run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FUNCTIONS = {
    **dict.fromkeys(("sigmoid", "expit", "logistic"), "\\operatorname{sigmoid}"),
    **{name: f"\\{name}" for name in ("tanh", "exp", "log", "sin", "cos", "sinh", "cosh")},
    **{name: f"\\operatorname{{{name}}}" for name in ("relu", "softplus", "sum", "mean")},
    "ReLU": "\\operatorname{relu}",
    "softmax": "\\operatorname{softmax}",
    "sqrt": "\\sqrt",
}
WHOLE = frozenset(("softmax", "sum", "mean"))  # of a vector; of a matrix code takes them by rows or by columns
PRODUCTS = frozenset(("dot", "matmul", "mm"))
ENTRYWISE = frozenset(("multiply", "mul"))
LOSSES = frozenset(("cross_entropy", "CE", "crossentropy", "xent"))
MODULES = frozenset(("np", "numpy", "torch", "jnp", "tf", "F", "nn", "math", "functional", "scipy", "special"))
GREEK = frozenset(
    "alpha beta gamma epsilon eta theta kappa lambda mu nu rho sigma tau phi chi psi omega Phi Psi Theta".split()
)
LONGEST = 100  # tokens of a line
COUNTING = frozenset("ijklmnt")  # z_i, any one of many
SIGMOID = re.compile(r"1 / \(1 \+ \\exp\((?:\(-([^()]*)\)|-([^()]*))\)\)")
UNITS = frozenset("deiIjkmnN")  # names of no arrays, or of too many things
NAME = re.compile(r"([A-Za-z]+?)_?(\d+|_[A-Za-z]{1,3})?")
TOKEN = re.compile(r"(?P<space>\s+)|(?P<name>[^\W\d]\w*)|(?P<number>\d+\.?\d*|\.\d+)|(?P<sign>\*\*|[-+*/@^().,=⊙·])")


class Unclear(Exception):
    """What stands here is no plain formula."""


@dataclass
class Line:
    """name = expression, with the LaTeX of both, the names that the expression has, and its place.

    An `alias` is another name for one symbol.
    """

    name: str
    latex: str
    names: frozenset[str]
    start: int
    alias: bool


def symbol(name: str, spelled: Mapping[str, set[str]]) -> str:
    """The symbol that a name of code stands for, in the note's spelling; "" where that is not clear."""
    bare = name.replace("_", "")
    if not name.isascii() or name in UNITS or not bare:
        return ""
    if (bare[0] == "d" and len(bare) > 1) or bare.startswith(("delta", "grad")):
        return ""  # a derivative
    found = spelled.get(bare, set())
    if "hat" in bare:
        found = found | spelled.get("hat" + bare.replace("hat", ""), set())
    if found:
        return min(found) if len(found) == 1 else ""
    match = NAME.fullmatch(name)
    if match is None or (len(match[1]) > 1 and match[1] not in GREEK) or (match[2] or "")[1:] in COUNTING:
        return ""
    stem = match[1] if len(match[1]) == 1 else f"\\{match[1]}"
    return f"{stem}_{{{match[2].strip('_')}}}" if match[2] else stem


def line_of(text: str, start: int, numpy: bool, heads: set[str], spelled: Mapping[str, set[str]]) -> Line:
    """The formula of one line; `heads` are the names that its block gives a value to, `numpy` says what * means."""
    try:
        return _Reader(text, numpy, heads, spelled).line(start)
    except IndexError:  # it breaks off
        raise Unclear from None


class _Reader:
    """One line of code, read from left to right."""

    def __init__(self, text: str, numpy: bool, heads: set[str], spelled: Mapping[str, set[str]]) -> None:
        self.numpy, self.heads, self.spelled = numpy, heads, spelled
        self.at = 0
        self.names: set[str] = set()
        place = 0
        found = []
        while place < len(text):
            match = TOKEN.match(text, place)
            if match is None:
                raise Unclear
            apart = match[0] == "(" and text[place - 1 : place].isspace()  # h (1 - h) is a product, f(x) a call
            place = match.end()
            found += [("apart" if apart else match.lastgroup, match[0])] if match.lastgroup != "space" else []
        if len(found) > LONGEST:
            raise Unclear
        self.tokens = [*found, ("end", "")]

    def line(self, start: int) -> Line:
        kind, name = self._next()
        head = symbol(name, self.spelled) if kind == "name" else ""
        if not head or self._next()[1] != "=":
            raise Unclear
        body = self._sum()
        if self._peek()[0] != "end":
            raise Unclear
        if head in self.names:
            raise Unclear
        return Line(head, f"{head} := {body}", frozenset(self.names), start, len(self.tokens) == 4)

    def _peek(self) -> tuple[str, str]:
        return self.tokens[self.at]

    def _next(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def _take(self, *signs: str) -> str:
        if self._peek()[1] in signs:
            return self._next()[1]
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise Unclear

    def _sum(self) -> str:
        text = self._take("-", "+") + self._product()
        while sign := self._take("+", "-"):
            text += f" {sign} {self._product()}"
        return text

    def _product(self) -> str:
        """Factors from left to right; code multiplies arrays entry by entry with *, and as matrices with @."""
        text, before = self._power(), ""
        while True:
            sign = self._take("*", "/", "@", "⊙", "·")
            beside = not sign and (self._peek()[0] in ("name", "number") or self._peek()[1] == "(")
            if not sign and not beside:
                return text
            if beside and (self.numpy or before == "/" or self._peek()[0] == "number"):
                raise Unclear
            factor = self._power()
            number = re.fullmatch(r"[\d.]+|\\frac\{[\d.]+\}\{[\d.]+\}", text) or re.fullmatch(r"[\d.]+", factor)
            if sign == "/":
                match = SIGMOID.fullmatch(f"{text} / {factor}")
                text = f"\\frac{{{text}}}{{{factor}}}"
                if match:  # of every entry
                    text = f"\\operatorname{{sigmoid}}({match[1] or match[2]})"
            else:
                entrywise = not number and (sign == "⊙" or (sign == "*" and self.numpy))
                kind = "\\odot" if entrywise else ""
                if sign == "@":
                    _matrix(text)
                if before not in ("", "/", kind or "beside"):
                    text = f"({text})"
                text = f"{text} {kind} {factor}"
                sign = kind or "beside"
            before = sign

    def _power(self) -> str:
        base = self._atom()
        if sign := self._take("**", "^"):
            kind, power = self._next()
            if (sign, power) == ("^", "T"):
                return f"{base}^T"
            if kind != "number":
                raise Unclear
            mark = "\\odot " if self.numpy else ""
            return f"{{{base}}}^{{{mark}{power}}}"
        return base

    def _atom(self) -> str:
        kind, word = self._next()
        if kind == "number":
            return word
        if word == "(":
            text = f"({self._sum()})"
            self._expect(")")
        elif kind == "name":
            path = [word]
            while word in MODULES and self._take("."):
                word = self._next()[1]
                path.append(word)
            text = self._named(path)
        elif word == "-":
            return f"(-{self._power()})"
        else:
            raise Unclear
        while self._take("."):
            text = self._method(text, self._next()[1])
        return text

    def _named(self, path: Sequence[str]) -> str:
        name = path[-1]
        known = name in FUNCTIONS or name in PRODUCTS | ENTRYWISE | LOSSES or name == "maximum"
        if known and self._peek()[1] == "(":
            return self._call(name)
        meant = symbol(name, self.spelled) if len(path) == 1 else ""
        if not meant or self._peek() == ("sign", "("):
            raise Unclear
        self.names.add(meant)
        return meant

    def _method(self, text: str, name: str) -> str:
        if name == "T":
            return f"{text}^T"
        if name not in PRODUCTS | {"sum", "mean"}:
            raise Unclear
        values = self._arguments()
        if name in PRODUCTS and len(values) == 1:
            return f"({_matrix(text)} {_in_brackets(values[0])})"
        if name in ("sum", "mean") and not values:
            return f"{FUNCTIONS[name]}({text})"
        raise Unclear

    def _arguments(self) -> list[str]:
        self._expect("(")
        values: list[str] = []
        while not self._take(")"):
            values.append(self._sum())
            if self._peek()[1] != ")":
                self._expect(",")
        return values

    def _call(self, name: str) -> str:
        values = self._arguments()
        if name in FUNCTIONS and len(values) == 1:
            if name == "softmax" and self.numpy and re.match(r"\W*[A-Z]", values[0]):
                raise Unclear  # of the rows or of the columns
            return f"\\sqrt{{{values[0]}}}" if name == "sqrt" else f"{FUNCTIONS[name]}({values[0]})"
        if name == "maximum" and len(values) == 2 and "0" in values:
            return f"\\operatorname{{relu}}({values[values[0] == '0']})"
        if name in PRODUCTS and len(values) == 2:
            _matrix(values[0])
            return f"({' '.join(map(_in_brackets, values))})"
        if name in ENTRYWISE and len(values) == 2:
            return "(" + " \\odot ".join(map(_in_brackets, values)) + ")"
        heads = {symbol(each, self.spelled) for each in self.heads}
        if name in LOSSES and len(values) == 2 and len(heads & set(values)) == 1:
            output, target = values if values[0] in heads else values[::-1]  # what is computed is the prediction
            return f"\\operatorname{{CE}}({target}, {output})"
        raise Unclear


def _matrix(text: str) -> str:
    """The left factor of a matrix product; arrays of one dimension, x @ w and x @ W, are neither rows nor columns."""
    letters = re.sub(r"\\[A-Za-z]+(?:\{[a-z]+\})?", "", text)
    if not re.search(r"[A-Z]", letters.replace("^T", "")) and not text.endswith("^T"):
        raise Unclear
    return text


def _in_brackets(text: str) -> str:
    return f"({text})" if re.search(r"[-+]|\\odot", text) else text
