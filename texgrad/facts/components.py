"""A note's formulas in, the functions out whose entries it numbers: r with r_i(x) beside |r(x)| or dr_i/dx_j."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.symbols import TRANSPOSED, read_name
from texgrad.notation.tokens import Token

ORDER = 40  # where two facts stand at one place, the word of the higher order comes last

ENTRY = r"_\{?[ijk]\}?"


def find(note: Note) -> Iterator[Fact]:
    seen: set[str] = set()
    for run in note.runs:
        for at, token in enumerate(run.tokens):
            if token.kind not in ("letter", "command") or token.text in seen or run.tokens[at + 1 : at + 2] == ():
                continue
            if run.tokens[at + 1].kind != "sub":
                continue
            seen.add(token.text)
            name, argument = read_name((token,)), read_name(applied(note, (token,), ENTRY))
            known = name is None or argument is None or argument.name == name.name or signed(note, token.text)
            if not known and _whole(note, token.text, argument.name):
                yield Declaration(name.name, token.span, kind="function", properties=frozenset(("vector-valued",)),
                                  arguments=(argument.name,))  # fmt: skip


def applied(note: Note, symbol: Sequence[Token], scripts: str = "") -> tuple[Token, ...]:
    """The argument x where the note writes J(x), or r_i(x) with the scripts that a pattern matches."""
    pattern = re.compile(scripts + r"\(")
    for tokens in note.tokens.values():
        for at, token in enumerate(tokens):
            if token.text != symbol[0].text:
                continue
            behind = [each.text for each in tokens[at + 1 : at + 5]]
            if not pattern.match("".join(behind)):
                continue
            start = at + 2 + behind.index("(")
            stop = next((place for place in range(start, len(tokens)) if tokens[place].text == ")"), start)
            argument = read_name(tokens[start:stop])
            if argument is not None and not argument.family:
                return tuple(tokens[start:stop])
    return ()


def signed(note: Note, letter: str) -> bool:
    """Whether a note says from where to where a function goes, and so more than that it has entries."""
    signature = re.compile(rf"(?<![a-zA-Z\\]){re.escape(letter)}(?::|\\colon).*\\(?:to|rightarrow)")
    return any(signature.search(run.compact) for run in note.runs)


def _whole(note: Note, letter: str, argument: str) -> bool:
    """Whether a note has r as a vector, too: its norm, its product with itself, its entries in a row, its Jacobian."""
    r, x = re.escape(letter), re.escape(argument)
    whole = rf"(?<![a-zA-Z\\]){r}\({x}\)"
    shown = re.compile(
        rf"\\\|{whole}\\\||{whole}{TRANSPOSED}{whole}(?!_)|(?:{whole})?(?:=|:=)[\[(]{r}_\{{?1"
        rf"|\\partial ?{r}_\{{?[ijk]\}}?(?:\({x}\))?\}}\{{\\partial ?{x}_"
    )
    return any(shown.search(run.compact) for run in note.runs)
