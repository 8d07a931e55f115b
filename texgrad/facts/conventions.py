"""Sentences in, what they say of the notation out: what a prime, bars, a sign, the rows of a matrix stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from texgrad.facts.fact import Convention, Fact
from texgrad.facts.languages import LANGUAGES, Language
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.scope import hold_at
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import compact, read_name

ORDER = 60  # where two facts stand at one place, the word of the higher order comes last

_WORDS = r"[^.;,:，；。、：⟦⟧]{0,30}?"
_TRANSPOSED = re.compile(
    rf"(?i)⟦(?P<behind>\d+)⟧{_WORDS}(?:transpos|traspost|tra(?:n)?spuest|транспонир|转置|轉置|転置|전치|chuyển vị)"
    rf"|(?:transpos|traspost|tra(?:n)?spuest|транспонир|转置|轉置|転置|전치|chuyển vị){_WORDS}⟦(?P<before>\d+)⟧"
)
# Repeated indices are summed, in all languages ...
_EINSTEIN = re.compile(
    r"(?i)\beinstein(?:['’]s|sche\w*)? ?-?(?:summ|convention|konvention|notation)"
    r"|\b(?:summ?ation|summen|summations) ?-?[ck]onvention"
    r"|\b(?:convention|sommation|convenio|convención|convenção|convenzione|suma|sumación|soma|somma|notación|notação"
    r"|notazione|quy ước|tổng)(?: \w+){0,3} (?:d['’]|de |di |của )?einstein"
    r"|\brepeated ind(?:ex|ices) (?:is|are) (?:\w+ )?summed|\bsum(?:ming|med|mation|s)? over (?:\w+ )?repeated ind"
    r"|\büber (?:doppel\w+|wiederholt\w*|gleiche)(?: \w+)? ind(?:izes|ices) (?:wird|ist|werden) (?:\w+ )?summier"
    r"|\bsomm\w* (?:\w+ )?sur (?:les |des |tout )?(?:indices? )répét|\bindices répétés (?:sont|étant) (?:\w+ )?somm"
    r"|\bsuma\w* (?:\w+ )?sobre (?:los )?índices repetidos|\bíndices repetidos se suma|\bsoma\w*(?:-se)? sobre (?:os )?"
    r"índices repetidos|\bsomma\w* sugli indici ripetuti|\bindici ripetuti (?:sono|si) somma"
    r"|(?:соглашени|правил)\w+ (?:\w+ ){0,2}эйнштейна|по повторяющимся индексам (?:\w+ ){0,3}сумм"
    r"|爱因斯坦(?:的)?(?:求和|约定|记号|标记)|(?:重复|相同)的?(?:下标|指标|角标)[^。；⟦]{0,6}求和"
    r"|アインシュタイン(?:の)?(?:縮約|和|総和|規約)|(?:重複|繰り返し)[^。⟦]{0,8}添え?字[^。⟦]{0,8}和"
)
# ... unless the sentence says that they are not
_NONE = re.compile(
    r"(?i)\b(?:not?|without|never|drop|nicht|keine?|ohne|pas|sans|sin|senza|non|sem|não|không|не|без)\b|n['’]t\b|不|无|ない|せず"
)
_PLACED = re.compile(r"⟦(\d+)⟧")
# Conventions whose value is a family of vectors: the layer or sample indices of the symbol are left out.
_SIGNS = ("=hadamard", "=kronecker", "=elementwise-division")  # said of signs, not of symbols
_OF_VEC = ("commutation", "duplication", "elimination")
_STACKS = ("rows-are-samples", "columns-are-samples")


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        yield from _primes(sentence)
        summed = _EINSTEIN.search(sentence.text)
        if summed and not _NONE.search(sentence.text):
            yield Convention("einstein", "", sentence.span(summed.start(), summed.end()))
        yield from in_sentence(sentence, language)
        if language.code != "en" and "en" in LANGUAGES and re.search(r"(?i)sigmoid|kronecker|layout", sentence.text):
            yield from in_sentence(sentence, LANGUAGES["en"])


def _primes(sentence: Sentence) -> Iterator[Fact]:
    """A prime, alone or behind a letter, that the words beside it call a transpose: "we use $'$ for the transpose"."""
    for match in _TRANSPOSED.finditer(sentence.text):
        run = sentence.runs[int(match["behind"] or match["before"])]
        if run.tokens[-1].text == "'" and len(run.tokens) <= 2:
            yield Convention("prime", "transpose", sentence.span(match.start(), match.end()))


def in_sentence(sentence: Sentence, language: Language) -> Iterator[Fact]:
    lower = sentence.text.lower()
    for phrase in language.notation:
        if not phrase.possible(lower):
            continue
        name = phrase.name
        for match in phrase.compiled.finditer(sentence.text):
            found = _value(phrase.says, match, sentence, name)
            if found is None:
                continue
            hold, reach = hold_at(sentence, match.start()) if name in ("structured", "unstructured") else ("note", None)
            if found.endswith(_SIGNS) and any(run.names for run in _runs(match, sentence)):
                continue
            for each in found.split() if name == "matrix-functions" else (found,):
                yield Convention(name, each, sentence.span(match.start(), match.end()), hold, reach)


def _runs(match: re.Match, sentence: Sentence) -> list[Run]:
    return [sentence.runs[int(placed[1])] for group in match.groups() if group and (placed := _PLACED.fullmatch(group))]


def _value(value: str, match: re.Match, sentence: Sentence, name: str) -> str | None:
    """The value with the runs of math in the places of the pattern's groups, spelled as names."""
    text = value
    for number in range(1, (match.re.groups or 0) + 1):
        if f"\\{number}" not in text:
            continue
        group = match[number] or ""
        placed = _PLACED.fullmatch(group)
        spelled = _spelled(sentence.runs[int(placed[1])], name) if placed else ""
        if placed and spelled is None:
            return None
        text = text.replace(f"\\{number}", spelled or "")
    return text.strip().removeprefix("=").removesuffix("=")


def _spelled(run: Run, name: str) -> str | None:
    """One name, or the sign that the run is; None for a formula."""
    if name == "single-entry":
        return run.compact.partition("^")[0]
    if name == "superscript":
        return run.compact.rpartition("^")[2].strip("{}") or None
    if name in _OF_VEC:  # the duplication matrix, D_n vech(A) = vec(A)
        stop = next((at for at, token in enumerate(run.tokens) if token.text.startswith("\\operatorname{vec")), 0)
        leading = read_name(run.tokens[:stop]) if stop else None
        if leading is not None:
            return leading.name
    if name == "symbol" and len(run.names) == 1 and run.names[0].name.startswith("\\mathbf"):
        return None
    if len(run.names) == 1:
        only = run.names[0]
        if name in _STACKS:
            return only.name.partition("_{")[0] if only.name[:1] != "\\" or "_{" in only.name else only.name
        return only.name if only.call or name != "eigenpair" else (only.member or only.name)
    if name in _STACKS:  # the pairs (x_n, t_n): their vectors are the rows
        pair = replace(run, tokens=run.tokens[1:-1]).names if compact(run.tokens).startswith("(") else ()
        return pair[0].name.partition("_{")[0] if len(pair) == 2 and pair[0].family else None
    return run.compact if len(run.tokens) <= 8 and not any(token.kind == "relation" for token in run.tokens) else None
