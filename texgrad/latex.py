"""An expression of the operation table in, LaTeX out that is read as the same expression, as the note spells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from texgrad.errors import NoteError
from texgrad.expr import Expr, number
from texgrad.latex_text import brackets, outside, script
from texgrad.ops import TABLE

# How tightly an expression holds together; a part that holds less than its place asks for stands in brackets.
SUM, NEGATIVE, MARKED, PRODUCT, FACTOR, ATOM = range(6)

COMMANDS = frozenset(
    ("log", "ln", "exp", "sin", "cos", "tan", "cot", "sec", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "det",
     "max", "min")
)  # fmt: skip
_LETTER = re.compile(r"\\[a-zA-Z]+|[a-zA-Z0-9]")


class Unprintable(NoteError):
    """The expression has no spelling that would be read as itself."""


@dataclass(frozen=True)
class Style:
    """How a note writes what can be written in several ways; `words` maps an operation to its command."""

    transpose: str = "T"
    hadamard: str = "\\odot"
    sign: str = "\\partial"
    differential: str = "d"
    identity: str = "\\mathbf{I}"
    ones: str = "\\mathbf{1}"
    zeros: str = "\\mathbf{0}"
    unit: str = "\\mathbf{e}"
    bars_for_det: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    bold: str = ""
    above: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # around the index of families with x^{(i)}
    is_function: Callable[[str], bool] = lambda name: False  # a bracket behind it would be its argument
    arguments: Callable[[str], tuple[str, ...]] = lambda name: ()  # of a function that the note writes with them
    letters: Mapping[str, str] = field(default_factory=dict)  # of matrices known by their letter: J^{ij}, K_{mn}
    spelled: Mapping[Expr, str] = field(default_factory=dict)  # entries and members as the note writes them


PLAIN = Style()

def to_latex(expr: Expr, style: Style = PLAIN) -> str:
    """The expression in LaTeX; Unprintable where no spelling would be read as the same."""
    return _Printer(style).at(expr, SUM)


class _Printer:
    """Writes one expression; every writer returns its text and how tightly that holds together."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.bars = 0  # how many norms a part stands in

    def write(self, expr: Expr) -> tuple[str, int]:
        if expr in self.style.spelled:
            return self.style.spelled[expr], FACTOR
        writer = _WRITERS.get(expr.op)
        if writer is not None:
            return writer(self, expr)
        op = TABLE.get(expr.op)
        if op is not None and op.form == "function" and expr.args:
            return self.function(expr.op, expr.args), FACTOR
        if op is not None and op.form == "infix" and len(expr.args) == 2:
            return _marked(op.spellings[0])(self, expr)
        if op is not None and op.form == "constant":
            return op.spellings[0], ATOM
        raise Unprintable(f"{expr.op} cannot be written", expr.span)

    def at(self, expr: Expr, level: int) -> str:
        """The text of an expression in a place that asks for a level."""
        text, has = self.write(expr)
        return text if has >= level else brackets(text)

    def word(self, name: str) -> str:
        if name in self.style.words:
            return self.style.words[name]
        spellings = [spelling for spelling in TABLE[name].spellings if spelling.isalpha()]
        if not spellings:
            raise Unprintable(f"{name} cannot be written")
        return f"\\{spellings[0]}" if spellings[0] in COMMANDS else f"\\operatorname{{{spellings[0]}}}"

    def function(self, name: str, args: tuple[Expr, ...]) -> str:
        return self.word(name) + brackets(", ".join(self.at(arg, SUM) for arg in args))

    def name(self, name: str) -> str:
        """A symbol's canonical name with the note's own bold command."""
        name = re.sub(r"([_^])\{([A-Za-z0-9])\}", r"\1\2", name)
        if self.style.bold not in ("", "mathbf", "bf"):
            return re.sub(r"\\mathbf(?=\{)", rf"\\{self.style.bold}", name)
        return re.sub(r"\\mathbf(?=\{\\)", r"\\boldsymbol", name)

    def raised(self, base: Expr, exponent: str) -> str:
        """A base with a superscript; a base that has one already stands in brackets."""
        text = self.at(base, ATOM)
        if "^" in outside(text) or text.endswith("'"):
            text = brackets(text)
        return f"{text}^{script(exponent)}"

    def bare(self, base: Expr) -> str:
        """A base for a subscript; one that has scripts already stands in brackets."""
        text = self.at(base, ATOM)
        return brackets(text) if re.search("[_^]", outside(text)) else text

    def transposed(self, base: Expr) -> str:
        if self.style.transpose == "'":
            return self.at(base, ATOM) + "'"
        if base.op == "inverse" and self.style.transpose in ("T", "\\top"):
            return self.raised(base.args[0], f"-{self.style.transpose}")
        return self.raised(base, self.style.transpose)

    def indices(self, args: tuple[Expr, ...]) -> str:
        parts = [self.at(arg, SUM) for arg in args]
        short = all(_LETTER.fullmatch(part) and not part.startswith("\\") for part in parts)
        return ("" if short else ", ").join(parts)


