"""The vocabulary of the lexer: one token of a math span, with the place where the author wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from texgrad.source import Span

Kind = Literal[
    "letter",  # one letter: a, X
    "number",  # 12 or 0.5
    "command",  # \frac, \alpha, \mathbf (text with its backslash); Unicode symbols are given as their command
    "char",  # + - * / ( ) [ ] , ; . ! ' : | and other punctuation
    "open",  # {
    "close",  # }
    "sup",  # ^
    "sub",  # _
    "relation",  # = := \approx \le \in \to \Rightarrow ... in a normal spelling
    "align",  # &
    "row",  # \\
    "begin",  # \begin{env}: text is env
    "end",  # \end{env}: text is env
    "text",  # words: \text{...}, \mbox{...}, Chinese and other non-Latin letters in the math
]
ANGLES = {"<": "\\langle", ">": "\\rangle"}


@dataclass(frozen=True)
class Token:
    """One token; `span` is its place in the source (for a macro's body: the place of the macro call)."""

    kind: Kind
    text: str
    span: Span

    def __str__(self) -> str:
        return self.text if self.kind != "text" else f"\\text{{{self.text}}}"


def angled(content: Sequence[Token]) -> list[Token]:
    """The steps of a^{<t>} in angles, as in a^{\\langle t\\rangle}: nothing is compared in there."""
    if [token.text for token in content if token.kind == "relation"] != ["<", ">"]:
        return list(content)
    return [replace(token, kind="command", text=ANGLES[token.text]) if token.kind == "relation" else token
            for token in content]  # fmt: skip
