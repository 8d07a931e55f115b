"""The form of a language's table: what its words say of symbols, of notation and of layouts; no code of its own.

Patterns are regular expressions over lower- or upper-case text (case is ignored), in which a run of math is ⟦k⟧.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

# One symbol, or several with commas or "and" between them, in the patterns of conventions and layouts.
PLACE = r"⟦\d+⟧"


def beside(first: str, second: str) -> str:
    """A pattern for two words within one clause, in either order, with no formula and no comma between them."""
    between = r"[^.;,:，；。、：⟦]{0,30}?"
    return f"(?:{first}){between}(?:{second})|(?:{second}){between}(?:{first})"


NAME, BODY = r"(?P<name>⟦\d+⟧)", r"(?P<body>⟦\d+⟧)"  # a symbol and the formula that it is short for

# A word class and the letter that stands for it in the phrase grammar of texgrad.facts.phrases.
CLASSES = {
    "is": "B", "are": "b", "not": "N", "and": "A", "let": "L", "of": "O", "genitive": "H", "dimensional": "Z",
    "size": "S", "by": "Y", "does not depend on": "J", "independent": "w", "depends on": "V", "with": "W",
    "break": "R", "doubt": "I", "article": "a", "filler": "x", "poison": "U", "has": "h", "both": "q", "if": "F",
    "for": "G", "then-if": "f", "each": "e",
}  # fmt: skip


@dataclass(frozen=True)
class Language:
    """One language.

    `common` are words that tell it apart; `words` maps a word class to a pattern; `kinds` and `properties` map a
    pattern to what it says (a kind with the properties that go along with it); `before` and `after` are the words that
    make a condition of what follows, or of what stands in front of them. `conventions` are (pattern, name, value), the
    groups of the pattern may be used in the value; `layouts` are (pattern, choices, name). `wrong_before` and
    `wrong_after` are the words around a formula that is quoted as wrong. `letters` are words of one letter.
    `lines` are the words for a row and a column of a matrix, where they are not about vectors.
    `shorthands` say with NAME and BODY which formula a symbol is short for; a leading group `lead` may stand further in
    front, for what follows with "and". `namings` are sentences that name what the sentence before ends with.
    `plural` is how a noun for several ends, where the language tells ("" where it does not).
    `where` are the words in front of what explains a formula behind it, `now` those that give a symbol another meaning.
    `loose_nouns`: an unknown word behind a noun may describe it (la matrice hessienne); else it is a noun of its own.
    """

    code: str
    common: str
    words: Mapping[str, str]
    kinds: tuple[tuple, ...]
    properties: tuple[tuple[str, ...], ...]
    before: str
    after: str = r"(?!)"
    conventions: tuple[tuple[str, str, str], ...] = ()
    layouts: tuple[tuple[str, Mapping[str, str], str | None], ...] = ()
    wrong_before: str = r"(?!)"
    wrong_after: str = r"(?!)"
    letters: str = ""
    loose_nouns: bool = False
    spaced: bool = True
    plural: str = ""
    lines: tuple[str, str] = ()
    where: str = r"(?!)"
    now: str = r"(?!)"
    shorthands: tuple[str, ...] = ()
    namings: tuple[str, ...] = ()

    def word_at(self, text: str, at: int) -> tuple[int, tuple[str, tuple]] | None:
        """The longest known word of a lower-case text at this place: its end, its class letter and what it says."""
        for pattern, meaning in (*self._openings.get(text[at], ()), *self._openings[""]):
            match = pattern.match(text, at)
            if match is not None and match.end() > at:
                return match.end(), meaning
        return None

    @cached_property
    def unknown(self) -> re.Pattern[str]:
        return re.compile(r"\w+(?:[-'’]\w+)*" if self.spaced else r"[A-Za-z]+|\w")

    @cached_property
    def _openings(self) -> dict[str, tuple[tuple[re.Pattern[str], tuple[str, tuple]], ...]]:
        """The words by the letter that they begin with, longer ones first; those with several under ""."""
        found: dict[str, list] = {"": []}
        rim = r"(?!\w)" if self.spaced else ""
        for pattern, meaning in self._entries:
            fixed = re.match(r"\w(?![?*{])", pattern)
            compiled = re.compile(f"(?:{_lower(pattern)}){rim}")
            found.setdefault(fixed[0].lower() if fixed else "", []).append((compiled, meaning, _weight(pattern)))
        # Words whose first letter is open compete with all others by length.
        free = found[""]
        merged = {
            letter: tuple(
                (pattern, meaning) for pattern, meaning, _ in sorted([*entries, *free], key=lambda entry: -entry[2])
            )
            for letter, entries in found.items()
            if letter
        }
        return {**merged, "": tuple((pattern, meaning) for pattern, meaning, _ in free)}

    @cached_property
    def _entries(self) -> list[tuple[str, tuple[str, tuple]]]:
        found: list[tuple[str, tuple[str, tuple]]] = []
        for name, pattern in self.words.items():
            found += [(each, (CLASSES[name], ())) for each in _alternatives(pattern)]
        for pattern, kind, *properties in self.kinds:
            found += [(each, ("K", (kind, *properties))) for each in _alternatives(pattern)]
        for pattern, *properties in self.properties:
            found += [(each, ("P", tuple(properties))) for each in _alternatives(pattern)]
        return sorted(found, key=lambda entry: -_weight(entry[0]))

    @cached_property
    def telling(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self.common})(?!\w)" if self.spaced else self.common, re.IGNORECASE)

    @cached_property
    def notation(self) -> tuple[Phrase, ...]:
        return tuple(Phrase(pattern, name, value) for pattern, name, value in self.conventions)

    @cached_property
    def line_words(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        held = zip(("rows", "columns"), self.lines, strict=False)
        return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in held)

    @cached_property
    def layout(self) -> tuple[Phrase, ...]:
        return tuple(Phrase(pattern, name, choices) for pattern, choices, name in self.layouts)

    @cached_property
    def short(self) -> tuple[Phrase, ...]:
        return tuple(Phrase(pattern, None, None) for pattern in self.shorthands)

    @cached_property
    def naming(self) -> tuple[Phrase, ...]:
        return tuple(Phrase(rf"\s*{pattern}", None, None) for pattern in self.namings)

    @cached_property
    def wrong(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile(self.wrong_before, re.IGNORECASE), re.compile(self.wrong_after, re.IGNORECASE)


class Phrase:
    """A pattern with what it says; `search` and `matches` look for a word that it needs first, which is much faster."""

    def __init__(self, pattern: str, name: str | None, says) -> None:
        self.name, self.says = name, says
        self._pattern = pattern
        self._word = _needed(pattern)
        self._placed = _needs_place(pattern)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, re.IGNORECASE)

    def possible(self, lower: str) -> bool:
        return self._word in lower and (not self._placed or "⟦" in lower)


def _bare(pattern: str) -> str:
    """The pattern without its groups, classes and what may be missing."""
    text, previous = pattern, ""
    text = re.sub(r"\\[()\[\]]", "\0", text)
    while text != previous:
        previous = text
        text = re.sub(
            r"\((?:\?[:!=]|\?<[!=])?[^()]*\)[?*]?(?:\{[^}]*\})?|\[[^\]]*\](?:[?*+]|"
            r"\{[^}]*\})?\??",
            "\0",
            text,
        )
    return re.sub(r"\\.[?*+]?|.[?*]", "\0", text)


def _needs_place(pattern: str) -> bool:
    """Whether every match holds a run of math: one outside groups that may be missing or give a choice."""
    text, previous = re.sub(r"\\[()]|\[[^\]]*\]", "", pattern), ""
    while text != previous:
        previous = text
        text = re.sub(r"\((?:\?[:!=]|\?<[!=])?[^()]*\|[^()]*\)|\([^()]*\)[?*]", "", text)
        text = re.sub(r"\((?:\?:)?([^()|]*)\)(?![?*])", r"\1", text)
    return "⟦" in text and "|" not in text


def _needed(pattern: str) -> str:
    """The longest literal that every match holds, in lower case; empty where there is none."""
    bare = _bare(pattern)
    if "|" in bare:
        return ""
    return max(re.findall(r"[^\W\d_]+(?: [^\W\d_]+)*", bare), key=len, default="").lower()


def _lower(pattern: str) -> str:
    return re.sub(r"\\.|[A-Z]", lambda match: match[0] if match[0][0] == "\\" else match[0].lower(), pattern)


def _alternatives(pattern: str) -> list[str]:
    """The branches of a pattern at its top level, each an entry of its own."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _weight(pattern: str) -> int:
    """The least length of what the pattern matches, about: optional groups do not count."""
    bare = re.sub(r"\(\?[:!=<][^()]*\)\??|\[[^\]]*\]", "_", pattern)
    return len(re.sub(r".\?|\\.|[()|*+^$]", "", bare))
