"""Sentences in, the matrices out that hold one example in each row or column: "stack the N examples as rows"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.one_hot import hot_vectors
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import read_name

ORDER = 63  # where two facts stand at one place, the word of the higher order comes last

_STACK = r"(?:stack|batch|put|arrang|collect|stor|pack|concatenat|organi[sz])\w*"
_EXAMPLE = r"(?:examples?|samples?|sentences?|observations?|data points?|instances?|documents?|images?)"
_SAID = {
    "rows": re.compile(
        rf"(?i)\b{_STACK}\b[^.;]{{0,60}}?\b(?:as|in|into|by|along)(?: the| its)? rows?\b|"
        rf"\b(?:one|each|every) {_EXAMPLE} (?:per|is a|in each|in a|gets a|as a) row|\brow per {_EXAMPLE}|"
        rf"\brows (?:are|hold|correspond to) (?:the )?{_EXAMPLE}|"
        r"(?:als|in) zeilen (?:gestapelt|angeordnet)|zeilenweise (?:gestapelt|angeordnet)|"
        r"une? (?:exemple|observation|individu) par ligne|(?:un|una) (?:ejemplo|muestra|observación) por fila|"
        r"(?:como|en) filas\b|(?:每一?行|一行)(?:是|为|对应)?(?:一个)?样本|样本(?:按行|逐行)|按行(?:堆叠|排列|拼)|"
        r"各行が\w{0,4}(?:サンプル|データ|例)|行方向に並べ|(?:кажд\w+ )?строк\w* \w{0,14} ?(?:объект|пример|наблюдени)"
    ),
    "columns": re.compile(
        rf"(?i)\b{_STACK}\b[^.;]{{0,60}}?\b(?:as|in|into|by|along)(?: the| its)? columns?\b|"
        rf"\b(?:one|each|every) {_EXAMPLE} (?:per|is a|in each|in a|gets a|as a) column|\bcolumn per {_EXAMPLE}|"
        rf"\bcolumns (?:are|hold|correspond to) (?:the )?{_EXAMPLE}|"
        r"(?:als|in) spalten (?:gestapelt|angeordnet)|spaltenweise (?:gestapelt|angeordnet)|"
        r"une? (?:exemple|observation|individu) par colonne|(?:un|una) (?:ejemplo|muestra|observación) por columna|"
        r"(?:como|en) columnas\b|(?:每一?列|一列)(?:是|为|对应)?(?:一个)?样本|样本(?:按列|逐列)|按列(?:堆叠|排列|拼)|"
        r"各列が\w{0,4}(?:サンプル|データ|例)|列方向に並べ|(?:кажд\w+ )?столб\w* \w{0,14} ?(?:объект|пример|наблюдени)"
    ),
}
_INTO = {lines: re.compile(rf"(?i)\b{lines} of ⟦(?P<at>\d+)⟧") for lines in ("rows", "columns")}
WHOLE = re.compile(r"[A-Z]|\\mathbf\{[A-Z]\}")
_CAPITAL = re.compile(r"(?<![\w⟦\\])[A-Z](?![\w'’⟧])")


def find(note: Note) -> Iterator[Fact]:
    hot = hot_vectors(note)
    for sentence, _ in note.spoken:
        for lines, pattern in _SAID.items():
            found = pattern.search(sentence.text)
            for match in _INTO[lines].finditer(sentence.text) if found is not None else ():
                whole = read_name(sentence.runs[int(match["at"])].tokens)
                if whole is not None and WHOLE.fullmatch(whole.name):
                    yield Convention(f"{lines}-are-samples", f"{whole.name}={small(whole.name)}",
                                     sentence.span(match.start(), match.end()))  # fmt: skip
            for whole in _named(note, sentence) if found is not None else ():
                span = sentence.span(found.start(), found.end())
                yield Convention(f"batch-{lines}", f"{whole}={small(whole)}", span)
                if small(whole) in hot:
                    yield Declaration(whole, span, properties=frozenset((f"{lines.removesuffix('s')}-stochastic",)))


def _named(note: Note, sentence: Sentence) -> list[str]:
    """The capitals that a sentence speaks of, where the note has a small letter of the kind, too: P beside p."""
    names = [name.name for run in sentence.runs for name in run.names if WHOLE.fullmatch(name.name)]
    names += [match[0] for match in _CAPITAL.finditer(sentence.text) if match[0] in note.letters]
    return [name for name in dict.fromkeys(names) if small(name).removesuffix("}")[-1] in note.letters]


def small(name: str) -> str:
    """x for X, \\mathbf{x} for \\mathbf{X}."""
    return name[:-2] + name[-2:].lower()
