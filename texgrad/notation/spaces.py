"""Tokens in, the same without narrow spaces out: a wide one, or one between the blocks of a matrix, as `\\quad`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad.notation.tokens import Token

# In quads.
WIDTHS = {
    "\\ ": 0.33, "\\,": 0.17, "\\;": 0.28, "\\:": 0.22, "\\>": 0.22, "\\!": -0.17, "\\thinspace": 0.17, "\\space": 0.33,
    "\\medspace": 0.22, "\\thickspace": 0.28, "\\negthinspace": -0.17, "\\enspace": 0.5, "\\enskip": 0.5, "\\quad": 1,
    "\\qquad": 2, "\\hfill": 2, "\\hfil": 2, "\\nobreakspace": 0.33, "\\negmedspace": -0.22, "\\negthickspace": -0.28,
}  # fmt: skip
# Signs that make no blocks of what stands in brackets.
_SIGNS = frozenset("+ - * / , ; ( ) { } \\cdot \\times \\odot \\otimes \\mid | \\partial \\sum \\left \\right".split())


def spaced(tokens: Sequence[Token]) -> list[Token]:
    """Each run of spaces as one `\\quad` where it is wide, or parts blocks, [X_1\\ X_2]; else as nothing."""
    out: list[Token] = []
    width, first = 0.0, None
    blocks: list[list[Token] | None] = []  # for each open bracket the spaces in it, none where a sign stands there
    for token in tokens:
        if token.kind == "command" and token.text in WIDTHS:
            first = first or token
            width += WIDTHS[token.text]
            continue
        if first is not None:
            if width >= 0.95:
                out.append(Token("command", "\\quad", first.span))
            elif width >= 0.28 and blocks and blocks[-1] is not None and token.text not in "]()":
                blocks[-1].append(Token("command", "\\,", first.span))
                out.append(blocks[-1][-1])
            width, first = 0.0, None
        if token.text == "[":
            blocks.append([])
        elif token.text == "]" and blocks:
            parting = blocks.pop() or []
            out = [replace(each, text="\\quad") if any(each is mark for mark in parting) else each for each in out]
        elif blocks and (token.kind == "relation" or token.text in _SIGNS):
            blocks[-1] = None
        out.append(token)
    return [token for token in out if token.text != "\\,"]
