"""Sentences and formulas in, what they say of the layout of derivatives out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from texgrad.columns import below
from texgrad.facts.fact import Declaration, Fact, LayoutStatement
from texgrad.facts.languages import Language
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.shapes import TRANSPOSED, by_definition, by_shape, by_size, by_words
from texgrad.source import Span

ORDER = 70  # where two facts stand at one place, the word of the higher order comes last

_GRADIENT = re.compile(r"(?i)gradi|градиент|梯度|勾配|그래디언트")
_OF_SCALARS = ("scalar-by-vector", "scalar-by-matrix")
# Words that name a layout to tell it from the note's own.
_ELSEWHERE = re.compile(
    r"contrast|unlike|instead of|opposed|rather than|\bnot\b(?! (?:\w+ing|only|so)\b)|differs? from|transpose of|"
    r"不同于|而不是|不是|区别于|contrairement|au lieu de|im gegensatz|anders als|statt|a diferencia|en lugar de|"
    r"в отличие|ao contrário|a differenza|khác với|と異な|ではなく|"
    r"\bothers?\b|\b(?:some|many|most|several) (?:people|authors?|(?:text)?books?|texts?|papers?|notes)|elsewhere|"
    r"有人|有些|有的|别人|许多|很多|manche|andere|viele|certains|d'autres|beaucoup|algunos|otros|muchos|некотор|другие|"
    r"многие|alcuni|altri|molti|alguns|outros|muitos|文献によって|他の|"
    r"(?<!\w)(?:if (?:the |all )?(?:gradients?|derivatives?)|strictly|would (?:give|be)|wenn man|si l'on|если)(?!\w)|"
    r"若采用|如果采用|若把|如果把"
)
_ALSO = re.compile(
    r"(?i)(?:can|may|could|might) (?:also|equally well) be|also (?:be )?(?:written|arranged)|alternatively|auch als|"
    r"peut aussi|también (?:se )?puede|также можно|можно также|può anche|também pode|cũng có thể|"
    r"也可以?(?:写|记|表示|排)|とも(?:書|表)"
)
_OPPOSITE = {"column": "row", "same": "transposed"}
_JACOBIAN = re.compile(r"(?i)jacobi|雅可比|雅克比|ヤコビ|якоби")
# J_{ij} = \\partial y_i/\\partial x_j, also with words, \\partial out_i: what a Jacobian has in row i and column j
_ENTRIES = re.compile(
    r"J_\{(?P<rows>\w)(?P<columns>\w)\}=(?:\\[dt]?frac\{)?\\partial[^=,;。]*?_\{?(?P<above>\w)\}?(?:/|\}\{)"
    r"\\partial[^=,;。]*?_\{?(?P<below>\w)(?!\w)"
)
_TRANSPOSE = re.compile(r"(?i)trans?pos|traspos|транспон|转置|轉置|転置|chuyển vị")
_DERIVATIVE = re.compile(r"(?:\\[dt]?frac\{)?\\partial")
_SHORT = 45  # characters of a sentence that says nothing but the layout
_LINES = (
    ("numerator", re.compile(r"(?i)(?<!\w)(?:rows?|zeilen?|lignes?|filas?|righe?|linhas?)(?!\w)|行向量|строк")),
    ("denominator", re.compile(
        r"(?i)(?<!\w)(?:columns?|spalten?|colonnes?|columnas?|colonn[ae]|colunas?)(?!\w)|列向量|столб")),
)  # fmt: skip


# "has the shape of W^T", "... of the transposed variable": right behind a pattern, or at its end
_THE_TRANSPOSE = re.compile(r"(?i)transpo[sn]|traspos|traspuest|transpuest|транспонир|转置|轉置|転置|chuyển vị")
_NOT = re.compile(r"(?i)(?<!\w)(?:not|nicht|non|no|pas|não|не)(?!\w)|不|ではなく|không")
_TAIL = re.compile(r"[^.;,:，；。⟦]{0,25}(?:⟦\d+⟧)?")
_A_MATRIX = re.compile(r"(?i)(?<!\w)(?:matri[xcz]|матриц)|矩阵|行列|ma trận")
_A_VECTOR = re.compile(r"(?i)ve[ck]t|vet[to]|вектор|向量|ベクトル|vectơ|variable|paramet|параметр|变量|参数")
_CAPITAL = re.compile(r"(?:\\(?:bm|boldsymbol|\w*math\w+)\{)?(?:[A-Z]|\\[A-Z][a-z]+)\}?(?:[_^].*)?")

# Words with which a note speaks of its own ways.
_OWN = re.compile(
    r"(?<!\w)(?:we|our|ours|us|i|here|throughout|from (?:here|now) on|in what follows|always|adopt\w*|"
    r"th(?:is|ese) (?:note|post|document|article|handout|course|sheet|chapter|page|text|lecture|appendix)\w*|"
    r"wir|hier|durchweg|dieses?|nous|ici|on utilise|cette|usamos|aquí|siempre|estos|мы|здесь|далее|используем\w*|"
    r"usiamo|qui|sempre|noi|ta|chúng ta)(?!\w)|"
    r"本文|本篇|这篇|我们|这里|下文|以下|全程|一律|采用|约定|统一|本稿|ここでは|用いる|採用"
)
_TURNED = re.compile(  # \\nabla f = (\\partial f/\\partial x)^T: one of them is a column, the other a row
    r"\\nabla[^=]*=(?:\\left)?\(?\\[dt]?frac\{\\partial.*\}\{\\partial.*\}(?:\\right)?\)?\^\{?(?:\\top|\\intercal|T|\\mathsf\{T\}|\\mathrm\{T\})"
)
_ONWARD = re.compile(
    r"from (?:here|now|this (?:point|section)) on|in the (?:rest|remainder)|(?:we |i )(?:now )?switch|ab (?:hier|"
    r"jetzt)|"
    r"à partir d|(?:de|desde) aquí|a partir de|d'ora in poi|с этого|начиная с|从(?:这里|现在|此处)|此后|以下|ここから"
)
# A formula right in front of a layout's name, or behind it: "in denominator layout, $...$".
_IN_FRONT = re.compile(r"⟦(\d+)⟧[^⟦⟧,;:，；：.。]{0,14}$")
_BEHIND = re.compile(r"[^⟦⟧.;；。]{0,34}⟦(\d+)⟧")


def find(note: Note) -> Iterator[Fact]:
    for sentence, language in note.spoken:
        yield from _of_formulas(sentence, language)
        yield from _of_others(sentence)
        lower = sentence.text.lower()
        merged: dict[str, str] = {}
        name: str | None = None
        first: tuple[int, int] | None = None
        for phrase in language.layout:
            match = phrase.compiled.search(sentence.text) if phrase.possible(lower) else None
            if match is None:
                continue
            called = phrase.name
            if called is not None and _is_head(sentence.span(*match.span())):
                continue  # of the column below it
            before = lower[: match.start()]
            if _ELSEWHERE.search(before[-45:] if called else before):
                continue
            found = _of_the_variable(_settled(phrase.says, sentence, match.group(0)), sentence, match)
            if called in ("numerator", "denominator") and _of_jacobians(sentence, *match.span()):
                found, called = {"vector-by-vector": called}, None  # gradients have a way of their own
            if _speaks_of_gradients(sentence, match.group(0)):
                gradients = {f"gradient{kind[6:]}": found[kind] for kind in _OF_SCALARS if kind in found}
                turned = any(_TURNED.search(run.compact) for run in sentence.runs)
                found = gradients if turned else found | gradients
            if not found and called is None:
                continue
            if called and name and called != name:
                # "whether in numerator or in denominator layout": nothing is chosen.
                name, merged, first = None, {}, None
                break
            for kind, option in found.items():
                merged.setdefault(kind, option)
            name = name or called
            first = first or match.span()
        if first is not None and (merged or name):
            brief = "⟦" not in lower and len(lower) < _SHORT
            begins = not lower[: first[0]].strip() and lower[first[1] :].lstrip()[:1] in (":", "：")
            begins = sentence.heading or begins
            own = name is None or begins or brief or _is_own(lower, *first)
            onward = _ONWARD.search(lower) is not None
            yield LayoutStatement(sentence.span(*first), merged, name, own=own, onward=onward, begins=begins)


def _speaks_of_gradients(sentence: Sentence, text: str) -> bool:
    r"""Whether words tell the gradient's layout: a row \partial f/\partial x is no word about the column \nabla f."""
    shown = [sentence.runs[int(part.partition("⟧")[0])].compact for part in text.split("⟦")[1:]]
    partial = any("\\partial" in each for each in shown)
    named = any("\\nabla" in each for each in shown) or (bool(shown) and not partial)
    return named or _GRADIENT.search(text) is not None