# -- writers -----------------------------------------------------------------------------------------------------------


def _symbol(p: _Printer, expr: Expr) -> tuple[str, int]:
    if not expr.name or not expr.name.isprintable() or "\N{INCREMENT}" in expr.name or "\N{BULLET}" in expr.name:
        raise Unprintable("a symbol without a name", expr.span)
    name, arguments = p.name(expr.name), p.style.arguments(expr.name)
    return (f"{name}({', '.join(map(p.name, arguments))})", FACTOR) if arguments else (name, ATOM)


def _sum(p: _Printer, expr: Expr) -> tuple[str, int]:
    parts = [p.at(expr.args[0], NEGATIVE)]
    for arg in expr.args[1:]:
        negative = arg.op == "neg"
        parts.append("-" if negative else "+")
        inner = arg.args[0] if negative else arg
        text = p.at(inner, MARKED)
        parts.append(text)
    return " ".join(parts), SUM


def _product(p: _Printer, expr: Expr) -> tuple[str, int]:
    marks = expr.name.split() if expr.name else [""] * (len(expr.args) - 1)
    dotted = any(marks)
    parts: list[str] = []
    for at, arg in enumerate(expr.args):
        last = at == len(expr.args) - 1
        text = _part(p, arg, dotted, last)
        called = at and expr.args[at - 1].op == "symbol" and text.startswith(("(", "\\left("))
        if at and (marks[at - 1] or (called and p.style.is_function(expr.args[at - 1].name))):
            parts.append("*" if marks[at - 1] == "star" else "\\cdot")
            dotted = True
        elif at and text[0].isdigit() and parts[-1][-1].isdigit():
            parts.append("\\times")
        parts.append(text)
    return " ".join(parts), PRODUCT if not dotted else MARKED


def _part(p: _Printer, arg: Expr, dotted: bool, last: bool) -> str:
    """A factor; a sum over an index, which has no end of its own, may only stand last."""
    if arg.op in ("sum_over", "product_over", "differential") and last and not dotted:
        return p.write(arg)[0]
    if arg.op == "product" and (not dotted or any(arg.name.split())):
        return brackets(p.write(arg)[0])
    text, has = p.write(arg)
    return text if has >= (PRODUCT if dotted else FACTOR) else brackets(text)


def _marked(mark: str | None) -> Callable[[_Printer, Expr], tuple[str, int]]:
    return lambda p, e: (f" {mark or p.style.hadamard} ".join(p.at(arg, PRODUCT) for arg in e.args), MARKED)


def _divide(p: _Printer, expr: Expr) -> tuple[str, int]:
    above, below = (p.at(arg, SUM) for arg in expr.args)
    return f"\\frac{{{above}}}{{{below}}}", FACTOR


def _power(p: _Printer, expr: Expr) -> tuple[str, int]:
    return p.raised(expr.args[0], p.at(expr.args[1], SUM)), FACTOR


def _over(command: str) -> Callable[[_Printer, Expr], tuple[str, int]]:
    def write(p: _Printer, expr: Expr) -> tuple[str, int]:
        names = expr.name.split()
        if any(not _LETTER.fullmatch(name) for name in names):
            raise Unprintable("an index without a name", expr.span)
        body = expr.args[0]
        text = p.write(body)[0] if body.op == "product" and not body.name else p.at(body, FACTOR)
        lower, upper = expr.args[1:] if len(expr.args) == 3 else (None, None)
        below = ", ".join(names)
        if lower is not None and lower.op != "empty":
            below += f"={p.at(lower, SUM)}"
        above = f"^{script(p.at(upper, SUM))}" if upper is not None and upper.op != "empty" else ""
        return f"{command}_{{{below}}}{above} {text}", MARKED

    return write


def _entry(p: _Printer, expr: Expr) -> tuple[str, int]:
    return f"{p.bare(expr.args[0])}_{{{p.indices(expr.args[1:])}}}", FACTOR


def _line(before: str, after: str) -> Callable[[_Printer, Expr], tuple[str, int]]:
    return lambda p, expr: (f"{p.bare(expr.args[0])}_{{{before}{p.at(expr.args[1], SUM)}{after}}}", FACTOR)


def _member(p: _Printer, expr: Expr) -> tuple[str, int]:
    indices = p.indices(expr.args)
    name = p.name(expr.name.removesuffix("_{}"))
    opener, closer = p.style.above.get(expr.name, ("_{", "}"))
    return f"{name}{opener}{indices}{closer}", ATOM


