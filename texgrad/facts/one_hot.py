"""Sentences in, where the one of a one-hot vector stands out: "y is one-hot with a 1 at position o"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note
from texgrad.facts.symbols import read_name

ORDER = 62  # where two facts stand at one place, the word of the higher order comes last

_VECTOR, _INDEX = r"⟦(?P<vector>\d+)⟧", r"⟦(?P<index>\d+)⟧"
_ONE = r"(?:1|one|⟦\d+⟧)"
_PLACE = r"(?:position|place|index|entry|component|coordinate|class|label|word|row)"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_VECTOR}[^.;⟦]{{0,30}}one-?hot[^.;⟦]{{0,20}}\b(?:with|has|having) (?:a |an? single )?{_ONE} "
        rf"(?:at|in|on) (?:the )?(?:{_PLACE} )?{_INDEX}",
        rf"{_VECTOR}[^.;⟦]{{0,30}}one-?hot (?:vector |encoding |label )?(?:of|for) (?:the )?(?:\w+ )?{_PLACE} {_INDEX}",
        rf"{_VECTOR}[^。；⟦]{{0,20}}第 ?{_INDEX} ?(?:个|维|位)?(?:元素|分量|位置)?(?:为|是) ?{_ONE}[^。；⟦]{{0,8}}其余",
    )
)


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for match in (match for pattern in _SAID for match in pattern.finditer(sentence.text)):
            vector, index = (read_name(sentence.runs[int(match[each])].tokens) for each in ("vector", "index"))
            plain = vector is not None and index is not None and not (vector.call or vector.family or index.call)
            if plain and len(index.name) == 1 and index.name.islower():
                yield Convention("one-hot-at", f"{vector.name}={index.name}", sentence.span(match.start(), match.end()))
