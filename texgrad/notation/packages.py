r"""A package's command in, what it stands for out: physics, derivative, commath and names that notes take for granted.

The note's own definitions win. `EXPANDERS` are for commands whose arguments depend on what follows: each reads its
arguments and gives a body with `#1`.. and the arguments for it, or None to leave the command as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from texgrad.document import MacroDefinition
from texgrad.notation.macros import collect
from texgrad.notation.raw import Raw

Body = tuple[str, list[list[Raw]]]

_OPERATORS = """
tr Tr trace Trace rank diag Diag blkdiag sign sgn softmax sigmoid softplus relu ReLU argmin argmax adj cov Cov Var erf
vech unvec
"""
_SIMPLE = r"""
\newcommand{\grad}{\nabla} \newcommand{\gradient}{\nabla} \newcommand{\divergence}{\nabla\cdot}
\newcommand{\curl}{\nabla\times} \newcommand{\laplacian}{\nabla^{2}} \newcommand{\cross}{\times}
\newcommand{\vdot}{\cdot} \newcommand{\dotproduct}{\cdot}
\NewDocumentCommand{\dd}{o}{\mathrm{d}\IfValueT{#1}{^{#1}}} \newcommand{\d}{\mathrm{d}} \newcommand{\dif}{\mathrm{d}}
\newcommand{\differential}{\mathrm{d}} \newcommand{\rd}{\mathrm{d}}
\NewDocumentCommand{\norm}{s o m}{\left\|#3\right\|} \NewDocumentCommand{\abs}{s o m}{\left|#3\right|}
\NewDocumentCommand{\absolutevalue}{s o m}{\left|#3\right|} \NewDocumentCommand{\eval}{s o m}{\left.#3\right|}
\NewDocumentCommand{\pqty}{s m}{\left(#2\right)} \NewDocumentCommand{\bqty}{s m}{\left[#2\right]}
\NewDocumentCommand{\Bqty}{s m}{\left\{#2\right\}} \NewDocumentCommand{\vqty}{s m}{\left|#2\right|}
\newcommand{\expval}[1]{\langle #1\rangle} \newcommand{\ev}[1]{\langle #1\rangle}
\newcommand{\innerproduct}[2]{\langle #1, #2\rangle} \newcommand{\comm}[2]{[#1,#2]}
\NewDocumentCommand{\vectorbold}{s m}{\mathbf{#2}} \NewDocumentCommand{\vb}{s m}{\mathbf{#2}}
\NewDocumentCommand{\va}{s m}{\vec{#2}} \NewDocumentCommand{\vu}{s m}{\hat{#2}}
\NewDocumentCommand{\qq}{s m}{\quad\text{#2}\quad}
\newcommand{\qand}{\quad\text{and}\quad} \newcommand{\qor}{\quad\text{or}\quad} \newcommand{\qif}{\quad\text{if}\quad}
\newcommand{\qwhere}{\quad\text{where}\quad} \newcommand{\qwith}{\quad\text{with}\quad}
\newcommand{\qfor}{\quad\text{for}\quad} \newcommand{\qthen}{\quad\text{then}\quad} \newcommand{\qcomma}{,\quad}
\newcommand{\pmqty}[1]{\begin{pmatrix}#1\end{pmatrix}} \newcommand{\bmqty}[1]{\begin{bmatrix}#1\end{bmatrix}}
\newcommand{\vmqty}[1]{\begin{vmatrix}#1\end{vmatrix}}
\newcommand{\R}{\mathbb{R}} \newcommand{\reals}{\mathbb{R}} \newcommand{\Reals}{\mathbb{R}}
\newcommand{\N}{\mathbb{N}} \newcommand{\Z}{\mathbb{Z}}
"""


@cache
def definitions() -> Mapping[str, MacroDefinition]:
    """The commands that are plain macros, by name."""
    found = {each.name: each for each in collect(_SIMPLE)}
    return found | {name: MacroDefinition(name, rf"\operatorname{{{name}}}") for name in _OPERATORS.split()}


def _split(raws: Sequence[Raw]) -> list[list[Raw]]:
    """The parts of an argument between its commas, outside of braces and parentheses."""
    parts: list[list[Raw]] = [[]]
    depth = 0
    for raw in raws:
        if raw.kind == "open" or raw.text in ("(", "["):
            depth += 1
        elif raw.kind == "close" or raw.text in (")", "]"):
            depth -= 1
        if raw.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(raw)
    return parts


def _orders(option: Sequence[Raw] | None) -> list[list[Raw]]:
    """The orders in `[2]`, `[2,1]`, `[order=2]` or `[order={2,1}]`."""
    if not option:
        return []
    if not any(raw.text == "=" for raw in option):
        return _split(option)
    for entry in _split(option):
        texts = [raw.text for raw in entry]
        if "=" in texts and "".join(texts[: texts.index("=")]) in ("order", "ord"):
            value = entry[texts.index("=") + 1 :]
            if len(value) > 1 and value[0].kind == "open" and value[-1].kind == "close":
                value = value[1:-1]
            return _split(value)
    return []


def _derivative(sign: str, plain_count: bool = False) -> Callable[..., Body | None]:
    """`\\pdv{f}{x}`, `\\pdv[2]{f}{x}`, `\\pdv{f}{x}{y}`, `\\pdv{f}{x,y}` and the operator `\\pdv{x}`."""

    def expander(reader) -> Body | None:
        reader.star()
        orders = _orders(reader.optional())
        first = reader.argument()
        if first is None or (plain_count and not reader.at_group()):
            return None
        function, variables = (first, _split(reader.argument() or [])) if reader.at_group() else ([], _split(first))
        if function and reader.at_group() and sign == "\\partial":
            variables += _split(reader.argument() or [])
        return _fraction(sign, function, variables, orders)

    return expander


def _fraction(sign: str, function: list[Raw], variables: list[list[Raw]], orders: list[list[Raw]]) -> Body:
    arguments, denominator = [function], ""
    for index, variable in enumerate(variables):
        arguments.append(variable)
        denominator += f"{sign} #{len(arguments)}"
        if len(orders) > 1 or (orders and len(variables) == 1):
            order = orders[min(index, len(orders) - 1)]
            if [raw.text for raw in order] != ["1"]:
                arguments.append(order)
                denominator += f"^{{#{len(arguments)}}}"
    if len(arguments) > 9:
        return sign, []
    total = _total(orders, len(variables))
    if isinstance(total, list):
        arguments.append(total)
        power = f"^{{#{len(arguments)}}}"
    else:
        power = f"^{{{total}}}" if total != "1" else ""
    return rf"\frac{{{sign}{power} #1}}{{{denominator}}}", arguments


def _total(orders: list[list[Raw]], count: int) -> str | list[Raw]:
    """The order of the whole derivative: a numeral, or the tokens of a symbolic one."""
    texts = ["".join(raw.text for raw in order) for order in orders] or ["1"]
    if len(texts) == 1 and count > 1:
        return str(count) if not orders else orders[0]
    if all(text.isdecimal() for text in texts):
        return str(sum(map(int, texts)))
    total: list[Raw] = []
    for order in orders:
        total += [*([Raw("char", "+")] if total else []), *order]
    return total


def _quantity(reader) -> Body | None:
    """`\\qty(..)` with the delimiters as they stand, `\\qty{..}` with braces."""
    reader.star()
    if reader.at_group():
        content = reader.argument()
        return None if content is None else (r"\left\{#1\right\}", [content])
    return "", []


def _matrix(reader) -> Body | None:
    """`\\mqty(..)`, `\\mqty[..]`, `\\mqty|..|`, `\\mqty{..}`."""
    reader.star()
    for opening, closer, environment in (
        ("(", ")", "pmatrix"), ("[", "]", "bmatrix"), ("|", "|", "vmatrix"), ("{", "}", "matrix"),
    ):  # fmt: skip
        content = reader.until(opening, closer)
        if content is not None:
            return rf"\begin{{{environment}}}#1\end{{{environment}}}", [content]
    return None


EXPANDERS: Mapping[str, Callable[..., Body | None]] = {
    **dict.fromkeys(("pdv", "pderivative", "partialderivative", "diffp"), _derivative("\\partial")),
    **dict.fromkeys(("dv", "odv", "derivative"), _derivative("\\mathrm{d}")),
    **dict.fromkeys(("fdv", "fderivative", "functionalderivative"), _derivative("\\delta")),
    # Bare names that notes also define as a sign alone: a derivative only where two groups follow.
    "pd": _derivative("\\partial", plain_count=True),
    "od": _derivative("\\mathrm{d}", plain_count=True),
    "diff": _derivative("\\mathrm{d}", plain_count=True),
    "qty": _quantity,
    "quantity": _quantity,
    "mqty": _matrix,
    "matrixquantity": _matrix,
}