def _norm(sub: str | None) -> Callable[[_Printer, Expr], tuple[str, int]]:
    def write(p: _Printer, expr: Expr) -> tuple[str, int]:
        p.bars += 1
        inside = p.at(expr.args[0], SUM)
        p.bars -= 1
        kind = sub if sub is not None else "_" + script(p.at(expr.args[1], SUM))
        text = f"\\left\\|{inside}\\right\\|{kind}"
        return (brackets(text) if p.bars else text), ATOM  # bars do not nest by themselves

    return write


def _det(p: _Printer, expr: Expr) -> tuple[str, int]:
    if p.style.bars_for_det:
        return f"\\left|{p.at(expr.args[0], SUM)}\\right|", ATOM
    return p.function("det", expr.args), FACTOR


def _lettered(p: _Printer, expr: Expr) -> tuple[str, int]:
    """K_{mn} and the like, by the letter that the note has given them."""
    if expr.op not in p.style.letters:
        raise Unprintable(f"no letter for the {expr.op} matrix", expr.span)
    letter = p.style.letters[expr.op]
    return (f"{letter}_{{{p.indices(expr.args)}}}" if expr.args else letter), ATOM


def _gaussian(p: _Printer, expr: Expr) -> tuple[str, int]:
    point, mean, variance = (p.at(arg, SUM) for arg in expr.args)
    return f"\\mathcal{{N}}({point} \\mid {mean}, {variance})", FACTOR


def _expectation(p: _Printer, expr: Expr) -> tuple[str, int]:
    parts = [", ".join(p.at(arg, SUM) for arg in args) for args in (expr.args[:1], expr.args[1:]) if args]
    inside = " \\mid ".join(parts)
    under = f"_{{{', '.join(expr.name.split())}}}" if expr.name else ""
    return f"\\mathbb{{E}}{under}[{inside}]", FACTOR


def _call(p: _Printer, expr: Expr) -> tuple[str, int]:
    return p.name(expr.name) + brackets(", ".join(p.at(arg, SUM) for arg in expr.args)), FACTOR


def _primed(p: _Printer, expr: Expr) -> tuple[str, int]:
    name, order = expr.name.rsplit(" ", 1)
    word = p.word(name) if name in TABLE else p.name(name)
    return word + "'" * int(order) + brackets(p.at(expr.args[0], SUM)), FACTOR


def _derivative(p: _Printer, expr: Expr) -> tuple[str, int]:
    target, *variables = expr.args
    sign, order = p.style.sign, len(variables)
    power = f"^{order}" if order > 1 else ""
    below = " ".join(f"{sign} {p.at(variable, FACTOR)}" for variable in variables)
    if order > 1 and len(set(variables)) == 1 and variables[0].op == "symbol" and "^" not in variables[0].name:
        below = f"{sign} {p.raised(variables[0], str(order))}"
    text, has = p.write(target)
    if expr.name == "nabla" and target.op == "call" and list(target.args) == variables:
        return f"\\nabla {text}", FACTOR  # \\nabla f(x_k)
    above = text if has >= MARKED and not text.startswith("\\frac") else brackets(text)
    return f"\\frac{{{sign}{power} {above}}}{{{below}}}", FACTOR


def _differential(p: _Printer, expr: Expr) -> tuple[str, int]:
    sign, target = p.style.differential, expr.args[0]
    if target.op in ("symbol", "member"):
        return sign + p.at(target, ATOM), MARKED
    return sign + brackets(p.at(target, SUM)), MARKED


def _at(p: _Printer, expr: Expr) -> tuple[str, int]:
    body, value = expr.args
    _, mark, function = expr.name.partition("\N{INCREMENT}")
    if mark and p.style.is_function(function) and body.op == "derivative":
        by, order = body.args[1], len(body.args) - 1
        sign = "\\nabla " if order == 1 else f"\\nabla^{order} "
        head = f"J_{{{p.name(function)}}}" if by.op == "transpose" else sign + p.name(function)
        return head + brackets(p.at(value, SUM)), FACTOR
    if mark:
        raise Unprintable("an evaluation without a named variable", expr.span)
    return f"\\left. {p.at(body, SUM)} \\right|_{{{p.name(expr.name)} = {p.at(value, SUM)}}}", PRODUCT


def _environment(name: str, rows: list[str]) -> str:
    return f"\\begin{{{name}}} " + " \\\\ ".join(rows) + f" \\end{{{name}}}"


def _sequence(p: _Printer, expr: Expr) -> tuple[str, int]:
    """The first entries and the last one, with dots between."""
    if len(expr.args) < 2:
        raise Unprintable("a vector of unknown length", expr.span)
    places = (number(1), number(2), expr.args[1])
    first, second, last = (p.at(_with(expr.args[0], expr.name, place), SUM) for place in places)
    return _environment("bmatrix", [first, second, "\\vdots", last]), ATOM


