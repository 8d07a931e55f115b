"""The form of a language's table: what its words say of symbols, of notation and of layouts; no code of its own.

Patterns are regular expressions over lower- or upper-case text (case is ignored), in which a run of math is ⟦k⟧.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

# One symbol, or several with commas or "and" between them, in the patterns of conventions and layouts.
PLACE = r"⟦\d+⟧"

# A word class and the letter that stands for it in the phrase grammar of texgrad.facts.phrases.
CLASSES = {
    "is": "B", "are": "b", "not": "N", "and": "A", "let": "L", "of": "O", "genitive": "H", "dimensional": "Z", "size": "S",
    "by": "Y", "does not depend on": "J", "independent": "w", "depends on": "V", "with": "W", "break": "R", "doubt": "I",
    "article": "a", "filler": "x", "poison": "U", "has": "h", "if": "F", "for": "G", "then-if": "f", "each": "e",
}  # fmt: skip


@dataclass(frozen=True)
class Language:
    """One language.

    `common` are words that tell it apart; `words` maps a word class to a pattern; `kinds` and `properties` map a
    pattern to what it says (a kind with the properties that go along with it); `before` and `after` are the words that
    make a condition of what follows, or of what stands in front of them. `conventions` are (pattern, name, value), the
    groups of the pattern may be used in the value; `layouts` are (pattern, choices, name). `wrong_before` and
    `wrong_after` are the words around a formula that is quoted as wrong. `letters` are words of one letter.
    `loose_nouns`: an unknown word behind a noun may describe it (la matrice hessienne), else it is a new noun (vector norm).
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
    rows: tuple[str, ...] = field(default=())

    @cached_property
    def lexer(self) -> re.Pattern[str]:
        """One pattern for all words; group k belongs to `meanings[k]`. Longer spellings come first."""
        edge, rim = (r"(?<!\w)(?:", r")(?!\w)") if self.spaced else ("(?:", ")")
        parts = [f"({edge}{pattern}{rim})" for pattern, _ in self._entries]
        unknown = r"\w+(?:[-'’]\w+)*" if self.spaced else r"[A-Za-z]+|\w"
        return re.compile(rf"⟦(?P<place>\d+)⟧|(?P<symbol>(?!))|{'|'.join(parts)}|(?P<unknown>{unknown})|\S", re.IGNORECASE)

    @cached_property
    def meanings(self) -> dict[int, tuple[str, tuple]]:
        """Group number in `lexer` -> the class letter and what comes with it."""
        return {number + 3: meaning for number, (_, meaning) in enumerate(self._entries)}

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
    def notation(self) -> tuple[tuple[re.Pattern[str], str, str], ...]:
        return tuple((re.compile(pattern, re.IGNORECASE), name, value) for pattern, name, value in self.conventions)

    @cached_property
    def layout(self) -> tuple[tuple[re.Pattern[str], Mapping[str, str], str | None], ...]:
        return tuple((re.compile(pattern, re.IGNORECASE), choices, name) for pattern, choices, name in self.layouts)

    @cached_property
    def wrong(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return re.compile(self.wrong_before, re.IGNORECASE), re.compile(self.wrong_after, re.IGNORECASE)


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
