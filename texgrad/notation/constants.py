"""Tokens in, the same out with a symbol for what is added as "const.": a number of which nothing is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from texgrad.notation.tokens import Token

_CONSTANT = re.compile(
    r"(?i)(?:const(?:ante?|\.)?|cst\.?|cte\.?|konst(?:ante|\.)?|costante|конст(?:анта|\.)?|常数|常量|定数)"
)
_UPRIGHT = frozenset(("\\mathrm", "\\operatorname", "\\rm", "\\mathsf", "\\mathit"))
_NAME = (("command", "\\mathrm"), ("open", "{"), *(("letter", each) for each in "const"), ("close", "}"))


def constants(tokens: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        token, stop = tokens[index], index + 1
        words = token.text if token.kind == "text" else ""
        if token.text in _UPRIGHT and stop < len(tokens) and tokens[stop].kind == "open":
            stop = next((k for k in range(stop, len(tokens)) if tokens[k].kind == "close"), index) + 1
            words = "".join(each.text for each in tokens[index + 2 : stop - 1])
        if out and out[-1].text in ("+", "-") and _CONSTANT.fullmatch(words.strip()):
            span = token.span.to(tokens[stop - 1].span)
            out += [Token(kind, text, span) for kind, text in _NAME]
        else:
            out += tokens[index:stop]
        index = stop
    return out