def _with(expr: Expr, index: str, value: Expr) -> Expr:
    return value if expr.op == "symbol" and expr.name == index else expr.rebuild(lambda arg: _with(arg, index, value))


def _block(p: _Printer, expr: Expr) -> tuple[str, int]:
    rows = [" & ".join(p.at(cell, SUM) for cell in row.args) for row in expr.args]
    return _environment("bmatrix", rows), ATOM


def _condition(p: _Printer, expr: Expr) -> str:
    if expr.op == "hadamard":
        return " , ".join(_condition(p, arg) for arg in expr.args)
    if expr.op != "condition":
        raise Unprintable("a case without a condition", expr.span)
    left, right = (p.at(arg, SUM) for arg in expr.args)
    return f"{left} {expr.name} {right}"


def _cases(p: _Printer, expr: Expr) -> tuple[str, int]:
    rows = []
    for at in range(0, len(expr.args), 2):
        pair = expr.args[at : at + 2]
        rows.append(p.at(pair[0], SUM) + (f" & {_condition(p, pair[1])}" if len(pair) == 2 else " & \\text{otherwise}"))
    return _environment("cases", rows), ATOM


def _constant(kind: str) -> Callable[[_Printer, Expr], tuple[str, int]]:
    def write(p: _Printer, expr: Expr) -> tuple[str, int]:
        text = getattr(p.style, kind)
        return f"{text}_{{{p.indices(expr.args)}}}" if expr.args else text, ATOM

    return write


_WRITERS: dict[str, Callable[[_Printer, Expr], tuple[str, int]]] = {
    "symbol": _symbol,
    "number": lambda p, expr: (expr.name, ATOM if expr.name[:1] != "-" else NEGATIVE),
    "sum": _sum,
    "product": _product,
    "multiply": _product,
    "hadamard": _marked(None),
    "neg": lambda p, e: (f"-{p.at(e.args[0], MARKED)}", NEGATIVE),
    "divide": _divide,
    "power": _power,
    "elementwise_power": lambda p, e: (p.raised(e.args[0], f"{p.style.hadamard} {p.at(e.args[1], FACTOR)}"), FACTOR),
    "transpose": lambda p, e: (p.transposed(e.args[0]), FACTOR),
    "inverse": lambda p, e: (p.raised(e.args[0], "-1"), FACTOR),
    "adjoint": lambda p, e: (p.raised(e.args[0], "H"), FACTOR),
    "pinv": lambda p, e: (p.raised(e.args[0], "+"), FACTOR),
    "sqrt": lambda p, e: (f"\\sqrt{{{p.at(e.args[0], SUM)}}}", FACTOR),
    "sum_over": _over("\\sum"),
    "product_over": _over("\\prod"),
    "entry": _entry,
    "row": _line("", " :"),
    "column": _line(": ", ""),
    "member": _member,
    "delta": lambda p, e: (f"\\delta_{{{p.indices(e.args)}}}", ATOM),
    "norm": _norm(""),
    "norm_spectral": _norm("_2"),
    "norm_one": _norm("_1"),
    "norm_infinity": _norm("_\\infty"),
    "norm_nuclear": _norm("_*"),
    **dict.fromkeys(("norm_weighted", "norm_p"), _norm(None)),
    "inner": lambda p, e: (f"\\langle {', '.join(p.at(arg, SUM) for arg in e.args)} \\rangle", ATOM),
    "gaussian": _gaussian,
    "expectation": _expectation,
    "covariance": lambda p, e: (f"\\operatorname{{Cov}}{brackets(p.at(e.args[0], SUM))}", FACTOR),
    "det": _det,
    "call": _call,
    "primed": _primed,
    "derivative": _derivative,
    "differential": _differential,
    "at": _at,
    "block": _block,
    "sequence": _sequence,
    "cases": _cases,
    "condition": lambda p, e: (f"\\mathbf{{1}}[{_condition(p, e)}]", FACTOR),
    "identity": _constant("identity"),
    "ones": _constant("ones"),
    "zeros": _constant("zeros"),
    "unit_vector": _constant("unit"),
    "ones_matrix": lambda p, e: (f"{p.style.ones} {p.style.ones}^{p.style.transpose}", PRODUCT),
    "imaginary_unit": lambda p, e: ("\\mathrm{i}", ATOM),
    "single_entry": lambda p, e: (f"{p.style.letters.get(e.op, 'J')}^{{{p.indices(e.args)}}}", FACTOR),
    **dict.fromkeys(("commutation", "duplication", "elimination"), _lettered),
}  # fmt: skip
