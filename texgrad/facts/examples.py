"""Sentences in, which way a note stacks its examples out: "one example per column" beside X and the x^{(i)}."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.note import Note

ORDER = 56  # where two facts stand at one place, the word of the higher order comes last

_EXAMPLE = r"(?:training |data )?(?:examples?|samples?|observations?|data ?points?|instances?)"
_NUMBERS = frozenset(f"^{{({index})" for index in "ijn")
_LINES = {
    "columns": (r"columns?", "列", r"spalten?", r"colonnes?", r"columnas?", r"столбц\w*", r"colonn[ae]", r"colunas?"),
    "rows": (r"rows?", "行", r"zeilen?", r"lignes?", r"filas?", r"строк\w*", r"rig[ah]e?", r"linhas?"),
}


def _said(en: str, zh: str, de: str, fr: str, es: str, ru: str, it: str, pt: str) -> re.Pattern[str]:
    """The sentences that say so, by the words for a column or a row."""
    return re.compile("|".join((
        rf"\b(?:one|each|every) {_EXAMPLE} (?:per|in|as|is|to|forms|fills) (?:(?:an?|its|own|one|each|every) )*{en}\b",
        rf"\b{_EXAMPLE} (?:(?:are|stand|go|lie|live|being) )?"
        rf"(?:(?:stacked|arranged|stored|written|laid out|put|kept) )?(?:in|as|into|by|along) (?:the |its )?{en}\b",
        rf"\b(?:one|a) {en} per {_EXAMPLE}\b",
        rf"样本[^。；，⟦]{{0,4}}按 ?{zh}", rf"每一?个?{zh}[^。；，⟦]{{0,4}}一个样本", rf"一{zh}一个样本",
        rf"各{zh}は?[^。⟦]{{0,4}}サンプル",
        rf"\b(?:ein|je ein|jedes) (?:beispiel|datenpunkt) (?:pro|je|ist eine|in einer) {de}\b",
        rf"\b(?:un|chaque) (?:exemple|échantillon|individu) (?:par|est une|en) {fr}\b",
        rf"\b(?:un|cada) (?:ejemplo|dato) (?:por|es una|en una) {es}\b",
        rf"\b(?:один|каждый) (?:пример|объект)\s?[—-]?\s?(?:в|на|это)? ?(?:одном |один )?{ru}",
        rf"\b(?:un|ogni) (?:esempio|campione) (?:per|è una|in) {it}\b",
        rf"\b(?:um|cada) exemplo (?:por|é uma|em) {pt}\b",
    )), re.IGNORECASE)  # fmt: skip


_PATTERNS = {held: _said(*words) for held, words in _LINES.items()}


def find(note: Note) -> Iterator[Fact]:
    pairs: list[str] | None = None
    for sentence, _ in note.spoken:
        for held, pattern in _PATTERNS.items():
            for match in pattern.finditer(sentence.text):
                span = sentence.span(match.start(), match.end())
                pairs = _pairs(note) if pairs is None else pairs
                yield from (Convention(f"{held}-are-samples", pair, span) for pair in pairs)
                yield Convention("examples", held, span)


def _pairs(note: Note) -> list[str]:
    """X=x for each letter that the note numbers as x^{(i)} and also has as a capital."""
    numbered: set[str] = set()
    for tokens in note.tokens.values():
        for at, token in enumerate(tokens):
            script = "".join(each.text for each in tokens[at + 1 : at + 6])
            if token.kind == "letter" and token.text.islower() and script in _NUMBERS:
                numbered.add(token.text)
    return [f"{name.upper()}={name}" for name in sorted(numbered) if name.upper() in note.letters]
