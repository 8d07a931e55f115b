"""Tokens in, one after the other out: a cursor over them, and what brackets and bars do to a list of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad.errors import Unsupported
from texgrad.notation import signs
from texgrad.notation.signs import CLOSERS
from texgrad.notation.tokens import Token
from texgrad.source import Span


class Cursor:
    """A place in a list of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self, ahead: int = 0) -> Token | None:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else None

    def text(self, ahead: int = 0) -> str:
        token = self.peek(ahead)
        return token.text if token is not None and token.kind in ("char", "command", "letter", "number") else ""

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def here(self) -> Span | None:
        token = self.peek() or (self.tokens[-1] if self.tokens else None)
        return token.span if token else None

    def since(self, start: int) -> Span | None:
        if start >= len(self.tokens):
            return self.here()
        return self.tokens[start].span.to(self.tokens[max(start, self.at - 1)].span)

    def letters(self, spaced: bool = False) -> str:
        """The letters that stand together from here, each right behind the one before, or with spaces between them."""
        run: list[Token] = []
        while (token := self.peek(len(run))) is not None and token.kind == "letter":
            if run and not spaced and token.span.start != run[-1].span.end:
                break
            run.append(token)
        return "".join(token.text for token in run)

    def name(self) -> str:
        """The name that is typed as plain letters from here, if one is: MSE, loss, also d i s t; else nothing."""
        word = self.letters()
        if word in signs.ACRONYMS or word in signs.PLAIN_WORDS:
            return word
        wide = self.letters(spaced=True) if len(word) == 1 else ""
        return wide if wide in signs.PLAIN_WORDS else ""

    def raised(self, ahead: int) -> bool:
        """Whether a superscript or a prime stands that many tokens further on."""
        token = self.peek(ahead)
        return token is not None and (token.kind == "sup" or token.text == "'")

    def braces(self) -> list[Token]:
        """The tokens between braces, or the one token that TeX takes as an argument."""
        token = self.peek()
        if token is None:
            raise Unsupported("an argument is missing", self.here())
        if token.kind != "open":
            return [self.take()]
        level, start = 0, self.at + 1
        while (token := self.peek()) is not None:
            level += (token.kind == "open") - (token.kind == "close")
            self.at += 1
            if level == 0:
                return list(self.tokens[start : self.at - 1])
        raise Unsupported("a closing brace is missing", self.tokens[start - 1].span)

    def rows(self, opening: Token) -> list[list[list[Token]]]:
        """The cells of an environment that has just been opened, row by row."""
        level, rows, cell = 1, [[]], []
        while True:
            following = self.peek()
            if following is None:
                raise Unsupported(f"\\begin{{{opening.text}}} is never closed", opening.span)
            self.take()
            level += (following.kind == "begin") - (following.kind == "end")
            if level == 0:
                break
            if level == 1 and following.kind == "row":
                rows[-1].append(cell)
                rows.append([])
                cell = []
            elif level == 1 and following.kind == "align":
                rows[-1].append(cell)
                cell = []
            else:
                cell.append(following)
        rows[-1].append(cell)
        if rows[-1] == [[]]:
            rows.pop()
        return rows


def balanced(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with parentheses that the author forgot to close closed at the end."""
    missing: list[Token] = []
    for token in tokens:
        if token.kind == "char" and token.text == "(":
            missing.append(token)
        elif token.kind == "char" and token.text == ")" and missing:
            missing.pop()
    return [*tokens, *(replace(token, text=")", span=tokens[-1].span) for token in missing)] if missing else tokens


def split_condition(tokens: Sequence[Token]) -> tuple[list[Sequence[Token]], str]:
    """p(y | x), D(p \\| q): the parts around a lone bar inside parentheses, and the bar; paired bars are left alone."""
    level, places, doubles = 0, [], []
    for at, token in enumerate(tokens):
        if token.kind in ("open", "begin") or token.text in CLOSERS:
            level += 1
        elif token.kind in ("close", "end") or token.text in CLOSERS.values():
            level -= 1
        elif level == 0 and token.text in ("|", "\\mid") and token.kind in ("char", "command"):
            places.append(at)
        elif level == 0 and token.text == "\\|" and token.kind == "command":
            doubles.append(at)
    adjacent = len(places) == 2 and places[0] + 1 == places[1]  # ||
    mark, wide = ("|", 1) if len(places) == 1 and not doubles else ("\\|", 2 if adjacent else 1)
    if not (len(places) + len(doubles) == 1 or (adjacent and not doubles)):
        return [tokens], ""
    at = (places or doubles)[0]
    if at == 0 or at + wide == len(tokens):
        return [tokens], ""
    return [tokens[:at], tokens[at + wide :]], mark
