"""A run of math tokens in, what it names and states out: clauses between commas, the symbols it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from texgrad.facts.symbols import OUTER, Name, Size, compact, is_dots, levels, read_dims, read_name
from texgrad.notation.tokens import Token
from texgrad.source import Span


@dataclass(frozen=True)
class Clause:
    """What stands between two commas: members with relations between them; `comma` when a comma is before it."""

    members: tuple[tuple[Token, ...], ...]
    relations: tuple[Token, ...]
    comma: bool

    @property
    def span(self) -> Span:
        whole = [token for member in self.members for token in member] + list(self.relations)
        spans = sorted((token.span for token in whole), key=lambda span: span.start)
        return spans[0].to(spans[-1])


@dataclass(frozen=True, eq=False)
class Run:
    """Math tokens that stand together: a formula, or a part of it between words."""

    tokens: tuple[Token, ...]
    piece: int
    display: bool

    @cached_property
    def span(self) -> Span:
        return self.tokens[0].span.to(self.tokens[-1].span)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(split(self.tokens))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """What the run is about where a sentence speaks of it: the symbols listed, or what stands before a relation."""
        found: list[Name] = []
        for clause in self.clauses:
            if not clause.members[0] or is_dots(clause.members[0]):
                continue
            name = read_name(clause.members[0])
            if name is None or (clause.relations and clause.relations[0].text not in _ABOUT):
                if found and self._states(clause):
                    continue
                return ()
            found.append(name)
        return tuple(found)

    def _states(self, clause: Clause) -> bool:
        return bool(clause.relations)

    @property
    def defines(self) -> bool:
        """Whether it says what a symbol is equal to."""
        return any(token.text in ("=", ":=") for clause in self.clauses for token in clause.relations)

    @cached_property
    def applied(self) -> tuple[Name, ...]:
        """The functions that the right-hand sides of the run's equations call: g in a = g(z)."""
        members = [
            member
            for clause in self.clauses
            for member in clause.members[1:]
            if clause.relations[0].text in ("=", ":=")
        ]
        names = [read_name(member) for member in members]
        return tuple(name for name in names if name is not None and name.call)

    @cached_property
    def dims(self) -> tuple[Size, ...] | None:
        """The sizes where the run is nothing else: n, m\\times n, (m\\times n)."""
        return read_dims(self.tokens)

    @cached_property
    def compact(self) -> str:
        return compact(self.tokens)


_ABOUT = frozenset(("=", ":=", "\\in", ">", "\\ge", "\\succ", "\\succeq", "\\equiv", "<", "\\le", "\\sim", "\\ne"))


def split(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of a run, in order."""
    found: list[Clause] = []
    members: list[list[Token]] = [[]]
    relations: list[Token] = []
    comma = False

    def close(following_comma: bool) -> None:
        nonlocal members, relations, comma
        if members != [[]] or relations:
            found.append(Clause(tuple(tuple(member) for member in members), tuple(relations), comma))
        members, relations, comma = [[]], [], following_comma

    for token, depth in levels(tokens):
        if token.kind in ("begin", "end") and token.text.startswith(OUTER):
            continue
        if depth == 0 and token.kind == "align":
            continue
        if depth == 0 and (token.kind in ("row", "text") or token.text == "\\quad" or _separates(token)):
            close(token.text in (",", "\\quad") and (comma_like(token) or comma))
        elif depth == 0 and token.kind == "relation":
            relations.append(token)
            members.append([])
        elif token.text in ("\\forall", "\\exists"):
            close(False)
        else:
            members[-1].append(token)
    close(False)
    return found


def comma_like(token: Token) -> bool:
    return token.kind == "char" and token.text == ","


def _separates(token: Token) -> bool:
    return token.kind == "char" and token.text in (",", ";", ".", "!")
