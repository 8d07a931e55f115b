r"""A formula in, the layout that it shows out, by the set that a derivative lies in or by a matrix of its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from texgrad.expr import Expr
from texgrad.facts.fact import Declaration, LayoutStatement
from texgrad.facts.runs import Run
from texgrad.facts.sentences import Sentence
from texgrad.facts.spaces import Space, read_space, shaped
from texgrad.facts.symbols import is_dots, read, read_name
from texgrad.facts.written import cells_of
from texgrad.notation.names import label
from texgrad.notation.tokens import Token

_SIGNS = frozenset(("\\partial", "\\nabla", "\\differential", "d"))
TRANSPOSED = re.compile(r"\^\{?(?:T|\\top|\\intercal|t|\\math\w+\{?T\}?)\}*$|'$")
_SIZED = re.compile(
    r"⟦(\d+)⟧ ?(?:is|has size|has shape|是|为|est|ist|es|é|è|là|は|—)(?: an?| of size| de taille)? ?⟦(\d+)⟧"
)
# ... in words: dL/dW has the shape of W; dL/dx is a row
_LIKE = re.compile(
    r"⟦(\d+)⟧ (?:has|have|is of|looks?|takes|hat|a|tiene|tem|имеет)(?: exactly)?(?: the| la| die| el| ту)?"
    r"(?: same| même| gleiche| misma| mesma| же)? ?"
    r"(?:(?:shape|size|dimensions?|forme|taille|form|größe|forma|размер\w*)(?: as| of| que| wie| de|, что и)|like)"
    r" ⟦(\d+)⟧"
    r"|⟦(\d+)⟧ ?(?:与|和|跟) ?⟦(\d+)⟧ ?(?:的)?(?:形状|维度|大小|尺寸)(?:相同|一样|一致)"
)
_LINE = re.compile(
    r"⟦(\d+)⟧ (?:is|is written as|is always|ist|est|es|é|è)(?: an?| eine?| une?| un| una| uma)? ?\W{0,2}"
    r"(row|column|zeile|spalte|ligne|colonne|fila|columna)"
)
_VECTOR = ("vector", "row", "column")
_SHAPED = {True: ("scalar-by-matrix", ("same", "transposed")), False: ("scalar-by-vector", ("column", "row"))}


def by_shape(run: Run, declared: Mapping[str, Declaration]) -> Iterator[LayoutStatement]:
    """A derivative that is said to lie in a set, compared with the sizes of what is differentiated."""
    for clause in run.clauses:
        for at, relation in enumerate(clause.relations):
            if relation.text != "\\in":
                continue
            space = read_space(clause.members[at + 1])
            if space is None:
                continue
            for member in clause.members[: at + 1]:
                choices = _shown(member, space, declared)
                if choices:
                    yield LayoutStatement(clause.span, choices)
                    break


def by_size(sentence: Sentence, declared: Mapping[str, Declaration]) -> Iterator[LayoutStatement]:
    """A derivative with its size in words: "the gradient of f is n x 1"."""
    for match in _SIZED.finditer(sentence.text):
        left, right = (sentence.runs[int(number)] for number in match.groups())
        space = shaped(right.dims) if right.dims is not None and len(right.dims) == 2 else None
        choices = _shown(left.tokens, space, declared) if space is not None else {}
        if choices:
            yield LayoutStatement(left.span.to(right.span), choices)


def by_words(sentence: Sentence, declared: Mapping[str, Declaration]) -> Iterator[LayoutStatement]:
    """A derivative by a matrix with the shape of that in words, or one of a scalar that is called a row or a column."""
    for match in _LIKE.finditer(sentence.text):
        left, right = (sentence.runs[int(number)] for number in match.groups() if number is not None)
        halves, variable = derivative(left.tokens), read_name(right.tokens)
        if halves is not None and variable is not None and halves[1] == variable.name:
            said = declared.get(variable.name)
            wide = said.kind == "matrix" if said is not None else variable.flavour[0]
            kind, options = _SHAPED[wide]
            turned = TRANSPOSED.search(right.compact) is not None
            yield LayoutStatement(left.span.to(right.span), {kind: options[turned]})
    for match in _LINE.finditer(sentence.text.lower()):
        run = sentence.runs[int(match[1])]
        above, below = derivative(run.tokens) or (None, None)
        scalar = above not in declared or declared[above].kind in (None, "scalar", "function")
        vector = below not in declared or declared[below].kind in (None, *_VECTOR)
        if below is None or not (scalar and vector):
            continue
        option = "row" if match[2] in ("row", "zeile", "ligne", "fila") else "column"
        yield LayoutStatement(run.span, {"scalar-by-vector": option})


def _shown(member: Sequence[Token], space: Space, declared: Mapping[str, Declaration]) -> dict[str, str]:
    halves = derivative(member)
    if halves is None:
        return {}
    above, below = halves
    if below is None:
        return {"vector": {"scalar-by-vector": "column"}, "row": {"scalar-by-vector": "row"}}.get(space.kind, {})
    variable, target = declared.get(below), declared.get(above)
    taken = target.argument_dims if target is not None and target.kind == "function" else None
    if (variable is None or variable.dims is None) and taken is not None and len(taken) == 1 == len(taken[0]):
        variable = Declaration(below, target.span, "vector", taken[0])  # r: R^p -> R^n, by any letter
    if variable is None or variable.dims is None:
        return {}
    if variable.kind == "matrix" and space.kind == "matrix":
        if space.dims == variable.dims and variable.dims[0] != variable.dims[1]:
            return {"scalar-by-matrix": "same"}
        if space.dims == variable.dims[::-1] and variable.dims[0] != variable.dims[1]:
            return {"scalar-by-matrix": "transposed"}
    if variable.kind in _VECTOR and space.kind in ("vector", "row") and space.dims == variable.dims:
        return {"scalar-by-vector": "column" if space.kind == "vector" else "row"}
    dims = target.value_dims if target is not None and target.kind == "function" else target.dims if target else None
    if variable.kind in _VECTOR and space.kind == "matrix" and dims and len(dims) == 1 and dims != variable.dims:
        if space.dims == (dims[0], variable.dims[0]):
            return {"vector-by-vector": "numerator"}
        if space.dims == (variable.dims[0], dims[0]):
            return {"vector-by-vector": "denominator"}
    return {}


def derivative(tokens: Sequence[Token]) -> tuple[str, str | None] | None:
    """What is differentiated and by what; a derivative of or by a transpose has its own form and shows no layout."""
    if not any(token.text in _SIGNS for token in tokens):
        return None
    halves = _halves(tokens)
    if halves is None or any(half is not None and TRANSPOSED.search(half) for half in halves):
        return None
    return halves


def _halves(tokens: Sequence[Token]) -> tuple[str, str | None] | None:
    """(y, x) for \\partial y/\\partial x; (f, None) for a gradient of f; None for what is no derivative."""
    expr = read(tokens)
    if expr is None:
        return None
    while expr.op == "brace":
        expr = expr.args[0]
    if expr.op == "frac":
        above, below = (_differentiated(arg) for arg in expr.args)
        return (above, below) if above and below else None
    if expr.op == "term" and len(expr.args) >= 2:
        first = expr.args[0]
        if first.op == "nabla":
            return label(expr.args[1]), None
        if first.op == "sub" and first.args[0].op == "nabla":
            return label(expr.args[1]), label(first.args[1])
        marks = [k for k, arg in enumerate(expr.args) if arg.op == "mark" and arg.name == "/"]
        if len(marks) == 1:
            left, right = expr.args[: marks[0]], expr.args[marks[0] + 1 :]
            above, below = (_differentiated(Expr("term", tuple(part))) for part in (left, right))
            return (above, below) if above and below else None
    return None


def _differentiated(expr: Expr) -> str | None:
    """y for \\partial y, f for \\partial f(x)."""
    if expr.op != "term" or len(expr.args) not in (2, 3) or expr.args[0].op != "dsign":
        return None
    if len(expr.args) == 3 and expr.args[2].op != "group":
        return None
    what = expr.args[1]
    if what.op not in ("symbol", "sub", "sup", "function", "prime", "brace"):
        return None
    return label(what)


def by_definition(run: Run) -> Iterator[LayoutStatement]:
    """\\partial y/\\partial x = (\\partial y_i/\\partial x_j): which index runs along the first row."""
    for clause in run.clauses:
        for at, relation in enumerate(clause.relations):
            if relation.text not in ("=", ":="):
                continue
            grid = _matrix(clause.members[at + 1])
            whole = derivative(clause.members[at]) if grid is not None else None
            if whole is None or grid is None:
                continue
            choices = _order(whole, grid)
            if choices:
                yield LayoutStatement(clause.span, choices)


def _matrix(tokens: Sequence[Token]) -> tuple[tuple[tuple[str, str | None] | None, ...], ...] | None:
    """The derivatives in the cells of a matrix, row by row; dots are left out."""
    rows = cells_of(tokens)
    if rows is None:
        return None
    return tuple(tuple(derivative(cell) for cell in row if cell and not is_dots(cell)) for row in rows)


def _order(whole: tuple[str, str | None], grid) -> dict[str, str]:
    rows = [row for row in grid if row]
    if not rows or any(cell is None or cell[1] is None for row in rows for cell in row):
        return {}
    wide, tall = len(rows[0]) > 1, len(rows) > 1
    above = [[cell[0] for cell in row] for row in rows]
    below = [[cell[1] for cell in row] for row in rows]
    if wide and tall:
        if len({*above[0]}) == 1 and len({*below[0]}) > 1 and len({row[0] for row in above}) > 1:
            return {"vector-by-vector": "numerator"}
        if len({*below[0]}) == 1 and len({*above[0]}) > 1 and len({row[0] for row in below}) > 1:
            return {"vector-by-vector": "denominator"}
        return {}
    line = [cell for row in rows for cell in row]
    functions, variables = {cell[0] for cell in line}, {cell[1] for cell in line}
    if len(functions) == 1 and len(variables) > 1:
        return {"scalar-by-vector": "column" if tall else "row"}
    if len(variables) == 1 and len(functions) > 1:
        return {"vector-by-scalar": "column" if tall else "row"}
    return {}
