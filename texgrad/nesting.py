"""Tokens in, how they nest out: depth in braces, brackets and environments, and where an environment ends."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.notation.tokens import Token

OPENERS = frozenset(("(", "[", "\\{", "\\langle"))
CLOSERS = frozenset((")", "]", "\\}", "\\rangle"))


def matching(tokens: Sequence[Token], start: int) -> int:
    level = 0
    for at in range(start, len(tokens)):
        level += (tokens[at].kind == "begin") - (tokens[at].kind == "end")
        if level == 0:
            return at
    return -1


class Depth:
    """How deep in braces, brackets and environments a scan is."""

    def __init__(self) -> None:
        self.hard = self.soft = 0

    def step(self, token: Token) -> None:
        if token.kind in ("open", "begin"):
            self.hard += 1
        elif token.kind in ("close", "end"):
            self.hard = max(0, self.hard - 1)
        elif self.hard == 0 and token.kind in ("char", "command"):
            if token.text in OPENERS:
                self.soft += 1
            elif token.text in CLOSERS:
                self.soft = max(0, self.soft - 1)


def outer(tokens: Sequence[Token]) -> list[Token]:
    depth, result = Depth(), []
    for token in tokens:
        depth.step(token)
        if depth.hard == 0 and depth.soft == 0:
            result.append(token)
    return result


def is_open(tokens: Sequence[Token]) -> bool:
    """Whether a bracket stays open at the end."""
    depth = Depth()
    for token in tokens:
        depth.step(token)
    return depth.soft > 0


def is_enclosed(tokens: Sequence[Token]) -> bool:
    """Whether one pair of brackets holds one whole equation: (dz_i/dx_j = W_ij)."""
    if tokens[0].text not in ("(", "[") or [token.text for token in outer(tokens)] not in ([")"], ["]"]):
        return False
    inside = [token.text for token in outer(tokens[1:-1])]
    return inside.count("=") == 1 and "," not in inside
