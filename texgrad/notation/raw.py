"""The lexer's working token, and the braces of a list of them: a token list in, the partner of each brace out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


def commands(names: str) -> frozenset[str]:
    """Names of commands, separated by spaces, as the texts of their tokens."""
    return frozenset("\\" + name for name in names.split())


TEXT_COMMANDS = commands(
    "text textrm textbf textit textsf texttt textnormal textup textmd textsl textsc textmc mbox hbox intertext "
    "shortintertext"
)
# How many arguments follow a command that TeX reads token by token: `\frac12`, `\sqrt2`, `\mathbf1`.
ACCENTS = commands(
    "hat widehat bar overline tilde widetilde vec dot ddot dddot check widecheck breve underline overrightarrow "
    "overleftarrow underrightarrow mathring acute grave"
)
FONTS = {
    "\\" + name: "\\" + normal
    for normal, names in {
        "mathbf": "mathbf bm boldsymbol pmb mathbfit symbf symbfit vb bold mathbold mathbfsf",
        "mathrm": "mathrm mathup symup symrm",
        "mathit": "mathit symit",
        "mathnormal": "mathnormal mit",
        "mathcal": "mathcal symcal",
        "mathscr": "mathscr symscr",
        "mathbb": "mathbb Bbb symbb mathbbm mathds",
        "mathfrak": "mathfrak frak symfrak",
        "mathsf": "mathsf symsf",
        "mathtt": "mathtt symtt",
    }.items()
    for name in names.split()
}
FRACTIONS = {
    "\\" + name: "\\" + normal
    for normal, names in (("frac", "frac dfrac tfrac cfrac sfrac nicefrac flatfrac"), ("binom", "binom dbinom tbinom"))
    for name in names.split()
}
ARGUMENTS = {**dict.fromkeys((*ACCENTS, *FONTS, "\\sqrt"), 1), **dict.fromkeys(FRACTIONS, 2)}


class Raw(NamedTuple):
    """A token under way: places are offsets (in the scanned text, later in the source); `space`: white space before."""

    kind: str
    text: str
    start: int = 0
    end: int = 0
    space: bool = False
    depth: int = 0
    final: bool = False


class LexError(Exception):
    """What cannot be read, and its place."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message, self.start, self.end = message, start, end


def matching(raws: Sequence) -> list[int]:
    """For each brace the index of its partner; LexError where one has none."""
    partner, opened = [-1] * len(raws), []
    for index, raw in enumerate(raws):
        if raw.kind == "open":
            opened.append(index)
        elif raw.kind == "close":
            if not opened:
                raise LexError("a } without its {", *place(raw))
            start = opened.pop()
            partner[start], partner[index] = index, start
    if opened:
        raise LexError("a { without its }", *place(raws[opened[-1]]))
    return partner


def place(raw) -> tuple[int, int]:
    """Start and end of a raw token or a token."""
    return (raw.start, raw.end) if isinstance(raw, Raw) else (raw.span.start, raw.span.end)
