"""The table of languages: a note's words in, the languages that it is written in out. A language is one module here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from texgrad.facts.languages.table import Language

LANGUAGES: dict[str, Language] = {
    module.name: import_module(f"{__name__}.{module.name}").LANGUAGE
    for module in sorted(iter_modules(__path__), key=lambda module: module.name)
    if module.name != "table"
}

_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]{3}")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_SCRIPTS = frozenset(("ja", "zh", "ru"))


@dataclass(frozen=True)
class _Conditions:
    before: re.Pattern[str]
    after: re.Pattern[str]


CONDITIONS = _Conditions(
    re.compile("|".join(f"(?:{language.before})" for language in LANGUAGES.values()), re.IGNORECASE),
    re.compile("|".join(f"(?:{language.after})" for language in LANGUAGES.values()), re.IGNORECASE),
)
WHERE = "|".join(language.where for language in LANGUAGES.values())
NOW = "|".join(language.now for language in LANGUAGES.values())


def spoken(text: str) -> tuple[Language, ...]:
    """The languages of a note, the one with most of its words first; English where nothing tells."""
    counts = {}
    for code, language in LANGUAGES.items():
        if code in _SCRIPTS:
            continue
        counts[code] = len(language.telling.findall(text[:20000]))
    found = [code for code in sorted(counts, key=lambda code: -counts[code]) if counts[code]]
    best = counts[found[0]] if found else 0
    # Languages share short words: only what comes near the first counts.
    found = [code for code in found if counts[code] * 3 >= best]
    scripts = []
    if _KANA.search(text):
        scripts.append("ja")
    elif _HAN.search(text):
        scripts.append("zh")
    if _CYRILLIC.search(text):
        scripts.append("ru")
    ordered = [*scripts, *found] + ([] if "en" in found else ["en"])
    return tuple(LANGUAGES[code] for code in ordered if code in LANGUAGES)


def of_sentence(text: str, note: tuple[Language, ...]) -> Language:
    """The language of one sentence, among those of its note."""
    if _KANA.search(text) or _HAN.search(text):
        return _first(note, ("ja", "zh"))
    if _CYRILLIC_LETTER.search(text) and any(language.code == "ru" for language in note):
        return _first(note, ("ru",))
    latin = [language for language in note if language.code not in _SCRIPTS]
    if len(latin) == 1:
        return latin[0]
    # Neighbours share short words: one more of them does not make a sentence of another language.
    scores = {language.code: _score(language.code, text) for language in latin}
    scores[latin[0].code] += 1 if scores[latin[0].code] else 0
    return max(latin, key=lambda language: scores[language.code])


@lru_cache(maxsize=2048)
def _score(code: str, text: str) -> int:
    return len(LANGUAGES[code].telling.findall(text))


def _first(note: tuple[Language, ...], codes: tuple[str, ...]) -> Language:
    return next((language for language in note if language.code in codes), note[0])
