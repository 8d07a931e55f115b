r"""A text command of LaTeX in, the words that it stands for out: `\'e` is é, `\emph` is nothing, `\cite{..}` goes."""

from __future__ import annotations

import re
import unicodedata

from texgrad.notation.macros import closing

_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
            "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a", "k": "\u0328", "d": "\u0323",
            "b": "\u0331"}  # fmt: skip
_LETTER = re.compile(r"\s*(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])[ \t]*|([A-Za-z]))")
_SPACES = frozenset((" ", ",", ";", ":", "!", "\\", "\n", "\t", "\r", "quad", "qquad", "newline", "linebreak", "space"))
_CHARACTERS = {"%": "%", "&": "&", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "ss": "ß", "o": "ø", "O": "Ø",
               "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
               "dots": "…", "ldots": "…", "textemdash": "—", "textendash": "–", "S": "§", "og": "«", "fg": "»",
               "guillemotleft": "«", "guillemotright": "»", "dj": "đ", "DJ": "Đ", "textquoteright": "'"}  # fmt: skip
# Commands that go together with so many arguments.
_DROPPED = {
    **dict.fromkeys(
        ("ref", "eqref", "label", "pageref", "autoref", "cref", "Cref", "nameref", "vref", "index", "vspace", "hspace",
         "bibliography", "bibliographystyle", "url", "includegraphics", "hypersetup", "theoremstyle", "pagestyle",
         "thispagestyle", "documentclass", "href", "color", "textcolor", "captionsetup", "geometry", "graphicspath",
         "pagenumbering", "enlargethispage", "hyphenation", "tikzset", "lstset", "usetikzlibrary", "setlist", "phantom",
         "nocite", "bibitem", "hypertarget", "numberwithin", "addbibresource", "newcounter", "linespread", "newlength",
         "scalebox", "raisebox", "colorbox", "lstinputlisting"), 1
    ),
    **dict.fromkeys(
        ("setlength", "setcounter", "addtocounter", "newtheorem", "fancyhead", "definecolor", "addtolength",
         "resizebox", "markboth", "rule", "fontsize"), 2
    ),
    "addcontentsline": 3,
}  # fmt: skip


def words(text: str, position: int, name: str) -> tuple[str, int]:
    """The words for a command whose name ends at a position, and the place after the command and what goes with it."""
    bare = name.rstrip("*")
    if bare in _ACCENTS and (match := _LETTER.match(text, position)):
        letter = match[1] or match[2] or match[3]
        return unicodedata.normalize("NFC", letter + _ACCENTS[bare])[:1], match.end()
    if bare in _CHARACTERS:
        return _CHARACTERS[bare], _after_name(text, position, bare)
    if bare in _SPACES:
        return " ", position
    if bare in _DROPPED:
        return "", arguments_end(text, position, _DROPPED[bare])
    if bare == "nomenclature":  # an entry of a list of symbols, with what it is sorted by
        return ". ", arguments_end(text, position, 0)
    if bare.lower().startswith(("cite", "textcite", "parencite")):
        return "", arguments_end(text, position, 1)
    return "", _after_name(text, position, bare)


def _after_name(text: str, position: int, name: str) -> int:
    """TeX takes the space after a command of letters."""
    while name.isalpha() and position < len(text) and text[position] in " \t":
        position += 1
    return position


def arguments_end(text: str, position: int, count: int) -> int:
    """The place after the options and so many arguments that start at a position."""
    taken = 0
    while True:
        place = position
        while place < len(text) and text[place] in " \t":
            place += 1
        if text.startswith("[", place):
            end = closing(text, place, "[", "]")
        elif text.startswith("{", place) and taken < count:
            taken += 1
            end = closing(text, place)
        else:
            return position
        if end < 0:
            return position
        position = end + 1
