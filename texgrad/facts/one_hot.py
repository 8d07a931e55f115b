"""Sentences in, where the one of a one-hot vector stands out: "y is one-hot with a 1 at position o"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import compact, name_flavour, read_name

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
        rf"{_VECTOR}[^.;⟦]{{0,30}}one-?hot at (?:the )?(?:{_PLACE} )?{_INDEX}",
        rf"{_VECTOR}[^。；⟦]{{0,20}}第 ?{_INDEX} ?(?:个|维|位)?(?:元素|分量|位置)?(?:为|是) ?{_ONE}[^。；⟦]{{0,8}}其余",
    )
)


# "c is the true class", "the correct class c": y_c is the one of the one-hot y that the sentence speaks of
_TRUE = (
    r"(?:true|correct|right|target|gold|actual) (?:class|label|word|category)|wahre[rn]? klasse|richtige[rn]? klasse|"
    r"(?:vraie|bonne) classe|clase (?:verdadera|correcta|real)|classe (?:vera|corretta|verdadeira|correta)|"
    r"(?:верн|правильн|истинн)\w+ класс\w*|(?:真实|正确|真正)(?:的)?(?:类别|类|标签)|正解(?:の)?(?:クラス|ラベル)"
)
_LETTER = r"(?:⟦(?P<index>\d+)⟧|(?P<plain>(?<!\w)[a-z](?!\w)))"
_CLASS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LETTER} ?(?:is|being|=|denotes|ist|est|es|è|é|—|-|是|为|が|は|:) ?(?:the |die |la |a )?(?:index of the )?"
        rf"(?:{_TRUE})",
        rf"(?:{_TRUE}) ?(?:is|as|be|ist|est|es|è|é|—|-|是|为|が|は|を|,)? ?{_LETTER}",
    )
)
_ENTRY = re.compile(
    r"⟦(?P<at>\d+)⟧(?! ?,? ?(?:(?:if|iff|when|whenever|for|where|only|exactly|wenn|falls|für|genau|si|lorsque|quand|"
    r"pour|cuando|para|se|quando|per|если|когда|при|для|nếu|khi|với)(?!\w)|当|若|如果|仅|のとき|のみ))",
    re.IGNORECASE,
)
_HOT = re.compile(
    r"(?i)one-?hot[^.;⟦。；]{0,12}?(?<!\w)(?P<plain>[b-z])(?!\w)|one-?hot[^.;⟦。；]{0,30}?⟦(?P<behind>\d+)⟧|"
    r"⟦(?P<before>\d+)⟧[^.;⟦。；]{0,40}one-?hot(?! (?:(?:label|target)s?|vectors?|matrix|(?:label|target) matrix) ⟦)"
)


def find(note: Note) -> Iterator[Fact]:
    for fact in _found(note):
        yield fact
        if fact.name == "one-hot-at":
            yield Convention("class-index", fact.value.partition("=")[2], fact.span)


def _found(note: Note) -> Iterator[Convention]:
    for sentence, _ in note.spoken:
        for name in sorted(filter(None, _hot(note, sentence))):
            if name_flavour(name)[0]:
                yield Convention("one-hot-rows", name, sentence.span())
        yield from _by_class(note, sentence)
        yield from _by_entry(note, sentence)
        for match in (match for pattern in _SAID for match in pattern.finditer(sentence.text)):
            vector, index = (read_name(sentence.runs[int(match[each])].tokens) for each in ("vector", "index"))
            plain = vector is not None and index is not None and not (vector.call or vector.family or index.call)
            if plain and len(index.name) == 1 and index.name.islower():
                yield Convention("one-hot-at", f"{vector.name}={index.name}", sentence.span(match.start(), match.end()))


def _by_class(note: Note, sentence: Sentence) -> Iterator[Fact]:
    """The one of the one vector that a sentence calls one-hot, where it names the true class."""
    vectors = _hot(note, sentence)
    for match in (match for pattern in _CLASS for match in pattern.finditer(sentence.text)):
        index = _named(note, sentence, *match.group("index", "plain"))
        if index is not None and len(index) == 1 and index.islower():
            yield Convention("class-index", index, sentence.span(match.start(), match.end()))
        if len(vectors) == 1 and (vector := min(vectors, key=str)) is not None and index not in (None, vector):
            yield Convention("one-hot-at", f"{vector}={index}", sentence.span(match.start(), match.end()))


def _by_entry(note: Note, sentence: Sentence) -> Iterator[Fact]:
    """The c of y_c = 1, where the sentence calls y one-hot and c is no letter of cases: y_k = 1 if k = c."""
    for match in _ENTRY.finditer(sentence.text):
        run = sentence.runs[int(match["at"])]
        for clause in run.clauses if len(run.clauses) == 1 else ():
            entry = re.fullmatch(r"(.+)_\{?([a-z])\}?=1", "=".join(map(compact, clause.members)))
            if entry and [each.text for each in clause.relations] == ["="] and entry[1] in _hot(note, sentence):
                yield Convention("one-hot-at", f"{entry[1]}={entry[2]}", run.span)


def _hot(note: Note, sentence: Sentence) -> set[str | None]:
    found = [match.group("behind", "before", "plain") for match in _HOT.finditer(sentence.text)]
    return {_named(note, sentence, *each) for each in found}


def hot_vectors(note: Note) -> set[str | None]:
    """What the note calls one-hot."""
    return set().union(*(_hot(note, sentence) for sentence, _ in note.spoken))


def _named(note: Note, sentence: Sentence, *found: str | None) -> str | None:
    """The symbol that one of these groups stands for: a run of math by its number, a letter of the note."""
    text = next((each for each in found if each), "")
    if not text.isdigit():
        return text if text in note.letters else None
    name = read_name(sentence.runs[int(text)].tokens)
    return name.name if name is not None and not (name.call or name.family) else None
