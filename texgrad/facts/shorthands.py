"""Sentences in, the formulas out that symbols are said to be short for: "write r for A x - b"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from texgrad.facts.fact import Convention, Fact, Shorthand
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.shapes import derivative
from texgrad.facts.symbols import read_name

# "Y is the row-wise softmax of A": a function in words; what it does with a matrix the note says elsewhere
_ROWS = r"(?:row(?:-?wise)? |column(?:-?wise)? |zeilenweise |построчн\w+ |по строкам )?"
_WORD = rf"{_ROWS}(?:la |el |le |der |die |das |the )?{_ROWS}(?P<word>soft-?max|sigmoid\w*|сигмоид\w*|софтмакс)\w*"
_NAME, _BODY = r"(?P<name>⟦\d+⟧)", r"(?P<body>⟦\d+⟧)"
_IN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME} (?:is|be|being|are|ist|sei|est|es|è|là|—|--|---|есть|=|:) {_WORD} "
        rf"(?:function )?(?:por filas |par lignes? |zeilenweise )?(?:of|von|de|di|của|от|applied to|over)?"
        rf" ?(?:the rows of |(?:each|every) row of |строк )?{_BODY}",
        rf"(?<!\w)(?:sei|soit|sea|sia|seja|пусть) {_NAME},? {_WORD} (?:von|de|di|da|от)? ?{_BODY}",
        rf"{_NAME} ?は ?{_BODY} ?の(?:各行の|行ごとの)?(?P<word>softmax|ソフトマックス|sigmoid|シグモイド)",
        rf"{_NAME} ?(?:是|为|為) ?{_BODY} ?(?:的)?(?:[按逐各][行列])?(?:的)? ?(?P<word>softmax|sigmoid)",
        rf"{_NAME} ?(?:是|为|為)?(?:对|對) ?{_BODY} ?(?:的?每一?[行列]|[按逐各][行列])?(?:分别)?"
        r"(?:做|作|取|用|应用|进行) ?"
        r"(?P<word>softmax|sigmoid)",
    )
)
# "S is the diagonal matrix with entries p_i (1 - p_i)"
_ENTRIES = (
    r"(?:(?:the|its|as|den|i|le|les|las?|los|elle|der|und|i-?th|⟦\d+⟧-?(?:th|te|ème|й|м)?) ){0,3}"
    r"(?:(?:diagonal|main|positive) )?"
    r"(?:entry|entries|elements?|values|weights|(?:diagonal)?(?:einträgen?|elementen?)|coefficients|éléments|termes|"
    r"entradas|elementos|coeficientes|elementi|termini|coefficienti|элемент\w*)"
    r"(?: (?:diagonaux|diagonales|diagonali|diagonais|на диагонали))?(?: (?:are|is|on its diagonal))?"
)
_MATRIX = (
    r"(?:diagonal matrix|Diagonalmatrix|matrice diagonale|matriz diagonal|диагональн\w+ матриц\w+|diagonal)"
)
_DIAGONAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME}(?: (?:is|be|denotes?|as|for|ist|sei|bezeichnet|est|soit|es|sea|è|sia|é|seja|—|--|---|=|:))?,? "
        rf"(?:the |an? |die |eine |la |une |una |uma )?{_MATRIX},? (?:with|of|having|whose|mit|de|avec|aux|dont|con|"
        rf"com|di|с) {_ENTRIES} {_BODY}",
        rf"{_MATRIX} {_NAME} (?:with|having|whose|mit|avec|con|com|с) {_ENTRIES} {_BODY}",
        rf"{_NAME} (?:is|be|ist|sei|est|es|sea|è|sia) (?:the |an? |die |eine |la |une |una |uma )?{_MATRIX} "
        rf"(?:with|mit|avec|con|com) (?:the |den |les |los |gli |i )?{_BODY} (?:on|along|auf|sur|en|sulla|na) "
        rf"(?:the |its |der |seiner |la |sa )?(?:main )?(?:diagonal|Diagonalen?|diagonale)",
        rf"{_NAME} ?(?:是|为|為)?(?:以|由) ?{_BODY} ?(?:为|為|作)?主?对角线?上?的?元素?(?:构成)?的?对角矩?阵",
        rf"{_NAME} ?(?:是|为|為)(?:一个)?(?:对角线?上?的?元素?(?:为|是) ?{_BODY} ?的)?对角矩?阵"
        r"(?(body)|[，,]? ?其?(?:第 ?⟦\d+⟧ ?个)?主?(?:对角线?)?上?的?元素?(?:为|是) ?(?P<other>⟦\d+⟧))",
        rf"{_NAME} ?[はを] ?{_BODY} ?を?(?:対角成分|対角要素|対角)[にと]"
        r"(?:も[つち]|持[つち]|する|した|並べた)対角行列",
    )
)
_COLUMNS = re.compile(r"(?i)column|spalte|colonne|columna|colonn|coluna|столб|列(?!向量)")
# what stands behind these is operated on
_OF = re.compile(r"(?i)(?<!abbreviation )(?<!\w)(?:of|von|des|de|del|di|da|do)\s*$")
ORDER = 90  # where two facts stand at one place, the word of the higher order comes last
_SIGNS = frozenset(("\\partial", "\\nabla", "\\differential"))


def find(note: Note) -> Iterator[Fact]:
    last: Sentence | None = None
    for sentence, language in note.spoken:
        lower = sentence.text.lower()
        for phrase in language.short:
            if phrase.possible(lower):
                text = sentence.text.replace("⟧) ", "⟧ ")  # the gradient (in what follows, dW) stands for
                for match in phrase.compiled.finditer(text):
                    if _OF.search(text[: match.start("body")]):
                        continue  # x' for the transpose of x
                    yield from _shorthand(sentence, _run(sentence, match["name"]), _run(sentence, match["body"]))
        said = last.runs if last is not None and not last.ends_paragraph else []
        said = said or _above(note, sentence) if language.naming else []
        for phrase in language.naming if said else ():
            match = phrase.compiled.match(sentence.text) if phrase.possible(lower) else None
            if match is not None and (named := _left(said[-1])) is not None:
                yield from _shorthand(sentence, _run(sentence, match["name"]), named)
        last = sentence if sentence.formula is None else None
        for pattern in _IN_WORDS if "⟦" in lower else ():
            for match in pattern.finditer(sentence.text):
                word = "sigmoid" if match["word"].lower().startswith(("sig", "сиг", "シグ")) else "softmax"
                yield from _function(sentence, match["name"], match["body"], word)
                if word == "softmax" and _COLUMNS.search(match[0]):
                    yield Convention("softmax", "columns", sentence.span(*match.span()))
        for pattern in _DIAGONAL if "⟦" in lower else ():
            for match in pattern.finditer(sentence.text):
                body = match["body"] or match.groupdict().get("other")
                yield from _function(sentence, match["name"], body, "diag")


def _above(note: Note, sentence: Sentence) -> list[Run]:
    """The display that stands right above the paragraph that a sentence begins: "I will call this matrix ..."."""
    at, pieces = sentence.runs[0].piece if sentence.runs else 0, note.document.pieces
    if [piece.kind for piece in pieces[max(at - 3, 0) : at]] != ["math", "break", "prose"]:
        return []
    rows = note.parts.get(at - 3, []) if pieces[at - 3].display else []
    return [part for part in rows[-1] if isinstance(part, Run)][-1:] if rows else []


def _function(sentence: Sentence, named: str, taken: str, word: str) -> Iterator[Fact]:
    name, body = _run(sentence, named), _run(sentence, taken)
    tokens = body.clauses[0].members[0] if word == "diag" and len(body.clauses) == 1 else body.tokens  # r_i of r_i > 0
    if read_name(name.tokens) is None or (word != "diag" and _relates(body)):
        return
    if word == "diag" and name.tokens[0].text in {token.text for token in tokens}:
        return  # "with entries D_{ii} = ...": the equation tells it
    first = body.tokens[0]
    signs = (("command", f"\\operatorname{{{word}}}"), ("char", "("))
    called = (*(replace(first, kind=kind, text=text) for kind, text in signs), *tokens,
              replace(first, kind="char", text=")"))  # fmt: skip
    yield Shorthand(name.span.to(body.span), name.tokens, called)


def _left(run: Run) -> Run | None:
    """What an equation says the value of: dL/dz = z - t, which the next sentence calls \\delta."""
    if len(run.clauses) != 1 or len(run.clauses[0].relations) != 1 or run.clauses[0].relations[0].text != "=":
        return None
    return Run(run.clauses[0].members[0], run.piece, run.display)


def _shorthand(sentence: Sentence, name: Run, body: Run) -> Iterator[Fact]:
    symbol = read_name(name.tokens)
    equation = body.clauses[0] if len(body.clauses) == 1 else None
    if equation is not None and {relation.text for relation in equation.relations} == {"="}:
        derived = any(token.text in _SIGNS for token in equation.members[0])  # dL/dz = z - t, call it \\delta
        # det J = 1 + w^T u, call it \\rho
        value = Run(equation.members[0 if derived else -1], body.piece, body.display)
        body = value if value.tokens and (derived or len(equation.relations) == 1) else body
    if symbol is None and _is_gradient(name, body):
        cost, _ = derivative(body.tokens) or ("", None)
        yield Convention("shorthand", cost, name.span)
    if symbol is None or symbol.transposed or symbol.call or _relates(body) or _is_size(symbol.name, body):
        return
    if body.dims is not None and any(token.text == "\\times" for token in body.tokens):  # T is m x n
        return
    of_itself = name.tokens[0].text in {token.text for token in body.tokens}
    if symbol.family and of_itself and any(token.text in _SIGNS for token in body.tokens):
        # K_j for \\partial K / \\partial\\theta_j
        yield Convention("derivatives", f"{symbol.name}_{''.join(symbol.family)}", name.span)
        return
    other = read_name(body.tokens)
    if other is None or (other.name, other.family) != (symbol.name, symbol.family):
        yield Shorthand(name.span.to(body.span), name.tokens, body.tokens)


def _is_size(name: str, body: Run) -> bool:
    """Whether a run says how large something is, n \\times p, and not that a vector is a cross product."""
    texts = [token.text for token in body.tokens]
    times = len(texts) == 3 and texts[1] in ("\\times", "×")
    return times and (name.rstrip("}")[-1].isupper() or not all(map(str.isalpha, texts[::2])))


def _is_gradient(name: Run, body: Run) -> bool:
    """Whether dv is said to be short for \\partial L/\\partial v."""
    sign, *rest = name.tokens
    named = sign.text in ("d", "\\differential") and read_name(tuple(rest)) is not None
    texts = [token.text for token in body.tokens]
    return named and "\\partial" in texts and all(token.text in texts for token in rest)


def _run(sentence: Sentence, placed: str) -> Run:
    return sentence.runs[int(placed.strip("⟦⟧"))]


def _relates(run: Run) -> bool:
    """Whether a run is more than one expression: a list, an equation."""
    return len(run.clauses) != 1 or bool(run.clauses[0].relations)