def _is_own(text: str, start: int, stop: int) -> bool:
    """Whether the words around a layout's name are those of a note on its own ways."""
    before, behind = re.split(r"[;；。]", text[:start])[-1], re.split(r"[,;:，；：。]", text[stop:])[0]
    return _OWN.search(f"{before} {behind}") is not None


def _of_jacobians(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether a layout is named for Jacobians alone: "the Jacobian (numerator layout) is", "... for Jacobians"."""
    before = re.split(r"[.;:，；。]", sentence.text[:start])[-1]
    behind = re.split(r"[.;，；。]", sentence.text[stop:])[0][:40]
    around = f"{before} {behind}"
    return _JACOBIAN.search(around) is not None and not re.search(r"(?i)gradi|梯度|градиент", around)


def _is_head(span: Span) -> bool:
    return next(below(span.source, span.start), None) is not None


def _of_formulas(sentence: Sentence, language: Language) -> Iterator[LayoutStatement]:
    """The layouts that the sentence names for a formula each, whatever the note's own is."""
    lower = sentence.text.lower()
    for phrase in language.layout:
        if phrase.name is None or not phrase.possible(lower):
            continue
        for match in phrase.compiled.finditer(sentence.text):
            span = sentence.span(*match.span())
            reach = _governed(sentence, *match.span())
            for stretch in below(span.source, span.start) if reach is None else (reach,):
                yield LayoutStatement(span, {}, phrase.name, "formula", stretch)


def _of_others(sentence: Sentence) -> Iterator[LayoutStatement]:
    """The rows or columns of others, for the one formula that shows them: "some (one can also) write it as a row"."""
    other = _ELSEWHERE.search(sentence.text.lower()) or _ALSO.search(sentence.text)
    shown = [run for run in (*sentence.runs, *sentence.after) if _relates(run)]
    lines = [name for name, pattern in _LINES if pattern.search(sentence.text)]
    if other is not None and len(shown) == len(lines) == 1:
        yield LayoutStatement(sentence.span(*other.span()), {}, lines[0], "formula", shown[0].span)


def _governed(sentence: Sentence, start: int, stop: int) -> Span | None:
    """The formula with a relation that a layout's name stands at."""
    before = _IN_FRONT.search(sentence.text[:start])
    if before is not None and _relates(run := sentence.runs[int(before[1])]):
        return run.span
    behind = _BEHIND.match(sentence.text, stop)
    if behind is not None:
        return run.span if _relates(run := sentence.runs[int(behind[1])]) else None
    aside = re.match(r"[^()（）]*[)）]", sentence.text[stop:])  # "(in numerator layout it is reversed) ..."
    if sentence.after and "⟦" not in sentence.text[stop:] and not aside:
        return sentence.after[0].span.to(sentence.after[-1].span)
    return None


def _relates(run: Run) -> bool:
    return any(relation.text in ("=", ":=") for clause in run.clauses for relation in clause.relations)


def _settled(choices: Mapping[str, str], sentence: Sentence, text: str) -> dict[str, str]:
    """The choices of a pattern; those that depend on the symbols named are looked up in the sentence's formulas."""
    found = dict(choices)
    if found.get("vector-by-vector") == "by-names":
        del found["vector-by-vector"]
        numbers = [int(part.partition("⟧")[0]) for part in text.split("⟦")[1:]]
        if len(numbers) == 3:
            fraction, rows, columns = (sentence.runs[number].compact for number in numbers)
            above, _, below = fraction.partition("}{")
            if rows in below and columns in above:
                found["vector-by-vector"] = "denominator"
            elif rows in above and columns in below:
                found["vector-by-vector"] = "numerator"
    return found


def _of_the_variable(choices: dict[str, str], sentence: Sentence, match: re.Match[str]) -> dict[str, str]:
    """The choices of "the shape of ...", where that is a matrix alone, or the transpose of something."""
    if choices.get("scalar-by-matrix") != "same":
        return choices
    behind = "" if match[0].endswith("⟧") else _TAIL.match(sentence.text, match.end())[0]
    tail = match[0].rpartition("⟦")[2][-12:] + behind
    numbers = [int(part.partition("⟧")[0]) for part in (match[0] + behind).split("⟦")[1:]]
    last = sentence.runs[numbers[-1]].compact if numbers else ""
    if TRANSPOSED.search(last) or (_THE_TRANSPOSE.search(tail) and not _NOT.search(tail)):
        choices = {kind: _OPPOSITE[option] for kind, option in choices.items()}
    matrix = _CAPITAL.fullmatch(last) or _A_MATRIX.search(match[0])
    if matrix and not _A_VECTOR.search(match[0]):
        choices = {kind: option for kind, option in choices.items() if kind != "scalar-by-vector"}
    return choices


def find_by_shape(note: Note, declared: Mapping[str, Declaration]) -> Iterator[Fact]:
    """What formulas with a set or a matrix of partial derivatives show of the layout."""
    for sentence in note.sentences:
        yield from by_size(sentence, declared)
        yield from by_words(sentence, declared)
    for run in note.runs:
        yield from by_shape(run, declared)
        yield from by_definition(run)
    yield from _of_called_jacobians(note)


def _of_called_jacobians(note: Note) -> Iterator[LayoutStatement]:
    """A derivative that a sentence calls a Jacobian, in a note that says what those have at i, j: dy_i/dx_j.

    Others may be laid out otherwise: in denominator layout the transpose of the Jacobian is what is written dy/dx.
    """
    name: str | None = None
    for sentence in note.sentences:
        if _JACOBIAN.search(sentence.text) is None:
            continue
        text = re.sub(r"⟦(\d+)⟧", lambda match, runs=sentence.runs: runs[int(match[1])].compact, sentence.text)
        found = _ENTRIES.search(re.sub(r"\s", "", text))
        if found is not None:
            lines, indices = (found["rows"], found["columns"]), (found["above"], found["below"])
            name = {indices: "numerator", indices[::-1]: "denominator"}.get(lines)
        shown = [run for run in (*sentence.runs, *sentence.after) if _relates(run)]
        other = _GRADIENT.search(sentence.text) or _TRANSPOSE.search(sentence.text)
        if name and found is None and not other and len(shown) == 1 and _DERIVATIVE.match(shown[0].compact):
            yield LayoutStatement(shown[0].span, {}, name, "formula", shown[0].span)
