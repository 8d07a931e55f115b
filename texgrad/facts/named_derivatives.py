"""Sentences in, the symbols out that stand for a derivative in words: "J is the Jacobian of r"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from texgrad.facts.components import ENTRY, applied, signed
from texgrad.facts.fact import Declaration, Fact, Shorthand
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.symbols import Name, read_name
from texgrad.notation.tokens import Token

ORDER = 91  # where two facts stand at one place, the word of the higher order comes last

# by the sign for each: the Jacobian in numerator layout, the Hessian, the gradient
_SIGNS = {
    "jacobian": (("command", "\\operatorname{Jac}"),),
    "hessian": (("command", "\\nabla"), ("sup", "^"), ("number", "2")),
    "gradient": (("command", "\\nabla"),),
}
# ... and the words for them in all languages
WORDS = {
    "jacobian": r"jacobian(?:an?|e)?|jacobi(?:enne|na|sche)?|якоби\w*|雅可比|雅克比|ヤコビ(?:アン)?|야코비",
    "hessian": r"hess(?:ian|e|ienne|iana|sche)|гесс\w+|海森|海塞|黑塞|ヘッセ|ヘシアン|헤세",
    "gradient": r"gradient[e]?|градиент\w*|梯度|勾配|그래디언트",
}
MATRIX = r"(?:[- ]?(?:matrix|matrices|matriz|矩阵|行列|행렬))?"
_WORD = (
    r"(?:(?:matriz|matrice|matrix|матриц\w+|ma trận) )?(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in WORDS.items()) + rf"){MATRIX}"
)
_NAME, _BODY = r"(?P<name>⟦\d+⟧)", r"(?P<body>⟦\d+⟧)"
_THE = r"(?:(?:the|die|der|den|la|le|il|lo|el|a) |l')?"
_IS = (
    r"(?:is|be|are|denotes?|denote by|for|as|being|ist|sei|bezeichne[t]?|bezeichnet mit|für|est|désigne|soit|es|"
    r"denota|sea|è|sia|denoti|é|seja|là|—|--|---|обозначает|есть|это|:|=|,)"
)
_OF = r"(?:of|von|des|de|del|di|da|do|der|d'|của|функции|от)(?: the| la| l'| el| le| die| der| function| funktion)*"
_AT = (
    r"(?:,? ?(?:evaluated |taken |ausgewertet )?(?:at|an der stelle|im punkt|in|au point|en|nel punto|в точке)"
    r"(?: the point| el punto)? (?P<point>⟦\d+⟧))?"
)
_BY = (
    r"(?:,? ?(?:with respect to|w\.? ?r\.? ?t\.?|by|nach|bezüglich|par rapport à|respecto a|rispetto a|по)"
    r" (?P<by>⟦\d+⟧))?"
)
_BY_ZH, _AT_ZH = r"(?:(?:关于|对) ?(?P<by>⟦\d+⟧) ?)?", r"(?:(?:在|の) ?(?P<point>⟦\d+⟧) ?(?:处|点)?)?"
_KIND = r"(?:[\w-]+ ){0,2}?"  # the gradient of the loss L
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME} ?(?:{_IS} )?{_THE}{_WORD} {_OF} {_KIND}{_BODY}{_BY}{_AT}",
        rf"{_THE}{_WORD}:? {_NAME} {_OF} {_KIND}{_BODY}{_BY}{_AT}",
        rf"{_THE}{_WORD} {_OF} {_KIND}{_BODY}{_BY}{_AT}(?: {_IS}(?: denoted)?(?: by| mit| par| por| con)?) {_NAME}",
        rf"{_NAME} ?(?:是|为|為|表示|记|は|を|이|가)? ?(?:函数 ?)?{_BODY} ?{_AT_ZH}{_BY_ZH}(?:的|の|의) ?{_WORD}",
        rf"(?:函数 ?)?{_BODY} ?{_AT_ZH}{_BY_ZH}(?:的|の|의) ?{_WORD} ?(?:是|为|為|记为|记作|记|は|を)? ?{_NAME}",
        rf"{_BODY} (?:[a-z]+ ){{0,3}}(?:with|and|mit|avec|con|com|с) {_THE}{_WORD} {_NAME}",
    )
)
_BETWEEN = re.compile(r"(?i)transpose|transponiert|inverse|determinant|转置|逆|行列式|転置")


def find(note: Note) -> Iterator[Fact]:
    for sentence, _ in note.spoken:
        for match in (match for pattern in _SAID for match in pattern.finditer(sentence.text)):
            name, body = _run(sentence, match["name"]), _run(sentence, match["body"])
            named, function = _head(name), _head(body)
            if named is None or function is None or named.name == function.name or _BETWEEN.search(match[0]):
                continue
            kind = next(each for each in _SIGNS if match[each])
            if name.defines or (kind != "gradient" and not any(named.flavour)):
                continue
            first, whole = name.tokens[0], tuple(_symbol(body))
            by = _run(sentence, match["by"]).tokens if match.groupdict().get("by") else ()
            at = match.groupdict().get("point")
            point = _run(sentence, at).tokens if at and not function.call else ()
            signs = [*_SIGNS[kind], *((("sub", "_"), ("open", "{"), *by, ("close", "}")) if by else ())]
            signs += [*whole, *((("char", "("), *point, ("char", ")")) if point else ())]
            called = _symbol(name) if named.call or point or kind == "gradient" else _called(note, _symbol(name))
            yield Shorthand(name.span.to(body.span), tuple(called),
                            tuple(each if isinstance(each, Token) else replace(first, kind=each[0], text=each[1])
                                  for each in signs))  # fmt: skip
            argument = read_name(applied(note, whole, ENTRY)) if kind == "jacobian" else None
            if argument is not None and not signed(note, whole[0].text):  # r_i(x) beside r
                yield Declaration(function.name, body.span, kind="function", properties=frozenset(("vector-valued",)),
                                  arguments=(argument.name,))  # fmt: skip


def _run(sentence: Sentence, placed: str) -> Run:
    return sentence.runs[int(placed.strip("⟦⟧"))]


def _symbol(run: Run) -> list[Token]:
    """The tokens in front of what a run says of its symbol: J(x) in J(x) \\in R^{m \\times n}, f in f: R^n \\to R."""
    found: list[Token] = []
    for token in run.clauses[0].members[0] if run.clauses else ():
        if token.text in (":", "\\colon"):
            break
        found.append(token)
    return found


def _head(run: Run) -> Name | None:
    name = read_name(_symbol(run))
    return None if name is None or name.transposed or name.primed else name


def _called(note: Note, symbol: list[Token]) -> list[Token]:
    """J(x) for a J that the note has at its argument elsewhere."""
    argument = applied(note, symbol) if len(symbol) == 1 else ()
    if not argument:
        return symbol
    return [*symbol, replace(symbol[0], kind="char", text="("), *argument, replace(symbol[0], kind="char", text=")")]

