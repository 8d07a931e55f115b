"""Pieces of LaTeX text in, the same with brackets or braces around them out, and what of a text stands outside them."""

from __future__ import annotations

import re

TALL = re.compile(r"\\(?:frac|sum|prod|begin|left|partial|int)")


def brackets(text: str) -> str:
    return f"\\left({text}\\right)" if TALL.search(text) else f"({text})"


def script(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9]|\\[a-zA-Z]+", text) else f"{{{text}}}"


def outside(text: str) -> str:
    """What of a text stands outside of all braces and brackets."""
    depth, result = 0, []
    for char in text:
        depth += (char in "{([") - (char in "})]")
        if depth == 0:
            result.append(char)
    return "".join(result)
